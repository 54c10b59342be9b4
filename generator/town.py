"""One ward from households to answer key: everything a ward is, a pure function of its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator import register
from generator.campaign import Doses, make_doses
from generator.corruption import Plan, Spoiled, spoil
from generator.places import CITY, Ward
from generator.population import People, make_households, make_people, ordinal_offset
from generator.randomness import Draws, Ints
from generator.scenario import Scenario
from generator.truth import LINK

__all__ = ["Town", "link_table", "looks", "make_town", "spoil_records"]


@dataclass(frozen=True)
class Town:
    """The truth of one ward.

    Attributes
    ----------
    draws : Draws
        The ward's random numbers.
    people : People
    doses : Doses
    offset : int
        What shifts all numbers and ids of the city.
    """

    draws: Draws
    people: People
    doses: Doses
    offset: int


def make_town(seed: int, ward: Ward, scenario: Scenario, n_households: int) -> Town:
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
    return Town(draws, people, make_doses(draws, people, scenario), offset)


def registered(town: Town) -> Ints:
    """Return the rows of the people who have a record: those with a dose."""
    return np.flatnonzero(np.bincount(town.doses.person))


def spoil_records(town: Town, rows: Ints, plan: Plan) -> Spoiled:
    """Type the records of some people and let errors happen.

    Parameters
    ----------
    town : Town
    rows : ndarray of int, shape (n,)
        Rows of the people, in order.
    plan : Plan

    Returns
    -------
    Spoiled
    """
    truth = register.register_subjects(town.people, rows, town.offset)
    person_id = register.person_ids(town.people.ordinal[rows], town.offset)
    return spoil(truth, person_id, looks(town.people, rows), town.draws, plan)


def looks(people: People, rows: Ints) -> Mapping[str, NDArray[np.bool_]]:
    """Return per decoy which of the people look like it."""
    return {
        "D01": (people.province[rows] != int(CITY)) & ~people.old_card[rows],
        "D10": people.cross_sex[rows],
    }


def link_table(town: Town, rows: Ints, doses: Doses, decoy: list[str | None]) -> pa.Table:
    """Return who stands behind every record and every dose.

    Parameters
    ----------
    town : Town
    rows : ndarray of int, shape (n,)
        Rows of the people with a record.
    doses : Doses
        Their doses.
    decoy : list of str or None
        One per record.

    Returns
    -------
    Table
        First the records, then the doses.
    """
    people, n, m = town.people, len(rows), len(doses.person)
    ordinal = np.concatenate([people.ordinal[rows], people.ordinal[doses.person]])
    nothing = pa.nulls(n, pa.string())
    columns = {
        "ma_ho_so": register.record_ids(ordinal, town.offset),
        "ma_mui": pa.concat_arrays([nothing, register.dose_ids("MU", people, doses, town.offset)]),
        "person_id": register.person_ids(ordinal, town.offset),
        "dose_id": pa.concat_arrays([nothing, register.dose_ids("MT", people, doses, town.offset)]),
        "role": register.repeat("original", n + m),
        "keep_ma_ho_so": pa.nulls(n + m, pa.string()),
        "decoy": pa.concat_arrays([pa.array(decoy, pa.string()), pa.nulls(m, pa.string())]),
    }
    return pa.table(columns, schema=LINK)
