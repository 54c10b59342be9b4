from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from generator.campaign import SLOTS, make_doses
from generator.city import Request, n_households
from generator.places import wards
from generator.population import make_households, make_people
from generator.randomness import Draws
from generator.scenario import load_scenario

#: shortest gaps between first and second dose, days (dose_rules.csv R03 to R06)
GAPS = {"AstraZeneca": 28, "Pfizer": 21, "Moderna": 28, "Vero Cell": 21}
GAPS |= {"Sputnik V": 21, "Hayat-Vax": 21, "Abdala": 14}


def day(text):
    """Read dd/mm/yyyy, or the first day of a year."""
    return date(*map(int, reversed(text.split("/")))) if "/" in text else date(int(text), 1, 1)


@pytest.fixture(scope="module")
def people(ward, scenario):
    """About 18,000 people of one ward."""
    draws = Draws(3, int(ward.code))
    return make_people(draws, make_households(draws, ward, 5000), scenario, offset=12345)


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
    """No dose is too early, and slots follow one another."""
    for _born, doses in courses.values():
        slots = [slot for slot, _vaccine, _when in doses]
        assert slots == [s for s in SLOTS if s in slots]
        assert slots[0] == "CB1"
        by_slot = {slot: (vaccine, when) for slot, vaccine, when in doses}
        if "CB2" in by_slot:
            first, second = by_slot["CB1"], by_slot["CB2"]
            assert (second[1] - first[1]).days >= GAPS[first[0]]
        basic = max(when for slot, _v, when in doses if slot.startswith("CB"))
        if "BS" in by_slot:
            assert 28 <= (by_slot["BS"][1] - basic).days <= 92
            assert by_slot["BS"][1] >= date(2021, 12, 17)
        if "NL1" in by_slot:
            before = by_slot["BS"][1] if "BS" in by_slot else basic
            assert (by_slot["NL1"][1] - before).days >= 90
            assert by_slot["NL1"][1] >= date(2021, 12, 17)
        if "NL2" in by_slot:
            assert (by_slot["NL2"][1] - by_slot["NL1"][1]).days >= 120
            assert by_slot["NL2"][1] >= date(2022, 5, 4)


def test_second_doses_mix_only_what_was_allowed(courses):
    """AstraZeneca with Pfizer or Moderna and these two with one another, from 8/9/2021; adults only."""
    mixed = Counter()
    for born, doses in courses.values():
        by_slot = {slot: (vaccine, when) for slot, vaccine, when in doses}
        first, second = by_slot["CB1"], by_slot.get("CB2")
        if second and first[0] != second[0]:
            mixed[first[0], second[0]] += 1
            assert second[1] >= date(2021, 9, 8)
            assert (second[1] - first[1]).days >= 28
            assert age_on(born, first[1]) >= 18

    assert set(mixed) == {
        ("AstraZeneca", "Pfizer"),
        ("AstraZeneca", "Moderna"),
        ("Moderna", "Pfizer"),
        ("Pfizer", "Moderna"),
    }
    assert mixed["AstraZeneca", "Pfizer"] > mixed["AstraZeneca", "Moderna"]


def test_three_basic_doses_are_abdala(courses):
    """Who has three basic doses had Abdala three times, two to four weeks apart."""
    threes = [d for _born, d in courses.values() if any(slot == "CB3" for slot, _v, _w in d)]

    assert threes
    for doses in threes:
        basic = [(v, when) for slot, v, when in doses if slot.startswith("CB")]
        assert [v for v, _when in basic] == ["Abdala"] * 3
        gaps = [(b[1] - a[1]).days for a, b in pairwise(basic)]
        assert all(14 <= gap <= 28 for gap in gaps)


def test_astrazeneca_after_mrna_only_since_march(courses):
    """A booster of AstraZeneca after two doses of mRNA exists, but not before 1/3/2022 (R16)."""
    found = []
    for _born, doses in courses.values():
        by_slot = {slot: (vaccine, when) for slot, vaccine, when in doses}
        if "NL1" in by_slot and by_slot["CB2"][0] in ("Pfizer", "Moderna"):
            found += [by_slot["NL1"][1]] if by_slot["NL1"][0] == "AstraZeneca" else []

    assert len(found) > 20
    assert min(found) >= date(2022, 3, 1)


def test_minors_get_pfizer_and_from_six_moderna(courses):
    """Vaccines for adults are not given to minors (dose_rules.csv R18, R19)."""
    minors = [
        (v, age_on(born, when))
        for born, doses in courses.values()
        for _s, v, when in doses
        if age_on(born, when) < 18
    ]

    assert len(minors) > 1000
    assert {v for v, _age in minors} == {"Pfizer", "Moderna"}
    assert min(age for v, age in minors if v == "Moderna") == 6
    assert max(age for v, age in minors if v == "Moderna") <= 12


def test_nobody_is_vaccinated_after_leaving(people, scenario):
    """The dead, and those who moved away, have no dose after that day."""
    doses = make_doses(Draws(3, int(people.households.ward.code)), people, scenario)

    assert people.gone.sum() > 100
    assert (doses.day <= people.until[doses.person]).all()


def test_doses_do_not_depend_on_the_day_of_looking(people, scenario):
    """The register of August begins with the register of May."""
    draws = Draws(3, int(people.households.ward.code))
    may = make_doses(draws, people, scenario)
    august = make_doses(draws, people, replace(scenario, as_of=date(2022, 8, 6)))
    early = august.day <= np.datetime64("2022-05-07")

    assert len(august.day) > len(may.day)
    for name, column in vars(may).items():
        assert np.array_equal(column, getattr(august, name)[early])


def test_doses_come_near_the_published_totals(scenario):
    """On 6 August 2022 all slots lie near HCDC's figures, in a small sample of the city."""
    looked = load_scenario("tp-hcm-2022-08")
    counts, persons = np.zeros(len(SLOTS)), 0
    for ward in list(wards().values())[4::30]:
        draws, request = Draws(5, int(ward.code)), Request(5, 0.2, looked)
        homes = make_households(draws, ward, n_households(ward, request))
        people = make_people(draws, homes, looked, 0)
        counts += np.bincount(make_doses(draws, people, looked).slot, minlength=len(SLOTS))
        persons += len(people.slot)
    published = {"CB1": 8_574_502, "CB2": 7_644_661, "BS": 687_536, "NL1": 4_661_672}
    published["NL2"] = 1_257_813

    for slot, count in published.items():
        made = counts[SLOTS.index(slot)] * looked.residents / persons
        assert made == pytest.approx(count, rel=0.06)
    assert looked.groups == scenario.groups
    assert looked.booster == scenario.booster
