"""Trouble that a person can put right: one clear message, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["Problem", "nearest"]


class Problem(ValueError):  # noqa: N818 - a bad input is a problem to solve, not a fault of ours
    """A bad input, said in full sentences: what, where, expected, found, what to do next."""


def nearest(word: str, words: Iterable[str]) -> str:
    """Ask whether the nearest known word was meant.

    Parameters
    ----------
    word : str
        The word that nobody knows.
    words : iterable of str
        The words that are known.

    Returns
    -------
    str
        A question that begins with a space, or "" where no known word is near; the one known
        word that begins so is near, however long.

    Examples
    --------
    >>> nearest("seeed", ["seed", "wards"])
    " Có phải anh/chị muốn viết 'seed'?"
    >>> nearest("k1_02", ["k1_01_ho_so", "k1_02_danh_sach", "k1_02_danh_sach_lan2"])
    " Có phải anh/chị muốn viết 'k1_02_danh_sach'?"
    >>> nearest("seeed", [])
    ''
    """
    words = list(words)
    longer = sorted(known for known in words if word and known.startswith(word))
    one = bool(longer) and all(known.startswith(longer[0]) for known in longer)
    close = longer if one else get_close_matches(word, words, n=1, cutoff=0.6)
    return f" Có phải anh/chị muốn viết '{close[0]}'?" if close else ""
