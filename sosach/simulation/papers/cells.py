"""From a cell to the text that was meant, or to the reason why nobody can be sure of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from sosach.simulation.papers.files import Cell, Kind

__all__ = ["CODES", "Doubt", "meant"]

#: column -> how many digits a complete code has; a number of any other length may have lost zeros.
#: CCCD 12 and CMND 9 (domain.md 9); wards 5, districts 3, provinces 2 (GSO); telephones begin with 0
CODES = {
    "so_giay_to": (9, 12),
    "so_dinh_danh": (12,),
    "so_dinh_danh_dung": (9, 12),
    "so_cmnd_cu": (9,),
    "so_dien_thoai": (),
    "so_the_bhyt": (),
    "xa": (5,),
    "huyen": (3,),
    "tinh": (2,),
}
#: columns of days begin so
DAY = "ngay"
YEARS = range(1900, 2101)
#: whole numbers up to here are exact in a cell of Excel, which also keeps no more than 15 digits
EXACT = 2**53
MAX_CELL = 10_000
EXPONENT = re.compile(r"[-+]?\d+([.,]\d+)?[eE][-+]?\d+")
#: as pandas writes a whole number beside an empty cell
WHOLE = re.compile(r"\d+[.,]0+")
#: Excel leaves so many zeros where it forgot the digits behind (7,9086E+10)
FORGOTTEN = "00000"

RETYPE = "Hãy đặt cột ở dạng Văn bản (Text) rồi gõ lại đủ chữ số theo giấy tờ gốc."
SENTENCES = {
    Kind.FORMULA: "là công thức, không phải chữ. Hãy chép giá trị vào ô (Dán đặc biệt, Giá trị).",
    Kind.ERROR: "là lỗi của Excel ({text}). Hãy gõ lại ô này.",
    Kind.LOGIC: "là kiểu đúng/sai của Excel. Hãy gõ lại bằng chữ.",
    Kind.UNSURE_DATE: "là ngày không chắc (số {text}). Hãy gõ lại bằng chữ, dạng dd/mm/yyyy.",
}


class Doubt(NamedTuple):
    """Why a cell is refused: the end of a sentence that begins with its address."""

    sentence: str


def meant(cell: Cell, column: str, *, shown: bool = False) -> str | Doubt:
    """Return the text of a cell where it is certain.

    Parameters
    ----------
    cell : Cell
        Not blank.
    column : str
        Key of the column; `CODES` and the beginning `DAY` say what it holds.
    shown : bool, optional
        Whether the column repeats what the platform shows, right or wrong: its text stands.

    Returns
    -------
    str or Doubt

    Examples
    --------
    >>> meant(Cell(Kind.NUMBER, "790859999010"), "so_giay_to")
    '790859999010'
    >>> meant(Cell(Kind.NUMBER, "79085999901"), "so_giay_to").sentence[:32]
    'là kiểu số nên có thể đã mất số '
    """
    if cell.kind in SENTENCES:
        return Doubt(SENTENCES[cell.kind].format(text=cell.text[:40]))
    if len(cell.text) > MAX_CELL:
        return Doubt(f"dài hơn {MAX_CELL} ký tự.")
    if cell.kind is Kind.NUMBER:
        return _number(cell.text, column)
    if column in CODES and not shown:
        return _code(cell, column)
    return cell.text


def _code(cell: Cell, column: str) -> str | Doubt:
    """Judge text in a column of codes: another program may have made a number of it before."""
    if cell.kind is Kind.DATE:
        return Doubt(f"là kiểu ngày ({cell.text}), không phải số. {RETYPE}")
    if EXPONENT.fullmatch(cell.text) or WHOLE.fullmatch(cell.text):
        return _number(cell.text.replace(",", "."), column)
    return cell.text


def _number(text: str, column: str) -> str | Doubt:
    """Judge a number by what its column holds."""
    digits = _whole(text)
    if column in CODES:
        return _number_of_code(digits, text, column)
    if not digits:
        return Doubt(f"là số {text[:40]}, không rõ ý. Hãy gõ lại bằng chữ.")
    if column.startswith(DAY) and int(digits) not in YEARS:
        return Doubt(f"là số {digits}, không phải ngày. Hãy gõ lại bằng chữ, dạng dd/mm/yyyy.")
    return digits


def _whole(text: str) -> str:
    """Return the digits of an exact whole number written without exponent, else nothing."""
    if not re.fullmatch(r"\d{1,16}(\.0+)?", text):
        return ""
    value = int(text.partition(".")[0])
    return str(value) if value < EXACT else ""


def _number_of_code(digits: str, text: str, column: str) -> str | Doubt:
    if not digits:
        return Doubt(f"là kiểu số ({text[:40]}) nên có thể đã mất chữ số. {RETYPE}")
    if len(digits) not in CODES[column]:
        return Doubt(f"là kiểu số nên có thể đã mất số 0 ở đầu (đang là {digits}). {RETYPE}")
    if digits.endswith(FORGOTTEN):
        return Doubt(f"là kiểu số nên có thể đã mất các chữ số cuối (đang là {digits}). {RETYPE}")
    return digits
