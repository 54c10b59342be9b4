import csv
import json
import runpy
import zipfile

import openpyxl
import pandas as pd
import pytest

from generator.problems import Problem
from sosach.course import mo_bai

EXERCISE = "k1_02_lap_danh_sach"


def read_list(folder):
    """Return the rows of the list on disk."""
    with (folder / "bai_nop" / "danh_sach.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def click_through(screen, rows):
    """Do by the screen's verbs what the buttons do, for every record."""
    groups = {row["ma_ho_so"]: row["nhom"] for row in rows}
    for _ in screen.hien:
        screen.chon(screen.dang_xem, groups.get(screen.dang_xem, "khong"))


def test_solution_is_right(root, folder):
    """The trainer's solution runs as plain Python and earns everything."""
    runpy.run_path(str(root / "solutions" / f"{EXERCISE}.py"))

    assert "Đúng 30/30 hồ sơ, được 10/10 điểm" in str(mo_bai(EXERCISE).kiem_tra())


def test_kiem_tra_untouched(bai):
    """Nothing done: no points, but what to do first."""
    notice = bai.kiem_tra()

    assert notice.kind == "loi"
    assert "Chưa có bài làm" in str(notice)


def test_screen_and_code_leave_the_same_bytes(folder, right):
    """Clicks and pandas give the same file and the same mark."""
    bai = mo_bai(EXERCISE)
    rows = right(bai)
    click_through(bai.man_hinh(), rows)
    clicked = (folder / "bai_nop" / "danh_sach.csv").read_bytes()
    clicked_mark = bai.kiem_tra().title
    by_code = pd.DataFrame(sorted(rows, key=lambda row: row["ma_ho_so"]))
    bai.luu(by_code)

    assert (folder / "bai_nop" / "danh_sach.csv").read_bytes() == clicked
    assert bai.kiem_tra().title == clicked_mark == "Đúng 30/30 hồ sơ, được 10/10 điểm luyện tập."


def test_kiem_tra_explains_every_wrong_record(bai, right):
    """In practice each wrong record has three steps and then the reason with its document."""
    rows = right(bai)
    wrong = [row for row in rows if row["nhom"] == "a"]
    bai.luu([row for row in rows if row["nhom"] != "a"])
    notice = bai.kiem_tra()

    assert {hint.name.split("(")[1][:-1] for hint in notice.hints} == {r["ma_ho_so"] for r in wrong}
    for hint in notice.hints:
        labels = [label for label, _ in hint.steps]
        assert [label[:7] for label in labels] == ["Gợi ý 1", "Gợi ý 2", "Gợi ý 3", "Lời giả"]
        assert "CV 2262" in hint.steps[1][1]
        assert "Thuộc nhóm a" in hint.steps[3][1]
        assert "CV 2262" in hint.steps[3][1]


def test_kiem_tra_has_hints_for_every_kind(bai):
    """Everything wrong at once: no kind of record is without its hints."""
    bai.luu([{"ma_ho_so": code, "nhom": "b"} for code in bai.doi_tuong["ma_ho_so"]])
    thirds = {hint.steps[2][1] for hint in bai.kiem_tra().hints}
    bai.luu([{"ma_ho_so": code, "nhom": "a"} for code in bai.doi_tuong["ma_ho_so"]])
    thirds |= {hint.steps[2][1] for hint in bai.kiem_tra().hints}

    assert len(thirds) == 7  # a, b, c, stale status, clean, two decoys


def test_kiem_tra_in_class_never_judges(handed_out, right):
    """In a class a right and a wrong list of one size get the same words."""
    bai = mo_bai(EXERCISE)
    rows = right(bai)
    bai.luu(rows)
    for_right = str(bai.kiem_tra())
    others = [c for c in bai.doi_tuong["ma_ho_so"] if c not in {r["ma_ho_so"] for r in rows}]
    swapped = [{**row, "ma_ho_so": code} for row, code in zip(rows, others, strict=False)]
    bai.luu([*swapped, *rows[len(swapped) :]])

    assert for_right == str(bai.kiem_tra())
    assert "đúng mẫu" in for_right
    assert f"Đã có {len(rows)} hồ sơ" in for_right


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ma_ho_so,nhm\nHS1,a\n", "thiếu cột nhom"),
        ("ma_ho_so,nhom\n{code},d\n", "không có mã 'd'"),
        ("ma_ho_so,nhom\nHS1,a\n", "không có trong dữ liệu của bài: HS1"),
        ("ma_ho_so,nhom\n{code},a\n{code},b\n", "dòng 2 và dòng 3"),
    ],
)
def test_kiem_tra_in_class_names_bad_form(handed_out, content, said):
    """A missing column, an unknown code or record, a record twice: a sentence with the place."""
    bai = mo_bai(EXERCISE)
    text = content.format(code=bai.doi_tuong["ma_ho_so"][0])
    (handed_out / "bai_nop" / "danh_sach.csv").write_text(text, encoding="utf-8")

    for notice in (bai.kiem_tra(), bai.nop_bai()):
        assert notice.kind == "loi"
        assert said in str(notice)


@pytest.mark.parametrize(
    "bad",
    [
        [{"ma_ho_so": "HS1", "nhom": "a"}],
        [{"ma_ho_so": "HS1"}],
        ["HS1"],
        [{"ma_ho_so": "x", "nhom": "d"}],
    ],
)
def test_luu_refuses_in_words(folder, bai, bad):
    """A table that cannot be handed in is refused by a notice and leaves no file."""
    notice = bai.luu(bad)

    assert notice.kind == "loi"
    assert not (folder / "bai_nop" / "danh_sach.csv").exists()


def test_luu_keeps_the_version_before(folder, bai, right):
    """The list before stays in bai_cu, and is not handed in."""
    rows = right(bai)
    bai.luu(rows)
    bai.luu(rows[:2])
    bai.nop_bai()

    kept = (folder / "bai_cu" / "danh_sach_001.csv").read_text(encoding="utf-8")
    assert len(kept.splitlines()) == len(rows) + 1
    with zipfile.ZipFile(folder / f"{EXERCISE}__luyen-tap.zip") as archive:
        assert archive.namelist() == ["bai_nop/danh_sach.csv", "bai_nop/nhat_ky.jsonl"]


def test_man_hinh_reopened_shows_what_was_chosen(folder, bai, right):
    """A new kernel finds every choice again, the ones to leave out too."""
    screen = bai.man_hinh()
    first, second, third = screen.hien[:3]
    screen.chon(first, "khong")
    screen.chon(second, "b")
    screen.chon(third, "c")

    again = mo_bai(EXERCISE).man_hinh()
    assert [again.lua_chon(code) for code in (first, second, third)] == ["khong", "b", "c"]
    assert again.dang_xem == again.hien[3]


def test_man_hinh_follows_a_list_from_excel(folder, bai):
    """A list that was written outside wins over what the screen wrote before."""
    screen = bai.man_hinh()
    first, second = screen.hien[:2]
    screen.chon(first, "a")
    (folder / "bai_nop" / "danh_sach.csv").write_text(f"ma_ho_so;nhom\n{second};c\n")
    again = mo_bai(EXERCISE).man_hinh()

    assert (again.lua_chon(first), again.lua_chon(second)) == ("", "c")
    assert "2 lựa chọn từ tệp danh_sach.csv" in again.loi_nhan


def test_excel_list_is_worth_the_same(folder, bai, right):
    """A workbook in bai_nop is judged, shown on the screen and packed like a CSV."""
    book = openpyxl.Workbook()
    for row in [("Mã hồ sơ", "Nhóm"), *((r["ma_ho_so"], r["nhom"]) for r in right(bai))]:
        book.active.append(row)
    book.save(folder / "bai_nop" / "danh_sach.xlsx")

    assert "Đúng 30/30 hồ sơ, được 10/10 điểm" in str(bai.kiem_tra())
    assert bai.man_hinh().danh_sach == sorted(right(bai), key=lambda row: row["ma_ho_so"])
    assert bai.nop_bai().kind == "duoc"
    with zipfile.ZipFile(folder / f"{EXERCISE}__luyen-tap.zip") as archive:
        assert "bai_nop/danh_sach.xlsx" in archive.namelist()
    bai.luu(right(bai))
    assert "Chỉ tệp danh_sach.csv được chấm" in str(bai.kiem_tra())


def test_screen_and_file_grow_together(folder, bai):
    """Every decision stands in the file at once, and one made by Excel meanwhile is not lost."""
    screen = bai.man_hinh()
    first, second, third = screen.hien[:3]
    screen.chon(first, "a")
    assert read_list(folder) == [{"ma_ho_so": first, "nhom": "a"}]
    (folder / "bai_nop" / "danh_sach.csv").write_text(f"ma_ho_so,nhom\n{first},a\n{second},c\n")
    screen.chon(third, "b")

    assert {row["ma_ho_so"]: row["nhom"] for row in read_list(folder)} == {
        first: "a",
        second: "c",
        third: "b",
    }
    assert screen.lua_chon(second) == "c"


def test_code_shows_on_the_open_screen(bai, right):
    """A list that code writes while the screen stands there is what the screen then holds."""
    screen = bai.man_hinh()
    screen.chon(screen.dang_xem, "a")
    bai.luu(right(bai))

    assert screen.danh_sach == sorted(right(bai), key=lambda row: row["ma_ho_so"])


def test_screen_keeps_a_file_it_cannot_read(folder, bai):
    """A broken file is named and kept in bai_cu before the screen writes over it."""
    (folder / "bai_nop" / "danh_sach.csv").write_text("ma_ho_so,nhom\nHS1,x\n")
    screen = bai.man_hinh()
    assert "không có mã 'x'" in screen.loi_nhan
    screen.chon(screen.dang_xem, "a")

    assert (folder / "bai_cu" / "danh_sach_001.csv").read_text() == "ma_ho_so,nhom\nHS1,x\n"
    assert len(read_list(folder)) == 1


def test_screen_writes_a_lost_file_again(folder, bai):
    """The list that somebody deleted comes back from the trail."""
    screen = bai.man_hinh()
    screen.chon(screen.dang_xem, "a")
    before = read_list(folder)
    (folder / "bai_nop" / "danh_sach.csv").unlink()
    mo_bai(EXERCISE).man_hinh()

    assert read_list(folder) == before


def test_two_kernels_on_one_folder(folder, bai):
    """Two notebooks of one exercise add to one list."""
    first, second = bai.man_hinh().hien[:2]
    other = mo_bai(EXERCISE)
    here, there = bai.man_hinh(), other.man_hinh()
    here.chon(first, "a")
    there.chon(second, "b")
    here.chon(first, "c")

    assert {row["ma_ho_so"]: row["nhom"] for row in read_list(folder)} == {first: "c", second: "b"}


def test_nop_bai_in_class(handed_out, right):
    """The zip holds the work, the pack's list and the notebook; the receipt names its sha256."""
    bai = mo_bai(EXERCISE)
    (handed_out / f"{EXERCISE}.ipynb").write_text("{}", encoding="utf-8")
    rows = right(bai)
    click_through(bai.man_hinh(), rows)
    notice = bai.nop_bai()

    path = handed_out / f"{EXERCISE}__hv01.zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [
            "bai_nop/danh_sach.csv",
            "bai_nop/nhat_ky.jsonl",
            "goi_bai.json",
            f"{EXERCISE}.ipynb",
        ]
    assert f"có {len(rows)} dòng" in str(notice)
    assert "gửi tệp" in str(notice)
    assert str(bai.nop_bai()) == str(notice)  # the same work, the same receipt


def test_nop_bai_disk_says_no(bai, right, folder):
    """A file that cannot be written is a sentence; nothing half-written is left."""
    bai.luu(right(bai))
    blocked = folder / f"{EXERCISE}__luyen-tap.zip"
    blocked.mkdir()
    notice = bai.nop_bai()

    assert notice.kind == "loi"
    assert "Chưa ghi hoặc đọc được tệp" in str(notice)
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_screen_file_in_the_way(bai, folder):
    """What cannot be written is a sentence, and nothing is kept as if it had been."""
    screen = bai.man_hinh()
    (folder / "bai_nop" / "danh_sach.csv").mkdir()
    with pytest.raises(Problem, match="Hãy xem ổ đĩa"):
        screen.chon(screen.dang_xem, "a")

    assert screen.danh_sach == []
    assert not (folder / "bai_nop" / "nhat_ky.jsonl").exists()


def test_trouble_shows_no_traceback(folder):
    """What IPython prints for a problem is the sentence alone."""
    with pytest.raises(Problem) as caught:
        mo_bai("k1_02_lap_dan_sach")

    assert caught.value._render_traceback_() == [str(caught.value)]
    assert EXERCISE in str(caught.value)


def test_banner_and_ward_at_opening(handed_out, pack):
    """The first thing seen names the ward and says that the data are invented."""
    html = mo_bai(EXERCISE)._repr_html_()

    assert "DỮ LIỆU GIẢ LẬP" in html
    assert pack.ward.name in html
    assert json.loads((handed_out / "goi_bai.json").read_text())["trainee"] in html
