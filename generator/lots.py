"""Lots of vaccine: invented, in the form of each product's."""

from __future__ import annotations

import string
from functools import cache

from generator import facts

__all__ = ["LOTS_PER_VACCINE", "lot_texts"]

LOTS_PER_VACCINE = 40
#: synthetic lots in the form of vaccines.csv: @ a letter, # a digit; no real lot list was found
LOT_FORMS = {
    "AZ": "@@@@###",
    "PFZ": "@@####",
    "MOD": "###@##@",
    "VERO": "20####@###",
    "SPU": "II-######",
    "JAN": "XE###",
    "HAY": "########",
    "ABD": "@@####",
}


@cache
def lot_texts() -> tuple[str, ...]:
    """Return the synthetic lots, `LOTS_PER_VACCINE` of each vaccine in row order."""
    ids = facts.column("vaccines", "vaccine_id")
    return tuple(
        _lot(LOT_FORMS[vaccine], LOTS_PER_VACCINE * v + k)
        for v, vaccine in enumerate(ids)
        for k in range(LOTS_PER_VACCINE)
    )


def _lot(form: str, ordinal: int) -> str:
    """Fill a form with letters and digits that look unordered."""
    state, out = ordinal, []
    for char in form:
        state = (state * 48_271 + 11) % 2_147_483_647
        out.append({"@": string.ascii_uppercase[state % 26], "#": str(state % 10)}.get(char, char))
    return "".join(out)
