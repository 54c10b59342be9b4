"""Mistakes in the day of a dose, and other ways to write it: dd/mm/yyyy is right."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from functools import lru_cache

from generator.operators.record import Record

__all__ = [
    "come_too_soon",
    "come_too_young",
    "mistype_dose_year",
    "swap_with_first",
    "swap_with_second",
    "write_entry_day",
    "write_month_first",
    "write_month_first_unclear",
    "write_serial",
    "write_with_dashes",
    "write_with_dots",
]

#: first days for people from 12 and from 5 years on (dose_rules.csv R18, R19)
FROM_12, FROM_5 = date(2021, 10, 27), date(2022, 4, 16)
#: how many days before those a child came too early, at most (ours)
EARLY_12, EARLY_5 = 80, 100
#: no vaccine allows fewer days between two doses (dose_rules.csv R03 to R08), and what is typed
#: (ours)
ALLOWED_GAP, SHORT_GAPS = 12, range(3, 11)
#: days after which a clerk types the day of entry (ours)
ENTRY_DELAYS = range(3, 46)
#: day 0 of a spreadsheet
SERIAL_ZERO = date(1899, 12, 30)


@lru_cache(maxsize=1 << 16)
def _read(written: str) -> date:
    return date(int(written[6:]), int(written[3:5]), int(written[:2]))


@lru_cache(maxsize=1 << 16)
def _written(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def swap_with_first(day: str, u: float, v: float, record: Record) -> str | None:
    """Write the first dose's day for the second's (E51).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``ngay_truoc`` is the day of the first dose.

    Returns
    -------
    str or None
        The first dose's day; None where there is none, or it is the same.
    """
    del u, v
    first = record["ngay_truoc"]
    return first if first not in ("", day) else None


def swap_with_second(day: str, u: float, v: float, record: Record) -> str | None:
    """Write the second dose's day for the first's: the other half of the same slip (E51).

    Parameters
    ----------
    day : str
        The right day of the first dose, dd/mm/yyyy.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``ngay_sau`` is the day of the second dose.

    Returns
    -------
    str or None
        The second dose's day; None where there is none, or it is the same.
    """
    del u, v
    second = record["ngay_sau"]
    return second if second not in ("", day) else None


def come_too_soon(day: str, u: float, v: float, record: Record) -> str | None:
    """Give the second dose a few days after the first (E54).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        `u` chooses how many; `v` is unused.
    record : Record
        Its ``ngay_truoc`` is the day of the first dose.

    Returns
    -------
    str or None
        A day 3 to 10 days after the first; None where there is no first dose, or the true gap is
        too short itself.

    Examples
    --------
    >>> come_too_soon("22/08/2021", 0.0, 0.0, {"ngay_truoc": "01/08/2021"})
    '04/08/2021'
    """
    del v
    if not record["ngay_truoc"]:
        return None
    first = _read(record["ngay_truoc"])
    if (_read(day) - first).days <= ALLOWED_GAP:
        return None
    return _written(first + timedelta(SHORT_GAPS[int(u * len(SHORT_GAPS))]))


def come_too_young(day: str, u: float, v: float, record: Record) -> str | None:
    """Vaccinate a child before its age group was called (E58).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        `u` chooses how early; `v` is unused.
    record : Record
        Its ``ngay_sinh`` is the person's birth date.

    Returns
    -------
    str or None
        A day within 80 days before 27/10/2021 for those who were 12 by then, else within 100 days
        before 16/04/2022 and before the twelfth birthday; None for adults, where only the year of
        birth is known, and where no such day is left.

    Examples
    --------
    >>> come_too_young("20/11/2021", 0.0, 0.0, {"ngay_sinh": "05/02/2006"})
    '26/10/2021'
    >>> come_too_young("20/04/2022", 0.0, 0.0, {"ngay_sinh": "05/02/2012"})
    '15/04/2022'
    """
    del v
    if len(record["ngay_sinh"]) < len(day):
        return None
    born = _read(record["ngay_sinh"])
    if _age(born, _read(day)) >= 18:
        return None
    end, early = FROM_12, EARLY_12
    if _age(born, FROM_12) < 12:
        end = min(FROM_5, _twelfth_birthday(born))
        early = EARLY_5 - (FROM_5 - end).days  # after the birthday nothing would be wrong
    typed = _written(end - timedelta(1 + int(u * early)))
    return typed if early > 0 and typed != day else None


def _age(born: date, day: date) -> int:
    """Return full years; who is born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _twelfth_birthday(born: date) -> date:
    return born.replace(year=born.year + 12)  # 29 February exists again every four years


def mistype_dose_year(day: str, u: float, v: float, record: Record) -> str | None:
    """Write the year before or after (E53).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        `u` chooses which; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        The same day of the other year; None for 29 February, which neither has.

    Examples
    --------
    >>> mistype_dose_year("31/07/2021", 0.9, 0.0, {})
    '31/07/2022'
    """
    del v, record
    year = int(day[6:]) + (1 if u >= 0.5 else -1)
    return f"{day[:6]}{year}" if isleap(year) or day[:5] != "29/02" else None


def write_entry_day(day: str, u: float, v: float, record: Record) -> str | None:
    """Write the day of entry for the day of the dose (E53).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        `u` chooses how late it was entered; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        A day 3 to 45 days later.

    Examples
    --------
    >>> write_entry_day("31/07/2021", 0.0, 0.0, {})
    '03/08/2021'
    """
    del v, record
    return _written(_read(day) + timedelta(ENTRY_DELAYS[int(u * len(ENTRY_DELAYS))]))


def write_month_first(day: str, u: float, v: float, record: Record) -> str | None:
    """Write the American way what can be read one way only (E23).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Month, day and two digits of the year; None where the day could pass for another month.

    Examples
    --------
    >>> write_month_first("31/07/2021", 0.0, 0.0, {})
    '7/31/21'
    """
    del u, v, record
    return None if _is_unclear(day) else _month_first(day)


def write_month_first_unclear(day: str, u: float, v: float, record: Record) -> str | None:
    """Write the American way what can be read in two ways (E23).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Month, day and two digits of the year; None where they can be read one way only.

    Examples
    --------
    >>> write_month_first_unclear("05/06/2021", 0.0, 0.0, {})
    '6/5/21'
    """
    del u, v, record
    return _month_first(day) if _is_unclear(day) else None


def _is_unclear(day: str) -> bool:
    return int(day[:2]) <= 12 and day[:2] != day[3:5]


def _month_first(day: str) -> str:
    return f"{int(day[3:5])}/{int(day[:2])}/{day[8:]}"


def write_with_dots(day: str, u: float, v: float, record: Record) -> str | None:
    """Write dots between two digits each (E23).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Day, month and two digits of the year.

    Examples
    --------
    >>> write_with_dots("31/07/2021", 0.0, 0.0, {})
    '31.07.21'
    """
    del u, v, record
    return f"{day[:2]}.{day[3:5]}.{day[8:]}"


def write_with_dashes(day: str, u: float, v: float, record: Record) -> str | None:
    """Write dashes between two digits each (E23).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Day, month and two digits of the year.

    Examples
    --------
    >>> write_with_dashes("31/07/2021", 0.0, 0.0, {})
    '31-07-21'
    """
    del u, v, record
    return f"{day[:2]}-{day[3:5]}-{day[8:]}"


def write_serial(day: str, u: float, v: float, record: Record) -> str | None:
    """Copy the number under which a spreadsheet keeps the day (E23).

    Parameters
    ----------
    day : str
        The right day, dd/mm/yyyy.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        Days since 30 December 1899.

    Examples
    --------
    >>> write_serial("31/07/2021", 0.0, 0.0, {})
    '44408'
    """
    del u, v, record
    return str((_read(day) - SERIAL_ZERO).days)
