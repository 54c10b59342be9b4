"""The result file of the offline page: what a trainee sends to the trainer, or takes along.

It holds the events and the artefact that they amount to, whose work it is and on which pack.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.problems import Problem
from sosach.review.journal import Event, check_event

__all__ = ["LARGEST", "RESULT_KIND", "Result", "read_result"]

RESULT_KIND = "ket_qua_so_sach"
VERSION = 1
#: bytes; 5,000 records with three events each are 4 MB
LARGEST = 8_000_000
OWNER = ("bai", "lop", "hoc_vien", "goi")


@dataclass(frozen=True)
class Result:
    """A result file that was read.

    Attributes
    ----------
    exercise, class_id, trainee, pack : str
        Whose work on what; `class_id` and `trainee` are "" in practice. The pack is its sha256.
    events : list of dict
        The trail.
    files : mapping
        Name in ``bai_nop/`` -> content: the artefact and ``nhat_ky.jsonl``, as if the work had
        been done in an exercise folder.
    """

    exercise: str
    class_id: str
    trainee: str
    pack: str
    events: list[Event]
    files: Mapping[str, bytes]


def read_result(name: str, data: bytes) -> Result:
    """Read a result file.

    Parameters
    ----------
    name : str
        File name, for messages.
    data : bytes
        Its content.

    Returns
    -------
    Result
        Nothing in it is believed: the artefact is judged like any other that is handed in.

    Raises
    ------
    Problem
        If the file is no result file, is damaged, or comes from a later version.
    """
    if len(data) > LARGEST:
        message = f"Tệp {name} lớn hơn {LARGEST // 1_000_000} MB nên không phải là tệp kết quả. Hãy xuất lại kết quả từ trang làm bài."
        raise Problem(message)
    raw = _load(name, data)
    if raw.get("phien_ban") != VERSION:
        message = f"Tệp {name} do bản mới hơn tạo ra. Hãy cập nhật chương trình rồi đọc lại."
        raise Problem(message)
    try:
        exercise, class_id, trainee, pack = (_text(raw[key]) for key in OWNER)
        events = [check_event(event) for event in raw["nhat_ky"]]
        files = {_file_name(file): _text(text).encode() for file, text in raw["tep"].items()}
        lines = (json.dumps(event, ensure_ascii=False) + "\n" for event in events)
        files["nhat_ky.jsonl"] = "".join(lines).encode()
    except (KeyError, TypeError, AttributeError, ValueError):
        message = f"Tệp kết quả {name} bị hỏng. Hãy xuất lại tệp kết quả từ trang làm bài."
        raise Problem(message) from None
    return Result(exercise, class_id, trainee, pack, events, files)


def _load(name: str, data: bytes) -> dict[str, Any]:
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict) or raw.get("loai") != RESULT_KIND:
        message = f"Tệp {name} không phải là tệp kết quả. Hãy chọn tệp .json do nút 'Xuất kết quả' tạo ra."
        raise Problem(message)
    return raw


def _text(value: object) -> str:
    """Return a text that can be written as UTF-8."""
    if not isinstance(value, str):
        raise TypeError
    value.encode()
    return value


def _file_name(name: object) -> str:
    """Return the name of a table; nothing that leaves the folder."""
    text = _text(name)
    stem, _, ending = text.rpartition(".")
    if ending not in ("csv", "json") or not stem.replace("_", "").isalnum():
        raise ValueError
    return text
