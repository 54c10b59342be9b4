"""Where a trainee's own data come from: seeds that only the class secret can make.

Practice sets have public seeds; class sets follow from the secret, so that a trainee cannot
regenerate the key.
"""

from __future__ import annotations

import hashlib
import hmac

__all__ = ["practice_seed", "trainee_seed"]


def trainee_seed(
    secret: bytes,
    class_id: str,
    exercise: str,
    level: str,
    trainee: str,
    purpose: str = "own",
) -> int:
    """Return the seed of one trainee's data set.

    Parameters
    ----------
    secret : bytes
        The class secret.
    class_id, exercise, level, trainee : str
        Whose data for what; none may hold the separator ``|``.
    purpose : str
        ``own`` (handed out), ``unseen`` or ``resit-n``.

    Returns
    -------
    int
        0 <= seed < 2**64: the first eight bytes of HMAC-SHA256, big endian.

    Raises
    ------
    ValueError
        If a part holds ``|``: two different trainees could then share a seed.
    """
    parts = (class_id, exercise, level, trainee, purpose)
    if any("|" in part for part in parts):
        message = f"no part of a seed may hold '|': {parts}"
        raise ValueError(message)
    digest = hmac.new(secret, "|".join(parts).encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big")


def practice_seed(exercise: str, level: str, set_number: int) -> int:
    """Return the public seed of a practice set.

    Parameters
    ----------
    exercise, level : str
        Which exercise at which level.
    set_number : int
        Which of its practice sets, counted from 1.

    Returns
    -------
    int
        0 <= seed < 2**64.
    """
    text = f"luyen-tap|{exercise}|{level}|{set_number}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
