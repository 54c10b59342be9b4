"""Excel workbooks in which every cell is text, so that no number loses its zeros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format

from generator.files import unfinished

__all__ = ["BANNER", "Table", "open_book", "write_banner", "write_sheet", "write_workbook"]

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

Table = tuple[Sequence[str], Iterable[Sequence[str]]]


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
        Sheet name -> (header, rows); all values text. A leading ``=`` stays text.
    remarks : sequence of str
        Further lines for the sheet with the banner.
    made : date, optional
        What the file says of its own age. With it, equal tables give equal bytes; without it,
        the file holds the time of writing.
    """
    with unfinished(path) as part, open_book(part) as book:
        if made is not None:
            book.set_properties({"created": datetime.combine(made, time(), UTC)})
        for name, (header, rows) in sheets.items():
            write_sheet(book, name, header, rows)
        write_banner(book, remarks)


@contextmanager
def open_book(path: Path, *, constant_memory: bool = True) -> Iterator[xlsxwriter.Workbook]:
    """Offer a workbook that is written at the end; a full disk is an error of the disk.

    Parameters
    ----------
    path : Path
        Where it goes.
    constant_memory : bool
        Rows are written as they come, in order: for sheets that are too large to be held.

    Yields
    ------
    Workbook
    """
    # the library leaves its temporary files where it fails: it gets a folder that goes with them
    with TemporaryDirectory(ignore_cleanup_errors=True) as bench:
        try:
            options = {**OPTIONS, "constant_memory": constant_memory, "tmpdir": bench}
            with xlsxwriter.Workbook(str(path), options) as book:
                yield book
        except FileCreateError as error:  # it wraps what the operating system said
            raise error.args[0] from error


def write_banner(book: xlsxwriter.Workbook, remarks: Sequence[str] = ()) -> None:
    """Write the last sheet, which says what the data are, and `remarks` below."""
    text, bold = _looks(book)
    last = book.add_worksheet(BANNER_SHEET)
    last.set_column(0, 0, BANNER_WIDTH)
    for i, line in enumerate((*EXPLANATION, *remarks)):
        last.write_string(i, 0, line, text if i else bold)


def write_sheet(
    book: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]
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
            sheet.write_string(i, j, value, text)


def _looks(book: xlsxwriter.Workbook) -> tuple[Format, Format]:
    """Return the two looks of a cell: text, and text in bold."""
    text = {"num_format": "@"}
    return book.add_format(text), book.add_format({**text, "bold": True})
