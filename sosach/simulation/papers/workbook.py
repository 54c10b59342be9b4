"""The sheets of a workbook, read by openpyxl: text, numbers, dates and formulas, merged and hidden cells."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from generator.problems import Problem
from sosach.simulation.papers.files import Cell, Kind, Limits, Line, Merge, Sheet, clean

__all__ = ["is_workbook", "xlsx_sheets"]

#: bytes of all parts together when unpacked (ours): 100,000 lines of blank formatted cells have 60 MB
MAX_UNPACKED = 150_000_000
MAX_SHEETS = 50
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: Excel's 29 February 1900 never was: its earlier days are off by one
FIRST_SURE_DAY = date(1900, 3, 1)


def is_workbook(data: bytes) -> bool:
    """Tell whether bytes are an Excel workbook of any kind, also one that cannot be read."""
    return data.startswith((ZIP, OLE))


def xlsx_sheets(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a workbook, in their order, hidden ones too.

    Parameters
    ----------
    data : bytes
        The xlsx file.
    name : str
        The file, for messages.

    Returns
    -------
    list of Sheet

    Raises
    ------
    Problem
        If it is an old or locked workbook, damaged, or too large.
    """
    if data.startswith(OLE):
        message = f"{name} là tệp .xls cũ hoặc có mật khẩu. Hãy bỏ mật khẩu và lưu lại, loại .xlsx."
        raise Problem(message)
    try:
        _check_size(data, name)
        book = load_workbook(io.BytesIO(data), keep_links=False)
    except Problem:
        raise
    except Exception as error:  # what a damaged workbook ends in is not ours to list
        message = f"{name} không mở được như bảng Excel. Hãy mở bằng Excel rồi lưu lại, loại .xlsx."
        raise Problem(message) from error
    limits = Limits(name)
    return [_sheet(worksheet, limits) for worksheet in book.worksheets[:MAX_SHEETS]]


def _check_size(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if size > MAX_UNPACKED:
        message = f"{name} quá lớn khi giải nén. Hãy chép riêng bảng cần đọc sang một tệp mới."
        raise Problem(message)


def _sheet(worksheet: Worksheet, limits: Limits) -> Sheet:
    sheet = Sheet(clean(worksheet.title), worksheet.sheet_state != "visible")
    sheet.merges = [
        Merge(block.min_row, block.min_col - 1, block.max_row, block.max_col - 1)
        for block in worksheet.merged_cells.ranges
    ]
    for number, row in enumerate(worksheet.iter_rows(), start=1):
        cells = {i: cell for i, found in enumerate(row) if (cell := _cell(found))}
        if not cells:
            sheet.blank += 1
            continue
        hidden = number in worksheet.row_dimensions and worksheet.row_dimensions[number].hidden
        sheet.lines.append(Line(number, cells, bool(hidden)))
        limits.count(sheet.lines[-1])
    return sheet


def _cell(found: ExcelCell | MergedCell) -> Cell | None:
    """Return what a cell holds, None where it is blank."""
    value = found.value
    if value is None:
        return None
    if found.data_type == "f":
        return Cell(Kind.FORMULA, str(value))
    if found.data_type == "e":
        return Cell(Kind.ERROR, str(value))
    if isinstance(value, bool):
        return Cell(Kind.LOGIC, "1" if value else "0")
    if isinstance(value, datetime | date | time):
        return _day(value)
    if isinstance(value, int | float):
        return Cell(Kind.NUMBER, _written(value))
    text = clean(str(value))
    return Cell(Kind.TEXT, text) if text else None


def _written(number: float) -> str:
    """Write a number; a whole one that the file does not write as such was shortened."""
    shortened = not isinstance(number, int) and number.is_integer()
    return f"{number:E}" if shortened else repr(number)


def _day(value: datetime | date | time) -> Cell:
    """Return a day; with hours, or before March 1900, it is not sure."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_SURE_DAY:
        return Cell(Kind.DATE, value.strftime("%d/%m/%Y"))
    return Cell(Kind.UNSURE_DATE, str(value))
