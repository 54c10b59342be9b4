"""Keyed randomness: one Philox stream per (seed, ward, stream), one draw per row.

Row i of a stream depends on (seed, ward, stream, i) alone: the order of the work, the number
of processes and new columns or causes never change a value that was there before.
Only doubles are drawn; whole numbers and weighted choices are computed from them, because
numpy promises nothing about the number of draws behind its other distributions.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Draws", "Floats", "Ints", "Stream", "below", "split", "weighted"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Stream(IntEnum):
    """The frozen registry of streams: append only; never renumber, never reuse."""

    NUMBER_OFFSET = 1
    HOUSEHOLD_SIZE = 10
    HOUSEHOLD_TAIL = 11
    HOUSE_NUMBER = 12
    ALLEY = 13
    STREET = 14
    KHU_PHO = 15
    AGE = 20
    SEX = 21
    SURNAME = 22
    NAME_LENGTH = 24
    NAME_MARK = 25
    MIDDLE = 26
    GIVEN = 27
    CROSS_SEX = 28
    BIRTH_PROVINCE = 30
    OLD_CARD = 31
    OWN_PHONE = 32
    WORKPLACE = 33
    WORKS = 34
    COVERAGE = 40
    FIRST_DAY = 41
    VACCINE = 42
    SECOND_DELAY = 43
    BOOSTER_DELAY = 44
    BOOSTER_VACCINE = 45
    LOT = 46
    SITE = 47
    SECOND_BOOSTER = 48
    FAMILY = 60
    ORIGIN = 61
    ABSENT_FATHER = 62
    RESIDENCE = 63
    NAMESAKE = 64
    FATE = 65
    INSURANCE = 66
    FORMER_CARD = 67
    SITE_LIST = 70
    FAMILIES = 71
    CARELESSNESS = 72
    SIGNED = 73
    DECOY = 500  # + slot of the decoy in the catalogue
    ERROR_HIT = 1000  # + slot of the cause in the catalogue
    ERROR_ARGUMENT = 2000  # + slot of the cause in the catalogue
    PACK_WARD = 3000


class Draws:
    """The random numbers of one ward.

    Parameters
    ----------
    seed : int
        0 <= seed < 2**64.
    ward : int
        Ward code as a number; 0 for draws that belong to no ward.
    """

    def __init__(self, seed: int, ward: int) -> None:
        self._seed = seed
        self._ward = ward

    def uniform(self, stream: int, n: int, start: int = 0) -> Floats:
        """Return rows `start` .. `start + n` of one stream.

        Parameters
        ----------
        stream : int
            A member of `Stream`, or one of its bases plus a slot; below 65,536.
        n : int
            How many rows.
        start : int
            The first row.

        Returns
        -------
        ndarray of float, shape (n,)
            Uniform on [0, 1).
        """
        key = np.array([self._seed, self._ward << 16 | stream], dtype=np.uint64)
        bits = np.random.Philox(key=key)
        bits.advance(start // 4)  # one step of the Philox counter makes four doubles
        skip = start % 4
        return np.random.Generator(bits).random(n + skip)[skip:]


def below(u: Floats, bound: int) -> Ints:
    """Turn uniforms into whole numbers in [0, bound)."""
    return (u * bound).astype(np.int64)


def weighted(u: Floats, weights: ArrayLike) -> Ints:
    """Turn uniforms into indices drawn with the given weights (any positive scale)."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.searchsorted(edges[:-1] / edges[-1], u, side="right")


def split(u: Floats) -> tuple[Floats, Floats]:
    """Make two independent uniforms of 26 bits out of each draw of 53 bits."""
    high = np.floor(u * 2**26)
    return high / 2**26, np.floor((u * 2**26 - high) * 2**26) / 2**26
