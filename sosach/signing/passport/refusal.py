"""How the passport says no: one finding about it, raised at once."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from sosach.signing.verdicts import Finding, SigningError

__all__ = ["finding", "refuse"]


def finding(
    code: str,
    stage: str,
    field: str = "",
    expected: object = "",
    found: object = "",
    at: datetime | None = None,
) -> Finding:
    """Return a finding about the passport at hand.

    Parameters
    ----------
    code, stage, field : str
        As of `sosach.signing.verdicts.Finding`.
    expected, found : object
        Written as text; None becomes "".
    at : datetime, optional
        The time the check was made for.

    Returns
    -------
    Finding
    """
    wanted, got = ("" if value is None else str(value) for value in (expected, found))
    return Finding(code, stage, "passport", "", field, wanted, got, at.isoformat() if at else "")


def refuse(
    code: str, stage: str, field: str = "", expected: object = "", found: object = ""
) -> NoReturn:
    """Raise `SigningError` with such a finding."""
    raise SigningError(finding(code, stage, field, expected, found))
