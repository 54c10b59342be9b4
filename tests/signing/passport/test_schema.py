"""The form of the content, version by version, checked against the standard's own wording."""

import copy

import pytest
from jsonschema import Draft202012Validator

from sosach.signing.passport.schema import VERSIONS, check_schema, schema

EVERY = {"tg": "840539006", "co": "VN", "is": "X", "ci": "URN:UVCI:01:VN:1"}
EVENTS = {
    "v": {**EVERY, "vp": "J07BX03", "mp": "X", "ma": "X", "dn": 1, "sd": 2, "dt": "2021-11-05"},
    "t": {**EVERY, "tt": "LP6464-4", "sc": "2021-11-05T07:30:00Z", "tr": "260415000", "tc": "X"},
    "r": {**EVERY, "fr": "2021-09-01", "df": "2021-09-12", "du": "2022-03-01"},
}


def content(group="v", version="1.3.0", **cells):
    """Return a right content with other cells in its event."""
    return {
        "ver": version,
        "nam": {"fn": "Đặng", "fnt": "DANG", "gn": "Đạt", "gnt": "DAT"},
        "dob": "1987-03-14",
        group: [{**copy.deepcopy(EVENTS[group]), **cells}],
    }


def fields(found):
    """Return where something failed."""
    return [finding.field for finding in found if finding.fails]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("group", ["v", "t", "r"])
def test_check_schema_right(group, version):
    """A right vaccination, test or recovery passes in every version."""
    assert check_schema(content(group, version)) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_schema_is_a_schema(version):
    """What we made of each version is itself a valid JSON Schema."""
    Draft202012Validator.check_schema(schema(version))


@pytest.mark.parametrize("group", ["v", "t", "r"])
def test_check_schema_every_field_is_needed(group):
    """Without any field of an event, other than a test's centre since 1.3.0, the form is wrong."""
    for name in EVENTS[group]:
        spoiled = content(group)
        del spoiled[group][0][name]
        found = check_schema(spoiled)

        assert [f.expected for f in found] == ([] if name == "tc" else [name])


@pytest.mark.parametrize(
    ("group", "cells", "place"),
    [
        ("v", {"dn": 0}, "v.0.dn"),
        ("v", {"dn": "2"}, "v.0.dn"),
        ("v", {"dt": "2021-13-45"}, "v.0.dt"),
        ("v", {"dt": "05/11/2021"}, "v.0.dt"),
        ("v", {"dt": {}}, "v.0.dt"),
        ("v", {"ci": "x" * 81}, "v.0.ci"),
        ("v", {"co": "vn"}, "v.0.co"),
        ("t", {"sc": "2021-11-05"}, "t.0.sc"),
        ("t", {"sc": "2021-11-05T25:00:00Z"}, "t.0.sc"),
        ("r", {"du": None}, "r.0.du"),
    ],
)
def test_check_schema_wrong_cell(group, cells, place):
    """A wrong cell is named by its place."""
    assert set(fields(check_schema(content(group, **cells)))) == {place}


@pytest.mark.parametrize(
    "time",
    [
        "2021-11-05T07:30:00+07:00",
        "2021-11-05T07:30:00.123+0700",
        "2021-11-05T07:30:00+07",
        "2021-11-05T07:30",
    ],
)
def test_check_schema_spellings_of_a_time(time):
    """Times are spelt in many ways in real tests; all of ISO 8601 pass."""
    assert check_schema(content("t", sc=time)) == []


@pytest.mark.parametrize(
    ("version", "dob", "right"),
    [
        ("1.0.1", "1987", False),
        ("1.1.0", "1987", True),
        ("1.2.1", "", False),
        ("1.3.0", "", True),
        ("1.3.3", "1987-03", True),
        ("1.3.3", "1887-03-14", False),
        ("1.3.3", "14/03/1987", False),
    ],
)
def test_check_schema_birth_date(version, dob, right):
    """A partial birth date came with 1.1.0, an empty one with 1.3.0."""
    assert (check_schema({**content(version=version), "dob": dob}) == []) == right


@pytest.mark.parametrize(("version", "longest"), [("1.2.1", 50), ("1.3.0", 80)])
def test_check_schema_length_of_names(version, longest):
    """Names had 50 letters at most, 80 since 1.3.0."""
    right = {**content(version=version), "nam": {"fnt": "A" * longest}}
    wrong = {**content(version=version), "nam": {"fnt": "A" * (longest + 1)}}

    assert check_schema(right) == []
    assert fields(check_schema(wrong)) == ["nam.fnt"]


@pytest.mark.parametrize(("version", "right"), [("1.3.1", False), ("1.3.2", True)])
def test_check_schema_given_name_alone(version, right):
    """Since 1.3.2 one of surname and given name is enough (Decision (EU) 2022/483)."""
    assert (check_schema({**content(version=version), "nam": {"gnt": "DAT"}}) == []) == right


@pytest.mark.parametrize(("version", "places"), [("1.2.1", []), ("1.3.0", ["v"])])
def test_check_schema_two_vaccinations(version, places):
    """Two events of one kind were allowed before 1.3.0."""
    two = content(version=version)
    two["v"] *= 2

    assert fields(check_schema(two)) == places


@pytest.mark.parametrize(
    ("version", "nearest"),
    [("1.3.9", "1.3.3"), ("2.0.0", "1.3.3"), ("1.2.7", "1.2.1"), ("0.9.0", "1.0.0")],
)
def test_check_schema_unknown_version(version, nearest):
    """An unknown version is judged by the nearest below it, with a note."""
    (note,) = check_schema(content(version=version))

    assert (note.code, note.expected, note.fails) == ("SCHEMA_VERSION", nearest, False)


@pytest.mark.parametrize("ver", [None, 1, [], "x", "1.3"])
def test_check_schema_no_version(ver):
    """A version that is none fails at its place."""
    assert fields(check_schema({**content(), "ver": ver})) == ["ver"]


@pytest.mark.parametrize(
    "odd", [{}, {"v": 5}, {"v": [[]] * 50}, {"nam": []}, {"v": [{"dn": []}] * 3}]
)
def test_check_schema_odd(odd):
    """However odd a content is, at most ten findings say so."""
    assert 0 < len(check_schema(odd)) <= 11


@pytest.mark.parametrize("ver", ["1" * 60_000, "1" * 60_000 + "x", "1." * 30_000])
def test_check_schema_long_version(ver):
    """A version of 60,000 digits is refused at once."""
    assert fields(check_schema({**content(), "ver": ver})) == ["ver"]
