"""The platform's database: what staff see of records and doses, and who changed what.

One call is one transaction, and who writes is alone. The audit trail is append only; its request
ids make a call that is repeated after a breakdown harmless. SQLite (WAL) or PostgreSQL, one
database for one world.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    URL,
    Column,
    ColumnElement,
    Connection,
    Engine,
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
    create_engine,
    event,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from generator.problems import Problem

__all__ = [
    "DOSE_COLUMNS",
    "SUBJECT_COLUMNS",
    "BusyError",
    "as_json",
    "audit",
    "change",
    "changed",
    "clock",
    "connect",
    "dose",
    "feedback",
    "fill",
    "known",
    "listed",
    "meta",
    "reading",
    "request",
    "rows",
    "subject",
    "unpacked",
    "writing",
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
#: milliseconds that a writer waits for another one
PATIENCE = 30_000
#: database -> how SQLAlchemy calls it with its driver
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+pg8000"}

_metadata = MetaData()
#: ids in the order of their bytes everywhere, whatever language a server was set up in
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _cells(*names: str) -> list[Column[str]]:
    return [Column(name, TEXT, nullable=False, server_default="") for name in names]


#: besides the register's columns: state, reason of a hold, record into which it was merged, unit in
#: charge, name and birth date as one key, record of the same person by the police, and whether the
#: operator was told of a fault
subject = Table(
    "subject",
    _metadata,
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
    _metadata,
    Column("ma_mui", TEXT, primary_key=True),
    Column("ma_ho_so", TEXT, ForeignKey("subject.ma_ho_so"), nullable=False, index=True),
    *_cells(*DOSE_COLUMNS[2:]),
    *_cells("trang_thai", "treo", "truoc_treo", "giai_trinh"),
    Index("dose_unit", "don_vi_nhap", "trang_thai"),
)
#: the audit trail: one row for a call, numbered without a gap; one for every record it changed
audit = Table(
    "audit",
    _metadata,
    Column("stt", Integer, primary_key=True, autoincrement=False),
    Column("yeu_cau", TEXT, nullable=False, unique=True),
    *_cells("van_tay", "ngay", "gio", "nguoi", "hanh_dong", "tra_loi"),
)
changed = Table(
    "changed",
    _metadata,
    Column("stt", Integer, ForeignKey("audit.stt"), primary_key=True, autoincrement=False),
    Column("dong", Integer, primary_key=True, autoincrement=False),
    Column("ma_ho_so", TEXT, nullable=False, server_default="", index=True),
    *_cells("ma_mui", "truoc", "sau", "ly_do"),
)
request = Table(
    "request",
    _metadata,
    Column("ma_yeu_cau", TEXT, primary_key=True),
    *_cells("loai", "gui_ngay"),
    Column("tra_ngay", TEXT, nullable=False, server_default="", index=True),
    *_cells("ma_ho_so", "ma_mui", "noi_dung", "tra_loi", "tinh_trang"),
)
feedback = Table(
    "feedback",
    _metadata,
    Column("ma_phan_anh", TEXT, primary_key=True),
    *_cells("ngay", "han", "noi_dung", "ket_qua"),
)
#: what came back from the police record by record: asked for or not, the result, the whole row
listed = Table(
    "listed",
    _metadata,
    Column("ma_danh_sach", TEXT, primary_key=True),
    Column("ma_ho_so", TEXT, primary_key=True, index=True),
    *_cells("da_hoi", "ket_qua", "noi_dung"),
)
clock = Table("clock", _metadata, Column("ngay", TEXT, primary_key=True))
meta = Table("meta", _metadata, Column("key", TEXT, primary_key=True), *_cells("value"))

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

#: how a transaction begins: one that writes is alone from its first moment, one that reads sees
#: one state of everything
_BEGIN = {
    ("sqlite", True): "BEGIN IMMEDIATE",
    ("sqlite", False): "BEGIN",
    ("postgresql", True): "SELECT pg_advisory_xact_lock(20220509)",
    ("postgresql", False): "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}


class BusyError(Exception):
    """The database does not answer, or somebody else writes all the time; nothing was done."""


def connect(url: str) -> Engine:
    """Open the database and make what is missing of its tables.

    Parameters
    ----------
    url : str
        As SQLAlchemy writes it: ``sqlite:////tmp/phuong.db``, or
        ``postgresql://user:password@server/database`` where `sosach[postgresql]` is installed.

    Returns
    -------
    Engine

    Raises
    ------
    Problem
        If it is no such URL, or the database cannot be opened.
    """
    address = _address(url)
    try:
        engine = create_engine(address, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        message = (
            f"Máy này chưa có thư viện {error.name} để dùng PostgreSQL. "
            "Hãy cài: pip install 'sosach[postgresql]'."
        )
        raise Problem(message) from error
    event.listen(engine, "connect", _PREPARE[engine.dialect.name])
    try:
        with writing(engine) as connection:
            _metadata.create_all(connection)
    except BusyError as error:
        engine.dispose()
        message = (
            f"Không mở được cơ sở dữ liệu {address} ({error}). Hãy xem lại địa chỉ và máy chủ."
        )
        raise Problem(message) from error
    return engine


def _address(url: str) -> URL:
    try:
        found = make_url(url)
        return found.set(drivername=DRIVERS[found.drivername])
    except (ArgumentError, KeyError) as error:
        message = (
            "Địa chỉ cơ sở dữ liệu chưa đúng. "
            "Hãy viết như sqlite:///phuong.db hoặc postgresql://may_chu/phuong."
        )
        raise Problem(message) from error


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own type
    # transactions are ours: the driver would begin them late, at the first change
    connection.isolation_level = None
    for setting in (
        f"busy_timeout = {PATIENCE}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {setting}")


def _prepare_postgresql(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own type
    connection.cursor().execute(f"SET lock_timeout = {PATIENCE}")
    connection.commit()


_PREPARE = {"sqlite": _prepare_sqlite, "postgresql": _prepare_postgresql}


@contextmanager
def _transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(engine.connect())
            stack.enter_context(connection.begin())
            connection.exec_driver_sql(_BEGIN[engine.dialect.name, writes])
        except DBAPIError as error:
            raise BusyError(_told(error)) from error
        yield connection


def _told(error: DBAPIError) -> str:
    """Return what a driver says; PostgreSQL's says it as a dict."""
    told = error.orig.args[0] if error.orig and error.orig.args else error
    return str(told["M"] if isinstance(told, dict) else told)


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """Offer one transaction that may change something: all of it is kept, or nothing.

    Raises
    ------
    BusyError
        If others write for longer than `PATIENCE`, or the database does not answer.
    """
    return _transaction(engine, writes=True)


def reading(engine: Engine) -> AbstractContextManager[Connection]:
    """Offer one view of the database in which nothing changes meanwhile; raises as `writing`."""
    return _transaction(engine, writes=False)


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
