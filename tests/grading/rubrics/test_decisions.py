"""Decisions about records: whole duties, no more and no less; lazy strategies stay below half."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts import column
from sosach.grading.rubrics.decisions import decisions
from sosach.grading.rubrics.key import Act, Duty, Key

ACTIONS = column("action_codes", "code")
DUTIES = {
    "police": Duty(
        causes=("E10",),
        title="Họ tên chưa đúng",
        basis="CV 2262",
        demands=((Act("REFER_POLICE"),),),
        may=(Act("CONTACT_CITIZEN"),),
        kind="REFER_POLICE",
    ),
    "typing": Duty(
        causes=("E24",),
        title="Sai chính tả tên vắc xin",
        demands=((Act("NORMALIZE", frozenset(["M1"]), "ten_vac_xin", frozenset(["Pfizer"])),),),
        kind="NORMALIZE",
    ),
    "stale": Duty(demands=((Act("REPORT_SYSTEM"),),), may=(Act("HOLD"),), kind="REPORT_SYSTEM"),
    "clean": Duty(demands=((Act("KEEP"),),), may=(Act("SIGN"),), kind="KEEP"),
    "unseen": Duty(may=(Act("KEEP"), Act("ASK_FACILITY"))),
}
KINDS = ("police", "typing", "stale", "clean")
packs = st.lists(st.sampled_from(sorted(DUTIES)), max_size=30).map(
    lambda more: make_key([*KINDS, *KINDS, *more])
)


def make_key(kinds):
    """Number the records of the given kinds."""
    return Key(duties={f"HS{i:03d}": DUTIES[kind] for i, kind in enumerate(kinds)})


def row(code, action, **cells):
    """Return one decision."""
    empty = dict.fromkeys(("ma_mui", "truong", "gia_tri_moi", "ma_lien_quan"), "")
    return {"ma_ho_so": code, "hanh_dong": action, **empty, **cells}


def as_row(code, act):
    """Return the decision that an act asks for."""
    cells = {"ma_mui": min(act.doses, default=""), "truong": act.column}
    cells["gia_tri_moi"] = min(act.values, default="")
    cells["ma_lien_quan"] = min(act.related, default="")
    return row(code, act.action, **cells)


def perfect(key):
    """Return the rows of a perfect trainee."""
    return [as_row(code, demand[0]) for code, duty in key.duties.items() for demand in duty.demands]


def fraction(rows, key):
    """Weigh decisions."""
    return decisions(rows, key, {}).score().fraction


@given(packs)
def test_decisions_perfect(key):
    """Doing what is demanded, and no more, earns everything."""
    assert fraction(perfect(key), key) == 1


@given(packs)
def test_decisions_untouched(key):
    """No decision, no credit."""
    assert fraction([], key) == 0


@given(packs, st.sampled_from(ACTIONS))
def test_decisions_one_action_for_all(key, action):
    """The same action everywhere stays below half of the points."""
    assert fraction([row(code, action) for code in key.duties], key) < 0.5


@given(packs)
def test_decisions_every_action_at_once(key):
    """Who ticks everything has done nothing rightly."""
    rows = [row(code, action) for code in key.duties for action in ACTIONS]

    assert fraction(rows, key) == 0


@given(packs, st.randoms())
def test_decisions_random(key, source):
    """Chance stays below half on average of twenty trainees."""
    shares = [
        fraction([row(code, source.choice(ACTIONS)) for code in key.duties], key) for _ in range(20)
    ]

    assert sum(shares) / 20 < 0.5


@given(packs, st.randoms())
def test_decisions_order_of_rows(key, source):
    """The order of rows changes nothing."""
    rows = [row(code, source.choice(ACTIONS)) for code in key.duties]

    assert decisions(rows, key, {}) == decisions(source.sample(rows, len(rows)), key, {})


@pytest.mark.parametrize("seed", range(5))
def test_decisions_careless(seed):
    """Two hundred trainees who slip on every tenth record average 80 to 95 %.

    A record is right with 0.9, so the kinds give 0.9; a slip does harm of at most 0.5 on a
    tenth of the records, so the mean lies between 0.85 and 0.9, far from both bounds in units
    of the standard error of 0.005.
    """
    source = random.Random(seed)  # noqa: S311 - no secret is made here
    key = make_key([*KINDS] * 8)

    def slip(code, act):
        other = [action for action in ACTIONS[:9] if action != act.action]
        return row(code, source.choice(other)) if source.random() < 0.1 else as_row(code, act)

    shares = [
        fraction([slip(c, d[0]) for c, duty in key.duties.items() for d in duty.demands], key)
        for _ in range(200)
    ]

    assert 0.80 <= sum(shares) / 200 <= 0.95


def one(duty, *rows):
    """Return the finding about one record with these decisions."""
    key = Key(duties={"HS0": duty, "HS1": DUTIES["clean"]})
    return decisions(rows, key, {}).findings[0]


@pytest.mark.parametrize(
    ("cells", "right", "said"),
    [
        ({"ma_mui": "M1", "truong": "ten_vac_xin", "gia_tri_moi": "Pfizer"}, True, ""),
        ({"ma_mui": "M1", "truong": "", "gia_tri_moi": " pfizer "}, True, ""),
        ({"ma_mui": "M1", "truong": "so_lo", "gia_tri_moi": "Pfizer"}, False, "ô cần sửa"),
        ({"ma_mui": "M2", "truong": "ten_vac_xin", "gia_tri_moi": "Pfizer"}, False, "đúng mũi"),
        ({"ma_mui": "", "truong": "ten_vac_xin", "gia_tri_moi": "Pfizer"}, False, "đúng mũi"),
        ({"ma_mui": "M1", "truong": "ten_vac_xin", "gia_tri_moi": "Moderna"}, False, "giá trị mới"),
    ],
)
def test_decisions_edit(cells, right, said):
    """An edit names dose, cell and value; what is not as it should be is said."""
    finding = one(DUTIES["typing"], row("HS0", "NORMALIZE", **cells))

    assert finding.right == right
    assert said in finding.text
    assert (finding.harms == frozenset()) == right or "wrong_edit" not in finding.exposed


@pytest.mark.parametrize("cells", [{}, {"truong": "ho_ten"}, {"ma_mui": "M1"}])
def test_decisions_referral_may_name_a_cell(cells):
    """What changes no cell may name one, or none."""
    assert one(DUTIES["police"], row("HS0", "REFER_POLICE", **cells)).right


def test_decisions_allowed_beside():
    """What may be done beside costs nothing, but does not do for what must be."""
    also, alone = row("HS0", "REFER_POLICE"), row("HS0", "CONTACT_CITIZEN")

    assert one(DUTIES["police"], also, alone).right
    assert not one(DUTIES["police"], alone).right


def test_decisions_superfluous():
    """One action too many makes a record wrong, and is named."""
    finding = one(DUTIES["police"], row("HS0", "REFER_POLICE"), row("HS0", "KEEP"))

    assert not finding.right
    assert "Thừa việc: Giữ nguyên" in finding.text


def test_decisions_both_demands():
    """Of two demands one is not enough."""
    duty = Duty(demands=((Act("HOLD"),), (Act("REPORT_UP"),)), kind="HOLD")

    assert not one(duty, row("HS0", "HOLD")).right
    assert one(duty, row("HS0", "HOLD"), row("HS0", "REPORT_UP")).right


@pytest.mark.parametrize("action", ["ASK_FACILITY", "TRANSFER"])
def test_decisions_either_way(action):
    """Where two actions are defensible either is right."""
    duty = Duty(demands=((Act("ASK_FACILITY"), Act("TRANSFER")),), kind="ASK_FACILITY")

    assert one(duty, row("HS0", action)).right


def test_decisions_merge_from_either_side():
    """A merger may be written on either of its two records."""
    second = Duty(demands=((Act("MERGE", related=frozenset(["HS1"])),),), kind="MERGE")
    first = Duty(may=(Act("KEEP"), Act("MERGE", related=frozenset(["HS0"]))))
    key = Key(duties={"HS0": second, "HS1": first})

    for code, other in (("HS0", "HS1"), ("HS1", "HS0")):
        found = decisions([row(code, "MERGE", ma_lien_quan=other)], key, {}).findings
        assert [finding.right for finding in found] == [True, True]


def test_decisions_merge_of_two_people():
    """Merging two people is a wrong edit of both."""
    key = Key(duties={"HS0": DUTIES["clean"], "HS1": DUTIES["clean"]})
    found = decisions([row("HS0", "MERGE", ma_lien_quan="HS1")], key, {}).findings

    assert [finding.harms for finding in found] == [frozenset(["wrong_edit"])] * 2


def test_decisions_deletion_needs_the_other_line():
    """A deletion names the line that goes and the one that stays."""
    act = Act("DELETE_DUP_DOSE", frozenset(["M1", "M2"]), related=frozenset(["M1", "M2"]))
    duty = Duty(demands=((act,),), kind="DELETE_DUP_DOSE")

    assert one(duty, row("HS0", "DELETE_DUP_DOSE", ma_mui="M1", ma_lien_quan="M2")).right
    for cells in ({"ma_mui": "M1", "ma_lien_quan": "M1"}, {"ma_mui": "M1"}, {"ma_lien_quan": "M2"}):
        assert not one(duty, row("HS0", "DELETE_DUP_DOSE", **cells)).right


def test_decisions_nothing_to_expect():
    """Where nothing can be seen any careful decision is right, and none counts."""
    for rows in ([], [row("HS0", "KEEP")], [row("HS0", "ASK_FACILITY")]):
        finding = one(DUTIES["unseen"], *rows)
        assert finding.right
        assert finding.kind == ""


@pytest.mark.parametrize(
    ("action", "harm"),
    [("SIGN", "wrong_sign"), ("MERGE", "wrong_edit"), ("ASK_FACILITY", "needless_referral")],
)
def test_decisions_harm(action, harm):
    """Signing, editing and referring what must not be are three kinds of harm."""
    assert one(DUTIES["stale"], row("HS0", action)).harms == frozenset([harm])


def test_decisions_unknown_record():
    """A record that is not in the pack is named and costs like a needless referral."""
    key = make_key(KINDS)
    score = decisions([*perfect(key), row("XX", "KEEP")], key, {}).score()

    assert score.fraction < 1
    assert "XX" in score.notes[0]
