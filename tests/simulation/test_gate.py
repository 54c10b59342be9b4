"""The signing gate tells every reason, and none that is no reason."""

from datetime import date

import pytest

from sosach.simulation.platform.gate import Certificate, Gate, read_certificate, reasons
from sosach.simulation.platform.gate_doses import wrong_doses
from sosach.simulation.platform.rules import RefusedError

UNIT, OTHER = "CS27136-1", "TT770"
TODAY = date(2022, 5, 9)
SITES = {
    UNIT: {"ten_co_so": "Trạm Y tế Phường Một", "loai": "trạm y tế"},
    OTHER: {"ten_co_so": "Trung tâm Y tế Quận Một", "loai": "trung tâm y tế"},
    "NGOAI": {"ten_co_so": "Nơi tiêm ngoài thành phố", "loai": "ngoài thành phố"},
}
RIGHT = Certificate(UNIT, date(2022, 1, 1), date(2022, 12, 31))
SUBJECT = {
    "ma_ho_so": "HS1",
    "trang_thai": "DUNG",
    "so_giay_to": "079085000001",
    "ngay_sinh": "12/03/1985",
    "treo": "",
    "so_dien_thoai": "",
    "dia_chi": "",
}


def dose(slot="CB1", day="01/08/2021", line="MU1", **cells):
    """Return a dose that may be signed, but for the given cells."""
    usual = {
        "ma_mui": line,
        "mui": slot,
        "ten_vac_xin": "AstraZeneca",
        "so_lo": "",
        "ngay_tiem": day,
        "co_so_tiem": UNIT,
        "don_vi_nhap": UNIT,
        "trang_thai": "DA_NHAP_CHUA_KY",
        "treo": "",
        "truoc_treo": "",
        "giai_trinh": "",
    }
    return usual | cells


def codes(subject=None, doses=None, doubles=(), certificate=RIGHT):
    """Return the codes of the reasons against the first dose."""
    doses = doses or [dose()]
    gate = Gate(UNIT, TODAY, SITES, certificate)
    told = reasons(gate, SUBJECT | (subject or {}), doses, doubles, doses[0]["ma_mui"])
    return {each["quy_tac"] for each in told}


def test_reasons_none():
    """A verified record, a possible dose of the own unit, a valid certificate: no reason."""
    assert codes() == set()


def test_reasons_not_phone_address_lot():
    """Telephone, address and lot are no reasons."""
    cells = {"so_dien_thoai": "1", "dia_chi": ""}

    assert codes(cells, [dose(so_lo="?")]) == set()


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ({"trang_thai": "SAI"}, "CHUA_XAC_MINH_DUNG"),
        ({"trang_thai": "CHUA_GUI"}, "CHUA_XAC_MINH_DUNG"),
        ({"trang_thai": "NGUOI_NUOC_NGOAI"}, "THIEU_HO_CHIEU"),
        ({"treo": "trung_ho_so"}, "HO_SO_TREO"),
    ],
)
def test_reasons_subject(subject, expected):
    """What is wrong with the record stops all its doses."""
    assert codes(subject) == {expected}


def test_reasons_foreigner_with_passport():
    """A foreigner with a passport needs no comparison."""
    assert codes({"trang_thai": "NGUOI_NUOC_NGOAI", "so_giay_to": "M12345678"}) == set()


def test_reasons_double_record():
    """Another record of the same person stops the signature."""
    assert codes(doubles=["HS2"]) == {"HO_SO_NGHI_TRUNG"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"don_vi_nhap": OTHER}, "MUI_DON_VI_KHAC_KY"),
        ({"co_so_tiem": "Nhà thi đấu"}, "CO_SO_LA"),
        ({"co_so_tiem": "NGOAI"}, "TIEM_NOI_KHAC"),
        ({"ten_vac_xin": "Pfirez"}, "VAC_XIN_LA"),
        ({"ten_vac_xin": ""}, "VAC_XIN_LA"),
        ({"mui": "3"}, "MUI_LA"),
        ({"ngay_tiem": "17.08.21"}, "NGAY_TIEM_SAI_DANG"),
        ({"ngay_tiem": "31/02/2022"}, "NGAY_TIEM_SAI_DANG"),
        ({"ngay_tiem": "07/03/2021"}, "TRUOC_CHIEN_DICH"),
        ({"ngay_tiem": "10/05/2022"}, "NGAY_TUONG_LAI"),
        ({"trang_thai": "DA_KY_CO_SO"}, "DA_KY"),
        ({"trang_thai": "DA_CAP_HO_CHIEU"}, "DA_KY"),
        ({"trang_thai": "PHAI_KY_LAI"}, "PHAI_GIAI_TRINH"),
        ({"trang_thai": "TREO", "treo": "sai_mui"}, "MUI_TREO"),
    ],
)
def test_reasons_dose(cells, expected):
    """What is wrong with a dose stops that dose."""
    assert codes(doses=[dose(**cells)]) == {expected}


def test_reasons_signed_again():
    """A dose that has to be signed again may be once the change was explained."""
    assert codes(doses=[dose(trang_thai="PHAI_KY_LAI", giai_trinh="1")]) == set()


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        (Certificate(""), "CHUNG_THU_THIEU"),
        (Certificate(OTHER), "CHUNG_THU_DON_VI_KHAC"),
        (Certificate(UNIT, begins=date(2022, 5, 10)), "CHUNG_THU_CHUA_HIEU_LUC"),
        (Certificate(UNIT, ends=date(2022, 5, 8)), "CHUNG_THU_HET_HAN"),
        (Certificate(UNIT, revoked=TODAY), "CHUNG_THU_THU_HOI"),
    ],
)
def test_reasons_certificate(certificate, expected):
    """Without a valid certificate of the own unit nothing is signed."""
    assert codes(certificate=certificate) == {expected}


def test_reasons_certificate_days():
    """The first and the last day of a certificate count; a later revocation does not."""
    edge = Certificate(UNIT, TODAY, TODAY, date(2022, 5, 10))

    assert codes(certificate=edge) == set()


def test_reasons_all():
    """All reasons are told, not the first one."""
    bad = dose(don_vi_nhap=OTHER, ten_vac_xin="?", trang_thai="DA_KY_CO_SO")

    assert codes({"trang_thai": "SAI"}, [bad], ["HS2"], Certificate("")) == {
        *("CHUA_XAC_MINH_DUNG", "HO_SO_NGHI_TRUNG", "CHUNG_THU_THIEU"),
        *("VAC_XIN_LA", "MUI_DON_VI_KHAC_KY", "DA_KY"),
    }


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("CB1", "01/08/2021"), ("CB2", "01/08/2021"), {"HAI_MUI_MOT_NGAY"}),
        (("CB1", "01/08/2021"), ("CB1", "01/10/2021"), {"MUI_NGHI_TRUNG"}),
        (("CB1", "01/10/2021"), ("CB2", "01/08/2021"), {"SAI_THU_TU"}),
        (("CB1", "01/08/2021"), ("CB2", "28/08/2021"), {"KHOANG_CACH_NGAN"}),
        (("CB1", "01/08/2021"), ("CB2", "29/08/2021"), set()),
        (("CB1", "01/08/2021"), ("CB2", "01/05/2022"), set()),
        (("CB2", "01/01/2022"), ("NL1", "20/03/2022"), {"KHOANG_CACH_NGAN"}),
        (("CB2", "01/01/2022"), ("NL1", "26/03/2022"), set()),
    ],
)
def test_wrong_doses_pairs(first, second, expected):
    """Two doses that contradict each other are both named; a late one never is."""
    told = wrong_doses([dose(*first, "MU1"), dose(*second, "MU2")], "1985", TODAY)

    assert {line: {r["quy_tac"] for r in found} for line, found in told.items()} == (
        {"MU1": expected, "MU2": expected} if expected else {}
    )


@pytest.mark.parametrize(
    ("birth", "vaccine", "day", "wrong"),
    [
        ("01/01/2012", "Pfizer", "20/01/2022", True),
        ("01/01/2012", "Pfizer", "20/04/2022", False),
        ("01/01/2012", "Vero Cell", "20/04/2022", True),
        ("01/01/2018", "Pfizer", "20/04/2022", True),
        ("01/01/2006", "Pfizer", "20/10/2021", True),
        ("01/01/2006", "Pfizer", "20/11/2021", False),
        ("01/01/2006", "AstraZeneca", "20/11/2021", True),
        ("1985", "AstraZeneca", "20/11/2021", False),
        ("", "AstraZeneca", "20/11/2021", False),
    ],
)
def test_wrong_doses_age(birth, vaccine, day, wrong):
    """Children and teenagers have their own vaccines and first days."""
    told = wrong_doses([dose(day=day, ten_vac_xin=vaccine)], birth, TODAY)

    assert bool(told) == wrong


def test_wrong_doses_truth(pack):
    """Nothing is wrong with the doses as they were really given."""
    born = {row["ma_ho_so"]: row["ngay_sinh"] for row in pack.corrected.to_pylist()}
    doses = {}
    for row in pack.corrected_doses.to_pylist():
        doses.setdefault(row["ma_ho_so"], []).append(row)
    told = {r: wrong_doses(own, born[r], TODAY) for r, own in doses.items()}

    assert {record: found for record, found in told.items() if found} == {}


def test_read_certificate_bad():
    """A certificate with an unknown key or a day in other form is refused in words."""
    for raw in ({"den": "31/12/2022"}, {"het_han": "2022-12-31"}):
        with pytest.raises(RefusedError) as told:
            read_certificate(raw)
        assert told.value.reasons[0]["quy_tac"] == "SAI_THAM_SO"
