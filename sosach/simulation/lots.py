"""Lots that depend on a seed and a question alone, never on what was asked before."""

from __future__ import annotations

import hashlib

__all__ = ["lot", "numeral"]

#: a lot has as many bits as a float keeps exactly
BITS = 53


def lot(seed: int, *key: str) -> float:
    """Draw the lot of one question.

    Parameters
    ----------
    seed : int
        The world's.
    *key : str
        Who is asked and about what, as ``"police", "HS0310784994"``.

    Returns
    -------
    float
        In [0, 1); equal for equal seed and key.

    Examples
    --------
    >>> lot(1, "police", "HS1") == lot(1, "police", "HS1") != lot(2, "police", "HS1")
    True
    """
    drawn: float = (_digest(seed, key) >> (64 - BITS)) / 2**BITS
    return drawn


def numeral(seed: int, *key: str, digits: int = 10) -> str:
    """Return digits of an id that depends on the key alone.

    Parameters
    ----------
    seed : int
    *key : str
    digits : int
        How many, at most 18.

    Returns
    -------
    str

    Examples
    --------
    >>> len(numeral(1, "mui", "HS1", digits=10))
    10
    """
    return f"{_digest(seed, key) % 10**digits:0{digits}d}"


def _digest(seed: int, key: tuple[str, ...]) -> int:
    text = "\x1f".join((str(seed), *key))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
