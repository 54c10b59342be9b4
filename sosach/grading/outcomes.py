"""What is kept of a marked task: everything that a page or a report says about it later."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sosach.grading.hints import hint
from sosach.grading.rubrics.words import UNITS
from sosach.grading.scoring import TaskResult
from sosach.grading.specs import TaskSpec

__all__ = ["outcome"]

#: heading of the items with no error and no trap
CLEAN = ""


def outcome(result: TaskResult, task: TaskSpec) -> dict[str, Any]:
    """Return a marked task as it is kept in the notebook's metadata.

    Parameters
    ----------
    result : TaskResult
    task : TaskSpec

    Returns
    -------
    dict
        ``title``, ``points``, ``max_points``, ``n_items``, ``unit`` (what an item is); ``wrong``: per wrong item ``item,
        text, basis, causes, answer, lost`` (points) and ``example`` (one like it solved, "" if
        there is none); ``mastery``: error or trap -> [right, all]; ``notes``.
    """
    return {
        "title": task.title,
        "points": result.points,
        "max_points": result.max_points,
        "n_items": len(result.findings),
        "unit": UNITS[task.rubric],
        "wrong": [
            {
                "item": finding.item,
                "text": finding.text,
                "basis": finding.basis,
                "causes": list(finding.causes),
                "answer": finding.answer,
                "lost": round(float(finding.lost) * result.max_points, 4),
                "example": found.vi_du if (found := hint(task.rubric, finding)) else "",
            }
            for finding in result.wrong
        ],
        "mastery": _mastery(result),
        "notes": result.notes,
    }


def _mastery(result: TaskResult) -> dict[str, list[int]]:
    """Count right and all items of every error and trap."""
    causes = [(code, f.right) for f in result.findings for code in f.causes or (CLEAN,)]
    every, right = Counter(c for c, _ in causes), Counter(c for c, good in causes if good)
    return {code: [right[code], every[code]] for code in sorted(every)}
