"""Mistakes in a birth date written dd/mm/yyyy (E11)."""

from __future__ import annotations

from calendar import monthrange

from generator.operators.record import Record

__all__ = ["mistype_year", "swap_day_month"]


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
        What was typed; None where the day cannot pass for a month, or nothing would change.

    Examples
    --------
    >>> swap_day_month("03/11/1985", 0.5, 0.5, {})
    '11/03/1985'
    """
    del u, v, record
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
        What was typed: a day that exists, never after 2021, for nobody would believe it.

    Examples
    --------
    >>> mistype_year("03/11/1985", 0.9, 0.0, {})
    '03/11/1980'
    """
    del record
    before, after = (date[:-1], "") if u >= 0.5 else (date[:-2], date[-1])
    typed = [f"{before}{digit}{after}" for digit in "0123456789"]
    others = [other for other in typed if other != date and _exists(other)]
    return others[int(v * len(others))] if others else None


def _exists(date: str) -> bool:
    day, month, year = map(int, date.split("/"))
    return year <= 2021 and day <= monthrange(year, month)[1]
