"""Everything of a class that cannot be made again, in one zip file; and a class out of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from generator import ENGINE
from generator.files import unfinished, write_whole
from generator.problems import Problem
from generator.strict import read
from sosach.cases.class_pki import CLASS_PKI
from sosach.classroom.folder import RECORD, ClassFolder
from sosach.classroom.handouts import CLASS_KEY

__all__ = ["Manifest", "back_up", "restore"]

MANIFEST, GRADEBOOK = "muc_luc.json", "gradebook.db"
#: made again from the rest: packs by `release`, pages by `grade`, sheets by `export`
MADE_AGAIN = {"feedback", "ket_qua", "sao_luu"}
PRIVATE = {CLASS_KEY, RECORD}


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes
    ----------
    name, made, engine : str
        Of the class, when (UTC), by which engine.
    files : mapping
        Path in the class -> sha256.
    rows : mapping
        Table of the gradebook -> number of rows.
    left_out : tuple of str
        What lies in the class but is no regular file.
    """

    name: str
    made: str
    engine: str
    files: Mapping[str, str]
    rows: Mapping[str, int]
    left_out: tuple[str, ...]


def back_up(folder: Path, target: Path | None = None) -> tuple[Path, Manifest]:
    """Write everything of a class that cannot be made again into one zip file.

    Parameters
    ----------
    folder : Path
        The class.
    target : Path, optional
        The zip file; a new one in ``sao_luu/`` by default. It holds the class secret: only its
        owner can read it.

    Returns
    -------
    tuple of (Path, Manifest)

    Raises
    ------
    Problem
        If the folder is no class, or its gradebook is missing or spoiled.
    """
    from sosach.classroom.nbgrader_copies import copy_to, count_rows

    room, now = ClassFolder.load(folder), datetime.now(UTC)
    target = target or room.backups / f"lop_{now:%Y%m%d-%H%M%S}.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    left_out: list[str] = []
    with TemporaryDirectory() as aside, unfinished(target) as part:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        copy = Path(aside, GRADEBOOK)
        copy_to(room.root, copy)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            files = {GRADEBOOK: _add(archive, GRADEBOOK, copy)}
            for name, path in _worth_keeping(room, left_out):
                files[name] = _add(archive, name, path)
            manifest = Manifest(
                room.record.name,
                now.strftime("%Y-%m-%d %H:%M:%S UTC"),
                ENGINE,
                files,
                count_rows(copy),
                tuple(left_out),
            )
            text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
            archive.writestr(MANIFEST, text)
    return target, manifest


def restore(source: Path, folder: Path, gradebook: str | None = None) -> ClassFolder:
    """Make a class folder out of a backup, after everything in it was proved.

    Packs and feedback pages are made again by `release` and `grade`.

    Parameters
    ----------
    source : Path
        A zip file of `back_up`.
    folder : Path
        Must not exist, or be empty.
    gradebook : str, optional
        Address of an empty database, "" for a file; where it was by default.

    Returns
    -------
    ClassFolder

    Raises
    ------
    Problem
        If the folder holds something, the backup is not whole, or the database is not empty;
        nothing is made then.
    """
    from sosach.classroom.nbgrader_copies import fill_from

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"Thư mục {folder} đã có nội dung. Hãy chọn một thư mục mới để khôi phục lớp."
        raise Problem(message)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as aside:
        part, copy = Path(aside, "lop"), Path(aside, GRADEBOOK)
        _unpack(source, part)
        (part / GRADEBOOK).rename(copy)
        room = ClassFolder.load(part)
        if gradebook is not None:
            record = replace(room.record, gradebook=gradebook)
            write_whole(part / RECORD, record.to_toml())
        for path in (room.inbox, room.results, *(part / name for name in PRIVATE)):
            path.chmod(0o600) if path.is_file() else path.mkdir(exist_ok=True)
        for path in (part / CLASS_PKI, *(part / CLASS_PKI).rglob("*")):
            if path.exists():
                path.chmod(0o600 if path.is_file() else 0o700)
        fill_from(copy, part)
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    return ClassFolder.load(folder)


def _worth_keeping(room: ClassFolder, left_out: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield name and path of the files that cannot be made again; name what is no file."""
    for parent, folders, names in os.walk(room.root):
        here = Path(parent)
        if here == room.root:
            folders[:] = [name for name in folders if name not in MADE_AGAIN]
            names = [name for name in names if not name.startswith(GRADEBOOK)]
        if here == room.handed_out:
            folders.clear()
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in links)
        for name in sorted([*names, *links]):
            path = here / name
            relative = path.relative_to(room.root).as_posix()
            if not (stat.S_ISREG(path.lstat().st_mode) and _is_text(relative)):
                left_out.append(ascii(relative))
            elif name[0] != ".":
                yield relative, path


def _is_text(name: str) -> bool:
    """Tell whether a zip file can hold a name: one may come in another encoding."""
    return name.isprintable()


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Put a file into a zip file and return its sha256."""
    info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_DEFLATED
    whole = hashlib.sha256()
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as sink:
        while chunk := source.read(1 << 20):
            whole.update(chunk)
            sink.write(chunk)
    return whole.hexdigest()


def _unpack(source: Path, part: Path) -> None:
    """Unpack a backup and prove it: every file by its hash, the gradebook by its rows."""
    from sosach.classroom.nbgrader_copies import count_rows

    try:
        with zipfile.ZipFile(source) as archive:
            raw = json.loads(archive.read(MANIFEST))
            manifest = read(Manifest, raw, MANIFEST)
            _demand({*manifest.files, MANIFEST} == set(archive.namelist()), "thiếu hoặc thừa tệp")
            for name, digest in manifest.files.items():
                path = PurePosixPath(name)
                inside = not (path.is_absolute() or ".." in path.parts or "\\" in name)
                _demand(inside, f"tên tệp không hợp lệ: {name!a}")
                target = part / path
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as packed, target.open("xb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
                with target.open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
                _demand(found == digest, f"{name} không giống lúc sao lưu")
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, ValueError) as error:
        if isinstance(error, Problem):
            raise
        _demand(False, "không phải là tệp sao lưu của lớp, hoặc bị hỏng")
    _demand(count_rows(part / GRADEBOOK) == manifest.rows, "sổ điểm thiếu hoặc thừa dòng")


def _demand(right: bool, fault: str) -> None:
    if not right:
        message = f"Bản sao lưu không dùng được: {fault}. Chưa có gì được khôi phục; hãy dùng một bản sao lưu khác."
        raise Problem(message)
