"""The claims of a passport (RFC 8392): who issued it, from when until when, and the content.

The payload is taken apart only after its signature held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from math import isfinite
from typing import Any

from cryptography import x509

from sosach.signing.passport.cbor import CborError, Tagged, decode, encode
from sosach.signing.passport.refusal import finding, refuse
from sosach.signing.verdicts import Finding, moment

__all__ = [
    "EVENTS",
    "SKEW",
    "Claims",
    "check_window",
    "events_of",
    "iso",
    "read_claims",
    "write_claims",
]

#: claim keys (RFC 8392; HCERT 1.0.8, 3.3.1), and the EU DCC among the contents of -260
ISS, EXP, IAT, HCERT = 1, 4, 6, -260
EU_DCC = 1
#: last second of the year 9999; a time beyond is one in milliseconds
LAST = 253_402_300_799
#: groups of events: vaccination, test, recovery
EVENTS = ("v", "t", "r")
#: a passport has one, early ones a few
MOST_EVENTS = 10
#: how far clocks may differ (ours)
SKEW = timedelta(minutes=5)
#: tags whose value is a date: as text, and in seconds or days (RFC 8949, 3.4; RFC 8943)
TEXT_DATES, SECONDS, DAYS = (0, 1004), 1, 100


@dataclass(frozen=True)
class Claims:
    """What a signed payload says.

    Attributes
    ----------
    iss : str
        Issuer, "" where it is left out.
    iat, exp : datetime or None
        Begin and end in UTC; None where they are missing or no times.
    content : dict
        The DCC as JSON: text keys, dates as text.
    times : dict
        ``iat`` and ``exp`` as they came.
    """

    iss: str
    iat: datetime | None
    exp: datetime | None
    content: dict[str, Any]
    times: dict[str, object]


def iso(time: datetime) -> str:
    """Return a time as ISO 8601 in UTC, whole seconds.

    Examples
    --------
    >>> iso(datetime(2022, 5, 4, 1, tzinfo=UTC))
    '2022-05-04T01:00:00Z'
    """
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def write_claims(iss: str, iat: datetime, exp: datetime, content: Mapping[str, Any]) -> bytes:
    """Return the payload to be signed."""
    times = {EXP: int(exp.timestamp()), IAT: int(iat.timestamp())}
    return encode({ISS: iss, **times, HCERT: {EU_DCC: content}})


def read_claims(payload: bytes) -> Claims:
    """Read a payload whose signature has held.

    Parameters
    ----------
    payload : bytes

    Returns
    -------
    Claims

    Raises
    ------
    SigningError
        ``CWT_STRUCT``: no CBOR map, or no EU DCC in it.
    """
    try:
        claims = decode(payload)
    except CborError as error:
        refuse("CWT_STRUCT", "claims", found=error)
    if not isinstance(claims, Mapping):
        refuse("CWT_STRUCT", "claims", expected="map", found=type(claims).__name__)
    held = claims.get(HCERT)
    content = held.get(EU_DCC) if isinstance(held, Mapping) else None
    if not isinstance(content, Mapping):
        refuse("CWT_STRUCT", "claims", f"{HCERT}.{EU_DCC}", "map", type(content).__name__)
    iss, times = claims.get(ISS), {"iat": claims.get(IAT), "exp": claims.get(EXP)}
    return Claims(
        iss if isinstance(iss, str) else "",
        _time(times["iat"]),
        _time(times["exp"]),
        _plain(content),
        times,
    )


def _time(seconds: object) -> datetime | None:
    number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not number or not 0 <= seconds <= LAST:  # type: ignore[operator]
        return None
    return datetime.fromtimestamp(seconds, UTC)  # type: ignore[arg-type]


def _plain(item: object) -> Any:  # noqa: ANN401 - JSON
    """Turn CBOR into JSON: dates as text, whole numbers as integers, keys as text."""
    if isinstance(item, Mapping):
        return {str(key): _plain(value) for key, value in item.items()}
    if isinstance(item, Sequence) and not isinstance(item, str | bytes):
        return [_plain(value) for value in item]
    if isinstance(item, float) and isfinite(item):
        return int(item) if item.is_integer() else item
    if item is None or isinstance(item, str | int):
        return item
    return _date(item) if isinstance(item, Tagged) else {}


def _date(item: Tagged) -> object:
    """Return a date as text; whatever else a tag holds is nothing that a passport may say."""
    value = _plain(item.value)
    if item.tag in TEXT_DATES and isinstance(value, str):
        return value
    if item.tag == SECONDS and (time := _time(value)):
        return iso(time)
    if item.tag == DAYS and isinstance(value, int) and (time := _time(value * 86_400)):
        return time.date().isoformat()
    return {}


def events_of(content: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the events with their group, ten at most; what is no object is none.

    Examples
    --------
    >>> events_of({"v": [{"dn": 1}], "t": []})
    [('v', {'dn': 1})]
    """
    groups = ((group, content.get(group)) for group in EVENTS)
    found = (
        (group, event)
        for group, events in groups
        if isinstance(events, list)
        for event in events
        if isinstance(event, Mapping)
    )
    return list(islice(found, MOST_EVENTS))


def check_window(
    claims: Claims, signer: x509.Certificate, clock: datetime, skew: timedelta = SKEW
) -> list[Finding]:
    """Check begin and end against the clock and against the signer's certificate.

    Parameters
    ----------
    claims : Claims
    signer : x509.Certificate
        Of the document signer.
    clock : datetime
        Now, with a zone.
    skew : timedelta
        How far the clocks of issuer and verifier may differ at the begin. At the end nothing is
        allowed: a verifier must refuse (HCERT 1.0.8, 3.3.5).

    Returns
    -------
    list of Finding
        ``CWT_TIMES`` alone; or any of ``NOT_YET_VALID``, ``EXPIRED``, ``IAT_BEFORE_DSC``,
        ``EXP_AFTER_DSC``.
    """
    if claims.iat is None or claims.exp is None:
        return [
            finding("CWT_TIMES", "window", name, f"0..{LAST}", _short(value))
            for name, value in claims.times.items()
            if _time(value) is None
        ]
    begins, ends = signer.not_valid_before_utc, signer.not_valid_after_utc
    wrong = (
        ("NOT_YET_VALID", "iat", claims.iat - clock > skew, f"<= {moment(clock)}", claims.iat),
        ("EXPIRED", "exp", clock > claims.exp, f">= {moment(clock)}", claims.exp),
        ("IAT_BEFORE_DSC", "iat", claims.iat < begins, f">= {moment(begins)}", claims.iat),
        ("EXP_AFTER_DSC", "exp", claims.exp > ends, f"<= {moment(ends)}", claims.exp),
    )
    return [
        finding(code, "window", name, expected, moment(found), clock)
        for code, name, failed, expected, found in wrong
        if failed
    ]


def _short(value: object) -> str:
    if isinstance(value, int | float):
        return f"{float(value):.0f}" if abs(value) < 10**300 else "> 10^300"
    return "" if value is None else type(value).__name__
