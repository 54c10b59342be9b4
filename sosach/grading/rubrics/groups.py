"""Which records belong to one person: pairs found, pairs missed, pairs that are two people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Any

from sosach.grading.rubrics.balance import Finding, Judgement, strangers
from sosach.grading.rubrics.key import Key

__all__ = ["groups_equal"]

Pair = tuple[str, str]

#: records tied together of which every wrong pair is named; more have too many pairs to be read
NAMED = 6
POLICE = "CV 9438/BYT-CNTT ngày 5/11/2021, công an xác thực công dân"


def groups_equal(
    rows: Iterable[Mapping[str, str]], key: Key, parameters: Mapping[str, Any]
) -> Judgement:
    """Judge which records were said to be of one person, pair by pair.

    The fraction is the F1 of pairs: 2 right / (2 right + missed + wrong). Records that are
    tied by way of a third one are a pair too; a tie to what is no record of the pack is a wrong
    pair.

    Parameters
    ----------
    rows : iterable of mapping
        ``ma_ho_so, ma_lien_quan``; rows whose ``hanh_dong`` is there and not ``MERGE`` tie nothing.
    key : Key
        Its `groups`.
    parameters : mapping
        Unused: this rubric has none.

    Returns
    -------
    Judgement
        A finding per pair; one for all wrong pairs of a large group, and one for all strange ties.
    """
    ties = set(_ties(rows))
    known = {*key.records, *key.duties, *(name for group in key.groups for name in group)}
    own = {tie for tie in ties if known.issuperset(tie)}
    groups, wanted = _groups(sorted(own)), _pairs(key.groups)
    n_strange = len(ties - own)
    _, notes = strangers((name for tie in ties for name in tie), known, "mã hồ sơ")
    judged = [*_about_wanted(wanted, groups), *_about_wrong(wanted, groups, n_strange)]
    n_found = n_strange + sum(comb(len(group), 2) for group in groups)
    loss = Fraction(1, max(1, n_found + len(wanted)))
    weights = {finding.item: n * loss for finding, n in judged}
    return Judgement([finding for finding, _ in judged], frozenset(), 0, notes, weights)


def _ties(rows: Iterable[Mapping[str, str]]) -> Iterator[Pair]:
    for row in rows:
        one, other = sorted((row["ma_ho_so"], row["ma_lien_quan"]))
        if row.get("hanh_dong", "MERGE") == "MERGE" and one and one != other:
            yield one, other


def _groups(ties: Iterable[Pair]) -> list[list[str]]:
    """Join what is tied together, by way of others too."""
    group_of: dict[str, list[str]] = {}
    for one, other in ties:
        first, second = (group_of.setdefault(name, [name]) for name in (one, other))
        if first is not second:
            first += second
            group_of.update(dict.fromkeys(second, first))
    return [group for name, group in group_of.items() if group[0] == name]


def _pairs(groups: Iterable[Iterable[str]]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _about_wanted(
    wanted: Collection[Pair], groups: Iterable[list[str]]
) -> Iterator[tuple[Finding, int]]:
    """Yield for every pair of the key whether it was found."""
    place = {name: i for i, group in enumerate(groups) for name in group}
    for one, other in sorted(wanted):
        found = one in place and place[one] == place.get(other)
        text = "Đúng: hai hồ sơ của một người."
        missed = "Chưa tìm ra: hai hồ sơ này là của một người."
        basis = "" if found else POLICE
        yield Finding(f"{one} - {other}", found, text if found else missed, basis=basis), 1


def _about_wrong(
    wanted: Collection[Pair], groups: Iterable[list[str]], n_strange: int
) -> Iterator[tuple[Finding, int]]:
    """Yield what was tied wrongly, and how many pairs that is."""
    for group in groups:
        if len(group) <= NAMED:
            for one, other in sorted(_pairs([group]) - set(wanted)):
                text = "Không có gì nối hai hồ sơ này thành một người."
                yield Finding(f"{one} - {other}", False, text, basis=POLICE), 1
            continue
        members, n = set(group), len(group)
        wrong = comb(n, 2) - sum(members.issuperset(pair) for pair in wanted)
        if wrong:
            item = f"{min(group)} và {n - 1} hồ sơ khác"
            text = f"Đã nối {n} hồ sơ thành một người; {wrong} cặp trong đó không có gì nối lại."
            yield Finding(item, False, text, basis=POLICE), wrong
    if n_strange:
        text = "Có cặp ghi mã hồ sơ không có trong gói bài."
        yield Finding("mã lạ", False, text, basis=POLICE), n_strange
