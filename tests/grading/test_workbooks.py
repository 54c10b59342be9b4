from __future__ import annotations

import datetime
import io
import os
import signal
import sys
import zipfile
from contextlib import suppress

import pytest
from openpyxl import Workbook

from sosach.grading import limits, workbooks
from sosach.grading.artefacts import read_table
from sosach.grading.refusals import Refusal
from sosach.grading.workbook_reader import grids
from sosach.grading.workbooks import read_sheets


def book(*sheets, **formats):
    """Return the bytes of a workbook with these sheets (lists of rows) and formats of cells."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for i, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"S{i}")
        for row in rows:
            sheet.append(row)
        for cell, form in formats.items():
            sheet[cell].number_format = form
    sink = io.BytesIO()
    workbook.save(sink)
    return sink.getvalue()


def with_member(data, name, text):
    """Return a workbook with one of its members replaced."""
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, text if info.filename == name else old.read(info))
    return sink.getvalue()


#: rows without end, small on disk
ENDLESS = "<worksheet><sheetData>{}</sheetData></worksheet>"
PLAIN = [["ma_ho_so", "nhom"], ["HS1", "a"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("079085000001", "079085000001"),
        (79085000001, "79085000001"),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (datetime.date(2022, 5, 4), "04/05/2022"),
        (datetime.datetime(2022, 5, 4, 10, 30), "04/05/2022"),  # noqa: DTZ001 - a cell has no zone
        (datetime.time(10, 30), "10:30:00"),
        (None, ""),
        (" a ", "a"),
    ],
)
def test_read_sheets_values(value, text):
    """A cell reads as it looks on the screen; whole numbers carry no decimals."""
    assert read_sheets("x.xlsx", book([["m"], [value, "x"]]))[0][1][0] == text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (79085000001, "000000000000", "079085000001"),
        (0.92, "0.0%", "92%"),
        (0.925, "0.0%", "92.5%"),
        (5, "#,##0", "5"),
    ],
)
def test_read_sheets_formats(value, form, text):
    """Leading zeros and per cents that a format shows are read as they are seen."""
    assert read_sheets("x.xlsx", book([[value]], A1=form)) == [[[text]]]


def test_read_table_xlsx_named_csv():
    """A workbook is read as such whatever its name; the sheet with the header is found."""
    data = book(
        [["DỮ LIỆU GIẢ LẬP"]], [["DANH SÁCH", None], ["Mã hồ sơ", "Nhóm"], ["HS1", "B"], [None] * 2]
    )
    artefact = read_table("danh_sach.csv", data, ("ma_ho_so", "nhom"), (), {"nhom": ("b",)})

    assert artefact.rows == [{"ma_ho_so": "HS1", "nhom": "b"}]
    assert "bảng tính Excel" in " ".join(artefact.notes)


def test_grids_unpacked_size(monkeypatch):
    """A workbook that would not fit in memory is refused before it is unpacked."""
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1000)

    with pytest.raises(Refusal, match="quá lớn"):
        grids("x.xlsx", book([["a" * 100]]))


@pytest.mark.parametrize(("limit", "said"), [("MAX_ROWS", "hơn 3 dòng"), ("MAX_CELLS", "quá lớn")])
def test_grids_too_much(monkeypatch, limit, said):
    """More rows or cells than the limit are refused."""
    monkeypatch.setattr(limits, limit, 3)

    with pytest.raises(Refusal, match=said):
        grids("x.xlsx", book([["a"]] * 4))


def test_grids_blank_ends():
    """Rows and columns that hold nothing but a format are no rows and columns."""
    assert grids("x.xlsx", book([["a", "b"], ["c"]], Z500="0.0%")) == [[["a", "b"], ["c", ""]]]


def test_read_sheets_zip_without_workbook():
    """A zip that holds no workbook is refused."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.txt", "x")

    with pytest.raises(Refusal, match="không mở được"):
        read_sheets("x.xlsx", sink.getvalue())


@pytest.mark.parametrize(
    "member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize(
    "text", ["", "<", "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "\0"]
)
def test_read_sheets_broken_part(member, text):
    """Whatever is wrong inside a workbook is one sentence, or an empty sheet."""
    sheets = [[]]
    with suppress(Refusal):
        sheets = read_sheets("x.xlsx", with_member(book(PLAIN), member, text))

    assert sheets in ([[]], [PLAIN])


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(ENDLESS.format("<row><c/></row>" * 3_000_000), id="empty rows"),
        pytest.param(ENDLESS.format("<row>" + "<c r='A1'/>" * 4_000_000 + "</row>"), id="cells"),
    ],
)
@pytest.mark.full
@pytest.mark.slow
def test_read_sheets_bomb(bomb):
    """A workbook that takes memory and time without end is refused; the next one is read."""
    data = with_member(book(PLAIN), "xl/worksheets/sheet1.xml", bomb)
    assert len(data) < limits.MAX_TABLE

    with pytest.raises(Refusal, match=r"x\.xlsx"):
        read_sheets("x.xlsx", data)
    assert read_sheets("y.xlsx", book(PLAIN)) == [PLAIN]


def test_read_sheets_after_a_crash():
    """If the second process was killed, the next workbook is read all the same."""
    read_sheets("x.xlsx", book(PLAIN))
    workbooks._READER.process.kill()
    workbooks._READER.process.wait()

    assert read_sheets("x.xlsx", book(PLAIN)) == [PLAIN]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process for a while")
def test_read_sheets_out_of_time(monkeypatch):
    """Where no answer comes in time, the workbook is refused and the process ended."""
    read_sheets("x.xlsx", book(PLAIN))
    process = workbooks._READER.process
    os.kill(process.pid, signal.SIGSTOP)
    monkeypatch.setattr(limits, "MAX_WAIT", 0.05)

    with pytest.raises(Refusal, match="quá nhiều bộ nhớ hoặc thời gian"):
        read_sheets("x.xlsx", book(PLAIN))
    assert process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_reader_limits():
    """The second process has the memory of the table of limits, and writes no file."""
    import resource

    read_sheets("x.xlsx", book(PLAIN))
    pid = workbooks._READER.process.pid

    assert resource.prlimit(pid, resource.RLIMIT_AS) == (limits.MAX_MEMORY,) * 2
    assert resource.prlimit(pid, resource.RLIMIT_FSIZE) == (0, 0)
    assert resource.prlimit(pid, resource.RLIMIT_CPU)[0] <= limits.MAX_CPU + 60
