"""Faults of the platform's status."""

from __future__ import annotations

from generator.operators.record import Record

__all__ = ["stay_unknown", "stay_wrong"]


def stay_wrong(shown: str, u: float, v: float, record: Record) -> str | None:
    """Go on showing "Sai" although everything matches (E90).

    Parameters
    ----------
    shown : str
        The status that the record deserves.
    u, v : float
        Draws in [0, 1) that every operator receives; unused here.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        The stale status; None where the record does not deserve "Đúng".
    """
    del u, v, record
    return "Sai" if shown == "Đúng" else None


def stay_unknown(shown: str, u: float, v: float, record: Record) -> str | None:
    """Find the person nowhere in the population database (E09).

    Parameters
    ----------
    shown : str
        The status that the record deserves.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        The answer of the database; None where the record does not deserve "Đúng".
    """
    del u, v, record
    return "Không xác minh được" if shown == "Đúng" else None
