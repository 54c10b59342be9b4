"""Pages that are handed out, and what comes back from them."""

from __future__ import annotations

import json
import shutil
import zipfile

import openpyxl
import pytest

from generator.problems import Problem
from sosach.classroom import collect, grade, release, resit, write_pages
from sosach.classroom.folder import ClassFolder
from tests.classroom.conftest import EXERCISE, csv_text, right_rows
from tests.screen_cases import page_result

WHO = "chua_nop"


@pytest.fixture
def result(own_class):
    """A perfect result of the trainee who has handed in nothing, as its page writes it."""
    return made(own_class, WHO)


def made(folder, trainee, **changes):
    """Return a perfect result of a trainee, in JSON."""
    page = write_pages(folder, EXERCISE)[0].parents[1] / trainee / f"{EXERCISE}__{trainee}.html"
    case = json.loads(
        page.read_text(encoding="utf-8").split('id="ho-so">')[1].split("</script>")[0]
    )
    owner = {
        "bai": EXERCISE,
        "lop": case["class_id"],
        "hoc_vien": trainee,
        "goi": case["pack"],
        "tep": {"danh_sach.csv": csv_text(right_rows(folder, trainee))},
    }
    return page_result(**owner | changes)


def entry(ledgers, name=WHO):
    """Return status and sentences of one trainee."""
    found = ledgers[0].entries[name]
    return found.status, " ".join(found.sentences)


def test_write_pages_hold_no_key(own_class):
    """Beside every pack lies one page that names its trainee and holds no right answer."""
    pages = write_pages(own_class, EXERCISE)
    texts = [page.read_text(encoding="utf-8") for page in pages]
    names = [trainee.ma_hoc_vien for trainee in ClassFolder.load(own_class).trainees()]

    assert [page.parent.name for page in pages] == sorted(names)
    assert [f'"trainee":"{n}"' in t for n, t in zip(sorted(names), texts, strict=True)] == [
        True
    ] * 12
    assert not any('"must"' in text or '"answers"' in text for text in texts)
    assert write_pages(own_class, EXERCISE) == pages
    assert [page.read_text(encoding="utf-8") for page in pages] == texts


def test_write_pages_of_a_changed_pack(own_class):
    """A page is never made of data that are not what was handed out."""
    table = own_class / "phat_bai" / WHO / EXERCISE / "du_lieu" / "doi_tuong.csv"
    table.write_bytes(table.read_bytes() + b"\n")

    with pytest.raises(Problem, match="đã khác lúc phát"):
        write_pages(own_class, EXERCISE)


def test_write_pages_of_a_resit(own_class):
    """A resit's page bears the resit's name, so that its result is not taken for the first one's."""
    again = resit(own_class, EXERCISE, [WHO])
    (page,) = write_pages(own_class, again.exercise)

    assert page.name == f"{EXERCISE}_lan2__{WHO}.html"
    assert f'"exercise":"{EXERCISE}_lan2"' in page.read_text(encoding="utf-8")


def test_grade_a_result(own_class, result):
    """A result is marked like any other hand-in, without a word about a notebook."""
    (own_class / "thu_bai" / f"{EXERCISE}__{WHO} (1).json").write_bytes(result)
    done = grade(own_class, [EXERCISE])[0].entries[WHO]

    assert (done.status, done.sentences) == ("graded", ())
    assert done.points == done.max_points


def test_grade_the_table_for_excel(own_class):
    """The page's table for Excel counts in place of the result."""
    path = own_class / "thu_bai" / f"{EXERCISE}__{WHO}__danh_sach.xlsx"
    book = openpyxl.Workbook()
    for row in [("ma_ho_so", "nhom"), *right_rows(own_class, WHO)]:
        book.active.append(row)
    book.save(path)
    done = grade(own_class, [EXERCISE])[0].entries[WHO]

    assert done.graded
    assert done.points == done.max_points


def test_grade_the_excel_file(own_class):
    """The Excel file that lay beside the pack: right rows count, a wrong one is named by number."""
    write_pages(own_class, EXERCISE)
    name = f"{EXERCISE}__{WHO}.xlsx"
    book = openpyxl.load_workbook(own_class / "phat_bai" / WHO / name)
    sheet, right = book["Bài làm"], dict(right_rows(own_class, WHO))
    group = next(cell.column for cell in sheet[1] if cell.value == "Nhóm")
    rows = [i for i in range(2, sheet.max_row + 1) if sheet.cell(i, 1).value in right]
    for i in rows:
        sheet.cell(i, group).value = f"Nhóm {right[sheet.cell(i, 1).value]}"
    sheet.cell(rows[-1], group).value = "nhóm d"
    book.save(own_class / "thu_bai" / name)
    done = grade(own_class, [EXERCISE])[0].entries[WHO]

    assert done.status == "repaired"
    assert f"dòng {rows[-1]}: nhóm 'nhóm d' không có trong danh sách" in " ".join(done.sentences)
    assert 0.8 * done.max_points < done.points < done.max_points


def test_collect_an_excel_file_that_is_none(own_class):
    """What only bears the name of an Excel file is refused in words."""
    (own_class / "thu_bai" / f"{EXERCISE}__{WHO}.xlsx").write_bytes(b"PK\x03\x04x")
    status, sentence = entry(collect(own_class))

    assert status == "refused"
    assert f"{EXERCISE}__{WHO}.xlsx" in sentence


@pytest.mark.parametrize("place", [f"{WHO}/{EXERCISE}/kq.json", f"{EXERCISE}__{WHO}.zip"])
def test_collect_a_result_inside(own_class, result, place):
    """A result that was put into a folder or zipped for the mail is found there."""
    path = own_class / "thu_bai" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("ket qua.json", result)
    else:
        path.write_bytes(result)

    assert entry(collect(own_class)) == ("received", "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"bai": "k1_03"}, "là của bài 'k1_03', không phải bài"),
        ({"lop": "khac"}, "là của lớp 'khac', không phải lớp"),
        ({"hoc_vien": "dung"}, "là của học viên 'dung', không phải học viên 'chua_nop'"),
        ({"hoc_vien": ""}, "là kết quả luyện tập. Hãy làm bài trên tệp HTML"),
        ({"goi": "ab" * 32}, "không làm trên gói bài đã phát"),
        ({"phien_ban": 2}, "bản mới hơn"),
        ({"tep": {"../x.csv": ""}}, "bị hỏng"),
    ],
)
def test_collect_a_result_of_something_else(own_class, change, said):
    """A result of another exercise, class, trainee or pack is refused with what to do."""
    (own_class / "thu_bai" / f"{EXERCISE}__{WHO}.json").write_bytes(made(own_class, WHO, **change))
    status, sentence = entry(collect(own_class))

    assert status == "refused"
    assert said in sentence
    assert "Hãy" in sentence


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: data[: len(data) // 2], "không phải là tệp kết quả"),
        (lambda data: b"PK\x03\x04" + data, "không phải là tệp kết quả"),
        (lambda data: data + b" " * 8_000_000, "lớn hơn 8 MB"),
    ],
    ids=["truncated", "no JSON", "too big"],
)
def test_collect_a_spoiled_result(own_class, result, spoil, said):
    """A damaged file is that trainee's, refused in words; everybody else is taken in."""
    (own_class / "thu_bai" / f"{EXERCISE}__{WHO}.json").write_bytes(spoil(result))
    ledgers = collect(own_class)

    assert said in entry(ledgers)[1]
    assert entry(ledgers)[0] == "refused"
    assert entry(ledgers, "dung")[0] == "received"


def test_collect_work_on_another_pack_under_a_false_name(own_class):
    """Who writes the own name into somebody else's result gets nothing for it, and it is said."""
    rows = csv_text(right_rows(own_class, "dung"))
    (own_class / "thu_bai" / f"{EXERCISE}__{WHO}.json").write_bytes(
        made(own_class, WHO, tep={"danh_sach.csv": rows})
    )
    (ledger,) = collect(own_class)

    assert "không thuộc gói bài của chua_nop" in entry([ledger])[1]
    assert any("phần lớn là của học viên dung" in said for said in ledger.entries[WHO].remarks)


@pytest.mark.parametrize("again", [False, True], ids=["lost", "made again"])
def test_grade_a_result_without_the_pack(own_class, result, again):
    """A page's work is right whether or not the class's copy of the pack is still the first."""
    (own_class / "thu_bai" / f"{EXERCISE}__{WHO}.json").write_bytes(result)
    shutil.rmtree(own_class / "phat_bai" / WHO)
    if again:
        release(own_class, [EXERCISE], "lam_quen")
    (ledger,) = grade(own_class)

    assert ledger.entries[WHO].points == pytest.approx(ledger.entries[WHO].max_points)


def spoil_table(pack):
    """Change a table of a pack that was handed out."""
    with (pack / "du_lieu" / "doi_tuong.csv").open("a", encoding="utf-8") as file:
        file.write("x")


@pytest.mark.parametrize("lose", [shutil.rmtree, spoil_table], ids=["lost", "changed"])
def test_collect_a_filled_in_sheet_without_the_pack(own_class, lose):
    """An Excel file needs the class's copy of the pack: the sentence says how to make it again."""
    write_pages(own_class, EXERCISE)
    name = f"{EXERCISE}__{WHO}.xlsx"
    shutil.copyfile(own_class / "phat_bai" / WHO / name, own_class / "thu_bai" / name)
    lose(own_class / "phat_bai" / WHO / EXERCISE)
    ledgers = collect(own_class)

    assert "phát lại bài" in entry(ledgers)[1]
    assert entry(ledgers, "dung")[0] == "received"
