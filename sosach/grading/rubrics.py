"""How handed-in decisions become points and reasons: a short list of rubrics.

A rubric compares the rows of one artefact with the key and returns a fraction and, for every
record, a Vietnamese sentence.
Standard library only, so that a rubric can run in a process that holds nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

__all__ = ["RUBRICS", "Expected", "Key", "Reason", "Score", "list_membership"]

#: what one needless referral of every clean record would cost, as a share of the points [ours]
NEEDLESS_COST = 0.25

#: the classes of records that belong on no list: nothing wrong, and a decoy
LEFT_OUT = ("sạch", "bẫy")

#: what rests on no document of its own rests on the one that orders the list
LIST_BASIS = "CV 2262/BYT-CNTT ngày 4/5/2022, chỉ lập danh sách hồ sơ thuộc ba nhóm"

SHOWN = 5  # unknown codes named in one note


@dataclass(frozen=True)
class Expected:
    """What is right for one record.

    Parameters
    ----------
    groups : frozenset of str
        Groups of CV 2262 (a, b, c) that are right; empty where the record needs no listing.
    optional : bool
        Whether leaving the record out is right as well.
    decoy : str
        Number of the decoy in the taxonomy, "" where the record is none.
    title : str
        What is the matter with the record, in Vietnamese, "" where nothing is.
    basis : str
        Document that says so, "" where none is needed.
    """

    groups: frozenset[str] = frozenset()
    optional: bool = False
    decoy: str = ""
    title: str = ""
    basis: str = ""

    @property
    def action_class(self) -> str:
        """Return the class over which marks are averaged; "" where the record counts in none."""
        if self.optional:
            return ""
        if self.groups:
            return min(self.groups)
        return LEFT_OUT[bool(self.decoy)]


@dataclass(frozen=True)
class Key:
    """The right answers of one trainee's pack: `records` maps each ma_ho_so to what is right."""

    records: Mapping[str, Expected]


@dataclass(frozen=True)
class Reason:
    """What the rubric says of one record."""

    ma_ho_so: str
    right: bool
    text: str


@dataclass(frozen=True)
class Score:
    """The outcome of a rubric: a fraction in [0, 1], a reason per record, notes on the whole."""

    fraction: float
    reasons: list[Reason]
    notes: list[str]


def list_membership(
    rows: Iterable[Mapping[str, str]], key: Key, parameters: Mapping[str, object]
) -> Score:
    """Judge a list of records by group (a, b, c of CV 2262).

    A record is right if it stands in an accepted group, or is rightly left out. The fraction is
    the mean over the five classes (a, b, c, sạch, bẫy) that occur of the share that is right,
    less 0.25 times the share of records without need that were listed; never below 0.
    Leaving out is no explicit decision: it earns credit only as far as the list was made, so the
    shares of sạch and bẫy are multiplied by the mean share of a, b and c.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``danh_sach.csv`` with ``ma_ho_so`` and ``nhom``, one per record, in any order.
    key : Key
        The right answers.
    parameters : mapping
        Unused: this rubric has none.

    Returns
    -------
    Score
        Reasons in the order of the key.

    References
    ----------
    .. [1] CV 2262/BYT-CNTT of 4 May 2022: the three groups. Weights are ours.
    """
    listed = {row["ma_ho_so"]: row["nhom"] for row in rows}
    unknown = [code for code in listed if code not in key.records]
    reasons = [
        _membership_reason(code, expected, listed.get(code, ""))
        for code, expected in key.records.items()
    ]
    empty = "Danh sách không có hồ sơ nào của gói bài này nên chưa được điểm."
    notes = [*([empty] if len(unknown) == len(listed) else []), *_unknown_note(unknown)]
    needless = _needless_share(listed, key, len(unknown))
    return Score(max(0.0, _class_average(reasons, key) - NEEDLESS_COST * needless), reasons, notes)


def _class_average(reasons: Iterable[Reason], key: Key) -> float:
    """Average over the classes that occur the share of right records."""
    outcomes: dict[str, list[bool]] = {}
    for reason in reasons:
        outcomes.setdefault(key.records[reason.ma_ho_so].action_class, []).append(reason.right)
    outcomes.pop("", None)
    shares = {kind: sum(rights) / len(rights) for kind, rights in outcomes.items()}
    listed = [share for kind, share in shares.items() if kind not in LEFT_OUT]
    made = sum(listed) / len(listed) if listed else 1.0
    left_out = [made * share for kind, share in shares.items() if kind in LEFT_OUT]
    return sum(listed + left_out) / max(1, len(shares))


def _needless_share(listed: Mapping[str, str], key: Key, n_unknown: int) -> float:
    """Return the listings nobody needs as a share of the records without need, at most 1."""
    without_need = [code for code, e in key.records.items() if not e.groups]
    wrong_optional = [
        code for code, e in key.records.items() if e.optional and not _is_right(e, listed.get(code))
    ]
    needless = sum(code in listed for code in without_need) + len(wrong_optional) + n_unknown
    return min(1.0, needless / max(1, len(without_need)))


def _is_right(expected: Expected, group: str | None) -> bool:
    """Tell whether listing in `group` (None or "" = left out) is right."""
    if group:
        return group in expected.groups
    return expected.optional or not expected.groups


def _membership_reason(code: str, expected: Expected, group: str) -> Reason:
    """Say why one record is right or wrong."""
    if _is_right(expected, group):
        return Reason(code, True, "Đúng.")
    found = f"anh/chị đã xếp nhóm {group}" if group else "anh/chị chưa đưa vào danh sách"
    if expected.optional:
        text = f"Đưa vào thì thuộc nhóm c, để ngoài cũng được; {found}: {expected.title}."
    elif expected.groups:
        text = f"Thuộc nhóm {' hoặc '.join(sorted(expected.groups))}, {found}: {expected.title}."
    elif expected.title:
        text = f"Không cần đưa vào danh sách, {found}: {expected.title}, không phải là lỗi."
    else:
        text = f"Không cần đưa vào danh sách, {found}: các thông tin đều khớp."
    return Reason(code, False, f"{text} Căn cứ: {expected.basis or LIST_BASIS}.")


def _unknown_note(unknown: list[str]) -> list[str]:
    """Name the listed codes that are not in the pack."""
    if not unknown:
        return []
    names = ", ".join(code[:40] for code in unknown[:SHOWN])
    more = f" và {len(unknown) - SHOWN} mã khác" if len(unknown) > SHOWN else ""
    return [f"{len(unknown)} mã hồ sơ không có trong gói bài của anh/chị: {names}{more}."]


Rubric = Callable[[Iterable[Mapping[str, str]], Key, Mapping[str, object]], Score]

#: the rubrics that a spec may name
RUBRICS: dict[str, Rubric] = {"list_membership": list_membership}
