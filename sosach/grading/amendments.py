"""Appeals of one exercise, and the answers that were accepted for everybody because of them.

They lie in ``phat_bai/<exercise>.dieu_chinh.json``: what was asked, by whom, and what was decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.files import write_whole
from generator.problems import Problem
from generator.strict import read

__all__ = ["ACCEPTED", "OPEN", "REJECTED", "WITHDRAWN", "Appeal", "accepted", "appeals", "keep"]

OPEN, ACCEPTED, REJECTED, WITHDRAWN = "open", "accepted", "rejected", "withdrawn"


@dataclass(frozen=True)
class Appeal:
    """One appeal about one item.

    Attributes
    ----------
    number : int
        Counted from 1 through the class.
    exercise, trainee, item : str
        Whose item in what; as ``ma_ho_so``.
    causes : tuple of str
        Errors and decoys behind the item; none where it is clean.
    answer : str
        What was handed in, in short.
    why : str
        What the trainee says.
    made : str
        When it was recorded, UTC.
    state : str
        ``open``, ``accepted``, ``rejected`` or ``withdrawn`` (accepted once, no more).
    cause : str
        For which of `causes` the answer is accepted; "" where the item is clean.
    decided, by, reply : str
        When, by whom and why so.
    """

    number: int
    exercise: str
    trainee: str
    item: str
    causes: tuple[str, ...]
    answer: str
    why: str
    made: str
    state: str = OPEN
    cause: str = ""
    decided: str = ""
    by: str = ""
    reply: str = ""


@dataclass(frozen=True)
class _Book:
    appeals: tuple[Appeal, ...] = ()


def appeals(class_folder: Path, exercise: str) -> list[Appeal]:
    """Return the appeals of one exercise, oldest first.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id.

    Returns
    -------
    list of Appeal

    Raises
    ------
    Problem
        If the file was spoiled.
    """
    path = _path(class_folder, exercise)
    if not path.is_file():
        return []
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        message = f"Tệp {path.name} không đọc được. Hãy chép lại từ bản sao lưu của lớp."
        raise Problem(message) from error
    return list(read(_Book, raw, path.name).appeals)


def keep(class_folder: Path, exercise: str, wanted: Iterable[Appeal]) -> None:
    """Write the appeals of one exercise, whole or not at all.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id.
    wanted : iterable of Appeal
        All of them.
    """
    book = asdict(_Book(tuple(wanted)))
    text = json.dumps(book, ensure_ascii=False, indent=1)
    write_whole(_path(class_folder, exercise), text)


def accepted(class_folder: Path, exercise: str) -> list[tuple[str, str]]:
    """Return what `score` accepts beside the key.

    Parameters
    ----------
    class_folder : Path
        The class.
    exercise : str
        An exercise id.

    Returns
    -------
    list of (str, str)
        Cause ("" for clean) and answer, sorted, each once.

    Raises
    ------
    Problem
        If the file was spoiled.
    """
    found = appeals(class_folder, exercise)
    return sorted({(a.cause, a.answer) for a in found if a.state == ACCEPTED})


def _path(class_folder: Path, exercise: str) -> Path:
    return class_folder / "phat_bai" / f"{exercise}.dieu_chinh.json"
