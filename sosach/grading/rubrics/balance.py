"""What a wrong item costs: classes count alike, harm costs extra, and every sum is exact.

Refer-everything and keep-everything fail by construction, because the classes of items count
alike whatever their size. Fractions instead of floats: the same work is worth the same to the
last bit, on every computer and in every order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

__all__ = ["AMENDED", "EDIT", "REFERRAL", "SIGN", "Finding", "Judgement", "Score", "strangers"]

#: kinds of harm beside a lost item
SIGN, EDIT, REFERRAL = "wrong_sign", "wrong_edit", "needless_referral"
#: harm -> what it costs when every item that could suffer it does, as a share of the points [ours]
COSTS = {SIGN: Fraction(1), EDIT: Fraction(1, 2), REFERRAL: Fraction(1, 4)}

#: what is said of an item that an appeal has shown to be right
AMENDED = "Câu trả lời này được chấp nhận sau khi xem lại."

SHOWN = 5  # unknown ids named in one note


@dataclass(frozen=True)
class Finding:
    """What a rubric says of one item.

    Attributes
    ----------
    item : str
        What was judged: ``ma_ho_so``, ``ma_mui``, ``ma_phan_anh``, name of a figure.
    right : bool
    text : str
        One or two Vietnamese sentences for the trainee.
    kind : str
        The class over which marks are averaged; "" where the item counts in none.
    basis : str
        Document that says so, "" where nothing is wrong.
    causes : tuple of str
        Errors and decoys of the taxonomy behind the item; none where it is clean.
    answer : str
        What was handed in, in short; an appeal is about this.
    exposed, harms : frozenset of str
        Harms that this item could suffer, and those that it suffered.
    lost : Fraction
        Share of the task's points that this item cost; set by `Judgement.score`.
    """

    item: str
    right: bool
    text: str
    kind: str = ""
    basis: str = ""
    causes: tuple[str, ...] = ()
    answer: str = ""
    exposed: frozenset[str] = frozenset()
    harms: frozenset[str] = frozenset()
    lost: Fraction = Fraction(0)


@dataclass(frozen=True)
class Score:
    """The outcome: a fraction in [0, 1], what is to say of every item, notes on the whole."""

    fraction: Fraction
    findings: list[Finding]
    notes: list[str]


@dataclass(frozen=True)
class Judgement:
    """What a rubric found, before it is weighed.

    Attributes
    ----------
    findings : list of Finding
        In the order of the key.
    implicit : frozenset of str
        Kinds for which doing nothing is right, or the answer is everybody's. That is no explicit
        decision: it earns only as far as the other kinds were done.
    strays : int
        Things handed in that belong to no item: each is a needless referral.
    notes : list of str
    weights : mapping, optional
        Item -> its loss where it is wrong, for a rubric that does not average over kinds.
    """

    findings: list[Finding]
    implicit: frozenset[str] = frozenset()
    strays: int = 0
    notes: list[str] | None = None
    weights: Mapping[str, Fraction] | None = None

    def score(self, amendments: Collection[tuple[str, str]] = ()) -> Score:
        """Weigh the findings.

        Parameters
        ----------
        amendments : collection of (str, str)
            Answers accepted after an appeal: cause ("" for clean items) and answer.

        Returns
        -------
        Score
            Without a cap, the fraction is 1 less the sum of what the items lost.
        """
        findings = [_amended(finding, amendments) for finding in self.findings]
        losses = _losses(findings, self.implicit) if self.weights is None else self.weights
        costs = _costs(findings, self.strays)
        weighed = [replace(f, lost=_lost(f, losses, costs)) for f in findings if not f.right]
        by_item = {finding.item: finding for finding in weighed}
        lost = sum((f.lost for f in weighed), Fraction(0)) + _stray_cost(self.strays, costs)
        return Score(
            max(Fraction(0), 1 - lost),
            [by_item.get(finding.item, finding) for finding in findings],
            list(self.notes or []),
        )


def strangers(found: Iterable[str], known: Collection[str], what: str) -> tuple[int, list[str]]:
    """Return how many handed-in ids belong to no item, and a note that names some.

    Parameters
    ----------
    found : iterable of str
        Ids that were handed in.
    known : collection of str
        Ids of the pack.
    what : str
        What the ids are of, in Vietnamese: ``"mã hồ sơ"``.

    Returns
    -------
    tuple of int and list of str
        The list has at most one note.
    """
    unknown = sorted({name for name in found if name not in known})
    if not unknown:
        return 0, []
    names = ", ".join(name[:40] for name in unknown[:SHOWN])
    more = f" và {len(unknown) - SHOWN} mã khác" if len(unknown) > SHOWN else ""
    return len(unknown), [
        f"{len(unknown)} {what} không có trong gói bài của anh/chị: {names}{more}."
    ]


def _amended(finding: Finding, amendments: Collection[tuple[str, str]]) -> Finding:
    """Accept what an appeal has shown to be right."""
    asked = ((cause, finding.answer) for cause in finding.causes or ("",))
    if finding.right or not any(pair in amendments for pair in asked):
        return finding
    return replace(finding, right=True, harms=frozenset(), text=AMENDED)


def _losses(findings: Sequence[Finding], implicit: Collection[str]) -> dict[str, Fraction]:
    """Return what a wrong item of each kind loses; kinds count alike."""
    size = Counter(f.kind for f in findings if f.kind)
    wrong = Counter(f.kind for f in findings if f.kind and not f.right)
    done = [kind for kind in size if kind not in implicit]
    left = {
        kind: Fraction(size[kind] - wrong[kind], size[kind]) for kind in size if kind in implicit
    }
    # what was rightly left alone counts as far as the rest was done
    at_stake = 1 + (sum(left.values(), Fraction(0)) / len(done) if done else 0)
    return {
        kind: Fraction(at_stake if kind in done else 1) / (len(size) * n)
        for kind, n in size.items()
    }


def _costs(findings: Sequence[Finding], strays: int) -> dict[str, Fraction]:
    """Return what one harm of each sort costs: all of them together cost `COSTS` at most."""
    exposed = Counter(harm for f in findings for harm in f.exposed)
    suffered = Counter(harm for f in findings for harm in f.harms)
    suffered[REFERRAL] += strays
    return {harm: cost / max(1, exposed[harm], suffered[harm]) for harm, cost in COSTS.items()}


def _lost(
    finding: Finding, losses: Mapping[str, Fraction], costs: Mapping[str, Fraction]
) -> Fraction:
    by_item = losses.get(finding.item, losses.get(finding.kind, Fraction(0)))
    return by_item + sum((costs[harm] for harm in finding.harms), Fraction(0))


def _stray_cost(strays: int, costs: Mapping[str, Fraction]) -> Fraction:
    return strays * costs[REFERRAL]
