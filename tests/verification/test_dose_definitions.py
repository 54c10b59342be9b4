"""What each kind of error in a dose looks like: examples that are one, and near misses."""

import datetime as dt

import duckdb
import pytest

from generator import facts as generator_facts
from generator.vietnamese import place_tone
from sosach.verification import facts
from sosach.verification.definitions import DEFINITIONS

GIVEN = "31/07/2021"
FIRST, SECOND = dt.date(2021, 7, 31), dt.date(2021, 9, 25)
SLOTS = ["CB1", "CB2", "BS"]
CHILD, YOUTH = "05/02/2012", "05/02/2006"


@pytest.fixture(scope="module")
def ask():
    """Tell what a macro says of some values."""
    with duckdb.connect() as connection:
        connection.execute(DEFINITIONS)
        for name in ("spellings", "lot_forms"):
            entries = getattr(facts, name.upper())
            values = [list(entries), list(entries.values())]
            connection.execute(f"set variable {name} = map($1, $2)", values)

        def answer(macro, *values):
            marks = ", ".join("?" * len(values))
            return connection.execute(f"select {macro}({marks})", values).fetchone()[0]

        yield answer


YES = [
    ("is_e23", "7/31/21", GIVEN),
    ("is_e23", "31.07.21", GIVEN),
    ("is_e23", "31-07-21", GIVEN),
    ("is_e23", "44408", GIVEN),
    ("is_e23", "6/5/21", "05/06/2021"),
    ("is_unclear", "6/5/21"),
    ("is_e24", "Pfirez", "Pfizer"),
    ("is_e24", "Sinopharm", "Vero Cell"),
    ("is_e51", GIVEN, GIVEN),
    ("is_e52", "CB1", "CB2"),
    ("is_e53", "31/07/2022", GIVEN),
    ("is_e53", "31/07/2020", GIVEN),
    ("is_e53", "03/08/2021", GIVEN),
    ("is_e53", "14/09/2021", GIVEN),
    ("is_e54", "03/08/2021", SECOND, FIRST),
    ("is_e54", "10/08/2021", SECOND, FIRST),
    ("is_e55", "Moderna", "AstraZeneca"),
    ("is_e55", "Moderna", "Abdala"),
    ("is_e56", "", "FK0006", "Pfizer"),
    ("is_e56", "FKOOO6", "FK0006", "Pfizer"),
    ("is_e56", "052C21A", "FK0006", "Pfizer"),
    ("is_e57", "NL1", "BS", SLOTS),
    ("is_e57", "BS", "NL1", ["CB1", "CB2", "NL1"]),
    ("is_e57", "NL1", "CB3", ["CB1", "CB2", "CB3"]),
    ("is_e58", "26/10/2021", "20/11/2021", YOUTH),
    ("is_e58", "08/08/2021", "20/11/2021", YOUTH),
    ("is_e58", "15/04/2022", "20/04/2022", CHILD),
    ("is_e58", "06/01/2022", "20/04/2022", CHILD),
    ("is_e59", "Chợ Lạ", "Chợ Lạ", False),
    ("is_e60", "CS26794-1", "CS26794-1", "NGOAI"),
    ("is_d02", "AstraZeneca", "Pfizer"),
    ("is_d03", "Pfizer", "Pfizer", 51, 21),
    ("is_d05", "Moderna", "AstraZeneca"),
]

NO = [
    ("is_e23", "7/31/21", "30/07/2021"),
    ("is_e23", "07/31/21", GIVEN),
    ("is_e23", GIVEN, GIVEN),
    ("is_e23", "44409", GIVEN),
    ("is_e23", "31.07.2021", GIVEN),
    ("is_e23", "32.07.21", GIVEN),
    ("is_unclear", "5/5/21"),
    ("is_unclear", "7/31/21"),
    ("is_unclear", "06.05.21"),
    ("is_e24", "Pfirez", "Moderna"),
    ("is_e24", "PFIZER", "Pfizer"),
    ("is_e24", "Pfizerr", "Pfizer"),
    ("is_e52", "CB1", "CB3"),
    ("is_e53", "31/07/2023", GIVEN),
    ("is_e53", "02/08/2021", GIVEN),
    ("is_e53", "15/09/2021", GIVEN),
    ("is_e53", "29/02/2021", "29/02/2020"),
    ("is_e54", "02/08/2021", SECOND, FIRST),
    ("is_e54", "11/08/2021", SECOND, FIRST),
    ("is_e54", "03/08/2021", dt.date(2021, 8, 12), FIRST),  # the true gap is short itself
    ("is_e55", "Abdala", "AstraZeneca"),
    ("is_e55", "Pfizer", "Pfizer"),
    ("is_e56", "FK0006", "FK0006", "Pfizer"),
    ("is_e56", "FK", "FK0006", "Pfizer"),
    ("is_e56", "2021070123", "2021070124", "Vero Cell"),
    ("is_e57", "NL1", "BS", [*SLOTS, "NL1"]),
    ("is_e57", "NL2", "NL1", SLOTS),
    ("is_e58", "27/10/2021", "20/11/2021", YOUTH),
    ("is_e58", "07/08/2021", "20/11/2021", YOUTH),
    ("is_e58", "26/10/2021", "20/11/2021", "05/02/2003"),  # grown up
    ("is_e58", "15/04/2022", "20/04/2022", "05/02/2010"),  # 12 years old by then
    ("is_e58", "05/01/2022", "20/04/2022", CHILD),
    ("is_e59", "Chợ Lạ", "Chợ Lạ", True),
    ("is_e59", "Chợ Mới", "Chợ Lạ", False),
    ("is_e60", "CS26794-1", "CS26794-1", "TT769"),
    ("is_d02", "Pfizer", "AstraZeneca"),
    ("is_d03", "Pfizer", "Pfizer", 50, 21),
    ("is_d03", "AstraZeneca", "AstraZeneca", 90, 28),
    ("is_d05", "AstraZeneca", "AstraZeneca"),
]


def named(example):
    """Return a name for an example that a terminal can show."""
    return ascii(example)[1:-1]


@pytest.mark.parametrize("example", YES, ids=named)
def test_definition_met(ask, example):
    """The example is an error or a decoy of its kind."""
    assert ask(*example) is True


@pytest.mark.parametrize("example", NO, ids=named)
def test_definition_missed(ask, example):
    """The example only looks like one of its kind."""
    assert not ask(*example)


def test_two_tone_places(ask):
    """Of all words of names, the tone has two legal places where two conventions differ."""
    words = {
        word
        for table, column in (("given_names", "given"), ("middle_names", "middle"))
        for name in generator_facts.column(table, column)
        for word in name.split()
    }
    words |= {"Khoẻ", "Quý", "Thuỵ", "Oánh", "Thuở", "Loé", "Quả", "Hoài"}
    both = {word for word in words if place_tone(word, "old") != place_tone(word, "new")}

    assert {word for word in words if ask("is_d08", f"Lê {word}")} == both
    assert {"Khoẻ", "Thuỵ", "Loé"} <= both < words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("03/12/1985", dt.date(1985, 12, 3)),
        ("1945", dt.date(1945, 1, 1)),
        ("31/02/1985", None),
        ("3/12/1985", None),
        ("85", None),
        ("", None),
    ],
)
def test_day_of_birth(ask, written, expected):
    """Where only the year is known a birth date counts from 1 January."""
    assert ask("day", written) == expected
