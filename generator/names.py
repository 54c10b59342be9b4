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
from generator.pools import Pools
from generator.randomness import Floats, Ints

__all__ = ["cohort_of", "given_names", "lengths", "marked_shares", "middle_names", "surnames"]

SEXES = ("nam", "nữ")
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


@cache
def surnames() -> Pools:
    """Return the surnames of the Kinh, one group, each with the blank that follows it."""
    kinh = [row for row in facts.table("surnames") if row["ethnic_group"] == "Kinh"]
    return Pools([{f"{row['surname']} ": float(row["weight_pct"]) for row in kinh}])


@cache
def given_names() -> Pools:
    """Return the given names; group = 3 x sex + cohort."""
    tables: dict[tuple[str, str], Counter[str]] = {}
    for row in facts.table("given_names"):
        table = tables.setdefault((row["sex"], row["birth_cohort"]), Counter())
        table[row["given"]] += float(row["weight_pct"])  # type: ignore[assignment]
    return Pools(
        [_mixed(tables, sex, cohorts) for s, sex in enumerate(SEXES) for cohorts in GIVEN_ROWS[s]]
    )


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

    Group = 6 x sex + 3 x (Văn or Thị first) + number of words.
    """
    return Pools(
        [
            {f"{middle} " if middle else "": weight for middle, weight in group.items()}
            for sex in range(2)
            for marked in (False, True)
            for group in _middles(sex, marked=marked)
        ]
    )


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
