from __future__ import annotations

from types import SimpleNamespace

import pyarrow as pa
import pytest

from generator.facts import table
from sosach.cases.keys import answer_key, key_sha256, pack_sha256
from sosach.grading.rubrics.key import Expected, Key
from sosach.grading.specs import TaskSpec

LIST = [TaskSpec("danh_sach", "Danh sách", 10, "list_membership", "danh_sach.csv")]


def pack(causes=(), decoys=()):
    """Return three records HS0 to HS2 with these (record, cause) and (record, decoy) pairs."""
    codes = ["HS0", "HS1", "HS2"]
    spoiled = [{"ma_ho_so": c, "cause": cause} for c, cause in causes]
    marks = dict(decoys)
    schema = pa.schema([("ma_ho_so", pa.string()), ("cause", pa.string())])
    return SimpleNamespace(
        doi_tuong=pa.table({"ma_ho_so": codes}),
        mui_tiem=pa.table({"ma_mui": ["M1"]}),
        ledger=pa.Table.from_pylist(spoiled, schema),
        link=pa.table(
            {"ma_ho_so": codes, "decoy": pa.array([marks.get(c) for c in codes], pa.string())}
        ),
    )


@pytest.mark.parametrize(
    ("cause", "groups", "optional"),
    [
        ("E01", "a", False),
        ("E02", "b", False),
        ("E04", "bc", False),
        ("E10", "c", False),
        ("E90", "c", True),
        ("E20", "", False),
    ],
)
def test_answer_key_one_cause(cause, groups, optional):
    """Groups come from the taxonomy; what need not go to the police is optional."""
    expected = answer_key(pack([("HS1", cause)]), LIST).records["HS1"]

    assert expected.groups == frozenset(groups)
    assert expected.optional == optional


def test_answer_key_several_causes():
    """The groups of several causes on one record are united, and one that must go binds."""
    expected = answer_key(pack([("HS1", "E01"), ("HS1", "E90")]), LIST).records["HS1"]

    assert expected.groups == frozenset("ac")
    assert not expected.optional


def test_answer_key_clean_and_decoy():
    """A clean record expects nothing; a decoy neither, but says what it looks like."""
    records = answer_key(pack(decoys=[("HS2", "D01")]), LIST).records

    assert records["HS0"] == Expected()
    assert records["HS2"].decoy
    assert records["HS2"].title == "Mã tỉnh CCCD khác TP.HCM"


def test_answer_key_every_cause_has_a_vietnamese_reason():
    """No English remark of the taxonomy reaches a reason, and every listed cause has a title."""
    for row in table("error_taxonomy"):
        if row["error_group"].startswith("0"):
            continue
        expected = answer_key(pack([("HS0", row["error_id"])]), LIST).records["HS0"]
        assert expected.title
        assert " the " not in f" {expected.basis} "
        assert "mention" not in expected.basis


def test_pack_sha256_every_cell_counts():
    """Another value, also of a dose, gives another fingerprint."""
    one, two = pack(), pack()
    two.mui_tiem = pa.table({"ma_mui": ["M2"]})

    assert pack_sha256(one) == pack_sha256(pack())
    assert pack_sha256(one) != pack_sha256(two)


def test_key_sha256_wording_does_not_count():
    """A reworded reason keeps the fingerprint; another right answer changes it."""
    one = Key({"HS0": Expected(groups=frozenset("a"), title="x")})

    assert key_sha256(one) == key_sha256(Key({"HS0": Expected(groups=frozenset("a"), title="y")}))
    assert key_sha256(one) != key_sha256(Key({"HS0": Expected(groups=frozenset("b"), title="x")}))
