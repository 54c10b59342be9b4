"""The synthetic city: its people, their doses, the spoiled register and the answer key."""

from __future__ import annotations

__all__ = ["ENGINE"]

#: version of everything that decides bytes, papers and right answers of exercises included; grows
#: whenever the same seed gives other data or another key
ENGINE = "4"
