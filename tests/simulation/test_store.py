"""The database: whole transactions, an audit trail that nobody rewrites."""

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from sosach.simulation.platform import store

ENTRY = {"stt": 1, "yeu_cau": "a", "hanh_dong": "sua"}


@pytest.fixture
def engine(tmp_path):
    """An empty database."""
    made = store.connect(f"sqlite:///{tmp_path}/s.db")
    yield made
    made.dispose()


@pytest.fixture
def with_entry(engine):
    """A database with one audit row."""
    with store.writing(engine) as con:
        con.execute(insert(store.audit), [ENTRY])
    return engine


@pytest.mark.parametrize("change", [update(store.audit).values(nguoi="x"), delete(store.audit)])
def test_audit_append_only(with_entry, change):
    """A row of the audit trail cannot be changed or deleted, not even by the program itself."""
    with pytest.raises(DBAPIError, match="chỉ được ghi thêm"), store.writing(with_entry) as con:
        con.execute(change)


def test_audit_request_id_unique(with_entry):
    """A request id is written once."""
    with pytest.raises(IntegrityError), store.writing(with_entry) as con:
        con.execute(insert(store.audit), [ENTRY])


def test_writing_all_or_nothing(engine):
    """What fails in the middle leaves nothing behind."""

    def fail():
        with store.writing(engine) as con:
            con.execute(insert(store.audit), [ENTRY])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with store.reading(engine) as con:
        assert store.rows(con, select(store.audit)) == []


def test_foreign_keys(engine):
    """A dose without a record is refused."""
    with pytest.raises(IntegrityError), store.writing(engine) as con:
        store.fill(con, store.dose, [{"ma_mui": "MU1", "ma_ho_so": "HS1"}])


def test_connect_sqlite_settings(engine):
    """SQLite writes ahead, syncs fully and waits for other writers."""
    with store.reading(engine) as con:
        found = [
            con.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert found == ["wal", 2, 1, store.PATIENCE]


def test_connect_again(engine, tmp_path):
    """An existing database is opened as it is."""
    with store.writing(engine) as con:
        con.execute(insert(store.audit), [ENTRY])
    again = store.connect(f"sqlite:///{tmp_path}/s.db")
    with store.reading(again) as con:
        kept = store.rows(con, select(store.audit.c.yeu_cau))
    again.dispose()

    assert kept == [{"yeu_cau": "a"}]
