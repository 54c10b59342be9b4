"""A workbook to fill in: what is given stands there as text, what is asked has drop-downs.

It is written here and read back by whoever knows what it asks; this file knows no exercise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.files import unfinished
from sosach.publish.workbook import Table, open_book, write_banner, write_sheet

__all__ = ["Asked", "write_workfile"]

GUIDE, WORK, LISTS = "Hướng dẫn", "Bài làm", "Danh mục"
#: characters
GIVEN_WIDTH, ASKED_WIDTH, GUIDE_WIDTH = 18, 28, 100
INK, SHADE = "#0a5f58", "#e3f0ee"


@dataclass(frozen=True)
class Asked:
    """A column to fill in: its title, and the words to choose from (none: anything).

    Where `free` is true the words are offered, and something else may be typed.
    """

    title: str
    choices: tuple[str, ...] = ()
    free: bool = False


def write_workfile(
    path: Path,
    guide: Sequence[str],
    given: Sequence[str],
    asked: Sequence[Asked],
    rows: Sequence[Sequence[str]],
    sheets: Mapping[str, Table] | None = None,
    spare: int = 0,
) -> None:
    """Write a workbook with a sheet of instructions, one to fill in and one with the lists.

    Parameters
    ----------
    path : Path
        Where the .xlsx goes; it appears there only when it is complete.
    guide : sequence of str
        Lines of instructions; the first is a title.
    given : sequence of str
        Titles of the columns that are filled in already.
    asked : sequence of Asked
        Columns to fill in, right of those.
    rows : sequence of sequence of str
        Values of both, in this order; all become text, so that no number loses its zeros.
    sheets : mapping, optional
        Further tables to read: sheet name -> (header, rows).
    spare : int
        Empty rows below with the same drop-downs, in which the given columns are typed too.
    """
    with unfinished(path) as part, open_book(part, constant_memory=False) as book:
        _write_guide(book, book.add_worksheet(GUIDE), guide)
        work = book.add_worksheet(WORK)
        _write_work(book, work, given, asked, rows, spare)
        for name, (header, lines) in (sheets or {}).items():
            write_sheet(book, name, header, lines)
        _write_lists(book, book.add_worksheet(LISTS), asked)
        write_banner(book)
        work.activate()


def _write_guide(book: Workbook, sheet: Worksheet, guide: Sequence[str]) -> None:
    title = book.add_format({"bold": True, "font_size": 14, "font_color": INK})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, GUIDE_WIDTH)
    for i, line in enumerate(guide):
        sheet.write_string(i, 0, line, wrap if i else title)


def _write_work(
    book: Workbook,
    sheet: Worksheet,
    given: Sequence[str],
    asked: Sequence[Asked],
    rows: Sequence[Sequence[str]],
    spare: int,
) -> None:
    """Write the sheet to fill in: shaded what is asked, a drop-down wherever a list is closed."""
    head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
    text = book.add_format({"num_format": "@"})
    open_cell = book.add_format({"num_format": "@", "bg_color": SHADE, "border": 4})
    titles = [*((t, book.add_format(head)) for t in given)]
    titles += [
        (a.title, book.add_format({**head, "bg_color": INK, "font_color": "#ffffff"}))
        for a in asked
    ]
    for j, (title, look) in enumerate(titles):
        sheet.write_string(0, j, title, look)
    empty = [""] * len(titles)
    for i, row in enumerate([*rows, *[empty] * spare], start=1):
        for j, value in enumerate(row):
            _write_cell(sheet, i, j, value, text if j < len(given) else open_cell)
    sheet.set_column(0, len(given) - 1, GIVEN_WIDTH, text)
    sheet.set_column(len(given), len(titles) - 1, ASKED_WIDTH, text)
    sheet.freeze_panes(1, 1)
    last = len(rows) + spare
    if rows:
        sheet.autofilter(0, 0, last, len(titles) - 1)
    for j, column in enumerate(asked):
        if column.choices:
            sheet.data_validation(1, len(given) + j, last, len(given) + j, _choice(j, column))


def _write_cell(sheet: Worksheet, i: int, j: int, value: str, look: Format) -> None:
    # an empty string would become a cell with text in it
    if value:
        sheet.write_string(i, j, value, look)
    else:
        sheet.write_blank(i, j, None, look)


def _choice(place: int, column: Asked) -> dict[str, object]:
    """Return the drop-down of one column: its list stands on the sheet of lists."""
    letter = chr(ord("A") + place)
    return {
        "validate": "list",
        "source": f"='{LISTS}'!${letter}$2:${letter}${len(column.choices) + 1}",
        "error_title": column.title,
        "error_message": "Hãy chọn một dòng trong danh sách.",
        "show_error": not column.free,
    }


def _write_lists(book: Workbook, sheet: Worksheet, asked: Sequence[Asked]) -> None:
    bold = book.add_format({"bold": True})
    for j, column in enumerate(asked):
        sheet.set_column(j, j, 2 * ASKED_WIDTH)
        sheet.write_string(0, j, column.title, bold)
        for i, word in enumerate(column.choices, start=1):
            sheet.write_string(i, j, word)
