"""Weighted texts in groups: which given names for which sex and generation, and how often.

Indices are drawn for whole columns and turned into text once, at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from generator.randomness import Floats, Ints

__all__ = ["Pools"]


class Pools:
    """Several weighted lists of texts behind one another.

    Parameters
    ----------
    groups : sequence of mapping
        Text -> weight (any positive scale), one mapping per group; none may be empty.
    """

    def __init__(self, groups: Sequence[Mapping[str, float]]) -> None:
        edges = [np.cumsum(np.array([*group.values()], dtype=float)) for group in groups]
        #: group g has its cumulated shares in (g, g + 1]
        self._edges = np.concatenate([g + edge / edge[-1] for g, edge in enumerate(edges)])
        self.texts = pa.array([text for group in groups for text in group], pa.string())

    def pick(self, group: Ints, u: Floats) -> Ints:
        """Draw one text per row from the row's own group.

        Parameters
        ----------
        group : ndarray of int, shape (n,)
            Which group each row draws from.
        u : ndarray of float, shape (n,)
            Uniform on [0, 1).

        Returns
        -------
        ndarray of int, shape (n,)
            Indices into `texts`.
        """
        place = np.minimum(group + u, np.nextafter(group + 1.0, 0.0))
        found: Ints = np.searchsorted(self._edges, place, side="right")
        return found

    def write(self, index: Ints) -> pa.Array:
        """Return the texts of some indices."""
        return self.texts.take(pa.array(index))
