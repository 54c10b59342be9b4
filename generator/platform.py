"""What the platform shows of a record and of a dose: compared or not, signed or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from generator.cells import one_of
from generator.corruption import Strike
from generator.entries import Number, Records
from generator.identity import is_sendable
from generator.looks import Bools
from generator.randomness import Ints
from generator.register import IDENTITY, NUMBER

__all__ = [
    "RIGHT",
    "SIGNATURES",
    "STATUSES",
    "shown_statuses",
    "write_signatures",
    "write_statuses",
]

#: platform_columns.csv H26, without "Không xác minh được", which no rule gives (E09)
STATUSES = ("Đúng", "Sai", "Không có/sai định dạng", "Chưa gửi")
RIGHT, WRONG, UNSENT, NOT_COMPARED = range(4)
#: platform_columns.csv H27
SIGNATURES = ("Chưa ký", "Đã ký")


def shown_statuses(records: Records, foreign: Bools, strikes: Sequence[Strike]) -> Ints:
    """Let the platform compare the identity cells with the population database.

    A number that is missing or malformed is not sent; anything else that differs is wrong.
    Foreigners are not compared (CV 1908), unless they were entered as citizens.

    Parameters
    ----------
    records : Records
    foreign : ndarray of bool, shape (n,)
        Whose record it is.
    strikes : sequence of Strike
        What is spoiled in ``doi_tuong``.

    Returns
    -------
    ndarray of int, shape (n,)
        Indices into `STATUSES`.
    """
    shown = np.where(foreign, NOT_COMPARED, RIGHT)
    shown[records.number == Number.FORMER] = WRONG
    shown[records.number == Number.NONE] = UNSENT
    for strike in strikes:
        if strike.column == "quoc_tich":
            shown[strike.rows] = WRONG
        elif strike.cause.compared and strike.column in IDENTITY:
            shown[strike.rows] = np.maximum(shown[strike.rows], WRONG)
        if strike.column == NUMBER:
            unsent = [not is_sendable(number) for number in strike.after]
            shown[strike.rows[unsent]] = UNSENT
    return shown


def write_statuses(shown: Ints) -> pa.DictionaryArray:
    """Return the column ``tt_xac_minh``."""
    return one_of(STATUSES, shown)


def write_signatures(signed: Bools) -> pa.DictionaryArray:
    """Return the column ``tt_ky``."""
    return one_of(SIGNATURES, signed.astype(np.int64))
