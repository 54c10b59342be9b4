"""What a mark rests on: as long as none of it changes, a mark stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from generator.problems import Problem
from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import load_hand_out, spec_path
from sosach.grading import GRADER
from sosach.grading.amendments import accepted

__all__ = ["basis", "reasons"]

#: part of the basis -> why a mark is made again when it has changed
REASONS = {
    "notebook": "sổ tay của bài (thư mục release) đã được sửa sau khi phát",
    "spec": "đặc tả của bài (thư mục phat_bai) đã được sửa sau khi phát",
    "grader": "cách chấm có phiên bản mới",
    "amendments": "danh sách câu trả lời được chấp nhận sau khiếu nại đã đổi",
    "deadline": "hạn nộp đã đổi",
}


def basis(room: ClassFolder, exercise: str, hand_in: str, deadline: str) -> dict[str, str]:
    """Return what a mark rests on if it is made now.

    Parameters
    ----------
    room : ClassFolder
        The class.
    exercise : str
        An exercise id.
    hand_in : str
        Identifies what was handed in last.
    deadline : str
        When it was due, for this trainee; "" for never.

    Returns
    -------
    dict
        ``hand_in, notebook, spec, engine, grader, amendments, deadline``. The engine is that of
        the hand-out: marking by another one is refused.

    Raises
    ------
    Problem
        If the exercise was not handed out, or a record is spoiled.
    """
    amendments = accepted(room.root, exercise)
    return {
        "hand_in": hand_in,
        "notebook": _sha256(_read(room.released_notebook(exercise))),
        "spec": _sha256(_read(spec_path(room.root, exercise))),
        "engine": load_hand_out(room.root, exercise).engine,
        "grader": GRADER,
        "amendments": _sha256(json.dumps(amendments).encode()) if amendments else "",
        "deadline": deadline,
    }


def reasons(
    room: ClassFolder, exercise: str, before: Mapping[str, str], now: Mapping[str, str]
) -> list[str]:
    """Say what has changed since a mark was made, or since the exercise was handed out.

    Parameters
    ----------
    room : ClassFolder
        The class.
    exercise : str
        An exercise id.
    before : mapping
        What the mark rests on; empty for the first one.
    now : mapping
        From `basis`.

    Returns
    -------
    list of str
        At most one sentence.
    """
    hand_out = load_hand_out(room.root, exercise)
    known = before or {"notebook": hand_out.notebook, "spec": hand_out.spec}
    changed = [why for part, why in REASONS.items() if part in known and known[part] != now[part]]
    if not changed:
        return []
    return [f"{'Chấm lại' if before else 'Lưu ý'}: {'; '.join(changed)}."]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        message = f"Thiếu tệp {path} của lần phát bài. Hãy chép lại từ bản sao lưu của lớp."
        raise Problem(message) from error


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
