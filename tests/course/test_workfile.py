import shutil
import subprocess

import openpyxl
import pytest

from sosach.course.workfile import TITLES, read_filled, write_empty
from sosach.grading.artefacts import Refusal, header_name
from sosach.review.actions import DECISION
from tests.screen_cases import all_forms, decision_case, group_case


def sheet_of(path):
    """Return the workbook and its sheet to fill in."""
    book = openpyxl.load_workbook(path)
    return book, book["Bài làm"]


def columns(sheet):
    """Return the place of every column by its title."""
    return {cell.value: cell.column for cell in sheet[1]}


def fill(path, *rows):
    """Fill in rows: (row number, {title: value}); return the bytes as Excel would save them."""
    book, sheet = sheet_of(path)
    place = columns(sheet)
    for number, values in rows:
        for title, value in values.items():
            sheet.cell(number, place[title]).value = value
    book.save(path)
    return path.read_bytes()


@pytest.fixture
def groups(tmp_path):
    """The case of the list by groups, and its empty work file."""
    case = group_case(mode="class")
    write_empty(case, [], tmp_path / "phieu.xlsx")
    return case, tmp_path / "phieu.xlsx"


@pytest.fixture
def decisions(tmp_path):
    """The case of decisions, and its empty work file."""
    case = decision_case(mode="class")
    write_empty(case, [], tmp_path / "phieu.xlsx")
    return case, tmp_path / "phieu.xlsx"


def test_titles_lead_back_to_columns():
    """The reader finds every column of every artefact under its title."""
    for column in {column for form in all_forms() for column in form.columns}:
        assert header_name(TITLES[column]) == column


def test_write_empty_is_text_with_lists(groups):
    """Every cell is text, numbers keep their zeros, the answers come from a list."""
    case, path = groups
    book, sheet = sheet_of(path)
    place = columns(sheet)
    numbers = [sheet.cell(i, place["Số giấy tờ"]).value or "" for i in range(2, 42)]

    assert book.sheetnames == [*("Hướng dẫn", "Bài làm", "Mũi tiêm", "Danh mục", "Dữ liệu giả lập")]
    assert numbers == [record.cells[3] for record in case.records]
    assert {cell.number_format for row in sheet["A2:J41"] for cell in row} == {"@"}
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == "'Danh mục'!$A$2:$A$5"
    assert [book["Danh mục"].cell(i, 1).value for i in range(2, 6)] == [
        "Nhóm a: Không có số CCCD/CMND",
        "Nhóm b: Số sai định dạng",
        "Nhóm c: Sai thông tin cơ bản",
        "Không đưa vào: Không cần gửi đối chiếu",
    ]


def test_read_filled_untouched(groups):
    """An untouched work file decides nothing and has no errors."""
    case, path = groups
    filled = read_filled(case, "phieu.xlsx", path.read_bytes())

    assert (filled.decisions, filled.errors) == ([], [])


def test_read_filled_words_codes_and_errors(groups):
    """Words, short words and codes are read; a wrong row is named and costs itself alone."""
    case, path = groups
    data = fill(
        path,
        (2, {"Nhóm": "Nhóm a: Không có số CCCD/CMND"}),
        (3, {"Nhóm": " nhóm  B "}),
        (4, {"Nhóm": "c"}),
        (5, {"Nhóm": "Không đưa vào"}),
        (6, {"Nhóm": "nhóm d"}),
        (7, {"Mã hồ sơ": "HS1", "Nhóm": "a"}),
    )
    filled = read_filled(case, "phieu.xlsx", data)

    ids = [record.id for record in case.records]
    assert [(d["ma_ho_so"], d["hanh_dong"]) for d in filled.decisions] == [
        (ids[0], "a"),
        (ids[1], "b"),
        (ids[2], "c"),
        (ids[3], "khong"),
    ]
    assert len(filled.errors) == 2
    assert filled.errors[0].startswith("dòng 6: ")
    assert "'nhóm d' không có trong danh sách" in filled.errors[0]
    assert filled.errors[1].startswith("dòng 7: không có mã 'HS1'")


def test_read_filled_record_twice(groups):
    """A record that gets two groups is named with both rows; the first row counts."""
    case, path = groups
    first = case.records[0].id
    data = fill(path, (2, {"Nhóm": "a"}), (3, {"Mã hồ sơ": first, "Nhóm": "b"}))
    filled = read_filled(case, "phieu.xlsx", data)

    assert [d["hanh_dong"] for d in filled.decisions] == ["a"]
    assert filled.errors == [
        f"dòng 3: đã có dòng 2 cho '{first}' với nội dung khác. Hãy giữ một dòng."
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"Hành động": "Tạm giữ, chưa ký"}, "Hãy chọn lý do."),
        ({"Lý do": "Dữ liệu đúng"}, "chưa chọn hành động."),
        ({"Hành động": "Tạm giữ, chưa ký", "Lý do": "Dữ liệu đúng"}, "không dùng cho việc"),
        ({"Hành động": "Sửa theo chứng từ gốc", "Lý do": "Sai ngày tiêm"}, "Hãy chọn ô cần sửa."),
        ({"Hành động": "HOLD", "Lý do": "sai_mui", "Mã mũi": "MU1"}, "không có mũi 'MU1'"),
        ({"Hành động": "TAM_GIU", "Lý do": "sai mui"}, "lý do 'sai mui' không có"),
    ],
)
def test_read_filled_decisions_say_what_is_missing(decisions, values, said):
    """What an action asks for on the screen, it asks for in Excel."""
    case, path = decisions
    filled = read_filled(case, "phieu.xlsx", fill(path, (2, values)))

    assert filled.decisions == []
    assert len(filled.errors) >= 1
    assert said in " ".join(filled.errors)


def test_decisions_there_and_back(decisions, tmp_path):
    """What is decided already stands in the file, and comes back as it was."""
    case, _ = decisions
    record = next(r for r in case.records if r.doses)
    made = [
        dict.fromkeys(DECISION, "") | parts
        for parts in (
            {"ma_ho_so": record.id, "hanh_dong": "HOLD", "ly_do": "sai_mui"},
            {
                "ma_ho_so": record.id,
                "ma_mui": record.doses[0].id,
                "truong": "ngay_tiem",
                "hanh_dong": "FIX_FROM_SOURCE",
                "gia_tri_moi": "01/09/2021",
                "ly_do": "sai_ngay_tiem",
            },
        )
    ]
    path = tmp_path / "co_san.xlsx"
    write_empty(case, made, path)
    filled = read_filled(case, "co_san.xlsx", path.read_bytes())

    assert filled.errors == []
    assert filled.decisions == made


def test_read_filled_no_work_file(groups):
    """Another table, and what is no table, are refused in words."""
    case, path = groups
    book = openpyxl.Workbook()
    book.active.append(["Tên", "Tuổi"])
    book.save(path)

    assert "thiếu cột" in read_filled(case, "khac.xlsx", path.read_bytes()).errors[0]
    with pytest.raises(Refusal):
        read_filled(case, "hong.xlsx", b"PK\x03\x04" + b"x" * 100)


@pytest.mark.full
@pytest.mark.slow
def test_saved_by_libreoffice(decisions, tmp_path):
    """LibreOffice opens the file, saves it, and everything is as it was: lists, zeros, choices."""
    case, path = decisions
    record = case.records[0]
    choice = {"Hành động": "Tạm giữ, chưa ký", "Lý do": "Sai thứ tự, loại hoặc số mũi"}
    fill(path, (2, choice), (3, {"Hành động": "gì đó"}))
    assert shutil.which("soffice"), "LibreOffice is missing: install libreoffice-calc"
    again = tmp_path / "luu_lai"
    own = f"-env:UserInstallation=file://{tmp_path}/ho_so"
    command = ["soffice", own, "--headless", "--convert-to", "xlsx", "--outdir", again, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = (again / path.name).read_bytes()
    filled = read_filled(case, path.name, saved)
    _, sheet = sheet_of(again / path.name)
    numbers = [sheet.cell(i, columns(sheet)["Số giấy tờ"]).value or "" for i in range(2, 82)]

    assert saved != path.read_bytes()
    assert [(d["ma_ho_so"], d["hanh_dong"], d["ly_do"]) for d in filled.decisions] == [
        (record.id, "HOLD", "sai_mui")
    ]
    assert [error[:8] for error in filled.errors] == ["dòng 3: "]
    assert numbers == [r.cells[3] for r in case.records]
    assert sheet.data_validations.dataValidation
