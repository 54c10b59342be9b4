"""Prefix and compression, with their limits."""

import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.signing.passport.hc1 import LARGEST, LONGEST, inflate, strip_prefix, wrap


@given(st.binary(max_size=500))
def test_inflate_is_the_inverse(data):
    """What is wrapped comes back."""
    from sosach.signing.passport.base45 import decode

    assert inflate(decode(strip_prefix(wrap(data)))) == data


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "PREFIX"),
        ("HC1", "PREFIX"),
        ("hc1:ABC", "PREFIX"),
        (" HC1:ABC", "PREFIX"),
        ("HC2:ABC", "PREFIX"),
        ("HL1:ABC", "PREFIX"),
        ("6BFOXN%TSMAHN", "PREFIX"),
        ("HC1:" + "A" * LONGEST, "TEXT_TOO_LONG"),
    ],
)
def test_strip_prefix_refused(refused, text, code):
    """Only ``HC1:`` begins a passport; small letters, blanks and later versions do not."""
    assert refused(strip_prefix, text).code == code


def test_inflate_up_to_the_limit(refused):
    """As many bytes as the limit allows are inflated, one more is not."""
    assert len(inflate(zlib.compress(bytes(LARGEST)))) == LARGEST
    assert refused(inflate, zlib.compress(bytes(LARGEST + 1))).code == "ZLIB_LIMIT"


def test_inflate_bomb_is_not_unpacked(refused):
    """A bomb of 400 MB costs no more than its first 64 KiB."""
    stream = zlib.compressobj(9)
    bomb = b"".join(stream.compress(bytes(2**20)) for _ in range(400)) + stream.flush()
    tracemalloc.start()

    assert refused(inflate, bomb).code == "ZLIB_LIMIT"
    assert tracemalloc.get_traced_memory()[1] < 10 * LARGEST
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda z: b"", "ZLIB_NOT_COMPRESSED"),
        (lambda z: b"\xd2" + z, "ZLIB_NOT_COMPRESSED"),
        (lambda z: b"x", "ZLIB_BROKEN"),
        (lambda z: z[:-1], "ZLIB_BROKEN"),
        (lambda z: z[:-4] + b"\0\0\0\0", "ZLIB_BROKEN"),  # the checksum
        (lambda z: z[:2] + b"\xff" + z[3:], "ZLIB_BROKEN"),
        (lambda z: z + b"\0", "ZLIB_TRAILING"),
        (lambda z: z + z, "ZLIB_TRAILING"),
    ],
)
def test_inflate_refused(refused, change, code):
    """Not compressed, damaged, cut off and followed by something are told apart."""
    assert refused(inflate, change(zlib.compress(b"passport " * 20))).code == code
