"""Feedback pages made again: they follow from gradebook and marked work, so none is ever lost."""

from __future__ import annotations

from pathlib import Path

from sosach.classroom.folder import ClassFolder
from sosach.classroom.overview import status
from sosach.classroom.progress import Progress, silent

__all__ = ["write_missing_feedback"]


def write_missing_feedback(
    folder: Path, progress: Progress = silent
) -> tuple[list[Path], list[str]]:
    """Write the feedback page of everybody who has a mark and no page.

    Parameters
    ----------
    folder : Path
        The class.
    progress : Progress, optional
        Goes through the pages.

    Returns
    -------
    tuple of list of Path and list of str
        The pages written, and a sentence for each that could not be.

    Raises
    ------
    Problem
        If the folder is no class, or nothing was handed out.
    """
    room = ClassFolder.load(folder)
    missing = [
        (ledger.exercise, name)
        for ledger in status(folder)
        for name, entry in ledger.entries.items()
        if entry.graded and not room.feedback_page(ledger.exercise, name).is_file()
    ]
    pages, troubles = [], []
    for exercise, name in progress(missing, "Viết phiếu nhận xét") if missing else []:
        trouble = _write(room, exercise, name)
        if trouble:
            troubles.append(f"{name}, {exercise}: {trouble}")
        else:
            pages.append(room.feedback_page(exercise, name))
    return pages, troubles


def _write(room: ClassFolder, exercise: str, name: str) -> str:
    """Write one page; return why it could not be, "" if it was."""
    from sosach.classroom.nbgrader_class import generate_feedback

    try:
        generate_feedback(room.root, exercise, name)
    except Exception as error:
        return str(error)
    return ""
