"""The day on which every case plays."""

from __future__ import annotations

from datetime import date

__all__ = ["TODAY"]

#: Monday after the figures of 7 May 2022
TODAY = date(2022, 5, 9)
