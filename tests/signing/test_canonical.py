"""One content, one text: the canonical form of what is signed."""

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosach.signing.canonical import canonical

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    TEXTS | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)
CONTENTS = st.dictionaries(KEYS, VALUES, max_size=6)


def without_none(value):
    """What is left of a value when None is dropped from its mappings and texts are NFC."""
    if isinstance(value, dict):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [without_none(v) for v in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


@settings(max_examples=50)
@given(CONTENTS)
def test_canonical_reads_back(content):
    """The text holds the same content, and making it again changes nothing."""
    made = canonical(content)

    assert json.loads(made) == without_none(content)
    assert canonical(json.loads(made)) == made


@settings(max_examples=50)
@given(CONTENTS, st.randoms())
def test_canonical_any_order(content, rng):
    """The order of members does not matter."""
    items = list(content.items())
    rng.shuffle(items)

    assert canonical(dict(items)) == canonical(content)


@settings(max_examples=50)
@given(CONTENTS)
def test_canonical_nfc_and_nfd(content):
    """A text in pieces and the same text composed give the same bytes."""
    pieces = json.loads(unicodedata.normalize("NFD", json.dumps(content, ensure_ascii=False)))

    assert canonical(pieces) == canonical(content)


def test_canonical_golden():
    """The bytes are those of RFC 8785: sorted, no spaces, control characters escaped shortest."""
    content = {"b": '€$\x0f\nA\'B"\\\\"/', "a": [1, True, {"z": None, "y": "Đỗ"}]}
    wanted = '{"a":[1,true,{"y":"Đỗ"}],"b":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'

    assert canonical(content).decode() == wanted


@pytest.mark.parametrize("value", [1.0, float("nan"), date(2022, 5, 4), {"đ": "x"}, {1: "x"}, b"x"])
def test_canonical_refuses_type(value):
    """What has no single spelling is refused: floats, dates, keys beyond ASCII."""
    with pytest.raises(TypeError):
        canonical({"a": value})


@pytest.mark.parametrize(
    ("value", "says"), [(2**53, "beyond"), (-(2**53), "beyond"), ("\ud800", "surrogates")]
)
def test_canonical_refuses_value(value, says):
    """Integers that lose digits elsewhere and halves of characters are refused."""
    with pytest.raises(ValueError, match=says):
        canonical({"a": value})
