from __future__ import annotations

import csv
import sqlite3

import openpyxl
import pytest

from sosach.classroom import export, status
from sosach.classroom.exporting import _csv

EXERCISE = "k1_02_lap_danh_sach"


@pytest.fixture(scope="module")
def sheets(graded):
    """The workbook and the text that export wrote."""
    workbook, text = export(graded[0])
    with text.open(encoding="utf-8-sig", newline="") as file:
        return openpyxl.load_workbook(workbook), list(csv.DictReader(file))


def test_export_one_row_per_trainee(sheets, graded):
    """Everybody has a row; who did not hand in has no points but a status."""
    rows = {row["ma_hoc_vien"]: row for row in sheets[1]}

    assert list(rows) == list(graded[1].entries)
    assert (rows["dung"]["diem"], rows["dung"]["diem_toi_da"]) == ("10", "10")
    assert (rows["chua_nop"]["diem"], rows["chua_nop"]["tinh_trang"]) == ("", "chưa nộp")
    assert "tệp thường" in rows["lien_ket"]["ghi_chu"]


def test_export_workbook_equals_text(sheets):
    """The workbook's first sheet holds the rows of the CSV, all text."""
    book, rows = sheets
    cells = list(book["Bảng điểm"].iter_rows(values_only=True))

    assert [[cell or "" for cell in row] for row in cells[1:]] == [list(r.values()) for r in rows]


def test_export_reasons(sheets):
    """The second sheet has a reason for every record that lost points, and for an empty file."""
    header, *rows = sheets[0]["Lý do"].iter_rows(values_only=True)
    lost = [row for row in rows if row[0] == "goi_het"]
    empty = [row for row in rows if row[0] == "trong"]

    assert header[-3:] == ("muc", "ly_do", "can_cu")
    assert len(lost) > 15
    assert all(row[4] and row[5] for row in lost)
    assert "thiếu cột" in empty[0][5]
    assert not [row for row in rows if row[0] == "dung"]


def test_export_csv_quoted_with_bom(graded):
    """The CSV opens in Excel: BOM, and every field in quotes."""
    data = (graded[0] / "ket_qua" / "bang_diem.csv").read_bytes()

    assert data.startswith(b"\xef\xbb\xbf")
    assert all(line.startswith('"') for line in data.decode("utf-8-sig").splitlines())


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_csv_cell_that_would_run(cell):
    """A cell that a spreadsheet would run gets an apostrophe in front."""
    assert f'"\'{cell}"'.encode() in _csv(["x"], [[cell]])


def test_export_manual_mark(own_class):
    """A mark that the trainer gave by hand in nbgrader is the one in the sheet."""
    from sosach.classroom import grade

    grade(own_class)
    with sqlite3.connect(own_class / "gradebook.db") as connection:
        connection.execute("update grade set manual_score = 7.5")
    _, text = export(own_class)

    assert '"dung","Nguyễn Thị Đúng","TYT Phường 1","k1_02_lap_danh_sach","7.5"' in text.read_text(
        encoding="utf-8-sig"
    )


def test_status_before_collecting(released):
    """Before anything was collected everybody stands as not handed in."""
    (ledger,) = status(released)

    assert ledger.counts()["not_handed_in"] == 12


def test_status_after_grading(graded):
    """After grading the status is the account."""
    assert status(graded[0]) == [graded[1]]
