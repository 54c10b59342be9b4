"""What is to be done about the records of real packs: what the taxonomy says, seen as one sees it."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from generator.catalogue import DECOYS, ERRORS
from generator.facts import column, table
from generator.packs import Recipe, make_pack
from generator.scenario import load_scenario
from sosach.cases.desk import Desk
from sosach.cases.duties import HIDDEN, OF_DOSES, documents, duties
from sosach.cases.keys import answer_key
from sosach.cases.today import TODAY
from sosach.grading.rubrics.cells import cells_equal
from sosach.grading.rubrics.decisions import decisions
from sosach.grading.rubrics.key import Act, Duty
from sosach.grading.specs import TaskSpec
from sosach.simulation.platform.gate_doses import wrong_doses

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


@pytest.mark.parametrize("choose", [min, max])
def test_duties_can_be_done(pack, choose):
    """Doing the duties earns everything, whichever of several ways is taken."""
    key = answer_key(pack, task("decisions"))

    assert fraction(rows_of(key.duties, choose), key) == 1
    assert list(key.duties) == pack.doi_tuong["ma_ho_so"].to_pylist()


def test_duties_lazy(pack):
    """Nothing earns nothing; one action for all, or chance, less than half."""
    key = answer_key(pack, task("decisions"))
    source = random.Random(1)  # noqa: S311 - no secret is made here
    whole = [[{"ma_ho_so": c, "hanh_dong": action} for c in key.duties] for action in ACTIONS]
    chance = [{"ma_ho_so": c, "hanh_dong": source.choice(ACTIONS)} for c in key.duties]

    assert fraction([], key) == 0
    assert max(fraction(rows, key) for rows in whole) < 0.5
    assert fraction(chance, key) < 0.5


def test_duties_obey_never(pack):
    """No duty demands or allows what the taxonomy forbids for any of its errors."""
    for duty in duties(Desk(pack, 0)).values():
        never = {a for code in duty.causes for a in TAXONOMY[code]["never"].split("|")}
        acts = {act.action for demand in duty.demands for act in demand}
        beside = {act.action for act in duty.may}
        assert not (acts | beside) & never, duty


def test_duties_hidden_without_paper(pack):
    """What cannot be seen is not asked for, and may be left alone."""
    for duty in duties(Desk(pack, 0)).values():
        if duty.causes and set(duty.causes) <= HIDDEN:
            assert duty.demands == ()
            assert duty.kind == ""
            assert "KEEP" in {act.action for act in duty.may}


def test_duties_of_doses_seen_by_contradiction(pack):
    """A wrong dose without a slip is asked about only where the doses contradict each other."""
    desk = Desk(pack, 0)
    found = duties(desk)
    for row in pack.ledger.to_pylist():
        if row["cause"] in OF_DOSES:
            contradicted = row["ma_mui"] in wrong_doses(
                desk.doses_of[row["ma_ho_so"]], desk.subjects[row["ma_ho_so"]]["ngay_sinh"], TODAY
            )
            assert bool(found[row["ma_ho_so"]].demands) == contradicted


def test_right_records_do_not_contradict_themselves(pack):
    """No record without error shows a fault of its doses: late, mixed and Abdala's are none."""
    desk = Desk(pack, 0)
    spoiled = set(pack.ledger["ma_ho_so"].to_pylist())
    for record, row in desk.subjects.items():
        if record not in spoiled:
            assert wrong_doses(desk.doses_of[record], row["ngay_sinh"], TODAY) == {}


def test_duties_seen_with_paper(pack):
    """With the slip at hand a wrong dose is put right from it, whatever the error."""
    lines = {row["ma_mui"]: row for row in pack.mui_tiem.to_pylist()}
    found = duties(Desk(pack, 0, proofs=set(lines)))
    for row in pack.ledger.to_pylist():
        if row["cause"] in OF_DOSES and lines[row["ma_mui"]]["don_vi_nhap"] == STATION:
            [act] = next(d for d in found[row["ma_ho_so"]].demands if row["ma_mui"] in d[0].doses)
            assert act.action == "FIX_FROM_SOURCE"
            assert row["truth"] in act.values


def test_duties_other_unit_is_asked(pack):
    """A dose that another unit entered is asked about, never edited, but for its spelling."""
    lines = {row["ma_mui"]: row for row in pack.mui_tiem.to_pylist()}
    found = duties(Desk(pack, 0))
    for row in pack.ledger.to_pylist():
        line = lines.get(row["ma_mui"])
        told = TAXONOMY[row["cause"]]["must_if_other_unit"]
        demands = found[row["ma_ho_so"]].demands
        if line and line["don_vi_nhap"] != STATION and told and demands:
            assert {act.action for demand in demands for act in demand} == set(told.split("|"))


def test_duties_two_people_in_one_record():
    """Where one slot alone is double the record looks like one dose entered twice: asking will do."""
    recipe = Recipe(load_scenario("tp-hcm-2022"), ("26905",), {"E44": 0.3}, {})
    desk = Desk(make_pack(recipe, 60, 3), 3)
    seen = set()
    for code, duty in duties(desk).items():
        if "E44" in duty.causes:
            slots = Counter(dose["mui"] for dose in desk.doses_of[code])
            doubled = sum(count > 1 for count in slots.values())
            seen.add(doubled > 1)
            ways = {act.action for act in duty.demands[0]}
            assert (ways == {"REFER_POLICE"}) == (doubled > 1)

    assert seen == {False, True}


def test_duties_answer_on_the_desk_goes_first(pack):
    """What an answer makes right replaces what the taxonomy says."""
    desk = Desk(pack, 0)
    record = next(iter(desk.subjects))
    told = Duty(title="x", demands=((Act("HOLD"),),), kind="HOLD")
    desk.duties[record] = told

    assert duties(desk)[record] == told


def test_duties_titles_are_vietnamese(pack):
    """Whatever is not simply right says what is the matter; no English remark is among the documents."""
    for duty in duties(Desk(pack, 0)).values():
        assert bool(duty.title) == bool(duty.causes or not duty.demands)
        assert " the " not in f" {duty.basis} "


@pytest.mark.parametrize("name", ["doi_tuong", "mui_tiem"])
def test_tables_can_be_put_right(pack, name):
    """Putting every such cell right earns everything; the table as it was, nothing."""
    key = answer_key(pack, task("cells_equal", table=name))
    table_ = key.tables[name]
    rows = {code: dict(row) for code, row in table_.rows.items()}
    before = cells_equal(list(table_.rows.values()), key, {"table": name}).score()
    for (code, cell), repair in table_.repairs.items():
        rows[code][cell] = min(repair.values)

    assert cells_equal(rows.values(), key, {"table": name}).score().fraction == 1
    assert before.fraction == (0 if table_.repairs else 1)


def test_groups_are_what_is_to_be_merged():
    """The groups are the double records that something seen ties together, no namesakes."""
    recipe = Recipe(load_scenario("tp-hcm-2022"), ("26905",), {"E40": 0.2}, {"D07": 0.1})
    pack = make_pack(recipe, 60, 3)
    key = answer_key(pack, task("groups_equal"))
    rows = {row["ma_ho_so"]: row for row in pack.ledger.to_pylist() if row["cause"] == "E40"}
    tied = {
        frozenset([row["ma_ho_so"], row["keep_ma_ho_so"]])
        for row in pack.link.to_pylist()
        if row["keep_ma_ho_so"] and rows[row["ma_ho_so"]]["recoverability"] == "from_other_record"
    }

    assert key.groups == tied
    assert 0 < len(tied) < 12


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
