"""Mistakes in a birth date (E11, E13, E73).

It is written dd/mm/yyyy, or yyyy alone where the papers say no more.
"""

from __future__ import annotations

from calendar import isleap
from functools import cache

from generator.operators.record import Record

__all__ = ["force_first_of_january", "keep_year_alone", "mistype_year", "swap_day_month"]

#: written dd/mm/yyyy; a bare year is shorter
FULL = 10
#: nobody would believe a birth after it
LAST_YEAR = 2021


def swap_day_month(date: str, u: float, v: float, record: Record) -> str | None:
    """Swap day and month.

    Parameters
    ----------
    date : str
        The right date, dd/mm/yyyy.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where the day cannot pass for a month, nothing would change, or
        there is but a year.

    Examples
    --------
    >>> swap_day_month("03/11/1985", 0.5, 0.5, {})
    '11/03/1985'
    """
    del u, v, record
    if len(date) != FULL:
        return None
    day, month, year = date.split("/")
    return f"{month}/{day}/{year}" if int(day) <= 12 and day != month else None


def mistype_year(date: str, u: float, v: float, record: Record) -> str | None:
    """Mistype the year: the last digit, or the one before it.

    Parameters
    ----------
    date : str
        The right date, dd/mm/yyyy.
    u, v : float
        `u` chooses the digit, `v` the wrong one.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        What was typed: a day that exists, never after 2021; None for a year without a day.

    Examples
    --------
    >>> mistype_year("03/11/1985", 0.9, 0.0, {})
    '03/11/1980'
    """
    del record
    if len(date) != FULL:
        return None
    day, year = date[:6], date[6:]
    others = _other_years(year, 3 if u >= 0.5 else 2, day == "29/02/")
    return day + others[int(v * len(others))] if others else None


@cache
def _other_years(year: str, place: int, leap_day: bool) -> tuple[str, ...]:
    """Return the years that differ in one digit; asked for a few hundred times at most."""
    typed = [f"{year[:place]}{digit}{year[place + 1 :]}" for digit in "0123456789"]
    return tuple(
        other
        for other in typed
        if other != year and int(other) <= LAST_YEAR and (isleap(int(other)) or not leap_day)
    )


def force_first_of_january(date: str, u: float, v: float, record: Record) -> str | None:
    """Make a bare year a day, as a cell for dd/mm/yyyy demands (E13).

    Parameters
    ----------
    date : str
        The right date.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        1 January of the year; None unless the cell is a bare year.

    Examples
    --------
    >>> force_first_of_january("1945", 0.0, 0.0, {})
    '01/01/1945'
    """
    del u, v, record
    return f"01/01/{date}" if len(date) == 4 and date.isdecimal() else None


def keep_year_alone(date: str, u: float, v: float, record: Record) -> str | None:
    """Know the year only, of somebody without papers, and write its first day (E73).

    Parameters
    ----------
    date : str
        The right date.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        1 January of the year; None where nothing would change, or there is but a year.

    Examples
    --------
    >>> keep_year_alone("12/03/1985", 0.0, 0.0, {})
    '01/01/1985'
    """
    del u, v, record
    typed = f"01/01/{date[6:]}"
    return typed if len(date) == FULL and typed != date else None
