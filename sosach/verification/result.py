"""What a check of the answer key finds: one line per rule and one per kind of error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["EXAMPLES", "CauseProof", "Check", "NotADataset", "Rule", "Verification", "found"]

#: so many keys are kept of what breaks a rule
EXAMPLES = 3


class NotADataset(ValueError):  # noqa: N818 - a statement on the folder, read by people
    """The folder holds no data set; the message is Vietnamese and says what to do next."""


class Rule(NamedTuple):
    """One rule: its name, what it says in Vietnamese, and a query for the keys that break it."""

    name: str
    sentence: str
    query: str


@dataclass(frozen=True)
class Check:
    """How one rule fared.

    Parameters
    ----------
    name : str
        The rule's name; stable, for programs.
    violations : int
        How many rows, cells or files break the rule.
    examples : tuple of str
        Keys of up to three of them.
    sentence : str
        The rule in Vietnamese, as it should be.
    """

    name: str
    violations: int
    examples: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class CauseProof:
    """One kind of error or decoy: what was promised and what is there.

    Parameters
    ----------
    cause : str
        Its id in the taxonomy, such as ``E01`` or ``D10``.
    cells : int
        Spoiled cells; of a decoy, marked records; of an incident, how often it happened. Cells
        that one incident spoiled together count once.
    rederived : int
        How many of them a second reading of the evidence confirms.
    eligible : int
        How often it could have struck, counted again.
    asked, achieved : float
        Share of the eligible: by the scenario, and as counted again.
    """

    cause: str
    cells: int
    rederived: int
    eligible: int
    asked: float
    achieved: float


@dataclass(frozen=True)
class Verification:
    """The outcome of a check.

    Parameters
    ----------
    checks : tuple of Check
        Every rule that was examined, broken or not.
    causes : tuple of CauseProof
        Every kind of error and decoy.
    complete : bool
        False when the files themselves are wrong, so that what they hold was not examined.
    """

    checks: tuple[Check, ...]
    causes: tuple[CauseProof, ...]
    complete: bool

    @property
    def ok(self) -> bool:
        """Whether every rule was examined and none is broken."""
        return self.complete and all(check.violations == 0 for check in self.checks)


def found(name: str, sentence: str, keys: list[str]) -> Check:
    """Return the check whose violations have these keys."""
    return Check(name, len(keys), tuple(sorted(keys)[:EXAMPLES]), sentence)
