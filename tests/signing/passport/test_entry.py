"""Who gets a passport, for which dose, and what it says."""

from datetime import date

import pytest

from sosach.signing.passport.entry import content_of, entitlement, person_of
from sosach.signing.passport.requests import Codes
from sosach.signing.passport.schema import check_schema
from sosach.signing.verdicts import Finding, judge

RECORD = {
    "ma_ho_so": "HS1",
    "ho_ten": "Đặng Thị Mỹ Hường",
    "ngay_sinh": "14/03/1987",
    "so_giay_to": "079187000001",
    "quoc_tich": "Việt Nam",
    "tt_xac_minh": "Đúng",
}
DAYS = {
    "CB1": "05/08/2021",
    "CB2": "05/11/2021",
    "CB3": "03/12/2021",
    "BS": "04/12/2021",
    "NL1": "12/02/2022",
    "NL2": "20/06/2022",
}
GOOD = Codes([])


def dose(slot, vaccine="AstraZeneca", **cells):
    """Return a row of ``mui_tiem``."""
    row = {"ma_mui": f"MU-{slot}", "ma_ho_so": "HS1", "mui": slot, "don_vi_nhap": "TYT-01"}
    return {**row, "ten_vac_xin": vaccine, "ngay_tiem": DAYS.get(slot, ""), **cells}


def decide(*slots, record=RECORD, vaccine="AstraZeneca", unsigned=()):
    """Decide on doses of one vaccine in some slots."""
    doses = [dose(slot, vaccine) for slot in slots]
    verdicts = {row["ma_mui"]: GOOD for row in doses if row["mui"] not in unsigned}
    return entitlement(record, doses, verdicts)


@pytest.mark.parametrize(
    ("vaccine", "slots", "number", "series"),
    [
        ("AstraZeneca", ["CB1", "CB2"], 2, 2),
        ("AstraZeneca", ["CB1", "CB2", "NL1"], 3, 3),
        ("AstraZeneca", ["CB2", "NL1", "CB1", "BS", "NL2"], 5, 5),
        ("Janssen", ["CB1"], 1, 1),
        ("Janssen", ["CB1", "NL1"], 2, 1),
        ("Abdala", ["CB1", "CB2", "CB3"], 3, 3),
        ("Abdala", ["CB1", "CB2", "CB3", "NL1"], 4, 4),
    ],
)
def test_entitlement_numbers(vaccine, slots, number, series):
    """A course is numbered 2/2, 1/1 or 3/3; boosters go on as 3/3, and as 2/1 after one dose."""
    entitled = decide(*slots, vaccine=vaccine)

    assert (entitled.number, entitled.series) == (number, series)
    assert entitled.left_out == ()


@pytest.mark.parametrize(
    ("vaccine", "slots"),
    [
        ("AstraZeneca", []),
        ("AstraZeneca", ["CB1"]),
        ("AstraZeneca", ["CB2"]),
        ("AstraZeneca", ["CB1", "NL1"]),
        ("AstraZeneca", ["CB1", "CB1"]),
        ("Abdala", ["CB1", "CB2"]),
        ("Abdala", ["CB1", "CB2", "NL1"]),
    ],
)
def test_entitlement_course_incomplete(refused, vaccine, slots):
    """Without every dose of the primary course there is no passport (QĐ 5772)."""
    assert refused(decide, *slots, vaccine=vaccine).code == "COURSE_INCOMPLETE"


def test_entitlement_mixed_course():
    """AstraZeneca then Pfizer is a course of two; the passport names the last vaccine."""
    doses = [dose("CB1"), dose("CB2", "Pfizer")]
    entitled = entitlement(RECORD, doses, {"MU-CB1": GOOD, "MU-CB2": GOOD})

    assert (entitled.vaccine.name, entitled.number, entitled.series) == ("Pfizer", 2, 2)


@pytest.mark.parametrize("slot", ["CB1", "CB2"])
def test_entitlement_unsigned_dose_of_the_course(refused, slot):
    """A dose of the course that is not signed is named, with the unit that has to sign."""
    finding = refused(decide, "CB1", "CB2", "NL1", unsigned=[slot])

    assert (finding.code, finding.name, finding.expected) == (
        "DOSE_UNSIGNED",
        f"MU-{slot}",
        "TYT-01",
    )


def test_entitlement_bad_signature(refused):
    """A signature that was judged bad is none; what was found is told."""
    bad = judge(
        "dose", "MU-CB2", ["content"], {"content": [Finding("CONTENT_ALTERED", "content", "dose")]}
    )
    verdicts = {"MU-CB1": GOOD, "MU-CB2": bad}

    finding = refused(entitlement, RECORD, [dose("CB1"), dose("CB2")], verdicts)
    assert (finding.code, finding.found) == ("DOSE_UNSIGNED", "CONTENT_ALTERED")


def test_entitlement_unsigned_booster_is_left_out():
    """A booster that waits for its signature does not count yet, nor what follows it."""
    entitled = decide("CB1", "CB2", "NL1", "NL2", unsigned=["NL1"])

    assert (entitled.number, entitled.series) == (2, 2)
    assert entitled.left_out == ("MU-NL1", "MU-NL2")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"tt_xac_minh": "Sai"}, "RECORD_UNVERIFIED"),
        ({"tt_xac_minh": ""}, "RECORD_UNVERIFIED"),
        ({"quoc_tich": "Nhật Bản", "tt_xac_minh": "Chưa gửi"}, "RECORD_INCOMPLETE"),
        ({"ho_ten": None}, "RECORD_INCOMPLETE"),
        ({"ma_ho_so": 5}, "RECORD_INCOMPLETE"),
    ],
)
def test_entitlement_record_refused(refused, cells, code):
    """The record is verified, or of a foreigner with a passport number (CV 1908)."""
    assert refused(decide, "CB1", "CB2", record={**RECORD, **cells}).code == code


def test_entitlement_foreigner_with_passport():
    """A foreigner is not compared with the population database."""
    record = {
        **RECORD,
        "quoc_tich": "Nhật Bản",
        "tt_xac_minh": "Chưa gửi",
        "so_giay_to": "TK1234567",
    }

    assert decide("CB1", "CB2", record=record).number == 2


@pytest.mark.parametrize(
    "cells",
    [
        {"ten_vac_xin": "Astra"},
        {"ngay_tiem": "31/02/2022"},
        {"ngay_tiem": "2022"},
        {"ngay_tiem": ""},
        {"mui": "M2"},
        {"ma_mui": None},
    ],
)
def test_entitlement_unreadable_dose(refused, cells):
    """A dose that cannot be read is no dose, and the cell is named."""
    doses = [dose("CB1"), dose("CB2", **cells)]
    finding = refused(entitlement, RECORD, doses, {"MU-CB1": GOOD, "MU-CB2": GOOD})

    assert (finding.code, finding.field) == ("RECORD_INCOMPLETE", next(iter(cells)))


def test_entitlement_missing_column(refused):
    """A row without a column that is needed is refused, not crashed on."""
    record = {key: cell for key, cell in RECORD.items() if key != "quoc_tich"}

    assert refused(decide, "CB1", "CB2", record=record).field == "quoc_tich"


@pytest.mark.parametrize(
    ("full", "names"),
    [
        (
            "Đặng Thị Mỹ Hường",
            {"fn": "Đặng", "gn": "Thị Mỹ Hường", "fnt": "DANG", "gnt": "THI<MY<HUONG"},
        ),
        ("  Lê   Ánh ", {"fn": "Lê", "gn": "Ánh", "fnt": "LE", "gnt": "ANH"}),
        ("Nguye\u0302\u0303n Qúy", {"fn": "Nguyễn", "gn": "Qúy", "fnt": "NGUYEN", "gnt": "QUY"}),
        ("Kim Min-jun", {"fn": "Kim", "gn": "Min-jun", "fnt": "KIM", "gnt": "MIN<JUN"}),
        ("Suharto", {"fn": "Suharto", "fnt": "SUHARTO"}),
    ],
)
def test_person_of_names(full, names):
    """The first word is the surname; letters are composed, blanks put right, machines read A to Z."""
    assert person_of({**RECORD, "ho_ten": full})["nam"] == names


@pytest.mark.parametrize("full", ["", "   ", "Nguyễn Văn 3", "王"])
def test_person_of_name_refused(refused, full):
    """A name that a travel paper cannot spell is put right in the record first."""
    assert refused(person_of, {**RECORD, "ho_ten": full}).field == "ho_ten"


@pytest.mark.parametrize(("text", "iso"), [("14/03/1987", "1987-03-14"), ("1987", "1987")])
def test_person_of_birth_date(text, iso):
    """A birth date is a day or a year alone."""
    assert person_of({**RECORD, "ngay_sinh": text})["dob"] == iso


@pytest.mark.parametrize("text", ["", "31/02/1987", "14-03-1987", "87", "14/03/1887", "٢٠٢١"])
def test_person_of_birth_date_refused(refused, text):
    """A birth date that is none is refused."""
    assert refused(person_of, {**RECORD, "ngay_sinh": text}).field == "ngay_sinh"


def test_content_of():
    """The whole content of one passport, as the schema wants it."""
    content = content_of(decide("CB1", "CB2"), "URN:UVCI:01:VN:1", date(2022, 5, 14))

    assert check_schema(content) == []
    assert content == {
        "ver": "1.3.0",
        "nam": {"fn": "Đặng", "gn": "Thị Mỹ Hường", "fnt": "DANG", "gnt": "THI<MY<HUONG"},
        "dob": "1987-03-14",
        "v": [
            {
                "tg": "840539006",
                "vp": "29061000087103",
                "mp": "EU/1/21/1529",
                "ma": "ORG-100001699",
                "dn": 2,
                "sd": 2,
                "dt": "2021-11-05",
                "co": "VN",
                "is": "CUC Y TE DU PHONG - DAO TAO",
                "ci": "URN:UVCI:01:VN:1",
            }
        ],
    }
