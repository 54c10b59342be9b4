"""Codes are right or wrong as of the day of issue."""

from datetime import date

import pytest

from generator import facts
from sosach.signing.passport.codes import check_codes, kind_code, meaning, vaccines

FIRST, SECOND, THIRD = date(2021, 12, 20), date(2022, 5, 14), date(2023, 2, 1)
DOSE = {"tg": "840539006", "vp": "J07BX03", "mp": "EU/1/21/1529", "ma": "ORG-100001699", "co": "VN"}


def codes(day=SECOND, group="v", **cells):
    """Return code and field of what is wrong with a dose of AstraZeneca."""
    return [(f.code, f.field) for f in check_codes(group, {**DOSE, **cells}, day)]


def test_vaccines_are_those_of_the_reference():
    """Course and codes of all eight vaccines are those of the generator's table."""
    rows = {row["name_on_platform_vi"]: row for row in facts.table("vaccines")}

    assert set(vaccines()) == set(rows)
    for name, vaccine in vaccines().items():
        row = rows[name]
        assert vaccine.course == int(row["primary_doses"])
        assert (vaccine.mp, vaccine.ma) == (row["eu_mp"], row["eu_ma"])
        assert kind_code(vaccine, SECOND) == row["eu_vp_recommended_since_2022_01_31"]
        assert kind_code(vaccine, THIRD) == row["eu_vp_since_2023_01_25"]
        assert kind_code(vaccine, SECOND, "vn2022") == row["eu_vp_vn_style_2022"]


@pytest.mark.parametrize("day", [FIRST, SECOND, THIRD])
@pytest.mark.parametrize("name", sorted(vaccines()))
def test_check_codes_what_we_write(name, day):
    """What we issue on any day passes our own check of that day."""
    vaccine = vaccines()[name]
    dose = {**DOSE, "mp": vaccine.mp, "ma": vaccine.ma, "vp": kind_code(vaccine, day)}

    assert check_codes("v", dose, day) == []


@pytest.mark.parametrize(
    ("code", "first", "second", "third"),
    [
        ("J07BX03", True, True, False),
        ("1119305005", True, True, True),
        ("29061000087103", False, True, True),
        ("28531000087107", False, False, True),
        ("x", False, False, False),
        (None, False, False, False),
        ([], False, False, False),
    ],
)
def test_check_codes_by_day(code, first, second, third):
    """A kind of vaccine is right only in its time (sets of 31/1/2022 and 25/1/2023)."""
    right = {day: codes(day, vp=code) == [] for day in (FIRST, SECOND, THIRD)}

    assert right == {FIRST: first, SECOND: second, THIRD: third}


@pytest.mark.parametrize(
    ("day", "right"),
    [(date(2022, 1, 30), False), (date(2022, 1, 31), True), (date(2023, 1, 24), True)],
)
def test_check_codes_first_day(day, right):
    """The set of 31/1/2022 holds from its first day on."""
    assert (codes(day, vp="29061000087103") == []) == right


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"ma": "ORG-100030215"}, [("MP_MA_MISMATCH", "v.ma")]),
        ({"ma": {}}, [("MP_MA_MISMATCH", "v.ma")]),
        ({"vp": "1119349007"}, [("MP_VP_MISMATCH", "v.vp")]),
        ({"vp": "1119305005"}, []),  # says no technology
        ({"tg": "1"}, [("VALUE_SET", "v.tg")]),
        ({"co": "XY"}, [("VALUE_SET", "v.co")]),
        ({"co": "XK"}, []),
        ({"mp": "X"}, [("VALUE_SET", "v.mp")]),
        ({"mp": "X", "co": "FR"}, [("VALUE_UNKNOWN", "v.mp")]),
    ],
)
def test_check_codes_vaccination(cells, found):
    """Product, manufacturer and kind belong together; Viet Nam uses eight vaccines."""
    assert codes(**cells) == found


def test_check_codes_unknown_product_is_a_note():
    """A foreign product that our table lacks is not called wrong."""
    (note,) = check_codes("v", {**DOSE, "mp": "X", "co": "FR"}, SECOND)

    assert not note.fails


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"tt": "LP6464-4", "tr": "260415000"}, []),
        ({"tt": "LP6464-4", "tr": "negative"}, [("VALUE_SET", "t.tr")]),
        ({"tt": "PCR", "tr": "260373001"}, [("VALUE_SET", "t.tt")]),
    ],
)
def test_check_codes_test(cells, found):
    """Kind and result of a test are codes too."""
    assert codes(group="t", **cells) == found


def test_check_codes_recovery():
    """A recovery has the code of the disease alone."""
    assert codes(group="r") == []


@pytest.mark.parametrize(
    ("field", "code", "says"),
    [
        ("mp", "EU/1/20/1528", "Comirnaty"),
        ("ma", "ORG-100030215", "BioNTech Manufacturing GmbH"),
        ("tg", "840539006", "COVID-19"),
        ("vp", "?", "?"),
    ],
)
def test_meaning(field, code, says):
    """A code has a name; an unknown one stays as it is."""
    assert meaning(field, code) == says
