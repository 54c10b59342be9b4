"""Who can have which error, and who looks like which trap: masks over the owners of records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from generator import facts, names, places, register, supply
from generator.campaign import SLOTS, Doses, vaccine_index
from generator.entries import Lines, Owners
from generator.population import People
from generator.randomness import Ints
from generator.vietnamese import place_tone

__all__ = [
    "Known",
    "decoy_looks",
    "first_colleague",
    "groups",
    "incident_looks",
    "line_looks",
    "others_head",
    "record_looks",
]

Bools = NDArray[np.bool_]

CB1, CB2, CB3, BS, NL1 = (SLOTS.index(slot) for slot in ("CB1", "CB2", "CB3", "BS", "NL1"))
#: a child in 2022: under 14, the age of the first card (ours)
CHILD_SINCE = 2009
#: a second dose so many days after the recommended one is late (D03; ours)
LATE_DAYS = 30
#: somebody else's dose is at most so many days younger than the last one (E43; ours)
ROOM_DAYS = 100
#: a true gap of the basic doses that a wrong day can make too short (E54; ours)
LONG_GAP_DAYS = 12
#: groups whose names are often of two words (D09); the Ê Đê's begin with Y or H
SHORT_NAMED = ("Khmer", "Chăm")


@dataclass(frozen=True)
class Known:
    """What is known of the people of a ward when their records are spoiled.

    Attributes
    ----------
    people : People
    residents : Table
        Their ``dan_cu``.
    doses : Doses
    owners : Owners
    last_day : datetime64
        The day on which the register is looked at.
    listed : ndarray of bool
        Which places are in the official list.
    """

    people: People
    residents: pa.Table
    doses: Doses
    owners: Owners
    last_day: np.datetime64
    listed: Bools

    @property
    def citizen(self) -> Bools:
        """Foreigners' data go through no population check (CV 1908): hardly anything concerns them."""
        mask: Bools = ~self.people.foreign[self.owners.person]
        return mask

    @property
    def birth_year(self) -> Ints:
        """Birth year of each owner."""
        born = self.people.born[self.owners.person]
        years: Ints = born.astype("datetime64[Y]").astype(np.int64) + 1970
        return years

    @property
    def head(self) -> Ints:
        """Row of the head of each owner's household."""
        heads: Ints = np.flatnonzero(self.people.slot == 0)[self.people.household]
        return heads[self.owners.person]

    def recorded(self, merged: Ints) -> Bools:
        """Tell which people are citizens with a record of their own; the merged have none."""
        own = self.citizen
        own[merged] = False
        mask = np.zeros(len(self.people.slot), bool)
        mask[self.owners.person] = own
        return mask


def groups(known: Known) -> tuple[Ints, Ints]:
    """Return which owners are alike: as twins, and by name, birth date and sex.

    Parameters
    ----------
    known : Known

    Returns
    -------
    tuple of ndarray of int, shape (n,)
        For each owner the first one of the group; -1 = alone. Foreigners are alone.
    """
    people, person = known.people, known.owners.person
    place = np.full(len(people.slot), -1)
    place[person] = np.arange(len(person))
    twin = people.twin_of[person]
    other = np.where(twin >= 0, place[twin], -1)
    both = (other >= 0) & known.citizen & known.citizen[other]
    twins = np.where(both, np.minimum(np.arange(len(person)), other), -1)
    return twins, _namesakes(known)


def _namesakes(known: Known) -> Ints:
    person, people = known.owners.person, known.people
    name = known.residents["ho_ten"].combine_chunks().dictionary_encode().indices.to_numpy()
    day = people.born[person].astype(np.int64) + 2**20
    key = ((name[person].astype(np.int64) << 22 | day) << 2) | (people.female[person] << 1)
    key |= people.year_only[person]
    key[~known.citizen] = -1 - np.flatnonzero(~known.citizen)  # alike to nobody
    _keys, first, group, count = np.unique(
        key, return_index=True, return_inverse=True, return_counts=True
    )
    return np.where(count[group] > 1, first[group], -1)


def decoy_looks(known: Known, twins: Ints, namesakes: Ints) -> Mapping[str, Bools]:
    """Return per decoy who looks like it."""
    people, person, born = known.people, known.owners.person, known.birth_year
    citizen = known.citizen
    cccd = citizen & ~people.old_card[person]
    child = (born >= CHILD_SINCE) & (people.slot[person] > 0)
    parents_phone = people.phone[person] == people.phone[known.head]
    return {
        "D01": cccd & (people.province[person] != int(places.CITY)),
        "D06": twins >= 0,
        "D07": namesakes >= 0,
        "D08": citizen & _two_spellings(people)[person],
        "D09": citizen & _rare_name(known),
        "D10": citizen & people.cross_sex[person],
        "D11": citizen & child & parents_phone,
        "D12": ~citizen,
        "D13": cccd & (born >= 2000),
        "D14": citizen & people.old_card[person],
        **{code: citizen & mask for code, mask in _course_looks(known).items()},
    }


def _course_looks(known: Known) -> dict[str, Bools]:
    """Tell whose course is allowed and looks strange: mixed, late, of three, another booster."""
    doses, dose_of = known.doses, known.owners.dose_of

    def given(slot: int, *vaccines: str) -> Bools:
        rows = [vaccine_index(vaccine) for vaccine in vaccines]
        return (dose_of[:, slot] >= 0) & np.isin(doses.vaccine[dose_of[:, slot]], rows)

    first, second = dose_of[:, CB1], dose_of[:, CB2]
    both = (first >= 0) & (second >= 0)
    gap = (doses.day[second] - doses.day[first]).astype(np.int64)
    same = doses.vaccine[second] == doses.vaccine[first]
    recommended = _recommended_gaps()[doses.vaccine[first]]
    usual = given(CB1, "PFZ", "MOD", "VERO", "SPU", "HAY")
    return {
        "D02": given(CB1, "AZ") & given(CB2, "PFZ"),
        "D03": both & same & usual & (gap >= recommended + LATE_DAYS),
        "D04": dose_of[:, CB3] >= 0,
        "D05": given(CB1, "PFZ", "MOD") & given(NL1, "AZ"),
    }


@cache
def _recommended_gaps() -> Ints:
    return np.array([int(d) for d in facts.column("vaccines", "min_interval_days_exercise")])


def _two_spellings(people: People) -> Bools:
    """Tell in whose name a tone may stand on either of two letters: hòa and hoà (D08)."""
    surname, middle, given = _spellings()
    mask: Bools = surname[people.surname] | middle[people.middle] | given[people.given]
    return mask


@cache
def _spellings() -> tuple[Bools, ...]:
    def two(text: str) -> bool:
        return place_tone(text, "old") != place_tone(text, "new")

    pools = (names.surnames(), names.middle_names(), names.given_names())
    return tuple(np.array([two(text) for text in pool.texts.to_pylist()]) for pool in pools)


def _rare_name(known: Known) -> Bools:
    """Tell who bears a name of a small group: of two words, or one that begins with Y or H (D09)."""
    person = known.owners.person
    group = known.people.group[person]
    full_name = known.residents["ho_ten"].combine_chunks().take(pa.array(person))
    two_words = pc.equal(pc.count_substring(full_name, " "), 1).to_numpy(zero_copy_only=False)
    short = np.isin(group, [names.GROUPS.index(name) for name in SHORT_NAMED])
    mask: Bools = (group == names.EDE) | (short & two_words)
    return mask


def incident_looks(known: Known) -> Mapping[str, Bools]:
    """Return per row incident whom it can befall; E44 takes two who are alike."""
    people, owners, citizen = known.people, known.owners, known.citizen
    several = citizen & (owners.count >= 2)
    last = known.doses.take(owners.last)
    goes_on = np.isin(last.slot, (CB1, CB2)) & (last.vaccine != vaccine_index("JAN"))
    return {
        "E18": citizen & people.gone[owners.person],
        "E40": several,
        "E50": several,
        "E43": citizen & goes_on & (last.day + ROOM_DAYS <= known.last_day),
        "E41": citizen,
        "E42": citizen,
    }


def record_looks(known: Known, head: Ints, colleague: Ints) -> Mapping[str, Bools]:
    """Return per cause which citizens can have it; a cause that is not named can befall them all.

    Parameters
    ----------
    known : Known
    head, colleague : ndarray of int, shape (n,)
        From `others_head` and `first_colleague`.

    Returns
    -------
    mapping
    """
    people, person, born = known.people, known.owners.person, known.birth_year
    cccd = ~people.old_card[person]
    child, year_only = born >= CHILD_SINCE, people.year_only[person]
    digits = np.where(people.old_card, 9, 12)[person]
    moved = places.district_of_2019(people.households.ward) != people.households.ward.district_code
    return {
        "E73": ~child & ~year_only,
        "E72": cccd,
        "E71": child,
        "E07": ~child & (head >= 0),
        "E06": people.former_card[person] >= 0,
        "E01": ~child,
        "E03": people.id_number[person] < 10 ** (digits - 1),
        "E04": cccd,
        "E05": cccd,
        "E13": year_only,
        "E11": ~year_only,
        "E30": (colleague >= 0) & (people.phone[colleague] != people.phone[person]),
        "E33": np.full(len(person), moved),
    }


def others_head(known: Known, merged: Ints) -> Ints:
    """Return for each owner the head of the household, if somebody else and with a record; -1 = none.

    Parameters
    ----------
    known : Known
    merged : ndarray of int
        Owners who have no record of their own.

    Returns
    -------
    ndarray of int, shape (n,)
        Row of the person.
    """
    head = known.head
    return np.where((head != known.owners.person) & known.recorded(merged)[head], head, -1)


def first_colleague(known: Known, merged: Ints) -> Ints:
    """Return for each owner the first citizen with a record who works for the same firm; -1 = none.

    Parameters
    ----------
    known : Known
    merged : ndarray of int
        Owners who have no record of their own.

    Returns
    -------
    ndarray of int, shape (n,)
        Row of the person.
    """
    people, person = known.people, known.owners.person
    firm = register.workplace_of(people)
    first = np.full(firm.max(initial=0) + 1, -1)
    rows = np.flatnonzero(known.recorded(merged) & people.works)[::-1]
    first[firm[rows]] = rows  # the last assignment stays: the first person
    return np.where(people.works[person], first[firm[person]], -1)


def line_looks(known: Known, lines: Lines) -> Mapping[str, Bools]:
    """Return per cause which lines can have it; a cause that is not named can befall them all."""
    doses, dose_of, owner = lines.doses, known.owners.dose_of, known.owners.of_dose[lines.dose]
    slot = doses.slot
    first = dose_of[owner, CB1]
    second = (slot == CB2) & (first >= 0)
    gap = (doses.day - known.doses.day[first]).astype(np.int64)
    has = dose_of[owner] >= 0
    born = known.people.born[doses.person]
    adult = (born.astype("datetime64[M]") + np.timedelta64(12 * 18, "M")).astype("datetime64[D]")
    adult += born - born.astype("datetime64[M]")
    confusable = ((slot == BS) | (slot == CB3)) & ~has[:, NL1] | (slot == NL1) & ~has[:, BS]
    return {
        "E51": (slot == CB1) & (dose_of[owner, CB2] >= 0),
        "E54": second & (gap > LONG_GAP_DAYS),
        "E58": (slot == CB1) & (doses.day < adult),
        "E52": slot == CB2,
        "E57": confusable,
        "E59": ~known.listed[doses.place],
        "E60": doses.place == supply.ELSEWHERE,
    }
