import unicodedata

import numpy as np
import pytest

from generator import facts
from generator.catalogue import CAUSES, DECOYS
from generator.city import Request, make_ward
from generator.corruption import UNSENT, Plan, by_rate
from generator.identity import is_well_formed
from generator.places import wards
from generator.register import IDENTITY, VERIFICATION
from generator.town import make_town, registered, spoil_records
from generator.truth import RECOVERABILITY, ROLES, undo

#: columns that both the register and the population database have
COMPARED = (*IDENTITY, "so_dien_thoai", "dia_chi", "khu_pho", "xa", "huyen", "tinh")
#: what the platform shows for the two causes that are faults of the status alone
STALE = {"E09": "Không xác minh được", "E90": "Sai"}


@pytest.fixture(scope="module")
def tables(made):
    """The tables of one ward as lists of rows."""
    return {name: made[0][name].to_pylist() for name in ("doi_tuong", "ledger", "link", "dan_cu")}


@pytest.fixture(scope="module")
def truth(tables):
    """Record -> the person behind it."""
    persons = {row["person_id"]: row for row in tables["dan_cu"]}
    return {
        row["ma_ho_so"]: persons[row["person_id"]]
        for row in tables["link"]
        if row["ma_mui"] is None
    }


def test_undo_gives_the_truth(made, truth):
    """Register and ledger together give back every identity cell of the truth."""
    restored = undo(made[0]["doi_tuong"], made[0]["ledger"]).to_pylist()

    for row in restored:
        assert all(row[column] == truth[row["ma_ho_so"]][column] for column in COMPARED)


def test_ledger_holds_the_differences_and_nothing_else(tables, truth):
    """A changed cell is a ledger row, a ledger row a changed cell, each once."""
    found = {
        (row["ma_ho_so"], column, truth[row["ma_ho_so"]][column], row[column])
        for row in tables["doi_tuong"]
        for column in COMPARED
        if row[column] != truth[row["ma_ho_so"]][column]
    }
    listed = [
        (row["ma_ho_so"], row["column"], row["truth"], row["observed"])
        for row in tables["ledger"]
        if row["column"] != VERIFICATION
    ]

    assert len(listed) == len(set(listed)) > 1000
    assert set(listed) == found


def as_compared(name):
    """Return a name as the platform compares it: composed, one blank between words."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def test_status_follows_from_what_is_wrong(tables, truth):
    """Malformed numbers are not sent, differences are Sai, all else Đúng; E09 and E90 are stale."""
    stale = {row["ma_ho_so"]: row["cause"] for row in tables["ledger"] if row["cause"] in STALE}
    for row in tables["doi_tuong"]:
        person = truth[row["ma_ho_so"]]
        right = all(as_compared(row[column]) == person[column] for column in IDENTITY)
        expected = ("Sai" if not right else "Đúng") if is_well_formed(row["so_giay_to"]) else UNSENT
        if person["quoc_tich"] != "Việt Nam":
            expected = "Chưa gửi"
        if row["ma_ho_so"] in stale:
            assert right
            expected = STALE[stale[row["ma_ho_so"]]]
        assert row[VERIFICATION] == expected


def is_decoy(decoy, person, head):
    """Tell whether a person looks like what the trap is called."""
    number, born = person["so_giay_to"], int(person["ngay_sinh"][-4:])
    middle = person["ho_ten"].split()[1]
    return {
        "D01": len(number) == 12 and not number.startswith("079"),
        "D10": (middle, person["gioi_tinh"]) in {("Văn", "Nữ"), ("Thị", "Nam")},
        "D11": born >= 2007 and person["so_dien_thoai"] == head["so_dien_thoai"] != "",
        "D13": len(number) == 12 and born >= 2000,
        "D14": len(number) == 9,
    }[decoy]


def test_decoys_are_right_and_look_wrong(tables, truth):
    """A trap has no error, and is what it is called."""
    struck = {row["ma_ho_so"] for row in tables["ledger"]}
    heads = {row["household_id"]: row for row in tables["dan_cu"] if row["chu_ho"]}
    decoys = [(row["ma_ho_so"], row["decoy"]) for row in tables["link"] if row["decoy"]]

    assert {decoy for _record, decoy in decoys} == {decoy.code for decoy in DECOYS}
    for record, decoy in decoys:
        assert record not in struck
        assert is_decoy(decoy, truth[record], heads[truth[record]["household_id"]])


def test_ledger_speaks_closed_vocabularies(tables):
    """Causes, recoverability, roles and decoys are words of the taxonomy and the module."""
    known = {row["error_id"] for row in facts.table("error_taxonomy")}

    assert {row["cause"] for row in tables["ledger"]} <= known
    assert {row["decoy"] for row in tables["link"]} - {None} <= known
    assert {row["recoverability"] for row in tables["ledger"]} <= set(RECOVERABILITY)
    assert {row["role"] for row in tables["link"]} <= set(ROLES)
    assert all(row["truth"] in row["accepted"] for row in tables["ledger"])
    assert all(row["document_basis"] for row in tables["ledger"])
    assert len({row["err_id"] for row in tables["ledger"]}) == len(tables["ledger"])


def test_catalogue_is_in_the_taxonomy_with_its_rates():
    """Every injected code is a row of the taxonomy; suggested rates are the taxonomy's."""
    taxonomy = {row["error_id"]: row for row in facts.table("error_taxonomy")}

    for cause in CAUSES:
        assert cause.rate == pytest.approx(float(taxonomy[cause.code]["sim_rate_pct"]) / 100)
        assert {way.recoverability for way in cause.ways} <= set(RECOVERABILITY)
    assert all(decoy.code in taxonomy for decoy in DECOYS)
    assert len({cause.slot for cause in CAUSES}) == len(CAUSES)


def test_rates_are_what_was_asked(made, scenario, within):
    """Each cause strikes its share of the eligible records."""
    wanted = {**scenario.errors, **scenario.decoys}
    for tally in made[1].tallies:
        if tally.eligible:
            assert within(tally.hit / tally.eligible, tally.eligible, wanted[tally.code])
            assert tally.met >= 0.99 * tally.hit
    assert {tally.code for tally in made[1].tallies if not tally.eligible} == {"E33"}


def test_moved_wards_keep_their_old_district_sometimes(scenario, within):
    """In a ward of Thủ Đức the old district is written as often as asked."""
    _tables, spoiled = make_ward(wards()["26794"], Request(3, 0.2, scenario))

    tally = next(tally for tally in spoiled.tallies if tally.code == "E33")
    assert within(tally.met / tally.eligible, tally.eligible, scenario.errors["E33"])


@pytest.mark.parametrize("changed", ["E01", "E90"])
def test_a_changed_rate_moves_no_other_error(ward, scenario, changed):
    """Who is hit by one cause does not depend on the rate of another, but for cells both want."""
    town = make_town(11, ward, scenario, 1500)
    rows = registered(town)
    rates = {**scenario.errors, **scenario.decoys}

    def cells(plan):
        ledger = spoil_records(town, rows, plan).ledger.to_pylist()
        return {(r["ma_ho_so"], r["cause"], r["observed"]) for r in ledger if r["cause"] != changed}

    few = cells(Plan(rates, by_rate, one_per_record=False))
    more = cells(Plan({**rates, changed: 0.3}, by_rate, one_per_record=False))

    lost = {cause for _record, cause, _observed in few - more}
    assert more <= few
    # the other mistakes in numbers give way to E01 in the same cell; E09 and E90 want clean records
    numbers = {cause.code for cause in CAUSES if cause.column == "so_giay_to"}
    assert lost <= (numbers | set(STALE) if changed == "E01" else set())


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_rates_at_the_ends(ward, scenario, rate):
    """A rate of 0 strikes nobody, a rate of 1 every citizen: foreigners are not compared."""
    town = make_town(11, ward, scenario, 100)
    rows = registered(town)
    rates = dict.fromkeys([*scenario.errors, *scenario.decoys], 0.0) | {"E01": rate}

    spoiled = spoil_records(town, rows, Plan(rates, by_rate, one_per_record=False))

    citizens = spoiled.register["quoc_tich"].to_pylist().count("Việt Nam")
    assert spoiled.ledger.num_rows == rate * citizens


def test_two_seeds_have_nothing_in_common(ward, scenario):
    """Another seed gives other ids, other people and other errors."""
    one, two = (make_ward(ward, Request(seed, 0.02, scenario))[0]["doi_tuong"] for seed in (1, 2))

    assert not set(one["ma_ho_so"].to_pylist()) & set(two["ma_ho_so"].to_pylist())
    assert (
        np.mean(
            [
                a == b
                for a, b in zip(one["ho_ten"].to_pylist(), two["ho_ten"].to_pylist(), strict=False)
            ]
        )
        < 0.05
    )
