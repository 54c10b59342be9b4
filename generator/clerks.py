"""Who typed a dose, and how careless they were: errors come in clusters, as in life.

Every place has clerks of its own, two of them on duty at a time. Place, clerk and day each have a
factor with mean 1 by which all error rates are multiplied.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator.places import Ward
from generator.randomness import Draws, Floats, Ints, Stream
from generator.scenario import Scenario
from generator.supply import FIRST_WEEK, SITES

__all__ = ["carelessness", "clerk_codes", "on_duty"]

#: clerks of one place (ours)
CLERKS = 6
#: room for days in the stream: far beyond every scenario
DAYS = 2048


def on_duty(site: Ints, day: NDArray[np.datetime64], household: Ints) -> Ints:
    """Return who typed each dose: one of the two clerks who were there, by household.

    Parameters
    ----------
    site : ndarray of int, shape (n,)
        Index into `generator.supply.site_codes`.
    day : ndarray of datetime64[D], shape (n,)
    household : ndarray of int, shape (n,)

    Returns
    -------
    ndarray of int, shape (n,)
        Indices into `clerk_codes`.
    """
    pair = _since(day) + site + CLERKS // 2 * (household % 2)
    return site * CLERKS + pair % CLERKS


def clerk_codes(ward: Ward) -> pa.Array:
    """Return the codes of all clerks of a ward's places."""
    return pa.array([f"NV{ward.code}-{s + 1}-{k + 1}" for s in range(SITES) for k in range(CLERKS)])


def carelessness(
    draws: Draws, site: Ints, clerk: Ints, day: NDArray[np.datetime64], scenario: Scenario
) -> Floats:
    """Return by how much each dose's error rates differ from the scenario's.

    Parameters
    ----------
    draws : Draws
        Of the ward.
    site, clerk : ndarray of int, shape (n,)
    day : ndarray of datetime64[D], shape (n,)
    scenario : Scenario

    Returns
    -------
    ndarray of float, shape (n,)
        Positive, with mean 1 over many wards.
    """
    spread = scenario.clerks
    factors = partial(_factors, draws)
    of_place = factors(SITES, 0, spread.place)
    of_clerk = factors(SITES * CLERKS, SITES, spread.clerk)
    of_day = factors(SITES * DAYS, SITES * (1 + CLERKS), spread.day)
    found: Floats = of_place[site] * of_clerk[clerk] * of_day[site * DAYS + _since(day)]
    return found


def _factors(draws: Draws, n: int, start: int, spread: float) -> Floats:
    """Draw factors with mean 1: 1 - spread, and an exponential with the mean of the spread."""
    u = draws.uniform(Stream.CARELESSNESS, n, start)
    return 1 - spread - spread * np.log1p(-u)


def _since(day: NDArray[np.datetime64]) -> Ints:
    return (day - FIRST_WEEK).astype(np.int64)
