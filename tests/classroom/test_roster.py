from __future__ import annotations

import openpyxl
import pytest

from generator.problems import Problem
from sosach.classroom.roster import Trainee, read_roster, roster_csv

AN = Trainee("hv01", "Nguyễn Văn An", "TYT Phường 1", "")
GOOD = "ma_hoc_vien,ho_ten,don_vi\nhv01,Nguyễn Văn An,TYT Phường 1\n"


def write(tmp_path, content, name="ds.csv"):
    """Write a class list."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD, id="plain"),
        pytest.param(GOOD.encode("utf-8-sig"), id="BOM"),
        pytest.param(GOOD.encode("utf-16"), id="UTF-16"),
        pytest.param(GOOD.replace(",", ";").replace("\n", "\r\n"), id="semicolon, CRLF"),
        pytest.param(f"DANH SÁCH LỚP,,\n\n{GOOD}", id="title"),
        pytest.param(f"Học viên,,Nơi làm việc\n{GOOD}", id="merged header"),
        pytest.param(
            "STT,Đơn vị,Họ tên,Mã học viên\n1,TYT Phường 1,Nguyễn Văn An,hv01\n,,,\n",
            id="marks, order, extra column, blank row",
        ),
    ],
)
def test_read_roster_odd_form(tmp_path, content):
    """The form in which Excel and people save a list costs nothing."""
    assert read_roster(write(tmp_path, content)) == [AN]


def test_read_roster_xlsx(tmp_path):
    """A workbook with a merged title above the header is read; numbers as ids stay whole."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["DANH SÁCH LỚP"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Mã học viên", "Họ tên", "Đơn vị", "Email"])
    sheet.append([17, "Trần Bình", "TTYT", "binh@example.org"])
    book.save(tmp_path / "ds.xlsx")

    assert read_roster(tmp_path / "ds.xlsx") == [
        Trainee("17", "Trần Bình", "TTYT", "binh@example.org")
    ]


def test_read_roster_names_all_bad_rows(tmp_path):
    """One message names every bad row, its fault, and a usable spelling of an id."""
    rows = ["Đặng/An,Đặng An,x", "hv01,A,x", "HV01,B,x", ",C,x", "hv04,,x", "a+b@c.vn,D,x"]
    with pytest.raises(Problem) as problem:
        read_roster(write(tmp_path, "ma_hoc_vien,ho_ten,don_vi\n" + "\n".join(rows)))
    said = str(problem.value)

    assert "dòng 2: mã 'Đặng/An'" in said
    assert "'Dang-An'" in said
    assert "dòng 4: mã 'HV01' trùng với dòng 3" in said
    assert "dòng 5: thiếu mã học viên" in said
    assert "dòng 6: thiếu họ tên" in said
    assert "'a-b-c.vn'" in said
    assert "dòng 3" not in said.replace("trùng với dòng 3", "")


@pytest.mark.parametrize("name", ["a/b", "..", ".an", "an.", "a b", "*", "ă", "-a", "x" * 65])
def test_read_roster_ids_that_nbgrader_cannot_take(tmp_path, name):
    """Ids that would break folders, patterns or zip names are refused."""
    with pytest.raises(Problem, match="dòng 2"):
        read_roster(write(tmp_path, f"ma_hoc_vien,ho_ten,don_vi\n{name},An,x\n"))


@pytest.mark.parametrize("name", ["a", "hv-01", "an.nguyen", "A_1", "x" * 64, "0123"])
def test_read_roster_ids_that_are_fine(tmp_path, name):
    """Letters, digits, hyphen, underscore and inner full stops are taken."""
    rows = read_roster(write(tmp_path, f"ma_hoc_vien,ho_ten,don_vi\n{name},An,x\n"))

    assert rows[0].ma_hoc_vien == name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ma_hoc_vien,don_vi\nhv01,x\n", "thiếu cột ho_ten"),
        ("", "thiếu cột ma_hoc_vien, ho_ten, don_vi"),
        ("ma_hoc_vien,ho_ten,don_vi\n", "không có học viên nào"),
        ("ma_hoc_vien,ho_ten,don_vi\nhv01,An,x,y\n", "dòng 2: có 4 ô"),
        (b"\x00\x01", "không phải là văn bản"),
    ],
)
def test_read_roster_no_list(tmp_path, content, said):
    """What is no class list is refused with the reason."""
    with pytest.raises(Problem, match=said):
        read_roster(write(tmp_path, content))


def test_read_roster_missing_file(tmp_path):
    """A missing file is named."""
    with pytest.raises(Problem, match=r"ds\.csv"):
        read_roster(tmp_path / "ds.csv")


def test_roster_csv_round_trip(tmp_path):
    """A list that was written reads back the same, names with commas and quotes too."""
    people = [AN, Trainee("hv02", 'Lê "Út", Hòa', "=1+1", "x@example.org")]

    assert read_roster(write(tmp_path, roster_csv(people))) == people
