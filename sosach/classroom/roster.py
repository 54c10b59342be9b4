"""The list of a class: read tolerantly, checked as a whole, all bad rows named at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from pathlib import Path

from generator.problems import Problem
from generator.vietnamese import strip_diacritics
from sosach.grading.artefacts import Sheet, read_sheet
from sosach.grading.refusals import Refusal

__all__ = ["Trainee", "read_ids", "read_roster", "roster_csv"]

#: what nbgrader, folders on Windows and zip names all take; 64 characters at most
ALLOWED = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")

OPTIONAL = ("email",)


@dataclass(frozen=True)
class Trainee:
    """One person of the class."""

    ma_hoc_vien: str
    ho_ten: str
    don_vi: str
    email: str = ""


COLUMNS = tuple(field.name for field in fields(Trainee))


def read_roster(path: Path) -> list[Trainee]:
    """Read a class list from CSV or xlsx.

    Parameters
    ----------
    path : Path
        Columns ma_hoc_vien, ho_ten, don_vi and perhaps email, in any order and spelling of
        `header_name`, below titles or merged cells if there are any.

    Returns
    -------
    list of Trainee
        In the order of the file.

    Raises
    ------
    Problem
        One message that names every bad row, its fault and, for an id, a usable spelling.
    """
    return list(_trainees(path.name, _bytes(path)))


def read_ids(path: Path) -> list[str]:
    """Read the ids of some trainees from CSV or xlsx.

    Parameters
    ----------
    path : Path
        With a column ma_hoc_vien; others do no harm.

    Returns
    -------
    list of str
        In the order of the file.

    Raises
    ------
    Problem
        If there is no such file or column.
    """
    sheet = _sheet(path.name, _bytes(path), COLUMNS[:1])
    if sheet.missing:
        message = f"Danh sách {path.name} thiếu cột ma_hoc_vien."
        raise Problem(message)
    return [row["ma_hoc_vien"] for _, row in sheet.rows]


def roster_csv(trainees: list[Trainee]) -> bytes:
    """Return a class list as CSV that Excel opens (UTF-8 with BOM, all fields quoted)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows(astuple(trainee) for trainee in trainees)
    return text.getvalue().encode("utf-8-sig")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        message = f"Không tìm thấy danh sách {path}. Hãy kiểm tra lại đường dẫn."
        raise Problem(message) from error


def _sheet(name: str, data: bytes, columns: tuple[str, ...]) -> Sheet:
    try:
        return read_sheet(name, data, columns)
    except Refusal as refusal:
        raise Problem(str(refusal)) from refusal


# asked for by every step of every submission
@lru_cache(maxsize=4)
def _trainees(name: str, data: bytes) -> tuple[Trainee, ...]:
    """Return who stands in a class list that has no faults."""
    sheet = _sheet(name, data, COLUMNS)
    missing = [column for column in sheet.missing if column not in OPTIONAL]
    if missing:
        message = (
            f"Danh sách lớp {name} thiếu cột {', '.join(missing)}. "
            f"Cần có: ma_hoc_vien, ho_ten, don_vi (email nếu có)."
        )
        raise Problem(message)
    rows = [(number, Trainee(**row)) for number, row in sheet.rows]
    faults = list(_faults(rows))
    if not rows:
        faults = ["không có học viên nào."]
    if faults:
        message = f"Danh sách lớp {name} cần sửa, lớp chưa được mở:\n" + "\n".join(faults)
        raise Problem(message)
    return tuple(trainee for _, trainee in rows)


def _faults(rows: list[tuple[int, Trainee]]) -> Iterator[str]:
    """Yield a sentence for every row that cannot stay as it is."""
    first: dict[str, int] = {}
    for number, trainee in rows:
        name = trainee.ma_hoc_vien
        before = first.setdefault(name.casefold(), number)
        if not name:
            yield f"- dòng {number}: thiếu mã học viên."
        elif not ALLOWED.fullmatch(name):
            yield (
                f"- dòng {number}: mã '{name[:64]}' có ký tự không dùng được. Chỉ dùng chữ không "
                f"dấu, chữ số, dấu - _ và dấu chấm ở giữa; ví dụ '{_suggestion(name)}'."
            )
        elif before != number:
            yield f"- dòng {number}: mã '{name}' trùng với dòng {before}."
        if not trainee.ho_ten:
            yield f"- dòng {number}: thiếu họ tên."


def _suggestion(name: str) -> str:
    """Return a usable id that looks like `name`."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", strip_diacritics(name))
    return plain.strip("._-")[:64].strip("._-") or "hv001"
