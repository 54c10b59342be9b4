from __future__ import annotations

import csv
import re
import sqlite3

import openpyxl
import pandas as pd
import pytest

from sosach.classroom import export, status
from sosach.classroom.exporting import ACTIVE, _csv, _write
from sosach.classroom.ledger import GRADED, Entry
from sosach.classroom.results import Result
from sosach.classroom.roster import Trainee

EXERCISE = "k1_02_lap_danh_sach"
#: names that a spreadsheet runs, cuts or shifts
HOSTILE = [
    "=cmd|'/C calc'!A0",
    "+84 =1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\uff1d1+1",  # full-width =
    "\tx",
    "\r=1",
    "\n=1",
    'Nguyễn, Thị "Đúng"; Ba',
    "dòng một\ndòng hai",
    "👩‍⚕️ Trần 🐘",
    "00123",
    "1E5",
    "x" * 5_000,
]


@pytest.fixture(scope="module")
def sheets(graded):
    """The workbook, the text and the file for Moodle that export wrote."""
    workbook, text, moodle = export(graded[0])
    with text.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with moodle.open(encoding="utf-8", newline="") as file:
        return openpyxl.load_workbook(workbook), rows, list(csv.DictReader(file))


def test_export_one_row_per_trainee(sheets, graded):
    """Everybody has a row; who did not hand in has no points but a status."""
    rows = {row["ma_hoc_vien"]: row for row in sheets[1]}

    assert list(rows) == list(graded[1].entries)
    right = rows["dung"]
    assert (right["diem"], right["diem_toi_da"], right["phan_tram"]) == ("10", "10", "100")
    assert (rows["chua_nop"]["diem"], rows["chua_nop"]["tinh_trang"]) == ("", "chưa nộp")
    assert "tệp thường" in rows["lien_ket"]["ghi_chu"]


def test_export_workbook_equals_text(sheets):
    """The workbook's first sheet holds the rows of the CSV: marks as numbers, all else text."""
    book, rows, _ = sheets
    header, *cells = book["Bảng điểm"].iter_rows(values_only=True)
    numbers = [header.index(name) for name in ("diem", "diem_toi_da", "phan_tram")]

    as_text = [
        ["" if c is None else f"{c:g}" if isinstance(c, int | float) else c for c in row]
        for row in cells
    ]
    assert as_text == [list(row.values()) for row in rows]
    kinds = {type(row[k]) for row in cells for k in range(len(header)) if k not in numbers}
    assert kinds <= {str, type(None)}
    assert all(isinstance(cells[0][k], int | float) for k in numbers)


def test_export_reasons(sheets):
    """The second sheet has a reason for every record that lost points, and for an empty file."""
    header, *rows = sheets[0]["Lý do"].iter_rows(values_only=True)
    lost = [row for row in rows if row[0] == "goi_het"]
    empty = [row for row in rows if row[0] == "trong"]

    assert header[-4:] == ("muc", "diem_tru", "ly_do", "can_cu")
    assert len(lost) > 15
    assert all(row[4] and row[5] > 0 and row[6] for row in lost)
    assert "thiếu cột" in empty[0][6]
    assert not [row for row in rows if row[0] == "dung"]


def test_export_csv_quoted_with_bom(graded):
    """The CSV opens in Excel: BOM, and every field in quotes."""
    data = (graded[0] / "ket_qua" / "bang_diem.csv").read_bytes()

    assert data.startswith(b"\xef\xbb\xbf")
    assert all(line.startswith('"') for line in data.decode("utf-8-sig").splitlines())


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\uff1d1"])
def test_csv_cell_that_would_run(cell):
    """A cell that a spreadsheet would run gets an apostrophe in front."""
    assert f'"\'{cell}"' in _csv([[cell]])


@pytest.mark.parametrize(
    ("points", "written"), [(7.5, "7.5"), (10.0, "10"), (123.45678, "123.4568")]
)
def test_csv_numbers(points, written):
    """A number has a decimal point, no needless zeros and no exponent."""
    assert _csv([[points]]) == f'"{written}"\r\n'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The sheets of people whose name, unit, address, remarks and work are hostile."""
    results = []
    for k, text in enumerate(HOSTILE):
        wrong = {"item": text, "lost": 0.5, "text": text, "basis": text}
        outcome = {"title": text, "notes": [text], "wrong": [wrong]}
        trainee, entry = Trainee(f"0{k}", text, text, text), Entry(GRADED, (text,), graded=True)
        results.append(Result(trainee, EXERCISE, entry, 7.5, 10.0, (outcome,)))
    return _write(tmp_path_factory.mktemp("ket_qua"), results)


def test_export_hostile_workbook(hostile):
    """Names that would run, shift columns or lose zeros are text in the workbook, as typed."""
    book = openpyxl.load_workbook(hostile[0])
    rows = list(book["Bảng điểm"].iter_rows(min_row=2))
    reasons = list(book["Lý do"].iter_rows(min_row=2))

    assert [[_typed(row[k].value) for k in (1, 2, 8)] for row in rows] == [[n] * 3 for n in HOSTILE]
    assert [_typed(row[4].value) for row in reasons if row[4].value] == HOSTILE
    assert {cell.data_type for row in (*rows, *reasons) for cell in row} == {"s", "n"}
    assert [row[0].value for row in rows] == [f"0{k}" for k in range(len(HOSTILE))]
    assert {row[4].value for row in rows} == {7.5}


def test_export_hostile_text(hostile):
    """In the CSV no cell begins as a formula; without the apostrophes it is what was typed."""
    frame = pd.read_csv(hostile[1], dtype=str, keep_default_na=False)
    excel = pd.read_excel(hostile[0], dtype=str, keep_default_na=False)

    assert not [cell for row in frame.to_numpy() for cell in row if cell.startswith(ACTIVE)]
    assert frame["ho_ten"].str.removeprefix("'").tolist() == HOSTILE
    assert excel["ho_ten"].map(_typed).tolist() == HOSTILE
    assert frame["ma_hoc_vien"].tolist() == excel["ma_hoc_vien"].tolist()


def _typed(text):
    """Undo how a workbook spells control characters (ECMA-376, ST_Xstring)."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_export_moodle(sheets, graded):
    """Moodle's import finds a trainee by ID number, reads a decimal point and skips a hyphen."""
    rows = {row["ID number"]: row for row in sheets[2]}
    data = (graded[0] / "ket_qua" / "bang_diem_moodle.csv").read_bytes()

    assert list(rows) == list(graded[1].entries)
    assert set(rows["dung"]) == {"ID number", EXERCISE}  # not everybody has an address
    assert rows["dung"][EXERCISE] == "10"
    assert rows["chua_nop"][EXERCISE] == "-"
    assert not data.startswith(b"\xef\xbb\xbf")


def test_export_moodle_addresses(tmp_path):
    """Where everybody has an address it stands beside the id, one column per exercise."""
    people = [Trainee("a", "A", "", "a@example.org"), Trainee("b", "B", "", "b@example.org")]
    results = [
        Result(person, exercise, Entry(GRADED, graded=True), points, 10.0)
        for exercise, points in (("k1", 7.25), ("k2", None))
        for person in people
    ]
    lines = _write(tmp_path, results)[2].read_text(encoding="utf-8").splitlines()

    assert lines == [
        '"ID number","Email address","k1","k2"',
        '"a","a@example.org","7.25","-"',
        '"b","b@example.org","7.25","-"',
    ]


def test_export_manual_mark(own_class):
    """A mark that the trainer gave by hand in nbgrader is the one in the sheet."""
    from sosach.classroom import grade

    grade(own_class)
    with sqlite3.connect(own_class / "gradebook.db") as connection:
        connection.execute("update grade set manual_score = 7.5")
    _, text, _ = export(own_class)

    assert '"dung","Nguyễn Thị Đúng","TYT Phường 1","k1_02_lap_danh_sach","7.5"' in text.read_text(
        encoding="utf-8-sig"
    )


def test_status_before_collecting(released):
    """Before anything was collected nobody's work is in; of whom something waits is told."""
    (ledger,) = status(released)
    waits = {name for name, entry in ledger.entries.items() if "chưa thu" in str(entry.sentences)}

    assert ledger.counts()["not_handed_in"] == 12
    assert waits == set(ledger.entries) - {"chua_nop"}


def test_status_after_grading(graded):
    """After grading the status is the account."""
    assert status(graded[0]) == [graded[1]]
