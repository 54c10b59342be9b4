"""The mark sheet: points per trainee, and a reason for every record that lost points."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.files import write_whole
from sosach.classroom.folder import ClassFolder
from sosach.classroom.ledger import STATUSES, Entry
from sosach.classroom.overview import status
from sosach.classroom.roster import Trainee
from sosach.publish.workbook import write_workbook

__all__ = ["export"]

MARKS = (
    "ma_hoc_vien",
    "ho_ten",
    "don_vi",
    "bai_tap",
    "diem",
    "diem_toi_da",
    "tinh_trang",
    "ghi_chu",
    "nhan_luc",
)
REASONS = ("ma_hoc_vien", "ho_ten", "bai_tap", "phan", "muc", "ly_do", "can_cu")

#: a spreadsheet runs a cell that begins with one of these
ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def export(folder: Path) -> list[Path]:
    """Write the mark sheet of a class into ``ket_qua/``.

    Parameters
    ----------
    folder : Path
        The class.

    Returns
    -------
    list of Path
        ``bang_diem.xlsx`` (marks, and a sheet with a reason per record) and ``bang_diem.csv``.

    Raises
    ------
    Problem
        If the folder is no class, or nothing was handed out.
    """
    room = ClassFolder.load(folder)
    people = {trainee.ma_hoc_vien: trainee for trainee in room.trainees()}
    lines = [
        (people[name], ledger.exercise, entry)
        for ledger in status(folder)
        for name, entry in ledger.entries.items()
    ]
    marks = list(_marks(room, lines))
    room.results.mkdir(exist_ok=True)
    workbook, text = room.results / "bang_diem.xlsx", room.results / "bang_diem.csv"
    sheets = {"Bảng điểm": (MARKS, marks), "Lý do": (REASONS, _reasons(room, lines))}
    write_workbook(workbook, sheets)
    write_whole(text, _csv(MARKS, marks))
    return [workbook, text]


Line = tuple[Trainee, str, Entry]


def _marks(room: ClassFolder, lines: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    """Yield a row per trainee and exercise, points as the gradebook has them now."""
    from sosach.classroom.nbgrader_class import read_marks

    marks: dict[str, dict[str, tuple[float, float]]] = {}
    for trainee, exercise, entry in lines:
        name = trainee.ma_hoc_vien
        if exercise not in marks:
            marks[exercise] = read_marks(room.root, exercise)
        found = marks[exercise].get(name) if entry.graded else None
        points, most = (f"{found[0]:g}", f"{found[1]:g}") if found else ("", "")
        yield (
            name,
            trainee.ho_ten,
            trainee.don_vi,
            exercise,
            points,
            most,
            STATUSES[entry.status],
            " ".join(entry.sentences),
            entry.received,
        )


def _reasons(room: ClassFolder, lines: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    """Yield a row for every record that lost points, and for what is to say of a file."""
    for trainee, exercise, entry in lines:
        if not entry.graded:
            continue
        path = room.autograded_notebook(exercise, trainee.ma_hoc_vien)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            outcome = cell["metadata"].get("sosach")
            if outcome:
                start = (trainee.ma_hoc_vien, trainee.ho_ten, exercise, outcome["title"])
                yield from ((*start, "", note, "") for note in outcome["notes"])
                yield from ((*start, w["item"], w["text"], w["basis"]) for w in outcome["wrong"])


def _csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as CSV for Excel: BOM, all fields quoted, nothing that would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(ACTIVE) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
