"""Words that sites and citizens share: doses, places, one of several ways to say a thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sosach.simulation.truth import Truth

__all__ = ["SLOTS", "capital", "pick", "place_name"]

Option = TypeVar("Option")

#: lines of the confirmation slip (dose_rules.csv R20), as people say them
SLOTS = {
    "CB1": "mũi cơ bản 1",
    "CB2": "mũi cơ bản 2",
    "CB3": "mũi cơ bản 3",
    "BS": "mũi bổ sung",
    "NL1": "mũi nhắc lại 1",
    "NL2": "mũi nhắc lại 2",
    "NL3": "mũi nhắc lại 3",
}


def pick(options: Sequence[Option], share: float) -> Option:
    """Return one of some options.

    Parameters
    ----------
    options : sequence
        At least one.
    share : float
        A lot in [0, 1).

    Returns
    -------
    object
        One of `options`; equal shares for all.
    """
    return options[int(share * len(options))]


def place_name(truth: Truth, code: str) -> str:
    """Return the name of a place of vaccination; its code where the list lacks it."""
    site = truth.sites.get(code)
    return str(site["ten_co_so"]) if site else code


def capital(sentence: str) -> str:
    """Return a sentence with a capital first letter.

    Examples
    --------
    >>> capital("mũi bổ sung")
    'Mũi bổ sung'
    """
    return sentence[:1].upper() + sentence[1:]
