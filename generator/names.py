"""Names of people: surname, middle words and given name by sex and birth cohort.

A name is drawn from frequency tables, never copied from a person. The surname comes first and
the given name last; what lies between depends most on sex and generation.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator import facts
from generator.foreign_names import EDE_CLANS, EDE_GIVEN, NATIONS
from generator.pools import Pools
from generator.randomness import Floats, Ints

__all__ = [
    "EDE",
    "FIRST_NATION",
    "GROUPS",
    "as_middle",
    "cohort_of",
    "given_groups",
    "given_names",
    "group_shares",
    "is_kinh_like",
    "lengths",
    "marked_shares",
    "middle_names",
    "surname_groups",
    "surnames",
]

SEXES = ("nam", "nữ")
#: ethnic groups of Viet Nam in the city, in the order of ethnic_hcmc_2009.csv, and foreigners:
#: from `FIRST_NATION` on the nations of `NATIONS`
GROUPS = ("Kinh", "Hoa", "Khmer", "Chăm", "Tày", "Mường", "Ê Đê", *NATIONS)
HOA, KHMER, EDE, FIRST_NATION = 1, 2, 6, 7
#: residents at the census of 2009, of which ethnic_hcmc_2009.csv counts the groups
RESIDENTS_2009 = 7_162_864
#: share of the Ê Đê who write their clan behind the given name (assumption)
CLAN_SHARE = 0.5
#: first birth years of the second and third cohort: the tables' own limits (SOURCES.md, names)
COHORT_STARTS = (1976, 2007)
#: share with Văn (men) or Thị (women) as first middle word, by sex and cohort
#: (name_length_thi_van.csv, thi_van_note; the oldest cohort is an assumption)
MARKED = ((0.60, 0.13, 0.03), (0.85, 0.555, 0.176))
MARK = ("Văn", "Thị")
#: rows of name_length_thi_van.csv by cohort
LENGTH_ROWS = ("<=1975", "~1988-1998", "2007-2011")
#: rows of given_names.csv by sex and cohort; boys of 2007-11 have no table of their own
GIVEN_ROWS = (
    (("<=1975",), ("~1988-1998", "1991-2002"), ("~1988-1998", "1991-2002")),
    (("<=1975",), ("~1988-1998", "1991-2002"), ("2007-2011",)),
)
#: the tables cover 75-91 % of their samples: the rest comes from the undated national list
TAIL_ROWS, TAIL_SHARE = "~2000 (undated)", 0.15


def cohort_of(year: Ints) -> Ints:
    """Return 0, 1, 2 for people born until 1975, until 2006 and since."""
    return np.searchsorted(COHORT_STARTS, year, side="right")


def marked_shares(female: Ints, cohort: Ints) -> Floats:
    """Return per person the probability of Văn or Thị as first middle word."""
    return np.array(MARKED)[female, cohort]


@cache
def lengths() -> NDArray[np.float64]:
    """Return the cumulative shares of no, one, two middle words, shape (2, 3, 3).

    The axes are sex, cohort and number of middle words; five-word names are left out.
    """
    rows = {(r["sex"], r["birth_cohort"]): r for r in facts.table("name_length_thi_van")}
    columns = ("words_2_pct", "words_3_pct", "words_4_pct")
    weights = np.array(
        [[[float(rows[s, c][k]) for k in columns] for c in LENGTH_ROWS] for s in SEXES]
    )
    cumulative: NDArray[np.float64] = np.cumsum(weights, axis=2)
    return cumulative / cumulative[:, :, -1:]


def is_kinh_like(group: Ints) -> NDArray[np.bool_]:
    """Tell whose names are made of the Kinh tables: Kinh, Hoa, Chăm, Tày, Mường."""
    alike: NDArray[np.bool_] = (group < EDE) & (group != KHMER)
    return alike


def group_shares(district: str, ede: float, foreign: float) -> Floats:
    """Return the shares of `GROUPS` among the residents of a district.

    Parameters
    ----------
    district : str
        District code: the Hoa live where hoa_share_district_assumed.csv says.
    ede, foreign : float
        Shares of the Ê Đê and of all foreigners.

    Returns
    -------
    ndarray of float
        Summing to 1.
    """
    counted = {r["ethnic_group"]: int(r["persons"]) for r in facts.table("ethnic_hcmc_2009")}
    shares = [counted.get(name, 0) / RESIDENTS_2009 for name in GROUPS[:EDE]]
    shares[HOA] = _hoa_shares()[district]
    shares[0] = 1 - sum(shares[1:]) - ede - foreign
    return np.array([*shares, ede, *(foreign * nation[0] for nation in NATIONS.values())])


def surname_groups(group: Ints, female: Ints) -> Ints:
    """Return which surnames people of `GROUPS` draw from; Tày and Mường bear those of the Kinh."""
    own = np.array([0, 1, 2, 3, 0, 0, 4, *range(6, 6 + len(NATIONS))])
    found: Ints = own[group] + (group == EDE) * female
    return found


def given_groups(group: Ints, female: Ints, cohort: Ints) -> Ints:
    """Return which given names people of `GROUPS` draw from."""
    found: Ints = np.where(group >= EDE, 8 + 2 * (group - EDE) + female, 3 * female + cohort)
    return np.where(group == KHMER, 6 + female, found)


@cache
def _hoa_shares() -> dict[str, float]:
    rows = facts.table("hoa_share_district_assumed")
    return {row["district_code"]: float(row["hoa_pct_assumed"]) / 100 for row in rows}


@cache
def surnames() -> Pools:
    """Return the surnames with the blank that follows them; groups: see `surname_groups`."""
    own: dict[str, dict[str, float]] = {"Kinh": {}, "Hoa": {}, "Khmer": {}, "Chăm": {}}
    for row in facts.table("surnames"):
        own[row["ethnic_group"]][f"{row['surname']} "] = float(row["weight_pct"])
    foreign = [[f"{name} " for name in nation[1].split()] for nation in NATIONS.values()]
    return Pools([*own.values(), {"Y ": 1}, {"H ": 1}, *(dict.fromkeys(f, 1) for f in foreign)])


@cache
def given_names() -> Pools:
    """Return the given names; group = 3 x sex + cohort, and those of `given_groups`."""
    tables: dict[tuple[str, str], Counter[str]] = {}
    for row in facts.table("given_names"):
        table = tables.setdefault((row["sex"], row["birth_cohort"]), Counter())
        table[row["given"]] += float(row["weight_pct"])  # type: ignore[assignment]
    kinh = [
        _mixed(tables, sex, cohorts) for s, sex in enumerate(SEXES) for cohorts in GIVEN_ROWS[s]
    ]
    nations = [_foreign_names(both) for nation in NATIONS.values() for both in nation[2:]]
    return Pools([*kinh, *map(_khmer_names, SEXES), *map(_ede_names, EDE_GIVEN), *nations])


def _khmer_names(sex: str) -> dict[str, float]:
    rows = facts.table("given_names_khmer")
    return {row["given"]: float(row["count"]) for row in rows if row["sex"] == sex}


def _foreign_names(listed: str) -> dict[str, float]:
    return dict.fromkeys(listed.replace("-", " ").title().split(","), 1.0)


def _ede_names(given: list[str]) -> dict[str, float]:
    """Return what follows Y or H: a given name, alone or with a clan."""
    alone = dict.fromkeys(given, 1 - CLAN_SHARE)
    clans = {f"{name} {clan}": CLAN_SHARE / len(EDE_CLANS) for name in given for clan in EDE_CLANS}
    return alone | clans


def _mixed(
    tables: dict[tuple[str, str], Counter[str]], sex: str, cohorts: tuple[str, ...]
) -> dict[str, float]:
    """Mix the tables of a cohort in equal shares, and the tail."""
    shares = {cohort: (1 - TAIL_SHARE) / len(cohorts) for cohort in cohorts}
    mixed: dict[str, float] = {}
    for cohort, share in {**shares, TAIL_ROWS: TAIL_SHARE}.items():
        table = tables[sex, cohort]
        total = sum(table.values())
        for given, weight in table.items():
            mixed[given] = mixed.get(given, 0.0) + share * weight / total
    return mixed


@cache
def middle_names() -> Pools:
    """Return the middle words with the blank that follows them.

    Group = 6 x sex + 3 x (Văn or Thị first) + number of words; the last group are the surnames.
    """
    return Pools(
        [
            *(
                {f"{middle} " if middle else "": weight for middle, weight in group.items()}
                for sex in range(2)
                for marked in (False, True)
                for group in _middles(sex, marked=marked)
            ),
            dict.fromkeys(surnames().texts.to_pylist(), 1.0),
        ]
    )


@cache
def _surnames_as_middle() -> Ints:
    middle = {text: i for i, text in enumerate(middle_names().texts.to_pylist())}
    marks = [f"{mark} " for mark in MARK]  # as a middle word they would say a sex
    return np.array([-1 if t in marks else middle[t] for t in surnames().texts.to_pylist()])


def as_middle(surname: Ints) -> Ints:
    """Return the middle words that repeat a surname, -1 for Văn and Thị: they would mislead."""
    return _surnames_as_middle()[surname]


def _middles(sex: int, *, marked: bool) -> list[dict[str, float]]:
    """Return the middle words of one sex by their number: none, one, two."""
    plain: list[dict[str, float]] = [{"": 1.0}, {}, {}]
    for row in facts.table("middle_names"):
        words = row["middle"].split()
        if row["sex"] == SEXES[sex] and not set(words) & set(MARK):
            group = plain[len(words)]
            group[row["middle"]] = group.get(row["middle"], 0.0) + float(row["weight_pct"])
    if not marked:
        return plain
    mark = MARK[sex]
    return [{mark: 1.0}, {mark: 1.0}, {f"{mark} {middle}": w for middle, w in plain[1].items()}]
