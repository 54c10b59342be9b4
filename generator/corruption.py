"""Spoil a register and keep the truth: which cells is decided for columns, how cell by cell.

Traps are set first and then left alone; the causes follow in catalogue order, at most one per
cell. Each cause has streams of its own, so a changed rate moves no other error, except where two
want the same cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from generator import facts
from generator.catalogue import CAUSES, DECOYS, Cause
from generator.identity import is_well_formed
from generator.randomness import Draws, Ints, Stream, split
from generator.register import IDENTITY, NUMBER, VERIFICATION
from generator.truth import LEDGER

__all__ = ["Chosen", "Plan", "Spoiled", "Tally", "by_count", "by_rate", "spoil"]

#: what the platform shows when it cannot send a number (platform_columns.csv H26)
UNSENT = "Không có/sai định dạng"


#: (draws, stream, how much, eligible rows) -> the rows to be hit in order, and how many of them
Chosen = Callable[[Draws, int, float, NDArray[np.bool_]], tuple[Ints, int]]


@dataclass(frozen=True)
class Tally:
    """What became of one cause or decoy.

    Attributes
    ----------
    code : str
    eligible, hit, met : int
        Records that could have it, that were chosen, that got it: an operator that does not
        apply leaves the difference.
    """

    code: str
    eligible: int
    hit: int
    met: int


@dataclass(frozen=True)
class Spoiled:
    """A register after its clerks.

    Attributes
    ----------
    register : Table
        ``doi_tuong`` as observed.
    ledger : Table
        Every spoiled cell, by record.
    decoy : list of str or None, one per record
    final_state : list of str, one per record
    tallies : tuple of Tally
    """

    register: pa.Table
    ledger: pa.Table
    decoy: list[str | None]
    final_state: list[str]
    tallies: tuple[Tally, ...]


def by_rate(
    draws: Draws, stream: int, rate: float, eligible: NDArray[np.bool_]
) -> tuple[Ints, int]:
    """Hit every eligible row with the same probability, independently: a whole city."""
    rows = np.flatnonzero(eligible & (draws.uniform(stream, len(eligible)) < rate))
    return rows, len(rows)


def by_count(
    draws: Draws, stream: int, count: float, eligible: NDArray[np.bool_]
) -> tuple[Ints, int]:
    """Hit exactly `count` eligible rows, another one for each that cannot have it: an exercise."""
    rows = np.flatnonzero(eligible)
    order = np.argsort(draws.uniform(stream, len(eligible))[rows], kind="stable")
    return rows[order], int(count)


@dataclass(frozen=True)
class Plan:
    """What shall go wrong.

    Attributes
    ----------
    wanted : mapping
        Cause or decoy -> rate or number, as `chosen` understands it.
    chosen : Chosen
        `by_rate` or `by_count`.
    one_per_record : bool
        True where a record has one cause at most.
    """

    wanted: Mapping[str, float]
    chosen: Chosen
    one_per_record: bool


@dataclass(frozen=True)
class _Strike:
    """The cells that one cause spoiled."""

    cause: Cause
    rows: Ints
    before: list[str]
    after: list[str]


def spoil(
    truth: pa.Table,
    person_id: pa.Array,
    looks: Mapping[str, NDArray[np.bool_]],
    draws: Draws,
    plan: Plan,
) -> Spoiled:
    """Put traps and errors into a register.

    Parameters
    ----------
    truth : Table
        ``doi_tuong`` before anything went wrong.
    person_id : StringArray
        Who stands behind each record.
    looks : mapping
        Decoy -> mask of the records that look like it.
    draws : Draws
        Of the records' ward.
    plan : Plan

    Returns
    -------
    Spoiled
    """
    n = truth.num_rows
    decoy, tallies = _set_decoys(looks, draws, plan, n)
    struck = np.zeros(n, bool)
    taken = {column: np.zeros(n, bool) for column in truth.column_names}
    register = truth
    strikes: list[_Strike] = []
    for cause in CAUSES:
        if cause.column == VERIFICATION:
            register = _show_status(register, strikes)
        eligible = (decoy < 0) & ~taken[cause.column]
        if cause.only_clean or plan.one_per_record:
            eligible &= ~struck
        rows, count = plan.chosen(
            draws, Stream.ERROR_HIT + cause.slot, plan.wanted[cause.code], eligible
        )
        strike = _strike(cause, register[cause.column], rows, count, draws)
        tallies.append(Tally(cause.code, int(eligible.sum()), count, len(strike.rows)))
        struck[strike.rows] = taken[cause.column][strike.rows] = True
        register = _replace(register, cause.column, strike.rows, strike.after)
        strikes.append(strike)
    return Spoiled(
        register=register,
        ledger=_ledger(register["ma_ho_so"], register["xa"], person_id, strikes),
        decoy=[None if d < 0 else DECOYS[d].code for d in decoy.tolist()],
        final_state=_final_states(strikes, n),
        tallies=tuple(tallies),
    )


def _set_decoys(
    looks: Mapping[str, NDArray[np.bool_]], draws: Draws, plan: Plan, n: int
) -> tuple[Ints, list[Tally]]:
    """Choose the traps; -1 marks the records that are none."""
    decoy, tallies = np.full(n, -1), []
    for i, trap in enumerate(DECOYS):
        eligible = looks[trap.code] & (decoy < 0)
        rows, count = plan.chosen(draws, Stream.DECOY + trap.slot, plan.wanted[trap.code], eligible)
        decoy[rows[:count]] = i
        tallies.append(Tally(trap.code, int(eligible.sum()), count, len(rows[:count])))
    return decoy, tallies


def _strike(cause: Cause, column: pa.ChunkedArray, rows: Ints, count: int, draws: Draws) -> _Strike:
    """Let one cause spoil `count` cells, in the order of `rows`; what does not apply is passed over."""
    top = int(rows.max()) + 1 if len(rows) else 0
    us, vs = split(draws.uniform(Stream.ERROR_ARGUMENT + cause.slot, top)[rows])
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(rows), max(count, 1)):
        block = slice(start, start + count)
        cells = column.take(pa.array(rows[block])).to_pylist()
        arguments = zip(
            rows[block].tolist(), cells, us[block].tolist(), vs[block].tolist(), strict=True
        )
        for row, value, u, v in arguments:
            typed = _first_applicable(cause, value, u, v) if len(found) < count else None
            if typed is not None:
                found[row] = (value, typed)
        if len(found) >= count:
            break
    hit = sorted(found)
    return _Strike(
        cause,
        np.array(hit, dtype=np.int64),
        [found[row][0] for row in hit],
        [found[row][1] for row in hit],
    )


def _first_applicable(cause: Cause, value: str, u: float, v: float) -> str | None:
    """Try the cause's ways from a drawn one on, until one changes the cell."""
    place = v * len(cause.operators)
    first, rest = int(place), place % 1.0
    for operator in cause.operators[first:] + cause.operators[:first]:
        typed = operator(value, u, rest)
        if typed is not None and typed != value:
            return typed
    return None


def _replace(table: pa.Table, column: str, rows: Ints, values: list[str]) -> pa.Table:
    if not len(rows):
        return table
    mask = np.zeros(table.num_rows, bool)
    mask[rows] = True
    cells = table[column].combine_chunks()
    new = pc.replace_with_mask(cells, pa.array(mask), pa.array(values, pa.string()))
    return table.set_column(table.column_names.index(column), column, new)


def _show_status(register: pa.Table, strikes: list[_Strike]) -> pa.Table:
    """Let the platform compare the identity cells with the population database.

    A number that is missing or malformed is not sent; anything else that differs is "Sai".
    """
    shown: dict[int, str] = {}
    for strike in strikes:
        if strike.cause.column in IDENTITY:
            for row, typed in zip(strike.rows.tolist(), strike.after, strict=True):
                unsent = strike.cause.column == NUMBER and not is_well_formed(typed)
                shown[row] = UNSENT if unsent or shown.get(row) == UNSENT else "Sai"
    rows = np.array(sorted(shown), dtype=np.int64)
    return _replace(register, VERIFICATION, rows, [shown[row] for row in rows.tolist()])


def _ledger(
    record: pa.ChunkedArray, ward: pa.ChunkedArray, person_id: pa.Array, strikes: list[_Strike]
) -> pa.Table:
    """Write the ledger, by record and order of application."""
    code = int(ward[0].as_py()) if len(ward) else 0
    tables = [_ledger_rows(strike, record, code, person_id) for strike in strikes]
    return pa.concat_tables([*tables, LEDGER.empty_table()]).combine_chunks().sort_by("err_id")


def _ledger_rows(
    strike: _Strike, record: pa.ChunkedArray, ward: int, person_id: pa.Array
) -> pa.Table:
    cause, n, rows = strike.cause, len(strike.rows), pa.array(strike.rows)
    evidence = [
        {"kind": cause.evidence, "key": key, "column": cause.column}
        for key in person_id.take(rows).to_pylist()
    ]
    columns = {
        "err_id": ward << 40 | strike.rows << 8 | cause.slot,
        "ma_ho_so": record.take(rows).combine_chunks(),
        "ma_mui": [None] * n,
        "column": [cause.column] * n,
        "cause": [cause.code] * n,
        "truth": strike.before,
        "observed": strike.after,
        "group_id": [None] * n,
        "recoverability": [cause.recoverability] * n,
        "accepted": [[value] for value in strike.before],
        "evidence": evidence,
        "document_basis": [_document_basis()[cause.code]] * n,
    }
    return pa.table(columns, schema=LEDGER)


@cache
def _document_basis() -> dict[str, str]:
    return {row["error_id"]: row["document_basis"] for row in facts.table("error_taxonomy")}


def _final_states(strikes: list[_Strike], n: int) -> list[str]:
    """Return what each record waits for; the first cause of a record decides."""
    states = ["ready_to_sign"] * n
    for strike in reversed(strikes):
        for row in strike.rows.tolist():
            states[row] = strike.cause.final_state
    return states
