"""Names inside a household: the father's surname, the mother's as a memory, twins, namesakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator import names
from generator.families import Role
from generator.lives import Kin
from generator.randomness import Floats, Ints, Stream, split
from generator.scenario import Scenario

__all__ = ["Home", "Named", "give_names", "namesakes", "twins"]


@dataclass(frozen=True)
class Home:
    """Who lives with whom; row = person.

    Attributes
    ----------
    household, head, slot : ndarray of int, shape (n,)
        Row of the household, row of its head, place in it.
    kin : Kin
    group : ndarray of int, shape (n,)
        Index into `generator.names.GROUPS`.
    year : ndarray of int, shape (n,)
        Birth year.
    """

    household: Ints
    head: Ints
    slot: Ints
    kin: Kin
    group: Ints
    year: Ints


@dataclass(frozen=True)
class Named:
    """Names as indices into the pools, and whether the middle suggests the other sex."""

    surname: Ints
    middle: Ints
    given: Ints
    cross_sex: NDArray[np.bool_]


def give_names(
    u: Callable[[Stream], Floats], absent_father: Floats, home: Home, scenario: Scenario
) -> Named:
    """Name the people of a ward.

    Parameters
    ----------
    u : callable
        Stream -> one draw per person.
    absent_father : ndarray of float, shape (households,)
        The surname of the father where the mother is alone.
    home : Home
    scenario : Scenario

    Returns
    -------
    Named
    """
    people, female = scenario.people, home.kin.female.astype(np.int64)
    cohort, kinh_like = names.cohort_of(home.year), names.is_kinh_like(home.group)
    surname = _surnames(u(Stream.SURNAME), absent_father, home)
    marked = u(Stream.NAME_MARK) < names.marked_shares(female, cohort)
    words = (u(Stream.NAME_LENGTH)[:, None] >= names.lengths()[female, cohort]).sum(axis=1)
    crossed, remembered = split(u(Stream.CROSS_SEX))
    cross_sex = kinh_like & (crossed < people.cross_sex_name)
    own, other = 6 * female + 3 * marked + words, 6 * (1 - female) + 3 + 1
    own = np.where(kinh_like, own, 0)  # no middle words
    middle = names.middle_names().pick(np.where(cross_sex, other, own), u(Stream.MIDDLE))
    remembers = kinh_like & ~marked & ~cross_sex & (words > 0)
    remembers &= remembered < people.mothers_surname
    mother = _mothers(home)
    child = np.flatnonzero(remembers & (mother >= 0))
    child = child[surname[child] != surname[mother[child]]]
    memory = names.as_middle(surname[mother[child]])
    middle[child] = np.where(memory >= 0, memory, middle[child])
    groups = names.given_groups(home.group, female, cohort)
    given = names.given_names().pick(groups, _apart(u(Stream.GIVEN), home.kin.twin))
    return Named(surname, middle, given, cross_sex)


def _surnames(u: Floats, absent_father: Floats, home: Home) -> Ints:
    """Draw surnames; children have the father's, brothers and sisters of the head the head's."""
    female, role, pool = home.kin.female, home.kin.role, names.surnames()
    heads = _heads(home)
    own = pool.pick(names.surname_groups(home.group, female.astype(np.int64)), u)
    fathers = pool.pick(
        names.surname_groups(home.group[heads], np.zeros_like(heads)), absent_father
    )
    inherits = home.group != names.EDE
    father = np.where(female[home.head], home.head + 1, home.head)
    father = np.minimum(father, len(own) - 1)
    alone = (role[father] != Role.HEAD) & (role[father] != Role.SPOUSE)
    alone |= home.household[father] != home.household
    surname = np.where(
        role == Role.CHILD, np.where(alone, fathers[home.household], own[father]), own
    )
    like_head = (role == Role.SIBLING) | ((role == Role.PARENT) & ~female)
    return np.where(inherits, np.where(like_head, own[home.head], surname), own)


def _heads(home: Home) -> Ints:
    return np.flatnonzero(home.slot == 0)


def _mothers(home: Home) -> Ints:
    """Return the row of each child's mother, -1 where there is none in the household."""
    female, role, last = home.kin.female, home.kin.role, len(home.slot) - 1
    second = np.minimum(home.head + 1, last)
    wife = (role[second] == Role.SPOUSE) & female[second]
    mother = np.where(female[home.head], home.head, np.where(wife, second, -1))
    return np.where(role == Role.CHILD, mother, -1)


def _apart(u: Floats, twin: NDArray[np.bool_]) -> Floats:
    """Give twins other draws than their sister or brother, so that their names differ."""
    second = np.flatnonzero(twin)
    apart = u.copy()
    apart[second] = (u[second - 1] + 0.25 + 0.5 * u[second]) % 1.0
    return apart


def twins(twin: NDArray[np.bool_]) -> Ints:
    """Return for each person the row of the twin, -1 = none."""
    second = np.flatnonzero(twin)
    found = np.full(len(twin), -1)
    found[second], found[second - 1] = second - 1, second
    return found


def namesakes(u: Floats, home: Home, size: Ints, chance: float) -> Ints:
    """Choose who has the name and birth date of somebody next door.

    Of every two households the head of the first may share name, sex and birth date with
    somebody of the second who has no family there: nobody's children become too old by that.

    Parameters
    ----------
    u : ndarray of float, shape (households,)
    home : Home
    size : ndarray of int, shape (households,)
    chance : float
        For a household where it is possible.

    Returns
    -------
    ndarray of int, shape (n,)
        Row of the other one, -1 = none; symmetric.
    """
    heads = _heads(home)
    odd = np.arange(1, len(heads), 2)
    odd = odd[u[odd] < chance]
    person = np.where(size[odd] == 1, heads[odd], heads[odd] + size[odd] - 1)
    free = (size[odd] == 1) | (home.kin.role[person] == Role.LODGER)
    free &= (home.group[person] < names.FIRST_NATION) & (
        home.group[heads[odd - 1]] < names.FIRST_NATION
    )
    first, second = heads[odd - 1][free], person[free]
    found = np.full(len(home.slot), -1)
    found[first], found[second] = second, first
    return found
