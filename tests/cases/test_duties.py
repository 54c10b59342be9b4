"""What is to be done about the records of real packs: what the taxonomy says, seen as one sees it."""

from __future__ import annotations

import random

import pytest

from generator.catalogue import DECOYS, ERRORS
from generator.facts import column, table
from generator.packs import Recipe, make_pack
from generator.scenario import load_scenario
from sosach.cases.duties import AFTER, BEFORE, HIDDEN, documents, duties
from sosach.cases.keys import answer_key
from sosach.grading.rubrics.cells import cells_equal
from sosach.grading.rubrics.decisions import decisions
from sosach.grading.specs import TaskSpec

TAXONOMY = {row["error_id"]: row for row in table("error_taxonomy")}
ERRORS_, DECOYS_ = [e.code for e in ERRORS], [d.code for d in DECOYS]
#: all errors and decoys in six packs, so that each holds few kinds
PARTS = [(ERRORS_[i::6], DECOYS_[i::6]) for i in range(6)]
STATION = "CS26794-1"
ACTIONS = column("action_codes", "code")


def task(rubric, **parameters):
    """Return a task that asks a rubric."""
    return [TaskSpec("viec", "Việc", 10, rubric, "a.csv", parameters)]


@pytest.fixture(scope="module", params=range(6))
def pack(request):
    """A pack with a sixth of all errors and decoys."""
    errors, decoys = PARTS[request.param]
    recipe = Recipe(
        load_scenario("tp-hcm-2022"),
        ("26794",),  # of the former Quận 9, so that E33 can occur
        dict.fromkeys(errors, 0.02),
        dict.fromkeys(decoys, 0.02),
    )
    return make_pack(recipe, 160, 7)


def rows_of(found, choose=min):
    """Return the decisions of a perfect trainee."""
    return [
        {
            "ma_ho_so": code,
            "hanh_dong": act.action,
            "ma_mui": min(act.doses, default=""),
            "truong": act.column,
            "gia_tri_moi": min(act.values, default=""),
            "ma_lien_quan": min(act.related - {min(act.doses, default="")}, default=""),
        }
        for code, duty in found.items()
        for demand in duty.demands
        for act in [choose(demand, key=lambda act: act.action)]
    ]


def fraction(rows, key):
    """Weigh decisions."""
    return decisions(rows, key, {}).score().fraction


@pytest.mark.parametrize("phase", [BEFORE, AFTER])
@pytest.mark.parametrize("choose", [min, max])
def test_duties_can_be_done(pack, phase, choose):
    """Doing the duties earns everything, whichever of several ways is taken."""
    key = answer_key(pack, task("decisions", phase=phase))

    assert fraction(rows_of(key.duties, choose), key) == 1
    assert list(key.duties) == pack.doi_tuong["ma_ho_so"].to_pylist()


@pytest.mark.parametrize("phase", [BEFORE, AFTER])
def test_duties_lazy(pack, phase):
    """Nothing earns nothing; one action for all, or chance, less than half."""
    key = answer_key(pack, task("decisions", phase=phase))
    source = random.Random(1)  # noqa: S311 - no secret is made here
    whole = [[{"ma_ho_so": c, "hanh_dong": action} for c in key.duties] for action in ACTIONS]
    chance = [{"ma_ho_so": c, "hanh_dong": source.choice(ACTIONS)} for c in key.duties]

    assert fraction([], key) == 0
    assert max(fraction(rows, key) for rows in whole) < 0.5
    assert fraction(chance, key) < 0.5


def test_duties_obey_never(pack):
    """No duty demands or allows what the taxonomy forbids for any of its errors."""
    for duty in duties(pack, BEFORE).values():
        never = {a for code in duty.causes for a in TAXONOMY[code]["never"].split("|")}
        acts = {act.action for demand in duty.demands for act in demand}
        beside = {act.action for act in duty.may}
        assert not (acts | beside) & never, duty


def test_duties_hidden_without_paper(pack):
    """What cannot be seen is not asked for, and may be left alone."""
    for duty in duties(pack, BEFORE).values():
        if duty.causes and set(duty.causes) <= HIDDEN:
            assert duty.demands == ()
            assert duty.kind == ""
            assert "KEEP" in {act.action for act in duty.may}


def test_duties_seen_with_paper(pack):
    """With the paper at hand a wrong dose of the own unit is put right from it."""
    lines = {row["ma_mui"]: row for row in pack.mui_tiem.to_pylist()}
    keys = [row["evidence"]["key"] for row in pack.ledger.to_pylist() if row["evidence"]]
    found = duties(pack, BEFORE, {*lines, *keys})
    wanted = {"E51", "E52", "E53", "E55", "E57"}
    for row in pack.ledger.to_pylist():
        if row["cause"] in wanted and lines[row["ma_mui"]]["don_vi_nhap"] == STATION:
            [act] = next(d for d in found[row["ma_ho_so"]].demands if row["ma_mui"] in d[0].doses)
            assert act.action == "FIX_FROM_SOURCE"
            assert row["truth"] in act.values


def test_duties_other_unit_is_asked(pack):
    """A dose that another unit entered is asked about, never edited, but for its spelling."""
    lines = {row["ma_mui"]: row for row in pack.mui_tiem.to_pylist()}
    found = duties(pack, BEFORE)
    for row in pack.ledger.to_pylist():
        line = lines.get(row["ma_mui"])
        told = TAXONOMY[row["cause"]]["must_if_other_unit"]
        if line and line["don_vi_nhap"] != STATION and told and row["cause"] not in HIDDEN:
            acts = {a.action for d in found[row["ma_ho_so"]].demands for a in d}
            assert acts == set(told.split("|"))


def test_duties_after_the_answer(pack):
    """After the police have answered, identity cells take their values, each cell named."""
    found = duties(pack, AFTER)
    for row in pack.ledger.to_pylist():
        told = TAXONOMY[row["cause"]]["after_answer"]
        if told == "UPDATE_FROM_POLICE" and row["column"] not in (None, "tt_xac_minh"):
            demands = found[row["ma_ho_so"]].demands
            [act] = next(d for d in demands if d[0].column == row["column"])
            assert act.action == "UPDATE_FROM_POLICE"
            assert act.values == set(row["accepted"])


def test_duties_of_the_dead_and_the_moved():
    """After the answer the dead are held and reported, those who moved handed on."""
    recipe = Recipe(load_scenario("tp-hcm-2022"), ("26905",), {"E18": 0.2}, {})
    pack = make_pack(recipe, 60, 3)
    found = duties(pack, AFTER)
    for row in pack.ledger.to_pylist():
        acts = [demand[0].action for demand in found[row["ma_ho_so"]].demands]
        assert acts == (["HOLD", "REPORT_UP"] if row["truth"] == "đã mất" else ["TRANSFER"])


def test_duties_titles_are_vietnamese(pack):
    """Every error says what is the matter, and no English remark is among the documents."""
    for duty in duties(pack, BEFORE).values():
        assert bool(duty.title) == bool(duty.causes)
        assert " the " not in f" {duty.basis} "


@pytest.mark.parametrize("name", ["doi_tuong", "mui_tiem"])
def test_tables_can_be_put_right(pack, name):
    """Putting every such cell right earns everything; the table as it was, nothing."""
    key = answer_key(pack, task("cells_equal", phase=BEFORE, table=name))
    table_ = key.tables[name]
    rows = {code: dict(row) for code, row in table_.rows.items()}
    before = cells_equal(list(table_.rows.values()), key, {"table": name}).score()
    for (code, cell), repair in table_.repairs.items():
        rows[code][cell] = min(repair.values)

    assert cells_equal(rows.values(), key, {"table": name}).score().fraction == 1
    assert before.fraction == (0 if table_.repairs else 1)


def test_groups_are_the_doubled_people():
    """The groups are the records of everybody who has two."""
    recipe = Recipe(load_scenario("tp-hcm-2022"), ("26905",), {"E40": 0.1}, {"D07": 0.1})
    pack = make_pack(recipe, 60, 3)
    key = answer_key(pack, task("groups_equal"))
    doubled = [row for row in pack.link.to_pylist() if row["keep_ma_ho_so"]]

    assert len(key.groups) == 6
    assert key.groups == {frozenset([r["ma_ho_so"], r["keep_ma_ho_so"]]) for r in doubled}


@pytest.mark.parametrize(
    ("basis", "found"),
    [
        ("CV 2262 bước 1-4 (loại 1); project rule", ["CV 2262 bước 1-4 (loại 1)"]),
        ("Thông tư 07/2016", ["Thông tư 07/2016"]),
        ("R18-R19", []),
        ("", []),
    ],
)
def test_documents(basis, found):
    """Documents are told without the remarks beside them."""
    assert documents(basis) == found
