"""What notebooks call: a station cleans its records with the verbs alone."""

import inspect
import unicodedata
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sosach.simulation import verbs
from sosach.simulation.papers import handover
from sosach.simulation.tables import title
from sosach.simulation.world import READS, VERBS

ROOMS = (verbs.NenTang, verbs.CongAn, verbs.CoSo, verbs.NguoiDan)
METHODS = [(room, name) for room in ROOMS for name in vars(room) if not name.startswith("_")]


@pytest.fixture
def station(world):
    """A station in a fresh world whose police make no mistakes."""
    return verbs.open_station(world.call, "chị Hạnh")


def wait_for(station, sent):
    """Let days pass until the police have answered; return the rows of their list."""
    for _ in range(8):
        answer = station.cong_an.tra_loi(sent.tra_loi["ma_danh_sach"])
        if answer.duoc:
            return answer.bang
        station.ngay_moi()
    return None


def test_cleaning_by_verbs_alone(station, broken, tmp_path):
    """List, send, wait, check, save, import what was saved, sleep: the records are right."""
    wrong = station.nen_tang.danh_sach_sai().bang
    mine = wrong[wrong["ma_ho_so"].isin([*broken("E01"), *broken("E02")])]
    sent = station.cong_an.gui(mine)
    answer = wait_for(station, sent)
    number = sent.tra_loi["ma_danh_sach"]
    checked = station.cong_an.kiem_tra(number)
    station.cong_an.luu(number, tmp_path)
    imported = station.nen_tang.nhap_excel(tmp_path / f"{number}.xlsx", number)
    station.ngay_moi()
    left = set(station.nen_tang.danh_sach_sai().bang["ma_ho_so"])

    assert checked.tra_loi["hoi_lai"] == []
    assert "đúng và đủ" in checked.cau
    found = answer[answer["so_dinh_danh_dung"] != ""]
    assert imported.duoc
    assert sorted(imported.tra_loi["da_nhap"]) == sorted(found["ma_ho_so"])
    assert not set(imported.tra_loi["da_nhap"]) & left


def test_refusal_is_a_sentence_with_its_document(station, broken):
    """A free-hand edit of a name is no traceback: it says which rule and which document."""
    record = broken("E10")[0]
    told = station.nen_tang.sua(record, "ho_ten", "Nguyễn Văn Khác", "loi_go")

    assert not told.duoc
    assert "CV 9438" in str(told)
    assert "Họ và tên" in str(told)
    assert station.nen_tang.mo(record).tra_loi["ho_so"]["ho_ten"] != "Nguyễn Văn Khác"


def test_refusal_names_what_one_may_write(station, broken):
    """Who names a cell or a reason that is none reads which there are."""
    record = broken("E01")[0]
    cell = station.nen_tang.sua(record, "Họ và tên", "An", "loi_go")
    dose = station.nen_tang.mo(record).tra_loi["mui"][0]["ma_mui"]
    of_dose = station.nen_tang.sua(record, "ho_ten", "An", "loi_go", ma_mui=dose)
    why = station.nen_tang.tam_giu(record, "trùng")

    assert "ho_ten (Họ và tên), ngay_sinh (Ngày sinh)" in cell.cau
    assert "so_lo (Số lô)" in of_dose.cau
    assert "trung_ho_so (Hai hồ sơ của một người)" in why.cau


def test_success_is_a_sentence(station, broken):
    """What was done is said as well, with what follows from it."""
    record = broken("E01")[0]
    held = station.nen_tang.tam_giu(record, "trung_ho_so")
    edited = station.nen_tang.sua(record, "so_dien_thoai", "0901234567", "loi_go")

    assert repr(held) == f"Đã tạm giữ hồ sơ {record}, chưa ký. Lý do: Hai hồ sơ của một người."
    assert repr(edited).startswith(f"Đã sửa Số điện thoại của hồ sơ {record}: ")
    assert repr(edited).endswith("thành “0901234567”.")


def test_every_change_names_who_made_it(station, broken):
    """The audit trail has the name of the person who works."""
    record = broken("E01")[0]
    station.nen_tang.tam_giu(record, "du_lieu_dung")
    trail = station.nen_tang.lich_su(record).bang

    assert set(trail["nguoi"]) == {"chị Hạnh"}


def test_verbs_cover_the_world():
    """Every verb of the world can be called from a notebook."""
    source = inspect.getsource(verbs)

    assert [verb for verb in (*READS, *VERBS) if f'"{verb}"' not in source] == []


@pytest.mark.parametrize(("room", "name"), METHODS)
def test_documentation_is_vietnamese(room, name):
    """What help() shows of a verb is Vietnamese in NFC, and every verb answers with a `KetQua`."""
    text = inspect.getdoc(getattr(room, name))

    assert text == unicodedata.normalize("NFC", text)
    assert any(ord(char) > 0xC0 for char in text)
    assert inspect.signature(getattr(room, name)).return_annotation == "KetQua"


def test_tables_keep_zeros(station):
    """Codes come as text: nothing is a number."""
    wrong = station.nen_tang.danh_sach_sai("c").bang

    assert isinstance(wrong, pd.DataFrame)
    assert wrong["so_giay_to"].map(type).eq(str).all()
    assert wrong["so_giay_to"].str.startswith("0").any()


def test_nhap_excel_no_such_file(station, tmp_path):
    """A file that is no table is a sentence, no traceback."""
    told = station.nen_tang.nhap_excel(tmp_path / "khong_co.xlsx", "DS-1")

    assert not told.duoc
    assert "khong_co.xlsx" in str(told)


def test_nhap_excel_tells_what_the_file_says(station, broken, tmp_path):
    """What was passed over in the file is told beside what the platform did."""
    sent = station.cong_an.gui(broken("E01"))
    found = wait_for(station, sent).drop(columns="so_giay_to").assign(mau="đỏ")
    found.loc[0, "so_dinh_danh_dung"] = "=A1"
    path = tmp_path / "nhap.csv"
    found.to_csv(path, index=False, encoding="utf-8-sig")
    told = station.nen_tang.nhap_excel(path, sent.tra_loi["ma_danh_sach"])

    assert told.duoc
    assert "Cột không dùng: " in str(told)
    assert "mau" in str(told)
    assert "1 dòng của tệp không đọc được." in str(told)
    assert list(told.cac_bang["Dòng không đọc được"]["dong"]) == ["2"]


def test_kiem_tra_before_the_list_is_back(station, broken):
    """Before the police have answered nothing is missing: one waits."""
    sent = station.cong_an.gui(broken("E01"))
    number = sent.tra_loi["ma_danh_sach"]
    for told in (station.cong_an.tra_loi(number), station.cong_an.kiem_tra(number)):
        assert not told.duoc
        assert "chưa có trả lời" in told.cau
        assert told.bang.empty


def test_list_that_nobody_knows(station, tmp_path):
    """An unknown list is a sentence with its document, no traceback."""
    for told in (
        station.cong_an.tra_loi("DS-0"),
        station.cong_an.kiem_tra("DS-0"),
        station.cong_an.luu("DS-0", tmp_path / "ho_so"),
    ):
        assert [each["quy_tac"] for each in told.tra_loi["tu_choi"]] == ["KHONG_CO_CHUNG_TU"]
        assert "DS-0" in told.cau
    assert not (tmp_path / "ho_so").exists()


@pytest.mark.parametrize("name", ["gui.xlsx", "gui.csv"])
def test_gui_takes_a_file(station, broken, tmp_path, name):
    """A list goes to the police as a file: the ministry's, or one with the ids alone."""
    wanted = sorted(broken("E01"))
    rows = [
        row
        for row in station.nen_tang.danh_sach_cua_bo().tra_loi["dong"]
        if row["ma_ho_so"] in wanted
    ]
    path = tmp_path / name
    if path.suffix == ".xlsx":
        handover.write_list(rows, path)
    else:
        pd.DataFrame({"ma_ho_so": wanted}).to_csv(path, index=False)
    sent = station.cong_an.gui(str(path))

    assert sent.duoc
    assert sent.tra_loi["so_ho_so"] == len(rows) == len(wanted)


def test_gui_of_the_wrong_table(station, broken, tmp_path):
    """A table without ids, a file that is none and an empty list are sentences."""
    station.nen_tang.tam_giu(broken("E01")[0], "du_lieu_dung")
    trail = station.nen_tang.lich_su(broken("E01")[0])

    assert "không có cột ma_ho_so" in station.cong_an.gui(trail).cau
    assert "không có cột ma_mui" in station.nen_tang.ky(trail.bang[["gio"]], {}).cau
    assert "khong_co.xlsx" in station.cong_an.gui(tmp_path / "khong_co.xlsx").cau
    assert "chưa có hồ sơ nào" in station.cong_an.gui([]).cau
    assert "có cột ma_ho_so" in station.cong_an.gui(None).cau
    assert "chung_thu" in station.nen_tang.ky("MU1", "x").cau


def test_luu_hand_over(station, broken, tmp_path):
    """The hand-over is a workbook that reads as it was answered, and a sheet to print."""
    sent = station.cong_an.gui(broken("E01"))
    answer = wait_for(station, sent)
    number = sent.tra_loi["ma_danh_sach"]
    told = station.cong_an.luu(number, tmp_path / "ho_so")
    read = handover.read_list(tmp_path / "ho_so" / f"{number}.xlsx")

    assert told.duoc
    assert [Path(word.rstrip(".")).name for word in told.cau.split() if number in word][1:] == [
        f"{number}.xlsx",
        f"{number}.pdf",
    ]
    assert [row["so_dinh_danh_dung"] for row in read.rows] == list(answer["so_dinh_danh_dung"])
    assert (tmp_path / "ho_so" / f"{number}.pdf").read_bytes().startswith(b"%PDF")


def test_luu_no_room(station, broken, tmp_path):
    """A folder that cannot be made is a sentence that says what to do."""
    (tmp_path / "tep").write_text("x")
    told = station.nen_tang.danh_sach_cua_bo(tmp_path / "tep" / "thu_muc")

    assert not told.duoc
    assert "Chưa lưu được" in told.cau
    assert "chọn thư mục khác" in told.cau


def test_danh_sach_cua_bo_saves_what_it_shows(station, tmp_path):
    """The ministry's file holds every wrong record of the ward."""
    told = station.nen_tang.danh_sach_cua_bo(tmp_path / "ho_so")
    [path] = (tmp_path / "ho_so").iterdir()
    saved = handover.read_records(path)

    assert path.name in told.cau
    assert {row["ma_ho_so"] for row in saved.rows} == set(told.bang["ma_ho_so"])
    assert set(told.bang["ma_ho_so"]) == set(station.nen_tang.danh_sach_sai().bang["ma_ho_so"])


def test_tien_do_three_numbers_apart(station, broken):
    """What was sent grows by what was sent; what was signed of records put right does not count."""
    before = station.nen_tang.tien_do()
    station.cong_an.gui(broken("E01"))
    after = station.nen_tang.tien_do()
    three = after.bang.set_index("Số")["Giá trị"]

    assert list(three.index) == ["Hồ sơ cần xác minh", "Hồ sơ đã gửi công an", "Mũi tiêm đã ký"]
    assert int(before.bang["Giá trị"][1]) == 0
    assert int(three["Hồ sơ đã gửi công an"]) == len(broken("E01"))
    assert list(after.cac_bang["Danh sách đã gửi công an"]["tra_ngay"]) == ["chưa trả"]
    assert after.hinh.startswith("<svg")
    assert "Phường 13, Quận 3" in after.cau


def test_titles_are_vietnamese(station, world, broken):
    """Every column that a notebook shows has a Vietnamese head of its own."""
    record = broken("E01")[0]
    station.cong_an.gui([record])
    platform = station.nen_tang
    shown = [
        platform.danh_sach_sai(),
        platform.danh_sach_cua_bo(),
        platform.danh_sach_trung(),
        platform.mo(record),
        platform.lich_su(record),
        platform.hop_thu(),
        platform.duoc_ky_hom_nay(),
        platform.tien_do(),
        station.nguoi_dan.phan_anh(),
    ]
    heads = {title(c) for told in shown for rows in told.cac_bang.values() for c in rows.columns}

    assert [head for head in heads if "_" in head or head == head.lower()] == []


def test_ngay_moi_names_the_day(station):
    """A new day says which day it is."""
    assert station.ngay_moi().cau.startswith("Hôm nay là thứ Ba, 10/05/2022.")
    assert date.fromisoformat(station.ngay_moi().tra_loi["ngay"]) == date(2022, 5, 11)
