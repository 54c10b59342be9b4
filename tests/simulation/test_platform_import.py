"""Importing numbers from Excel: groups a and b, row by row, twice changes nothing."""

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def listed(from_police, broken):
    """Return the id and the rows of a police list about records of groups a, b and c."""
    return from_police(*broken("E01"), *broken("E02"), *broken("E10"))


def rows_of(listed, records):
    """Return the rows of a file that says what the list says."""
    return [
        {"ma_ho_so": r, "so_giay_to": listed[1][r]["so_dinh_danh_dung"], "dong": str(i)}
        for i, r in enumerate(records, 2)
    ]


def rules_of(answer):
    """Return row number and rule of every refused row."""
    return [(row["dong"], row["quy_tac"]) for row in answer["dong_tu_choi"]]


def test_nhap_excel_groups(do, listed, broken, pack):
    """Groups a and b are imported and then right; what has its number already stays as it is."""
    taken = {row["so_giay_to"] for row in pack.doi_tuong.to_pylist()}
    numbers = {record: row["so_dinh_danh_dung"] for record, row in listed[1].items()}
    good = [r for r in (*broken("E01"), *broken("E02")) if numbers[r] not in ("", *taken)]
    other = [r for r in broken("E10") if numbers[r]]
    told = do("nhap_excel", dong=rows_of(listed, [*good, *other]), ma_danh_sach=listed[0])
    do("ngay_moi")
    left = {row["ma_ho_so"] for row in do("danh_sach_sai")["dong"]}

    assert told["da_nhap"] == good
    assert told["khong_doi"] == len(other)
    assert not left & set(good)


def test_nhap_excel_empty_number(do, listed, broken):
    """An empty number is refused, also for a record that has none: nothing was brought."""
    rows = [{"ma_ho_so": r, "so_giay_to": ""} for r in broken("E01")]
    told = do("nhap_excel", dong=rows, ma_danh_sach=listed[0])

    assert {rule for _, rule in rules_of(told)} == {"GIA_TRI_SAI_DANG"}


def test_nhap_excel_group_c(do, listed, broken):
    """Another number for a record of group c is refused: group c is edited one by one."""
    rows = [{"ma_ho_so": broken("E10")[0], "so_giay_to": "079185999999", "dong": "2"}]
    told = do("nhap_excel", dong=rows, ma_danh_sach=listed[0])

    assert rules_of(told) == [("2", "NHAP_KHONG_PHAI_NHOM_AB")]
    assert "CV 2262" in told["dong_tu_choi"][0]["can_cu"]


def test_nhap_excel_twice(do, listed, broken):
    """The same file again changes nothing and says so."""
    rows = [row for row in rows_of(listed, broken("E01")) if row["so_giay_to"]]
    do("nhap_excel", dong=rows, ma_danh_sach=listed[0])
    before = [do("mo", ma_ho_so=r)["ho_so"] for r in broken("E01")]
    again = do("nhap_excel", dong=rows, ma_danh_sach=listed[0])

    assert again["da_nhap"] == []
    assert again["khong_doi"] == len(rows)
    assert "Không có gì thay đổi" in again["cau"]
    assert [do("mo", ma_ho_so=r)["ho_so"] for r in broken("E01")] == before


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"so_giay_to": "079185999998"}, "KHAC_DANH_SACH"),
        ({"so_giay_to": "7,9186E+10"}, "GIA_TRI_SAI_DANG"),
        ({"so_giay_to": ""}, "GIA_TRI_SAI_DANG"),
        ({"ma_ho_so": "HS0000000000"}, "KHONG_CO_HO_SO"),
        ({"ho_ten": "Người Khác Hẳn", "ngay_sinh": "01/01/1900"}, "DONG_CUA_NGUOI_KHAC"),
    ],
)
def test_nhap_excel_refused_row(do, listed, broken, cells, rule):
    """A row that does not fit is refused with its number; the others are imported."""
    one, two = broken("E02")[:2]
    bad, good = rows_of(listed, [one, two])
    told = do("nhap_excel", dong=[bad | cells, good], ma_danh_sach=listed[0])

    assert rules_of(told) == [("2", rule)]
    assert told["da_nhap"] == [two]


def test_nhap_excel_number_of_another(do, listed, broken, pack):
    """A number that belongs to another record is refused."""
    taken = next(r["so_giay_to"] for r in pack.doi_tuong.to_pylist() if r["tt_xac_minh"] == "Đúng")
    rows = [{"ma_ho_so": broken("E02")[0], "so_giay_to": taken}]
    told = do("nhap_excel", dong=rows, ma_danh_sach=listed[0])

    assert rules_of(told) == [("1", "SO_CUA_HO_SO_KHAC")]


def test_nhap_excel_not_on_list(do, listed, broken):
    """A record that is not on the signed list is refused."""
    record = broken("E03")[0]
    told = do(
        "nhap_excel",
        dong=[{"ma_ho_so": record, "so_giay_to": "079185999998"}],
        ma_danh_sach=listed[0],
    )

    assert rules_of(told) == [("1", "KHONG_CO_TRONG_DANH_SACH")]


def test_nhap_excel_two_rows_one_record(do, listed, broken):
    """Two rows that disagree about a record are both refused; two equal ones count once."""
    one, two = broken("E02")[:2]
    first, equal = rows_of(listed, [one, two])
    rows = [first, first | {"so_giay_to": "079185999998"}, equal, equal]
    told = do("nhap_excel", dong=rows, ma_danh_sach=listed[0])

    assert {rule for _, rule in rules_of(told)} == {"HAI_DONG_MOT_HO_SO"}
    assert told["da_nhap"] == [two]


def test_nhap_excel_no_list(do, broken, refusal):
    """Without a list of the police nothing is imported."""
    told = do("nhap_excel", dong=[{"ma_ho_so": broken("E01")[0]}], ma_danh_sach="")

    assert refusal(told) == "KHONG_CO_DANH_SACH"
