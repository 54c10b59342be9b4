"""Tables as people hand them in: every oddity in a file of its own."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from generator.problems import Problem
from generator.vietnamese import LETTERS, nfd
from sosach.simulation.papers import files as excel_files
from sosach.simulation.papers import reading as excel_reading
from sosach.simulation.papers import workbook as excel_workbook
from sosach.simulation.papers.files import clean
from sosach.simulation.papers.reading import read_rows

WANTED = {
    "ma_ho_so": ("Mã hồ sơ", "Mã đối tượng"),
    "ho_ten": ("Họ và tên", "Họ tên"),
    "ngay_sinh": ("Ngày sinh",),
    "so_giay_to": ("Số CCCD/CMND", "CCCD"),
}
HEADER = ["Mã hồ sơ", "Họ và tên", "Ngày sinh", "Số CCCD/CMND"]
AN = ["HS1", "Đặng Thị Hòa", "03/11/1985", "079185000001"]
BA = ["HS2", "Lê Ba", "1950", "025999901"]
ROWS = [dict(zip(WANTED, row, strict=True)) for row in (AN, BA)]


def book(*grids, change=None):
    """Return a workbook with one sheet per grid, changed by hand where wanted."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for grid in grids:
        sheet = made.create_sheet()
        for row in grid:
            sheet.append(row)
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def shared_book(*rows):
    """Return a workbook that holds its strings in one list, as Excel does."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Trang 1")
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                sheet.write_string(i, j, text)
    return out.getvalue()


def changed(data, part, old, new):
    """Return a workbook in which what a part says at a pattern was replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert re.search(old, text)
                text = re.sub(old, new, text)
            after.writestr(name, text)
    return out.getvalue()


def csv(*rows, separator=","):
    """Return a CSV file of rows that need no quotes."""
    return "\r\n".join(separator.join(row) for row in rows).encode()


def told(reading):
    """What was refused: line, column, sentence."""
    return [tuple(row) for row in reading.refused]


@pytest.mark.parametrize(
    "data",
    [
        book([HEADER, AN, BA]),
        shared_book(HEADER, AN, BA),
        csv(HEADER, AN, BA),
        csv(HEADER, AN, BA, separator=";"),
        csv(["sep=;"], HEADER, AN, BA, separator=";"),
        b"\xef\xbb\xbf" + csv(HEADER, AN, BA),
        csv(HEADER, AN, BA, separator="\t").decode().encode("utf-16"),
    ],
    ids=["inline", "shared", "csv", "semicolon", "sep", "bom", "utf16"],
)
def test_read_rows(data):
    """A plain table is read as it is, from any kind of file; the same file gives the same rows."""
    first, second = read_rows(data, WANTED), read_rows(data, WANTED)

    assert first.rows == second.rows == ROWS
    assert (first.refused, first.notes, first.numbers) == ([], [], [2, 3])


def test_read_rows_path(tmp_path):
    """A path does as well as bytes."""
    path = tmp_path / "Danh sách.xlsx"
    path.write_bytes(book([HEADER, AN, BA]))

    assert read_rows(path, WANTED).rows == ROWS


def test_read_rows_moved_columns():
    """Columns may stand in any order, with others between."""
    data = book([[HEADER[3], "Tổ", *HEADER[:3]], [AN[3], "5", *AN[:3]]])
    reading = read_rows(data, WANTED)

    assert reading.rows == ROWS[:1]
    assert reading.notes == ["Cột không dùng: Tổ."]


@pytest.mark.parametrize(
    "header",
    [
        ["MÃ ĐỐI TƯỢNG", "  họ   TÊN ", "Ngày sinh (*):", "cccd"],
        ["ma_ho_so", "ho_ten", "ngay_sinh", "so_giay_to"],
        [nfd(title) for title in HEADER],
        [title.replace(" ", "\u00a0") for title in HEADER],
        ["Ma ho so", "Ho\nva ten", "Ngay sinh", "So CCCD CMND"],
    ],
)
def test_read_rows_renamed_columns(header):
    """Titles may differ in case, blanks, marks, signs and the way their letters are stored."""
    assert read_rows(book([header, AN, BA]), WANTED).rows == ROWS


def test_read_rows_misspelt_column():
    """A title that nobody knows is named with the column that it may be."""
    data = book([[*HEADER[:2], "Ngày sing", HEADER[3]], AN])

    with pytest.raises(Problem, match=r"thiếu cột Ngày sinh.*viết 'Ngày sing'"):
        read_rows(data, WANTED)


def test_read_rows_optional_column():
    """A column that need not be there is blank, and that is said."""
    reading = read_rows(book([HEADER[:2], AN[:2]]), WANTED, needed=["ma_ho_so"])

    assert reading.rows == [{**ROWS[0], "ngay_sinh": "", "so_giay_to": ""}]
    assert reading.notes == ["Tệp không có cột Ngày sinh, Số CCCD/CMND: các ô này để trống."]


def test_read_rows_column_twice():
    """Two columns of one name are no certain table."""
    data = book([[*HEADER, "Họ tên"], [*AN, "Ai đó"]])

    with pytest.raises(Problem, match=r"hai cột Họ và tên .ô B1 và E1"):
        read_rows(data, WANTED)


def test_read_rows_title_above():
    """A letterhead in merged cells above the header does no harm."""

    def merge(made):
        made.worksheets[0].merge_cells("A1:D1")

    grid = [["DANH SÁCH", None], ["Phường 13"], [], HEADER, AN, BA]
    reading = read_rows(book(grid, change=merge), WANTED)

    assert reading.rows == ROWS
    assert reading.numbers == [5, 6]


def test_read_rows_header_of_two_lines():
    """Groups of columns with titles below them are one header."""
    upper = ["Mã hồ sơ", "Trên nền tảng", None, None]
    lower = [None, "Họ và tên", "Ngày sinh", "Số CCCD/CMND"]

    def merge(made):
        made.worksheets[0].merge_cells("A1:A2")
        made.worksheets[0].merge_cells("B1:D1")

    assert read_rows(book([upper, lower, AN, BA], change=merge), WANTED).rows == ROWS


def test_read_rows_second_header():
    """A header that stands inside is no row, even where it gives another order."""
    reading = read_rows(book([HEADER, AN, HEADER, BA]), WANTED)
    turned = read_rows(book([HEADER, AN, HEADER[::-1], BA[::-1]]), WANTED)

    assert reading.rows == turned.rows == ROWS
    assert reading.notes == turned.notes == ["Dòng 3 là tiêu đề lặp lại, không tính."]


def test_read_rows_second_header_short():
    """A header inside that lacks a needed column is refused with the whole file."""
    data = book([HEADER, AN, HEADER[:3], BA[:3]])

    with pytest.raises(Problem, match="tiêu đề ở dòng 3: thiếu cột Số CCCD"):
        read_rows(data, WANTED)


@pytest.mark.parametrize(
    ("block", "refused"),
    [("D2:D3", [2, 3]), ("A2:D2", [2]), ("C3:D3", [3]), ("D3:E3", []), ("E2:E3", [])],
)
def test_read_rows_merged(block, refused):
    """A line is refused where merged cells may hide what a wanted column says."""

    def merge(made):
        made.worksheets[0].merge_cells(block)

    data = book([[*HEADER, "Tổ"], [*AN, "1"], [*BA, "1"]], change=merge)
    reading = read_rows(data, WANTED)

    assert [number for number, _, _ in told(reading)] == refused
    assert reading.numbers == [n for n in (2, 3) if n not in refused]
    assert all("có ô gộp" in sentence for _, _, sentence in told(reading))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(790859999012, "790859999012"), (250123456.0, "250123456")],
)
def test_read_rows_number_certain(value, expected):
    """A whole number as long as a complete code has lost nothing."""
    assert read_rows(book([HEADER, [*AN[:3], value]]), WANTED).rows[0]["so_giay_to"] == expected


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (79085999901, "đã mất số 0 ở đầu .đang là 79085999901"),
        (25123456, "đã mất số 0 ở đầu"),
        (790860000000, "đã mất các chữ số cuối"),
        (79085.5, "đã mất chữ số"),
        (7.9085e20, "đã mất chữ số"),
        ("7,90860E+10", "đã mất chữ số"),
        ("79085999901.0", "đã mất số 0 ở đầu"),
        (datetime.fromisoformat("2022-05-07"), "là kiểu ngày"),
    ],
)
def test_read_rows_number_doubtful(value, why):
    """A number that may have lost zeros or digits is refused in its line, with what to do."""
    reading = read_rows(book([HEADER, [*AN[:3], value], BA]), WANTED)
    [(number, column, sentence)] = told(reading)

    assert (number, column, reading.rows) == (2, "so_giay_to", ROWS[1:])
    assert re.search(why, sentence)
    assert sentence.startswith("Ô D2 (Số CCCD/CMND)")
    assert sentence.endswith(
        "Hãy đặt cột ở dạng Văn bản (Text) rồi gõ lại đủ chữ số theo giấy tờ gốc."
    )


def test_read_rows_number_exponent():
    """A number that the file itself writes with an exponent is not certain."""
    data = book([HEADER, [*AN[:3], 790859999012]])
    data = changed(
        data, "xl/worksheets/sheet1.xml", b"<v>790859999012</v>", b"<v>7.90859999012E11</v>"
    )

    assert "đã mất chữ số" in told(read_rows(data, WANTED))[0][2]


def test_read_rows_csv_exponent():
    """What Excel left of a number in CSV is refused in its line; the others are read."""
    reading = read_rows(csv(HEADER, [*AN[:3], "7.9086E+10"], BA), WANTED)

    assert (reading.rows, [number for number, *_ in told(reading)]) == (ROWS[1:], [2])


def test_read_rows_shown_column():
    """Text that the platform shows stands, also where it is what Excel left of a number."""
    data = csv(HEADER, [*AN[:3], "7.9086E+10"])

    assert read_rows(data, WANTED, shown=["so_giay_to"]).rows[0]["so_giay_to"] == "7.9086E+10"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(1985, 11, 3), "03/11/1985"),
        (datetime.fromisoformat("1985-11-03"), "03/11/1985"),
        (1950, "1950"),
        ("3/11/85", "3/11/85"),
    ],
)
def test_read_rows_dates(value, expected):
    """A date cell is its day, a bare year a year, text stays text for others to judge."""
    reading = read_rows(book([HEADER, [*AN[:2], value, AN[3]]]), WANTED)

    assert reading.rows[0]["ngay_sinh"] == expected
    assert any("đảo ngày và tháng" in note for note in reading.notes) == isinstance(value, date)


@pytest.mark.parametrize("value", [datetime.fromisoformat("1985-11-03T13:05"), 31354, 1985.5, True])
def test_read_rows_dates_doubtful(value):
    """A day with hours, a bare serial number, a truth value: none is a birth date."""
    reading = read_rows(book([HEADER, [*AN[:2], value, AN[3]], BA]), WANTED)

    assert reading.rows == ROWS[1:]
    assert [(row.row_number, row.column) for row in reading.refused] == [(2, "ngay_sinh")]


def test_read_rows_dates_before_march_1900():
    """Excel's first two months of 1900 are off by a day, so such a day is not certain."""
    data = book([HEADER, [*AN[:2], datetime.fromisoformat("1985-11-03"), AN[3]]])
    data = changed(data, "xl/worksheets/sheet1.xml", b"<v>31354</v>", b"<v>59</v>")

    assert "ngày không chắc" in told(read_rows(data, WANTED))[0][2]


def test_read_rows_dates_1904():
    """Workbooks of old Macintoshes count their days from 1904."""

    def count_from_1904(made):
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    data = book(
        [HEADER, [*AN[:2], datetime.fromisoformat("1985-11-03"), AN[3]]], change=count_from_1904
    )

    assert read_rows(data, WANTED).rows[0]["ngay_sinh"] == "03/11/1985"


@pytest.mark.parametrize("formula", ["=CONCATENATE(0,79185000001)", ArrayFormula("D2", "=A1")])
def test_read_rows_formula(formula):
    """A formula is refused whatever it last showed."""
    data = book([HEADER, [*AN[:3], formula], BA])
    data = changed(data, "xl/worksheets/sheet1.xml", rb"<v ?/>|<v></v>", b"<v>079185000001</v>")
    reading = read_rows(data, WANTED)

    assert reading.rows == ROWS[1:]
    assert "Ô D2 (Số CCCD/CMND) là công thức" in told(reading)[0][2]


def test_read_rows_formula_elsewhere():
    """A formula in a column that nobody wants does no harm."""
    assert read_rows(book([["STT", *HEADER], ["=ROW()-1", *AN]]), WANTED).rows == ROWS[:1]


def test_read_rows_formula_csv():
    """In CSV a leading = is a formula to Excel, so it is one to us."""
    assert "là công thức" in told(read_rows(csv(HEADER, [*AN[:3], '="079"']), WANTED))[0][2]


def test_read_rows_error_cell():
    """An error of Excel is no text."""
    assert (
        "là lỗi của Excel (#N/A)"
        in told(read_rows(book([HEADER, [*AN[:3], "#N/A"]]), WANTED))[0][2]
    )


def test_read_rows_two_doubts():
    """A line with two doubtful cells is refused with both."""
    reading = read_rows(book([HEADER, ["HS1", "=A1", AN[2], 7908]]), WANTED)

    assert [(n, c) for n, c, _ in told(reading)] == [(2, "ho_ten"), (2, "so_giay_to")]


def test_read_rows_blank_lines():
    """Blank lines are passed over, and counted."""
    reading = read_rows(book([HEADER, AN, [" ", "\u00a0"], [None], BA]), WANTED)

    assert (reading.rows, reading.numbers) == (ROWS, [2, 5])
    assert reading.notes == ["Bỏ qua 2 dòng trống."]


def test_read_rows_nothing_wanted():
    """A line with nothing where it matters is refused, not lost."""
    reading = read_rows(book([["Tổ", *HEADER], ["1", *AN], ["Người lập bảng"]]), WANTED)

    assert told(reading) == [(3, "", "Dòng 3 không có gì ở các cột cần đọc.")]


def test_read_rows_other_sheet():
    """The sheet is the one with the table, wherever it stands; the others are named."""
    reading = read_rows(book([["Hướng dẫn", "x"]], [HEADER, AN, BA], [["Ghi nhớ"]]), WANTED)

    assert reading.rows == ROWS
    assert reading.notes == ["Đọc trang 'Sheet1'.", "Không đọc trang 'Sheet'."]


def test_read_rows_hidden_sheet():
    """A hidden sheet is never read; beside a visible one it is named, alone it is refused."""

    def hide(made):
        made.worksheets[1].sheet_state = "hidden"

    reading = read_rows(book([HEADER, AN], [HEADER, BA], change=hide), WANTED)

    assert (reading.rows, reading.notes) == (ROWS[:1], ["Không đọc trang 'Sheet1' (đang ẩn)."])
    with pytest.raises(Problem, match="trang đang ẩn 'Sheet1'"):
        read_rows(book([["x"]], [HEADER, BA], change=hide), WANTED)


def test_read_rows_two_tables():
    """Two sheets with such tables are no certain file; an empty one beside a filled one is."""
    with pytest.raises(Problem, match="nhiều trang cùng loại bảng: Sheet, Sheet1"):
        read_rows(book([HEADER, AN], [HEADER, BA]), WANTED)

    assert read_rows(book([HEADER], [HEADER, AN]), WANTED).rows == ROWS[:1]


def test_read_rows_wrong_file():
    """A table without the columns is refused with their names."""
    with pytest.raises(
        Problem, match=r"thiếu cột Mã hồ sơ, Họ và tên.*Không tìm thấy dòng tiêu đề"
    ):
        read_rows(book([["a", "b"], ["1", "2"]]), WANTED)


def test_read_rows_hidden_line():
    """A line that a filter hides is read, and that is said."""

    def hide(made):
        made.worksheets[0].row_dimensions[2].hidden = True

    reading = read_rows(book([HEADER, AN, BA], change=hide), WANTED)

    assert (reading.rows, reading.notes) == (ROWS, ["Dòng 2 đang ẩn nhưng vẫn được đọc."])


def test_read_rows_shifted_csv():
    """A line of CSV with too many or too few cells is refused: something has moved."""
    reading = read_rows(csv(HEADER, AN, [*BA, "thừa"], BA[:3]), WANTED)

    assert reading.rows == ROWS[:1]
    assert [sentence[:13] for *_, sentence in told(reading)] == ["Dòng 3 có 5 ô", "Dòng 4 có 3 ô"]


def test_read_rows_strings_in_pieces():
    """Letters in pieces, no-break blanks and unseen characters become plain text."""
    row = ["HS1\u200b", nfd("Đặng Thị Hòa"), "\u00a003/11/1985 ", "079185000001"]

    assert read_rows(book([HEADER, row]), WANTED).rows == ROWS[:1]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "thiếu cột"),
        (b"PK\x03\x04 nothing", "không mở được như bảng Excel"),
        (b"\xd0\xcf\x11\xe0 old", "tệp .xls cũ hoặc có mật khẩu"),
        ("Họ và tên".encode("cp1258", "replace") + b"\xff\xfe", "không phải văn bản UTF-8"),
        (b"a,b\0c", "không phải văn bản UTF-8"),
        (b'Ma ho so,"' + b"x" * 200_000, "không đọc được như bảng CSV"),
    ],
)
def test_read_rows_no_table(data, sentence):
    """What is no table gets one clear sentence."""
    with pytest.raises(Problem, match=sentence):
        read_rows(data, WANTED)


def test_read_rows_no_file(tmp_path):
    """A file that is not there is said so."""
    with pytest.raises(Problem, match=r"Tệp a.xlsx không mở được"):
        read_rows(tmp_path / "a.xlsx", WANTED)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><row"),
        ("xl/worksheets/sheet1.xml", b't="s"><v>0</v>', b't="s"><v>99</v>'),
        ("xl/worksheets/sheet1.xml", b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'a'>]><worksheet"),
    ],
)
def test_read_rows_damaged(part, old, new):
    """A damaged workbook, or one that declares entities, ends in a sentence."""
    with pytest.raises(Problem, match="không mở được như bảng Excel"):
        read_rows(changed(shared_book(HEADER, AN), part, old, new), WANTED)


def test_read_rows_rich_text():
    """Text in several fonts is one text; hints for pronouncing it are none of it."""
    data = shared_book(HEADER, AN)
    old = "<t>Đặng Thị Hòa</t>".encode()
    new = '<r><t xml:space="preserve">Đặng </t></r><r><t>Thị Hòa</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'

    assert (
        read_rows(changed(data, "xl/sharedStrings.xml", old, new.encode()), WANTED).rows == ROWS[:1]
    )


@pytest.mark.parametrize("text", ["a_x0041_b", "_x"])
def test_read_rows_escaped_text(text):
    """What looks like Excel's way to write a sign is still the text that was typed."""
    assert read_rows(shared_book(HEADER, [text, *AN[1:]]), WANTED).rows[0]["ma_ho_so"] == text


def test_read_rows_false_dimension():
    """The size that a file claims is not believed."""
    data = changed(book([HEADER, AN, BA]), "xl/worksheets/sheet1.xml", b'"A1:D3"', b'"A1:A1"')

    assert read_rows(data, WANTED).rows == ROWS


def test_read_rows_limits(monkeypatch):
    """A file beyond a limit is refused as a whole: size, size unpacked, lines."""
    data = shared_book(HEADER, AN, BA)
    for module, name, sentence in (
        (excel_reading, "MAX_BYTES", "lớn hơn"),
        (excel_workbook, "MAX_UNPACKED", "quá lớn khi giải nén"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, 10)
            with pytest.raises(Problem, match=sentence):
                read_rows(data, WANTED)
    monkeypatch.setattr(excel_files.Limits, "__init__", _two_lines)
    for table in (data, csv(HEADER, AN, BA)):
        with pytest.raises(Problem, match="quá nhiều dòng"):
            read_rows(table, WANTED)


def _two_lines(limits, name):
    limits.name, limits.lines, limits.cells = name, 2, 100


def test_read_rows_same_title():
    """Two columns that are called the same are a mistake of the caller."""
    with pytest.raises(ValueError, match="two columns have the title"):
        read_rows(b"", {"a": ("Số",), "b": ("số",)})


#: reads a file and prints how many rows and how much memory it took beyond what was there
MEASURE = """
import resource, sys
from pathlib import Path
from sosach.simulation.papers.reading import read_rows
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
reading = read_rows(Path(sys.argv[1]), {"ma_ho_so": ("Mã hồ sơ",)})
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(reading.rows), reading.notes[-1], (after - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
def test_read_rows_100_000_empty_lines(tmp_path):
    """100,000 empty lines of 16 formatted cells are passed over in less than 600 MB."""
    data = book([["Mã hồ sơ"], ["HS1"]])
    cells = "".join(f'<c r="{chr(65 + i)}{{0}}" s="0"/>' for i in range(16))
    lines = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(3, 100_003))
    path = tmp_path / "a.xlsx"
    big = changed(
        data, "xl/worksheets/sheet1.xml", b"</sheetData>", f"{lines}</sheetData>".encode()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        unpacked = zipfile.ZipFile(io.BytesIO(big))
        for name in unpacked.namelist():
            packed.writestr(name, unpacked.read(name))
    command = [sys.executable, "-c", MEASURE, path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows, *note, megabytes = done.stdout.split()

    assert (rows, " ".join(note)) == ("1", "Bỏ qua 100000 dòng trống.")
    assert int(megabytes) < 600


TEXT = st.text(
    st.sampled_from([*sorted(LETTERS), *"abcXYZ0123456789 .,;:/-+=()'\"#<>&_"]), max_size=20
)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(WANTED, TEXT)), max_size=8))
@settings(max_examples=60)
def test_read_rows_text(rows):
    """Text of an xlsx comes back as it was, blanks around it aside; blank rows are no rows."""
    data = shared_book(HEADER, *([row[key] for key in WANTED] for row in rows))
    expected = [{key: clean(text) for key, text in row.items()} for row in rows]
    shown = ["so_giay_to"]

    assert read_rows(data, WANTED, shown=shown).rows == [r for r in expected if any(r.values())]


@given(st.text(st.one_of(st.characters(), st.sampled_from("a\u200b\u0301\u00a0\n"))))
def test_clean(text):
    """Cleaning twice is cleaning once, and leaves one line that can be stored."""
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert len(cleaned.splitlines()) <= 1
    assert cleaned.encode().decode() == cleaned
