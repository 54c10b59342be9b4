"""The vaccination campaign: who came when, and which vaccine they got.

First doses fall into the waves of the person's age group, never before the birthday that allows
them; later doses keep the gaps of ``dose_rules.csv``. The history does not depend on the day on
which the register is looked at: that day only cuts it off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator import clerks, facts, supply
from generator.population import People
from generator.randomness import Draws, Floats, Ints, Stream, split, weighted
from generator.scenario import Additional, Booster, Group, Scenario

__all__ = ["MAX_DOSES", "SLOTS", "Doses", "make_doses", "vaccine_index", "vaccine_names"]

#: doses of one person, by the lines of the confirmation slip (QĐ 43/QĐ-BYT, dose_rules.csv R20)
SLOTS = ("CB1", "CB2", "CB3", "BS", "NL1", "NL2", "NL3")
MAX_DOSES = 8
CB1, CB2, CB3, BS, NL1, NL2 = range(6)
#: mean number of days by which people come later than they may, for the basic doses (assumption)
MEAN_DELAY = 7
#: second doses are late (D03) by so many days more, at most (assumption)
LATE_FROM, LATE_TO = 30, 90
#: a course of three is finished within two weeks of every permitted day (dose_rules.csv R08)
SHORT_DELAY = 14
#: days, counted from 1 January 1970; far beyond every scenario
NEVER = 50_000
#: years that Moderna needs (dose_rules.csv R19)
MODERNA_AGE = 6


@dataclass(frozen=True)
class Doses:
    """The doses of one ward; row = dose, by person and date.

    Attributes
    ----------
    person : ndarray of int, shape (n,)
        Row of the person.
    slot : ndarray of int, shape (n,)
        Index into `SLOTS`.
    vaccine, lot : ndarray of int, shape (n,)
        Row of vaccines.csv, index into `generator.lots.lot_texts`; -1 = no lot written.
    day : ndarray of datetime64[D], shape (n,)
    place, site : ndarray of int, shape (n,)
        Where it was given, and which place is typed: indices into `generator.supply.site_codes`.
    unit, clerk : ndarray of int, shape (n,)
        Who entered it: indices into `generator.supply.unit_codes`, `generator.clerks.clerk_codes`.
    """

    person: Ints
    slot: Ints
    vaccine: Ints
    lot: Ints
    day: NDArray[np.datetime64]
    place: Ints
    site: Ints
    unit: Ints
    clerk: Ints

    def take(self, rows: Ints) -> Doses:
        """Return some of the doses."""
        return Doses(**{name: column[rows] for name, column in vars(self).items()})


def make_doses(draws: Draws, people: People, scenario: Scenario) -> Doses:
    """Vaccinate the people of a ward.

    Parameters
    ----------
    draws : Draws
        Of the people's ward.
    people : People
    scenario : Scenario

    Returns
    -------
    Doses
    """
    rows = people.row
    top = int(rows.max()) + 1

    def u(stream: Stream) -> Floats:
        drawn: Floats = draws.uniform(stream, top)[rows]
        return drawn

    days, vaccines = _history(u, _Birthdays(people.born), scenario)
    last = np.minimum(people.until, np.datetime64(scenario.as_of)).astype(np.int64)
    person, slot = np.nonzero(days <= last[:, None])
    day, vaccine = days[person, slot].astype("datetime64[D]"), vaccines[person, slot]
    where, which = _dose_draws(u(Stream.SITE), u(Stream.LOT), person, slot)
    place = supply.choose_sites(where, scenario)
    return Doses(
        person=person,
        slot=slot,
        vaccine=vaccine,
        lot=supply.choose_lots(which, vaccine, day, place, people.households.ward),
        day=day,
        place=place,
        site=supply.typed_sites(draws, scenario)[place],
        unit=supply.entering_units(draws, scenario)[place],
        clerk=clerks.on_duty(place, day, people.household[person]),
    )


def _dose_draws(early: Floats, late: Floats, person: Ints, slot: Ints) -> tuple[Floats, Floats]:
    """Return two numbers per dose: a person's draws hold three doses each, of 13 and 4 bits."""
    both = (np.stack([early, late]) * 2.0**51).astype(np.int64)
    bits = both[slot // 3, person] >> 17 * (slot % 3) & (2**17 - 1)
    return (bits >> 4) / 2**13, (bits & 15) / 2**4


class _Birthdays:
    """On which day people reach an age; 29 February counts as 1 March."""

    def __init__(self, born: NDArray[np.datetime64]) -> None:
        self._month = born.astype("datetime64[M]")
        self._day = (born - self._month).astype(np.int64)
        self._known: dict[int, Ints] = {}

    def __call__(self, age: int) -> Ints:
        if age not in self._known:
            first = (self._month + np.timedelta64(12 * age, "M")).astype("datetime64[D]")
            self._known[age] = first.astype(np.int64) + self._day
        return self._known[age]


def _day(day: object) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))  # type: ignore[call-overload]


def _history(
    u: Callable[[Stream], Floats], birthdays: _Birthdays, scenario: Scenario
) -> tuple[Ints, Ints]:
    """Return day and vaccine of every dose that a person would have, by slot; `NEVER` = none."""
    comes, again = split(u(Stream.COVERAGE))
    which, mixed = split(u(Stream.VACCINE))
    group, allowed = _groups(birthdays, scenario)
    first, vaccine = _first_doses(comes, u(Stream.FIRST_DAY), which, group, allowed, scenario)
    young = (vaccine == vaccine_index("MOD")) & (first < birthdays(MODERNA_AGE))
    vaccine[young] = vaccine_index("PFZ")
    second, third, other = _course(
        again, u(Stream.SECOND_DELAY), mixed, first, vaccine, group, scenario
    )
    complete = np.choose(_basic_doses()[vaccine] - 1, (first, second, third))
    brand, later_brand = split(u(Stream.BOOSTER_VACCINE))
    additional, second_booster = split(u(Stream.SECOND_BOOSTER))
    extra, extra_vaccine = _additional(
        additional, later_brand, complete, vaccine, birthdays, scenario.additional
    )
    base = np.where(extra < NEVER, extra, complete)
    boost, boost_vaccine = _boosters(
        u(Stream.BOOSTER_DELAY), brand, base, other, birthdays, scenario.booster
    )
    again_boost, again_vaccine = _boosters(
        second_booster, later_brand, boost, other, birthdays, scenario.second_booster
    )
    days = np.stack([first, second, third, extra, boost, again_boost], axis=1)
    vaccines = [vaccine, other, vaccine, extra_vaccine, boost_vaccine, again_vaccine]
    return days, np.stack(vaccines, axis=1)


def _groups(birthdays: _Birthdays, scenario: Scenario) -> tuple[Ints, Ints]:
    """Return the campaign that each person may come to first, and from which day; -1 = none."""
    allowed = np.full_like(birthdays(0), NEVER)
    group = np.full_like(allowed, -1)
    for g, rule in enumerate(scenario.groups):
        day = np.maximum(birthdays(rule.min_age), _day(rule.start))
        earlier = day < allowed
        group[earlier], allowed[earlier] = g, day[earlier]
    return group, allowed


def _first_doses(
    comes: Floats, when: Floats, which: Floats, group: Ints, allowed: Ints, scenario: Scenario
) -> tuple[Ints, Ints]:
    """Draw day and vaccine of the first dose; `NEVER` for those who do not come."""
    day, vaccine = np.full_like(group, NEVER), np.zeros_like(group)
    for g, rule in enumerate(scenario.groups):
        own = np.flatnonzero((group == g) & (comes < rule.coverage))
        wave, drawn = _wave_days(when[own], rule)
        day[own] = np.maximum(drawn, allowed[own])
        for w, stretch in enumerate(rule.waves):
            inside = own[wave == w]
            vaccine[inside] = _vaccines(which[inside], stretch.vaccines)
    return day, vaccine


def _wave_days(u: Floats, rule: Group) -> tuple[Ints, Ints]:
    """Draw a wave and a day in it, evenly; one draw gives both."""
    edges = np.r_[0.0, np.cumsum([wave.share for wave in rule.waves])]
    edges /= edges[-1]
    wave = weighted(u, np.diff(edges))
    starts = np.array([_day(rule.start), *(_day(w.until) for w in rule.waves[:-1])])
    lengths = np.array([_day(w.until) for w in rule.waves]) - starts
    within = (u - edges[wave]) / np.diff(edges)[wave]
    return wave, starts[wave] + (within * (lengths[wave] + 1)).astype(np.int64)


def _vaccines(u: Floats, mix: Mapping[str, float]) -> Ints:
    rows = np.array([vaccine_index(vaccine) for vaccine in mix])
    return rows[weighted(u, list(mix.values()))]


def _course(
    again: Floats,
    delay: Floats,
    mixed: Floats,
    first: Ints,
    vaccine: Ints,
    group: Ints,
    scenario: Scenario,
) -> tuple[Ints, Ints, Ints]:
    """Return the days of second and third dose, and the vaccine of the second."""
    second, third, other = np.full_like(first, NEVER), np.full_like(first, NEVER), vaccine.copy()
    for g, rule in enumerate(scenario.groups):
        own = np.flatnonzero((group == g) & (again < rule.second_coverage) & (first < NEVER))
        gap = _gaps(rule.second_gap_days)[vaccine[own]]
        short = first[own] + _gaps(rule.short_gap_days)[vaccine[own]]
        allowed = np.minimum(first[own] + gap, np.maximum(short, _day(rule.short_from)))
        other[own] = _mixed(mixed[own], vaccine[own], rule)
        mixes = other[own] != vaccine[own]
        from_day = np.maximum(first[own] + rule.mixed_gap_days, _day(rule.mixed_from))
        allowed = np.where(mixes, np.maximum(allowed, from_day), allowed)
        later = _late(delay[own], rule.late_second)
        three = _basic_doses()[vaccine[own]] == 3
        later = np.where(three, np.minimum(later, SHORT_DELAY), later)
        second[own] = np.minimum(allowed + later, NEVER)
        third[own] = np.where(three, second[own] + gap + later, NEVER)
    return second, third, other


def _gaps(days: Mapping[str, int]) -> Ints:
    """Return days per row of vaccines.csv, `NEVER` where the table has none."""
    return np.array([days.get(v, NEVER) for v in facts.column("vaccines", "vaccine_id")])


def _shares(shares: Mapping[str, float]) -> Floats:
    """Return a share per row of vaccines.csv, 0 where the table has none."""
    return np.array([shares.get(v, 0.0) for v in facts.column("vaccines", "vaccine_id")])


def _mixed(u: Floats, vaccine: Ints, rule: Group) -> Ints:
    """Return the vaccine of the second dose: nearly always that of the first."""
    other = vaccine.copy()
    for name, mix in rule.mixed_second.items():
        own = np.flatnonzero(vaccine == vaccine_index(name))
        rest = 1 - sum(mix.values())
        other[own] = _vaccines(u[own], {**mix, name: rest})
    return other


def _late(u: Floats, share: float) -> Ints:
    """Draw how many days later than allowed people come: most soon, a share weeks later."""
    soon = _delay((u - share) / (1 - share), MEAN_DELAY)
    late = LATE_FROM + (LATE_TO - LATE_FROM) * u / max(share, 1e-9)
    return np.where(u < share, late, soon).astype(np.int64)


def _delay(u: Floats, mean: float) -> Ints:
    """Draw a delay in days: most short, some long."""
    return (-mean * np.log1p(-np.clip(u, 0.0, 1 - 1e-9))).astype(np.int64)


def _additional(
    u: Floats,
    brand: Floats,
    complete: Ints,
    vaccine: Ints,
    birthdays: _Birthdays,
    rule: Additional,
) -> tuple[Ints, Ints]:
    """Draw the additional dose of those whose vaccine asks for one, or who are weak."""
    share = _shares(rule.coverage)[vaccine]
    allowed = np.maximum(complete + rule.gap_days, _day(rule.start))
    latest = complete + rule.within_days
    comes = (u < share) & (allowed <= latest) & (birthdays(rule.min_age) <= allowed)
    delay = _delay(u / np.maximum(share, 1e-9), MEAN_DELAY)
    day = np.where(comes, np.minimum(allowed + delay, latest), NEVER)
    return np.minimum(day, NEVER), _vaccines(brand, rule.vaccines)


def _boosters(
    u: Floats, brand: Floats, base: Ints, basic: Ints, birthdays: _Birthdays, rule: Booster
) -> tuple[Ints, Ints]:
    """Draw day and vaccine of a booster; `NEVER` for those who do not get one."""
    allowed = np.maximum(base + rule.gap_days, _day(rule.start))
    allowed = np.maximum(allowed, birthdays(rule.min_age))
    # one draw says who comes, and of those who come how late
    delay = _delay(u / max(rule.coverage, 1e-9), rule.mean_delay_days)
    day = np.where((u < rule.coverage) & (base < NEVER), allowed + delay, NEVER)
    vaccine = _vaccines(brand, rule.vaccines)
    mrna = np.isin(basic, [vaccine_index("PFZ"), vaccine_index("MOD")])
    early = mrna & (vaccine == vaccine_index("AZ")) & (day < _day(rule.az_after_mrna))
    return np.minimum(day, NEVER), np.where(early, vaccine_index("PFZ"), vaccine)


@cache
def _basic_doses() -> Ints:
    """Return how many basic doses each vaccine has."""
    return np.array([int(count) for count in facts.column("vaccines", "primary_doses")])


@cache
def vaccine_names() -> tuple[str, ...]:
    """Return the eight vaccines as the platform writes them."""
    return tuple(facts.column("vaccines", "name_on_platform_vi"))


@cache
def vaccine_index(vaccine: str) -> int:
    """Return the row of a vaccine in ``vaccines.csv``."""
    return facts.column("vaccines", "vaccine_id").index(vaccine)
