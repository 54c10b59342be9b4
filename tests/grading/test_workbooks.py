from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from sosach.grading import workbooks
from sosach.grading.artefacts import read_table
from sosach.grading.refusals import Refusal
from sosach.grading.workbooks import read_sheets


def book(*sheets):
    """Return the bytes of a workbook with these sheets (lists of rows)."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for i, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"S{i}")
        for row in rows:
            sheet.append(row)
    sink = io.BytesIO()
    workbook.save(sink)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("079085000001", "079085000001"),
        (79085000001, "79085000001"),
        (3.0, "3"),
        (2.5, "2.5"),
        (datetime.date(2022, 5, 4), "04/05/2022"),
        (None, ""),
        (" a ", "a"),
    ],
)
def test_read_sheets_values(value, text):
    """A cell reads as it looks on the screen; whole numbers carry no decimals."""
    assert read_sheets("x.xlsx", book([["m"], [value, "x"]]))[0][1][0] == text


def test_read_table_xlsx_named_csv():
    """A workbook is read as such whatever its name; the sheet with the header is found."""
    data = book(
        [["DỮ LIỆU GIẢ LẬP"]], [["DANH SÁCH", None], ["Mã hồ sơ", "Nhóm"], ["HS1", "B"], [None] * 2]
    )
    artefact = read_table("danh_sach.csv", data, ("ma_ho_so", "nhom"), (), {"nhom": ("b",)})

    assert artefact.rows == [{"ma_ho_so": "HS1", "nhom": "b"}]


def test_read_sheets_unpacked_size(monkeypatch):
    """A workbook that would not fit in memory is refused before it is unpacked."""
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1000)

    with pytest.raises(Refusal, match="quá lớn"):
        read_sheets("x.xlsx", book([["a" * 100]]))


def test_read_sheets_too_many_rows(monkeypatch):
    """More rows than the limit are refused."""
    monkeypatch.setattr(workbooks, "MAX_ROWS", 3)

    with pytest.raises(Refusal, match="hơn 3 dòng"):
        read_sheets("x.xlsx", book([["a"]] * 4))


def test_read_sheets_zip_without_workbook():
    """A zip that holds no workbook is refused."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.txt", "x")

    with pytest.raises(Refusal, match="không mở được"):
        read_sheets("x.xlsx", sink.getvalue())
