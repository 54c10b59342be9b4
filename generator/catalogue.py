"""The catalogue: every error and every trap that can be put into a register, one record each.

Causes and decoys are rows of ``reference/error_taxonomy.csv``; what is expected of a trainee
stands there, how the error is made stands here. The slot of a record decides its random
stream: append only, never renumber.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from generator import facts
from generator.operators import birth_date, contact, full_name, identity_number, name, status
from generator.operators.record import Operator

__all__ = ["CAUSES", "DECOYS", "Cause", "Decoy", "Way"]

POLICE = ("needs_source_document", "police_list")
CELL = ("from_cell", "cell")


@dataclass(frozen=True)
class Way:
    """One way in which an error happens.

    Attributes
    ----------
    operator : Operator
        What becomes of the cell.
    recoverability, evidence : str
        Where the right value can be had (``generator.truth.RECOVERABILITY``), and what shows it:
        ``police_list``, ``cell``, or the name of a reference table.
    """

    operator: Operator
    recoverability: str
    evidence: str


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
    ways : tuple of Way
        How it happens, each way as likely as the others.
    final_state : str
        What a record with it waits for when the station has done its part.
    only_clean : bool
        True where it strikes only records in which everything else is right.
    compared : bool
        False where the platform compares as if the error were not there.
    """

    code: str
    slot: int
    column: str
    ways: tuple[Way, ...]
    final_state: str = "waiting_police"
    only_clean: bool = False
    compared: bool = True

    @property
    def rate(self) -> float:
        """Default share of the eligible records: what the taxonomy suggests."""
        return _suggested_rates()[self.code]


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


def _ways(source: tuple[str, str], *operators: Operator) -> tuple[Way, ...]:
    return tuple(Way(operator, *source) for operator in operators)


#: in the order of application: the first one that wants a cell gets it
CAUSES = (
    Cause("E01", 0, "so_giay_to", _ways(POLICE, identity_number.leave_blank)),
    Cause(
        "E02",
        1,
        "so_giay_to",
        _ways(
            POLICE,
            identity_number.drop_digit,
            identity_number.repeat_digit,
            identity_number.type_letter,
        ),
    ),
    Cause("E03", 4, "so_giay_to", _ways(POLICE, identity_number.lose_leading_zero)),
    Cause("E04", 5, "so_giay_to", _ways(POLICE, identity_number.mistype_province)),
    Cause("E05", 6, "so_giay_to", _ways(POLICE, identity_number.contradict_holder)),
    Cause("E08", 7, "so_giay_to", _ways(POLICE, identity_number.fill_in_phone)),
    Cause(
        "E10",
        2,
        "ho_ten",
        _ways(POLICE, name.mishear_tone, name.confuse_consonant, name.misread_vowel),
    ),
    Cause("E14", 8, "ho_ten", _ways(POLICE, full_name.drop_marks, full_name.drop_middle_word)),
    Cause("E15", 9, "ho_ten", _ways(POLICE, full_name.add_call_name)),
    Cause("E16", 10, "ho_ten", _ways(POLICE, full_name.put_given_name_first)),
    Cause(
        "E20",
        11,
        "ho_ten",
        _ways(CELL, full_name.add_blanks),
        final_state="ready_to_sign",
        compared=False,
    ),
    Cause(
        "E21",
        12,
        "ho_ten",
        _ways(CELL, full_name.send_decomposed),
        final_state="ready_to_sign",
        compared=False,
    ),
    Cause(
        "E11", 13, "ngay_sinh", _ways(POLICE, birth_date.swap_day_month, birth_date.mistype_year)
    ),
    Cause("E12", 14, "gioi_tinh", _ways(POLICE, contact.tick_other_sex)),
    Cause(
        "E31",
        15,
        "so_dien_thoai",
        (
            Way(contact.keep_old_prefix, "from_reference_list", "phone_prefixes"),
            Way(contact.drop_phone_digit, "needs_source_document", "citizen"),
        ),
        final_state="ready_to_sign",
        compared=False,
    ),
    Cause(
        "E33",
        16,
        "huyen",
        (Way(contact.keep_old_district, "from_reference_list", "hcmc_wards_2019_to_2022"),),
        final_state="ready_to_sign",
        compared=False,
    ),
    Cause(
        "E09",
        17,
        "tt_xac_minh",
        _ways(POLICE, status.stay_unknown),
        only_clean=True,
    ),
    Cause(
        "E90",
        3,
        "tt_xac_minh",
        _ways(POLICE, status.stay_wrong),
        final_state="reported",
        only_clean=True,
    ),
)

#: the taxonomy has no rates for what is natural; D10: all who look like it, the rate is in the truth
DECOYS = (
    Decoy("D01", 0, rate=0.05),
    Decoy("D10", 1, rate=1.0),
    Decoy("D11", 2, rate=0.05),
    Decoy("D13", 3, rate=0.05),
    Decoy("D14", 4, rate=0.10),
)


@cache
def _suggested_rates() -> dict[str, float]:
    rows = facts.table("error_taxonomy")
    return {row["error_id"]: float(row["sim_rate_pct"] or 0) / 100 for row in rows}
