"""The platform's database: what staff see of records and doses, and who changed what.

The audit trail is append only; its request ids make a call that is repeated after a breakdown
harmless. The tables are the same in SQLite and PostgreSQL; many rows travel as one JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Insert,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    Update,
    UpdateBase,
    bindparam,
    cast,
    event,
    func,
    insert,
    literal_column,
    select,
    update,
)

__all__ = [
    "DOSE_COLUMNS",
    "SUBJECT_COLUMNS",
    "as_json",
    "audit",
    "change",
    "changed",
    "clock",
    "dose",
    "feedback",
    "fill",
    "known",
    "listed",
    "meta",
    "metadata",
    "request",
    "rows",
    "subject",
    "unpacked",
]

#: ``doi_tuong`` and ``mui_tiem`` of the register
SUBJECT_COLUMNS = (
    *("ma_ho_so", "ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "so_dien_thoai"),
    *("dia_chi", "khu_pho", "xa", "huyen", "tinh", "don_vi", "quoc_tich", "tt_xac_minh"),
)
DOSE_COLUMNS = (
    *("ma_mui", "ma_ho_so", "mui", "ten_vac_xin", "so_lo", "ngay_tiem"),
    *("co_so_tiem", "don_vi_nhap", "tt_ky", "tt_hcvx"),
)
metadata = MetaData()
#: ids in the order of their bytes everywhere, whatever language a server was set up in
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _cells(*names: str) -> list[Column[str]]:
    return [Column(name, TEXT, nullable=False, server_default="") for name in names]


#: besides the register's columns: state, reason of a hold, record into which it was merged, unit in
#: charge, name and birth date as one key, record of the same person by the police, and whether the
#: operator was told of a fault
subject = Table(
    "subject",
    metadata,
    Column("ma_ho_so", TEXT, primary_key=True),
    *_cells(*SUBJECT_COLUMNS[1:]),
    *_cells("trang_thai", "treo", "gop_vao", "don_vi_quan_ly"),
    *_cells("khoa", "trung_voi", "bao_loi"),
    Index("subject_number", "so_giay_to"),
    Index("subject_key", "khoa"),
    Index("subject_state", "trang_thai"),
    Index("subject_tie", "trung_voi"),
)
dose = Table(
    "dose",
    metadata,
    Column("ma_mui", TEXT, primary_key=True),
    Column("ma_ho_so", TEXT, ForeignKey("subject.ma_ho_so"), nullable=False, index=True),
    *_cells(*DOSE_COLUMNS[2:]),
    *_cells("trang_thai", "treo", "truoc_treo", "giai_trinh"),
    Index("dose_unit", "don_vi_nhap", "trang_thai"),
)
#: the audit trail: one row for a call, numbered without a gap; one for every record it changed
audit = Table(
    "audit",
    metadata,
    Column("stt", Integer, primary_key=True, autoincrement=False),
    Column("yeu_cau", TEXT, nullable=False, unique=True),
    *_cells("van_tay", "ngay", "gio", "nguoi", "hanh_dong", "tra_loi"),
)
changed = Table(
    "changed",
    metadata,
    Column("stt", Integer, ForeignKey("audit.stt"), primary_key=True, autoincrement=False),
    Column("dong", Integer, primary_key=True, autoincrement=False),
    Column("ma_ho_so", TEXT, nullable=False, server_default="", index=True),
    *_cells("ma_mui", "truoc", "sau", "ly_do"),
)
request = Table(
    "request",
    metadata,
    Column("ma_yeu_cau", TEXT, primary_key=True),
    *_cells("loai", "gui_ngay"),
    Column("tra_ngay", TEXT, nullable=False, server_default="", index=True),
    *_cells("ma_ho_so", "ma_mui", "noi_dung", "tra_loi", "tinh_trang"),
)
feedback = Table(
    "feedback",
    metadata,
    Column("ma_phan_anh", TEXT, primary_key=True),
    *_cells("ngay", "han", "noi_dung", "ket_qua"),
)
#: what came back from the police record by record: asked for or not, the result, the whole row
listed = Table(
    "listed",
    metadata,
    Column("ma_danh_sach", TEXT, primary_key=True),
    Column("ma_ho_so", TEXT, primary_key=True, index=True),
    *_cells("da_hoi", "ket_qua", "noi_dung"),
)
clock = Table("clock", metadata, Column("ngay", TEXT, primary_key=True))
meta = Table("meta", metadata, Column("key", TEXT, primary_key=True), *_cells("value"))

#: why nobody rewrites the audit trail; the database itself says so
APPEND_ONLY = "Nhật ký chỉ được ghi thêm."
_TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER %(table)s_no_update BEFORE UPDATE ON %(table)s "
        f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END",
        "CREATE TRIGGER %(table)s_no_delete BEFORE DELETE ON %(table)s "
        f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$",
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %(table)s "
        "EXECUTE FUNCTION append_only()",
    ),
}
for _table in (audit, changed):
    for _database, _statements in _TRIGGERS.items():
        for _statement in _statements:
            event.listen(_table, "after_create", DDL(_statement).execute_if(dialect=_database))  # type: ignore[no-untyped-call]


def rows(connection: Connection, statement: Any, **values: object) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return what a statement selects, as dicts; `values` are those of its parameters."""
    result = connection.execute(statement, values)
    names = list(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]


def as_json(value: object) -> str:
    """Return a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpacked(database: str, columns: Iterable[Column[Any]]) -> Select[Any]:
    """Return a SELECT of rows from outside: however many, they travel as one text.

    Parameters
    ----------
    database : str
        "sqlite" or "postgresql".
    columns : iterable of Column
        What the cells of a row are called, and of which type they are.

    Returns
    -------
    Select
        Its parameter ``cells`` takes the rows, lists of cells, as JSON. A cell that is a dict
        becomes its JSON text.
    """
    text = bindparam("cells", type_=Text())
    if database == "sqlite":
        each = func.json_each(text).table_valued("value").c.value
    else:
        each = func.json_array_elements(cast(text, JSON)).table_valued("value").c.value
    return select(*(_cell(database, each, i, c).label(c.name) for i, c in enumerate(columns)))


def _cell(
    database: str, row: ColumnElement[Any], place: int, column: Column[Any]
) -> ColumnElement[Any]:
    if database == "sqlite":
        return func.json_extract(row, literal_column(f"'$[{place}]'"))
    return cast(row.op("->>")(literal_column(str(place))), column.type)


def fill(connection: Connection, table: Table, new: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, all by one statement.

    Parameters
    ----------
    connection : Connection
    table : Table
    new : iterable of mapping
        All with the same columns; a cell that is a dict becomes JSON.
    """
    _at_once(connection, _insertion, table, new)


def change(connection: Connection, table: Table, new: Iterable[Mapping[str, Any]]) -> None:
    """Change cells of rows, all by one statement.

    Parameters
    ----------
    connection : Connection
    table : Table
    new : iterable of mapping
        As of `fill`: the table's key, and what is to be changed.
    """
    _at_once(connection, _amendment, table, new)


def _at_once(
    connection: Connection,
    statement: Callable[[str, Table, tuple[str, ...]], UpdateBase],
    table: Table,
    new: Iterable[Mapping[str, Any]],
) -> None:
    waiting = list(new)
    if waiting:
        names = tuple(waiting[0])
        cells = as_json([[row[name] for name in names] for row in waiting])
        connection.execute(statement(connection.dialect.name, table, names), {"cells": cells})


@cache
def _insertion(database: str, table: Table, names: tuple[str, ...]) -> Insert:
    cells = unpacked(database, [table.c[name] for name in names])
    return insert(table).from_select(names, cells)


@cache
def _amendment(database: str, table: Table, names: tuple[str, ...]) -> Update:
    cells = unpacked(database, [table.c[name] for name in names]).subquery().c
    return (
        update(table)
        .where(*(key == cells[key.name] for key in table.primary_key))
        .values({name: cells[name] for name in names if not table.c[name].primary_key})
    )


def known(connection: Connection, key: str) -> str | None:
    """Return what the store knows of itself under a key."""
    found: str | None = connection.scalar(select(meta.c.value).where(meta.c.key == key))
    return found
