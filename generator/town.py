"""One ward from households to answer key: everything a ward is, a pure function of its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator import places, register
from generator.campaign import Doses, make_doses
from generator.catalogue import CAUSES
from generator.corruption import Plan, Spoiled, spoil
from generator.places import CITY, Ward
from generator.population import People, make_households, make_people, ordinal_offset
from generator.randomness import Draws, Ints
from generator.scenario import Scenario
from generator.truth import LINK

__all__ = ["Town", "link_table", "looks", "make_town", "spoil_records"]


#: a child in 2022 for the eye: born since 2007, under 15 (ours)
CHILD_SINCE = 2007


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
    """Return per decoy and per cause which people can have it.

    Foreigners' data go through no population check (CV 1908): they have none of these.
    """
    citizen = ~people.foreign[rows]
    cccd = citizen & ~people.old_card[rows]
    born = people.born[rows].astype("datetime64[Y]").astype(np.int64) + 1970
    head = np.flatnonzero(people.slot == 0)[people.household]
    child = (born >= CHILD_SINCE) & (people.slot[rows] > 0)
    digits = np.where(people.old_card, 9, 12)[rows]
    moved = places.district_of_2019(people.households.ward) != people.households.ward.district_code
    return {
        **{cause.code: citizen for cause in CAUSES},
        "D01": cccd & (people.province[rows] != int(CITY)),
        "D10": citizen & people.cross_sex[rows],
        "D11": citizen & child & (people.phone == people.phone[head])[rows],
        "D13": cccd & (born >= 2000),
        "D14": citizen & people.old_card[rows],
        "E03": citizen & (people.id_number[rows] < 10 ** (digits - 1)),
        "E04": cccd,
        "E05": cccd,
        "E33": citizen & moved,
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
