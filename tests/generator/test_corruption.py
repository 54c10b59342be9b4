import unicodedata
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from generator import facts
from generator.catalogue import CAUSES, CODES, DECOYS, ERRORS, INCIDENTS
from generator.city import Request, make_ward
from generator.corruption import Plan, by_count, by_rate
from generator.identity import is_sendable
from generator.places import wards
from generator.register import IDENTITY, VERIFICATION
from generator.spoiling import spoil_register
from generator.town import make_town, owners_of
from generator.truth import FINAL_STATES, RECOVERABILITY, ROLES, undo

#: columns that both the register and the population database have
COMPARED = (*IDENTITY, "so_dien_thoai", "dia_chi", "khu_pho", "xa", "huyen", "tinh", "quoc_tich")
DOSE_FACTS = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem", "don_vi_nhap")
#: what the platform shows for the two causes that are faults of the status alone
STALE = {"E09": "Không xác minh được", "E90": "Sai"}


@pytest.fixture(scope="module")
def tables(made):
    """The tables of one ward as lists of rows."""
    return {name: table.to_pylist() for name, table in made[0].items()}


@pytest.fixture(scope="module")
def truth(tables):
    """Record -> the person to whom it belongs; line -> the dose that it tells of."""
    persons = {row["person_id"]: row for row in tables["dan_cu"]}
    doses = {row["dose_id"]: row for row in tables["mui_that"]}
    own = [row for row in tables["link"] if row["role"] == "original"]
    people = {r["ma_ho_so"]: persons[r["person_id"]] for r in own if r["dose_id"] is None}
    return people, {r["ma_mui"]: doses[r["dose_id"]] for r in own if r["dose_id"]}


def test_undo_gives_the_truth(made, truth):
    """Register and ledger together give back every cell of the truth, of people and of doses."""
    people, doses = truth
    for row in undo(made[0]["doi_tuong"], made[0]["ledger"]).to_pylist():
        person = people.get(row["ma_ho_so"])
        assert person is None or all(row[column] == person[column] for column in COMPARED)
    for row in undo(made[0]["mui_tiem"], made[0]["ledger"]).to_pylist():
        dose = doses.get(row["ma_mui"])
        assert dose is None or all(row[column] == dose[column] for column in DOSE_FACTS)


def differences(rows, key, truth, columns):
    """Return every cell that differs from the truth of its row."""
    return {
        (row[key], column, truth[row[key]][column], row[column])
        for row in rows
        if row[key] in truth
        for column in columns
        if row[column] != truth[row[key]][column]
    }


def test_ledger_holds_the_differences_and_nothing_else(tables, truth):
    """A changed cell is a ledger row, a ledger row a changed cell, each once."""
    people, doses = truth
    found = differences(tables["doi_tuong"], "ma_ho_so", people, COMPARED)
    found |= differences(tables["mui_tiem"], "ma_mui", doses, DOSE_FACTS)
    listed = [
        (row["ma_mui"] or row["ma_ho_so"], row["column"], row["truth"], row["observed"])
        for row in tables["ledger"]
        if row["column"] not in (None, VERIFICATION, "tt_ky")
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
        person = truth[0].get(row["ma_ho_so"])
        if person is None:
            continue
        right = all(as_compared(row[column]) == person[column] for column in IDENTITY)
        expected = (
            ("Sai" if not right else "Đúng")
            if is_sendable(row["so_giay_to"])
            else ("Không có/sai định dạng")
        )
        if person["quoc_tich"] != "Việt Nam":
            expected = "Sai" if row["quoc_tich"] == "Việt Nam" else "Chưa gửi"
        if row["ma_ho_so"] in stale:
            assert right
            expected = STALE[stale[row["ma_ho_so"]]]
        assert row[VERIFICATION] == expected


def test_only_right_records_are_signed(tables):
    """Signed doses stand in records that are verified and have no error in any dose."""
    shown = {row["ma_ho_so"]: row[VERIFICATION] for row in tables["doi_tuong"]}
    wrong = {
        row["ma_ho_so"]
        for row in tables["ledger"]
        if (row["ma_mui"] or row["cause"] == "E50") and row["column"] != "tt_ky"
    }
    signed = {row["ma_ho_so"] for row in tables["mui_tiem"] if row["tt_ky"] == "Đã ký"}

    assert len(signed) > 100
    assert {shown[record] for record in signed} == {"Đúng"}
    assert not signed & wrong


def test_ledger_speaks_closed_vocabularies(tables, made):
    """Causes, recoverability, roles, states and decoys are words of the taxonomy and the module."""
    ledger, known = tables["ledger"], {row["error_id"] for row in facts.table("error_taxonomy")}

    assert {row["cause"] for row in ledger} <= known
    assert {row["decoy"] for row in tables["link"]} - {None} <= known
    assert {row["recoverability"] for row in ledger} <= set(RECOVERABILITY)
    assert {row["role"] for row in tables["link"]} <= set(ROLES)
    assert set(made[1].final_state) <= set(FINAL_STATES)
    assert all(row["truth"] in row["accepted"] for row in ledger if row["column"])
    assert all(row["document_basis"] for row in ledger)
    assert len({row["err_id"] for row in ledger}) == len(ledger)
    assert {row["err_id"] for row in ledger} >= {row["group_id"] for row in ledger} - {None}


def test_catalogue_is_the_taxonomy():
    """Every error that the taxonomy injects is in the catalogue, and every decoy; nothing else is."""
    rows = facts.table("error_taxonomy")
    injected = {row["error_id"] for row in rows if row["sim_rate_note"] != "not_injected"}

    assert set(CODES) == injected
    assert len(CODES) == len(injected)
    for entries in (ERRORS, DECOYS):
        assert len({entry.slot for entry in entries}) == len(entries)


def test_catalogue_rates_are_the_taxonomys_unless_few_can_have_the_error(made):
    """A default rate that is not the taxonomy's is a share of few rows."""
    rows = {row["error_id"]: row for row in facts.table("error_taxonomy")}
    most = made[0]["mui_tiem"].num_rows
    eligible = {tally.code: tally.eligible for tally in made[1].tallies}
    own = [e for e in ERRORS if e.rate != float(rows[e.code]["sim_rate_pct"]) / 100]

    assert {error.code for error in own} == {
        *("E18", "E44", "E13", "E70", "E71", "E59", "E60", "E92", "E93")
    }
    assert all(eligible[error.code] < 0.2 * most for error in own)


def test_rates_are_what_was_asked(made, scenario, within):
    """Each error strikes as many as its chances say; careless clerks and days even out somewhat."""
    wanted = {**scenario.errors, **scenario.decoys}
    for tally in made[1].tallies:
        if tally.eligible:
            chance = tally.expected / tally.eligible
            assert within(tally.hit / tally.eligible, tally.eligible, chance), tally
            assert tally.met >= 0.95 * tally.hit - 2, tally
            assert 0.5 < chance / wanted[tally.code] < 2 or tally.code in ("E59", "E60")


def test_moved_wards_keep_their_old_district_sometimes(scenario, within):
    """In a ward of Thủ Đức the old district is written as often as its chances say."""
    _tables, register = make_ward(wards()["26794"], Request(3, 0.2, scenario))

    tally = next(tally for tally in register.tallies if tally.code == "E33")
    assert tally.eligible > 1000
    assert within(tally.met / tally.eligible, tally.eligible, tally.expected / tally.eligible)


def columns_of(code):
    """Return the columns that an error spoils; none for a row incident."""
    return {column for cause in CAUSES if cause.code == code for column in cause.columns}


@pytest.mark.parametrize("changed", ["E01", "E90", "E41", "E53"])
def test_a_changed_rate_moves_no_other_error(ward, scenario, changed):
    """Who is hit does not depend on another cause's rate, but where both want cells of one column."""
    town = make_town(11, ward, scenario, 1500)
    rates = {**scenario.errors, **scenario.decoys}

    def cells(plan):
        ledger = spoil_register(town, owners_of(town), plan).ledger.to_pylist()
        return {
            (r["ma_ho_so"], r["ma_mui"], r["cause"], r["observed"])
            for r in ledger
            if r["cause"] != changed
        }

    few = cells(Plan(rates, by_rate, one_per_record=False))
    more = cells(Plan({**rates, changed: 0.3}, by_rate, one_per_record=False))

    # those that want the same cell give way, and those that want a clean record or complete doses
    gives_way = {cause.code for cause in CAUSES if columns_of(changed) & set(cause.columns)}
    of_doses = {c.code for c in CAUSES if set(c.columns) & {*DOSE_FACTS, "tt_ky"}}
    gives_way |= {"E92", "E93"}  # nothing is signed that is not verified and complete
    if changed == "E01":
        gives_way |= set(STALE)
    if changed == "E41":
        gives_way |= {incident.code for incident in INCIDENTS} | of_doses
    assert {cause for _record, _line, cause, _observed in few - more} <= gives_way
    assert {cause for _record, _line, cause, _observed in more - few} <= gives_way


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_rates_at_the_ends(ward, scenario, rate):
    """A rate of 0 strikes nobody, a rate of 1 every man and woman, but no child and no foreigner."""
    town = make_town(11, ward, replace_spread(scenario), 100)
    rates = dict.fromkeys(CODES, 0.0) | {"E01": rate}

    made = spoil_register(town, owners_of(town), Plan(rates, by_rate, one_per_record=False))

    adults = sum(
        row["quoc_tich"] == "Việt Nam" and int(row["ngay_sinh"][-4:]) < 2009
        for row in made.doi_tuong.to_pylist()
    )
    assert made.ledger.num_rows == rate * adults


def replace_spread(scenario):
    """Return the scenario with clerks who are all alike."""
    return replace(scenario, clerks=replace(scenario.clerks, place=0.0, clerk=0.0, day=0.0))


def test_two_seeds_have_nothing_in_common(ward, scenario):
    """Another seed gives other ids, other people and other errors."""
    one, two = (make_ward(ward, Request(seed, 0.02, scenario))[0]["doi_tuong"] for seed in (1, 2))
    names = (zip(one["ho_ten"].to_pylist(), two["ho_ten"].to_pylist(), strict=False),)

    assert not set(one["ma_ho_so"].to_pylist()) & set(two["ma_ho_so"].to_pylist())
    assert np.mean([a == b for pairs in names for a, b in pairs]) < 0.05


def test_by_count_passes_over_what_cannot_be():
    """Exactly so many rows are asked for, in an order that favours the careless."""
    draws = np.random.Generator(np.random.Philox(3)).random(20_000)
    factor = np.where(np.arange(20_000) < 10_000, 3.0, 1.0)
    choice = by_count(draws, 500, np.ones(20_000, bool), factor)

    careless = (choice.rows[:500] < 10_000).mean()
    assert choice.count == 500
    assert len(choice.rows) == 20_000
    assert 0.65 < careless < 0.85  # three in four


def test_two_cells_of_one_incident_are_tied(tables):
    """Swapped days belong together, and so does what is missing of an undocumented person."""
    for cause, most in (("E51", 2), ("E73", 3)):
        groups = {}
        for row in tables["ledger"]:
            if row["cause"] == cause:
                groups.setdefault(row["group_id"], []).append(row)
        assert groups
        for rows in groups.values():
            assert 2 <= len(rows) <= most
            assert len({row["ma_ho_so"] for row in rows}) == 1
        if cause == "E51":
            for one, other in groups.values():
                assert (one["truth"], one["observed"]) == (other["observed"], other["truth"])


def test_lines_of_a_record_are_in_slot_order(tables):
    """The doses of one record follow each other as the slip has them."""
    order = ("CB1", "CB2", "CB3", "BS", "NL1", "NL2", "NL3")
    wrong = {row["ma_mui"] for row in tables["ledger"] if row["column"] == "mui"}
    for one, other in pairwise(tables["mui_tiem"]):
        if one["ma_ho_so"] == other["ma_ho_so"] and not wrong & {one["ma_mui"], other["ma_mui"]}:
            assert order.index(one["mui"]) <= order.index(other["mui"])


def test_tables_have_plain_types(made):
    """Columns are text, or text out of a list: nothing that a spreadsheet would turn into a number."""
    for name in ("doi_tuong", "mui_tiem"):
        for field in made[0][name].schema:
            kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
            assert pa.types.is_string(kind)
