from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.grading.artefacts import read_table
from sosach.grading.json_rows import is_json, read_json
from sosach.grading.refusals import Refusal

DOSES = [{"ma_mui": "MU1", "so": 1, "ghi_chu": None}, {"ma_mui": "MU2", "so": 2.5, "them": [1]}]
ROWS = [
    (1, {"ma_mui": "MU1", "so": "1", "ghi_chu": ""}),
    (2, {"ma_mui": "MU2", "so": "2.5", "them": '["1"]'}),
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(DOSES),
        json.dumps(DOSES, indent=2),
        json.dumps({"phien_ban": 1, "cac_mui": DOSES}),
        "\n".join(map(json.dumps, DOSES)),
        "\r\n".join(map(json.dumps, DOSES)) + "\r\n",
    ],
)
def test_read_json_shapes(text):
    """A list, an object around a list, and one object per line are the same rows of text."""
    assert is_json(text)
    assert read_json("ky_so.json", text) == ROWS


def test_read_json_lines_are_numbered_as_in_the_file():
    """In JSON lines a row's number is its line, blank lines counted."""
    assert [n for n, _ in read_json("x", '{"a":1}\n\n{"a":2}\n')] == [1, 3]


def test_read_json_one_object():
    """A single object is a single row."""
    assert read_json("x", '{"a": 1, "b": true}') == [(1, {"a": "1", "b": "true"})]


def test_read_json_long_identity_number():
    """A number keeps all its digits: no identity number is rounded."""
    assert read_json("x", '[{"a": 079}]'.replace("079", "12345678901234567890"))[0][1] == {
        "a": "12345678901234567890"
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a": 1, "a": 2}]', "khóa 'a' hai lần"),
        ('[{"a": NaN}]', "NaN"),
        ('[{"a": -Infinity}]', "-Infinity"),
        ('[{"a": 1' + "0" * 50 + "}]", "số dài hơn"),
        ('[{"a": 1e' + "0" * 50 + "}]", "số dài hơn"),
        ('[{"a": ' + "[" * 20 + "]" * 20 + "}]", "lồng nhau"),
        ("[" * 100_000, "lồng nhau"),
        ('{"a":' * 100_000, "lồng nhau"),
        ('[{"a": 1}', "không phải là JSON đúng cách (dòng 1)"),
        ('{"a": 1}\n{"a": }', "dòng 2 không phải là JSON"),
        ("[1, 2]", "mục 1: cần một mục có tên cột"),
        ('[{"a": 1}, null]', "mục 2"),
    ],
)
def test_read_json_refused(text, said):
    """What two readers could read as two things is refused, with the place."""
    with pytest.raises(Refusal, match=r"ky_so\.json") as refusal:
        read_json("ky_so.json", text)

    assert said in str(refusal.value)


def test_read_table_of_json():
    """A JSON artefact goes through the same rules: columns, keys, codes."""
    form = (("ma_mui", "ket_luan"), ("ma_mui",), {"ket_luan": ("hop_le",)})
    data = b'[{"Ma mui": " MU1 ", "ket_luan": "Hop le", "x": 1}, {"ma_mui": "MU2"}]'

    assert read_table("x.json", data, *form).rows == [{"ma_mui": "MU1", "ket_luan": "hop_le"}]
    with pytest.raises(Refusal, match="thiếu cột ket_luan"):
        read_table("x.json", b'[{"ma_mui": "MU1"}]', *form)
    with pytest.raises(Refusal, match="dòng 1 và dòng 2"):
        read_table(
            "x.json",
            b'[{"ma_mui": "1", "k": 1}, {"ma_mui": "1", "k": 2}]',
            ("ma_mui", "k"),
            ("ma_mui",),
        )


def test_read_table_of_json_without_rows():
    """An empty list is a table without rows, and no column is missing."""
    assert read_table("x.json", b"[]", ("ma_mui",), ("ma_mui",)).rows == []


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
    )
)
def test_read_json_any_value(value):
    """Any JSON is read or refused."""
    with suppress(Refusal):
        read_json("x.json", json.dumps(value))
