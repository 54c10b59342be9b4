import re
import unicodedata

import pytest

from generator.packs import Recipe, make_pack
from generator.scenario import load_scenario
from sosach.simulation.people.sites import FACTS, KINDS, LOST, SILENT, answer
from sosach.simulation.truth import Truth

ERRORS = ("E41", "E42", "E43", "E50", "E51", "E52", "E53", "E54", "E55", "E56", "E57", "E59", "E60")
SEED = 5


@pytest.fixture(scope="module")
def pack():
    """400 records with every error of doses."""
    scenario = load_scenario("tp-hcm-2022")
    return make_pack(Recipe(scenario, ("27136",), dict.fromkeys(ERRORS, 0.05), {}), 400, 3)


@pytest.fixture(scope="module")
def lines(pack):
    """The register's lines."""
    return pack.mui_tiem.to_pylist()


@pytest.fixture(scope="module")
def ledger(pack):
    """What is wrong, row by row."""
    return pack.ledger.to_pylist()


@pytest.fixture(scope="module")
def truth(pack):
    """What is really so."""
    return Truth(
        {
            "ledger": pack.ledger.to_pylist(),
            "link": pack.link.to_pylist(),
            "dan_cu": pack.people.to_pylist(),
            "mui_that": pack.given.to_pylist(),
            "co_so": pack.sites.to_pylist(),
        }
    )


def ask(line, **more):
    """Return a question about a line."""
    return {"ma_mui": line["ma_mui"], "ma_ho_so": line["ma_ho_so"], "hoi": "", **more}


@pytest.mark.parametrize("cause", sorted({*ERRORS} - {"E43", "E50"}))
def test_answer_about_a_wrong_line_tells_the_truth(ledger, lines, truth, cause):
    """Whatever was typed wrongly, the slip says what was given, and when, and where."""
    struck = {row["ma_mui"] for row in ledger if row["cause"] == cause}
    about = [line for line in lines if line["ma_mui"] in struck]
    told = [(line, answer(ask(line), truth, seed)) for line in about for seed in range(5)]
    with_slip = [(line, said) for line, said in told if said.kind == "co_phieu"]

    assert with_slip
    for line, said in with_slip:
        dose = truth.dose(line["ma_mui"])
        assert said.facts == {name: dose[name] for name in FACTS}
        assert any(line[name] != dose[name] for name in FACTS) or cause == "E41"


def test_answer_about_cells_undoes_the_ledger(ledger, lines, truth):
    """Of every spoiled cell of a dose the site's own papers hold the right value."""
    by_id = {line["ma_mui"]: line for line in lines}
    for row in ledger:
        if row["column"] and row["ma_mui"]:
            line = by_id[row["ma_mui"]]
            holder = truth.dose(line["ma_mui"])["don_vi_nhap"]
            said = answer(ask(line), truth, SEED, own=holder)

            assert said.kind in ("co_phieu", "khong_tim_thay")
            assert said.facts.get(row["column"], row["truth"]) == row["truth"]


def test_answer_about_an_intruder_denies_it(ledger, lines, truth):
    """A dose of somebody else is never confirmed: it is another's, or nobody answers."""
    struck = {row["ma_mui"] for row in ledger if row["cause"] == "E43"}
    told = [
        answer(ask(line), truth, seed)
        for line in lines
        if line["ma_mui"] in struck
        for seed in range(20)
    ]

    assert {said.kind for said in told} == {"nguoi_khac", "khong_tra_loi"}
    assert all(not said.facts for said in told)


def test_answer_about_a_dose_that_was_never_entered(ledger, truth):
    """Asked without a line, the site tells of the dose that is missing."""
    for row in ledger:
        if row["cause"] == "E50":
            dose = next(d for d in truth.given(row["ma_ho_so"]) if not d["ma_mui"])
            question = {"ma_mui": "", "ma_ho_so": row["ma_ho_so"]}
            said = answer(question, truth, SEED, own=dose["don_vi_nhap"])

            assert row["evidence"]["key"] == dose["dose_id"]
            assert said.facts in ({}, {name: dose[name] for name in FACTS})
            assert said.kind == ("co_phieu" if said.facts else "khong_tim_thay")


def test_answer_where_nothing_is_missing(lines, truth):
    """Who has all doses in the register has no other slip."""
    line = next(x for x in lines if not truth.causes(x["ma_ho_so"]))
    question = {"ma_mui": "", "ma_ho_so": line["ma_ho_so"], "co_so": "TT770"}
    said = answer(question, truth, SEED, own="TT770")

    assert (said.kind, said.facts) == ("khong_co", {})


def test_answer_of_another_unit(lines, truth):
    """A unit that did not vaccinate somebody has nothing to tell."""
    line = next(x for x in lines if truth.dose(x["ma_mui"]) and x["don_vi_nhap"] != "NGOAI")
    told = {answer(ask(line, co_so="NGOAI"), truth, seed).kind for seed in range(30)}

    assert told == {"khong_co", "khong_tra_loi"}


def test_answer_about_a_line_of_nobody(truth, lines):
    """A line that the key does not know stands in nobody's book."""
    said = answer(ask(lines[0] | {"ma_mui": "MU0"}, co_so="TT770"), truth, SEED, own="TT770")

    assert said.kind == "khong_co"


def test_answer_from_own_papers(lines, truth):
    """One's own papers are at hand the same day and never silent; few are lost."""
    own = "CS27136-1"
    told = [answer(ask(line, co_so=own), truth, SEED, own=own) for line in lines]

    assert {said.days for said in told} == {0}
    assert {said.channel for said in told} == {"sổ của trạm"}
    assert "khong_tra_loi" not in {said.kind for said in told}


def test_answer_shares(lines, truth):
    """Some units never answer and some slips are lost, about as often as was set."""
    inside = [x for x in lines if (truth.dose(x["ma_mui"]) or {}).get("don_vi_nhap") != "NGOAI"]
    kinds = [answer(ask(x), truth, seed).kind for x in inside for seed in range(4)]
    n = len(kinds)

    # five standard deviations: fewer than one false alarm in a million
    silent, lost = kinds.count("khong_tra_loi"), kinds.count("khong_tim_thay")
    assert abs(silent - n * SILENT) < 5 * (n * SILENT * (1 - SILENT)) ** 0.5
    share = (1 - SILENT) * LOST
    assert abs(lost - n * share) < 5 * (n * share * (1 - share)) ** 0.5


def test_answer_whatever_was_asked_before(lines, truth):
    """The same question has the same answer in any order, however often."""
    first = [answer(ask(line), truth, SEED) for line in lines[:50]]
    again = [answer(ask(line), truth, SEED) for line in reversed(lines[:50])]

    assert first == again[::-1]


def test_answer_to_a_reminder(lines, truth):
    """Who was silent may answer a reminder, and then tells what the slip says."""
    silent = [x for x in lines if answer(ask(x), truth, SEED).kind == "khong_tra_loi"]
    told = [answer(ask(x, lan="2"), truth, SEED) for x in silent]

    assert 0 < sum(said.kind == "khong_tra_loi" for said in told) < len(told)


def test_answer_whether_a_slip_is_lost_is_no_lot_of_the_question(lines, truth):
    """A slip that was lost is lost at the next question too."""
    for line in lines[:300]:
        kinds = {answer(ask(line, lan=str(i)), truth, SEED).kind for i in range(1, 6)}
        assert not {"co_phieu", "khong_tim_thay"} <= kinds


def test_answer_sentences(lines, truth):
    """Every answer is a Vietnamese sentence that names all facts of its slip, and no code of a cause."""
    told = [answer(ask(x), truth, seed) for x in lines for seed in range(3)]

    assert {said.kind for said in told} == set(KINDS) - {"khong_co"}
    for said in told:
        assert said.sentence == unicodedata.normalize("NFC", said.sentence)
        assert said.sentence[0].isupper()
        assert said.sentence.endswith(".")
        assert not re.search(r"\bE\d\d\b|[{}]", said.sentence)
        seen = ("ten_vac_xin", "so_lo", "ngay_tiem")
        assert all(said.facts[name] in said.sentence for name in seen if said.facts)
        assert (1 <= said.days <= 5) == (said.channel != "sổ của trạm")
