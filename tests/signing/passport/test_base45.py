"""Base45 as RFC 9285 has it, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.signing.passport.base45 import ALPHABET, decode, encode
from sosach.signing.verdicts import SigningError


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
    ],
)
def test_encode_examples_of_the_rfc(data, text):
    """The examples of RFC 9285, sections 4.3 and 4.4."""
    assert encode(data) == text
    assert decode(text) == data


@given(st.binary(max_size=200))
def test_decode_is_the_inverse(data):
    """Any bytes come back."""
    assert decode(encode(data)) == data


@given(st.text(ALPHABET, max_size=30))
def test_decode_accepts_one_spelling_only(text):
    """What is accepted is exactly what encoding its bytes gives."""
    try:
        data = decode(text)
    except SigningError:
        return

    assert encode(data) == text


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("BB8_", "B45_CHAR", "[3]"),
        ("bb8", "B45_CHAR", "[0]"),
        ("BBĐ", "B45_CHAR", "[2]"),
        ("\ud800BB", "B45_CHAR", "[0]"),
        ("BB8B", "B45_LEN", ""),
        ("BB8GGW", "B45_RANGE", "[3]"),  # RFC 9285, section 6
        ("BB8::", "B45_RANGE", "[3]"),
    ],
)
def test_decode_refused(refused, text, code, field):
    """A strange character, a letter too few and a group that is too large are told apart."""
    finding = refused(decode, text)

    assert (finding.code, finding.field) == (code, field)


def test_decode_largest_group():
    """Two bytes of ones are the largest group of three."""
    assert decode("FGW") == b"\xff\xff"
