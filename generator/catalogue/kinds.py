"""What a record of the catalogue says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from generator import facts
from generator.operators.record import Operator

__all__ = [
    "CELL",
    "CITIZEN",
    "FACILITY",
    "POLICE",
    "SIGNATURE",
    "SLIP",
    "Also",
    "Cause",
    "Decoy",
    "Incident",
    "Source",
    "Way",
    "reference",
    "ways",
]


@dataclass(frozen=True)
class Source:
    """Where the right value of a cell can be had.

    Attributes
    ----------
    recoverability : str
        One of `generator.truth.RECOVERABILITY`.
    kind : str
        What shows it: ``police_list``, ``citizen``, ``slip``, ``facility``, ``signature``,
        ``cell``, ``dose``, ``record`` or ``reference``.
    key : str
        Name of the reference table; "" where the key follows from the record or the dose.
    column : str
        Where it stands there; "" = in the column that was spoiled.
    """

    recoverability: str
    kind: str
    key: str = ""
    column: str = ""


CELL = Source("from_cell", "cell")
POLICE = Source("needs_source_document", "police_list")
CITIZEN = Source("needs_source_document", "citizen")
SLIP = Source("needs_source_document", "slip")
FACILITY = Source("needs_source_document", "facility")
SIGNATURE = Source("needs_source_document", "signature")

#: what a record waits for whose cell such a source puts right
_WAITS = {
    "police_list": "waiting_police",
    "slip": "waiting_facility",
    "facility": "waiting_facility",
}


def reference(table: str) -> Source:
    """Return the source that is a table everybody has."""
    return Source("from_reference_list", "reference", table)


@dataclass(frozen=True)
class Way:
    """One way in which an error happens.

    Attributes
    ----------
    operator : Operator
        What becomes of the cell.
    source : Source
        Where the right value can be had.
    final_state : str
        What the record waits for when the station has done its part.
    """

    operator: Operator
    source: Source
    final_state: str


def ways(source: Source, *operators: Operator, final_state: str = "") -> tuple[Way, ...]:
    """Return ways that are put right from one source."""
    state = final_state or _WAITS.get(source.kind, "ready_to_sign")
    return tuple(Way(operator, source, state) for operator in operators)


@dataclass(frozen=True)
class Also:
    """Another cell that is spoiled in the same incident: so many rows further, by which operator."""

    offset: int
    column: str
    operator: Operator


@dataclass(frozen=True)
class Cause:
    """One error in a cell.

    Attributes
    ----------
    code : str
        Row of the taxonomy.
    slot : int
        Number of its random streams; frozen.
    column : str
        The cell that it spoils.
    ways : tuple of Way
        How it happens, each way as likely as the others.
    reads : tuple of str
        What its operators must know beside the cell.
    also : tuple of Also
        Further cells.
    rate : float
        Default share of the eligible rows, as the taxonomy suggests, unless few rows are eligible.
    by_clerk : bool
        False where the system makes it: some clerks make more errors than others, it does not.
    only_clean : bool
        True where it strikes only records in which everything else is right.
    compared : bool
        False where the platform compares as if the error were not there.
    accepts_observed : bool
        True where the value may stay if the source confirms it.
    """

    code: str
    slot: int
    column: str
    ways: tuple[Way, ...]
    reads: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()
    rate: float = -1.0
    by_clerk: bool = True
    only_clean: bool = False
    compared: bool = True
    accepts_observed: bool = False

    def __post_init__(self) -> None:
        _suggest_rate(self)

    @property
    def rate_of_all(self) -> bool:
        """Tell whether its default rate is the taxonomy's, a share of nearly all rows."""
        return self.rate == _suggested_rates()[self.code]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it spoils."""
        return (self.column, *(also.column for also in self.also))


@dataclass(frozen=True)
class Incident:
    """One error in which rows stand there: a record or a dose too many, or too few.

    Attributes
    ----------
    code : str
        Row of the taxonomy.
    slot : int
        Number of its random streams; frozen.
    source : Source
        What shows it.
    final_state : str
        What the record waits for.
    rate : float
        Default share of the eligible records.
    """

    code: str
    slot: int
    source: Source
    final_state: str
    rate: float = -1.0

    def __post_init__(self) -> None:
        _suggest_rate(self)


@dataclass(frozen=True)
class Decoy:
    """One trap: a right record that looks wrong.

    Attributes
    ----------
    code : str
        Row of the taxonomy.
    slot : int
        Number of its random stream; frozen.
    rate : float
        Share of the records that look like it which are kept free of errors and marked.
    pairs : bool
        True where two records make the trap together.
    """

    code: str
    slot: int
    rate: float
    pairs: bool = False


def _suggest_rate(entry: Cause | Incident) -> None:
    """Fill in the taxonomy's rate where the entry has none of its own."""
    if entry.rate < 0:
        object.__setattr__(entry, "rate", _suggested_rates()[entry.code])


@cache
def _suggested_rates() -> dict[str, float]:
    rows = facts.table("error_taxonomy")
    return {row["error_id"]: float(row["sim_rate_pct"] or 0) / 100 for row in rows}
