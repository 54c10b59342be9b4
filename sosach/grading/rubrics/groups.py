"""Which records belong to one person: pairs found, pairs missed, pairs that are two people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from sosach.grading.rubrics.balance import Finding, Judgement, strangers
from sosach.grading.rubrics.key import Key

__all__ = ["groups_equal"]

Pair = tuple[str, str]


def groups_equal(
    rows: Iterable[Mapping[str, str]], key: Key, parameters: Mapping[str, Any]
) -> Judgement:
    """Judge which records were said to be of one person, pair by pair.

    The fraction is the F1 of pairs: 2 right / (2 right + missed + wrong). Records that are
    tied by way of a third one are a pair too.

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
        A finding per pair.
    """
    ties = [
        (row["ma_ho_so"], row["ma_lien_quan"])
        for row in rows
        if row.get("hanh_dong", "MERGE") == "MERGE" and row["ma_lien_quan"]
    ]
    found, wanted = _pairs(_groups(ties)), _pairs(key.groups)
    known = {*key.records, *(name for group in key.groups for name in group)}
    _, notes = strangers((name for tie in ties for name in tie), known, "mã hồ sơ")
    findings = [_finding(pair, pair in wanted, pair in found) for pair in sorted(found | wanted)]
    loss = Fraction(1, max(1, len(found) + len(wanted)))
    return Judgement(findings, frozenset(), 0, notes, {f.item: loss for f in findings})


def _groups(ties: Iterable[Pair]) -> list[set[str]]:
    """Join what is tied together, by way of others too."""
    groups: list[set[str]] = []
    for tie in ties:
        touched = [group for group in groups if group & set(tie)]
        joined = set(tie).union(*touched)
        groups = [*(group for group in groups if group not in touched), joined]
    return groups


def _pairs(groups: Iterable[Iterable[str]]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _finding(pair: Pair, wanted: bool, found: bool) -> Finding:
    text = "Đúng: hai hồ sơ của một người."
    if not found:
        text = "Chưa tìm ra: hai hồ sơ này là của một người."
    elif not wanted:
        text = "Không có gì nối hai hồ sơ này thành một người."
    basis = "" if wanted and found else "CV 9438/BYT-CNTT ngày 5/11/2021, công an xác thực công dân"
    return Finding(" - ".join(pair), wanted and found, text, basis=basis)
