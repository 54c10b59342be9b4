"""Reading what a trainee handed in: tolerant in form, strict in content.

What Excel, Windows or another keyboard does to the form of a table costs nothing. What makes
the content ambiguous is refused with the row number.
Standard library only; xlsx goes through `sosach.grading.workbooks`.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.vietnamese import strip_diacritics
from sosach.grading.refusals import Refusal

__all__ = ["Artefact", "Refusal", "header_name", "read_sheet", "read_table"]

#: bytes; the limits of grading.md A3 [ours]
MAX_BYTES = 2_000_000
MAX_CELL = 10_000
#: rows in which the header may stand, below titles and merged cells
HEADER_WITHIN = 12

Row = dict[str, str]


@dataclass(frozen=True)
class Artefact:
    """A table that was read: its rows, and what was put right on the way."""

    rows: list[Row]
    notes: list[str]


@dataclass(frozen=True)
class Sheet:
    """The rows below a header, with the row numbers a person sees; which columns are missing."""

    rows: list[tuple[int, Row]]
    missing: list[str]
    notes: list[str] = field(default_factory=list)


def read_table(
    name: str,
    data: bytes,
    columns: tuple[str, ...],
    key: tuple[str, ...],
    codes: Mapping[str, tuple[str, ...]] | None = None,
) -> Artefact:
    """Read a table of text, whatever program saved it.

    Accepted without loss: BOM, UTF-16, CRLF, ``;`` or tab, ``sep=`` line, decomposed letters,
    letter case and marks of headers and codes, extra columns, any order, blank rows, titles
    above the header, rows in which nothing was chosen, xlsx.

    Parameters
    ----------
    name : str
        File name, for messages.
    data : bytes
        Its content, at most 2 MB.
    columns : tuple of str
        Columns that must be there.
    key : tuple of str
        Columns of which no two rows may hold the same values with different content.
    codes : mapping, optional
        Column -> allowed values.

    Returns
    -------
    Artefact
        Rows with exactly `columns`, NFC, without spaces around.

    Raises
    ------
    Refusal
        If a column is missing, a key occurs twice with different content, a code is unknown,
        a row is ragged, or the file is no table of text.
    """
    sheet = read_sheet(name, data, columns)
    if sheet.missing:
        message = f"Tệp {name} thiếu cột {', '.join(sheet.missing)}. Cần có: {', '.join(columns)}."
        raise Refusal(message)
    decided, open_rows = _decided(sheet.rows, codes or {})
    rows = [(number, _with_codes(name, number, row, codes or {})) for number, row in decided]
    unique, notes = _without_repeats(name, rows, key)
    blank = f"Tệp {name}: {open_rows} dòng để trống lựa chọn được xem như không có trong tệp."
    return Artefact(unique, [*sheet.notes, *([blank] if open_rows else []), *notes])


def read_sheet(name: str, data: bytes, columns: tuple[str, ...]) -> Sheet:
    """Find the header and the rows below it, without judging them.

    Parameters
    ----------
    name : str
        File name, for messages.
    data : bytes
        Content of a CSV or xlsx file.
    columns : tuple of str
        Columns looked for.

    Returns
    -------
    Sheet
        Row numbers count from 1, as Excel shows them.

    Raises
    ------
    Refusal
        If the file is too large, no text, or a row is ragged.
    """
    if len(data) > MAX_BYTES:
        message = f"Tệp {name} lớn hơn {MAX_BYTES // 1_000_000} MB. Hãy chỉ nộp các cột cần thiết."
        raise Refusal(message)
    grids = list(_grids(name, data))
    found = [_find_header(grid, columns) for grid in grids]
    best = max(range(len(grids)), key=lambda i: len(found[i][1]))
    return _below_header(name, grids[best], *found[best], columns)


def header_name(text: str) -> str:
    """Return a column title as the course writes it: ``Mã hồ sơ`` is ``ma_ho_so``.

    Parameters
    ----------
    text : str
        What stands in the header.

    Returns
    -------
    str
        Lower case, without marks, words joined by ``_``.

    Examples
    --------
    >>> header_name(" Mã hồ sơ ")
    'ma_ho_so'
    """
    plain = strip_diacritics(unicodedata.normalize("NFC", text)).casefold()
    return "_".join(re.findall(r"[a-z0-9]+", plain))


def _grids(name: str, data: bytes) -> Iterator[list[list[str]]]:
    """Yield every way to see the file as a grid: its sheets, or its text by each separator."""
    if data.startswith(b"PK\x03\x04"):
        from sosach.grading.workbooks import read_sheets

        yield from read_sheets(name, data)
        return
    text = _text(name, data)
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared:
        text = text[declared.end() :]
    for separator in [declared[1]] if declared else [",", ";", "\t"]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            yield [[_clean(cell) for cell in row] for row in reader]
        except csv.Error as error:
            message = f"Tệp {name}, dòng {reader.line_num}: không đọc được như bảng CSV."
            raise Refusal(message) from error


def _text(name: str, data: bytes) -> str:
    """Decode text; a NUL or undecodable bytes mean that it is none."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        message = (
            f"Tệp {name} không phải là văn bản UTF-8. "
            "Trong Excel, hãy chọn Lưu thành, loại 'CSV UTF-8', hoặc nộp tệp .xlsx."
        )
        raise Refusal(message)
    return text


def _clean(cell: str) -> str:
    """Return a cell in NFC, no-break spaces and byte order marks gone."""
    plain = cell.replace("\u00a0", " ").replace("\ufeff", "")
    return unicodedata.normalize("NFC", plain).strip()


def _find_header(grid: list[list[str]], columns: tuple[str, ...]) -> tuple[int, set[str]]:
    """Return the index of the likeliest header row and the columns found in it."""
    heads = [set(map(header_name, row)) & set(columns) for row in grid[:HEADER_WITHIN]]
    best = max(range(len(heads)), key=lambda i: len(heads[i]), default=0)
    return best, heads[best] if heads else set()


def _below_header(
    name: str, grid: list[list[str]], top: int, found: set[str], columns: tuple[str, ...]
) -> Sheet:
    """Cut the wanted columns out of the rows below the header."""
    missing = [column for column in columns if column not in found]
    header = [header_name(cell) for cell in grid[top]] if grid else []
    twice = [column for column in columns if header.count(column) > 1]
    if twice:
        message = f"Tệp {name} có hai cột cùng tên {twice[0]}. Hãy bỏ bớt một cột."
        raise Refusal(message)
    place = {column: header.index(column) for column in columns if column in found}
    rows = []
    for number, cells in enumerate(grid[top + 1 :], start=top + 2):
        if any(cells):
            _check_shape(name, number, cells, len(header))
            rows.append((number, {column: cells[i] for column, i in place.items()}))
    title = [f"Tệp {name}: tiêu đề cột ở dòng {top + 1}, các dòng phía trên được bỏ qua."]
    return Sheet(rows, missing, title if top and not missing else [])


def _check_shape(name: str, number: int, cells: list[str], width: int) -> None:
    """Refuse a row with too few cells, with something beyond the header, or a huge cell."""
    if len(cells) < width or any(cells[width:]):
        message = f"Tệp {name}, dòng {number}: có {len(cells)} ô trong khi tiêu đề có {width} ô."
        raise Refusal(message)
    if max(map(len, cells)) > MAX_CELL:
        message = f"Tệp {name}, dòng {number}: có ô dài hơn {MAX_CELL} ký tự."
        raise Refusal(message)


def _decided(
    rows: list[tuple[int, Row]], codes: Mapping[str, tuple[str, ...]]
) -> tuple[list[tuple[int, Row]], int]:
    """Set rows aside in which nothing was chosen: Excel users hand in the whole table."""
    decided = [(number, row) for number, row in rows if not codes or any(row[c] for c in codes)]
    return decided, len(rows) - len(decided)


def _with_codes(name: str, number: int, row: Row, codes: Mapping[str, tuple[str, ...]]) -> Row:
    """Return the row with its codes spelt as the spec spells them."""
    for column, allowed in codes.items():
        spelt = {code.casefold(): code for code in allowed}
        code = spelt.get(row[column].casefold())
        if code is None:
            message = (
                f"Tệp {name}, dòng {number}, cột {column}: không có mã '{row[column][:40]}'. "
                f"Được dùng: {', '.join(allowed)}."
            )
            raise Refusal(message)
        row = {**row, column: code}
    return row


def _without_repeats(
    name: str, rows: Iterable[tuple[int, Row]], key: tuple[str, ...]
) -> tuple[list[Row], list[str]]:
    """Drop rows that say the same again; refuse rows that say something else."""
    first: dict[tuple[str, ...], tuple[int, Row]] = {}
    repeated = []
    for number, row in rows:
        before, known = first.setdefault(tuple(row[column] for column in key), (number, row))
        if known != row:
            value = ", ".join(row[column] for column in key)[:80]
            message = (
                f"Tệp {name}: dòng {before} và dòng {number} cùng ghi '{value}' nhưng khác nhau."
            )
            raise Refusal(message)
        if before != number:
            repeated.append(str(number))
    notes = [f"Tệp {name}: dòng {', '.join(repeated)} lặp lại dòng trước, chỉ tính một lần."]
    return [row for _, row in first.values()], notes if repeated else []
