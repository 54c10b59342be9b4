"""Opening a class: a folder, a secret, a roster and an empty gradebook, all or nothing."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from generator import ENGINE
from generator.problems import Problem
from generator.vietnamese import strip_diacritics
from sosach.classroom.folder import RECORD, ClassFolder, ClassRecord
from sosach.classroom.handouts import CLASS_KEY
from sosach.classroom.roster import read_roster, roster_csv

__all__ = ["open_class"]

CONFIG = '''"""Cấu hình nbgrader của lớp: chấm tệp trong bai_nop, không chạy mã của học viên."""

from pathlib import Path

from sosach.classroom.nbgrader_class import configure

configure(get_config(), Path(__file__).resolve().parent)
'''


def open_class(
    folder: Path,
    name: str,
    roster_file: Path,
    gradebook: str = "",
    token_hex: Callable[[int], str] = secrets.token_hex,
) -> ClassFolder:
    """Make a class folder.

    Parameters
    ----------
    folder : Path
        Must not exist, or be empty.
    name : str
        Name of the class, for people.
    roster_file : Path
        Class list, CSV or xlsx.
    gradebook : str, optional
        Address of an empty PostgreSQL database, ``postgresql://user:password@server/database``;
        a file in the class folder by default.
    token_hex : callable, optional
        Number of bytes -> hexadecimal digits: where the class's number and secret come from, and
        with them every pack. Nobody can guess those of the default; a class for show gives its
        own and is the same each time.

    Returns
    -------
    ClassFolder

    Raises
    ------
    Problem
        If the folder holds something, the roster has bad rows or the database cannot be used;
        nothing is made then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"Thư mục {folder} đã có nội dung. Hãy chọn một thư mục mới cho lớp."
        raise Problem(message)
    trainees = read_roster(roster_file)
    record = ClassRecord(
        name=name,
        class_id=f"{_slug(name)}-{token_hex(3)}",
        created=datetime.now(UTC).strftime("%Y-%m-%d"),
        engine=ENGINE,
        gradebook=gradebook,
    )
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f".{folder.name}.dang_mo")
    shutil.rmtree(part, ignore_errors=True)
    try:
        _fill(ClassFolder(part, record), roster_csv(trainees), token_hex(32))
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return ClassFolder.load(folder)


def _fill(part: ClassFolder, roster: bytes, secret: str) -> None:
    """Write everything a new class consists of."""
    from sosach.classroom.nbgrader_gradebook import create

    for path in (part.root, part.handed_out, part.inbox, part.results):
        path.mkdir()
    _write_private(part.root / CLASS_KEY, secret)
    part.roster_file.write_bytes(roster)
    (part.root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    # the address of a gradebook holds a password
    _write_private(part.root / RECORD, part.record.to_toml())
    create(part.root, part.trainees())


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _slug(name: str) -> str:
    """Return a name for machines: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", strip_diacritics(name).casefold()).strip("-") or "lop"
