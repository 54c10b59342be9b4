"""The mark sheet: points per trainee, a reason for every record that lost points, and for Moodle."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.files import write_whole
from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import STATUSES
from sosach.classroom.results import Result, read_results
from sosach.classroom.words import local_time
from sosach.publish.workbook import Cell, write_workbook

__all__ = ["export"]

MARKS = (
    "ma_hoc_vien",
    "ho_ten",
    "don_vi",
    "bai_tap",
    "diem",
    "diem_toi_da",
    "phan_tram",
    "tinh_trang",
    "ghi_chu",
    "nhan_luc",
)
REASONS = ("ma_hoc_vien", "ho_ten", "bai_tap", "phan", "muc", "diem_tru", "ly_do", "can_cu")

#: columns by which Moodle's grade import finds a person
ID_NUMBER, EMAIL = "ID number", "Email address"
#: how Moodle writes that there is no grade; an empty cell would become 0 points
NO_GRADE = "-"

#: a spreadsheet runs a cell that begins with one of these, full-width ones included
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def export(folder: Path) -> list[Path]:
    """Write the mark sheets of a class into ``ket_qua/``.

    Parameters
    ----------
    folder : Path
        The class.

    Returns
    -------
    list of Path
        ``bang_diem.xlsx`` (marks, and a sheet with a reason per record), ``bang_diem.csv`` and
        ``bang_diem_moodle.csv``.

    Raises
    ------
    Problem
        If the folder is no class, or nothing was handed out.
    """
    return _write(ClassFolder.load(folder).results, read_results(folder)[1])


def _write(target: Path, results: Sequence[Result]) -> list[Path]:
    """Write the sheets of some results into a folder."""
    marks = [_mark(result) for result in results]
    reasons = [reason for result in results for reason in _reasons(result)]
    names = ("bang_diem.xlsx", "bang_diem.csv", "bang_diem_moodle.csv")
    workbook, text, moodle = (target / name for name in names)
    target.mkdir(exist_ok=True)
    write_workbook(workbook, {"Bảng điểm": (MARKS, marks), "Lý do": (REASONS, reasons)})
    write_whole(text, _csv([MARKS, *marks]).encode("utf-8-sig"))
    write_whole(moodle, _csv(_moodle(results)).encode())
    return [workbook, text, moodle]


def _mark(result: Result) -> tuple[Cell, ...]:
    """Return one trainee's row for one exercise, points as the gradebook has them now."""
    graded = result.points is not None and result.share is not None
    points: tuple[Cell, ...] = ("", "", "")
    if graded:
        points = (result.points or 0.0, result.max_points, round(100 * (result.share or 0.0), 2))
    return (
        result.trainee.ma_hoc_vien,
        result.trainee.ho_ten,
        result.trainee.don_vi,
        result.exercise,
        *points,
        STATUSES[result.entry.status],
        " ".join(result.sentences),
        local_time(result.entry.received),
    )


def _reasons(result: Result) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for every record that lost points, and for what is to say of a file."""
    for outcome in result.outcomes:
        start = (
            result.trainee.ma_hoc_vien,
            result.trainee.ho_ten,
            result.exercise,
            outcome["title"],
        )
        yield from ((*start, "", "", note, "") for note in outcome["notes"])
        yield from (
            (*start, w["item"], float(w["lost"]), w["text"], w["basis"]) for w in outcome["wrong"]
        )


def _moodle(results: Sequence[Result]) -> Iterator[tuple[Cell, ...]]:
    """Yield header and one row per trainee, one column per exercise.

    Moodle gives the marks of a row without an identifier to the person of the row before: the
    column of addresses is there only where everybody has one.
    """
    exercises = list(dict.fromkeys(result.exercise for result in results))
    people = {result.trainee.ma_hoc_vien: result.trainee for result in results}
    points = {(r.trainee.ma_hoc_vien, r.exercise): r.points for r in results}
    with_email = all(trainee.email for trainee in people.values())
    yield (ID_NUMBER, *([EMAIL] if with_email else []), *exercises)
    for name, trainee in people.items():
        found = (points.get((name, exercise)) for exercise in exercises)
        marks = (NO_GRADE if mark is None else mark for mark in found)
        yield (name, *([trainee.email] if with_email else []), *marks)


def _csv(rows: Iterable[Iterable[Cell]]) -> str:
    """Return rows as CSV: all fields quoted, a decimal point, nothing that would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([_field(cell) for cell in row] for row in rows)
    return text.getvalue()


def _field(cell: Cell) -> str:
    """Return a cell as text; what a spreadsheet would run gets an apostrophe in front."""
    if not isinstance(cell, str):
        return f"{round(cell, 4):.10g}"
    return f"'{cell}" if cell.startswith(ACTIVE) and cell != NO_GRADE else cell
