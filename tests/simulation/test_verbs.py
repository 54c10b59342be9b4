"""What notebooks call: a station cleans its records with the verbs alone."""

import inspect
import unicodedata

import pandas as pd
import pytest

from sosach.simulation import verbs
from sosach.simulation.papers import handover
from sosach.simulation.world import READS, VERBS


@pytest.fixture
def station(world):
    """A station in a fresh world whose police make no mistakes."""
    return verbs.open_station(world.call, "chị Hạnh")


def wait_for(station, sent):
    """Let days pass until the police have answered."""
    for _ in range(8):
        answer = station.cong_an.tra_loi(sent.tra_loi["ma_danh_sach"])
        if len(answer):
            return answer
        station.ngay_moi()
    return None


def test_cleaning_by_verbs_alone(station, broken, tmp_path):
    """List, send, wait, check the paper, import by Excel, sleep: the records are right."""
    wrong = station.nen_tang.danh_sach_sai()
    mine = wrong[wrong["ma_ho_so"].isin([*broken("E01"), *broken("E02")])]
    sent = station.cong_an.gui(mine)
    answer = wait_for(station, sent)
    number = sent.tra_loi["ma_danh_sach"]

    assert station.cong_an.kiem_tra(number) == []
    found = answer[answer["so_dinh_danh_dung"] != ""]
    columns = ["ma_ho_so", "ho_ten", "ngay_sinh", "gioi_tinh"]
    table = found[columns].assign(so_giay_to=found["so_dinh_danh_dung"])
    path = tmp_path / "nhap.csv"
    titles = {k: handover.IMPORT_TITLES[k][0] for k in table.columns}
    table.rename(columns=titles).to_csv(path, index=False, encoding="utf-8-sig")
    imported = station.nen_tang.nhap_excel(path, number)
    station.ngay_moi()

    assert imported.duoc
    assert sorted(imported.tra_loi["da_nhap"]) == sorted(found["ma_ho_so"])
    assert not set(imported.tra_loi["da_nhap"]) & set(station.nen_tang.danh_sach_sai()["ma_ho_so"])


def test_refusal_is_a_sentence_with_its_document(station, broken):
    """A free-hand edit of a name is no traceback: it says which rule and which document."""
    record = broken("E10")[0]
    told = station.nen_tang.sua(record, "ho_ten", "Nguyễn Văn Khác", "loi_go")

    assert not told.duoc
    assert "CV 9438" in str(told) or "CV 2262" in str(told)
    assert station.nen_tang.mo(record).tra_loi["ho_so"]["ho_ten"] != "Nguyễn Văn Khác"


def test_every_change_names_who_made_it(station, broken):
    """The audit trail has the name of the person who works."""
    record = broken("E01")[0]
    station.nen_tang.tam_giu(record, "du_lieu_dung")
    trail = station.nen_tang.lich_su(record)

    assert set(trail["nguoi"]) == {"chị Hạnh"}


def test_verbs_cover_the_world():
    """Every verb of the world but taking over signatures can be called from a notebook."""
    source = inspect.getsource(verbs)
    for verb in (*READS, *VERBS):
        assert f'"{verb}"' in source or verb == "ky", verb


def test_documentation_is_vietnamese():
    """What help() shows of a verb is Vietnamese in NFC."""
    for room in (verbs.NenTang, verbs.CongAn, verbs.CoSo, verbs.NguoiDan):
        for name, method in inspect.getmembers(room, inspect.isfunction):
            if not name.startswith("_"):
                text = inspect.getdoc(method)
                assert text == unicodedata.normalize("NFC", text)
                assert any(ord(char) > 0xC0 for char in text), name


def test_tables_keep_zeros(station):
    """Codes come as text: nothing is a number."""
    wrong = station.nen_tang.danh_sach_sai("c")

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
    found = wait_for(station, sent)
    path = tmp_path / "nhap.csv"
    file = found.drop(columns="so_giay_to").assign(mau="đỏ")
    file.to_csv(path, index=False, encoding="utf-8-sig")
    told = station.nen_tang.nhap_excel(path, sent.tra_loi["ma_danh_sach"])

    assert told.duoc
    assert "Cột không dùng: " in str(told)
    assert "mau" in str(told)


def test_kiem_tra_before_the_list_is_back(station, broken):
    """Before the police have answered nothing is missing: one waits."""
    sent = station.cong_an.gui(broken("E01"))
    number = sent.tra_loi["ma_danh_sach"]

    assert len(station.cong_an.tra_loi(number)) == 0
    assert "Chưa có danh sách" in " ".join(station.cong_an.kiem_tra(number))


def test_list_that_nobody_knows(station):
    """An unknown list is a sentence with its document, no traceback."""
    assert list(station.cong_an.tra_loi("DS-0")["quy_tac"]) == ["KHONG_CO_CHUNG_TU"]
    assert "DS-0" in " ".join(station.cong_an.kiem_tra("DS-0"))
