"""Entry rules of a country: rules in CertLogic, applied to a passport on a day.

The form is that of the EU's business rules; a rule that cannot be evaluated is never a pass.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sosach.signing.passport.certlogic import CertLogicError, evaluate, parse_time
from sosach.signing.passport.claims import events_of, iso
from sosach.signing.passport.refusal import finding
from sosach.signing.storage import read_limited, reading
from sosach.signing.verdicts import Finding

__all__ = ["Rule", "applies", "check_rules", "destination_rules", "holds", "read_rules"]

#: kind of certificate of a rule -> group of events; a general rule is for all
GROUPS = {"Vaccination": "v", "Test": "t", "Recovery": "r", "General": ""}
#: bytes of a file of rules
LARGEST = 2**20


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes
    ----------
    identifier, country : str
        As ``VR-XD-0001``; ISO code of the country, or a user-assigned one.
    group : {"", "v", "t", "r"}
        For which events, "" for all.
    begins, ends : datetime
        In force from and until, in UTC.
    logic : JSON value
        CertLogic.
    description : dict
        Language -> sentence.
    """

    identifier: str
    country: str
    group: str
    begins: datetime
    ends: datetime
    logic: Any
    description: Mapping[str, str]


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Read rules from a JSON file in the form of the EU's business rules.

    Parameters
    ----------
    path : Path
        One rule or a list of rules: ``Identifier, Country, CertificateType, ValidFrom, ValidTo,
        Description, Logic``.

    Returns
    -------
    tuple of Rule

    Raises
    ------
    SigningError
        ``RULES_BROKEN``.
    OSError
        If the file is missing.
    """
    broken = Finding("RULES_BROKEN", "rules", "file", str(path))
    return _read(read_limited(path, broken, LARGEST), broken)


def _read(data: bytes, broken: Finding) -> tuple[Rule, ...]:
    with reading(broken):
        rows = json.loads(data)
        return tuple(_rule(row) for row in (rows if isinstance(rows, list) else [rows]))


def _rule(row: Mapping[str, Any]) -> Rule:
    said = {each["lang"]: str(each["desc"]) for each in row["Description"]}
    return Rule(
        str(row["Identifier"]),
        str(row["Country"]),
        GROUPS[row["CertificateType"]],
        parse_time(row["ValidFrom"]),
        parse_time(row["ValidTo"]),
        row["Logic"],
        said,
    )


@cache
def destination_rules() -> tuple[Rule, ...]:
    """Return the rules of the invented country that exercises travel to."""
    path = files("sosach.signing") / "reference" / "destination_rules.json"
    return _read(path.read_bytes(), Finding("RULES_BROKEN", "rules", "file", str(path)))


def applies(rule: Rule, content: Mapping[str, Any], clock: datetime) -> bool:
    """Tell whether a rule is in force and about this kind of passport."""
    groups = {group for group, _ in events_of(content)}
    return rule.begins <= clock <= rule.ends and (not rule.group or rule.group in groups)


def holds(
    rule: Rule, content: Mapping[str, Any], clock: datetime, external: Mapping[str, Any]
) -> bool:
    """Tell whether a passport meets a rule.

    Parameters
    ----------
    rule : Rule
    content : dict
    clock : datetime
    external : mapping
        Further parameters, as ``valueSets``, ``iat``, ``exp``, ``countryCode``.

    Returns
    -------
    bool

    Raises
    ------
    CertLogicError
        If the rule has no value for this passport, or one that is neither true nor false.
    """
    data = {"payload": dict(content), "external": {**external, "validationClock": iso(clock)}}
    value = evaluate(rule.logic, data)
    if not isinstance(value, bool):
        message = f"a rule must be true or false, found {type(value).__name__}"
        raise CertLogicError(message)
    return value


def check_rules(
    rules: Sequence[Rule],
    content: Mapping[str, Any],
    clock: datetime,
    external: Mapping[str, Any] | None = None,
) -> list[Finding]:
    """Apply all rules that are in force.

    Parameters
    ----------
    rules : sequence of Rule
    content : dict
        As of `sosach.signing.passport.claims.Claims`.
    clock : datetime
        The day of arrival, with a zone.
    external : mapping, optional
        As of `holds`.

    Returns
    -------
    list of Finding
        ``RULE_FAILED`` and ``RULE_OPEN``, the rule in ``field``.
    """
    return [
        wrong
        for rule in rules
        if applies(rule, content, clock)
        for wrong in _check(rule, content, clock, external or {})
    ]


def _check(
    rule: Rule, content: Mapping[str, Any], clock: datetime, external: Mapping[str, Any]
) -> Iterator[Finding]:
    said = rule.description.get("vi") or rule.description.get("en", "")
    try:
        if not holds(rule, content, clock, external):
            yield finding("RULE_FAILED", "rules", rule.identifier, said, at=clock)
    except CertLogicError as error:
        yield finding("RULE_OPEN", "rules", rule.identifier, said, error, at=clock)
