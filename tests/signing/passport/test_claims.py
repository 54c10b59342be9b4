"""Claims: what may stand in a payload, and the window of validity to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from sosach.signing.passport.cbor import Tagged, encode
from sosach.signing.passport.claims import (
    LAST,
    SKEW,
    Claims,
    check_window,
    events_of,
    read_claims,
    write_claims,
)

from .conftest import DAY

SECOND = timedelta(seconds=1)
BEGIN = datetime(2022, 5, 14, 1, tzinfo=UTC)


def with_content(content):
    """Read the content of a payload that holds it."""
    return read_claims(encode({4: 2, 6: 1, -260: {1: content}})).content


def test_read_claims_what_was_written():
    """Issuer, begin, end and content come back; times are whole seconds of UTC."""
    read = read_claims(write_claims("XD", BEGIN, BEGIN + DAY, {"ver": "1.3.0"}))

    assert (read.iss, read.iat, read.exp) == ("XD", BEGIN, BEGIN + DAY)
    assert read.content == {"ver": "1.3.0"}


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        encode([1]),
        encode({}),
        encode({-260: 5}),
        encode({-260: {3: {}}}),
        encode({-260: {1: []}}),
        encode({-260: {1: {}}}) + b"\0",
    ],
)
def test_read_claims_refused(refused, payload):
    """No CBOR, no map, no EU DCC in it: nothing is guessed."""
    assert refused(read_claims, payload).code == "CWT_STRUCT"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Tagged(0, "2021-11-05T07:30:00Z"), "2021-11-05T07:30:00Z"),
        (Tagged(0, "2021-11-05"), "2021-11-05"),
        (Tagged(1004, "2021-11-05"), "2021-11-05"),
        (Tagged(1, 1636097400), "2021-11-05T07:30:00Z"),
        (Tagged(100, 18936), "2021-11-05"),  # RFC 8943: days since 1970-01-01
        (2.0, 2),
        (1.5, 1.5),
        ([Tagged(1, 0)], ["1970-01-01T00:00:00Z"]),
        ({1: "a"}, {"1": "a"}),
    ],
)
def test_read_claims_as_json(value, plain):
    """Dates become text, whole numbers integers, keys text (HCERT 1.0.8, 3.3.7: be permissive)."""
    assert with_content({"x": value}) == {"x": plain}


@pytest.mark.parametrize(
    "value",
    [b"bytes", float("nan"), float("inf"), Tagged(1, "x"), Tagged(35, "a+"), Tagged(1, 1e30)],
)
def test_read_claims_what_json_cannot_hold(value):
    """What has no place in JSON becomes an empty object, which no field may be."""
    assert with_content({"x": value}) == {"x": {}}


@pytest.mark.parametrize(
    ("content", "groups"),
    [
        ({"v": [{"dn": 1}]}, ["v"]),
        ({"v": [{}, {}], "t": [{}]}, ["v", "v", "t"]),
        ({"v": None, "t": "x", "r": {}}, []),
        ({"v": [1, None]}, []),
        ({}, []),
    ],
)
def test_events_of(content, groups):
    """Every object in one of the three lists is an event."""
    assert [group for group, _ in events_of(content)] == groups


@pytest.fixture
def window(offices):
    """Check begin and end against a clock; both and the clock in offsets from the signer's."""
    signer = offices["ec"].issuer.certificate
    begins, ends = signer.not_valid_before_utc, signer.not_valid_after_utc

    def check(iat, exp, clock):
        times = [begins + iat, ends + exp]
        return [f.code for f in check_window(Claims("", *times, {}, {}), signer, begins + clock)]

    return check


@pytest.mark.parametrize(
    ("iat", "exp", "clock", "codes"),
    [
        (0 * DAY, 0 * DAY, DAY, []),
        (0 * DAY, 0 * DAY, 0 * DAY, []),
        (-SECOND, 0 * DAY, DAY, ["IAT_BEFORE_DSC"]),
        (0 * DAY, SECOND, DAY, ["EXP_AFTER_DSC"]),
        (DAY, 0 * DAY, DAY - SKEW, []),
        (DAY, 0 * DAY, DAY - SKEW - SECOND, ["NOT_YET_VALID"]),
        (-DAY, DAY, -2 * DAY, ["NOT_YET_VALID", "IAT_BEFORE_DSC", "EXP_AFTER_DSC"]),
    ],
)
def test_check_window(window, iat, exp, clock, codes):
    """Begin and end lie within the signer's; the clock may be five minutes slow; all is reported."""
    assert window(iat, exp, clock) == codes


@pytest.mark.parametrize(("late", "codes"), [(0 * DAY, []), (SECOND, ["EXPIRED"])])
def test_check_window_end(offices, late, codes):
    """At the end there is no tolerance: HCERT 1.0.8, 3.3.5 says must."""
    signer = offices["ec"].issuer.certificate
    exp = signer.not_valid_after_utc
    claims = Claims("", exp - DAY, exp, {}, {})

    assert [f.code for f in check_window(claims, signer, exp + late)] == codes


@pytest.mark.parametrize(
    "time", [None, "2022", True, -1, LAST + 1, 1652490000000, float("nan"), 1e400, Tagged(1, 5), []]
)
def test_check_window_no_times(offices, time):
    """What is missing, no number or in milliseconds is named, and nothing is compared."""
    claims = read_claims(encode({4: time, 6: 1, -260: {1: {}}}))
    found = check_window(claims, offices["ec"].issuer.certificate, BEGIN)

    assert [(f.code, f.field) for f in found] == [("CWT_TIMES", "exp")]


def test_check_window_says_both_times(offices):
    """A finding tells what was wanted and what is there, with the zone."""
    signer = offices["ec"].issuer.certificate
    claims = Claims("", BEGIN, BEGIN + DAY, {}, {})
    (finding,) = check_window(claims, signer, BEGIN + 2 * DAY)

    assert finding.expected == ">= 16/05/2022 08:00:00 +07:00"
    assert finding.found == "15/05/2022 08:00:00 +07:00"
