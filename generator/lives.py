"""What becomes of the members of a household: births, residence, deaths and moves, cards.

The family of a household comes from `generator.families`; here its members get their days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator import families, names, places
from generator.families import MAX_SIZE, Habits, Role
from generator.randomness import Floats, Ints, weighted
from generator.scenario import Scenario

__all__ = [
    "CARDS",
    "FATES",
    "NEVER",
    "RESIDENCES",
    "Kin",
    "fates",
    "groups",
    "habits",
    "insurance_cards",
    "make_kin",
    "namesake_chance",
    "residences",
]

DAYS_PER_YEAR = 365.2425
NEVER = np.datetime64("2100-01-01")
#: registered here; temporarily for long (KT3); temporarily
RESIDENCES = ("thường trú", "KT3", "tạm trú")
FATES = ("sống", "đã mất", "chuyển đi")
#: from this age on people die more often (ours)
OLD_AGE = 60
#: group of the insured and their benefit (domain.md 9): children under 6, pupils, employees,
#: pensioners, families; who belongs where is our simplification
CARDS = ("TE1", "HS4", "DN4", "HT3", "GD4")


@dataclass(frozen=True)
class Kin:
    """Who the members of the households are; row = person.

    Attributes
    ----------
    role : ndarray of int, shape (n,)
    female, twin : ndarray of bool, shape (n,)
        Sex; whether the person is the twin of the one before.
    born : ndarray of datetime64[D], shape (n,)
    """

    role: Ints
    female: NDArray[np.bool_]
    twin: NDArray[np.bool_]
    born: NDArray[np.datetime64]


def habits(scenario: Scenario) -> Habits:
    """Return what the scenario says about families."""
    people = scenario.people
    return Habits(people.lodgers, people.lone_parents, people.three_generations)


def make_kin(
    u: Floats,
    family: Floats,
    household: Ints,
    slot: Ints,
    size: Ints,
    scenario: Scenario,
    district: str,
) -> Kin:
    """Choose a family for every household, and birth dates for its members.

    Parameters
    ----------
    u : ndarray of float, shape (n,)
        One draw per person: the day within the year of age.
    family : ndarray of float, shape (households,)
        One draw per household.
    household, slot : ndarray of int, shape (n,)
    size : ndarray of int, shape (households,)
    scenario : Scenario
    district : str
        District code.

    Returns
    -------
    Kin
    """
    library = families.families(habits(scenario))
    edges = np.cumsum(families.weights(district, habits(scenario), scenario.people.twins))
    ends = edges[np.searchsorted(library.size, np.arange(1, MAX_SIZE + 1), side="right") - 1]
    starts = np.r_[0, ends[:-1]]
    place = starts[size - 1] + (family * (ends - starts)[size - 1]).astype(np.int64)
    cell = np.searchsorted(edges, place, side="right")[household] * MAX_SIZE + slot
    twin = library.twin.ravel()[cell]
    within = u.copy()
    second = np.flatnonzero(twin)
    within[second] = u[second - 1]  # twins are born on one day
    days = (library.age.ravel()[cell] + within) * DAYS_PER_YEAR
    return Kin(
        role=library.role.ravel()[cell],
        female=library.female.ravel()[cell],
        twin=twin,
        born=np.datetime64(scenario.as_of) - days.astype("timedelta64[D]"),
    )


def namesake_chance(ward: places.Ward, scenario: Scenario) -> float:
    """Return how often two neighbours share name and birth date, where one has no family there.

    So often that the scenario's share of all persons belongs to such a pair: one household in
    two is asked.
    """
    shares, people = families.size_shares(ward), scenario.people
    alone = families.alone_shares(ward.district_code, habits(scenario), people.twins)
    mean_size = float(shares @ np.arange(1, MAX_SIZE + 1))
    return min(1.0, people.namesakes * mean_size / float(shares @ alone))


def groups(u: Floats, district: str, scenario: Scenario) -> Ints:
    """Draw the ethnic group or nation of every household: all members share it (ours)."""
    people = scenario.people
    return weighted(u, names.group_shares(district, people.ede, people.foreigners))


def residences(u: Floats, role: Ints, foreign: NDArray[np.bool_], scenario: Scenario) -> Ints:
    """Return how people are registered: a household alike, lodgers and foreigners for a time."""
    people = scenario.people
    shares = (people.permanent, people.kt3, 1 - people.permanent - people.kt3)
    return np.where((role == Role.LODGER) | foreign, 2, weighted(u, shares))


def fates(u: Floats, age: Ints, scenario: Scenario) -> tuple[Ints, NDArray[np.datetime64]]:
    """Draw who died or moved away between the first day of the campaign and the scenario's.

    Parameters
    ----------
    u : ndarray of float, shape (n,)
    age : ndarray of int, shape (n,)
        Full years.
    scenario : Scenario

    Returns
    -------
    tuple of ndarray
        Index into `FATES`, and the day; `NEVER` for those who are still there.
    """
    people = scenario.people
    died = np.where(age >= OLD_AGE, people.died_from_60, people.died_until_59)
    fate = 1 * (u < died) + 2 * ((u >= died) & (u < died + people.moved))
    day = np.full(len(u), NEVER)
    gone = np.flatnonzero(fate)
    start = np.datetime64(min(group.start for group in scenario.groups))
    # the same draw again, stretched over its own fate
    within = u[gone] - np.where(fate[gone] == 1, 0, died[gone])
    within /= np.where(fate[gone] == 1, died[gone], people.moved)
    length = (np.datetime64(scenario.as_of) - start).astype(np.int64)
    day[gone] = start + (within * length).astype("timedelta64[D]")
    return fate, day


def insurance_cards(
    u: Floats, age: Ints, works: NDArray[np.bool_], foreign: NDArray[np.bool_], share: float
) -> Ints:
    """Return the kind of health insurance card of each person, -1 = none."""
    kind = np.where(works, 2, np.where(age >= OLD_AGE, 3, 4))
    kind = np.where(age < 6, 0, np.where(age < 18, 1, kind))
    return np.where((u < share) & ~foreign, kind, -1)
