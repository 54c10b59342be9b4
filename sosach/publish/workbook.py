"""Excel workbooks in which text stays text, so that no identifier loses its zeros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format

from generator.files import unfinished

__all__ = ["BANNER", "Cell", "Table", "open_book", "write_banner", "write_sheet", "write_workbook"]

#: stands in every file and page for people
BANNER = "DỮ LIỆU GIẢ LẬP"

#: the last sheet of every workbook says what the data are
BANNER_SHEET = "Dữ liệu giả lập"
EXPLANATION = (
    BANNER,
    "Mọi người, số giấy tờ và mũi tiêm trong tệp này đều do máy tạo ra để thực hành.",
    "Không dùng làm số liệu thật.",
)

#: characters
COLUMN_WIDTH = 18
BANNER_WIDTH = 90

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

#: what Excel takes into one cell, in UTF-16 units; a longer text is cut, with a mark at the end
LONGEST = 32_767
CUT = " … (bị cắt)"

#: rows a sheet; smaller books are held in memory, which takes half the time
SMALL = 6_000

#: text, or a number to compute with
Cell = str | float
Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]


def write_workbook(
    path: Path,
    sheets: Mapping[str, Table],
    remarks: Sequence[str] = (),
    made: date | None = None,
) -> None:
    """Write tables as sheets of one workbook, then a sheet with the banner.

    The file appears under its name only when it is complete.

    Parameters
    ----------
    path : Path
        Where the .xlsx goes.
    sheets : mapping
        Sheet name -> (header, rows). A string is text, even with a leading ``=`` and all digits;
        a float is a number.
    remarks : sequence of str
        Further lines for the sheet with the banner.
    made : date, optional
        What the file says of its own age. With it, equal tables give equal bytes; without it,
        the file holds the time of writing.
    """
    small = all(isinstance(rows, Sized) and len(rows) <= SMALL for _, rows in sheets.values())
    with unfinished(path) as part, open_book(part, constant_memory=not small) as book:
        if made is not None:
            book.set_properties({"created": datetime.combine(made, time(), UTC)})
        for name, (header, rows) in sheets.items():
            write_sheet(book, name, header, rows)
        write_banner(book, remarks)


class _Memory(BytesIO):
    """A file that never closes: where the library fails, its archive is finished much later."""

    def close(self) -> None:
        """Stay open."""


@contextmanager
def open_book(path: Path, *, constant_memory: bool = True) -> Iterator[xlsxwriter.Workbook]:
    """Offer a workbook that is written at the end; a full disk is an error of the disk.

    Parameters
    ----------
    path : Path
        Where it goes.
    constant_memory : bool
        Rows are written as they come, in order: for sheets that are too large to be held. Without
        it, everything is held in memory.

    Yields
    ------
    Workbook
    """
    # the library leaves its temporary files where it fails: it gets a folder that goes with them
    temporary = TemporaryDirectory(ignore_cleanup_errors=True) if constant_memory else nullcontext()
    packed = _Memory()
    with temporary as bench:
        try:
            way = "constant_memory" if constant_memory else "in_memory"
            options = {**OPTIONS, way: True, "tmpdir": bench}
            with xlsxwriter.Workbook(packed, options) as book:
                yield book
        except FileCreateError as error:  # it wraps what the operating system said
            raise OSError(error.args[0].errno, error.args[0].strerror, str(path)) from None
    path.write_bytes(packed.getbuffer())


def write_banner(book: xlsxwriter.Workbook, remarks: Sequence[str] = ()) -> None:
    """Write the last sheet, which says what the data are, and `remarks` below."""
    text, bold = _looks(book)
    last = book.add_worksheet(BANNER_SHEET)
    last.set_column(0, 0, BANNER_WIDTH)
    for i, line in enumerate((*EXPLANATION, *remarks)):
        last.write_string(i, 0, line, text if i else bold)


def write_sheet(
    book: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write one table as a sheet of this name, with a frozen header; every cell is text."""
    text, bold = _looks(book)
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(header) - 1), COLUMN_WIDTH)
    for j, title in enumerate(header):
        sheet.write_string(0, j, title, bold)
    for i, row in enumerate(rows, start=1):
        for j, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(i, j, _fitting(value), text)
            else:
                sheet.write_number(i, j, value)


def _fitting(text: str) -> str:
    """Return a text as long as a cell may be; no character is cut in two."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _looks(book: xlsxwriter.Workbook) -> tuple[Format, Format]:
    """Return the two looks of a cell: text, and text in bold."""
    text = {"num_format": "@"}
    return book.add_format(text), book.add_format({**text, "bold": True})
