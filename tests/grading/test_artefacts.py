from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import to_cp1258
from sosach.grading import limits
from sosach.grading.artefacts import header_name, read_sheet, read_table
from sosach.grading.refusals import Refusal

COLUMNS = ("ma_ho_so", "nhom")
CODES = {"nhom": ("a", "b", "c")}
PLAIN = "ma_ho_so,nhom\nHS1,a\nHS2,b\n"
ROWS = [{"ma_ho_so": "HS1", "nhom": "a"}, {"ma_ho_so": "HS2", "nhom": "b"}]


def read(data):
    """Read bytes or text as danh_sach.csv."""
    data = data.encode() if isinstance(data, str) else data
    return read_table("danh_sach.csv", data, COLUMNS, ("ma_ho_so",), CODES)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAIN, id="plain"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN.encode(), id="BOM"),
        pytest.param(PLAIN.encode("utf-16"), id="UTF-16"),
        pytest.param(PLAIN.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(PLAIN.encode("utf-16-be"), id="UTF-16 big endian without a mark"),
        pytest.param(b"\xfe\xff" + PLAIN.encode("utf-16-be"), id="UTF-16 big endian"),
        pytest.param(PLAIN.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(PLAIN.replace("\n", "\r"), id="CR"),
        pytest.param(PLAIN.replace(",", ";"), id="semicolon"),
        pytest.param(PLAIN.replace(",", "\t"), id="tab"),
        pytest.param("sep=;\n" + PLAIN.replace(",", ";"), id="sep line"),
        pytest.param("sep=|\n" + PLAIN.replace(",", "|"), id="sep line, odd separator"),
        pytest.param("MA_HO_SO, Nhom \nHS1,a\nHS2,b\n", id="letter case of the header"),
        pytest.param("Mã hồ sơ,Nhóm\nHS1,a\nHS2,b\n", id="header with marks"),
        pytest.param(
            unicodedata.normalize("NFD", "Mã hồ sơ,Nhóm\nHS1,a\nHS2,b\n"), id="decomposed letters"
        ),
        pytest.param("ma_ho_so,nhom\n HS1 ,A\nHS2\u00a0, b\n", id="spaces and upper case"),
        pytest.param('"ma_ho_so","nhom"\n"HS1","a"\n"HS2","b"\n', id="quoted"),
        pytest.param("nhom,ho_ten,ma_ho_so\na,An,HS1\nb,Bình,HS2\n", id="extra column, order"),
        pytest.param("ma_ho_so,nhom,ghi_chu\nHS1,a,\nHS2,b,\n", id="empty extra column"),
        pytest.param('ma_ho_so,nhom,x\nHS1,a,"1\n2"\nHS2,b,3\n', id="cell of two lines"),
        pytest.param("ma_ho_so,nhom\n\nHS1,a\n,\nHS2,b\n\n\n", id="blank rows"),
        pytest.param("ma_ho_so,nhom\nHS1,a\nHS2,b", id="no newline at the end"),
        pytest.param("ma_ho_so,nhom\nHS1,a,,\nHS2,b,,\n", id="empty cells beyond the header"),
        pytest.param("DANH SÁCH,\nPhường 1,\nma_ho_so,nhom\nHS1,a\nHS2,b\n", id="title rows"),
        pytest.param("Hồ sơ,,Xếp loại\nma_ho_so,tt,nhom\nHS1,1,a\nHS2,2,b\n", id="merged header"),
        pytest.param("ma_ho_so,nhom\nHS1,a\nHS1,a\nHS2,b\n", id="row twice, same content"),
        pytest.param("ma_ho_so,nhom,x,y\nHS1,a\nHS2,b,1\n", id="blank ends left out"),
        pytest.param(to_cp1258("Mã hồ sơ;Nhóm\nHS1;a\nHS2;b\n"), id="Windows-1258"),
    ],
)
def test_read_table_odd_form(data):
    """What programs and keyboards do to the form of a table costs nothing."""
    assert read(data).rows == ROWS


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("ma_ho_so\nHS1\n", "thiếu cột nhom"),
        ("", "thiếu cột ma_ho_so, nhom"),
        ("\n\n", "thiếu cột"),
        ("ma_ho_so,nhom\nHS1,a\nHS1,b\n", "dòng 2 và dòng 3"),
        ("ma_ho_so,nhom\nHS1,a\nHS2,d\n", "dòng 3, cột nhom: không có mã 'd'"),
        ("ma_ho_so,nhom\nHS1,a,b\n", "dòng 2: có 3 ô trong khi tiêu đề có 2 ô"),
        ("ma_ho_so,nhom,Nhóm\nHS1,a,b\n", "hai cột cùng tên nhom"),
        ("TIÊU ĐỀ,\nma_ho_so,nhom\nHS1,z\n", "dòng 3"),
        (f"ma_ho_so,nhom\n{'x' * 10_001},a\n", "dòng 2: có ô dài hơn"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "là ảnh chụp"),
        (b"\0\1\2\3", "không phải là văn bản"),
        ("Ðạt,ma_ho_so\n".encode("utf-16-le"), "không phải là văn bản"),
        (b"ma_ho_so,nhom\nHS1,\xe3\n", "không phải là văn bản UTF-8: chữ ở bảng mã cũ"),
        (b"PK\x03\x04 not a workbook", "không mở được như bảng tính"),
        (b"x" * 2_000_001, "lớn hơn 2 MB"),
    ],
)
def test_read_table_refused(data, said):
    """Content that is ambiguous or no table is refused with place and reason."""
    with pytest.raises(Refusal, match=r"danh_sach\.csv") as refusal:
        read(data)

    assert said in str(refusal.value)


def test_read_table_repeated_row():
    """A row that says the same again is counted once, and said."""
    assert "dòng 3 lặp lại" in read("ma_ho_so,nhom\nHS1,a\nHS1,a\n").notes[0]


def test_read_table_title_note():
    """A title above the header is passed over, and said."""
    assert "tiêu đề cột ở dòng 3" in read("A,\nB,\nma_ho_so,nhom\nHS1,a\n").notes[0]


def test_read_table_line_separators_inside_a_cell():
    """Unicode line separators and vertical tabs do not split rows."""
    data = "ma_ho_so,nhom,x\nHS1,a,1\u2028\x0b\u00852\n"

    assert read(data).rows == ROWS[:1]


def test_read_table_untrusted_value_is_cut():
    """What is quoted back from the trainee's file is cut short."""
    with pytest.raises(Refusal) as refusal:
        read(f"ma_ho_so,nhom\nHS1,{'z' * 500}\n")

    assert len(str(refusal.value)) < 200


def test_read_sheet_missing_columns():
    """Rows are read with the columns that are there; the others are named."""
    sheet = read_sheet("x.csv", b"ma_ho_so,tuoi\nHS1,3\n", ("ma_ho_so", "nhom"))

    assert sheet.missing == ["nhom"]
    assert sheet.rows == [(2, {"ma_ho_so": "HS1"})]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("ma_ho_so", "ma_ho_so"),
        ("\ufeffMã hồ sơ*", "ma_ho_so"),
        ("Đơn vị (công tác)", "don_vi_cong_tac"),
        ("", ""),
    ],
)
def test_header_name_spellings(title, name):
    """Marks, case and punctuation of a column title do not matter."""
    assert header_name(title) == name


def test_read_table_rows_without_a_choice_are_left_out():
    """Who hands in the whole table from Excel leaves the cells of unlisted records blank."""
    found = read("ma_ho_so,nhom\nHS1,a\nHS2,\nHS3,\n")

    assert found.rows == [{"ma_ho_so": "HS1", "nhom": "a"}]
    assert "2 dòng" in found.notes[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbf" + PLAIN.encode(), "dấu BOM"),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (PLAIN.encode("utf-16-le"), "UTF-16"),
        (PLAIN.replace("\n", "\r\n"), "kiểu Windows"),
        (PLAIN.replace("\n", "\r"), "máy Mac cũ"),
        (PLAIN.replace(",", ";"), "dấu chấm phẩy"),
        (PLAIN.replace(",", "\t"), "dấu tab"),
        ("sep=;\n" + PLAIN.replace(",", ";"), "dòng sep="),
        (unicodedata.normalize("NFD", "Mã hồ sơ,nhom\nHS1,a\n"), "chữ có dấu rời"),
        ("MA_HO_SO,nhom\nHS1,a\n", "tiêu đề viết cách khác"),
        ("ma_ho_so,nhom,ghi_chu,x\nHS1,a,,\n", "thừa 2 cột"),
    ],
)
def test_read_table_form_is_told(data, said):
    """What was odd in the form is said in one sentence that takes away the worry."""
    (note,) = read(data).notes

    assert said in note
    assert "không bị trừ điểm" in note


def test_read_table_plain_is_not_told():
    """A table as the course writes it needs no note."""
    assert read(PLAIN).notes == []


def test_read_table_missing_columns_names_what_is_there():
    """A missing column is named together with those that are there."""
    with pytest.raises(Refusal, match=r"thiếu cột nhom.*đang có: ma_ho_so, loai"):
        read("ma_ho_so,loai\nHS1,a\n")


def test_read_table_excel_damage_in_a_key():
    """Two ids that Excel made alike are refused, and Excel is named."""
    with pytest.raises(Refusal, match=r"dòng 2 và dòng 3.*rút gọn"):
        read("ma_ho_so,nhom\n7.9E+10,a\n7.9E+10,b\n")


def test_read_table_too_many_rows(monkeypatch):
    """More filled rows than the limit are refused; blank ones do not count."""
    monkeypatch.setattr(limits, "MAX_ROWS", 20)
    rows = "".join(f"HS{i},a\n" for i in range(20))
    assert len(read(f"ma_ho_so,nhom\n{rows}" + ",\n" * 500).rows) == 20

    with pytest.raises(Refusal, match="hơn 20 dòng"):
        read(f"ma_ho_so,nhom\n{rows * 2}")


def test_read_table_unseen_characters():
    """Controls, letters without width and halves of pairs are gone from what is read."""
    data = "ma_ho_so,nhom,x\n\u200bHS1\u200e,a,\n".encode() + b"HS\x1b[2J2,b,\n"

    assert [row["ma_ho_so"] for row in read(data).rows] == ["HS1", "HS[2J2"]


def test_read_table_quote_without_end():
    """A quotation mark that is never closed is a sentence, not a crash."""
    with pytest.raises(Refusal, match=r"danh_sach\.csv, dòng"):
        read('ma_ho_so,nhom\nHS1,"a\n' + "HS2,b\n" * 30_000)


TEXTS = st.text(st.sampled_from("mahosnhabc,;\t\n\r\"'=@+-1 \u00a0\ufeff\u0303Ðđ\x00\x1b{}[]:"))


@given(
    st.one_of(
        st.binary(),
        TEXTS.map(str.encode),
        TEXTS.map(lambda t: t.encode("utf-16")),
        TEXTS.map(lambda t: f"ma_ho_so,nhom\n{t}".encode()),
        TEXTS.map(lambda t: f"sep=;\nma_ho_so;nhom\n{t}".encode("utf-8-sig")),
        st.binary().map(lambda b: b"PK\x03\x04" + b),
        st.sampled_from([b"[", b"{", b"<", b"%PDF", b"\xff\xfe", b"\xfe\xff\0", b"\xef\xbb\xbf"]),
    )
)
def test_read_table_any_bytes(data):
    """Whatever is handed in is read or refused; what is read can be written and shown."""
    try:
        artefact = read(data)
    except Refusal:
        return

    for row in artefact.rows:
        assert set(row) == set(COLUMNS)
        assert row["nhom"] in CODES["nhom"]
        "".join(row.values()).encode()


@given(st.lists(st.text(), min_size=1, max_size=3), st.binary(max_size=60))
def test_read_sheet_any_columns(columns, data):
    """Whatever columns are asked of whatever bytes, there is a sheet or a sentence."""
    try:
        sheet = read_sheet("x.csv", data, tuple(columns))
    except Refusal:
        return

    assert set(sheet.missing) <= set(columns)
