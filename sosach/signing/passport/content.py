"""Whether a well-formed content makes sense: names, dates, the holder, the register.

Everything here comes after the signature: a passport can be genuine and still be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from generator.vietnamese import icao, nfc, strip_diacritics
from sosach.signing.passport.claims import events_of
from sosach.signing.passport.refusal import finding
from sosach.signing.verdicts import Finding

__all__ = ["Known", "check_content", "check_holder", "fingerprint", "machine_name"]

STAGE = "content"
#: names as written, and as machines read them
NAMES = (("fn", "fnt"), ("gn", "gnt"))
#: pairs of which the first is not later than the second; the day of issue counts as ``iat``
ORDER = (
    *(("dob", "v.dt"), ("v.dt", "iat"), ("dob", "t.sc"), ("t.sc", "iat")),
    *(("dob", "r.fr"), ("r.fr", "r.df"), ("r.df", "r.du")),
)


@dataclass(frozen=True)
class Known:
    """What is known beside the passport; nothing of it has to be.

    Attributes
    ----------
    holder : dict or None
        Content of the passport that this person should have, as of
        `sosach.signing.passport.entry.content_of`: names and birth date, and the dose where it is
        to be compared too.
    issued : mapping
        Certificate number -> `fingerprint` of what was issued under it.
    """

    holder: Mapping[str, Any] | None = None
    issued: Mapping[str, str] = field(default_factory=dict)


def machine_name(name: str) -> str:
    """Return a name as machines read it: A to Z, words joined by ``<`` (ICAO Doc 9303, part 3).

    Raises
    ------
    ValueError
        If a character has no rule.

    Examples
    --------
    >>> machine_name("Thị Đài Trang")
    'THI<DAI<TRANG'
    """
    return icao(name).replace(" ", "<")


def fingerprint(payload: bytes) -> str:
    """Return what identifies a signed payload, whatever signature or text it is carried in."""
    return sha256(payload).hexdigest()


def check_content(content: Mapping[str, Any], issued: date) -> list[Finding]:
    """Check names and dates.

    Parameters
    ----------
    content : dict
        As of `sosach.signing.passport.claims.Claims`.
    issued : date
        The day of issue.

    Returns
    -------
    list of Finding
        ``NOT_NFC``, ``NAME_TRANSLITERATION``, ``DATE_ORDER``.
    """
    names = content.get("nam")
    names = names if isinstance(names, Mapping) else {}
    return [*_check_names(names), *_check_order(content, issued)]


def _check_names(names: Mapping[str, Any]) -> Iterator[Finding]:
    for shown, machine in NAMES:
        name, plain = names.get(shown), names.get(machine)
        if not isinstance(name, str):
            continue
        if name != nfc(name):
            yield finding("NOT_NFC", STAGE, f"nam.{shown}", "NFC", ascii(name))
        try:
            wanted = machine_name(name)
        except ValueError:
            continue  # a script without a rule of ours: nothing to compare with
        # Doc 9303 leaves both Ö -> OE and Ö -> O open; fillers may be doubled
        allowed = {wanted, machine_name(strip_diacritics(name))}
        if isinstance(plain, str) and re.sub("<+", "<", plain.strip("<")) not in allowed:
            yield finding("NAME_TRANSLITERATION", STAGE, f"nam.{machine}", wanted, plain)


def _check_order(content: Mapping[str, Any], issued: date) -> Iterator[Finding]:
    for group, event in events_of(content):
        # where it was signed it may have been the next day already
        days = {"dob": content.get("dob"), "iat": (issued + timedelta(days=1)).isoformat()}
        days |= {f"{group}.{name}": value for name, value in event.items()}
        for earlier, later in ORDER:
            first, second = _day(days.get(earlier)), _day(days.get(later))
            if first and second and first > second:
                name, limit = (
                    (earlier, f"<= {second}") if later == "iat" else (later, f">= {first}")
                )
                yield finding("DATE_ORDER", STAGE, name, limit, days[name])


def _day(text: object) -> date | None:
    """Read the day of a date or time; None where it is missing, partial or wrong in form."""
    found = re.match(r"\d{4}-\d\d-\d\d", text, re.ASCII) if isinstance(text, str) else None
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def check_holder(content: Mapping[str, Any], payload: bytes, known: Known) -> list[Finding]:
    """Compare a passport with the person who shows it and with those issued before.

    Parameters
    ----------
    content : dict
    payload : bytes
        As signed.
    known : Known

    Returns
    -------
    list of Finding
        ``HOLDER_MISMATCH``: another person, then nothing else is compared; ``RECORD_MISMATCH``:
        the dose of the record is another one; ``DUPLICATE_CI``.
    """
    found = _compare(content, known.holder) if known.holder else []
    numbers = [event.get("ci") for _, event in events_of(content)]
    own = fingerprint(payload)
    for number in numbers:
        if isinstance(number, str) and known.issued.get(number, own) != own:
            found.append(finding("DUPLICATE_CI", STAGE, "ci", found=number))
    return found


def _compare(content: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Finding]:
    person = _differences("HOLDER_MISMATCH", _person(content), _person(wanted))
    return person or _differences("RECORD_MISMATCH", _dose(content), _dose(wanted))


def _person(content: Mapping[str, Any]) -> dict[str, object]:
    names = content.get("nam")
    names = names if isinstance(names, Mapping) else {}
    return {
        "dob": content.get("dob"),
        **{f"nam.{name}": names.get(name) for name in ("fnt", "gnt")},
    }


def _dose(content: Mapping[str, Any]) -> dict[str, object]:
    """Return the dose as the register knows it: not the number, not who issued."""
    dose = dict(events_of(content)).get("v", {})
    return {f"v.{name}": dose.get(name) for name in ("mp", "ma", "dn", "sd", "dt")}


def _differences(
    code: str, found: Mapping[str, object], wanted: Mapping[str, object]
) -> list[Finding]:
    return [
        finding(code, STAGE, name, expected, found.get(name))
        for name, expected in wanted.items()
        if expected is not None and found.get(name) != expected
    ]
