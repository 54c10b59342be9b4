"""How far a class has come, read from its ledger and its gradebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sosach.classroom.folder import ClassFolder
from sosach.classroom.jobs import read_ledger
from sosach.classroom.ledger import Ledger

__all__ = ["status"]


def status(folder: Path, exercises: Iterable[str] = ()) -> list[Ledger]:
    """Return the account of exercises that were handed out.

    Parameters
    ----------
    folder : Path
        The class.
    exercises : iterable of str, optional
        Exercise ids; all that were handed out when empty.

    Returns
    -------
    list of Ledger
        With an entry for everybody on the roster, also before anything was collected; points as
        the gradebook has them now, changes by hand included.

    Raises
    ------
    Problem
        If the folder is no class, or nothing was handed out.
    """
    room = ClassFolder.load(folder)
    return [_with_marks(room, read_ledger(room, e)) for e in room.chosen(exercises)]


def _with_marks(room: ClassFolder, ledger: Ledger) -> Ledger:
    from sosach.classroom.nbgrader_gradebook import read_marks

    marks = read_marks(room.root, ledger.exercise)
    entries = {
        name: replace(entry, points=marks[name].points, max_points=marks[name].max_points)
        if entry.graded and name in marks
        else entry
        for name, entry in ledger.entries.items()
    }
    return replace(ledger, entries=entries)
