from __future__ import annotations

import math
import random
from datetime import date

import pytest

from sosach.publish.report_charts import steps
from sosach.publish.report_data import City, WardCounts
from sosach.publish.report_facts import (
    RESIDENTS,
    census_ages,
    chance_distance,
    compare_doses,
    distance,
    fits,
    outcome,
    surname_weights,
)
from sosach.publish.report_words import number, percent, signed, tag


def test_distance_itself():
    """A distribution has no distance from itself, nor from a multiple of it."""
    ages = census_ages()

    assert distance(ages, ages) == 0
    assert distance(ages, {k: 7 * v for k, v in ages.items()}) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(
    ("found", "expected", "apart"),
    [
        ({"a": 1, "b": 1}, {"a": 3, "b": 1}, 0.25),
        ({"a": 5}, {"b": 2}, 1.0),
        ({"a": 2, "b": 1, "c": 1}, {"a": 1, "b": 1}, 0.25),
    ],
)
def test_distance_by_hand(found, expected, apart):
    """The distance is half the sum of the differences of the shares, in either direction."""
    assert distance(found, expected) == pytest.approx(apart)
    assert distance(expected, found) == pytest.approx(apart)


def test_chance_distance_of_draws():
    """What chance is said to leave is what independent draws leave on average."""
    weights, n, rounds = surname_weights(), 2_000, 40
    draws = random.Random(1)  # noqa: S311 - a fixed series, nothing secret
    names, masses = list(weights), list(weights.values())
    apart = []
    for _ in range(rounds):
        drawn = draws.choices(names, masses, k=n)
        apart.append(distance({name: drawn.count(name) for name in names}, weights))

    assert sum(apart) / rounds == pytest.approx(chance_distance(weights, n), rel=0.05)


def _entry(**values):
    return {"cause": "E01", "eligible": 10_000, "asked": 0.06, "achieved": 0.06} | values


@pytest.mark.parametrize("achieved", [0.0490, 0.0599, 0.0710])
def test_outcome_by_chance(achieved):
    """Within 4.9 standard deviations (here 1.16 points) an outcome fits."""
    assert outcome(_entry(achieved=achieved)).fits


@pytest.mark.parametrize(("achieved", "word"), [(0.0480, "Thấp"), (0.0720, "Cao")])
def test_outcome_off(achieved, word):
    """Beyond that the page says in words in which direction."""
    found = outcome(_entry(achieved=achieved))

    assert not found.fits
    assert word in found.verdict


def test_outcome_expected():
    """Carelessness moves what is expected; the verdict then says that it is not what was asked."""
    careless = _entry(expected=800.0, achieved=0.08)

    assert outcome(careless).expected == pytest.approx(0.08)
    assert outcome(careless).fits
    assert "khác yêu cầu 33%" in outcome(careless).verdict
    assert not outcome(careless | {"expected": 600.0}).fits


def test_outcome_pairs():
    """Decoys that are chosen in pairs may vary as their pairs do."""
    entry = _entry(eligible=1_000, asked=0.6, achieved=0.693)

    assert outcome(entry | {"cause": "D07"}).fits
    assert not outcome(entry).fits


def test_outcome_nobody():
    """A cause that nobody can have is no fault."""
    found = outcome(_entry(eligible=0, achieved=0.0, expected=0.0))

    assert found.fits
    assert "không có" in found.verdict


def _city(as_of, doses, people=1000):
    ward = WardCounts("27136", "770", (people, *[0] * 35), 0, 0, sum(doses.values()))
    city = City({}, as_of, [ward])
    city.doses.update(doses)
    return city


def test_compare_doses_scaled():
    """Published doses are scaled by the share of the residents, and counted to their own day."""
    given = {("20/09/2021", "Pfizer", "CB1"): 600, ("21/09/2021", "Pfizer", "CB1"): 50}
    rows = {row.slot: row for row in compare_doses(_city(date(2022, 5, 7), given))}

    assert set(rows) == {"", "CB1", "CB2"}
    assert rows["CB1"].made == 600
    assert rows["CB1"].scaled == pytest.approx(6_775_637 * 1000 / RESIDENTS)
    assert rows["CB1"].difference == pytest.approx(600 / rows["CB1"].scaled - 1)


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        (date(2021, 9, 19), set()),
        (date(2022, 8, 5), {date(2021, 9, 20)}),
        (date(2022, 8, 6), {date(2021, 9, 20), date(2022, 8, 6)}),
    ],
)
def test_compare_doses_days(as_of, days):
    """Only days that the data set has reached are compared."""
    assert {row.day for row in compare_doses(_city(as_of, {}))} == days


def test_compare_doses_published_sum():
    """The slots published for 6 August 2022 add up to the published total."""
    rows = [r for r in compare_doses(_city(date(2022, 8, 6), {})) if r.day == date(2022, 8, 6)]

    assert sum(row.published for row in rows if row.slot) == 22_826_184
    assert [row.published for row in rows if not row.slot] == [22_826_184]


def test_fits_census():
    """People exactly as the census has them have no distance from it."""
    ages = tuple(int(count) for count in census_ages().values())
    city = City({}, date(2022, 5, 7), [WardCounts("27136", "770", ages, 0, 0, 0)])

    assert fits(city)["ages"].distance == pytest.approx(0, abs=1e-5)
    assert fits(city)["wards"].distance is None  # one ward has nothing to be compared with


@pytest.mark.parametrize(
    ("top", "at_most"), [(0.054, 3), (1_223_672, 5), (57, 4), (1, 4), (0.3, 4), (100, 4)]
)
def test_steps_cover(top, at_most):
    """The marks of an axis begin at 0, are round, reach the highest value and are few."""
    marks = steps(top, at_most)
    size = marks[1]

    assert marks[0] == 0
    assert marks[-2] < top <= marks[-1] * (1 + 1e-9)
    assert len(marks) <= at_most + 1
    assert round(size / 10.0 ** math.floor(math.log10(size)), 6) in (1, 2, 2.5, 5)


def test_words_vietnamese():
    """Numbers stand as a Vietnamese reader writes them, a difference with its sign."""
    assert number(22_826_184) == "22.826.184"
    assert percent(0.05875, 2) == "5,88%"
    assert signed(0.0123) == "+1,2%"
    assert signed(-0.0001) == "0,0%"


def test_tag_escapes():
    """No value of an attribute can leave it."""
    assert tag("p", title='"><script>') == '<p title="&quot;&gt;&lt;script&gt;"></p>'
