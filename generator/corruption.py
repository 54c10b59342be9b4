"""Spoil the cells of a table: which ones is decided for columns, how cell by cell.

The causes follow in catalogue order, at most one per cell. Each cause has streams of its own, so a
changed rate moves no other error, except where two want cells of the same column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator.catalogue import Cause, Way
from generator.cells import replace, texts
from generator.randomness import Draws, Floats, Ints, Stream, split

__all__ = ["Choice", "Plan", "Sheet", "Strike", "Tally", "by_count", "by_rate", "spoil"]

Bools = NDArray[np.bool_]
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Choice:
    """Which rows shall be hit.

    Attributes
    ----------
    rows : ndarray of int
        In the order in which they are tried.
    count : int
        How many of them shall be hit.
    expected : float
        How many are hit on average.
    """

    rows: Ints
    count: int
    expected: float


#: (one draw per row, how much is wanted, who can be hit, factor of each row's chance) -> who is hit
Chosen = Callable[[Floats, float, Bools, Floats], Choice]


def by_rate(u: Floats, rate: float, eligible: Bools, factor: Floats) -> Choice:
    """Hit every eligible row with a chance of its own, independently: a whole city."""
    chance = np.minimum(rate * factor, 1.0)
    rows = np.flatnonzero(eligible & (u < chance))
    return Choice(rows, len(rows), float(chance[eligible].sum()))


def by_count(u: Floats, count: float, eligible: Bools, factor: Floats) -> Choice:
    """Hit exactly `count` eligible rows, another one for each that cannot have it: an exercise."""
    rows = np.flatnonzero(eligible)
    order = np.argsort(-np.log1p(-u[rows]) / factor[rows], kind="stable")
    return Choice(rows[order], int(count), count)


@dataclass(frozen=True)
class Plan:
    """What shall go wrong.

    Attributes
    ----------
    wanted : mapping
        Cause, incident or decoy -> rate or number, as `chosen` understands it.
    chosen : Chosen
        `by_rate` or `by_count`.
    one_per_record : bool
        True where a record has one error at most.
    """

    wanted: Mapping[str, float]
    chosen: Chosen
    one_per_record: bool


@dataclass(frozen=True)
class Tally:
    """What became of one cause, incident or decoy.

    Attributes
    ----------
    code : str
    eligible, hit, met : int
        Rows that could have it, that were chosen, that got it: an operator that does not apply
        leaves the difference.
    expected : float
        How many would be chosen on average.
    """

    code: str
    eligible: int
    hit: int
    met: int
    expected: float


@dataclass(frozen=True)
class Sheet:
    """A table as careful clerks would have typed it, and what lies on their desks.

    Attributes
    ----------
    table : Table
    desk : mapping
        Further columns of text that operators read.
    record : ndarray of int, shape (n,)
        Which record each row belongs to.
    origin : ndarray of int, shape (n,)
        Row of each one's draws: rows that are added or missing move nobody else's.
    careless : ndarray of float, shape (n,)
        Factor of each row's error rates.
    """

    table: pa.Table
    desk: Mapping[str, pa.Array]
    record: Ints
    origin: Ints
    careless: Floats

    def drawn(self, draws: Draws, stream: int) -> Floats:
        """Return one draw per row."""
        top = int(self.origin.max(initial=0)) + 1
        found: Floats = draws.uniform(stream, top)[self.origin]
        return found

    def read(self, column: str, rows: Ints) -> list[str]:
        """Return what a careful clerk would have typed, or what lies on the desk."""
        return texts(self.desk[column] if column in self.desk else self.table[column], rows)


@dataclass(frozen=True)
class Strike:
    """The cells of one column that one cause spoiled.

    Attributes
    ----------
    cause : Cause
    column : str
    rows : ndarray of int
        Ascending.
    before, after : sequence of str
    way : sequence of Way
    main : ndarray of int
        Row of the incident's first cell; `rows` itself where there is only one.
    number : int
        0 for the first cell of an incident, then 1, 2, ...
    """

    cause: Cause
    column: str
    rows: Ints
    before: Sequence[str]
    after: Sequence[str]
    way: Sequence[Way]
    main: Ints
    number: int


def spoil(
    sheet: Sheet,
    causes: Iterable[Cause],
    looks: Mapping[str, Bools],
    struck: Bools,
    draws: Draws,
    plan: Plan,
) -> tuple[pa.Table, list[Strike], list[Tally]]:
    """Let errors happen in a table.

    Parameters
    ----------
    sheet : Sheet
    causes : iterable of Cause
        In the order of application.
    looks : mapping
        Cause -> rows that can have it.
    struck : ndarray of bool
        Which records have an error already; it is brought up to date.
    draws : Draws
        Of the ward.
    plan : Plan

    Returns
    -------
    tuple of Table, list of Strike, list of Tally
    """
    taken = {name: np.zeros(sheet.table.num_rows, bool) for name in sheet.table.column_names}
    table, strikes, tallies = sheet.table, [], []
    for cause in causes:
        eligible = looks[cause.code] & ~_taken(cause, taken)
        if cause.only_clean or plan.one_per_record:
            eligible &= ~struck[sheet.record]
        choice = _choose(cause, sheet, looks[cause.code], eligible, draws, plan)
        hits = _strike(cause, sheet, choice, draws) if choice.count else []
        met = len(hits[0].rows) if hits else 0
        tallies.append(Tally(cause.code, int(eligible.sum()), choice.count, met, choice.expected))
        for strike in hits:
            taken[strike.column][strike.rows] = True
            struck[sheet.record[strike.rows]] = True
            table = replace(table, strike.column, strike.rows, strike.after)
        strikes += hits
    return table, strikes, tallies


def _choose(
    cause: Cause, sheet: Sheet, able: Bools, eligible: Bools, draws: Draws, plan: Plan
) -> Choice:
    """Decide which rows a cause strikes."""
    wanted = plan.wanted[cause.code]
    if not wanted:
        return Choice(np.empty(0, np.int64), 0, 0.0)
    u = sheet.drawn(draws, Stream.ERROR_HIT + cause.slot)
    choice = plan.chosen(u, wanted, eligible, _factor(sheet, cause, able, eligible))
    return _one_of_each(choice, sheet.record) if plan.one_per_record else choice


def _factor(sheet: Sheet, cause: Cause, able: Bools, eligible: Bools) -> Floats:
    """Return the factor of each row's chance.

    The rows that careless clerks typed are spoiled first; those that are left make up for it, or
    the later causes of a column would not reach their rates.
    """
    if not cause.by_clerk or not eligible.any():
        return np.ones(len(eligible))
    found: Floats = sheet.careless * (sheet.careless[able].mean() / sheet.careless[eligible].mean())
    return found


def _taken(cause: Cause, taken: Mapping[str, Bools]) -> Bools:
    """Tell where one of the cells that a cause wants is spoiled already."""
    busy = taken[cause.column].copy()
    for also in cause.also:
        busy |= np.roll(taken[also.column], -also.offset)
    return busy


def _one_of_each(choice: Choice, record: Ints) -> Choice:
    """Leave out further rows of a record that is hit already."""
    _records, first = np.unique(record[choice.rows], return_index=True)
    return Choice(choice.rows[np.sort(first)], choice.count, choice.expected)


def _strike(cause: Cause, sheet: Sheet, choice: Choice, draws: Draws) -> list[Strike]:
    """Let one cause spoil so many cells, in the order of the choice; what does not apply is passed over."""
    rows = choice.rows
    us, vs = split(sheet.drawn(draws, Stream.ERROR_ARGUMENT + cause.slot)[rows])
    hit: list[int] = []
    cells: list[tuple[str, str, Way]] = []
    for start in range(0, len(rows), choice.count):
        block = slice(start, start + choice.count)
        told = _records(cause, sheet, rows[block])
        seen = zip(
            rows[block].tolist(),
            sheet.read(cause.column, rows[block]),
            told,
            us[block].tolist(),
            vs[block].tolist(),
            strict=True,
        )
        for row, cell, record, u, v in seen:
            typed = _first_applicable(cause.ways, cell, record, u, v)
            if typed and len(hit) < choice.count:
                hit.append(row)
                cells.append((cell, *typed))
        if len(hit) >= choice.count:
            break
    order = np.argsort(np.array(hit, np.int64), kind="stable")
    before, after, ways = (
        zip(*(cells[i] for i in order.tolist()), strict=True) if hit else ((),) * 3
    )
    found = np.array(hit, np.int64)[order]
    first = Strike(cause, cause.column, found, before, after, ways, found, 0)
    return [first, *_further(first, sheet)]


def _records(cause: Cause, sheet: Sheet, rows: Ints) -> Iterable[Mapping[str, str]]:
    """Return what the operators of a cause must know of each row beside the cell."""
    if not cause.reads:
        return repeat(_NOTHING, len(rows))
    columns = [sheet.read(name, rows) for name in cause.reads]
    return (dict(zip(cause.reads, cells, strict=True)) for cells in zip(*columns, strict=True))


def _first_applicable(
    ways: tuple[Way, ...], cell: str, record: Mapping[str, str], u: float, v: float
) -> tuple[str, Way] | None:
    """Try the ways from a drawn one on, until one changes the cell."""
    n = len(ways)
    place = v * n
    first, rest = int(place), place % 1.0
    for k in range(first, first + n):
        way = ways[k % n]
        typed = way.operator(cell, u, rest, record)
        if typed is not None and typed != cell:
            return typed, way
    return None


def _further(first: Strike, sheet: Sheet) -> list[Strike]:
    """Spoil the other cells of the incidents, where their operators apply."""
    strikes = []
    for number, also in enumerate(first.cause.also, start=1):
        rows = first.rows + also.offset
        cells = sheet.read(also.column, rows)
        records = _records(first.cause, sheet, rows)
        typed = [
            also.operator(c, 0.0, 0.0, record) for c, record in zip(cells, records, strict=True)
        ]
        hit = [i for i, word in enumerate(typed) if word is not None and word != cells[i]]
        strikes.append(
            Strike(
                first.cause,
                also.column,
                rows[hit],
                [cells[i] for i in hit],
                [str(typed[i]) for i in hit],
                [first.way[i] for i in hit],
                first.rows[hit],
                number,
            )
        )
    return strikes
