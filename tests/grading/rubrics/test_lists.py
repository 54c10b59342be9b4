from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.grading.rubrics.key import Expected, Key
from sosach.grading.rubrics.lists import list_membership

KINDS = {
    "a": Expected(groups=frozenset("a"), title="Không có số", basis="CV 2262"),
    "b": Expected(groups=frozenset("b"), title="Sai định dạng", basis="CV 2262"),
    "c": Expected(groups=frozenset("c"), title="Sai họ tên", basis="CV 2262"),
    "b|c": Expected(groups=frozenset("bc"), title="Mã tỉnh không có", basis="CV 2262"),
    "optional": Expected(groups=frozenset("c"), optional=True, title="Nền tảng vẫn báo sai"),
    "clean": Expected(),
    "decoy": Expected(decoy=True, causes=("D01",), title="Mã tỉnh khác TP.HCM"),
}
CLASSES = ("a", "b", "c", "clean", "decoy")


def make_key(kinds):
    """Number the records of the given kinds."""
    return Key({f"HS{i:03d}": KINDS[kind] for i, kind in enumerate(kinds)})


def rows_of(decisions):
    """Turn decisions (record -> group, "" = left out) into the rows of a list."""
    return [{"ma_ho_so": code, "nhom": group} for code, group in decisions.items() if group]


def right(expected):
    """Return a right decision."""
    return "" if expected.optional or not expected.groups else min(expected.groups)


def judged(rows, key):
    """Weigh a list."""
    return list_membership(rows, key, {}).score()


def fraction(decisions, key):
    """Score decisions."""
    return judged(rows_of(decisions), key).fraction


#: packs in which each of the five classes occurs at least twice
packs = st.lists(st.sampled_from(sorted(KINDS)), max_size=40).map(
    lambda more: make_key([*CLASSES, *CLASSES, *more])
)


@given(packs)
def test_list_membership_perfect(key):
    """Listing exactly what must be listed earns everything."""
    assert fraction({c: right(e) for c, e in key.records.items()}, key) == 1


@given(packs)
def test_list_membership_optional_listed_in_c(key):
    """Listing the optional records in group c earns everything as well."""
    decisions = {c: "c" if e.optional else right(e) for c, e in key.records.items()}

    assert fraction(decisions, key) == 1


@given(packs)
def test_list_membership_untouched(key):
    """An empty list earns nothing."""
    assert fraction({}, key) == 0


@given(packs, st.sampled_from("abc"))
def test_list_membership_everything_in_one_group(key, group):
    """Referring everything in one group stays below half of the points."""
    assert fraction(dict.fromkeys(key.records, group), key) < 0.5


@given(packs)
def test_list_membership_one_right_row(key):
    """A single right row does not earn what was left out: less than a fifth of the points."""
    first = next(c for c, e in key.records.items() if e.groups and not e.optional)

    assert fraction({first: right(key.records[first])}, key) < 0.2


@given(packs, st.sampled_from("abc"))
def test_list_membership_one_group_only(key, group):
    """Who lists one group rightly and nothing else stays below half of the points."""
    decisions = {c: right(e) for c, e in key.records.items() if right(e) == group}

    assert fraction(decisions, key) < 0.5


@given(packs)
def test_list_membership_everything_in_its_group(key):
    """Who lists everything, rightly where it belongs and in c otherwise, stays below half."""
    assert fraction({c: right(e) or "c" for c, e in key.records.items()}, key) < 0.5


@given(packs, st.randoms())
def test_list_membership_order_of_rows(key, source):
    """The order of rows changes nothing."""
    decisions = {c: source.choice(["", "a", "b", "c"]) for c in key.records}
    rows = rows_of(decisions)
    shuffled = source.sample(rows, len(rows))

    assert list_membership(rows, key, {}) == list_membership(shuffled, key, {})


@given(packs, st.randoms())
def test_list_membership_bounds(key, source):
    """Whatever is listed, the fraction lies in [0, 1] and every record gets a sentence."""
    decisions = {c: source.choice(["", "a", "b", "c"]) for c in key.records}
    score = judged(rows_of(decisions), key)

    assert 0 <= score.fraction <= 1
    assert [finding.item for finding in score.findings] == list(key.records)
    assert all(finding.text.endswith(".") for finding in score.findings)


def careless(key, rate, source):
    """Decide rightly, but with `rate` take one of the three other decisions."""
    return {
        code: source.choice([d for d in ("", "a", "b", "c") if d != right(e)])
        if source.random() < rate
        else right(e)
        for code, e in key.records.items()
    }


#: 30 records as the recipe of k1_02 has them
THIRTY = ["a"] * 4 + ["b"] * 4 + ["c"] * 4 + ["optional"] * 2 + ["clean"] * 12 + ["decoy"] * 4


def test_list_membership_careless_expectation():
    """With every tenth decision wrong, the expected fraction is between 0.80 and 0.95.

    Mistakes are independent, so a share is right 0.9 on average, and the product of what was
    listed and what was left out is 0.81: (3 x 0.9 + 2 x 0.81) / 5. One in ten of the 16 records
    without need is listed; of the two optional ones every tenth, of which two thirds wrongly.
    """
    expected = (3 * 0.9 + 2 * 0.81) / 5 - 0.25 * (16 * 0.1 + 2 * 0.1 * 2 / 3) / 16
    source = random.Random(1)  # noqa: S311 - no secret is made here
    key = make_key(THIRTY)
    scores = [fraction(careless(key, 0.1, source), key) for _ in range(4000)]

    assert 0.80 <= expected <= 0.95
    assert sum(scores) / 4000 == pytest.approx(expected, abs=5 * 0.06 / 4000**0.5)


@pytest.mark.parametrize("seed", range(5))
def test_list_membership_careless_sample(seed):
    """Two hundred careless trainees average 0.80 to 0.95 under every seed.

    The standard error of the mean is 0.005; the expectation 0.84 is 8 of them from a bound.
    """
    source = random.Random(seed)  # noqa: S311 - no secret is made here
    key = make_key(THIRTY)
    scores = [fraction(careless(key, 0.1, source), key) for _ in range(200)]

    assert 0.80 <= sum(scores) / len(scores) <= 0.95


def test_list_membership_class_balance(key, perfect):
    """One of three a missing: a earns two thirds, what was left out the mean of a, b and c."""
    score = judged(perfect[1:], key)

    assert score.fraction == pytest.approx((2 / 3 + 1 + 1 + 2 * 8 / 9) / 5)


def test_list_membership_needless_referral(key, perfect):
    """One clean record of five listed costs its class share and a quarter of its share."""
    score = judged([*perfect, {"ma_ho_so": "HS13", "nhom": "c"}], key)

    assert score.fraction == pytest.approx(1 - 1 / 5 / 5 - 0.25 / 7)


def test_list_membership_unknown_record(key, perfect):
    """A code that is not in the pack costs like a needless referral and is named."""
    score = judged([*perfect, {"ma_ho_so": "XX", "nhom": "c"}], key)

    assert score.fraction == pytest.approx(1 - 0.25 / 7)
    assert "XX" in score.notes[0]


def test_list_membership_only_unknown_records(key):
    """A list without any record of the pack earns nothing and says why."""
    score = judged([{"ma_ho_so": "XX", "nhom": "c"}], key)

    assert score.fraction == 0
    assert "gói bài" in score.notes[0]


@pytest.mark.parametrize("group", ["a", "b"])
def test_list_membership_optional_in_wrong_group(key, perfect, group):
    """An optional record listed in a or b costs like a needless referral."""
    score = judged([*perfect, {"ma_ho_so": "HS11", "nhom": group}], key)

    assert score.fraction == pytest.approx(1 - 0.25 / 7)


@pytest.mark.parametrize("group", ["b", "c"])
def test_list_membership_two_right_groups(key, perfect, group):
    """Where two groups are right, either earns everything."""
    rows = [{**row, "nhom": group} if row["ma_ho_so"] == "HS10" else row for row in perfect]

    assert judged(rows, key).fraction == 1


def test_list_membership_reasons(key, perfect):
    """A lost record is told its group, what was done and the document; a right one only so."""
    rows = [{"ma_ho_so": "HS00", "nhom": "b"}, {"ma_ho_so": "HS18", "nhom": "c"}, *perfect[2:]]
    findings = {f.item: f for f in judged(rows, key).findings}
    texts = {item: finding.text for item, finding in findings.items()}

    assert texts["HS00"].startswith("Thuộc nhóm a, anh/chị đã xếp nhóm b")
    assert texts["HS01"].startswith("Thuộc nhóm a, anh/chị chưa đưa vào danh sách")
    assert findings["HS00"].basis == "CV 2262"
    assert "không phải là lỗi" in texts["HS18"]
    assert texts["HS02"] == "Đúng."


def test_list_membership_all_strategies_below_perfect(key):
    """Of all 16 ways to treat kinds alike, only leaving clean and decoy out can be perfect."""
    listed = {c: right(e) or "c" for c, e in key.records.items()}
    for clean, decoy in itertools.product([True, False], repeat=2):
        decisions = {
            c: group
            for c, group in listed.items()
            if key.records[c].groups or (clean if not key.records[c].decoy else decoy)
        }
        assert (fraction(decisions, key) == 1) == (not clean and not decoy)
