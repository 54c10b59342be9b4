"""A list of records by group: who has to be compared with the population data, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sosach.grading.rubrics.balance import REFERRAL, Finding, Judgement, strangers
from sosach.grading.rubrics.key import Expected, Key

__all__ = ["list_membership"]

#: what belongs on no list: nothing is wrong, or it only looks so
CLEAN, DECOY = "sach", "bay"
#: what rests on no document of its own rests on the one that orders the list
LIST_BASIS = "CV 2262/BYT-CNTT ngày 4/5/2022, chỉ lập danh sách hồ sơ thuộc ba nhóm"
LEFT_OUT = "khong"


def list_membership(
    rows: Iterable[Mapping[str, str]], key: Key, parameters: Mapping[str, Any]
) -> Judgement:
    """Judge a list of records by group (a, b, c of CV 2262).

    A record is right if it stands in an accepted group, or is rightly left out. Kinds are the
    groups, *sach* and *bay*; leaving out is no explicit decision.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``danh_sach.csv`` with ``ma_ho_so`` and ``nhom``, one per record, in any order.
    key : Key
        Its `records`.
    parameters : mapping
        Unused: this rubric has none.

    Returns
    -------
    Judgement

    References
    ----------
    .. [1] CV 2262/BYT-CNTT of 4 May 2022: the three groups. Weights are ours.
    """
    listed = {row["ma_ho_so"]: row["nhom"] for row in rows}
    strays, notes = strangers(listed, key.records, "mã hồ sơ")
    if listed and strays == len(listed):
        notes.insert(0, "Danh sách không có hồ sơ nào của gói bài này nên chưa được điểm.")
    findings = [
        _finding(code, expected, listed.get(code, "")) for code, expected in key.records.items()
    ]
    return Judgement(findings, frozenset((CLEAN, DECOY)), strays, notes)


def _finding(code: str, expected: Expected, group: str) -> Finding:
    right = group in expected.groups if group else expected.optional or not expected.groups
    needless = (bool(group) and not expected.groups) or (expected.optional and not right)
    return Finding(
        code,
        right,
        "Đúng." if right else _why_wrong(expected, group),
        kind=_kind(expected),
        basis="" if right else expected.basis or LIST_BASIS,
        causes=expected.causes,
        answer=group or LEFT_OUT,
        exposed=frozenset() if expected.groups else frozenset([REFERRAL]),
        harms=frozenset([REFERRAL]) if needless else frozenset(),
    )


def _kind(expected: Expected) -> str:
    if expected.optional:
        return ""
    if expected.groups:
        return min(expected.groups)
    return DECOY if expected.decoy else CLEAN


def _why_wrong(expected: Expected, group: str) -> str:
    found = f"anh/chị đã xếp nhóm {group}" if group else "anh/chị chưa đưa vào danh sách"
    if expected.optional:
        return f"Đưa vào thì thuộc nhóm c, để ngoài cũng được; {found}: {expected.title}."
    if expected.groups:
        return f"Thuộc nhóm {' hoặc '.join(sorted(expected.groups))}, {found}: {expected.title}."
    if expected.title:
        return f"Không cần đưa vào danh sách, {found}: {expected.title}, không phải là lỗi."
    return f"Không cần đưa vào danh sách, {found}: các thông tin đều khớp."
