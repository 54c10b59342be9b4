"""Who stands outside the platform and answers: police, sites, people, ministry, all by the truth.

An `Outside` holds one function per answering party, so that a test may put a plain one in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sosach.simulation.people import citizens, ministry, police, sites
from sosach.simulation.truth import Row, Truth

__all__ = ["Outside", "outside"]

#: nobody waits longer for somebody who does not come
STAYS_AWAY = 5
ABSENT = {"den": False, "giay_to": [], "loi": "Đã mời nhưng không thấy đến."}


@dataclass(frozen=True)
class Outside:
    """Those who answer.

    Attributes
    ----------
    police_days : callable
        Seed, list id -> working days until the list comes back.
    police : callable
        Rows, truth, seed, list id, day, other records -> rows of the police.
    sites : callable
        Question, truth, seed, the unit that asks -> working days, answer; a unit's own papers are
        at hand.
    visit : callable
        Record, truth, seed, how manieth invitation -> working days, answer.
    letters : callable
        Truth, seed, day, how many -> rows of the table ``feedback``, content as dict.
    recheck : callable
        Record, truth, whether the population data were completed, whether a fault was reported
        -> state.
    """

    police_days: Callable[[int, str], int]
    police: Callable[[Sequence[Row], Truth, int, str, date, Iterable[Row]], list[Row]]
    sites: Callable[[Mapping[str, str], Truth, int, str], tuple[int, Row]]
    visit: Callable[[str, Truth, int, int], tuple[int, Row]]
    letters: Callable[[Truth, int, date, int], list[Row]]
    recheck: Callable[[Row, Truth, bool, bool], str]


def outside(answers: Mapping[str, Callable[..., object]] | None = None) -> Outside:
    """Return who answers; some may be replaced.

    Parameters
    ----------
    answers : mapping, optional
        Attribute of `Outside` -> another function.

    Returns
    -------
    Outside
    """
    usual: dict[str, Callable[..., object]] = {
        "police_days": police.working_days,
        "police": _police,
        "sites": _site,
        "visit": _visit,
        "letters": _letters,
        "recheck": _recheck,
    }
    return Outside(**{**usual, **(answers or {})})  # type: ignore[arg-type]


def _police(
    asked: Sequence[Row], truth: Truth, seed: int, list_id: str, day: date, others: Iterable[Row]
) -> list[Row]:
    return police.answer(asked, truth, seed, list_id, day=day, neighbours=others).rows


def _site(question: Mapping[str, str], truth: Truth, seed: int, own: str) -> tuple[int, Row]:
    told = sites.answer(question, truth, seed, own)
    answer = {"loai": told.kind, "kenh": told.channel}
    return told.days, {**answer, "thong_tin": told.facts, "loi": told.sentence}


def _visit(record: str, truth: Truth, seed: int, time: int) -> tuple[int, Row]:
    visit = citizens.respond(record, truth, seed, time)
    if visit is None:
        return STAYS_AWAY, ABSENT
    papers = [{"loai": paper.kind, "ghi": paper.shows} for paper in visit.papers]
    told = {"ai": visit.who, "giay_to": papers, "noi": visit.facts, "loi": visit.sentence}
    return visit.days, {"den": True, **told}


def _letters(truth: Truth, seed: int, day: date, count: int) -> list[Row]:
    letters = citizens.feedback_queue(truth, seed, day, count)
    # the key stays outside
    return [{k: v for k, v in asdict(each).items() if k != "dap_an"} for each in letters]


def _recheck(record: Row, truth: Truth, completed: bool, reported: bool) -> str:
    return ministry.recheck(record, truth, completed=completed, reported=reported)
