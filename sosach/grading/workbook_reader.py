"""The process in which workbooks are read: it has little memory and little time, and no rights.

Started by `sosach.grading.workbooks`. Asks come in on stdin and answers go out on stdout, each with
its length before it; it ends when stdin does.
"""

from __future__ import annotations

import io
import json
import os
import re
import struct
import sys
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any, BinaryIO

from openpyxl import load_workbook

from sosach.grading import limits
from sosach.grading.refusals import Refusal
from sosach.grading.workbooks import OUT_OF_MEMORY

__all__ = ["grids"]

_ZEROS = re.compile("0+")


def grids(name: str, data: bytes) -> list[list[list[str]]]:
    """Return every sheet that a person sees as a grid of text.

    Parameters
    ----------
    name : str
        File name, for messages.
    data : bytes
        The xlsx file.

    Returns
    -------
    list of list of list of str
        Sheets, rows, cells as they look on the screen: whole numbers without ``.0``, dates as
        dd/mm/yyyy, per cents and leading zeros as the cell's format shows them.

    Raises
    ------
    Refusal
        If it is no workbook, or too large when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(name, archive)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        cells = 0
        found = []
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in (seen or book.worksheets)[: limits.MAX_SHEETS]:
            found.append(_grid(name, sheet))
            cells += sum(map(len, found[-1]))
            if cells > limits.MAX_CELLS:
                _refuse_size(name)
    except Refusal:
        raise
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever its input makes it
        message = f"Tệp {name} không mở được như bảng tính Excel. Hãy mở bằng Excel và lưu lại, loại .xlsx."
        raise Refusal(message) from error
    return found or [[]]


def _check_size(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse what would not fit in memory, before unpacking it."""
    if sum(info.file_size for info in archive.infolist()) > limits.MAX_UNPACKED:
        _refuse_size(name)


def _refuse_size(name: str) -> None:
    message = f"Tệp {name} quá lớn khi giải nén. Hãy chỉ giữ lại các cột cần nộp."
    raise Refusal(message)


def _grid(name: str, sheet: Any) -> list[list[str]]:  # noqa: ANN401 - a sheet of openpyxl
    """Return the rows of one sheet without blank ends, as far as the limits allow."""
    grid: list[list[str]] = []
    for row in sheet.iter_rows(max_row=limits.MAX_ROWS + 1, max_col=limits.MAX_COLUMNS):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        grid.append(cells)
    while grid and not grid[-1]:
        grid.pop()
    if len(grid) > limits.MAX_ROWS:
        message = f"Tệp {name} có hơn {limits.MAX_ROWS} dòng. Hãy xóa các dòng thừa rồi lưu lại."
        raise Refusal(message)
    width = max(map(len, grid), default=0)
    return [row + [""] * (width - len(row)) for row in grid]


def _text(cell: Any) -> str:  # noqa: ANN401 - a cell of openpyxl, perhaps an empty one
    """Return a cell as a person sees it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, date | datetime):
        return value.strftime("%d/%m/%Y") if value.year >= 1000 else str(value)
    if isinstance(value, clock | timedelta):
        return str(value)
    return str(value).replace("\u00a0", " ").strip()[: limits.MAX_CELL + 1]


def _number(value: float, form: str) -> str:
    """Return a number with the zeros and per cents of its format."""
    if "%" in form:
        value, sign = round(value * 100, 9), "%"
    else:
        sign = ""
    whole = isinstance(value, int) or value.is_integer()
    text = str(int(value)) if whole else repr(value)
    return (text.zfill(len(form)) if _ZEROS.fullmatch(form) and whole else text) + sign


def _serve(asks: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nothing more is asked."""
    while size := asks.read(8):
        (n_name, n_data) = struct.unpack(">II", size)
        name = asks.read(n_name).decode()
        _allow_time()
        try:
            answer: dict[str, Any] = {"sheets": grids(name, asks.read(n_data))}
        except Refusal as refusal:
            answer = {"refusal": str(refusal)}
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        told = json.dumps(answer).encode()
        answers.write(struct.pack(">Q", len(told)) + told)
        answers.flush()


def _limit() -> None:
    """Give up memory, files and core dumps, where the system can take them away."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.MAX_MEMORY, limits.MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_time() -> None:
    """Let the next workbook have its seconds of computing, and no more."""
    try:
        import resource
    except ImportError:
        return
    most = int(time.process_time()) + limits.MAX_CPU
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


if __name__ == "__main__":
    _limit()
    # whatever a library prints must not get between the answers
    _answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    _serve(sys.stdin.buffer, _answers)
