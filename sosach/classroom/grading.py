"""Marking a class: everybody ends as graded, repaired, refused or not handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sosach.classroom.collecting import collect
from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import GRADED, RECEIVED, REFUSED, REPAIRED, Entry, Ledger
from sosach.classroom.progress import Progress, silent

__all__ = ["grade"]


def grade(folder: Path, exercises: Iterable[str] = (), progress: Progress = silent) -> list[Ledger]:
    """Collect, mark what is not marked yet, and write the feedback pages.

    One trainee at a time: what goes wrong with one submission is that trainee's only.

    Parameters
    ----------
    folder : Path
        The class.
    exercises : iterable of str, optional
        Exercise ids; all that were handed out when empty.
    progress : Progress, optional
        Goes through the trainees.

    Returns
    -------
    list of Ledger
        One per exercise; the counts sum to the roster.

    Raises
    ------
    Problem
        If the folder is no class, or an exercise was not handed out.
    """
    room = ClassFolder.load(folder)
    return [_grade_one(room, ledger, progress) for ledger in collect(folder, exercises)]


def _grade_one(room: ClassFolder, ledger: Ledger, progress: Progress) -> Ledger:
    """Mark one exercise; what is done is written down even when somebody stops the run."""
    from sosach.classroom.nbgrader_class import read_marks

    entries = dict(ledger.entries)
    try:
        for name in progress(list(entries), f"Chấm bài {ledger.exercise}"):
            entries[name] = _grade_trainee(room, ledger.exercise, name, entries[name])
    finally:
        marks = read_marks(room.root, ledger.exercise)
        for name, entry in entries.items():
            if entry.graded:
                points, most = marks[name]
                entries[name] = replace(entry, points=points, max_points=most)
        graded = replace(ledger, entries=entries)
        graded.save(room.ledger_file(ledger.exercise))
    return graded


def _grade_trainee(room: ClassFolder, exercise: str, name: str, entry: Entry) -> Entry:
    """Mark one trainee's submission, if there is one that is not marked yet."""
    from sosach.classroom.nbgrader_class import autograde, generate_feedback

    if entry.graded or entry.status not in (RECEIVED, REPAIRED):
        return entry
    trouble = autograde(room.root, exercise, name)
    if trouble:
        return replace(entry, status=REFUSED, sentences=(*entry.sentences, trouble))
    trouble = generate_feedback(room.root, exercise, name)
    told = [f"Chưa viết được phiếu nhận xét: {trouble}"] if trouble else []
    status = GRADED if entry.status == RECEIVED else REPAIRED
    return replace(entry, status=status, graded=True, sentences=(*entry.sentences, *told))
