"""The form of a passport's content in each version of the DCC schema, 1.0.0 to 1.3.3.

Form only: which fields there are, of what kind, how long. Codes are `codes`, meaning is `content`,
and how many events there may be is checked with the signer's purpose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from sosach.signing.passport.refusal import finding
from sosach.signing.verdicts import Finding

__all__ = ["VERSIONS", "check_schema", "schema"]

#: published versions (ehn-dcc-development/eu-dcc-schema); 1.3.3 was the last
VERSIONS = ("1.0.0", "1.0.1", "1.1.0", "1.2.0", "1.2.1", "1.3.0", "1.3.1", "1.3.2", "1.3.3")
#: the published pattern forgets to escape its dots, and then takes for ever over many digits
VERSION = r"^\d+\.\d+\.\d+$"
#: as many findings say enough of a content without any form
MOST = 10

Form = dict[str, Any]
TEXT: Form = {"type": "string"}
DATE: Form = {"type": "string", "format": "date"}
TIME: Form = {"type": "string", "format": "date-time"}
_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?", re.ASCII | re.IGNORECASE
)
_FORMATS = FormatChecker(())


def _is_date(value: object) -> bool:
    """Tell whether a text is a day that exists; real passports add a time of midnight."""
    if not isinstance(value, str):
        return True
    day = value[: len("yyyy-mm-dd")]
    return (len(value) == len(day) or _is_time(value)) and _read(date.fromisoformat, day)


def _is_time(value: object) -> bool:
    """Tell whether a text is a time that exists, with or without seconds and zone."""
    if not isinstance(value, str):
        return True
    return bool(_TIME.fullmatch(value)) and _read(datetime.fromisoformat, value.upper())


def _read(read: Any, text: str) -> bool:  # noqa: ANN401 - a parser of dates
    try:
        read(text)
    except ValueError:
        return False
    return True


_FORMATS.checks("date")(_is_date)
_FORMATS.checks("date-time")(_is_time)


@cache
def schema(version: str) -> Form:
    """Return the form of one version as JSON Schema.

    Parameters
    ----------
    version : str
        One of `VERSIONS`.

    Returns
    -------
    dict
    """
    place = VERSIONS.index(version)
    since_1_3, since_1_3_2 = (place >= VERSIONS.index(start) for start in ("1.3.0", "1.3.2"))
    named = {"anyOf": [{"required": ["fnt"]}, {"required": ["gnt"]}]}
    groups = _groups(since_1_3, version < "1.2.0")
    one = {"maxItems": 1} if since_1_3 else {}
    return {
        "type": "object",
        "required": ["ver", "nam", "dob"],
        "properties": {
            "ver": {"type": "string", "pattern": VERSION},
            "nam": {
                "type": "object",
                **(named if since_1_3_2 else {"required": ["fnt"]}),
                "properties": _names(80 if since_1_3 else 50),
            },
            "dob": _birth(version),
            **{
                group: {"type": "array", "minItems": 1, **one, "items": form}
                for group, form in groups.items()
            },
        },
    }


def _names(longest: int) -> Form:
    text = {"type": "string", "maxLength": longest}
    machine = {**text, "pattern": "^[A-Z<]*$"}
    return {"fn": text, "fnt": machine, "gn": text, "gnt": machine}


def _birth(version: str) -> Form:
    if version < "1.1.0":
        return {"type": "string", "pattern": r"(19|20)\d{2}-\d{2}-\d{2}", "format": "date"}
    some = r"(19|20)\d\d(-\d\d){0,2}"
    return {"type": "string", "pattern": f"^{some}$" if version < "1.3.0" else f"^({some}){{0,1}}$"}


def _groups(since_1_3: bool, has_result_time: bool) -> dict[str, Form]:
    """Return the form of a vaccination, a test and a recovery."""
    long = {"type": "string", "maxLength": 80 if since_1_3 else 50}
    count = {"type": "integer", "minimum": 1, **({} if since_1_3 else {"maximum": 9})}
    country = {"type": "string", "pattern": "[A-Z]{1,10}"}
    every = {"tg": TEXT, "co": country, "is": long, "ci": long}
    vaccination = {"vp": TEXT, "mp": TEXT, "ma": TEXT, "dn": count, "sd": count, "dt": DATE}
    recovery = {"fr": DATE, "df": DATE, "du": DATE}
    test = {"tt": TEXT, "sc": TIME, "tr": TEXT}
    centre = {"tc": long}
    optional = {
        "nm": long if since_1_3 else TEXT,
        "ma": TEXT,
        **({"dr": TIME} if has_result_time else {}),
        **(centre if since_1_3 else {}),
    }
    return {
        "v": _event({**every, **vaccination}, {}),
        "t": _event({**every, **test, **({} if since_1_3 else centre)}, optional),
        "r": _event({**every, **recovery}, {}),
    }


def _event(required: Form, optional: Form) -> Form:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


@cache
def _validator(version: str) -> Draft202012Validator:
    return Draft202012Validator(schema(version), format_checker=_FORMATS)


def check_schema(content: Mapping[str, Any]) -> list[Finding]:
    """Check the form of a content by the version that it names.

    Parameters
    ----------
    content : dict
        JSON, as of `sosach.signing.passport.claims.Claims`.

    Returns
    -------
    list of Finding
        ``SCHEMA`` for each place that is wrong, at most ten; ``SCHEMA_VERSION``, a note, where
        the version is unknown and the nearest one below was used.
    """
    named = content.get("ver")
    version = _nearest(named)
    notes = [] if version == named else [finding("SCHEMA_VERSION", "schema", "ver", version, named)]
    errors = _validator(version).iter_errors(content)
    wrong = [_said(error) for error, _ in zip(errors, range(MOST), strict=False)]
    return [*notes, *wrong]


def _said(error: ValidationError) -> Finding:
    """Say one error by its place, what was wanted there and what is there."""
    place = ".".join(str(part) for part in error.absolute_path)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return finding("SCHEMA", "schema", place, ", ".join(missing))
    wanted = f"{error.validator} {error.validator_value}"[:120]
    return finding("SCHEMA", "schema", place, wanted, _shown(error.instance))


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(list(value)[:MOST]) or "{}"
    return repr(value)[:80] if isinstance(value, str | int | float) else type(value).__name__


def _nearest(named: object) -> str:
    """Return the version named, or else the last one below it."""
    found = re.fullmatch(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})", str(named), re.ASCII)
    if not found:
        return VERSIONS[0]
    wanted = [int(part) for part in found.groups()]
    below = [each for each in VERSIONS if [int(part) for part in each.split(".")] <= wanted]
    return below[-1] if below else VERSIONS[0]
