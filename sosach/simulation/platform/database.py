"""Opening the platform's database, SQLite or PostgreSQL, and its transactions.

One call is one transaction. Who writes is alone from the first moment on, who reads sees one
state of everything. One database is one world.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from generator.problems import Problem
from sosach.simulation.platform import store

__all__ = ["PATIENCE", "BusyError", "connect", "reading", "writing"]

#: milliseconds that a writer waits for another one
PATIENCE = 30_000
#: database -> how SQLAlchemy calls it with its driver
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+pg8000"}
#: database, whether something is written -> how a transaction begins
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
            store.metadata.create_all(connection)
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
