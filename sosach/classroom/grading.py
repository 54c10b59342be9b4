"""Marking a class: everybody ends as graded, repaired, refused or not handed in."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sosach.classroom.folder import ClassFolder
from sosach.classroom.jobs import Job, jobs
from sosach.classroom.ledger import Ledger, read_entry
from sosach.classroom.log import write_log
from sosach.classroom.marking import collect_one, mark_one
from sosach.classroom.overview import status
from sosach.classroom.progress import Progress, silent

__all__ = ["collect", "grade"]

#: an executor, as `sosach.executors` has them
Run = Callable[[Callable[[Any], None], Sequence[Any]], Iterable[None]]


def collect(
    folder: Path, exercises: Iterable[str] = (), progress: Progress = silent
) -> list[Ledger]:
    """Take in what trainees handed in; what is in the inbox is only read.

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
        One per exercise, with an entry for every trainee of the roster.

    Raises
    ------
    Problem
        If the folder is no class, or an exercise was not handed out.
    """
    room = ClassFolder.load(folder)
    chosen = room.chosen(exercises)
    for job in progress(list(jobs(room, chosen)), "Thu bài"):
        collect_one(room.root, job)
    return status(folder, chosen)


def grade(
    folder: Path,
    exercises: Iterable[str] = (),
    run: Run = map,
    progress: Progress = silent,
) -> list[Ledger]:
    """Take in, mark what is not marked yet or stands no more, and write the feedback pages.

    One trainee at a time: what goes wrong with one submission is that trainee's only.

    Parameters
    ----------
    folder : Path
        The class.
    exercises : iterable of str, optional
        Exercise ids; all that were handed out when empty.
    run : callable, optional
        Who does the work: an executor of `sosach.executors`.
    progress : Progress, optional
        Goes through what is done.

    Returns
    -------
    list of Ledger
        One per exercise; the counts sum to the roster.

    Raises
    ------
    Problem
        If the folder is no class, an exercise was not handed out, or the gradebook is missing.
    """
    from sosach.classroom.nbgrader_copies import keep_copy
    from sosach.classroom.nbgrader_gradebook import close

    room, began = ClassFolder.load(folder), time.time()
    chosen = room.chosen(exercises)
    keep_copy(room)
    todo = list(jobs(room, chosen))
    try:
        work = partial(mark_one, room.root, socket.gethostname())
        for _ in progress(run(work, todo), "Chấm bài", len(todo)):
            pass
    finally:
        close()
        _log_run(room, todo, began)
    return status(folder, chosen)


def _log_run(room: ClassFolder, todo: list[Job], began: float) -> None:
    """Write down how many were marked since `began`, and where the time went."""
    files = [room.entry_file(job.exercise, job.trainee) for job in todo]
    fresh = [read_entry(f) for f in files if f.is_file() and f.stat().st_mtime >= began]
    parts: Counter[str] = Counter()
    for entry in fresh:
        parts.update(entry.seconds)
    write_log(
        room,
        "run",
        jobs=len(todo),
        marked=len(fresh),
        seconds=round(time.time() - began, 3),
        parts={name: round(seconds, 3) for name, seconds in parts.items()},
    )
