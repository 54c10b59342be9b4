"""The platform's database: what staff see of records and doses, and who changed what.

One call is one transaction. The audit trail is append only; its request ids make a call that is
repeated after a breakdown harmless. SQLite by default (WAL, foreign keys), any URL by SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.engine import make_url

__all__ = [
    "DOSE_COLUMNS",
    "SUBJECT_COLUMNS",
    "archive",
    "audit",
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
BATCH = 5_000

_metadata = MetaData()


def _cells(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


#: besides the register's columns: state, reason of a hold, record into which it was merged, unit in
#: charge, name and birth date as one key, record of the same person by the police, and whether the
#: police completed the population data or the operator was told of a fault
subject = Table(
    "subject",
    _metadata,
    Column("ma_ho_so", Text, primary_key=True),
    *_cells(*SUBJECT_COLUMNS[1:]),
    *_cells("trang_thai", "treo", "gop_vao", "don_vi_quan_ly"),
    *_cells("khoa", "trung_voi", "bo_sung_dan_cu", "bao_loi"),
    Index("subject_number", "so_giay_to"),
    Index("subject_key", "khoa"),
    Index("subject_state", "trang_thai"),
    Index("subject_tie", "trung_voi"),
)
dose = Table(
    "dose",
    _metadata,
    Column("ma_mui", Text, primary_key=True),
    Column("ma_ho_so", Text, ForeignKey("subject.ma_ho_so"), nullable=False, index=True),
    *_cells(*DOSE_COLUMNS[2:]),
    *_cells("trang_thai", "treo", "truoc_treo", "giai_trinh"),
    Index("dose_unit", "don_vi_nhap", "trang_thai"),
)
audit = Table(
    "audit",
    _metadata,
    Column("stt", Integer, primary_key=True, autoincrement=True),
    Column("yeu_cau", Text, nullable=False),
    Column("dong", Integer, nullable=False),
    *_cells("van_tay", "ngay", "gio", "nguoi", "hanh_dong"),
    Column("ma_ho_so", Text, nullable=False, server_default="", index=True),
    *_cells("ma_mui", "truoc", "sau", "ly_do", "tra_loi"),
    UniqueConstraint("yeu_cau", "dong"),
    sqlite_autoincrement=True,
)
request = Table(
    "request",
    _metadata,
    Column("ma_yeu_cau", Text, primary_key=True),
    *_cells("loai", "gui_ngay"),
    Column("tra_ngay", Text, nullable=False, server_default="", index=True),
    *_cells("ma_ho_so", "ma_mui", "noi_dung", "tra_loi", "tinh_trang"),
)
feedback = Table(
    "feedback",
    _metadata,
    Column("ma_phan_anh", Text, primary_key=True),
    *_cells("ngay", "han", "noi_dung", "ket_qua"),
)
archive = Table(
    "archive",
    _metadata,
    Column("ma_danh_sach", Text, primary_key=True),
    *_cells("ngay", "tep", "noi_dung"),
)
#: a police list record by record: asked for or not, and the row that came back
listed = Table(
    "listed",
    _metadata,
    Column("ma_danh_sach", Text, primary_key=True),
    Column("ma_ho_so", Text, primary_key=True, index=True),
    *_cells("da_hoi", "noi_dung"),
)
clock = Table("clock", _metadata, Column("ngay", Text, primary_key=True))
meta = Table("meta", _metadata, Column("key", Text, primary_key=True), *_cells("value"))

_APPEND_ONLY = """
CREATE TRIGGER IF NOT EXISTS audit_no_{what} BEFORE {what} ON audit
BEGIN SELECT RAISE(ABORT, 'Nhật ký chỉ được ghi thêm.'); END
"""


def connect(url: str) -> Engine:
    """Open the database and make what is missing of its tables.

    Parameters
    ----------
    url : str
        As SQLAlchemy writes it: ``sqlite:////tmp/phuong.db``, ``postgresql://...``.

    Returns
    -------
    Engine
    """
    engine = create_engine(make_url(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    with writing(engine) as connection:
        _metadata.create_all(connection)
        if engine.dialect.name == "sqlite":
            for what in ("UPDATE", "DELETE"):
                connection.exec_driver_sql(_APPEND_ONLY.format(what=what))
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own type
    # transactions are ours: the driver would begin them late, at the first change
    connection.isolation_level = None
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {PATIENCE}",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Offer one transaction that may change something: all of it is kept, or nothing."""
    with engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Offer one view of the database in which nothing changes meanwhile."""
    with engine.connect() as connection, connection.begin():
        yield connection


def rows(connection: Connection, statement: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return what a statement selects, as dicts."""
    result = connection.execute(statement)
    names = list(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result]


def fill(connection: Connection, table: Table, new: Iterable[Mapping[str, Any]]) -> None:
    """Insert many rows at once.

    Parameters
    ----------
    connection : Connection
    table : Table
    new : iterable of mapping
        All with the same columns.
    """
    waiting = list(new)
    for start in range(0, len(waiting), BATCH):
        connection.execute(insert(table), waiting[start : start + BATCH])


def known(connection: Connection, key: str) -> str | None:
    """Return what the store knows of itself under a key."""
    found: str | None = connection.scalar(select(meta.c.value).where(meta.c.key == key))
    return found
