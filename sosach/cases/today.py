"""The day on which every case plays, and how days are written."""

from __future__ import annotations

from datetime import date

__all__ = ["TODAY", "written"]

#: Monday after the figures of 7 May 2022
TODAY = date(2022, 5, 9)


def written(day: str) -> str:
    """Return a day as the register writes it.

    Examples
    --------
    >>> written("2022-05-09")
    '09/05/2022'
    """
    return "/".join(reversed(day.split("-")))
