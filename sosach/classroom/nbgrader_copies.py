"""Copies of the gradebook: one consistent SQLite file, made while others go on working."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.api import Base
from sqlalchemy import (
    Column,
    Engine,
    MetaData,
    NullPool,
    String,
    Table,
    create_engine,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError

from generator.files import unfinished
from generator.problems import Problem
from sosach.classroom.folder import ClassFolder
from sosach.classroom.nbgrader_gradebook import TAKEN, opened

__all__ = ["copy_to", "count_rows", "fill_from", "keep_copy"]

#: copies from before a run that are kept
KEPT = 14
#: beside nbgrader's own tables: which version of them they are
VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))


def keep_copy(room: ClassFolder) -> Path:
    """Put a copy of the gradebook into ``sao_luu/``; the fourteen newest stay.

    Parameters
    ----------
    room : ClassFolder
        The class.

    Returns
    -------
    Path
        The copy.

    Raises
    ------
    Problem
        If the gradebook is missing or spoiled.
    """
    room.backups.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    path = room.backups / f"so_diem_{stamp}.db"
    copy_to(room.root, path)
    oldest = sorted(room.backups.glob("so_diem_*.db"))[-KEPT:][0]
    # what a killed run has left of a copy begins with a full stop
    for old in room.backups.glob("*so_diem_*"):
        if old.name.lstrip(".") < oldest.name:
            old.unlink()
    return path


def copy_to(class_folder: Path, path: Path) -> None:
    """Copy the gradebook of a class into a SQLite file.

    Parameters
    ----------
    class_folder : Path
        The class.
    path : Path
        The file; made whole or not at all.

    Raises
    ------
    Problem
        If the gradebook is missing or spoiled.
    """
    with opened(class_folder) as gradebook, unfinished(path) as part:
        part.unlink(missing_ok=True)
        if gradebook.engine.dialect.name == "sqlite":
            source = sqlite3.connect(class_folder / "gradebook.db")
            with closing(source), closing(sqlite3.connect(part)) as target:
                source.backup(target)
        else:
            _transfer(gradebook.engine, create_engine(f"sqlite:///{part}"))
        count_rows(part)


def fill_from(path: Path, class_folder: Path) -> None:
    """Make the gradebook of a class out of a copy.

    Parameters
    ----------
    path : Path
        The SQLite file.
    class_folder : Path
        The class, which has no gradebook yet.

    Raises
    ------
    Problem
        If the database server does not answer, or the database is not empty.
    """
    if not ClassFolder.load(class_folder).record.gradebook:
        with (
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(class_folder / "gradebook.db")) as target,
        ):
            source.backup(target)
        return
    with opened(class_folder, new=True) as gradebook:
        if gradebook.students or gradebook.assignments:
            raise Problem(TAKEN)
        gradebook.db.rollback()  # else its own look at the tables would keep them
        Base.metadata.drop_all(gradebook.engine)
        VERSION.drop(gradebook.engine)
        _transfer(create_engine(f"sqlite:///{path}"), gradebook.engine)


def count_rows(path: Path) -> dict[str, int]:
    """Prove that a copy is sound, and count what is in it.

    Parameters
    ----------
    path : Path
        The SQLite file.

    Returns
    -------
    dict
        Table -> rows.

    Raises
    ------
    Problem
        If SQLite finds it spoiled.
    """
    try:
        # closed at the end: else what SQLite keeps beside an open file would stay for ever
        with create_engine(f"sqlite:///{path}", poolclass=NullPool).connect() as copy:
            verdict = copy.exec_driver_sql("PRAGMA integrity_check").scalar()
            tables = [*Base.metadata.sorted_tables, VERSION]
            rows = {t.name: copy.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
    except DatabaseError as error:
        verdict, rows = str(error.orig), {}
    if verdict != "ok":
        message = f"Sổ điểm bị hỏng ({verdict}). Hãy dùng một bản trong thư mục sao_luu của lớp."
        raise Problem(message)
    return rows


def _transfer(source: Engine, target: Engine) -> None:
    """Copy all tables, as they stand at one moment, into an empty database."""
    moment = {"isolation_level": "REPEATABLE READ"} if source.dialect.name == "postgresql" else {}
    with source.connect().execution_options(**moment) as reading, target.begin() as writing:
        for table in [*Base.metadata.sorted_tables, VERSION]:
            table.create(writing)
            rows = [dict(row) for row in reading.execute(select(table)).mappings()]
            if rows:
                writing.execute(insert(table), rows)
    target.dispose()
