"""What everybody got and why, read from the accounts, the gradebook and the marked notebooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import Entry, Ledger
from sosach.classroom.overview import status
from sosach.classroom.roster import Trainee

__all__ = ["Outcome", "Result", "read_results"]

Outcome = Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """One trainee in one exercise.

    Attributes
    ----------
    trainee : Trainee
    exercise : str
    entry : Entry
        The line of the account.
    points : float or None
        As the gradebook has them now, late penalty taken off; None while there is no mark.
    max_points : float
        0 while there is no mark.
    outcomes : tuple of mapping
        One per task, as `sosach.grading.outcomes.outcome` kept it.
    trouble : str
        Why there are no outcomes although there is a mark, "" if there are.
    """

    trainee: Trainee
    exercise: str
    entry: Entry
    points: float | None = None
    max_points: float = 0.0
    outcomes: tuple[Outcome, ...] = ()
    trouble: str = ""

    @property
    def share(self) -> float | None:
        """Points as a share of the maximum, None while there is no mark."""
        return None if self.points is None or not self.max_points else self.points / self.max_points

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that the account says of the hand-in."""
        every = (*self.entry.sentences, self.entry.late, self.trouble)
        return tuple(sentence for sentence in every if sentence)


def read_results(folder: Path) -> tuple[list[Ledger], list[Result]]:
    """Read a class: nothing is computed here that is not in its files.

    Parameters
    ----------
    folder : Path
        The class.

    Returns
    -------
    tuple of list of Ledger and list of Result
        One account per exercise; results by exercise, then in the order of the roster.

    Raises
    ------
    Problem
        If the folder is no class, or nothing was handed out.
    """
    room, ledgers = ClassFolder.load(folder), status(folder)
    people = {trainee.ma_hoc_vien: trainee for trainee in room.trainees()}
    return ledgers, [result for ledger in ledgers for result in _of_exercise(room, ledger, people)]


def _of_exercise(room: ClassFolder, ledger: Ledger, people: Mapping[str, Trainee]) -> list[Result]:
    """Return the results of one exercise."""
    return [
        _result(room, ledger.exercise, people[name], entry)
        for name, entry in ledger.entries.items()
    ]


def _result(room: ClassFolder, exercise: str, trainee: Trainee, entry: Entry) -> Result:
    if not entry.graded:
        return Result(trainee, exercise, entry)
    marks = (entry.points, entry.max_points)
    path = room.autograded_notebook(exercise, trainee.ma_hoc_vien)
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        outcomes = [c["metadata"]["sosach"] for c in notebook["cells"] if "sosach" in c["metadata"]]
    except (OSError, ValueError, KeyError, TypeError):
        trouble = f"Không đọc được bài đã chấm {path.relative_to(room.root)}. Hãy chấm lại bài này."
        return Result(trainee, exercise, entry, *marks, trouble=trouble)
    return Result(trainee, exercise, entry, *marks, outcomes=tuple(outcomes))
