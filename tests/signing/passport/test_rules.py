"""Entry rules: in force or not, met or not, and never passed by mistake."""

import json
from datetime import UTC, datetime

import pytest

from sosach.signing.passport.rules import check_rules, destination_rules, read_rules

ARRIVAL = datetime(2022, 5, 14, tzinfo=UTC)


def rule(logic=True, **changes):
    """Return a rule in the form of the EU's business rules."""
    return {
        "Identifier": "VR-XX-1",
        "Country": "XX",
        "CertificateType": "Vaccination",
        "Description": [{"lang": "vi", "desc": "Quy định thử"}],
        "ValidFrom": "2021-07-01T00:00:00Z",
        "ValidTo": "2030-06-01T00:00:00Z",
        "Logic": logic,
        **changes,
    }


@pytest.fixture
def judge(tmp_path):
    """Judge a content by one rule; return the codes."""

    def run(written, content, clock=ARRIVAL, external=None):
        path = tmp_path / "rules.json"
        path.write_text(json.dumps(written), encoding="utf-8")
        return [f.code for f in check_rules(read_rules(path), content, clock, external)]

    return run


VACCINATED = {"v": [{"dn": 2, "sd": 2, "dt": "2021-11-05"}]}


@pytest.mark.parametrize(
    ("logic", "codes"),
    [
        (True, []),
        (False, ["RULE_FAILED"]),
        (1, ["RULE_OPEN"]),  # neither true nor false
        ("yes", ["RULE_OPEN"]),
        ({"nope": [1]}, ["RULE_OPEN"]),
        ({">": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.xx"}]}, ["RULE_OPEN"]),
        ({"===": [{"var": "payload.v.0.dn"}, 2]}, []),
        ({"===": [{"var": "external.validationClock"}, "2022-05-14T00:00:00Z"]}, []),
    ],
)
def test_check_rules_values(judge, logic, codes):
    """True is met, false is not, anything else is open and fails."""
    assert judge(rule(logic), VACCINATED) == codes


def test_check_rules_open_fails(tmp_path):
    """A rule that cannot be evaluated fails the stage."""
    (tmp_path / "r.json").write_text(json.dumps(rule({"nope": [1]})), encoding="utf-8")
    (finding,) = check_rules(read_rules(tmp_path / "r.json"), VACCINATED, ARRIVAL)

    assert finding.fails
    assert (finding.field, finding.expected) == ("VR-XX-1", "Quy định thử")


@pytest.mark.parametrize(
    ("changes", "applies"),
    [
        ({}, True),
        ({"CertificateType": "General"}, True),
        ({"CertificateType": "Test"}, False),
        ({"CertificateType": "Recovery"}, False),
        ({"ValidFrom": "2022-05-14T00:00:01Z"}, False),
        ({"ValidFrom": "2022-05-14T00:00:00Z"}, True),
        ({"ValidTo": "2022-05-13T23:59:59Z"}, False),
    ],
)
def test_check_rules_in_force(judge, changes, applies):
    """A rule is for one kind of passport and for a time."""
    assert judge(rule(False, **changes), VACCINATED) == ["RULE_FAILED"] * applies


def test_check_rules_external(judge):
    """Value sets and the like are handed in."""
    logic = {"in": ["VN", {"var": "external.valueSets.countries"}]}

    assert judge(rule(logic), VACCINATED, external={"valueSets": {"countries": ["VN"]}}) == []


@pytest.mark.parametrize(
    ("content", "failed"),
    [
        (VACCINATED, []),
        ({"v": [{"dn": 1, "sd": 2, "dt": "2022-01-05"}]}, ["VR-XX-0001"]),
        ({"v": [{"dn": 2, "sd": 2, "dt": "2022-05-05"}]}, ["VR-XX-0002"]),
        ({"v": [{"dn": 2, "sd": 2, "dt": "2021-08-01"}]}, ["VR-XX-0003"]),
        ({"v": [{"dn": 3, "sd": 3, "dt": "2022-05-05"}]}, []),
        ({"t": [{"tt": "LP6464-4", "tr": "260415000", "sc": "2022-05-12T00:00:00Z"}]}, []),
        (
            {"t": [{"tt": "LP217198-3", "tr": "260415000", "sc": "2022-05-12T00:00:00Z"}]},
            ["TR-XX-0002"],
        ),
        (
            {"t": [{"tt": "LP6464-4", "tr": "260373001", "sc": "2022-05-13T00:00:00Z"}]},
            ["TR-XX-0001"],
        ),
        ({"r": [{"fr": "2022-03-01"}]}, []),
        ({"r": [{"fr": "2022-05-10"}]}, ["RR-XX-0001"]),
        ({"r": [{"fr": "2021-05-10"}]}, ["RR-XX-0001"]),
    ],
)
def test_destination_rules(content, failed):
    """The invented country asks for a whole course of 14 to 270 days, a fresh test, or recovery."""
    found = check_rules(destination_rules(), content, ARRIVAL)

    assert [(f.code, f.field) for f in found] == [("RULE_FAILED", name) for name in failed]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"5",
        b"{}",
        b"[[]]",
        b"[" * 10**5,
        json.dumps(rule(CertificateType="X")).encode(),
        json.dumps(rule(ValidFrom="now")).encode(),
        json.dumps(rule(Description=None)).encode(),
        b" " * (2**20 + 1),
    ],
)
def test_read_rules_refused(refused, tmp_path, data):
    """Any bytes as a file of rules are rules or one clear error."""
    (tmp_path / "rules.json").write_bytes(data)

    assert refused(read_rules, tmp_path / "rules.json").code == "RULES_BROKEN"
