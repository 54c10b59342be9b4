"""Things to examine, each of a kind with one right answer: how many of which, and what the key says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from generator.facts import table
from sosach.grading.rubrics.key import Choice
from sosach.simulation.lots import lot

__all__ = ["MOMENT", "Kind", "choice", "days", "deal", "drawn", "local"]

#: how times are written in the tables
MOMENT = "%d/%m/%Y %H:%M"
#: share of the things of which the first answer is right: nothing is the matter with them [ours]
SOUND = 0.2


@dataclass(frozen=True)
class Kind:
    """One kind of thing to examine.

    Attributes
    ----------
    id : str
        Lower case ASCII.
    code : str
        The right answer, a row of ``verdict_codes.csv``.
    title : str
        What is the matter, for the explanation; nobody reads it before the answer.
    causes : tuple of str
        Errors of the taxonomy.
    facts : mapping
        What differs from a thing with which nothing is the matter.
    said : tuple of str
        Sentences one of which tells what happened.
    most : int
        At most so many things on a desk are of this kind.
    """

    id: str
    code: str
    title: str
    causes: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    most: int = 10_000


def deal(kinds: Sequence[Kind], count: int, seed: int) -> list[Kind]:
    """Return what kinds of things lie on a desk: the answers nearly alike, shuffled.

    Parameters
    ----------
    kinds : sequence of Kind
        The answer of the first one gets a fifth, as what is sound is common.
    count : int
        How many things.
    seed : int

    Returns
    -------
    list of Kind
        Within an answer its kinds take turns, each up to its most.
    """
    codes = list(dict.fromkeys(kind.code for kind in kinds))
    rest = sorted(codes[1:], key=lambda code: lot(seed, "dap_an", code))
    sound = max(round(SOUND * count), count // len(codes))
    each, more = divmod(count - sound, len(rest))
    sizes = {codes[0]: sound} | {code: each + (i < more) for i, code in enumerate(rest)}
    dealt = [
        kind
        for code, size in sizes.items()
        for kind in _turns([k for k in kinds if k.code == code], size, seed)
    ]
    order = sorted(range(count), key=lambda i: lot(seed, "thu_tu", str(i)))
    return [dealt[i] for i in order]


def _turns(kinds: Sequence[Kind], size: int, seed: int) -> list[Kind]:
    """Return as many of one answer, its kinds in turn."""
    rounds = sorted(kinds, key=lambda kind: lot(seed, "loai", kind.id))
    found: list[Kind] = []
    while len(found) < size:
        found += [k for k in rounds if found.count(k) < k.most]
    return found[:size]


def local(text: str) -> datetime:
    """Return a time of a table, without a zone as all times of a case are."""
    return datetime.strptime(text, MOMENT)  # noqa: DTZ007


def days(seed: int, about: str, fewest: int, most: int) -> timedelta:
    """Return a number of days by lot, from the fewest to the most."""
    return timedelta(days=fewest + int(lot(seed, "ngay", about) * (most - fewest + 1)))


def drawn(words: Sequence[str], seed: int, *key: str) -> str:
    """Return one of some words by lot."""
    return words[int(lot(seed, *key) * len(words))]


def choice(kind: Kind, harmful: Sequence[str]) -> Choice:
    """Return what is right about a thing.

    Parameters
    ----------
    kind : Kind
    harmful : sequence of str
        Answers that do harm wherever they are not right.

    Returns
    -------
    Choice
        Its basis is the document of the answer.
    """
    documents = {row["code"]: row["document"] for row in table("verdict_codes")}
    return Choice(
        causes=kind.causes,
        title=kind.title,
        basis=documents[kind.code],
        answers=frozenset([kind.code]),
        kind=kind.code,
        harmful=frozenset(harmful) - {kind.code},
    )
