"""What saving and opening does to a whole file: a layer over a register, with a ledger of its own.

The register on the platform stays as it is; one copy of it as a file is hurt, as everybody knows
from Excel. Nothing is drawn: a program treats all cells of a file alike. Taking the ledger back
gives the table; a difference is a ledger row, and the other way round.

==================  ============================================================================
`ansi`              saved as "CSV (ANSI)": letters that code page 1252 lacks are "?"
`misread_utf8`      UTF-8 opened as code page 1252 and saved as it looked ("Nguyá»…n")
`excel_numbers`     numbers of papers and telephones became numbers: zeros lost, 7.9086E+10
`semicolon`         parted by semicolons, as Excel does where the comma is the decimal sign
`utf16`             "Unicode Text" of Excel: UTF-16 with a byte order mark, parted by tabs
`no_bom`            UTF-8 without the mark by which Excel knows it
==================  ============================================================================

The last three hurt no cell: who reads them the right way has everything.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context
from functools import cache

import pyarrow as pa

from generator import facts, names
from generator.strict import check_names
from generator.vietnamese import misread_utf8, save_as_ansi

__all__ = [
    "FILE_DAMAGES",
    "FILE_LEDGER",
    "Damaged",
    "closed_columns",
    "damage_file",
    "undo_file_damage",
]

FILE_LEDGER = pa.schema(
    [
        (name, pa.string())
        for name in (
            *("file", "ma_ho_so", "ma_mui", "column"),
            *("damage", "truth", "observed", "recoverability"),
        )
    ]
)
#: what Excel takes for numbers when it opens a CSV
PHONE = "so_dien_thoai"
NUMBER_COLUMNS = ("so_giay_to", PHONE)
#: characters that a column shows: a longer number appears as 7.9086E+10, with five digits of it
COLUMN_WIDTH, DIGITS = 10, 5


@dataclass(frozen=True)
class Damaged:
    """A file that was hurt, and what happened to it.

    Attributes
    ----------
    data : bytes
        The file.
    ledger : Table
        One row per cell that reads differently now; columns `FILE_LEDGER`. ``ma_mui`` is null in
        a file that has no such column.
    """

    data: bytes
    ledger: pa.Table


@dataclass(frozen=True)
class _Kind:
    """One way to hurt a file.

    Attributes
    ----------
    encoding : str
        Of the file; "utf-16-le" gets its mark from `bom`.
    bom : bytes
    separator : str
    spoil : callable
        (column, cell) -> the cell as it reads now.
    source : callable
        (column, truth, observed) -> where the right value can be had.
    """

    encoding: str
    bom: bytes
    separator: str
    spoil: Callable[[str, str], str]
    source: Callable[[str, str, str], str]


def damage_file(table: pa.Table, kind: str, file: str) -> Damaged:
    """Write a table as a file that was hurt.

    Parameters
    ----------
    table : Table
        ``doi_tuong`` or ``mui_tiem``; all columns text. An absent value is written as "".
    kind : str
        A member of `FILE_DAMAGES`.
    file : str
        Name of the file, for the ledger.

    Returns
    -------
    Damaged

    Raises
    ------
    Problem
        If there is no such kind.
    """
    check_names([kind], FILE_DAMAGES, "Tệp hỏng", "kiểu hỏng")
    how, truth = _KINDS[kind], {name: _texts(table, name) for name in table.column_names}
    seen = {name: [how.spoil(name, cell) for cell in cells] for name, cells in truth.items()}
    nobody: list[str | None] = [None] * table.num_rows
    keys = zip(truth.get("ma_ho_so", nobody), truth.get("ma_mui", nobody), strict=True)
    rows = [
        (file, *key, name, kind, truth[name][i], cells[i])
        for i, key in enumerate(keys)
        for name, cells in seen.items()
        if cells[i] != truth[name][i]
    ]
    entries = [(*row, how.source(row[3], row[5], row[6])) for row in rows]
    ledger = [dict(zip(FILE_LEDGER.names, entry, strict=True)) for entry in entries]
    return Damaged(_written(seen, how), pa.Table.from_pylist(ledger, FILE_LEDGER))


def undo_file_damage(table: pa.Table, ledger: pa.Table) -> pa.Table:
    """Return a table as it was before its file was hurt.

    Parameters
    ----------
    table : Table
        What the hurt file holds for those who know its encoding and separator; all columns text.
    ledger : Table
        From `damage_file`.

    Returns
    -------
    Table
        A new table, all columns text.
    """
    cells = {name: _texts(table, name) for name in table.column_names}
    nobody: list[str | None] = [None] * table.num_rows
    keys = zip(cells.get("ma_ho_so", nobody), cells.get("ma_mui", nobody), strict=True)
    place = {key: i for i, key in enumerate(keys)}
    for entry in ledger.to_pylist():
        cells[entry["column"]][place[entry["ma_ho_so"], entry["ma_mui"]]] = entry["truth"]
    return pa.table({name: pa.array(column, pa.string()) for name, column in cells.items()})


def _texts(table: pa.Table, name: str) -> list[str]:
    return [cell or "" for cell in table[name].cast(pa.string()).to_pylist()]


def _written(cells: dict[str, list[str]], how: _Kind) -> bytes:
    """Return the file, with the line ends that Excel writes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=how.separator, lineterminator="\r\n")
    writer.writerow(cells)
    writer.writerows(zip(*cells.values(), strict=True))
    return how.bom + text.getvalue().encode(how.encoding)


def _whole(_: str, cell: str) -> str:
    return cell


def _to_ansi(_: str, cell: str) -> str:
    return save_as_ansi(cell)


def _to_mojibake(_: str, cell: str) -> str:
    return misread_utf8(cell)


def _to_number(column: str, cell: str) -> str:
    """Return a cell of digits as Excel shows the number it takes it for."""
    if column not in NUMBER_COLUMNS or not (cell.isascii() and cell.isdigit()):
        return cell
    number = cell.lstrip("0") or "0"
    if len(number) <= COLUMN_WIDTH:
        return number
    rounded = Context(prec=DIGITS, rounding=ROUND_HALF_UP).create_decimal(number)
    mantissa, exponent = f"{rounded:.{DIGITS - 1}E}".split("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"


def _from_cell(_: str, __: str, ___: str) -> str:
    return "from_cell"


def _after_ansi(column: str, _: str, observed: str) -> str:
    """Judge a loss of letters: only a column with few possible words can be guessed.

    A name or street has to be had from the platform again, by the key of the record, or from the
    paper: "H?ng" is Hằng, Hồng or Hùng.
    """
    words = [word for word in closed_columns().get(column, ()) if save_as_ansi(word) == observed]
    return "from_reference_list" if len(words) == 1 else "needs_source_document"


def _after_number(column: str, truth: str, observed: str) -> str:
    """Judge a lost zero: telephone numbers begin with one 0, numbers of papers are not guessed.

    Eight digits may have been a CMND of nine or something mistyped, and of 7.9086E+10 most digits
    are gone; identity data are never filled in by guess (CV 2262).
    """
    known = column == PHONE and f"0{observed}" == truth
    return "from_cell" if known else "needs_source_document"


@cache
def closed_columns() -> dict[str, tuple[str, ...]]:
    """Return the words of the columns that have a closed list.

    Returns
    -------
    dict
        Column -> words: platform_columns.csv, layout H, and the nations of the city.
    """
    rows = facts.table("platform_columns")
    lists = {
        row["column_key"]: tuple(
            word.strip() for word in re.sub(r"\(.*", "", row["format_or_values"]).split("|")
        )
        for row in rows
        if row["dataset_id"] == "H" and "|" in row["format_or_values"]
    }
    return {**lists, "quoc_tich": ("Việt Nam", *names.GROUPS[names.FIRST_NATION :])}


_BOM, _BOM16 = b"\xef\xbb\xbf", b"\xff\xfe"
_KINDS = {
    "ansi": _Kind("cp1252", b"", ",", _to_ansi, _after_ansi),
    "misread_utf8": _Kind("utf-8", _BOM, ",", _to_mojibake, _from_cell),
    "excel_numbers": _Kind("utf-8", _BOM, ",", _to_number, _after_number),
    "semicolon": _Kind("utf-8", _BOM, ";", _whole, _from_cell),
    "utf16": _Kind("utf-16-le", _BOM16, "\t", _whole, _from_cell),
    "no_bom": _Kind("utf-8", b"", ",", _whole, _from_cell),
}
FILE_DAMAGES = tuple(_KINDS)
