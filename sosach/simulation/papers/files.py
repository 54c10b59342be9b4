"""What an Excel or CSV file holds, before anybody judges it: sheets, lines and cells with their kind."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from generator.problems import Problem

__all__ = ["Cell", "Kind", "Limits", "Line", "Merge", "Sheet", "address", "clean", "csv_sheets"]

SEPARATORS = (",", ";", "\t", "|")
#: Unicode categories: blanks and line ends become a blank, what cannot be seen goes
BLANK, UNSEEN = {"Zs", "Zl", "Zp"}, {"Cc", "Cf", "Cs"}


class Kind(StrEnum):
    """What a cell is; everything but text was changed or may change by itself."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    UNSURE_DATE = "unsure date"
    FORMULA = "formula"
    ERROR = "error"
    LOGIC = "logic"


class Cell(NamedTuple):
    """One cell: a date as ``dd/mm/yyyy``, a number as the file writes it."""

    kind: Kind
    text: str


class Merge(NamedTuple):
    """A block of merged cells; lines from 1, columns from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


class Line(NamedTuple):
    """One line that is not blank.

    Attributes
    ----------
    number : int
        As Excel shows it.
    cells : dict
        Column from 0 -> cell; blank cells are not there.
    hidden : bool
        Hidden or filtered away.
    width : int
        How many cells a line of CSV has; 0 in a workbook, where nothing can be shifted.
    """

    number: int
    cells: dict[int, Cell]
    hidden: bool = False
    width: int = 0


@dataclass
class Sheet:
    """One sheet: its lines, how many lines were blank, what is merged."""

    name: str
    hidden: bool = False
    lines: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    blank: int = 0


@dataclass
class Limits:
    """How much a file may hold, lines and cells together over all sheets.

    Parameters
    ----------
    name : str
        The file, for the message.
    """

    name: str
    lines: int = 60_000  # [ours] a big ward has 30,000 records
    cells: int = 2_000_000  # [ours] about 500 MB in memory

    def count(self, line: Line) -> None:
        """Take a line off what is left.

        Raises
        ------
        Problem
            If nothing is left.
        """
        self.lines -= 1
        self.cells -= len(line.cells)
        if min(self.lines, self.cells) < 0:
            message = f"{self.name} có quá nhiều dòng. Hãy chia thành nhiều tệp nhỏ hơn."
            raise Problem(message)


def address(line: int, column: int) -> str:
    """Return what Excel calls a cell.

    Examples
    --------
    >>> address(12, 0), address(3, 27)
    ('A12', 'AB3')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"


def clean(text: str) -> str:
    r"""Return a cell's text in NFC on one line, without what cannot be seen and blanks around it.

    Examples
    --------
    >>> clean(" Hoa\u0300\u00a0Bi\u0300nh\u200b ")
    'Hoà Bình'
    """
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = unicodedata.normalize("NFC", "".join(map(_seen, text)))
    return text.strip()


def _seen(char: str) -> str:
    """Return what a person sees of a character."""
    category = unicodedata.category(char)
    if category in BLANK or char in "\t\r\n":
        return " "
    return "" if category in UNSEEN else char


def csv_sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """Yield a CSV file as one sheet by each separator that it may have.

    Parameters
    ----------
    data : bytes
        UTF-8 or UTF-16, with or without byte order mark.
    name : str
        The file, for messages.

    Yields
    ------
    Sheet
        The caller takes the one in which it finds its header.

    Raises
    ------
    Problem
        If it is no text.
    """
    text = _decode(data, name)
    declared = re.match(r'"?sep=(.)"?\r?\n', text)
    if declared:
        text = text[declared.end() :]
    for separator in [declared[1]] if declared else SEPARATORS:
        yield _csv_sheet(csv.reader(io.StringIO(text, newline=""), delimiter=separator), name)


def _decode(data: bytes, name: str) -> str:
    """Decode text; a NUL or undecodable bytes mean that it is none."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        message = (
            f"{name} không phải bảng Excel (.xlsx), cũng không phải văn bản UTF-8. "
            "Hãy mở bằng Excel rồi lưu lại, loại .xlsx hoặc 'CSV UTF-8'."
        )
        raise Problem(message)
    return text


def _csv_sheet(rows: Iterable[list[str]], name: str) -> Sheet:
    sheet, limits, number = Sheet(""), Limits(name), 0
    try:
        for number, row in enumerate(rows, start=1):
            cells = {i: _csv_cell(text) for i, text in enumerate(map(clean, row)) if text}
            if cells:
                sheet.lines.append(Line(number, cells, width=len(row)))
                limits.count(sheet.lines[-1])
            else:
                sheet.blank += 1
    except csv.Error as error:
        message = (
            f"{name}, sau dòng {number}: không đọc được như bảng CSV. Hãy lưu lại, loại .xlsx."
        )
        raise Problem(message) from error
    return sheet


def _csv_cell(text: str) -> Cell:
    """Tell a formula from text: Excel would compute it when the file is opened."""
    return Cell(Kind.FORMULA if text.startswith("=") else Kind.TEXT, text)
