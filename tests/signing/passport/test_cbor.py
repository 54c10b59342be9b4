"""CBOR from strangers: one item, shallow, and no tag is obeyed."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.signing.passport.cbor import DEEPEST, CborError, Tagged, decode, encode

#: values of every kind that some tag could stand on
UNDER_TAGS = ["00", "6161", "40", "80", "820001", "a0", "50" + "00" * 16, "6a323032312d31312d3035"]


def tagged(number, value):
    """Return a value in hexadecimal with a tag before it, as bytes."""
    size = 1 if number < 2**8 else 2 if number < 2**16 else 4
    head = bytes([0xC0 + number]) if number < 24 else bytes([0xD7 + size.bit_length()])
    return head + (b"" if number < 24 else number.to_bytes(size, "big")) + bytes.fromhex(value)


@pytest.mark.parametrize(
    ("data", "item"),
    [
        ("1903e8", 1000),
        ("3903e7", -1000),
        ("6449455446", "IETF"),
        ("4401020304", b"\x01\x02\x03\x04"),
        ("a26161016162820203", {"a": 1, "b": [2, 3]}),
        ("9f018202039f0405ffff", [1, [2, 3], [4, 5]]),
        ("f93e00", 1.5),
        ("f5", True),
    ],
)
def test_decode_examples_of_the_rfc(data, item):
    """Some examples of RFC 8949, appendix A."""
    assert decode(bytes.fromhex(data)) == item


@pytest.mark.parametrize("number", [*range(300), 1004, 43000, 55799, 10**6])
def test_decode_obeys_no_tag(number):
    """Whatever a tag stands on, it stays a tag: no dates, sets, patterns or shared values."""
    for value in UNDER_TAGS:
        item = decode(tagged(number, value))

        assert isinstance(item, Tagged)
        assert item.tag == number


def test_tags_some_are_obeyed_by_the_library():
    """Keeping tags is not empty talk: the library itself makes a list that holds itself."""
    cyclic = cbor2.loads(bytes.fromhex("d81c81d81d00"))

    assert cyclic[0] is cyclic


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01\x01",  # a second item
        b"\x82\x01",  # an array cut off
        b"\x62\xff\xff",  # text that is no UTF-8
        b"\xa2\x01\x01\x01\x02",  # a key twice
        b"\x81" * (DEEPEST + 1) + b"\x01",
        b"\xd8\x1c" * 1000 + b"\x01",
        b"\x9b" + b"\xff" * 8,  # an array of 2^64 - 1 items
        b"\x5b" + b"\x7f" * 8,  # bytes without end
    ],
)
def test_decode_refused(data):
    """No item, more than one, one that is cut off or too deep: one kind of error."""
    with pytest.raises(CborError):
        decode(data)


@given(st.binary(max_size=60))
def test_decode_any_bytes(data):
    """Any bytes give an item or `CborError`."""
    try:
        decode(data)
    except CborError:
        return


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_decode_what_was_encoded(item):
    """What is written is read."""
    assert decode(encode(item)) == item
