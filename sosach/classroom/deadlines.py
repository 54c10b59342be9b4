"""Deadlines: meant in Vietnam's time, kept in UTC; late penalties are nbgrader's business."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.strict import check_names
from sosach.classroom.folder import ClassFolder

__all__ = ["TIME_ZONE", "extend"]

#: where deadlines are meant
TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def extend(folder: Path, exercise: str, trainee: str, hours: float) -> datetime:
    """Give one trainee more time; a late mark is made again by the next `grade`.

    Parameters
    ----------
    folder : Path
        The class.
    exercise, trainee : str
        Who for what.
    hours : float
        Beyond the exercise's own deadline, in place of an earlier extension; 0 for none.

    Returns
    -------
    datetime
        The trainee's deadline, in `TIME_ZONE`.

    Raises
    ------
    Problem
        If there is no such exercise or trainee, or the exercise has no deadline.
    """
    from sosach.classroom.nbgrader_gradebook import extend as grant

    room = ClassFolder.load(folder)
    room.chosen([exercise])
    members = [member.ma_hoc_vien for member in room.members(exercise)]
    check_names([trainee], members, f"Bài {exercise}", "học viên")
    return grant(room.root, exercise, trainee, hours).astimezone(TIME_ZONE)
