"""Which errors and traps a pack of some size gets: one of several alternatives where it is small.

A recipe may put errors of one kind together, as ``"E02|E03|E08" = 0.14``. A large pack holds all
of them; a small one as many as can occur at least twice, chosen by the seed.
"""

from __future__ import annotations

from collections.abc import Mapping

from sosach.simulation.lots import lot

__all__ = ["AT_LEAST", "shares"]

#: an error occurs at least so often (course.md)
AT_LEAST = 2


def shares(recipe: Mapping[str, float], n_records: int, seed: int) -> dict[str, float]:
    """Return the share of every single error or trap.

    Parameters
    ----------
    recipe : mapping
        Code, or several separated by ``|`` -> share of the records that they have together.
    n_records : int
        Records in the pack.
    seed : int

    Returns
    -------
    dict
        The shares of those together add up to theirs.

    Examples
    --------
    >>> shares({"E01": 0.1, "E10|E11": 0.2}, 100, seed=1)
    {'E01': 0.1, 'E10': 0.1, 'E11': 0.1}
    >>> len(shares({"E10|E11|E12": 0.1}, 30, seed=1))
    1
    """
    found: dict[str, float] = {}
    for together, share in recipe.items():
        codes = together.split("|")
        room = max(1, int(share * n_records + 0.5) // AT_LEAST)
        chosen = sorted(codes, key=lambda code: lot(seed, "cong_thuc", code))[:room]
        found |= {code: share / len(chosen) for code in codes if code in chosen}
    return found
