from collections import Counter

import pytest

from generator.city import Request, make_ward
from generator.places import wards
from generator.platform import STATUSES
from generator.scenario import load_scenario
from sosach.simulation.people.ministry import (
    LIST_COLUMNS,
    error_class,
    recheck,
    wrong_subjects,
)
from sosach.simulation.truth import TABLES, Truth

#: state -> what the register shows
SHOWN = {
    "DUNG": "Đúng",
    "SAI": "Sai",
    "SAI_DINH_DANG": "Không có/sai định dạng",
    "KHONG_XAC_MINH_DUOC": "Không xác minh được",
    "NGUOI_NUOC_NGOAI": "Chưa gửi",
}
STATES = {shown: state for state, shown in SHOWN.items()}
IDENTITY = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "quoc_tich")


@pytest.fixture(scope="module", params=["phuong-mau", "tp-hcm-2022"])
def tables(request):
    """A ward with all that can go wrong, and one as in the city."""
    scenario = load_scenario(request.param)
    made, _ = make_ward(wards()["27136"], Request(1, 0.3, scenario))
    return {name: made[name].to_pylist() for name in TABLES}


@pytest.fixture(scope="module")
def truth(tables):
    """Who is behind the ward's records."""
    return Truth(tables)


@pytest.fixture(scope="module")
def subjects(tables):
    """The ward's records with the states that the register shows."""
    return [{**row, "trang_thai": STATES[row["tt_xac_minh"]]} for row in tables["doi_tuong"]]


def test_recheck_of_untouched_records(subjects, truth):
    """A night without work changes no status: the ministry compares as the register was made."""
    states = [recheck(row, truth) for row in subjects]

    assert states == [row["trang_thai"] for row in subjects]
    assert set(states) == set(SHOWN)
    assert set(SHOWN.values()) >= set(STATUSES)


def test_recheck_after_the_truth_was_put_in(subjects, truth):
    """With the police's values every citizen is found right, every foreigner is not compared."""
    for row in subjects:
        person = truth.person(row["ma_ho_so"])
        state = recheck(
            row | {name: person[name] for name in IDENTITY}, truth, completed=True, reported=True
        )
        foreign = person["quoc_tich"] != "Việt Nam"

        assert state == ("NGUOI_NUOC_NGOAI" if foreign else "DUNG")


@pytest.mark.parametrize(("cause", "done"), [("E09", "completed"), ("E90", "reported")])
def test_recheck_of_a_fault_that_is_nobodys_typing(subjects, truth, cause, done):
    """E09 waits for the police, E90 for the report; the other one's remedy does not help."""
    other = {"completed": "reported", "reported": "completed"}[done]
    struck = [row for row in subjects if cause in truth.causes(row["ma_ho_so"])]

    assert struck
    assert {recheck(row, truth, **{done: True}) for row in struck} == {"DUNG"}
    assert all(recheck(row, truth, **{other: True}) == row["trang_thai"] for row in struck)


@pytest.mark.parametrize(
    ("column", "value", "state"),
    [
        ("ho_ten", "Nguyễn Thị Khác", "SAI"),
        ("ngay_sinh", "31/12/1999", "SAI"),
        ("so_giay_to", "079085999901", "SAI"),
        ("so_giay_to", "", "SAI_DINH_DANG"),
        ("so_giay_to", "79085999901", "SAI_DINH_DANG"),
        ("quoc_tich", "Nhật Bản", "NGUOI_NUOC_NGOAI"),
        ("so_dien_thoai", "0709990001", "DUNG"),
        ("dia_chi", "1 Đường Khác", "DUNG"),
    ],
)
def test_recheck_of_a_right_record_with_one_new_cell(subjects, truth, column, value, state):
    """Four cells and the nationality decide; telephone and address are not compared (CV 2262)."""
    right = next(row for row in subjects if recheck(row, truth) == "DUNG")

    assert recheck(right | {column: value}, truth) == state


def test_recheck_of_the_other_sex(subjects, truth):
    """Who is right as a woman is wrong as a man."""
    right = next(row for row in subjects if recheck(row, truth) == "DUNG")
    other = {"Nam": "Nữ", "Nữ": "Nam"}[right["gioi_tinh"]]

    assert recheck(right | {"gioi_tinh": other}, truth) == "SAI"


def test_recheck_forgives_capitals_and_blanks(subjects, truth):
    """Capital letters and blanks are no errors."""
    right = next(row for row in subjects if recheck(row, truth) == "DUNG")
    name = f"  {right['ho_ten'].upper()} "

    assert recheck(right | {"ho_ten": name}, truth) == "DUNG"


def test_recheck_of_a_record_of_nobody(subjects, truth):
    """Whom the population database does not know cannot be verified."""
    unknown = next(row for row in subjects if recheck(row, truth) == "DUNG")

    assert recheck(unknown | {"ma_ho_so": "HS0000000000"}, truth) == "KHONG_XAC_MINH_DUOC"


def test_wrong_subjects_is_the_backlog(subjects):
    """The ministry's file holds whoever needs verification, numbered, in layout F, in order."""
    wrong = [row for row in subjects if row["tt_xac_minh"] not in ("Đúng", "Chưa gửi")]
    listed = wrong_subjects(subjects)

    assert [row["ma_ho_so"] for row in listed] == [row["ma_ho_so"] for row in wrong]
    assert [row["stt"] for row in listed] == [str(i) for i in range(1, len(wrong) + 1)]
    assert {tuple(row) for row in listed} == {LIST_COLUMNS}
    assert all(row[name] == "" for row in listed for name in LIST_COLUMNS[9:])


def test_wrong_subjects_has_three_classes(subjects):
    """Without a number, with a malformed one, or with basic facts that do not agree (CV 2262)."""
    listed = {row["ma_ho_so"]: row["loai_sai"] for row in wrong_subjects(subjects)}
    counted = Counter(listed.values())
    blank = [row for row in subjects if not row["so_giay_to"]]

    assert set(counted) == {"KHONG_CO_SO", "SAI_DINH_DANG", "SAI_THONG_TIN"}
    assert {listed[row["ma_ho_so"]] for row in blank} == {"KHONG_CO_SO"}
    assert counted["KHONG_CO_SO"] == len(blank)


def test_wrong_subjects_leaves_out_merged_records(subjects):
    """A record that was merged into another one is verified no more."""
    wrong = wrong_subjects(subjects)[0]["ma_ho_so"]
    gone = [row | {"gop_vao": "HS1"} if row["ma_ho_so"] == wrong else row for row in subjects]

    assert wrong not in {row["ma_ho_so"] for row in wrong_subjects(gone)}


@pytest.mark.parametrize("state", ["DUNG", "CHUA_GUI", "NGUOI_NUOC_NGOAI"])
def test_error_class_of_what_needs_none(state):
    """Right records, foreigners and those not yet sent are in no class."""
    assert error_class({"trang_thai": state, "so_giay_to": ""}) == ""
