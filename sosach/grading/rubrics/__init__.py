"""How handed-in work becomes points and reasons: a short list of rubrics.

A rubric compares the rows of one artefact with the key and says of every item whether it is
right, and why; how much a wrong item costs is the business of `balance` alone.
Standard library only, so that a rubric can run in a process that holds nothing else.

=================  =========================================================================
`list_membership`  a list of records by group (a, b, c of CV 2262)
`decisions`        what is to be done about every record, by the closed list of 22 actions
`cells_equal`      the register as the trainee leaves it
`groups_equal`     which records belong to one person
`figures`          the figures of a report
`verdicts`         a verdict with its reason on every thing that was to be examined
`feedback_queue`   what becomes of every letter of a citizen
`signatures`       which doses were signed
=================  =========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sosach.grading.rubrics.balance import Finding, Judgement, Score
from sosach.grading.rubrics.cells import cells_equal
from sosach.grading.rubrics.choices import feedback_queue, verdicts
from sosach.grading.rubrics.decisions import decisions
from sosach.grading.rubrics.figures import figures
from sosach.grading.rubrics.groups import groups_equal
from sosach.grading.rubrics.key import Key
from sosach.grading.rubrics.lists import list_membership
from sosach.grading.rubrics.signatures import signatures

__all__ = ["RUBRICS", "Finding", "Judgement", "Key", "Rubric", "Score"]

#: (rows of the artefact, the right answers, the task's parameters) -> what is right and wrong
Rubric = Callable[[Iterable[Mapping[str, str]], Key, Mapping[str, Any]], Judgement]

#: the rubrics that a spec may name
RUBRICS: dict[str, Rubric] = {
    function.__name__: function
    for function in (
        list_membership,
        decisions,
        cells_equal,
        groups_equal,
        figures,
        verdicts,
        feedback_queue,
        signatures,
    )
}
