"""What a learner hands in: written, checked for form, and packed into one zip."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from generator.files import write_whole
from sosach.course.files import keep_previous, make_zip
from sosach.grading.artefacts import Refusal, read_table
from sosach.grading.scoring import find_file
from sosach.grading.specs import ArtefactSpec
from sosach.review import Trouble

__all__ = [
    "EARLIER",
    "SIGNATURES",
    "as_file",
    "pack_work",
    "read_list",
    "sha256",
    "to_csv",
    "work_files",
    "write_list",
]

EARLIER = "bai_cu"  # beside bai_nop/, so that earlier versions are not handed in
SIGNATURES = "chu_ky"  # folder in bai_nop/ of the batches that were signed
#: whatever a learner passes; checked before use
Rows = pd.DataFrame | Iterable[Any]


def work_files(folder: Path) -> dict[str, bytes]:
    """Return the files in ``bai_nop/`` by name, signed batches by ``chu_ky/`` and name.

    What Excel or an editor left half-open is no file.
    """
    work = folder / "bai_nop"
    paths = [*sorted(work.glob("*")), *sorted((work / SIGNATURES).glob("*"))]
    return {
        p.relative_to(work).as_posix(): p.read_bytes()
        for p in paths
        if p.is_file() and p.name[0] not in ".~"
    }


def sha256(data: bytes) -> str:
    """Return the sha256 of the bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def to_csv(rows: Rows, columns: tuple[str, ...]) -> bytes:
    """Return a learner's table as the CSV that is handed in.

    Parameters
    ----------
    rows : DataFrame or iterable of mapping
        With at least `columns`; further ones are left away.
    columns : tuple of str
        Columns in order.

    Returns
    -------
    bytes
        UTF-8, one header line, LF.

    Raises
    ------
    Trouble
        If a column is missing or the value is no table.
    """
    records = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else list(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for number, row in enumerate(records, start=1):
        missing = [c for c in columns if c not in row] if isinstance(row, Mapping) else columns
        if missing:
            message = f"Dòng {number} thiếu cột {', '.join(missing)}. Mỗi dòng cần có: {', '.join(columns)}."
            raise Trouble(message)
        writer.writerow(["" if pd.isna(row[c]) else str(row[c]) for c in columns])
    return text.getvalue().encode()


def as_file(name: str, rows: Rows, columns: tuple[str, ...]) -> bytes:
    """Return a learner's table as the file of this name: JSON or CSV; see `to_csv`."""
    data = to_csv(rows, columns)
    if not name.endswith(".json"):
        return data
    lines = [json.dumps(row, ensure_ascii=False) for row in csv.DictReader(_lines(data))]
    return "[\n{}\n]\n".format(",\n".join(lines)).encode()


def _lines(data: bytes) -> io.StringIO:
    return io.StringIO(data.decode(), newline="")


def write_list(folder: Path, name: str, data: bytes, ours: bytes | None = None) -> Path | None:
    """Write an artefact into ``bai_nop/`` and keep the version before it.

    Parameters
    ----------
    folder : Path
        The exercise folder.
    name : str
        File name of the artefact.
    data : bytes
        Its content.
    ours : bytes, optional
        A version before that need not be kept: the trail can make it again.

    Returns
    -------
    Path or None
        The kept copy of the version before, if there was one with other content.
    """
    path = folder / "bai_nop" / name
    remade = ours is not None and path.is_file() and path.read_bytes() == ours
    kept = None if remade else keep_previous(path, folder / EARLIER, data)
    write_whole(path, data)
    return kept


def read_list(
    files: Mapping[str, bytes], name: str, form: ArtefactSpec
) -> tuple[list[dict[str, str]], list[str], str]:
    """Read an artefact as the grader will.

    Parameters
    ----------
    files : mapping
        What lies in ``bai_nop/``.
    name : str
        The artefact.
    form : ArtefactSpec
        Its columns, key and codes.

    Returns
    -------
    tuple of (list of dict, list of str, str)
        Rows, notes for the learner, and the name of the file that was read.

    Raises
    ------
    Refusal
        If there is none or it cannot be judged.
    """
    found = find_file(name, files)
    table = read_table(found, files[found], form.columns, form.key, form.codes)
    stem = name.rsplit(".", 1)[0]
    others = [file for file in files if file != found and file.startswith(stem)]
    notes = [f"Chỉ tệp {found} được chấm, không phải {', '.join(others)}."] if others else []
    return table.rows, [*notes, *table.notes], found


def pack_work(folder: Path, exercise: str, trainee: str) -> tuple[Path, str]:
    """Write ``<exercise>__<trainee>.zip`` with the work, the pack's list and the notebook.

    Parameters
    ----------
    folder : Path
        The exercise folder.
    exercise, trainee : str
        Ids for the name of the zip.

    Returns
    -------
    tuple of (Path, str)
        The zip and its sha256; the same work gives the same bytes.
    """
    members = {f"bai_nop/{name}": data for name, data in work_files(folder).items()}
    for name in ("goi_bai.json", f"{exercise}.ipynb"):
        if (folder / name).is_file():
            members[name] = (folder / name).read_bytes()
    if not members:
        message = "Thư mục bai_nop chưa có tệp nào để nộp."
        raise Refusal(message)
    path = folder / f"{exercise}__{trainee}.zip"
    data = make_zip(members)
    keep_previous(path, folder / EARLIER, data)
    write_whole(path, data)
    return path, sha256(data)
