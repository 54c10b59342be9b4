"""Three steps towards the answer: where to look, which rule, one like it solved."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sosach.grading.rubrics import Finding

__all__ = ["Hint", "hint"]

#: heading below a rubric for what has neither an error nor a kind with words of its own
GENERAL = "chung"


@dataclass(frozen=True)
class Hint:
    """Where to look, which rule holds, and an invented item like it with its answer."""

    noi_nhin: str
    quy_tac: str
    vi_du: str


def hint(rubric: str, finding: Finding) -> Hint:
    """Return the hint for one item.

    Parameters
    ----------
    rubric : str
        Name of the rubric that judged it.
    finding : Finding

    Returns
    -------
    Hint
        The first that there is: for rubric and error, for rubric and kind, for the error, for
        the rubric.
    """
    known = _hints()
    of_rubric: Mapping[str, Any] = known[rubric]
    of_errors = (known[cause] for cause in finding.causes if cause in known)
    of_item = (
        of_rubric[heading] for heading in (*finding.causes, finding.kind) if heading in of_rubric
    )
    found = next(of_item, None) or next(of_errors, None) or of_rubric[GENERAL]
    return Hint(**found)


@cache
def _hints() -> dict[str, dict[str, Any]]:
    text = (files("sosach.grading") / "hints.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
