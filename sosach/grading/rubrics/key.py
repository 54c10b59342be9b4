"""The right answers of one trainee's data, in the shape each rubric needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

__all__ = [
    "Act",
    "Choice",
    "Demand",
    "Duty",
    "Expected",
    "Figure",
    "Key",
    "Repair",
    "Signable",
    "Table",
    "Token",
]


@dataclass(frozen=True)
class Why:
    """What is the matter with an item.

    Attributes
    ----------
    causes : tuple of str
        Errors and decoys of the taxonomy; none where the item is clean.
    title : str
        In Vietnamese, "" where nothing is the matter.
    basis : str
        Document that says so, "" where none is needed.
    """

    causes: tuple[str, ...] = ()
    title: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Expected(Why):
    """In which groups of CV 2262 a record may be listed.

    Attributes
    ----------
    groups : frozenset of str
        a, b, c; empty where the record needs no listing.
    optional : bool
        Whether leaving the record out is right as well.
    decoy : bool
        Whether it looks wrong but is not.
    """

    groups: frozenset[str] = frozenset()
    optional: bool = False
    decoy: bool = False


@dataclass(frozen=True)
class Act:
    """One way to meet a demand.

    Attributes
    ----------
    action : str
        English code of ``action_codes.csv``.
    doses : frozenset of str
        Doses one of which it is about; empty where it is about the record.
    column : str
        The cell that it changes, "" where it changes none.
    values : frozenset of str
        New values that are right; empty: any.
    related : frozenset of str
        Records or doses one of which it has to name; empty where it names none.
    """

    action: str
    doses: frozenset[str] = frozenset()
    column: str = ""
    values: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()


#: one thing that has to be done, in any one of some ways
Demand = tuple[Act, ...]


@dataclass(frozen=True)
class Duty(Why):
    """What is to be done about one record.

    Attributes
    ----------
    demands : tuple of Demand
        All of them must be met; none where nothing can be expected.
    may : tuple of Act
        What may be done beside.
    kind : str
        The expected action, over which marks are averaged; "" where nothing can be expected.
    """

    demands: tuple[Demand, ...] = ()
    may: tuple[Act, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Repair(Why):
    """A cell that has to be put right: every one of `values` is."""

    values: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """A table as it was given, and which of its cells have to be put right.

    Attributes
    ----------
    id_column : str
        ``ma_ho_so`` or ``ma_mui``.
    rows : mapping
        Id -> column -> cell as given.
    repairs : mapping
        (id, column) -> what is right.
    """

    id_column: str
    rows: Mapping[str, Mapping[str, str]]
    repairs: Mapping[tuple[str, str], Repair]


@dataclass(frozen=True)
class Figure(Why):
    """A figure of a report.

    Attributes
    ----------
    value : Fraction or None
        None: the figure makes no sense and must be refused with ``khong_tinh``.
    tolerance : Fraction
        How far off is still right, in the figure's own unit.
    common : bool
        Whether other packs may well have the same: it proves nothing by itself.
    """

    value: Fraction | None = None
    tolerance: Fraction = Fraction(0)
    common: bool = False


@dataclass(frozen=True)
class Choice(Why):
    """What is right about one letter or one thing to be examined.

    Attributes
    ----------
    answers : frozenset of str
        Actions or verdicts one of which is right.
    reasons : Mapping
        Answer -> reasons one of which must be named with it; not listed: none is asked for.
    targets : mapping
        Answer -> units one of which must be named with it.
    kind : str
    harmful : frozenset of str
        Answers that do harm here: a forged paper approved, a broken signature called valid.
    """

    answers: frozenset[str] = frozenset()
    reasons: Mapping[str, frozenset[str]] = field(default_factory=dict)
    targets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kind: str = ""
    harmful: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Token(Why):
    """Whether a token of the drawer is the right one."""

    right: bool = True


@dataclass(frozen=True)
class Signable(Why):
    """Whether one dose may be signed.

    Attributes
    ----------
    may : bool
    tokens : mapping
        Name of a token -> whether it may sign this dose; none: it is not asked with which.
    unheld : str
        Why the signature that was handed in for it does not hold, "" where it does or there is
        none.
    """

    may: bool = False
    tokens: Mapping[str, Token] = field(default_factory=dict)
    unheld: str = ""


@dataclass(frozen=True)
class Key:
    """The right answers of one trainee's data; a part that no task needs is empty.

    Attributes
    ----------
    records : mapping
        ``ma_ho_so`` -> `Expected`, for `list_membership`.
    duties : mapping
        ``ma_ho_so`` -> `Duty`, for `decisions`.
    tables : mapping
        ``doi_tuong``, ``mui_tiem`` -> `Table`, for `cells_equal`.
    groups : frozenset of frozenset of str
        Records of one person, for `groups_equal`.
    figures : mapping
        ``chi_tieu`` -> `Figure`.
    choices : mapping
        Id -> `Choice`, for `verdicts` and `feedback_queue`.
    doses : mapping
        ``ma_mui`` -> `Signable`, for `signatures`.
    """

    records: Mapping[str, Expected] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    groups: frozenset[frozenset[str]] = frozenset()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    doses: Mapping[str, Signable] = field(default_factory=dict)
