from __future__ import annotations

import hashlib
import hmac

import pytest

from sosach.grading.seeds import practice_seed, trainee_seed

SECRET = bytes(range(32))


def test_trainee_seed_definition():
    """The seed is the first eight bytes of the HMAC over the parts, big endian."""
    digest = hmac.new(SECRET, b"lop|bai|muc|hv01|own", hashlib.sha256).digest()

    assert trainee_seed(SECRET, "lop", "bai", "muc", "hv01") == int.from_bytes(digest[:8], "big")


@pytest.mark.parametrize(
    "parts",
    [
        ("lop2", "bai", "muc", "hv01", "own"),
        ("lop", "bai2", "muc", "hv01", "own"),
        ("lop", "bai", "muc2", "hv01", "own"),
        ("lop", "bai", "muc", "hv02", "own"),
        ("lop", "bai", "muc", "hv01", "unseen"),
    ],
)
def test_trainee_seed_every_part_counts(parts):
    """Another class, exercise, level, trainee or purpose gives another seed."""
    assert trainee_seed(SECRET, *parts) != trainee_seed(SECRET, "lop", "bai", "muc", "hv01")


def test_trainee_seed_separator():
    """A part with the separator is refused: two trainees could share a seed."""
    with pytest.raises(ValueError, match="may hold"):
        trainee_seed(SECRET, "lop|bai", "muc", "x", "hv01")


def test_practice_seed_range():
    """Practice sets have different seeds of 64 bits, and none that a class could have by rule."""
    seeds = {practice_seed("bai", "muc", n) for n in range(1, 50)}

    assert len(seeds) == 49
    assert all(0 <= seed < 2**64 for seed in seeds)
