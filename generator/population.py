"""The people of a ward: households first, then who lives in them.

Household sizes are the ward's, ages the district's, both from the census of 2019. Every member
has a fixed slot, so that one more person in a household moves nobody else's draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from generator import facts, identity, names, places
from generator.randomness import Draws, Floats, Ints, Stream, below, weighted
from generator.scenario import Scenario

__all__ = [
    "MAX_SIZE",
    "Households",
    "People",
    "make_households",
    "make_people",
    "ordinal_offset",
    "phone_prefixes",
]

#: members of the largest household that is made; the census says "7 and more"
MAX_SIZE = 12
#: room for persons per ward: the largest has 41,000 households x 12 slots
SLOTS_PER_WARD = 2**20
#: the head of a household is 20 or older (our simplification): first such age group of the census
FIRST_ADULT_GROUP = 4
#: years by which a member must be younger than the head to bear the head's surname (ours)
GENERATION = 16
#: from this age on a person may have a telephone of their own (ours)
PHONE_AGE = 15
#: born later, nobody holds a 9-digit CMND: they came of age with the 12-digit numbers (ours)
LAST_OLD_CARD_YEAR = 1995
#: from and below which age people have a workplace (ours)
WORKING_AGES = (18, 60)
DAYS_PER_YEAR = 365.2425


@dataclass(frozen=True)
class Households:
    """The households of one ward; row = household.

    Attributes
    ----------
    size : ndarray of int, shape (n,)
        Members, 1 to `MAX_SIZE`.
    house_number, alley, street, part : ndarray of int, shape (n,)
        House number, number inside an alley (0 = on the street), index into the streets of the
        district, number of the khu phố or ấp.
    """

    ward: places.Ward
    size: Ints
    house_number: Ints
    alley: Ints
    street: Ints
    part: Ints


@dataclass(frozen=True)
class People:
    """The persons of one ward; row = person, in household order.

    Attributes
    ----------
    household, slot : ndarray of int, shape (n,)
        Row of the household, place in it; slot 0 is the head.
    ordinal : ndarray of int, shape (n,)
        Place among all possible persons of the city: what ids are made of.
    female, cross_sex : ndarray of bool, shape (n,)
        Sex; whether the middle name suggests the other one (decoy D10).
    born : ndarray of datetime64[D], shape (n,)
    surname, middle, given : ndarray of int, shape (n,)
        Indices into the pools of `generator.names`.
    province : ndarray of int, shape (n,)
        CCCD code of the province where the birth was registered.
    old_card : ndarray of bool, shape (n,)
        Known by a 9-digit CMND.
    id_number : ndarray of int, shape (n,)
        Of 9 digits where `old_card`, else of 12.
    phone : ndarray of int, shape (n,)
        Prefix index x 10,000 + last four digits; children have the head's.
    works : ndarray of bool, shape (n,)
        Has a workplace that clerks write down.
    workplace : ndarray of float, shape (n,)
        Uniform draw that chooses it.
    """

    households: Households
    household: Ints
    slot: Ints
    ordinal: Ints
    female: NDArray[np.bool_]
    born: NDArray[np.datetime64]
    surname: Ints
    middle: Ints
    given: Ints
    cross_sex: NDArray[np.bool_]
    province: Ints
    old_card: NDArray[np.bool_]
    id_number: Ints
    phone: Ints
    works: NDArray[np.bool_]
    workplace: Floats

    @property
    def row(self) -> Ints:
        """Row of each person in the ward's streams."""
        return self.household * MAX_SIZE + self.slot


def ordinal_offset(seed: int) -> int:
    """Return what shifts all numbers of a city, so that two seeds do not share their ids."""
    return int(below(Draws(seed, 0).uniform(Stream.NUMBER_OFFSET, 1), 2**30)[0])


def make_households(draws: Draws, ward: places.Ward, n: int) -> Households:
    """Make `n` households of a ward.

    Parameters
    ----------
    draws : Draws
    ward : Ward
    n : int
        How many, at least 1.

    Returns
    -------
    Households
    """
    u = partial(draws.uniform, n=n)
    counts = np.array(places.household_sizes()[ward.code], dtype=float)
    size = 1 + weighted(u(Stream.HOUSEHOLD_SIZE), counts)
    tail = np.floor(np.log1p(-u(Stream.HOUSEHOLD_TAIL)) / np.log(_tail_ratio(ward))).astype(int)
    size = np.where(size == len(counts), np.minimum(size + tail, MAX_SIZE), size)
    alley = below(u(Stream.ALLEY), 400) - 200  # assumption: half of the addresses lie in an alley
    return Households(
        ward=ward,
        size=size,
        house_number=1 + below(u(Stream.HOUSE_NUMBER) ** 2, 999),
        alley=np.maximum(alley, 0),
        street=below(u(Stream.STREET), len(places.streets()[ward.district_code])),
        part=1 + below(u(Stream.KHU_PHO), max(1, round(ward.population / 4000))),
    )


def _tail_ratio(ward: places.Ward) -> float:
    """Return the ratio of the geometric tail that gives "7 and more" their census mean."""
    counts = places.household_sizes()[ward.code]
    small = sum((k + 1) * count for k, count in enumerate(counts[:-1]))
    extra = (ward.population - small) / counts[-1] - len(counts) if counts[-1] else 0.0
    extra = min(max(extra, 0.01), MAX_SIZE - len(counts))
    return extra / (1 + extra)


def make_people(draws: Draws, households: Households, scenario: Scenario, offset: int) -> People:
    """Fill the households with people.

    Parameters
    ----------
    draws : Draws
        Of the same ward as the households.
    households : Households
    scenario : Scenario
    offset : int
        From `ordinal_offset`.

    Returns
    -------
    People
    """
    ward, n = households.ward, len(households.size)
    household = np.repeat(np.arange(n), households.size)
    head = np.repeat(np.cumsum(households.size) - households.size, households.size)
    slot = np.arange(len(household)) - head
    row = household * MAX_SIZE + slot

    def u(stream: Stream) -> Floats:
        drawn: Floats = draws.uniform(stream, n * MAX_SIZE)[row]
        return drawn

    group, born = _births(u(Stream.AGE), slot, ward, scenario)
    female = u(Stream.SEX) >= _male_shares()[group]
    year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    surname = names.surnames().pick(np.zeros_like(row), u(Stream.SURNAME))
    cross_sex = u(Stream.CROSS_SEX) < scenario.people.cross_sex_name
    middle, given = _given_names(u, female.astype(np.int64), names.cohort_of(year), cross_sex)
    province = _provinces(u(Stream.BIRTH_PROVINCE), scenario.people.born_in_city)
    old_card = (year <= LAST_OLD_CARD_YEAR) & (u(Stream.OLD_CARD) < scenario.people.old_card)
    adult = scenario.as_of.year - year >= PHONE_AGE
    own_phone = adult & (u(Stream.OWN_PHONE) < scenario.people.own_phone) | (slot == 0)
    return People(
        households=households,
        household=household,
        slot=slot,
        ordinal=ward.index * SLOTS_PER_WARD + row,
        female=female,
        born=born,
        surname=np.where(year - year[head] >= GENERATION, surname[head], surname),
        middle=middle,
        given=given,
        cross_sex=cross_sex,
        province=province,
        old_card=old_card,
        id_number=_id_numbers(province, female, year, old_card, ward.index, offset, scenario),
        phone=_phones(own_phone, head, offset),
        works=_at_work(scenario.as_of.year - year, u(Stream.WORKS), scenario.people.workplace),
        workplace=u(Stream.WORKPLACE),
    )


def _at_work(age: Ints, u: Floats, share: float) -> NDArray[np.bool_]:
    return (age >= WORKING_AGES[0]) & (age < WORKING_AGES[1]) & (u < share)


def _births(
    u: Floats, slot: Ints, ward: places.Ward, scenario: Scenario
) -> tuple[Ints, NDArray[np.datetime64]]:
    """Draw age group and birth date.

    Heads are adults; the ages of the others are corrected for that, so that all together keep
    the shares of the census.
    """
    shares = places.age_shares()[ward.district_code]
    heads = np.where(np.arange(len(shares)) >= FIRST_ADULT_GROUP, shares, 0.0)
    heads = heads / heads.sum()
    mean_size = ward.population / sum(places.household_sizes()[ward.code])
    others = np.maximum(mean_size * shares - heads, 0.0)
    group = np.where(slot == 0, weighted(u, heads), weighted(u, others))
    within = np.empty_like(u)  # the same draw again, stretched over its own age group
    for weights, own in ((heads, slot == 0), (others, slot > 0)):
        edges = np.r_[0.0, np.cumsum(weights) / weights.sum()]
        place = group[own]
        within[own] = (u[own] - edges[place]) / (edges[place + 1] - edges[place])
    days = (group + within) * 5 * DAYS_PER_YEAR
    return group, np.datetime64(scenario.as_of) - days.astype("timedelta64[D]")


@cache
def _male_shares() -> Floats:
    """Return the share of men per age group (modelled: SOURCES.md, age_sex_hcmc)."""
    rows = facts.table("age_sex_hcmc")
    return np.array([float(r["male_modelled"]) / float(r["total_hcmc_2019"]) for r in rows])


def _given_names(
    u: Callable[[Stream], Floats], sex: Ints, cohort: Ints, cross_sex: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Draw middle words and given names."""
    marked = u(Stream.NAME_MARK) < names.marked_shares(sex, cohort)
    words = (u(Stream.NAME_LENGTH)[:, None] >= names.lengths()[sex, cohort]).sum(axis=1)
    own, other = 6 * sex + 3 * marked + words, 6 * (1 - sex) + 3 + 1
    middle = names.middle_names().pick(np.where(cross_sex, other, own), u(Stream.MIDDLE))
    return middle, names.given_names().pick(3 * sex + cohort, u(Stream.GIVEN))


def _provinces(u: Floats, born_in_city: float) -> Ints:
    """Draw where births were registered: here, or elsewhere by the provinces' populations."""
    codes, population = identity.province_codes()
    here = codes == int(places.CITY)
    weights = np.where(here, 0.0, population)
    weights = weights / weights.sum() * (1 - born_in_city) + here * born_in_city
    return codes[weighted(u, weights)]


def _id_numbers(
    province: Ints,
    female: NDArray[np.bool_],
    year: Ints,
    old_card: NDArray[np.bool_],
    ward: int,
    offset: int,
    scenario: Scenario,
) -> Ints:
    number = identity.cccd(province, female, year, ward, offset, scenario.id_scheme)
    number[old_card] = identity.cmnd(int(old_card.sum()), ward, offset, scenario.id_scheme)
    return number


def _phones(own: NDArray[np.bool_], head: Ints, offset: int) -> Ints:
    """Return numbered telephones of a ward; who has none is reached on the head's.

    The subscriber part is always 999xxxx (domain.md 13): unique within a ward, not over the city.
    """
    room = len(phone_prefixes()) * 10_000
    phone = identity.scatter(np.cumsum(own) - 1, room, offset)  # 36 x 10,000: coprime as well
    return np.where(own, phone, phone[head])


@cache
def phone_prefixes() -> tuple[str, ...]:
    """Return the mobile prefixes in use since 2018, three digits each."""
    return tuple(sorted(set(facts.column("phone_prefixes", "new_prefix"))))
