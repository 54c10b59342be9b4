"""What Excel does to a value while nobody looks, named so that its owner can undo it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = ["named_damage"]

_AS_TEXT = "Hãy định dạng cột là Văn bản (Text) trước khi nhập lại."
#: what a spoiled cell looks like -> what happened
_SIGNS = (
    (re.compile(r"-?\d([.,]\d+)?E\+?\d+", re.IGNORECASE), "số dài bị Excel rút gọn"),
    (
        re.compile(r"#(NAME|REF|VALUE|N/A|DIV/0|NUM|NULL|SPILL)[?!]?", re.IGNORECASE),
        "công thức bị lỗi",
    ),
    (re.compile(r"#{3,}"), "cột quá hẹp, Excel lưu dấu thăng thay cho giá trị"),
    (
        re.compile(r"\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Thg\d{1,2})(-\d\d)?"),
        "bị Excel đổi thành ngày tháng",
    ),
)
#: columns of digits alone -> lengths that a value has when its first zero is gone
_LOST_ZERO = {"so_giay_to": (8, 11), "so_dien_thoai": (9,), "xa": (4,), "huyen": (2,)}
SHOWN = 3


def named_damage(name: str, rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[str]:
    """Return one note for every kind of damage that Excel has done to a table.

    Parameters
    ----------
    name : str
        File name.
    rows : iterable of (int, mapping)
        Row number and cells.

    Returns
    -------
    list of str
        What happened, where (the first places), what to do. The values stay as they are: they
        count as written.
    """
    places: dict[str, list[str]] = {}
    for number, row in rows:
        for column, cell in row.items():
            if what := _damage(column, cell):
                places.setdefault(what, []).append(f"dòng {number} cột {column} ('{cell[:20]}')")
    return [f"Tệp {name}: {_some(found)}: {what}. {_AS_TEXT}" for what, found in places.items()]


def _damage(column: str, cell: str) -> str:
    """Say what happened to a cell, "" where nothing is seen."""
    if cell.isdecimal() and len(cell) in _LOST_ZERO.get(column, ()) and not cell.startswith("0"):
        return "có thể đã mất số 0 ở đầu"
    if not cell[:1].isdigit() and cell[:1] not in ("#", "-"):
        return ""
    return next((what for sign, what in _SIGNS if sign.fullmatch(cell)), "")


def _some(found: list[str]) -> str:
    more = f" và {len(found) - SHOWN} ô khác" if len(found) > SHOWN else ""
    return f"{', '.join(found[:SHOWN])}{more}"
