"""What is kept of a marked task: everything that a page or a report says about it later."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sosach.grading.hints import hint
from sosach.grading.rubrics import Finding
from sosach.grading.rubrics.words import CLEAN, UNITS
from sosach.grading.scoring import TaskResult
from sosach.grading.specs import TaskSpec

__all__ = ["outcome"]


def outcome(result: TaskResult, task: TaskSpec) -> dict[str, Any]:
    """Return a marked task as it is kept in the notebook's metadata.

    Parameters
    ----------
    result : TaskResult
    task : TaskSpec

    Returns
    -------
    dict
        ``title``, ``rubric``, ``points``, ``max_points``, ``n_items``, ``unit`` (what an item
        is); ``wrong``: per wrong item ``item, text, basis, causes, answer, lost`` (points),
        ``rule`` and ``example`` (one like it, invented and solved); ``mastery``: error or trap,
        "" for items without either -> [right, all]; ``notes``.
    """
    return {
        "title": task.title,
        "rubric": task.rubric,
        "points": result.points,
        "max_points": result.max_points,
        "n_items": len(result.findings),
        "unit": UNITS[task.rubric],
        "wrong": [_wrong(finding, result, task) for finding in result.wrong],
        "mastery": _mastery(result),
        "notes": result.notes,
    }


def _wrong(finding: Finding, result: TaskResult, task: TaskSpec) -> dict[str, Any]:
    """Return what is to be said of one wrong item."""
    found = hint(task.rubric, finding)
    return {
        "item": finding.item,
        "text": finding.text,
        "basis": finding.basis,
        "causes": list(finding.causes),
        "answer": finding.answer,
        "lost": round(float(finding.lost) * result.max_points, 4),
        "rule": found.quy_tac,
        "example": found.vi_du,
    }


def _mastery(result: TaskResult) -> dict[str, list[int]]:
    """Count right and all items of every error and trap."""
    causes = [(code, f.right) for f in result.findings for code in f.causes or (CLEAN,)]
    every, right = Counter(c for c, _ in causes), Counter(c for c, good in causes if good)
    return {code: [right[code], every[code]] for code in sorted(every)}
