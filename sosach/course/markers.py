"""Short marks of a cell and the nbgrader metadata that they stand for.

A trainer writes ``# %% points=10 tests="danh_sach"``; nbgrader wants a 149-character JSON object.
``folded=true`` hides the code of a cell in JupyterLab until somebody opens it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.problems import Problem, nearest

__all__ = ["FLAGS", "KINDS", "expand"]

FLAGS = ("grade", "solution", "task", "locked")
#: mark -> the four flags of nbgrader's cell metadata (schema version 3), in the order of FLAGS
KINDS = {
    # nbgrader's release puts its own stub over the whole of an answer cell: in an exercise judged
    # by artefacts the cell for code is a plain one, whose solution the build cuts
    "answer": (False, True, False, False),
    "tests": (True, False, False, True),  # worth points; here judged from the artefact
    "essay": (True, True, False, False),  # the learner's text, marked by hand
    "task": (False, False, True, True),  # free task, marked by hand
    "locked": (False, False, False, True),  # read only
}
_WITH_POINTS = ("tests", "essay", "task")
_KNOWN = (*KINDS, "points", "folded", "tags")


def expand(marks: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return the notebook metadata of one cell.

    Parameters
    ----------
    marks : mapping
        What stands after ``# %%``: one of `KINDS` with the grade id, `points`, `folded`, `tags`.
    where : str
        File and cell, for messages.

    Returns
    -------
    dict
        Metadata with sorted keys, empty for a plain cell.

    Raises
    ------
    Problem
        If a mark is unknown, two kinds meet, or points stand where none belong or are missing.
    """
    for mark in marks:
        if mark not in _KNOWN:
            message = f"{where}: không có dấu '{mark}' cho ô.{nearest(mark, _KNOWN)}"
            raise Problem(message)
    metadata: dict[str, Any] = {}
    if marks.get("folded"):
        metadata["jupyter"] = {"source_hidden": True}
    if kinds := [kind for kind in KINDS if kind in marks]:
        metadata["nbgrader"] = _nbgrader(kinds, marks, where)
    elif "points" in marks:
        message = f"{where}: ô có điểm phải có thêm một trong các dấu {', '.join(_WITH_POINTS)}."
        raise Problem(message)
    if "tags" in marks:
        metadata["tags"] = list(marks["tags"])
    return metadata


def _nbgrader(kinds: list[str], marks: Mapping[str, Any], where: str) -> dict[str, Any]:
    if len(kinds) > 1:
        message = f"{where}: một ô chỉ mang một loại dấu, ô này có {', '.join(kinds)}."
        raise Problem(message)
    kind = kinds[0]
    if (kind in _WITH_POINTS) != ("points" in marks):
        needs = "cần thêm" if kind in _WITH_POINTS else "không được có"
        message = f"{where}: ô '{kind}' {needs} points=…"
        raise Problem(message)
    found: dict[str, Any] = dict(zip(FLAGS, KINDS[kind], strict=True))
    found |= {"grade_id": marks[kind], "schema_version": 3}
    if "points" in marks:
        found["points"] = marks["points"]
    return dict(sorted(found.items()))
