"""What there is to do: one job per exercise and trainee of the roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sosach.classroom.folder import ClassFolder
from sosach.classroom.inbox import Inbox, look
from sosach.classroom.ledger import Entry, Ledger, read_entry

__all__ = ["Job", "jobs", "read_ledger"]

#: of somebody whose first hand-in nobody has looked at yet
WAITING = "Có bài trong thu_bai, chưa thu (sosach class collect hoặc sosach grade)."


@dataclass(frozen=True)
class Job:
    """One trainee's part in one exercise.

    Attributes
    ----------
    hand_ins : tuple of Path
        What lies in the inbox.
    deadline : str
        When it is due, UTC, extension included; "" for never.
    marked : bool
        Whether the gradebook has a mark.
    points : float
        Which, changes by hand included.
    """

    exercise: str
    trainee: str
    hand_ins: tuple[Path, ...]
    deadline: str
    marked: bool
    points: float


def jobs(room: ClassFolder, exercises: Iterable[str]) -> Iterator[Job]:
    """Yield a job for everybody who has to hand in some exercises.

    Parameters
    ----------
    room : ClassFolder
        The class.
    exercises : iterable of str
        Exercise ids.

    Yields
    ------
    Job
        Exercise by exercise, in the order of the roster.

    Raises
    ------
    Problem
        If the roster, a record or the gradebook cannot be read.
    """
    from sosach.classroom.nbgrader_gradebook import NOBODY, read_marks

    for exercise in exercises:
        inbox, marks = _inbox(room, exercise), read_marks(room.root, exercise)
        for trainee in room.members(exercise):
            name = trainee.ma_hoc_vien
            mark = marks.get(name, NOBODY)
            hand_ins = inbox.by_trainee.get(name, ())
            yield Job(exercise, name, hand_ins, mark.deadline, mark.marked, mark.points)


def read_ledger(room: ClassFolder, exercise: str) -> Ledger:
    """Return the account of one exercise, with an entry for everybody.

    Parameters
    ----------
    room : ClassFolder
        The class.
    exercise : str
        An exercise id.

    Returns
    -------
    Ledger
        As it was written; marks that a trainer changed since are in the gradebook alone.
    """
    names = [trainee.ma_hoc_vien for trainee in room.members(exercise)]
    inbox = _inbox(room, exercise)
    entries = {name: read_entry(room.entry_file(exercise, name)) for name in names}
    waiting = {
        name: replace(entry, sentences=(WAITING,))
        for name, entry in entries.items()
        if name in inbox.by_trainee and entry == Entry()
    }
    return Ledger(exercise, entries | waiting, inbox.unknown)


def _inbox(room: ClassFolder, exercise: str) -> Inbox:
    roster = [trainee.ma_hoc_vien for trainee in room.trainees()]
    members = [trainee.ma_hoc_vien for trainee in room.members(exercise)]
    return look(room.inbox, exercise, members, roster, room.released())
