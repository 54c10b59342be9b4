"""The database: whole transactions, an audit trail that nobody rewrites."""

import json
import sys

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from generator.problems import Problem
from sosach.simulation.platform import database as db
from sosach.simulation.platform import store

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
ENTRY = {"stt": 1, "yeu_cau": "a", "hanh_dong": "sua"}
CHANGED = {"stt": 1, "dong": 0, "ma_ho_so": "HS1"}


@pytest.fixture
def engine(database):
    """An empty database."""
    made = db.connect(database("s"))
    yield made
    made.dispose()


@pytest.fixture
def with_entry(engine):
    """A database with one call in its audit trail, which changed one record."""
    with db.writing(engine) as con:
        con.execute(insert(store.audit), [ENTRY])
        con.execute(insert(store.changed), [CHANGED])
    return engine


@BOTH
@pytest.mark.parametrize("table", [store.audit, store.changed])
@pytest.mark.parametrize("change", [lambda table: update(table).values(stt=2), delete])
def test_audit_append_only(with_entry, table, change):
    """A row of the audit trail cannot be changed or deleted, not even by the program itself."""
    with pytest.raises(DBAPIError, match="chỉ được ghi thêm"), db.writing(with_entry) as con:
        con.execute(change(table))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_audit_not_emptied(with_entry):
    """The audit trail cannot be emptied as a whole."""
    with pytest.raises(DBAPIError, match="chỉ được ghi thêm"), db.writing(with_entry) as con:
        con.exec_driver_sql("TRUNCATE changed")


@BOTH
def test_audit_request_id_unique(with_entry):
    """A request id is written once."""
    with pytest.raises(IntegrityError), db.writing(with_entry) as con:
        con.execute(insert(store.audit), [ENTRY])


@BOTH
def test_writing_all_or_nothing(engine):
    """What fails in the middle leaves nothing behind."""

    def fail():
        with db.writing(engine) as con:
            con.execute(insert(store.audit), [ENTRY])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with db.reading(engine) as con:
        assert store.rows(con, select(store.audit)) == []


@BOTH
def test_foreign_keys(engine):
    """A dose without a record is refused."""
    with pytest.raises(DBAPIError), db.writing(engine) as con:
        store.fill(con, store.dose, [{"ma_mui": "MU1", "ma_ho_so": "HS1"}])


def test_connect_sqlite_settings(engine):
    """SQLite writes ahead, syncs fully and waits for other writers."""
    with db.reading(engine) as con:
        found = [
            con.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert found == ["wal", 2, 1, db.PATIENCE]


@BOTH
def test_connect_again(engine, database):
    """An existing database is opened as it is."""
    with db.writing(engine) as con:
        con.execute(insert(store.audit), [ENTRY])
    again = db.connect(database("s"))
    with db.reading(again) as con:
        kept = store.rows(con, select(store.audit.c.yeu_cau))
    again.dispose()

    assert kept == [{"yeu_cau": "a"}]


@BOTH
def test_fill_and_change_whatever_the_text(engine):
    """Quotes, line breaks, backslashes and letters of any script come back as they were."""
    text = "' \" \\ \\u0000 \n\t %s :x {} ẵ\u0303 漢 😀"
    with db.writing(engine) as con:
        store.fill(con, store.meta, [{"key": text, "value": ""}, {"key": "b", "value": "b"}])
        store.change(con, store.meta, [{"key": text, "value": text}])
    with db.reading(engine) as con:
        kept = store.rows(con, select(store.meta).order_by(store.meta.c.value))

    assert kept == [{"key": text, "value": text}, {"key": "b", "value": "b"}]


@BOTH
def test_fill_dict_is_json(engine):
    """A cell that is a dict becomes JSON text, the same in every database."""
    told = {"b": 'ẵ " \\ \n /', "a": ["1", 2, None, True, {}]}
    with db.writing(engine) as con:
        store.fill(con, store.meta, [{"key": "a", "value": told}])
    with db.reading(engine) as con:
        kept = store.known(con, "a")

    assert kept == json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@BOTH
def test_order_of_ids(engine):
    """Ids come in the order of their bytes, as Python sorts them, in whatever language a server is."""
    ids = ["a", "B", "Đ", "D", "HS-2", "HS1", "HS#1", "_", "ă"]
    with db.writing(engine) as con:
        store.fill(con, store.meta, [{"key": key, "value": ""} for key in ids])
    with db.reading(engine) as con:
        found = con.scalars(select(store.meta.c.key).order_by(store.meta.c.key)).all()

    assert found == sorted(ids)


@BOTH
def test_reading_sees_one_moment(engine):
    """Who reads sees nothing of what others write meanwhile."""
    count = select(func.count()).select_from(store.meta)
    with db.reading(engine) as reader:
        before = reader.scalar(count)
        with db.writing(engine) as writer:
            store.fill(writer, store.meta, [{"key": "a", "value": "b"}])
        after = reader.scalar(count)
    with db.reading(engine) as reader:
        later = reader.scalar(count)

    assert (before, after, later) == (0, 0, 1)


@BOTH
def test_writing_is_alone(database, monkeypatch):
    """Who wants to write while another one writes waits, and is told so when it takes too long."""
    monkeypatch.setattr(db, "PATIENCE", 50)
    engine = db.connect(database("s"))
    with db.writing(engine), pytest.raises(db.BusyError), db.writing(engine):
        pass
    with db.writing(engine) as con:
        alone = con.scalar(select(1))
    engine.dispose()

    assert alone == 1


@pytest.mark.parametrize(
    "url", ["phuong.db", "", "mysql://a/b", "postgresql+psycopg://a/b", "sqlite:", "://"]
)
def test_connect_other_address(url):
    """What is no address of the two databases is refused with an example of each."""
    with pytest.raises(Problem, match=r"sqlite:///.*postgresql://"):
        db.connect(url)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////khong/co/thu_muc/x.db",
        "postgresql://anh:bi-mat@127.0.0.1:1/phuong",
        "postgresql://anh:bi-mat@/phuong?unix_sock=/khong/co/.s.PGSQL.5432",
    ],
)
def test_connect_nobody_there(url):
    """A database that cannot be opened is named, without its password."""
    with pytest.raises(Problem, match="Không mở được") as told:
        db.connect(url)

    assert "bi-mat" not in str(told.value)


def test_connect_without_driver(monkeypatch):
    """Where the driver of PostgreSQL is not installed, the sentence says how to get it."""
    monkeypatch.setitem(sys.modules, "pg8000", None)

    with pytest.raises(Problem, match=r"sosach\[postgresql\]"):
        db.connect("postgresql://may_chu/phuong")
