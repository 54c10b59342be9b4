"""Exact weighing: kinds count alike, harm is capped, every lost point belongs to an item."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sosach.grading.rubrics.balance import EDIT, REFERRAL, SIGN, Finding, Judgement, strangers

HARMS = [frozenset(), frozenset([EDIT]), frozenset([SIGN, REFERRAL])]
findings = st.lists(
    st.builds(
        lambda right, kind, harms: Finding(
            "", right, "x.", kind=kind, exposed=harms, harms=frozenset() if right else harms
        ),
        st.booleans(),
        st.sampled_from(["", "a", "b", "c"]),
        st.sampled_from(HARMS),
    ),
    min_size=1,
    max_size=30,
).map(lambda some: [Finding(f"HS{i}", *list(vars(f).values())[1:]) for i, f in enumerate(some)])


@given(findings, st.integers(0, 5))
def test_score_is_one_less_what_items_lost(some, strays):
    """The fraction and what every item lost add up exactly, down to zero."""
    score = Judgement(some, frozenset("c"), strays).score()
    stray = (
        strays
        * Fraction(1, 4)
        / max(
            1,
            *(
                sum(REFERRAL in f.exposed for f in some),
                strays + sum(REFERRAL in f.harms for f in some),
            ),
        )
    )

    assert score.fraction == max(0, 1 - sum(f.lost for f in score.findings) - stray)
    assert all(f.lost == 0 for f in score.findings if f.right)


@given(findings, st.randoms())
def test_score_whatever_the_order(some, source):
    """The order of items changes no bit of the score."""
    shuffled = source.sample(some, len(some))

    assert Judgement(some).score().fraction == Judgement(shuffled).score().fraction


def test_score_kinds_count_alike():
    """One item of a rare kind weighs as much as all of a frequent one."""
    many = [Finding(f"a{i}", True, "x.", kind="a") for i in range(99)]
    rare = Finding("b", False, "x.", kind="b")

    assert Judgement([*many, rare]).score().fraction == Fraction(1, 2)


def test_score_implicit_kind_counts_as_far_as_the_rest_was_done():
    """What is rightly left alone earns nothing where nothing was done."""
    some = [Finding("a", False, "x.", kind="a"), Finding("c", True, "x.", kind="c")]

    assert Judgement(some).score().fraction == Fraction(1, 2)
    assert Judgement(some, frozenset("c")).score().fraction == 0


def test_score_harm_is_capped():
    """Two strays where one item is exposed cost as much as one: a quarter."""
    some = [Finding("a", True, "x.", kind="a", exposed=frozenset([REFERRAL]))]

    assert Judgement(some, strays=1).score().fraction == Fraction(3, 4)
    assert Judgement(some, strays=9).score().fraction == Fraction(3, 4)


def test_score_wrong_sign_costs_everything():
    """Signing all that may not be signed costs as much as the task is worth."""
    harm = frozenset([SIGN])
    some = [
        Finding("a", True, "x.", kind="a"),
        Finding("b", False, "x.", exposed=harm, harms=harm),
    ]

    assert Judgement(some).score().fraction == 0


def test_score_amendment():
    """An answer accepted after an appeal is right for the same error, and does no harm."""
    harm = frozenset([EDIT])
    wrong = Finding("a", False, "x.", "a", causes=("E20",), answer="KEEP", exposed=harm, harms=harm)
    other = Finding("b", False, "x.", "a", causes=("E24",), answer="KEEP")
    score = Judgement([wrong, other]).score({("E20", "KEEP")})

    assert [finding.right for finding in score.findings] == [True, False]
    assert score.fraction == Fraction(1, 2)


def test_score_amendment_of_clean_items():
    """For an item without error the cause is empty."""
    clean = Finding("a", False, "x.", "a", answer="HOLD")

    assert Judgement([clean]).score({("", "HOLD")}).fraction == 1
    assert Judgement([clean]).score({("", "KEEP")}).fraction == 0


def test_strangers_named():
    """Some of the unknown ids are named, the rest counted; known ones are not."""
    count, notes = strangers([f"X{i}" for i in range(8)] + ["HS1"], {"HS1"}, "mã hồ sơ")

    assert count == 8
    assert notes == [
        "8 mã hồ sơ không có trong gói bài của anh/chị: X0, X1, X2, X3, X4 và 3 mã khác."
    ]


def test_strangers_none():
    """Where all are known there is nothing to say."""
    assert strangers(["HS1"], {"HS1"}, "mã hồ sơ") == (0, [])
