"""How many things of which kind lie on a desk."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.facts import table
from sosach.cases import make_case
from sosach.cases.signing.dealing import deal
from sosach.cases.signing.passport_kinds import ASKING, CODES
from sosach.cases.signing.signature_kinds import KINDS as SIGNATURES
from sosach.cases.signing.token_kinds import KINDS as TOKENS
from sosach.grading.specs import find_spec, load_spec

#: kinds, and how many things of them the small and the large desk hold
ALL = {
    "tokens": (TOKENS, 1),
    "signatures": (SIGNATURES, 1),
    "asking": (ASKING, 2),
    "codes": (CODES, 2),
}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ALL)
def test_deal_every_answer(name, seed):
    """Every answer is right of two things at least on a small desk, of five on a large one."""
    kinds, parts = ALL[name]
    codes = {kind.code for kind in kinds}
    for size, fewest in ((30, 2), (600, 5)):
        found = Counter(kind.code for kind in deal(kinds, size // parts, seed))

        assert sum(found.values()) == size // parts
        assert set(found) == codes
        assert min(found.values()) >= fewest


@pytest.mark.parametrize("name", ALL)
def test_deal_every_kind(name):
    """Every kind occurs on a large desk, none more often than it may."""
    kinds, parts = ALL[name]
    found = Counter(kind.id for kind in deal(kinds, 600 // parts, 1))

    assert set(found) == {kind.id for kind in kinds}
    assert all(found[kind.id] <= kind.most for kind in kinds)


def test_deal_follows_from_the_seed():
    """The same seed deals the same, another one otherwise."""
    assert deal(TOKENS, 30, 1) == deal(TOKENS, 30, 1) != deal(TOKENS, 30, 2)


@pytest.mark.parametrize("name", ALL)
def test_kinds_answers_are_listed(name):
    """Every right answer stands in the table of closed answers, and ids are unique."""
    kinds, _ = ALL[name]

    assert {kind.code for kind in kinds} <= {row["code"] for row in table("verdict_codes")}
    assert len({kind.id for kind in kinds}) == len(kinds)


def test_verdict_codes_fit_the_keyboard():
    """An exercise has nine answers at most, one key each; no code and no label stands twice in one."""
    rows = table("verdict_codes")
    for exercise in {row["exercise"] for row in rows}:
        own = [row for row in rows if row["exercise"] == exercise]

        assert len(own) <= 9
        assert len({row["meaning_vi"] for row in own}) == len(own)
    assert len({row["code"] for row in rows}) == len(rows)


@pytest.mark.parametrize("exercise", sorted({row["exercise"] for row in table("verdict_codes")}))
def test_desks_do_not_say_the_answer(exercise):
    """Nothing that lies beside a thing says what is the matter, or any answer by its label."""
    case = make_case(load_spec(find_spec(exercise)), "lam_quen", 1)
    labels = {
        r["meaning_vi"].casefold() for r in table("verdict_codes") if r["exercise"] == exercise
    }
    for row in case.files["can_kiem_tra"]:
        item = row["doi_tuong_kiem_tra"]
        papers = case.papers.get(item, [])
        told = [row["noi_dung"], *(part for p in papers for part in (p.title, p.text))]
        said = " ".join(told).casefold()

        assert case.key.choices[item].title.casefold() not in said
        assert [label for label in labels if len(label.split()) > 1 and label in said] == []
