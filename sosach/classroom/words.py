"""What pages about marks call things, each in one place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

__all__ = ["SHAKY", "WEAK", "local_time", "mastery_in_words"]

#: below these shares of right items an error type is weak, or not yet sure [ours]
WEAK, SHAKY = 0.6, 0.9

#: Viet Nam has one time zone and no summer time
HERE = timezone(timedelta(hours=7))


def mastery_in_words(right: int, every: int) -> str:
    """Say how well an error type is known.

    Parameters
    ----------
    right, every : int
        Items judged right, and all of this type (at least one).

    Returns
    -------
    str

    Examples
    --------
    >>> mastery_in_words(5, 5), mastery_in_words(3, 4), mastery_in_words(0, 4)
    ('vững', 'gần vững', 'cần luyện thêm')
    """
    share = right / every
    if share < WEAK:
        return "cần luyện thêm"
    return "vững" if share >= SHAKY else "gần vững"


def local_time(stamp: str) -> str:
    """Return a time as the ledger keeps it, in Vietnamese time; what is no time stays as it is.

    Examples
    --------
    >>> local_time("2022-05-20 08:15:00 UTC")
    '15:15 ngày 20/5/2022'
    """
    try:
        moment = datetime.strptime(stamp, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    except ValueError:
        return stamp
    here = moment.astimezone(HERE)
    return f"{here:%H:%M} ngày {here.day}/{here.month}/{here.year}"
