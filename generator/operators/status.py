"""Faults of the platform's status."""

from __future__ import annotations

__all__ = ["stay_wrong"]


def stay_wrong(shown: str, u: float, v: float) -> str | None:
    """Go on showing "Sai" although everything matches (E90).

    Parameters
    ----------
    shown : str
        The status that the record deserves.
    u, v : float
        Draws in [0, 1) that every operator receives; unused here.

    Returns
    -------
    str or None
        The stale status; None where the record does not deserve "Đúng".
    """
    del u, v
    return "Sai" if shown == "Đúng" else None
