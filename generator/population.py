"""The people of a ward: households first, then who lives in them.

Household sizes are the ward's, families, ages and sexes the district's (`generator.families`),
both from the census of 2019. Every member has a fixed slot, so that one more person in a
household moves nobody else's draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from generator import facts, families, identity, lives, places
from generator.families import MAX_SIZE
from generator.lives import Kin
from generator.names import FIRST_NATION
from generator.naming import Home, give_names, namesakes, twins
from generator.randomness import Draws, Floats, Ints, Stream, below, split, weighted
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

Bools = NDArray[np.bool_]

#: room for persons per ward: the largest has 41,000 households x 12 slots
SLOTS_PER_WARD = 2**20
#: from this age on a person may have a telephone of their own (ours)
PHONE_AGE = 15
#: born later, nobody holds a 9-digit CMND: they came of age with the 12-digit numbers (ours)
LAST_OLD_CARD_YEAR = 1995
#: born until then, people keep their old card more often (ours)
LAST_ELDERLY_YEAR = 1961
#: born before, a person may know only the year
YEAR_ONLY_BEFORE = 1955
#: from and below which age people have a workplace (ours)
WORKING_AGES = (18, 60)


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
    family : ndarray of float, shape (n,)
        Uniform draw that chooses the family among those of the size.
    """

    ward: places.Ward
    size: Ints
    house_number: Ints
    alley: Ints
    street: Ints
    part: Ints
    family: Floats


@dataclass(frozen=True)
class People:
    """The persons of one ward; row = person, in household order.

    Attributes
    ----------
    household, slot : ndarray of int, shape (n,)
        Row of the household, place in it; slot 0 is the head.
    ordinal : ndarray of int, shape (n,)
        Place among all possible persons of the city: what ids are made of.
    role : ndarray of int, shape (n,)
        A `generator.families.Role`.
    female, cross_sex : ndarray of bool, shape (n,)
        Sex; whether the middle name suggests the other one (decoy D10).
    born : ndarray of datetime64[D], shape (n,)
    year_only : ndarray of bool, shape (n,)
        Only the year is known; `born` is then 1 January.
    group : ndarray of int, shape (n,)
        Index into `generator.names.GROUPS`: ethnic group, or nation of a foreigner.
    foreign : ndarray of bool, shape (n,)
        Has a passport of another country, and nothing else (decoy D12).
    surname, middle, given : ndarray of int, shape (n,)
        Indices into the pools of `generator.names`.
    twin_of, namesake_of : ndarray of int, shape (n,)
        Row of the twin (D06), of the other one of the same name and birth date (D07); -1 = none.
        Both of a pair name each other. Chance makes more namesakes than those.
    province : ndarray of int, shape (n,)
        CCCD code of the province where the birth was registered; the city's for foreigners.
    old_card : ndarray of bool, shape (n,)
        Known by a 9-digit CMND.
    former_card : ndarray of int, shape (n,)
        Number of the CMND that the CCCD replaced, -1 = none.
    id_number : ndarray of int, shape (n,)
        Of 9 digits where `old_card`, from `generator.identity.passports` where `foreign`, else of 12.
    phone : ndarray of int, shape (n,)
        Prefix index x 10,000 + last four digits; children have the head's.
    works : ndarray of bool, shape (n,)
        Has a workplace that clerks write down.
    workplace : ndarray of float, shape (n,)
        Uniform draw that chooses it.
    residence : ndarray of int, shape (n,)
        Index into `generator.lives.RESIDENCES`.
    fate : ndarray of int, shape (n,)
        Index into `generator.lives.FATES`.
    until : ndarray of datetime64[D], shape (n,)
        Day of death or of moving away, a later one than the scenario's for all others.
    insured : ndarray of int, shape (n,)
        Index into `generator.lives.CARDS`, -1 = no card.
    """

    households: Households
    household: Ints
    slot: Ints
    ordinal: Ints
    role: Ints
    female: Bools
    born: NDArray[np.datetime64]
    year_only: Bools
    group: Ints
    foreign: Bools
    surname: Ints
    middle: Ints
    given: Ints
    cross_sex: Bools
    twin_of: Ints
    namesake_of: Ints
    province: Ints
    old_card: Bools
    former_card: Ints
    id_number: Ints
    phone: Ints
    works: Bools
    workplace: Floats
    residence: Ints
    fate: Ints
    until: NDArray[np.datetime64]
    insured: Ints

    @property
    def row(self) -> Ints:
        """Row of each person in the ward's streams."""
        return self.household * MAX_SIZE + self.slot

    @property
    def gone(self) -> Bools:
        """Tell who died or moved away before the scenario's day."""
        return self.fate > 0


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
    alley = below(u(Stream.ALLEY), 400) - 200  # assumption: half of the addresses lie in an alley
    return Households(
        ward=ward,
        size=1 + weighted(u(Stream.HOUSEHOLD_SIZE), families.size_shares(ward)),
        house_number=1 + below(u(Stream.HOUSE_NUMBER) ** 2, 999),
        alley=np.maximum(alley, 0),
        street=below(u(Stream.STREET), len(places.streets()[ward.district_code])),
        part=1 + below(u(Stream.KHU_PHO), max(1, round(ward.population / 4000))),
        family=u(Stream.FAMILY),
    )


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
    ward, n, shares = households.ward, len(households.size), scenario.people
    household = np.repeat(np.arange(n), households.size)
    head = np.repeat(np.cumsum(households.size) - households.size, households.size)
    slot = np.arange(len(household)) - head
    row = household * MAX_SIZE + slot

    def u(stream: Stream) -> Floats:
        drawn: Floats = draws.uniform(stream, n * MAX_SIZE)[row]
        return drawn

    kin, year_only, covered = _kin(u, households, household, slot, scenario)
    group = lives.groups(draws.uniform(Stream.ORIGIN, n), ward.district_code, scenario)[household]
    home = Home(household, head, slot, kin, group, _years(kin.born))
    named = give_names(u, draws.uniform(Stream.ABSENT_FATHER, n), home, scenario)
    chance = lives.namesake_chance(ward, scenario)
    namesake_of = namesakes(draws.uniform(Stream.NAMESAKE, n), home, households.size, chance)
    same = _originals(namesake_of)  # whose name, sex and birth date each person has
    ordinal = ward.index * SLOTS_PER_WARD + row
    papers = _papers(u, kin.female[same], home.year[same], group, ordinal, scenario)
    id_number, former_card = _id_numbers(papers, ward.index, offset, scenario.id_scheme)
    age = scenario.as_of.year - papers.year
    own_phone = (age >= PHONE_AGE) & (u(Stream.OWN_PHONE) < shares.own_phone) | (slot == 0)
    works = _at_work(age, u(Stream.WORKS), shares.workplace)
    residence = draws.uniform(Stream.RESIDENCE, n)[household]
    fate, until = lives.fates(u(Stream.FATE), age, scenario)
    return People(
        households=households,
        household=household,
        slot=slot,
        ordinal=ordinal,
        role=kin.role,
        female=papers.female,
        born=kin.born[same],
        year_only=year_only[same],
        group=group[same],
        foreign=papers.foreign,
        surname=named.surname[same],
        middle=named.middle[same],
        given=named.given[same],
        cross_sex=named.cross_sex[same],
        twin_of=twins(kin.twin),
        namesake_of=namesake_of,
        province=papers.province,
        old_card=papers.old_card,
        former_card=former_card,
        id_number=id_number,
        phone=_phones(own_phone, head, offset),
        works=works,
        workplace=u(Stream.WORKPLACE),
        residence=lives.residences(residence, kin.role, papers.foreign, scenario),
        fate=fate,
        until=until,
        insured=lives.insurance_cards(covered, age, works, papers.foreign, shares.insured),
    )


@dataclass(frozen=True)
class Papers:
    """What identity numbers are made of; row = person."""

    province: Ints
    female: Bools
    year: Ints
    old_card: Bools
    had_card: Bools
    foreign: Bools
    ordinal: Ints


def _papers(
    u: Callable[[Stream], Floats],
    female: Bools,
    year: Ints,
    group: Ints,
    ordinal: Ints,
    scenario: Scenario,
) -> Papers:
    """Draw where births were registered and who has or had a CMND; foreigners have passports."""
    foreign = group >= FIRST_NATION
    province = _provinces(u(Stream.BIRTH_PROVINCE), scenario.people.born_in_city)
    province[foreign] = int(places.CITY)
    old_card = _old_cards(u(Stream.OLD_CARD), year, scenario) & ~foreign
    had_card = (year <= LAST_OLD_CARD_YEAR) & (u(Stream.FORMER_CARD) < scenario.people.former_card)
    had_card &= ~old_card & ~foreign
    return Papers(province, female, year, old_card, had_card, foreign, ordinal)


def _kin(
    u: Callable[[Stream], Floats],
    households: Households,
    household: Ints,
    slot: Ints,
    scenario: Scenario,
) -> tuple[Kin, Bools, Floats]:
    """Make families; of some of the old only the year is known. One draw is left over."""
    size, district = households.size, households.ward.district_code
    drawn, family = u(Stream.AGE), households.family
    kin = lives.make_kin(drawn, family, household, slot, size, scenario, district)
    covered, known = split(u(Stream.INSURANCE))
    year = kin.born.astype("datetime64[Y]")
    year_only = (_years(kin.born) < YEAR_ONLY_BEFORE) & (known < scenario.people.year_only)
    born = np.where(year_only, year.astype("datetime64[D]"), kin.born)
    return replace(kin, born=born), year_only, covered


def _years(days: NDArray[np.datetime64]) -> Ints:
    years: Ints = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def _originals(namesake_of: Ints) -> Ints:
    """Return whose name each person has: their own, but the later of two namesakes the first's."""
    own = np.arange(len(namesake_of))
    return np.where((namesake_of >= 0) & (namesake_of < own), namesake_of, own)


def _at_work(age: Ints, u: Floats, share: float) -> Bools:
    return (age >= WORKING_AGES[0]) & (age < WORKING_AGES[1]) & (u < share)


def _old_cards(u: Floats, year: Ints, scenario: Scenario) -> Bools:
    """Draw who is still known by a CMND: the old more often."""
    people = scenario.people
    share = np.where(year <= LAST_ELDERLY_YEAR, people.old_card_elderly, people.old_card)
    return (year <= LAST_OLD_CARD_YEAR) & (u < share)


def _provinces(u: Floats, born_in_city: float) -> Ints:
    """Draw where births were registered: here, or elsewhere by the provinces' populations."""
    codes, population = identity.province_codes()
    here = codes == int(places.CITY)
    weights = np.where(here, 0.0, population)
    weights = weights / weights.sum() * (1 - born_in_city) + here * born_in_city
    return codes[weighted(u, weights)]


def _id_numbers(papers: Papers, ward: int, offset: int, id_scheme: str) -> tuple[Ints, Ints]:
    """Return the number of everybody's paper, and of the CMND that it replaced (-1 = none)."""
    old, had, foreign = papers.old_card, papers.had_card, papers.foreign
    number = identity.cccd(papers.province, papers.female, papers.year, ward, offset, id_scheme)
    cards = np.full_like(number, -1)
    cards[old | had] = identity.cmnd(int((old | had).sum()), ward, offset, id_scheme)
    number[old] = cards[old]
    number[foreign] = identity.passports(papers.ordinal[foreign], offset)
    return number, np.where(had, cards, -1)


def _phones(own: Bools, head: Ints, offset: int) -> Ints:
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
