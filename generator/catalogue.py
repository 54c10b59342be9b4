"""The catalogue: every error and every trap that can be put into a register, one record each.

Causes and decoys are rows of ``reference/error_taxonomy.csv``; what is expected of a trainee
stands there, how the error is made stands here. The slot of a record decides its random
stream: append only, never renumber.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.operators import identity_number, name, status

__all__ = ["CAUSES", "DECOYS", "Cause", "Decoy", "Operator"]

#: what one clerk does to one cell: (cell, u, v) -> what is typed, or None where it cannot happen;
#: u and v are two draws in [0, 1)
Operator = Callable[[str, float, float], "str | None"]


@dataclass(frozen=True)
class Cause:
    """One error that is injected.

    Attributes
    ----------
    code : str
        Row of the taxonomy.
    slot : int
        Number of its random streams; frozen.
    column : str
        The cell of ``doi_tuong`` that it spoils.
    only_clean : bool
        True where it strikes only records in which everything else is right.
    rate : float
        Default share of the eligible records, in [0, 1].
    operators : tuple of Operator
        The ways in which it happens, each as likely as the others.
    recoverability : str
        Where the right value can be had: ``generator.truth.RECOVERABILITY``.
    evidence : str
        Which document shows the right value.
    final_state : str
        What a record with it waits for when the station has done its part.
    """

    code: str
    slot: int
    column: str
    only_clean: bool
    rate: float
    operators: tuple[Operator, ...]
    recoverability: str
    evidence: str
    final_state: str


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
    """

    code: str
    slot: int
    rate: float


#: in the order of application; rates: sim_rate_pct of the taxonomy
CAUSES = (
    Cause(
        code="E01",
        slot=0,
        column="so_giay_to",
        only_clean=False,
        rate=0.06,
        operators=(identity_number.leave_blank,),
        recoverability="needs_source_document",
        evidence="police_list",
        final_state="waiting_police",
    ),
    Cause(
        code="E02",
        slot=1,
        column="so_giay_to",
        only_clean=False,
        rate=0.03,
        operators=(
            identity_number.drop_digit,
            identity_number.repeat_digit,
            identity_number.type_letter,
        ),
        recoverability="needs_source_document",
        evidence="police_list",
        final_state="waiting_police",
    ),
    Cause(
        code="E10",
        slot=2,
        column="ho_ten",
        only_clean=False,
        rate=0.08,
        operators=(name.mishear_tone, name.confuse_consonant, name.misread_vowel),
        recoverability="needs_source_document",
        evidence="police_list",
        final_state="waiting_police",
    ),
    Cause(
        code="E90",
        slot=3,
        column="tt_xac_minh",
        only_clean=True,
        rate=0.01,
        operators=(status.stay_wrong,),
        recoverability="needs_source_document",
        evidence="police_list",
        final_state="reported",
    ),
)

#: D01 has no rate in the taxonomy ("natural"); D10: all who look like it, the rate is in the truth
DECOYS = (
    Decoy(code="D01", slot=0, rate=0.05),
    Decoy(code="D10", slot=1, rate=1.0),
)
