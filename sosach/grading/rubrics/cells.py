"""The register as the trainee leaves it: cells put right, and nothing else touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.vietnamese import nfc, place_tone
from sosach.grading.rubrics.balance import EDIT, Finding, Judgement, strangers
from sosach.grading.rubrics.decisions import is_value
from sosach.grading.rubrics.key import Key, Repair, Table

__all__ = ["cells_equal", "is_repaired"]

Row = Mapping[str, str]


def cells_equal(rows: Iterable[Row], key: Key, parameters: Mapping[str, Any]) -> Judgement:
    """Judge a table cell by cell.

    Cells that have to be put right earn the points, averaged over the errors; whoever returns the
    table as it was earns nothing. A row in which any other cell was changed, or that is gone, is a
    wrong edit. Case and the place of a tone are free; so are blanks where they were not the error.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``doi_tuong.csv`` or ``mui_tiem.csv`` with the columns given.
    key : Key
        Its `tables`.
    parameters : mapping
        ``table``: ``doi_tuong`` or ``mui_tiem``.

    Returns
    -------
    Judgement
    """
    table = key.tables[parameters["table"]]
    left = {row[table.id_column]: row for row in rows}
    strays, notes = strangers(left, table.rows, "mã")
    repairs = [
        _repaired(f"{name} {column}", repair, left.get(name, {}).get(column, ""))
        for (name, column), repair in table.repairs.items()
    ]
    return Judgement([*repairs, *_untouched(table, left)], frozenset(), strays, notes)


def is_repaired(found: str, values: Iterable[str]) -> bool:
    """Tell whether a cell is as it should be; here blanks inside count, for they may be the error.

    Examples
    --------
    >>> is_repaired("LÊ THỊ HOÀ", ["Lê Thị Hòa"]), is_repaired("Lê  Thị Hòa", ["Lê Thị Hòa"])
    (True, False)
    """
    return _spelling(found) in map(_spelling, values)


def _spelling(text: str) -> str:
    return place_tone(nfc(text)).casefold()


def _repaired(item: str, repair: Repair, found: str) -> Finding:
    right = is_repaired(found, repair.values)
    text = f"Ô này chưa đúng, đang là '{found[:60]}': {repair.title}."
    return Finding(
        item,
        right,
        "Đúng." if right else text,
        kind="|".join(repair.causes),
        basis="" if right else repair.basis,
        causes=repair.causes,
        answer=found[:60],
    )


def _untouched(table: Table, left: Mapping[str, Row]) -> Iterator[Finding]:
    """Yield a finding for every row: whether all that was right stayed so."""
    for name, given in table.rows.items():
        row = left.get(name)
        spoiled = [
            column
            for column, cell in given.items()
            if (name, column) not in table.repairs
            and row is not None
            and not is_value(row.get(column, ""), [cell])
        ]
        lost = row is None
        text = (
            "Dòng này không còn trong bảng." if lost else f"Sửa ô đang đúng: {', '.join(spoiled)}."
        )
        right = not (lost or spoiled)
        yield Finding(
            name,
            right,
            "Đúng." if right else text,
            exposed=frozenset([EDIT]),
            harms=frozenset() if right else frozenset([EDIT]),
        )
