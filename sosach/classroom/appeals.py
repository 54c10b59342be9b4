"""Appeals: a trainee asks, a trainer decides, and what is accepted counts for everybody."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.problems import Problem, nearest
from generator.strict import check_names
from sosach.classroom.folder import ClassFolder
from sosach.grading.amendments import (
    ACCEPTED,
    OPEN,
    REJECTED,
    WITHDRAWN,
    Appeal,
    appeals,
    keep,
)

__all__ = ["STATES", "appeal", "decide", "every_appeal"]

#: state of an appeal -> how a person reads it
STATES = {
    OPEN: "chờ quyết định",
    ACCEPTED: "đã được chấp nhận",
    REJECTED: "không được chấp nhận",
    WITHDRAWN: "đã bị rút lại",
}


def appeal(folder: Path, exercise: str, trainee: str, item: str, why: str) -> Appeal:
    """Record that a trainee asks for another look at one item.

    Parameters
    ----------
    folder : Path
        The class.
    exercise, trainee, item : str
        Whose item, as ``ma_ho_so``, in what.
    why : str
        What the trainee says.

    Returns
    -------
    Appeal

    Raises
    ------
    Problem
        If there is no such exercise, trainee or mark, or the item has cost no points.
    """
    room = ClassFolder.load(folder)
    room.chosen([exercise])
    members = [member.ma_hoc_vien for member in room.members(exercise)]
    check_names([trainee], members, f"Bài {exercise}", "học viên")
    wrong = {outcome["item"]: outcome for outcome in _wrong(room, exercise, trainee)}
    if item not in wrong:
        message = (
            f"Bài {exercise} của {trainee} không mất điểm ở mục '{item}'.{nearest(item, wrong)}"
            f" Các mục mất điểm: {', '.join(wrong) or 'không có'}."
        )
        raise Problem(message)
    made = Appeal(
        number=max((a.number for a in every_appeal(folder)), default=0) + 1,
        exercise=exercise,
        trainee=trainee,
        item=item,
        causes=tuple(wrong[item]["causes"]),
        answer=wrong[item]["answer"],
        why=why,
        made=_now(),
    )
    keep(room.root, exercise, [*appeals(room.root, exercise), made])
    return made


def every_appeal(folder: Path) -> list[Appeal]:
    """Return all appeals of a class by number.

    Parameters
    ----------
    folder : Path
        The class.

    Returns
    -------
    list of Appeal
    """
    room = ClassFolder.load(folder)
    found = (a for exercise in room.released() for a in appeals(room.root, exercise))
    return sorted(found, key=lambda a: a.number)


def decide(folder: Path, number: int, decision: str, reply: str, cause: str = "") -> Appeal:
    """Decide an appeal, or take back what was accepted.

    An accepted answer counts for everybody who gave it to the same error. Those concerned are
    marked again by the next `grade`.

    Parameters
    ----------
    folder : Path
        The class.
    number : int
        Of the appeal.
    decision : str
        ``accepted`` or ``rejected`` for an open one, ``withdrawn`` for an accepted one.
    reply : str
        Why.
    cause : str, optional
        For which error it is accepted, where the item has several.

    Returns
    -------
    Appeal

    Raises
    ------
    Problem
        If there is no such appeal, this cannot be decided of it, or the error is not clear.
    """
    asked = _find(folder, number, ACCEPTED if decision == WITHDRAWN else OPEN)
    if cause or (decision == ACCEPTED and len(asked.causes) > 1):
        check_names([cause], asked.causes, f"Khiếu nại {number}, --cause", "lỗi")
    chosen = cause or asked.cause or next(iter(asked.causes), "")
    by = getpass.getuser()
    done = replace(asked, state=decision, cause=chosen, decided=_now(), by=by, reply=reply)
    others = appeals(folder, done.exercise)
    keep(folder, done.exercise, [done if a.number == number else a for a in others])
    return done


def _find(folder: Path, number: int, state: str) -> Appeal:
    """Return an appeal that is in the state in which this can be decided."""
    known = {a.number: a for a in every_appeal(folder)}
    found = known.get(number)
    if found is None:
        numbers = ", ".join(map(str, known)) or "chưa có"
        message = f"Không có khiếu nại số {number}. Các khiếu nại của lớp: {numbers}."
        raise Problem(message)
    if found.state != state:
        message = (
            f"Khiếu nại số {number} {STATES[found.state]}; chỉ làm được việc này khi khiếu nại "
            f"{STATES[state]}."
        )
        raise Problem(message)
    return found


def _wrong(room: ClassFolder, exercise: str, trainee: str) -> Iterator[dict[str, Any]]:
    """Yield what cost points in a marked notebook."""
    path = room.autograded_notebook(exercise, trainee)
    if not path.is_file():
        message = f"Bài {exercise} của {trainee} chưa được chấm."
        raise Problem(message)
    for cell in json.loads(path.read_bytes())["cells"]:
        yield from cell["metadata"].get("sosach", {}).get("wrong", ())


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
