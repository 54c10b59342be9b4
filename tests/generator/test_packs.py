from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue import CODES
from generator.packs import Recipe, make_pack
from generator.problems import Problem
from generator.register import IDENTITY
from generator.truth import FINAL_STATES, undo

ERRORS = {"E01": 0.1, "E02": 0.1, "E10": 0.15, "E90": 0.05}
DECOYS = {"D01": 0.1, "D10": 0.07}
WARDS = ("26734", "27592", "27112")


@pytest.fixture(scope="module")
def recipe(scenario):
    """The four causes and both traps, in three wards."""
    return Recipe(scenario, WARDS, ERRORS, DECOYS)


@settings(max_examples=25)
@given(seed=st.integers(0, 2**64 - 1), n=st.integers(20, 300))
def test_make_pack_has_exactly_what_was_asked(recipe, seed, n):
    """Number of records, of each cause and of each trap are exact; a record has one cause at most."""
    pack = make_pack(recipe, n, seed)

    causes = Counter(pack.ledger["cause"].to_pylist())
    decoys = Counter(d for d in pack.link["decoy"].to_pylist() if d)
    wanted = {code: count for code, count in recipe.counts(n).items() if count}
    assert pack.doi_tuong.num_rows == n
    assert {**causes, **decoys} == wanted
    assert len(set(pack.ledger["ma_ho_so"].to_pylist())) == pack.ledger.num_rows
    assert pack.ward.code in WARDS


def test_make_pack_key_fits_its_register(recipe):
    """Undoing the ledger gives the corrected register; every record has a state and a link."""
    pack = make_pack(recipe, 200, 5)

    restored, corrected = undo(pack.doi_tuong, pack.ledger), pack.corrected
    assert all(restored[column].equals(corrected[column]) for column in IDENTITY)
    records = pack.doi_tuong["ma_ho_so"].to_pylist()
    assert pack.final_state["ma_ho_so"].to_pylist() == records
    assert set(pack.final_state["final_state"].to_pylist()) <= set(FINAL_STATES)
    links = [row for row in pack.link.to_pylist() if row["ma_mui"] is None]
    assert [row["ma_ho_so"] for row in links] == records
    assert set(pack.mui_tiem["ma_ho_so"].to_pylist()) == set(records)


def test_make_pack_twice_is_the_same(recipe):
    """Same recipe, number and seed: same pack."""
    one, two = make_pack(recipe, 30, 9), make_pack(recipe, 30, 9)

    assert one.doi_tuong.equals(two.doi_tuong)
    assert one.mui_tiem.equals(two.mui_tiem)
    assert one.ledger.equals(two.ledger)


@pytest.mark.parametrize("code", CODES)
def test_make_pack_can_hold_every_error_and_every_decoy(scenario, code):
    """Whatever the catalogue knows can be asked of a pack, in exact numbers; a seed fails no one."""
    share = {code: 0.07}
    wards = ("26794",) if code == "E33" else WARDS
    recipe = Recipe(scenario, wards, *((share, {}) if code[0] == "E" else ({}, share)))
    for seed in range(3):
        pack = make_pack(recipe, 30, seed)
        told = pack.link["decoy"] if code[0] == "D" else pack.ledger["cause"]
        groups = {row["group_id"] or row["err_id"] for row in pack.ledger.to_pylist()}

        assert pack.doi_tuong.num_rows == 30
        assert set(told.to_pylist()) - {None} == {code}
        assert (len(groups) or len(told) - told.null_count) == recipe.counts(30)[code]


@pytest.mark.parametrize("code", ["E07", "E71", "E30"])
def test_make_pack_shows_with_whom_a_number_is_shared(scenario, code):
    """Who shares an identity number or a telephone can be seen: the other record is in the pack."""
    pack = make_pack(Recipe(scenario, WARDS, {code: 0.2}, {}), 60, 4)
    for row in pack.ledger.to_pylist():
        cells = pack.doi_tuong[row["column"]].to_pylist()
        assert row["observed"] == "" or cells.count(row["observed"]) >= 2


def test_make_pack_shows_both_records_of_one_person(scenario):
    """The record that remains is in the pack with the one that is merged into it."""
    pack = make_pack(Recipe(scenario, WARDS, {"E40": 0.2}, {}), 60, 4)
    records = pack.doi_tuong["ma_ho_so"].to_pylist()
    kept = {row["keep_ma_ho_so"] for row in pack.link.to_pylist() if row["role"] == "duplicate"}

    assert len(kept) == 12
    assert kept <= set(records)


def test_make_pack_corrected_register_is_one_record_per_person(scenario):
    """Corrected, every person has one record with all doses that were given, each once."""
    errors = dict.fromkeys(("E40", "E41", "E42", "E43", "E44", "E50", "E51"), 0.05)
    pack = make_pack(Recipe(scenario, WARDS, errors, {}), 100, 8)
    link = pack.link.to_pylist()
    people = {row["person_id"] for row in link} - {None}
    given = {row["dose_id"] for row in link} - {None}

    assert pack.corrected.num_rows == len(people)
    assert pack.corrected_doses.num_rows == len(given)
    assert set(pack.corrected_doses["ma_ho_so"].to_pylist()) == set(
        pack.corrected["ma_ho_so"].to_pylist()
    )


def test_make_pack_knows_the_people_and_doses_behind_its_records(scenario):
    """The truth beside the key is that of the corrected register: the same people, the same doses."""
    pack = make_pack(Recipe(scenario, WARDS, {"E40": 0.1, "E44": 0.1, "E50": 0.1}, {}), 60, 3)
    linked = {row["person_id"] for row in pack.link.to_pylist()} - {None}
    given = {row["dose_id"] for row in pack.link.to_pylist()} - {None}

    assert set(pack.people["person_id"].to_pylist()) == linked
    assert set(pack.given["dose_id"].to_pylist()) == given
    assert set(pack.given["noi_tiem"].to_pylist()) <= set(pack.sites["co_so_tiem"].to_pylist())
    assert sorted(pack.people["ho_ten"].to_pylist()) == sorted(pack.corrected["ho_ten"].to_pylist())


def test_make_pack_of_two_trainees_shares_no_record(recipe):
    """Two trainees never have the same data, not even the same ids."""
    one, two = make_pack(recipe, 30, 1), make_pack(recipe, 30, 2)

    assert not set(one.doi_tuong["ma_ho_so"].to_pylist()) & set(
        two.doi_tuong["ma_ho_so"].to_pylist()
    )
    assert not set(one.doi_tuong["so_giay_to"].to_pylist()) & set(
        two.doi_tuong["so_giay_to"].to_pylist()
    ) - {""}


def test_make_pack_golden(recipe):
    """A pack made in another year is the same pack, or the engine's version must grow."""
    pack = make_pack(recipe, 30, 2022)

    assert pack.doi_tuong["ho_ten"].to_pylist()[:3] == GOLDEN_NAMES
    assert pack.doi_tuong["ma_ho_so"].to_pylist()[:3] == GOLDEN_RECORDS


GOLDEN_NAMES = ["Phạm Hồng Tuấn", "Phạm Văn Linh", "Nguyễn Minh Thảo"]
GOLDEN_RECORDS = ["HS0322806226", "HS5267078138", "HS9988437698"]


@pytest.mark.parametrize("n", [0, -1, 5, 20_001])
def test_make_pack_of_an_impossible_size_is_refused(recipe, n):
    """Too few records for the recipe, or too many for an exercise: say how many are possible."""
    with pytest.raises(Problem, match="20000"):
        make_pack(recipe, n, 1)


def test_make_pack_with_more_duplicates_than_records_is_refused(scenario):
    """Eighteen people with two records each do not fit into thirty records."""
    with pytest.raises(Problem, match="ít nhất 36"):
        make_pack(Recipe(scenario, WARDS, {"E40": 0.6}, {}), 30, 1)


@pytest.mark.parametrize(
    ("wards", "errors", "decoys", "says"),
    [
        (("99999",), ERRORS, DECOYS, "99999"),
        (WARDS, {"E1": 0.1}, DECOYS, "E1"),
        (WARDS, ERRORS, {"D15": 0.1}, "D15"),
        (WARDS, {"E01": 1.1}, {}, "1.1"),
        (WARDS, {"E01": -0.1}, {}, "-0.1"),
        (WARDS, {"E01": 0.6, "E02": 0.6}, {}, "1.2"),
        (("",), ERRORS, DECOYS, "phường"),
    ],
)
def test_recipe_wrong_is_refused(scenario, wards, errors, decoys, says):
    """Unknown wards or causes and impossible shares are named."""
    with pytest.raises(Problem, match=says):
        Recipe(scenario, wards, errors, decoys)


def test_make_pack_passes_over_records_that_cannot_have_the_error(scenario):
    """Names in which nothing can be mistyped are passed over, however few records there are."""
    most = Recipe(scenario, WARDS, {"E10": 0.9}, {})

    for seed in range(6):
        assert make_pack(most, 2000, seed).ledger.num_rows == 1800
