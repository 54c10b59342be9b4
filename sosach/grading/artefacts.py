"""Reading what a trainee handed in: tolerant in form, strict in content.

What Excel, Windows or another keyboard does to the form of a table costs nothing, and is said.
What makes the content ambiguous is refused with the row number.
Standard library only; xlsx goes through `sosach.grading.workbooks`.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.problems import nearest
from sosach.grading import limits
from sosach.grading.damage import named_damage
from sosach.grading.formats import is_package, no_table, no_text
from sosach.grading.json_rows import is_json, read_json
from sosach.grading.names import shown
from sosach.grading.refusals import Refusal
from sosach.grading.spellings import LEFT_OUT, header_name, spellings, titles
from sosach.grading.texts import decode, printable

__all__ = ["Artefact", "Refusal", "header_name", "read_sheet", "read_table"]

#: separator -> how it is called
_SEPARATORS = {",": "", ";": "dấu chấm phẩy", "\t": "dấu tab"}

Row = dict[str, str]
Codes = Mapping[str, tuple[str, ...]]


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
    titles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    """The filled rows of a table with their numbers, and what is odd about its form."""

    rows: list[tuple[int, list[str]]]
    forms: list[str]


@dataclass(frozen=True)
class Header:
    """Which row of a grid holds the titles, and in which place which column stands."""

    row: int
    names: list[str]
    places: dict[str, int]


def read_table(
    name: str,
    data: bytes,
    columns: tuple[str, ...],
    key: tuple[str, ...],
    codes: Mapping[str, tuple[str, ...]] | None = None,
) -> Artefact:
    """Read a table of text, whatever program saved it.

    Accepted without loss: BOM, UTF-16, Windows-1258, CRLF, ``;`` or tab, ``sep=`` line,
    decomposed letters, letter case of ids, letter case and marks of headers and codes, labels of columns, actions and
    reasons, extra columns, any order, blank rows, blank cells left out at the end of a row, titles
    above the header, rows in which nothing was chosen, xlsx, JSON. One note says what was odd; what Excel did to a value is named.

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
        a row is longer than the header, or the file is no table of text.
    """
    sheet = read_sheet(name, data, columns)
    if sheet.missing:
        message = (
            f"Tệp {name} thiếu cột {', '.join(sheet.missing)}. Cần có: {', '.join(columns)}; "
            f"đang có: {', '.join(shown(t, 30) for t in sheet.titles[:8]) or 'không có cột nào'}."
        )
        raise Refusal(message)
    ways = {column: spellings(column, allowed) for column, allowed in (codes or {}).items()}
    decided = [(n, row) for n, row in sheet.rows if not ways or not _is_open(row, ways)]
    rows = [(n, _with_codes(name, n, _with_ids(row), codes or {}, ways)) for n, row in decided]
    damage = named_damage(name, rows)
    unique, repeats = _without_repeats(name, rows, key, damage)
    n_open = len(sheet.rows) - len(decided)
    left = f"Tệp {name}: {n_open} dòng để trống lựa chọn được xem như không có trong tệp."
    notes = [*sheet.notes, *([left] if n_open else []), *repeats, *damage]
    return Artefact(unique, notes)


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
        If the file is too large, no text, or a row is longer than the header.
    """
    if len(data) > limits.MAX_TABLE:
        message = (
            f"Tệp {name} lớn hơn {limits.MAX_TABLE // 1_000_000} MB. Hãy chỉ nộp các cột cần thiết."
        )
        raise Refusal(message)
    if fault := no_table(data):
        message = f"Tệp {name} {fault}"
        raise Refusal(message)
    if is_package(data):
        from sosach.grading.workbooks import read_sheets

        grids = [_from_sheet(sheet) for sheet in read_sheets(name, data)]
    else:
        decoded = decode(data)
        if decoded is None:
            message = f"Tệp {name} {no_text(data)}"
            raise Refusal(message)
        text, forms = decoded
        if is_json(text):
            return _json_sheet(name, text, columns)
        grids = list(_grids(name, text, forms))
    headers = [_find_header(grid, columns) for grid in grids]
    # of several sheets with the right header, the one that was filled in
    best = max(range(len(grids)), key=lambda i: (len(headers[i].places), len(grids[i].rows)))
    return _below_header(name, grids[best], headers[best], columns)


def _from_sheet(cells: list[list[str]]) -> Grid:
    rows = [(n, list(map(_clean, row))) for n, row in enumerate(cells, 1) if any(row)]
    return Grid(rows, ["bảng tính Excel"])


def _grids(name: str, text: str, forms: list[str]) -> Iterator[Grid]:
    """Yield the text as a table by each separator, or by the one that it names itself."""
    if "\r\n" in text:
        forms = [*forms, "xuống dòng kiểu Windows"]
    elif "\r" in text:
        forms = [*forms, "xuống dòng kiểu máy Mac cũ"]
    if not unicodedata.is_normalized("NFC", text):
        forms = [*forms, "chữ có dấu rời"]
    declared = re.match(r"sep=(.)(\r\n|\r|\n)", text)
    first = 2 if declared else 1
    found = [separator for separator in _SEPARATORS if separator in text] or [","]
    for separator in [declared[1]] if declared else found:
        how = "dòng sep=" if declared else _SEPARATORS[separator]
        body = text[declared.end() :] if declared else text
        yield Grid(list(_split(name, body, separator, first)), [*forms, how] if how else forms)


def _split(name: str, text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the filled rows of a text with their numbers; a table without end is refused."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        left = limits.MAX_ROWS + limits.HEADER_WITHIN
        for number, row in enumerate(reader, first):
            if any(row):
                left -= 1
                if left < 0:
                    message = (
                        f"Tệp {name} có hơn {limits.MAX_ROWS} dòng. "
                        "Hãy xóa các dòng thừa rồi lưu lại."
                    )
                    raise Refusal(message)
                yield number, [_clean(cell) for cell in row]
    except (csv.Error, TypeError, ValueError) as error:
        if isinstance(error, Refusal):
            raise
        message = f"Tệp {name}, dòng {number + 1}: không đọc được như bảng CSV. Hãy xem có ô quá dài hoặc dấu ngoặc kép lẻ không."
        raise Refusal(message) from error


def _clean(cell: str) -> str:
    """Return a cell in NFC, blanks made plain, without characters that cannot be seen."""
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    plain = printable(re.sub("[\u00a0\u2007\u202f]", " ", cell))
    return unicodedata.normalize("NFC", plain).strip()


def _json_sheet(name: str, text: str, columns: tuple[str, ...]) -> Sheet:
    """Return the objects of a JSON text as rows of the columns that any of them has."""
    rows = []
    for number, cells in read_json(name, text):
        row = {header_name(column): _clean(cell) for column, cell in cells.items()}
        if len(row) < len(cells):
            message = f"Tệp {name}, mục {number}: có hai cột cùng tên. Hãy bỏ bớt một cột."
            raise Refusal(message)
        _check_cells(name, number, list(row.values()))
        rows.append((number, row))
    seen = {column: None for _, row in rows for column in row}
    found = [column for column in columns if column in seen or not rows]
    kept = [(number, {column: row.get(column, "") for column in found}) for number, row in rows]
    return Sheet(kept, [c for c in columns if c not in found], titles=list(seen))


def _names(row: list[str], columns: tuple[str, ...]) -> list[str]:
    """Return the column names of a header row; a Vietnamese title stands for its column."""
    names = list(map(header_name, row))
    free = {column for column in columns if column not in names}
    return [titles()[n] if titles().get(n) in free else n for n in names]


def _find_header(grid: Grid, columns: tuple[str, ...]) -> Header:
    """Return the likeliest header row."""
    top = [_names(row, columns) for _, row in grid.rows[: limits.HEADER_WITHIN]]
    best = max(range(len(top)), key=lambda i: len(set(top[i]) & set(columns)), default=0)
    names = top[best] if top else []
    return Header(best, names, {c: names.index(c) for c in columns if c in names})


def _below_header(name: str, grid: Grid, header: Header, columns: tuple[str, ...]) -> Sheet:
    """Cut the wanted columns out of the rows below the header."""
    twice = next((column for column in columns if header.names.count(column) > 1), None)
    if twice:
        message = f"Tệp {name} có hai cột cùng tên {twice}. Hãy bỏ bớt một cột."
        raise Refusal(message)
    rows = []
    for number, cells in grid.rows[header.row + 1 :]:
        if any(cells):
            _check_shape(name, number, cells, len(header.names))
            # Excel leaves out the separators of blank cells at the end of a row
            whole = [*cells, *[""] * (len(header.names) - len(cells))]
            rows.append((number, {column: whole[i] for column, i in header.places.items()}))
    missing = [column for column in columns if column not in header.places]
    notes = [] if missing else list(_about_form(name, grid, header))
    return Sheet(rows, missing, notes, [t for t in header.names if t])


def _about_form(name: str, grid: Grid, header: Header) -> Iterator[str]:
    """Yield what is said of the form of a table that could be read all the same."""
    number, cells = grid.rows[header.row]
    if header.row:
        yield f"Tệp {name}: tiêu đề cột ở dòng {number}, các dòng phía trên được bỏ qua."
    respelt = any(cells[i] != column for column, i in header.places.items())
    extra = [t for i, t in enumerate(header.names) if t and i not in header.places.values()]
    forms = [
        *grid.forms,
        *(["tiêu đề viết cách khác"] if respelt else []),
        *([f"thừa {len(extra)} cột"] if extra else []),
    ]
    if forms:
        yield f"Tệp {name}: {', '.join(forms)}; vẫn đọc được, không bị trừ điểm."


def _check_shape(name: str, number: int, cells: list[str], width: int) -> None:
    """Refuse a row with something beyond the header, or a huge cell."""
    if any(cells[width:]):
        message = f"Tệp {name}, dòng {number}: có {len(cells)} ô trong khi tiêu đề có {width} ô."
        raise Refusal(message)
    _check_cells(name, number, cells)


def _check_cells(name: str, number: int, cells: list[str]) -> None:
    if max(map(len, cells), default=0) > limits.MAX_CELL:
        message = (
            f"Tệp {name}, dòng {number}: có ô dài hơn {limits.MAX_CELL} ký tự. Hãy rút ngắn ô này."
        )
        raise Refusal(message)


def _is_open(row: Row, ways: Mapping[str, Mapping[str, str]]) -> bool:
    """Tell whether nothing was chosen in a row: Excel users hand in the whole table."""
    for column, known in ways.items():
        plain = header_name(row[column])
        if row[column] and not (plain in LEFT_OUT and plain not in known):
            return False
    return True


def _with_ids(row: Row) -> Row:
    """Return the row with its ids in capitals, as the register writes them."""
    return {c: cell.upper() if c.startswith("ma_") else cell for c, cell in row.items()}


def _with_codes(
    name: str, number: int, row: Row, codes: Codes, ways: Mapping[str, Mapping[str, str]]
) -> Row:
    """Return the row with its codes spelt as the spec spells them; a blank stays blank."""
    for column, allowed in codes.items():
        cell = row[column]
        exact = next((code for code in allowed if code.casefold() == cell.casefold()), None)
        code = exact or ways[column].get(header_name(cell), "")
        if cell and not code:
            few = f"Được dùng: {', '.join(allowed[:8])}{'…' if len(allowed) > 8 else '.'}"
            message = (
                f"Tệp {name}, dòng {number}, cột {column}: không có mã '{shown(cell, 40)}'."
                f"{nearest(cell, allowed)} {few}"
            )
            raise Refusal(message)
        row = {**row, column: code}
    return row


def _without_repeats(
    name: str, rows: Iterable[tuple[int, Row]], key: tuple[str, ...], damage: list[str]
) -> tuple[list[Row], list[str]]:
    """Drop rows that say the same again; refuse rows that say something else."""
    first: dict[tuple[str, ...], tuple[int, Row]] = {}
    repeated = []
    for number, row in rows:
        before, known = first.setdefault(tuple(row[column] for column in key), (number, row))
        if known != row:
            value = shown(", ".join(row[column] for column in key))
            message = f"Tệp {name}: dòng {before} và dòng {number} cùng ghi '{value}' nhưng khác nhau. Hãy chỉ để lại một dòng."
            raise Refusal(" ".join([message, *damage[:1]]))
        if before != number:
            repeated.append(str(number))
    notes = [f"Tệp {name}: dòng {', '.join(repeated)} lặp lại dòng trước, chỉ tính một lần."]
    return [row for _, row in first.values()], notes if repeated else []
