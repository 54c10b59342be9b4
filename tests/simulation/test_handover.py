"""The list goes out and comes back: as a workbook, as a printed sheet, checked."""

import io
import re
import subprocess
import sys
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.facts import table
from generator.problems import Problem
from generator.vietnamese import LETTERS
from sosach.simulation.papers import handover
from sosach.simulation.papers.files import clean
from sosach.simulation.papers.handover import (
    check_list,
    read_import,
    read_list,
    write_list,
    write_sheet,
)
from sosach.simulation.people.police import LAYOUT, ROWS_PER_PAGE, PoliceList

DAY = date(2022, 5, 12)


def row(number, **more):
    """A row of the police about one record."""
    filled = dict.fromkeys(LAYOUT, "") | {"stt": str(number), "ma_ho_so": f"HS{number:04}"}
    filled |= {"ho_ten": "Đặng Thị Hòa", "ngay_sinh": "03/11/1985", "gioi_tinh": "Nữ"}
    filled |= {"loai_sai": "KHONG_CO_SO", "ho_ten_dung": "Đặng Thị Hòa", "gioi_tinh_dung": "Nữ"}
    filled |= {"ngay_sinh_dung": "03/11/1985", "so_dinh_danh_dung": f"07918500{number:04}"}
    page = str((number - 1) // ROWS_PER_PAGE + 1)
    filled |= {"ket_qua": "Đã bổ sung", "ca_ky": "Đã ký, 12/05/2022", "trang": page}
    return filled | more


def rows(count):
    """Rows about so many records."""
    return [row(n) for n in range(1, count + 1)]


def signed(some):
    """A list of some rows with everything that its head says."""
    return PoliceList(some, list_id="CA-0001", ward="(mã 27136)", day=DAY)


def text_of(path, *options):
    """What the pages of a PDF say."""
    command = ["pdftotext", *options, path, "-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split("\f")[:-1]


def test_titles_layout():
    """Columns and titles are those of layout F, in its order; remark and page are ours."""
    layout = [line for line in table("platform_columns") if line["dataset_id"] == "F"]
    keys = [line["column_key"].replace("ma_doi_tuong", "ma_ho_so") for line in layout]

    assert list(LAYOUT) == [*keys, "ghi_chu", "trang"]
    assert [handover.TITLES[key][0] for key in keys] == [line["column_vi"] for line in layout]


TEXT = st.text(st.sampled_from([*sorted(LETTERS), *"0123456789 /-.,=+'<&_x"]), max_size=25).map(
    clean
)
CODE = st.text("0123456789", max_size=12)
ROW = st.fixed_dictionaries(
    {c: CODE if c.startswith("so_") else TEXT for c in LAYOUT} | {"ma_ho_so": st.just("HS1")}
)


@given(st.lists(ROW, max_size=6))
@settings(max_examples=25)
def test_read_list_round_trip(tmp_path_factory, some):
    """What was written is read: every text, every leading zero."""
    path = tmp_path_factory.mktemp("list") / "a.xlsx"
    write_list(some, path)
    reading = read_list(path)

    assert [dict(sorted(r.items())) for r in reading.rows] == [
        dict(sorted(r.items())) for r in some
    ]
    assert (reading.refused, reading.notes) == ([], [])


def test_write_list_text_cells(tmp_path):
    """Every cell is text to Excel too, and says that the data are invented."""
    write_list(rows(2), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for line in book["Danh sách"].iter_rows() for cell in line if cell.value]

    assert {cell.data_type for cell in cells} == {"s"}
    assert book.worksheets[-1]["A1"].value == "DỮ LIỆU GIẢ LẬP"


def test_write_list_bytes(tmp_path):
    """Equal rows give equal bytes."""
    for name in ("a", "b"):
        write_list(rows(20), tmp_path / f"{name}.xlsx")

    made = openpyxl.load_workbook(tmp_path / "a.xlsx").properties.created

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert made.date() == handover.UNDATED


def test_read_list_wrong_number_of_platform(tmp_path):
    """What the platform shows wrong is no reason to refuse a row; it is what the list is about."""
    wrong = row(1, so_giay_to="7.9086E+10", so_dien_thoai="12345")
    write_list([wrong], tmp_path / "a.xlsx")

    assert read_list(tmp_path / "a.xlsx").rows == [wrong]


def test_read_list_own_titles():
    """A station's own table with the usual names is a list too."""
    data = "Mã hồ sơ;Họ tên đúng;Số CCCD đúng;Kết quả\nHS1;Lê An;079185000001;Đúng".encode()
    [got] = read_list(data).rows

    assert (got["so_dinh_danh_dung"], got["ket_qua"]) == ("079185000001", "Đúng")


def test_read_list_other_table():
    """A table without results is no list of the police."""
    with pytest.raises(Problem, match=r"thiếu cột Kết quả \(CA\)"):
        read_list("Mã hồ sơ;Họ tên\nHS1;Lê An".encode())


def test_read_import_layout():
    """The import has layout G, its phone may be missing; lines keep their number."""
    data = "STT,Mã đối tượng,Họ và tên,Ngày sinh,Giới tính,Số CCCD/CMND/định danh\n"
    [got] = read_import(f"{data}1,HS1,Lê An,1985,Nữ,079185000001".encode()).rows

    assert (got["ma_ho_so"], got["so_giay_to"], got["dong"]) == ("HS1", "079185000001", "2")


def test_read_import_police_list(tmp_path):
    """From the list of the police the right number is imported, not that of the platform."""
    write_list([row(1, so_giay_to="79185")], tmp_path / "a.xlsx")
    [got] = read_import(tmp_path / "a.xlsx").rows

    assert got["so_giay_to"] == "079185000001"


def test_read_import_lost_zeros():
    """A number without its zeros is refused; the other lines are imported."""
    book = openpyxl.Workbook()
    for line in (["Mã hồ sơ", "Số CCCD"], ["HS1", 79185000001], ["HS2", "079185000002"]):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    reading = read_import(out.getvalue())

    assert [got["ma_ho_so"] for got in reading.rows] == ["HS2"]
    assert reading.refused[0].sentence.startswith("Ô B2 (Số CCCD/CMND/định danh) là kiểu số")


def test_write_sheet_pages(tmp_path):
    """Every page says its number of all, the letterhead, the header and the signature block."""
    write_sheet(signed(rows(40)), tmp_path / "a.pdf")
    pages = [" ".join(page.split()) for page in text_of(tmp_path / "a.pdf")]

    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        for said in (
            *(f"Trang {number}/3", "DỮ LIỆU GIẢ LẬP", "Số: CA-0001", "Mã đối tượng", "STT"),
            *("CÔNG AN PHƯỜNG/XÃ (mã 27136)", "TRẠM Y TẾ (mã 27136)", "(ký, đóng dấu"),
            *("Ngày 12/05/2022", "(đã ký)"),
        ):
            assert said in page
    assert [f"HS{n:04}" for n in range(1, 41)] == re.findall(r"HS\d{4}", " ".join(pages))


def test_write_sheet_unsigned_page(tmp_path):
    """A page that was not signed has an empty block."""
    some = [row(n, **({"ca_ky": ""} if n > ROWS_PER_PAGE else {})) for n in range(1, 21)]
    write_sheet(signed(some), tmp_path / "a.pdf")
    first, second = text_of(tmp_path / "a.pdf")

    assert "(đã ký)" in first
    assert "(đã ký)" not in second
    assert "Ngày ...../...../" in second


def test_write_sheet_letters(tmp_path):
    """Every Vietnamese letter is in the one embedded font and can be read from the file."""
    letters = "".join(sorted(set(LETTERS)))
    words = re.findall(".{1,9}", letters)
    some = [row(1, ho_ten=" ".join(words)), row(2, ho_ten_dung="#let $x$ *b* _i_ [c] <d> @e \\f")]
    write_sheet(signed(some), tmp_path / "a.pdf")
    [page] = text_of(tmp_path / "a.pdf", "-raw")
    fonts = subprocess.run(
        ["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]

    assert all(word in page for word in words)
    assert "#let $x$ *b* _i_ [c] <d> @e \\f" in " ".join(page.split())
    assert all("LibertinusSerif" in line and " yes yes yes " in line for line in fonts)


def test_write_sheet_names(tmp_path):
    """All names stand in the sheet as text, also long ones, and no page spills over."""
    names = [
        f"{'Nguyễn Phước Bảo ' * (n % 5)}Công Tằng Tôn Nữ {letter}"
        for n, letter in enumerate(sorted(LETTERS)[:60])
    ]
    some = [row(n, ho_ten=name, ghi_chu=name) for n, name in enumerate(names, 1)]
    write_sheet(signed(some), tmp_path / "a.pdf")
    pages = text_of(tmp_path / "a.pdf", "-raw")
    flat = " ".join(" ".join(pages).split())

    assert len(pages) == 4
    assert all(name in flat for name in names)


@pytest.mark.slow
def test_write_sheet_bytes(tmp_path):
    """Equal lists give equal bytes, another process included."""
    write_sheet(signed(rows(20)), tmp_path / "a.pdf")
    code = (
        "import sys; from pathlib import Path; from datetime import date;"
        "from sosach.simulation.people.police import PoliceList;"
        "from sosach.simulation.papers.handover import write_sheet;"
        "write_sheet(PoliceList(eval(sys.argv[2]), [], 'CA-0001', '(mã 27136)',"
        " date(2022, 5, 12)), Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, tmp_path / "b.pdf", repr(rows(20))]
    subprocess.run(command, check=True)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_write_sheet_empty(tmp_path):
    """A list without rows is one page that says so."""
    write_sheet(PoliceList([]), tmp_path / "a.pdf")
    [page] = text_of(tmp_path / "a.pdf")

    assert "Danh sách không có hồ sơ nào." in page


def test_write_sheet_interrupted(tmp_path, monkeypatch):
    """A sheet that cannot be written leaves the old file and no half of the new one."""
    (tmp_path / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr(handover, "LAYOUT", (*LAYOUT, "khong_co"))

    with pytest.raises(KeyError):
        write_sheet(signed(rows(1)), tmp_path / "a.pdf")

    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.pdf", b"old")]


def test_check_list_right():
    """A complete and signed list has nothing to be said of."""
    assert check_list(rows(20), rows(20)) == []


def test_check_list_missing():
    """A record that did not come back is named."""
    assert check_list(rows(3), rows(2)) == ["Thiếu hồ sơ HS0003: hỏi lại công an."]


def test_check_list_unasked():
    """A record that nobody asked for is named."""
    told = check_list(rows(2), rows(3))

    assert told == ["Hồ sơ HS0003 không có trong danh sách gửi đi: không dùng dòng này."]


def test_check_list_twice():
    """A record with two rows is named."""
    assert check_list(rows(1), rows(1) * 2) == [
        "Hồ sơ HS0001 có 2 dòng: hỏi lại công an dòng nào đúng."
    ]


def test_check_list_unsigned():
    """An unsigned page is named once, with its number of records."""
    got = [row(n, ca_ky="" if n > ROWS_PER_PAGE else "Đã ký") for n in range(1, 19)]

    assert check_list(rows(18), got) == [
        "Trang 2 chưa có chữ ký của công an: 3 hồ sơ trên trang này chưa dùng được."
    ]


def test_check_list_somebody_else():
    """A row with somebody else's name, birth date and number is named with both."""
    got = row(1, ho_ten_dung="Võ Minh Khôi", ngay_sinh_dung="20/01/2001")

    assert check_list(rows(1), [got]) == [
        "Hồ sơ HS0001: gửi đi Đặng Thị Hòa (03/11/1985), trả lời Võ Minh Khôi (20/01/2001). "
        "Có thể là của người khác: hỏi lại công an."
    ]


def test_check_list_result():
    """A result that is none of layout F is named."""
    assert check_list(rows(1), [row(1, ket_qua="OK")]) == [
        "Hồ sơ HS0001: không rõ kết quả 'OK'. Hỏi lại công an."
    ]


def test_check_list_no_paper():
    """A table without the signature's column, as a call gives it, has no unsigned pages."""
    got = [{k: v for k, v in row(1).items() if k not in ("ca_ky", "trang")}]

    assert check_list(rows(1), got) == []


def test_template_in_package():
    """The template lies beside the code and asks for no package and no font of the machine."""
    text = (handover.files(handover.__package__) / "templates" / "handover.typ").read_text("utf-8")

    assert "@preview" not in text
    assert "import" not in text
