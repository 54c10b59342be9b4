"""Mutations of good passports: never a crash, never a changed signed part accepted."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.signing.faults.passport_office import message_of
from sosach.signing.passport import base45, cbor, claims, cose, hc1
from sosach.signing.passport.content import Known
from sosach.signing.passport.rules import destination_rules
from sosach.signing.passport.trust import PassportTrust
from sosach.signing.passport.verifying import verify
from sosach.signing.verdicts import SigningError

from .conftest import DAY, ISSUED

NOW = ISSUED + DAY


def mutated(data, rng):
    """Return bytes with something replaced, inserted, removed or cut off."""
    at, many = rng.randrange(len(data)), rng.randrange(9)
    how = rng.randrange(5)
    if how == 0:
        return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
    if how == 1:
        return data[:at]
    if how == 2:
        return data + rng.randbytes(many)
    return data[:at] + rng.randbytes(many) + data[at + rng.randrange(9) :]


def letters(text, rng):
    """Return a text with one letter replaced or removed."""
    at = rng.randrange(len(text))
    return text[:at] + rng.choice([*base45.ALPHABET, "a", "Đ", "_", ""]) + text[at + 1 :]


def mutate(text, rng):
    """Mutate a passport in one of its layers."""
    if rng.randrange(4) == 0:
        return letters(text, rng)
    packed = base45.decode(hc1.strip_prefix(text))
    if rng.randrange(3) == 0:
        return hc1.PREFIX + base45.encode(mutated(packed, rng))
    return hc1.wrap(mutated(hc1.inflate(packed), rng))


def hammer(offices, rounds, rng):
    """Verify mutations; return how many were accepted, each with its signed parts unchanged."""
    originals = [(office.passport.text, office.trust) for office in offices.values()]
    accepted = 0
    for _ in range(rounds):
        text, trust = rng.choice(originals)
        inspection = verify(mutate(text, rng), trust, NOW)
        if inspection:
            good = message_of(text)
            assert inspection.message.protected == good.protected
            assert inspection.message.payload == good.payload
            if cose.algorithm_of(offices["rsa"].issuer.key) == good.header[1]:
                assert inspection.message.signature == good.signature
            accepted += 1
    return accepted


def test_mutations_are_refused(offices):
    """Of 1,500 mutations only those of unsigned parts are accepted, and none crashes."""
    accepted = hammer(offices, 1_500, random.Random(7))  # noqa: S311 - no secret

    assert accepted < 150


@pytest.mark.full
@pytest.mark.slow
def test_mutations_are_refused_at_length(offices):
    """The same for 100,000 mutations."""
    assert hammer(offices, 100_000, random.Random(8)) < 10_000  # noqa: S311 - no secret


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.sampled_from([cbor.Tagged(0, "2021"), cbor.Tagged(1, 1e300), cbor.Tagged(35, "(")]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(-300, 300) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(JUNK)
def test_verify_any_signed_content(offices, junk):
    """Whatever a signer of ours may sign, there is a verdict: all stages take any content."""
    office = offices["ec"]
    known = Known(office.passport.content, {"x": "y"})
    payload = cbor.encode({4: 1700000000, 6: 1652490000, -260: {1: {"ver": "1.3.0", "v": [junk]}}})
    inspection = verify(
        office.signed_payload(payload), office.trust, NOW, known=known, rules=destination_rules()
    )

    assert not inspection


FIELDS = ("ver", "nam", "dob", "v", "t", "r")
CELLS = ("tg", "vp", "mp", "ma", "dn", "sd", "dt", "co", "is", "ci", "tt", "tr", "sc", "fr", "df")


@given(
    st.dictionaries(st.sampled_from(FIELDS), JUNK), st.dictionaries(st.sampled_from(CELLS), JUNK)
)
def test_verify_any_cells(offices, fields, cells):
    """Junk in any field and any cell has a verdict that JSON can hold."""
    office = offices["ec"]
    content = office.content()
    content["v"][0] |= cells
    content |= fields
    payload = cbor.encode({4: 1700000000, 6: 1652490000, -260: {1: content}})
    inspection = verify(office.signed_payload(payload), office.trust, NOW)

    assert inspection.verdict.as_json()["ok"] == bool(inspection)


@given(JUNK)
def test_read_claims_any_payload(junk):
    """Any CBOR as a payload is claims or one clear error."""
    try:
        claims.read_claims(cbor.encode(junk))
    except SigningError:
        return


@given(st.text(max_size=200))
def test_verify_any_text_after_the_prefix(offices, text):
    """Any text after the prefix has a verdict."""
    assert not verify("HC1:" + text, offices["ec"].trust, NOW)


@given(st.binary(max_size=200))
def test_verify_any_bytes_as_message(offices, data):
    """Any bytes in the right wrapping have a verdict."""
    assert not verify(hc1.wrap(data), PassportTrust(offices["ec"].trust.signers), NOW)
