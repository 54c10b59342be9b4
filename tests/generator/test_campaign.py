import re
from datetime import date

import pytest

from generator import facts
from generator.campaign import LOTS_PER_VACCINE, SLOTS, lot_texts

#: shortest gaps between first and second dose, days (dose_rules.csv R03 to R06)
GAPS = {"AstraZeneca": 28, "Pfizer": 21, "Moderna": 28, "Vero Cell": 21}


def day(text):
    """Read dd/mm/yyyy."""
    d, m, y = map(int, text.split("/"))
    return date(y, m, d)


@pytest.fixture(scope="module")
def courses(made):
    """Per vaccinated person: birth date and doses (slot, vaccine, day) in table order."""
    born = dict(
        zip(
            made[0]["dan_cu"]["person_id"].to_pylist(),
            map(day, made[0]["dan_cu"]["ngay_sinh"].to_pylist()),
            strict=True,
        )
    )
    found = {}
    for dose in made[0]["mui_that"].to_pylist():
        entry = found.setdefault(dose["person_id"], (born[dose["person_id"]], []))
        entry[1].append((dose["mui"], dose["ten_vac_xin"], day(dose["ngay_tiem"])))
    return found


def age_on(born, when):
    """Return the age in years on a day."""
    return when.year - born.year - ((when.month, when.day) < (born.month, born.day))


def test_doses_keep_ages_and_days(courses, scenario):
    """Nobody is vaccinated too young, before the campaign of the age, or after the register's day."""
    for born, doses in courses.values():
        for _slot, _vaccine, when in doses:
            age = age_on(born, when)
            assert age >= 5
            assert date(2021, 6, 21) <= when <= scenario.as_of
            if age < 18:
                assert when >= date(2021, 10, 27)
            if age < 12:
                assert when >= date(2022, 4, 16)


def test_doses_keep_gaps_and_order(courses):
    """Second doses and boosters are never too early, and slots follow one another."""
    for _born, doses in courses.values():
        slots = [slot for slot, _vaccine, _when in doses]
        assert slots == [s for s in SLOTS if s in slots]
        assert slots[0] == "CB1"
        by_slot = {slot: (vaccine, when) for slot, vaccine, when in doses}
        if "CB2" in by_slot:
            first, second = by_slot["CB1"], by_slot["CB2"]
            assert first[0] == second[0]
            assert (second[1] - first[1]).days >= GAPS[first[0]]
        if "NL1" in by_slot:
            assert (by_slot["NL1"][1] - by_slot["CB2"][1]).days >= 90
            assert by_slot["NL1"][1] >= date(2021, 12, 17)


def test_minors_get_pfizer_only(courses):
    """Vaccines for adults are not given to minors (dose_rules.csv R18, R19)."""
    minors = [
        v for born, doses in courses.values() for _s, v, when in doses if age_on(born, when) < 18
    ]

    assert len(minors) > 1000
    assert set(minors) == {"Pfizer"}


def test_lots_have_the_form_of_their_vaccine():
    """Every synthetic lot matches the pattern of the reference table."""
    for v, row in enumerate(facts.table("vaccines")):
        lots = lot_texts()[v * LOTS_PER_VACCINE : (v + 1) * LOTS_PER_VACCINE]

        assert all(re.search(row["lot_format_regex_for_synthetic"], lot) for lot in lots)
        assert len(set(lots)) > LOTS_PER_VACCINE // 2
