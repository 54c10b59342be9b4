"""The figures of a class report: every one is a count or a mean over `Result`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from sosach.classroom.results import Outcome, Result
from sosach.classroom.roster import Trainee
from sosach.classroom.words import WEAK
from sosach.grading.rubrics.words import CLEAN, answer_in_words, cause_in_words

__all__ = [
    "BINS",
    "DECOY",
    "ERROR",
    "NEITHER",
    "PASS",
    "CauseFigures",
    "MarkFigures",
    "PersonFigures",
    "causes",
    "marks",
    "people",
    "units",
]

#: below this share of the points somebody needs help [ours]
PASS = 0.5
#: fewer wrong items of one kind may be a slip [ours]
FEWEST_WRONG = 2
#: ten classes of marks
BINS = 10

ERROR, DECOY, NEITHER = "error", "decoy", "neither"


@dataclass(frozen=True)
class MarkFigures:
    """Shares of the points of some people.

    Attributes
    ----------
    shares : sequence of float
        In [0, 1], one per mark.
    """

    shares: Sequence[float]

    @property
    def mean(self) -> float | None:
        """The mean share, None without marks."""
        return fmean(self.shares) if self.shares else None

    @property
    def median(self) -> float | None:
        """The median share, None without marks."""
        return median(self.shares) if self.shares else None

    @property
    def n_below(self) -> int:
        """How many marks are below `PASS`."""
        return sum(share < PASS for share in self.shares)

    @property
    def bins(self) -> list[int]:
        """How many marks lie in each tenth; full marks are in the last."""
        found = Counter(min(int(share * BINS + 1e-9), BINS - 1) for share in self.shares)
        return [found[k] for k in range(BINS)]


@dataclass
class CauseFigures:
    """How one error or trap, or what has neither, was judged in the whole class.

    Attributes
    ----------
    name, kind : str
        Its name; `ERROR`, `DECOY` or `NEITHER`.
    right, every : int
        Items judged right, and all.
    answers : Counter
        Wrong answer in words -> how often.
    examples : dict
        Wrong answer in words -> the first item with it: trainee, item, reason.
    """

    name: str
    kind: str
    right: int = 0
    every: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """Share of right items."""
        return self.right / self.every

    @property
    def weak(self) -> bool:
        """Whether more than a slip is wrong."""
        return self.every - self.right >= FEWEST_WRONG and self.share < WEAK


@dataclass(frozen=True)
class PersonFigures:
    """One trainee over all exercises: marks, items judged, what is weak, what has no mark."""

    trainee: Trainee
    marks: MarkFigures
    n_items: int
    weak: Sequence[CauseFigures]
    missing: Sequence[Result]


def marks(results: Iterable[Result]) -> MarkFigures:
    """Return the marks of some results; who has none does not count."""
    return MarkFigures([result.share for result in results if result.share is not None])


def causes(results: Iterable[Result]) -> list[CauseFigures]:
    """Return every error and trap that was met, the least known first.

    Parameters
    ----------
    results : iterable of Result

    Returns
    -------
    list of CauseFigures
        Of equal shares the one with more items first.
    """
    found: dict[str, CauseFigures] = {}
    for result in results:
        for outcome in result.outcomes:
            _count(outcome, result.trainee.ma_hoc_vien, found)
    return sorted(found.values(), key=lambda cause: (cause.share, -cause.every, cause.name))


def _count(outcome: Outcome, trainee: str, found: dict[str, CauseFigures]) -> None:
    """Add one task's items to the figures."""
    rubric = outcome["rubric"]

    def of(code: str) -> CauseFigures:
        name = cause_in_words(rubric, code)
        return found.setdefault(name, CauseFigures(name, _kind(code)))

    for code, (right, every) in outcome["mastery"].items():
        of(code).right += right
        of(code).every += every
    for wrong in outcome["wrong"]:
        said = answer_in_words(rubric, wrong["answer"])
        for code in wrong["causes"] or [CLEAN]:
            of(code).answers[said] += 1
            of(code).examples.setdefault(said, (trainee, wrong["item"], wrong["text"]))


def _kind(code: str) -> str:
    if code == CLEAN:
        return NEITHER
    return DECOY if code.startswith("D") else ERROR


def people(results: Iterable[Result]) -> list[PersonFigures]:
    """Return every trainee, in the order of the roster."""
    by_trainee: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_trainee[result.trainee.ma_hoc_vien].append(result)
    return [
        PersonFigures(
            own[0].trainee,
            marks(own),
            sum(outcome["n_items"] for result in own for outcome in result.outcomes),
            [cause for cause in causes(own) if cause.weak],
            [result for result in own if result.share is None],
        )
        for own in by_trainee.values()
    ]


def units(found: Iterable[PersonFigures]) -> dict[str, list[PersonFigures]]:
    """Return the people of every unit, in the order in which the roster names the units."""
    by_unit: dict[str, list[PersonFigures]] = defaultdict(list)
    for person in found:
        by_unit[person.trainee.don_vi].append(person)
    return dict(by_unit)
