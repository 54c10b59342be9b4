"""CertLogic, by cases written from its specification; a rule in doubt is never a pass."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.signing.passport.certlogic import CertLogicError, as_json, evaluate, parse_time

NOW = "2022-05-14T01:00:00Z"


def plus(text, amount=0, unit="day"):
    """Return the expression of a moved time."""
    return {"plusTime": [text, amount, unit]}


@pytest.mark.parametrize(
    ("expression", "data", "value"),
    [
        # literals and lists evaluate to themselves, item by item
        (True, None, True),
        (3, None, 3),
        ("", None, ""),
        ([1, {"var": "a"}], {"a": "x"}, [1, "x"]),
        # var: what is not there is null
        ({"var": ""}, {"a": 1}, {"a": 1}),
        ({"var": "a.0.b"}, {"a": [{"b": 3}]}, 3),
        ({"var": "a.7.b"}, {"a": [{"b": 3}]}, None),
        ({"var": "a.b.c"}, {"a": None}, None),
        ({"var": "a.x"}, {"a": [1]}, None),
        ({"var": "a.-1"}, {"a": [1]}, None),
        ({"var": "a.0"}, {"a": "text"}, None),
        ({"var": "0"}, [7], 7),
        # if and truthiness: six falsy values
        *(({"if": [{"var": "x"}, 1, 2]}, {"x": x}, 2) for x in (False, None, "", 0, [], {})),
        *(({"if": [{"var": "x"}, 1, 2]}, {"x": x}, 1) for x in (True, " ", 5, [0], {"a": 0})),
        # and: lazy, first falsy or last value
        ({"and": [1, "a"]}, None, "a"),
        ({"and": [1, 0, {"nope": [1]}]}, None, 0),
        ({"and": [{"var": "x"}, True]}, {"x": []}, []),
        # negation
        ({"!": [{"var": "x"}]}, {}, True),
        ({"!": ["a"]}, None, False),
        # equality without conversion
        ({"===": [1, 1]}, None, True),
        ({"===": [1, True]}, None, False),
        ({"===": ["1", 1]}, None, False),
        ({"===": [{"var": "x"}, {"var": "y"}]}, {}, True),
        # membership
        ({"in": ["VN", ["LA", "VN"]]}, None, True),
        ({"in": [1, [True, "1"]]}, None, False),
        ({"in": ["VN", {"var": "x"}]}, {}, False),
        ({"in": [{"var": "x"}, [0]]}, {}, False),
        # integers
        ({"+": [2, -3]}, None, -1),
        ({"<": [1, 2]}, None, True),
        ({"<": [1, 2, 2]}, None, False),
        ({"<=": [1, 2, 2]}, None, True),
        ({">": [3, 2, 1]}, None, True),
        ({">=": [1, 2]}, None, False),
        # times
        ({"after": [plus("2022-05-14"), plus("2022-05-13")]}, None, True),
        ({"before": [plus("2022-05-14"), plus("2022-05-14")]}, None, False),
        ({"not-after": [plus("2022-05-14"), plus("2022-05-14")]}, None, True),
        ({"not-before": [plus("2022-05-14"), plus("2022-05-15")]}, None, False),
        ({"before": [plus("2021"), plus("2022-05"), plus("2022-06-01")]}, None, True),
        # reduce sees the item and what there is so far, nothing else
        (
            {"reduce": [[1, 2, 3], {"+": [{"var": "accumulator"}, {"var": "current"}]}, 10]},
            None,
            16,
        ),
        ({"reduce": [[], {"nope": [1]}, 4]}, None, 4),
        ({"reduce": [{"var": "x"}, {"nope": [1]}, 4]}, {}, 4),
        ({"reduce": [[1], {"var": "data"}, 0]}, {"z": 1}, None),
        # parts of a certificate number
        ({"extractFromUVCI": ["URN:UVCI:01:VN:DA07#8", 2]}, None, "DA07"),
        ({"extractFromUVCI": ["01:VN:DA07", 1]}, None, "VN"),
        ({"extractFromUVCI": ["a::c/#/f", 5]}, None, "f"),
        ({"extractFromUVCI": ["a", 1]}, None, None),
        ({"extractFromUVCI": ["a", -1]}, None, None),
        ({"extractFromUVCI": [{"var": "x"}, 0]}, {}, None),
    ],
)
def test_evaluate(expression, data, value):
    """Each operation does what the specification says."""
    found = evaluate(expression, data)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (plus("2020-02-29", 1, "day"), "2020-03-01T00:00:00.000Z"),
        (plus("2020-02-29", 1, "month"), "2020-03-29T00:00:00.000Z"),
        (plus("2020-02-29", 1, "year"), "2021-03-01T00:00:00.000Z"),
        (plus("2021-12-31", 2, "month"), "2022-03-03T00:00:00.000Z"),
        (plus("2021-01-31", -2, "month"), "2020-12-01T00:00:00.000Z"),
        (plus("2021-11-05T07:30:00+07:00", 48, "hour"), "2021-11-07T00:30:00.000Z"),
        (plus("2021", 0), "2021-12-31T00:00:00.000Z"),
        (plus("2020-02", 0), "2020-02-29T00:00:00.000Z"),
        ({"dccDateOfBirth": ["1950"]}, "1950-12-31T00:00:00.000Z"),
        ({"dccDateOfBirth": ["1950-02"]}, "1950-02-28T00:00:00.000Z"),
        ({"dccDateOfBirth": ["1950-02-03"]}, "1950-02-03T00:00:00.000Z"),
    ],
)
def test_evaluate_times(expression, text):
    """Times move as JavaScript's do, leap days included (table of the specification)."""
    assert as_json(evaluate(expression, None)) == text


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("2021-11-05T07:30:00", 0),
        ("2021-11-05T07:30:00Z", 0),
        ("2021-11-05T14:30:00+7", 0),
        ("2021-11-05T14:30:00+07", 0),
        ("2021-11-05T14:30:00+700", 0),
        ("2021-11-05T14:30:00+0700", 0),
        ("2021-11-05T14:30:00+7:00", 0),
        ("2021-11-05T04:00:00.1-03:30", 100),
        ("2021-11-05T07:30:00.123999Z", 123),
    ],
)
def test_parse_time_forms(text, milliseconds):
    """Every form of the specification is the same moment; beyond milliseconds is cut off."""
    assert parse_time(text) == datetime(2021, 11, 5, 7, 30, 0, 1000 * milliseconds, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "2021-13",
        "2021-02-30",
        "2021-11-5",
        "2021-11-05 07:30:00",
        "2021-11-05T25:00:00",
        "2021-11-05T07:30",
        "0000",
        "٢٠٢١",
        "2021-11-05T07:30:00.Z",
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_parse_time_refused(text):
    """What is no date of these forms, or no day that exists, has no value."""
    with pytest.raises(CertLogicError):
        parse_time(text)


@pytest.mark.parametrize(
    "expression",
    [
        None,
        1.5,
        {},
        {"a": [1], "b": [2]},
        {"nope": [1]},
        {"var": 1},
        {"var": ["a"]},
        {"and": [1]},
        {"and": []},
        {"and": True},
        {"if": [1, 2]},
        {"!": [1, 2]},
        {"===": [1]},
        {"in": ["a", "abc"]},
        {"+": [1, "1"]},
        {"+": [1, True]},
        {"+": [2**53 - 1, 1]},
        {"<": [1, "2"]},
        {"<": [1, 2, 3, 4]},
        {"after": ["2021", "2022"]},
        {"before": [{"plusTime": ["2021", 0, "day"]}, 5]},
        {"plusTime": [{"var": "x"}, 0, "day"]},
        {"plusTime": ["2021", {"+": [1, 1]}, "day"]},
        {"plusTime": ["2021", 0, "week"]},
        {"plusTime": ["9999", 1, "year"]},
        {"plusTime": ["2021", 10**12, "hour"]},
        {"plusTime": [{"plusTime": ["2021", 0, "day"]}, 0, "day"]},
        {"dccDateOfBirth": ["2021-01-01T00:00:00Z"]},
        {"reduce": ["abc", 1, 2]},
        {"extractFromUVCI": [5, 0]},
        {"extractFromUVCI": ["a", "0"]},
        {"if": [{"plusTime": ["2021", 0, "day"]}, 1, 2]},
    ],
)
def test_evaluate_refused(expression):
    """What is outside the language, or of the wrong kind, has no value."""
    with pytest.raises(CertLogicError):
        evaluate(expression, {})


def nested(depth):
    """Return an expression of negations."""
    expression = True
    for _ in range(depth):
        expression = {"!": [expression]}
    return expression


@pytest.mark.parametrize(
    "expression",
    [
        nested(5000),
        # 60 doublings build what no memory could hold as text
        {"+": [{"reduce": [[0] * 60, [{"var": "accumulator"}] * 2, 1]}, 1]},
        # a million steps
        {"reduce": [[0] * 1000, {"reduce": [[0] * 1000, {"var": "accumulator"}, 0]}, 0]},
    ],
)
def test_evaluate_endless(expression):
    """Rules without end are stopped."""
    with pytest.raises(CertLogicError):
        evaluate(expression, {})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)
OPERATIONS = st.sampled_from(
    [
        "if",
        "and",
        "!",
        "===",
        "in",
        "+",
        ">",
        "after",
        "not-before",
        "reduce",
        "plusTime",
        "dccDateOfBirth",
        "extractFromUVCI",
        "var",
    ]
)


@given(
    st.recursive(
        JSON | st.builds(lambda path: {"var": path}, st.text("ab.01", max_size=6)),
        lambda inner: st.builds(
            lambda name, operands: {name: operands}, OPERATIONS, st.lists(inner, max_size=4)
        ),
        max_leaves=15,
    ),
    JSON,
)
def test_evaluate_anything(expression, data):
    """Any JSON is a value or a `CertLogicError`."""
    try:
        evaluate(expression, data)
    except CertLogicError:
        return
