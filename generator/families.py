"""Who lives together: invented families, weighted until ages, sexes and sizes are the census's.

A library of families is drawn once, by rules that make each of them plausible: children are 16 to
45 years younger than their parents, couples are of two sexes and of like age. Every district
then gives the families its own weights, the mildest ones (maximum entropy, "raking") by which
the expected people are exactly its people by age and sex, in households of its own sizes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator import facts, places
from generator.randomness import Draws, Floats, Ints, Stream

__all__ = [
    "AGE_GROUPS",
    "MAX_SIZE",
    "Families",
    "Habits",
    "Role",
    "alone_shares",
    "families",
    "size_shares",
    "targets",
    "weights",
]

#: members of the largest household that is made; the census says "7 and more"
MAX_SIZE = 12
AGE_GROUPS = 18
#: families in the library by size: enough of each kind for every age (ours)
ROWS = (400, 1000, 1000, 1000, 700, 500, 400, 150, 100, 80, 80, 80)
#: heads of households are so old in full years (ours)
HEAD_AGES = (20, 92)
#: full years between parents and children; in days it is then more than 16 and less than 45
#: years, also where only the year of birth is known
PARENT_GAPS = (18, 43)
OLDEST = 99
#: years by which a husband is older than his wife: least, most (assumption)
COUPLE_GAPS = (-3, 8)
#: assumptions: men among heads with a spouse, women among lone parents and among parents who
#: live with a grown-up child, both such parents there, a brother or sister instead of a child
MALE_HEAD, LONE_MOTHER, GRANDMOTHER, BOTH_PARENTS, SIBLING_HOME = 0.70, 0.75, 0.70, 0.35, 0.12
MOST_CHILDREN = 4
#: grown-up children leave home: from this age on, so many remain after so many years (assumption)
LEAVING_AGE, LEAVING_YEARS = 22, 10
#: twins in the library, far more than in life; the weights bring them down
TWINS = 0.10
ROUNDS = 60
#: members per household by which a mean may miss the census
CLOSE = 1e-7
#: weights are whole numbers, so that the last bit of an exponential moves nobody
WEIGHT_UNIT = 2.0**40


class Role(IntEnum):
    """Place in the family, in the order of the slots."""

    HEAD = 0
    SPOUSE = 1
    CHILD = 2
    PARENT = 3
    SIBLING = 4
    LODGER = 5


@dataclass(frozen=True)
class Habits:
    """What shapes the library: shares among the households that can be so."""

    lodgers: float
    lone_parents: float
    three_generations: float


@dataclass(frozen=True)
class Families:
    """The library; row = family, by size.

    Attributes
    ----------
    size : ndarray of int, shape (n,)
    role : ndarray of int, shape (n, `MAX_SIZE`)
        A `Role`, -1 where nobody lives.
    age : ndarray of int, shape (n, `MAX_SIZE`)
        Full years.
    female, twin : ndarray of bool, shape (n, `MAX_SIZE`)
        Sex; whether the member is the twin of the one before.
    """

    size: Ints
    role: Ints
    age: Ints
    female: NDArray[np.bool_]
    twin: NDArray[np.bool_]

    def counts(self) -> Floats:
        """Return the members by age group, men first, and twins, shape (n, 37)."""
        n = len(self.size)
        there = self.role >= 0
        cell = np.minimum(self.age // 5, AGE_GROUPS - 1) + AGE_GROUPS * self.female
        row = np.broadcast_to(np.arange(n)[:, None], there.shape)
        width = 2 * AGE_GROUPS + 1
        flat = np.bincount((row * width + cell)[there], minlength=n * width)
        counts = flat.reshape(n, width).astype(float)
        counts[:, -1] = 2 * self.twin.sum(axis=1)
        return counts


@cache
def families(habits: Habits) -> Families:
    """Make the library: the same for every city of the same habits.

    Parameters
    ----------
    habits : Habits

    Returns
    -------
    Families
    """
    tried = _try(habits, np.repeat(np.arange(1, MAX_SIZE + 1), np.array(ROWS) * 4))
    right = np.flatnonzero(_plausible(tried))
    rank = np.arange(len(right)) - np.searchsorted(tried.size[right], tried.size[right])
    kept = right[rank < np.array(ROWS)[tried.size[right] - 1]]
    return Families(**{name: column[kept] for name, column in vars(tried).items()})


class _Fixed:
    """The library's own random numbers: one column after another."""

    def __init__(self, n: int) -> None:
        self._n, self._column = n, 0

    def __call__(self, width: int | None = None) -> Floats:
        n = self._n * (width or 1)
        u = Draws(0, 0).uniform(Stream.FAMILIES, n, self._column * self._n)
        self._column += width or 1
        return u.reshape(self._n, width) if width else u


def _try(habits: Habits, size: Ints) -> Families:
    """Draw families; not all of them are plausible."""
    u = _Fixed(len(size))
    role = _roles(habits, size, u)
    kids = (role == Role.CHILD).any(axis=1)
    pair = (role == Role.SPOUSE).any(axis=1)
    female = u(MAX_SIZE) < 0.5
    female[:, 0] = np.where(pair, u() >= MALE_HEAD, np.where(kids, u() < LONE_MOTHER, female[:, 0]))
    head = HEAD_AGES[0] + (u() * (HEAD_AGES[1] - HEAD_AGES[0] + 1)).astype(np.int64)
    low, high = COUPLE_GAPS
    older = (low + (high - low + 1) * (u() + u()) / 2).astype(np.int64)  # he, than she
    own = head[:, None]
    age = np.where(role == Role.HEAD, own, 0)
    wife = np.where(female[:, 0], head, head - older * pair)
    age = np.where(role == Role.SPOUSE, own + (older * np.where(female[:, 0], 1, -1))[:, None], age)
    female = np.where(role == Role.SPOUSE, ~female[:, :1], female)
    births, twin = _births(role, u)
    age = np.where(role == Role.CHILD, np.where(pair, wife, head)[:, None] - births, age)
    age, female = _old_parents(role, age, female, head, older, u)
    away = 2 + (u(MAX_SIZE) * 9).astype(np.int64)
    age = np.where(role == Role.SIBLING, own + np.where(u(MAX_SIZE) < 0.5, away, -away), age)
    apart = (u(MAX_SIZE) * 17).astype(np.int64) - 8
    age = np.where(role == Role.LODGER, np.maximum(own + apart, 16), age)
    stays = u(MAX_SIZE) < np.exp(-np.maximum(age - LEAVING_AGE, 0) / LEAVING_YEARS)
    gone = ((role == Role.CHILD) & ~stays).any(axis=1)
    age[gone, 0] = -1  # not plausible
    return Families(size, role, age, female, twin)


def _roles(habits: Habits, size: Ints, u: _Fixed) -> Ints:
    """Give every slot its role: head, spouse, children, parents, siblings, lodgers."""
    lodging = (size > 1) & (u() < habits.lodgers)
    spouse = ~lodging & (size > 1) & (u() >= habits.lone_parents)
    old = ~lodging & (size > 2) & (u() < habits.three_generations)
    parents = old * (1 + ((size > 3) & (u() < BOTH_PARENTS)))
    rest = np.where(lodging, 0, size - 1 - spouse - parents)
    children = np.minimum(rest, MOST_CHILDREN)
    children -= (u() < SIBLING_HOME) & (children > 0)
    siblings = np.minimum(rest - children, 2)
    ends = np.cumsum(np.stack([np.ones_like(size), spouse, children, parents, siblings]), axis=0)
    slot = np.arange(MAX_SIZE)
    role = (slot[None, :, None] >= ends.T[:, None, :]).sum(axis=2)
    return np.where(slot < size[:, None], role, -1)


def _births(role: Ints, u: _Fixed) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the mother's age at each child's birth, eldest first, and who is a twin."""
    child = role == Role.CHILD
    rank = np.cumsum(child, axis=1) * child
    gaps = 2 + (4 * u(MAX_SIZE) ** 2).astype(np.int64)
    twin = (rank == 2) & (u() < TWINS)[:, None]
    gaps[twin] = 0
    first = PARENT_GAPS[0] + (18 * (u() + u()) / 2).astype(np.int64)
    return first[:, None] + np.cumsum(gaps * (rank > 1), axis=1), twin


def _old_parents(
    role: Ints,
    age: Ints,
    female: NDArray[np.bool_],
    head: Ints,
    older: Ints,
    u: _Fixed,
) -> tuple[Ints, NDArray[np.bool_]]:
    """Set the head's parents: the second, where there is one, is the first one's spouse."""
    parent = role == Role.PARENT
    second = parent & (np.cumsum(parent, axis=1) == 2)
    mother = u() < GRANDMOTHER
    first_age = head + PARENT_GAPS[0] + (20 * u()).astype(np.int64)
    other = first_age + np.where(mother, older, -older)
    age = np.where(parent, np.where(second, other[:, None], first_age[:, None]), age)
    return age, np.where(parent, mother[:, None] ^ second, female)


def _plausible(tried: Families) -> NDArray[np.bool_]:
    """Tell which families keep the rules."""
    role, age = tried.role, tried.age
    right = (age[:, 0] >= HEAD_AGES[0]) & ((age >= 0) | (role < 0)).all(axis=1)
    right &= (age <= OLDEST).all(axis=1)
    right &= ((age >= 18) | (role != Role.SPOUSE)).all(axis=1)
    couple = (role == Role.HEAD) | (role == Role.SPOUSE)
    younger = (role == Role.HEAD) | (role == Role.SIBLING)
    right &= _gaps_right(age, couple, role == Role.CHILD)
    return right & _gaps_right(age, role == Role.PARENT, younger)


def _gaps_right(
    age: Ints, parents: NDArray[np.bool_], children: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell where all parents are older than all children, neither too little nor too much."""
    least, most = PARENT_GAPS
    far, near = np.where(parents, age, -1000), np.where(parents, age, 1000)
    youngest, eldest = np.where(children, age, 1000), np.where(children, age, -1000)
    small = near.min(axis=1) - eldest.max(axis=1) >= least
    large = far.max(axis=1) - youngest.min(axis=1) <= most
    right: NDArray[np.bool_] = small & large
    return right | ~children.any(axis=1) | ~parents.any(axis=1)


@cache
def size_shares(ward: places.Ward) -> Floats:
    """Return the shares of households of 1 to `MAX_SIZE` persons in a ward.

    Seven and more follow a geometric tail that keeps the ward's persons.
    """
    counts = np.array(places.household_sizes()[ward.code], dtype=float)
    small = (counts[:-1] * np.arange(1, 7)).sum()
    extra = (ward.population - small) / counts[-1] - 7 if counts[-1] else 0.0
    tail = counts[-1] * _tail(min(max(extra, 0.0), MAX_SIZE - 7.1))
    shares: Floats = np.r_[counts[:-1], tail] / counts.sum()
    return shares


def _tail(mean: float) -> Floats:
    """Return geometric shares of 0, 1, ... members more than seven, of the given mean."""
    more = np.arange(MAX_SIZE - 6)
    low, high = 0.0, 50.0
    for _ in range(50):  # halve the interval of the ratio: the mean grows with it
        ratio = (low + high) / 2
        shares: Floats = ratio**more / (ratio**more).sum()
        low, high = (ratio, high) if shares @ more < mean else (low, ratio)
    return shares


@cache
def district_sizes(district: str) -> Floats:
    """Return the shares of households by size in a district: the sum of its wards."""
    own = [ward for ward in places.wards().values() if ward.district_code == district]
    counts = [sum(places.household_sizes()[ward.code]) * size_shares(ward) for ward in own]
    shares: Floats = np.sum(counts, axis=0) / np.sum(counts)
    return shares


@cache
def _male_shares() -> Floats:
    """Return the share of men per age group (modelled: SOURCES.md, age_sex_hcmc)."""
    rows = facts.table("age_sex_hcmc")
    return np.array([float(r["male_modelled"]) / float(r["total_hcmc_2019"]) for r in rows])


def targets(district: str, twins: float) -> Floats:
    """Return the members that a mean household of a district has, by the columns of `counts`.

    Parameters
    ----------
    district : str
        District code.
    twins : float
        Share of all persons who are a twin.

    Returns
    -------
    ndarray of float, shape (37,)
    """
    ages, men = places.age_shares()[district], _male_shares()
    shares = np.r_[ages * men, ages * (1 - men), twins]
    mean = float(district_sizes(district) @ np.arange(1, MAX_SIZE + 1))
    wanted: Floats = mean * shares
    return wanted


@cache
def weights(district: str, habits: Habits, twins: float) -> Ints:
    """Return how often each family occurs in a district, among families of its size.

    Parameters
    ----------
    district : str
        District code.
    habits : Habits
    twins : float
        Share of all persons who are a twin.

    Returns
    -------
    ndarray of int, shape (n,)
        Summing to about 2**40 in every size.
    """
    library, counts = families(habits), _counts(habits)
    sizes, wanted = district_sizes(district), targets(district, twins)
    pull = np.zeros(len(wanted))
    for _ in range(ROUNDS):
        share = _tilted(library.size, counts, pull)
        miss, spread = _miss(library.size, counts, share, sizes, wanted)
        if np.abs(miss).max() < CLOSE:
            break
        step = np.linalg.solve(spread + 1e-9 * np.eye(len(wanted)), miss)  # Newton
        pull += step * min(1.0, 2.0 / np.abs(step).max())
        pull[:-1] -= pull[:-1].mean()  # a pull on everybody changes nothing
    # the same on every computer: the pulls are rounded before they become weights
    share = _tilted(library.size, counts, np.round(pull, 6))
    return np.round(share * WEIGHT_UNIT).astype(np.int64)


@cache
def alone_shares(district: str, habits: Habits, twins: float) -> Floats:
    """Return per size the share of the households in which somebody has no family."""
    library, share = families(habits), weights(district, habits, twins) / WEIGHT_UNIT
    alone = (library.size == 1) | (library.role == Role.LODGER).any(axis=1)
    found: Floats = np.add.reduceat(share * alone, _starts(library.size))
    return found


@cache
def _counts(habits: Habits) -> Floats:
    return families(habits).counts()


def _starts(size: Ints) -> Ints:
    """Return where each size begins in the library."""
    return np.searchsorted(size, np.arange(1, MAX_SIZE + 1))


def _tilted(size: Ints, counts: Floats, pull: Floats) -> Floats:
    """Return the shares of the families within their size."""
    height = np.einsum("ik,k->i", counts, pull)
    height -= np.maximum.reduceat(height, _starts(size))[size - 1]
    share = np.exp(height)
    within: Floats = share / np.add.reduceat(share, _starts(size))[size - 1]
    return within


def _miss(
    size: Ints, counts: Floats, share: Floats, sizes: Floats, wanted: Floats
) -> tuple[Floats, Floats]:
    """Return how far the means are from the wanted ones, and the covariance of the counts."""
    means = np.add.reduceat(counts * share[:, None], _starts(size))
    joint = share * sizes[size - 1]
    # einsum, not a matrix product: one thread, and the same sums on every computer
    spread = np.einsum("ik,il->kl", counts * joint[:, None], counts)
    spread -= np.einsum("ik,il->kl", means * sizes[:, None], means)
    return wanted - np.einsum("i,ik->k", sizes, means), spread
