"""Three steps towards the answer: where to look, which rule, one like it solved."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sosach.grading.rubrics import Finding

__all__ = ["Hint", "hint"]


@dataclass(frozen=True)
class Hint:
    """Where to look, which rule holds, and an invented item like it with its answer."""

    noi_nhin: str
    quy_tac: str
    vi_du: str


def hint(rubric: str, finding: Finding) -> Hint | None:
    """Return the hint for one item, None where there is none.

    Parameters
    ----------
    rubric : str
        Name of the rubric that judged it.
    finding : Finding

    Returns
    -------
    Hint or None
        The first that fits: for rubric and error, for rubric and kind, for the error.
    """
    known = _hints()
    of_rubric = known.get(rubric, {})
    for heading in (*finding.causes, finding.kind):
        if heading in of_rubric:
            return Hint(**of_rubric[heading])
    return next(_of_errors(finding, known), None)


def _of_errors(finding: Finding, known: dict[str, dict[str, Any]]) -> Iterator[Hint]:
    return (Hint(**known[code]) for code in finding.causes if code in known)


@cache
def _hints() -> dict[str, dict[str, Any]]:
    text = (files("sosach.grading") / "hints.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
