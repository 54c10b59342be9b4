"""The truth of one ward: its people, their homes and their doses, a pure function of the inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from generator import places, residents
from generator.campaign import Doses, make_doses
from generator.population import People, make_households, make_people, ordinal_offset
from generator.randomness import Draws, Ints
from generator.scenario import Scenario

__all__ = ["Town", "make_town", "owners_of"]


@dataclass(frozen=True)
class Town:
    """The truth of one ward.

    Attributes
    ----------
    draws : Draws
        The ward's random numbers.
    scenario : Scenario
    people : People
    doses : Doses
    homes, residents, given : Table
        ``ho_gia_dinh``, ``dan_cu`` and ``mui_that``.
    offset : int
        What shifts all numbers and ids of the city.
    """

    draws: Draws
    scenario: Scenario
    people: People
    doses: Doses
    homes: pa.Table
    residents: pa.Table
    given: pa.Table
    offset: int


def make_town(seed: int, ward: places.Ward, scenario: Scenario, n_households: int) -> Town:
    """Make the people of a ward and vaccinate them.

    Parameters
    ----------
    seed : int
        0 <= seed < 2**64.
    ward : Ward
    scenario : Scenario
    n_households : int
        At least 1.

    Returns
    -------
    Town
    """
    draws, offset = Draws(seed, int(ward.code)), ordinal_offset(seed)
    households = make_households(draws, ward, n_households)
    people = make_people(draws, households, scenario, offset)
    homes = residents.household_table(households, offset)
    known = residents.person_truth(people, homes, offset)
    doses = make_doses(draws, people, scenario)
    given = residents.dose_truth(people, doses, known["person_id"], offset)
    return Town(draws, scenario, people, doses, homes, known, given, offset)


def owners_of(town: Town) -> Ints:
    """Return the rows of the people who have a record: those with a dose."""
    return np.flatnonzero(np.bincount(town.doses.person))
