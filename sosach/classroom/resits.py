"""A resit: the same exercise again with new data, under an id of its own; earlier marks stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator import ENGINE
from generator.problems import Problem
from generator.strict import check_names
from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import HandOut, load_hand_out
from sosach.classroom.ledger import Entry
from sosach.classroom.overview import status
from sosach.classroom.progress import Progress, silent
from sosach.classroom.releasing import Run, hand_out

__all__ = ["resit", "to_be_repeated"]


def resit(
    folder: Path,
    exercise: str,
    trainees: Iterable[str],
    progress: Progress = silent,
    due: datetime | None = None,
    run: Run = map,
) -> HandOut:
    """Hand out an exercise once more.

    Parameters
    ----------
    folder : Path
        The class.
    exercise : str
        An exercise that was handed out.
    trainees : iterable of str
        Ids of those who sit it again.
    progress : Progress, optional
        Goes through them.
    due : datetime, optional
        Deadline, with its time zone.
    run : callable, optional
        Who does the work: an executor of `sosach.executors`.

    Returns
    -------
    HandOut
        Its `exercise` is the id of the resit, as ``k1_02_lap_danh_sach_lan2``.

    Raises
    ------
    Problem
        If the exercise was not handed out, or nobody or somebody unknown is named.
    """
    room = ClassFolder.load(folder)
    room.chosen([exercise])
    first = load_hand_out(room.root, load_hand_out(room.root, exercise).base)
    chosen = list(dict.fromkeys(trainees))
    roster = [trainee.ma_hoc_vien for trainee in room.trainees()]
    check_names(chosen, roster, f"Lớp {room.record.name}", "học viên")
    if not chosen:
        message = f"Không có học viên nào phải làm lại bài {exercise}."
        raise Problem(message)
    number = len(_sittings(room, first.base))
    plan = replace(
        first,
        exercise=f"{first.base}_lan{number + 1}",
        purpose=f"resit-{number}",
        engine=ENGINE,
        trainees={},
    )
    [done] = hand_out(room, [plan], {plan.exercise: chosen}, progress, due, run)
    return done


def to_be_repeated(folder: Path, exercise: str, percent: float) -> list[str]:
    """Return who has not reached a pass mark in any sitting.

    Parameters
    ----------
    folder : Path
        The class.
    exercise : str
        An exercise that was handed out.
    percent : float
        The pass mark, 0 to 100, of the points that can be reached.

    Returns
    -------
    list of str
        Trainee ids in the order of the roster; who has no mark is among them.
    """
    room = ClassFolder.load(folder)
    room.chosen([exercise])
    sittings = _sittings(room, load_hand_out(room.root, exercise).base)
    passed = {
        name
        for ledger in status(folder, sittings)
        for name, entry in ledger.entries.items()
        if _has_passed(entry, percent)
    }
    return [t.ma_hoc_vien for t in room.trainees() if t.ma_hoc_vien not in passed]


def _has_passed(entry: Entry, percent: float) -> bool:
    return entry.graded and 100 * entry.points >= percent * entry.max_points


def _sittings(room: ClassFolder, base: str) -> list[str]:
    """Return an exercise and its resits."""
    return [name for name in room.released() if load_hand_out(room.root, name).base == base]
