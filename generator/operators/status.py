"""Faults of the platform's status, and of the signature's."""

from __future__ import annotations

from generator.operators.record import Record

__all__ = ["sign_anyway", "stay_unknown", "stay_wrong"]


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


def sign_anyway(signed: str, u: float, v: float, record: Record) -> str | None:
    """Show a signature that does not hold for this dose (E92, E93).

    Parameters
    ----------
    signed : str
        The status that the dose deserves.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        The other cells of the dose; unused here.

    Returns
    -------
    str or None
        "Đã ký"; None where the dose is rightly shown as signed.
    """
    del u, v, record
    return "Đã ký" if signed == "Chưa ký" else None
