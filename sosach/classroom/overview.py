"""How far a class has come, read from its accounts."""

from __future__ import annotations

from pathlib import Path

from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import NOT_HANDED_IN, Entry, Ledger

__all__ = ["status"]


def status(folder: Path) -> list[Ledger]:
    """Return the account of every exercise that was handed out.

    Parameters
    ----------
    folder : Path
        The class.

    Returns
    -------
    list of Ledger
        With an entry for everybody on the roster, also before anything was collected.

    Raises
    ------
    Problem
        If the folder is no class, or nothing was handed out.
    """
    room = ClassFolder.load(folder)
    names = [trainee.ma_hoc_vien for trainee in room.trainees()]
    ledgers = []
    for exercise in room.chosen(()):
        known = Ledger.load(room.ledger_file(exercise), exercise)
        entries = {name: known.entries.get(name, Entry(NOT_HANDED_IN)) for name in names}
        ledgers.append(Ledger(exercise, entries, known.unknown))
    return ledgers
