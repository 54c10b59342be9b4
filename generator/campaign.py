"""The vaccination campaign: who came when, and which vaccine they got.

A simple calendar: first doses fall into the waves of the person's age group, never before the
birthday that allows them; second doses and boosters keep the gaps of ``dose_rules.csv``.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator import facts
from generator.population import People
from generator.randomness import Draws, Floats, Ints, Stream, below, weighted
from generator.scenario import Group, Scenario

__all__ = [
    "MAX_DOSES",
    "SLOTS",
    "Doses",
    "lot_texts",
    "make_doses",
    "vaccine_index",
    "vaccine_names",
]

#: doses of one person, by the lines of the confirmation slip (QĐ 43/QĐ-BYT, dose_rules.csv R20)
SLOTS = ("CB1", "CB2", "CB3", "BS", "NL1", "NL2", "NL3")
MAX_DOSES = 8
CB1, CB2, NL1 = SLOTS.index("CB1"), SLOTS.index("CB2"), SLOTS.index("NL1")
#: mean number of days by which people come later than they may (assumption)
MEAN_DELAY = 7
MAX_DELAY = 60
LOTS_PER_VACCINE = 40
#: synthetic lots in the form of vaccines.csv: @ a letter, # a digit; no real lot list was found
LOT_FORMS = {
    "AZ": "@@@@###",
    "PFZ": "@@####",
    "MOD": "###@##@",
    "VERO": "20####@###",
    "SPU": "II-######",
    "JAN": "XE###",
    "HAY": "########",
    "ABD": "@@####",
}
#: a ward's own station and two mobile points (ours)
SITES_PER_WARD = 3
NEVER = np.datetime64("2100-01-01")


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
        Row of vaccines.csv, index into `lot_texts`.
    day : ndarray of datetime64[D], shape (n,)
    site : ndarray of int, shape (n,)
        0 = the ward's station, otherwise a mobile point.
    """

    person: Ints
    slot: Ints
    vaccine: Ints
    lot: Ints
    day: NDArray[np.datetime64]
    site: Ints


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

    group = _groups(people, scenario)
    first, vaccine = _first_doses(u, people, group, scenario)
    second = first + _second_gaps(group, vaccine, scenario) + _delay(u(Stream.SECOND_DELAY))
    third, booster = _boosters(u, people, second, scenario)
    days = np.stack([first, second, third])
    vaccines = np.stack([vaccine, vaccine, booster])
    slots = np.array([CB1, CB2, NL1])
    person, k = np.nonzero((days <= np.datetime64(scenario.as_of)).T)
    dose_row = rows[person] * MAX_DOSES + slots[k]
    lot_u = draws.uniform(Stream.LOT, top * MAX_DOSES)[dose_row]
    site_u = draws.uniform(Stream.SITE, top * MAX_DOSES)[dose_row]
    return Doses(
        person=person,
        slot=slots[k],
        vaccine=vaccines[k, person],
        lot=vaccines[k, person] * LOTS_PER_VACCINE + below(lot_u, LOTS_PER_VACCINE),
        day=days[k, person],
        site=below(site_u, SITES_PER_WARD),
    )


def _groups(people: People, scenario: Scenario) -> Ints:
    """Return the oldest age group that each person has reached by the scenario's day; -1 = none."""
    group = np.full(len(people.born), -1)
    for g, rule in enumerate(scenario.groups):
        group[_birthday(people.born, rule.min_age) <= np.datetime64(scenario.as_of)] = g
    return group


def _birthday(born: NDArray[np.datetime64], age: int) -> NDArray[np.datetime64]:
    """Return the day on which people reach an age; 29 February counts as 1 March."""
    month = born.astype("datetime64[M]")
    day = born - month.astype("datetime64[D]")
    first = (month + np.timedelta64(12 * age, "M")).astype("datetime64[D]")
    birthday: NDArray[np.datetime64] = first + day
    return birthday


def _first_doses(
    u: Callable[[Stream], Floats], people: People, group: Ints, scenario: Scenario
) -> tuple[NDArray[np.datetime64], Ints]:
    """Draw day and vaccine of the first dose; `NEVER` for those who do not come."""
    day = np.full(len(group), NEVER)
    vaccine = np.zeros(len(group), np.int64)
    coverage, when, which = u(Stream.COVERAGE), u(Stream.FIRST_DAY), u(Stream.VACCINE)
    for g, rule in enumerate(scenario.groups):
        own = np.flatnonzero((group == g) & (coverage < rule.coverage))
        wave, drawn = _wave_days(when[own], rule)
        day[own] = np.maximum(drawn, _birthday(people.born[own], rule.min_age))
        for w, stretch in enumerate(rule.waves):
            vaccine[own[wave == w]] = _vaccines(which[own[wave == w]], stretch.vaccines)
    return day, vaccine


def _wave_days(u: Floats, rule: Group) -> tuple[Ints, NDArray[np.datetime64]]:
    """Draw a wave and a day in it, evenly; one draw gives both."""
    edges = np.r_[0.0, np.cumsum([wave.share for wave in rule.waves])]
    edges /= edges[-1]
    wave = weighted(u, np.diff(edges))
    starts = np.array([rule.start, *(w.until for w in rule.waves[:-1])], dtype="datetime64[D]")
    lengths = np.array([w.until for w in rule.waves], dtype="datetime64[D]") - starts
    within = (u - edges[wave]) / np.diff(edges)[wave]
    days = (within * (lengths.astype(np.int64)[wave] + 1)).astype("timedelta64[D]")
    return wave, starts[wave] + days


def _vaccines(u: Floats, mix: Mapping[str, float]) -> Ints:
    rows = np.array([vaccine_index(vaccine) for vaccine in mix])
    return rows[weighted(u, list(mix.values()))]


def _second_gaps(group: Ints, vaccine: Ints, scenario: Scenario) -> NDArray[np.timedelta64]:
    """Return the days from first to second dose; a century where no second dose follows."""
    gaps = np.full((len(scenario.groups) + 1, len(vaccine_names())), 36_525)
    for g, rule in enumerate(scenario.groups):
        for name, days in rule.second_gap_days.items():
            gaps[g, vaccine_index(name)] = days
    found: NDArray[np.timedelta64] = gaps[group, vaccine].astype("timedelta64[D]")
    return found


def _delay(u: Floats) -> NDArray[np.timedelta64]:
    """Draw how many days later than allowed people come: most soon, some after weeks."""
    days = np.minimum(np.floor(-MEAN_DELAY * np.log1p(-u)), MAX_DELAY)
    late: NDArray[np.timedelta64] = days.astype("timedelta64[D]")
    return late


def _boosters(
    u: Callable[[Stream], Floats],
    people: People,
    second: NDArray[np.datetime64],
    scenario: Scenario,
) -> tuple[NDArray[np.datetime64], Ints]:
    """Draw day and vaccine of the first booster; `NEVER` for those who do not get one."""
    rule = scenario.booster
    allowed = np.maximum(second + np.timedelta64(rule.gap_days, "D"), np.datetime64(rule.start))
    delay = u(Stream.BOOSTER_DELAY)
    # one draw says who comes, and of those who come how late
    comes = (delay < rule.coverage) & (_birthday(people.born, rule.min_age) <= allowed)
    day = allowed + _delay(np.minimum(delay / max(rule.coverage, 1e-9), 1 - 1e-9))
    return np.where(comes, day, NEVER), _vaccines(u(Stream.BOOSTER_VACCINE), rule.vaccines)


@cache
def vaccine_names() -> tuple[str, ...]:
    """Return the eight vaccines as the platform writes them."""
    return tuple(facts.column("vaccines", "name_on_platform_vi"))


@cache
def vaccine_index(vaccine: str) -> int:
    """Return the row of a vaccine in ``vaccines.csv``."""
    return facts.column("vaccines", "vaccine_id").index(vaccine)


@cache
def lot_texts() -> tuple[str, ...]:
    """Return the synthetic lots, `LOTS_PER_VACCINE` of each vaccine in row order."""
    ids = facts.column("vaccines", "vaccine_id")
    return tuple(
        _lot(LOT_FORMS[vaccine], LOTS_PER_VACCINE * v + k)
        for v, vaccine in enumerate(ids)
        for k in range(LOTS_PER_VACCINE)
    )


def _lot(form: str, ordinal: int) -> str:
    """Fill a form with letters and digits that look unordered."""
    state, out = ordinal, []
    for char in form:
        state = (state * 48_271 + 11) % 2_147_483_647
        out.append({"@": string.ascii_uppercase[state % 26], "#": str(state % 10)}.get(char, char))
    return "".join(out)
