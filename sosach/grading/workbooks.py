"""Reading Excel workbooks that people hand in: cells become text, as they look on the screen."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sosach.grading.refusals import Refusal

__all__ = ["read_sheets"]

#: limits of a workbook, unpacked [ours]
MAX_UNPACKED = 60_000_000
MAX_SHEETS = 10
MAX_ROWS = 60_000
MAX_COLUMNS = 60


def read_sheets(name: str, data: bytes) -> list[list[list[str]]]:
    """Return every sheet of a workbook as a grid of text.

    Parameters
    ----------
    name : str
        File name, for messages.
    data : bytes
        The xlsx file.

    Returns
    -------
    list of list of list of str
        Sheets, rows, cells; whole numbers without ``.0``, dates as dd/mm/yyyy.

    Raises
    ------
    Refusal
        If it is no workbook, or too large when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(name, archive)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return [_grid(name, sheet) for sheet in book.worksheets[:MAX_SHEETS]] or [[]]
    except Refusal:
        raise
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        message = f"Tệp {name} không mở được như bảng tính Excel. Hãy mở bằng Excel và lưu lại, loại .xlsx."
        raise Refusal(message) from error


def _check_size(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse what would not fit in memory, before unpacking it."""
    if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
        message = f"Tệp {name} quá lớn khi giải nén. Hãy chỉ giữ lại các cột cần nộp."
        raise Refusal(message)


def _grid(name: str, sheet: Any) -> list[list[str]]:  # noqa: ANN401 - a sheet of openpyxl
    """Return the rows of one sheet, as far as the limits allow."""
    rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
    grid = [[_text(value) for value in row] for row in rows]
    if len(grid) > MAX_ROWS:
        message = f"Tệp {name} có hơn {MAX_ROWS} dòng. Hãy xóa các dòng thừa rồi lưu lại."
        raise Refusal(message)
    return grid


def _text(value: object) -> str:
    """Return a cell as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.strftime("%d/%m/%Y")
    return str(value).replace("\u00a0", " ").strip()
