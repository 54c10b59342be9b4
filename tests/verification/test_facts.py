"""What the check knows of the country is what the reference tables say."""

import csv
from importlib.resources import files

from generator import names
from generator.operators import full_name
from sosach.verification import facts


def reference(name):
    """Return the rows of a reference table."""
    text = (files("generator") / "reference" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_province_codes():
    """The 63 provinces of the CCCD are those of the reference table."""
    rows = reference("id_province_codes")

    assert sorted(row["cccd_code"] for row in rows) == list(facts.PROVINCE_CODES)
    assert len(set(facts.PROVINCE_CODES)) == 63


def test_new_prefixes():
    """Every old prefix leads to the new one of the reference table."""
    rows = reference("phone_prefixes")

    assert {r["old_prefix"]: r["new_prefix"] for r in rows if r["old_prefix"]} == facts.NEW_PREFIXES


def test_old_districts():
    """Wards whose district has another code since 2021 all went to Thành phố Thủ Đức."""
    moved = [
        row
        for row in reference("hcmc_wards_2019_to_2022")
        if row["district_code_2019"] != row["district_code_2022"]
    ]

    assert {r["ward_code_2022"]: r["district_code_2019"] for r in moved} == facts.OLD_DISTRICTS
    assert {r["district_code_2022"] for r in moved} == {facts.THU_DUC}


def test_first_gap_days():
    """The vaccines and their shortest gaps are those of the reference table."""
    rows = reference("vaccines")

    assert {
        r["name_on_platform_vi"]: int(r["min_interval_days_exercise"]) for r in rows
    } == facts.FIRST_GAP_DAYS


def test_dose_ranks():
    """The slots of a dose stand in the order of the confirmation form."""
    action = next(r["checker_action"] for r in reference("dose_rules") if r["rule_id"] == "R20")

    assert action.rpartition(": ")[2].split(",") == sorted(
        facts.DOSE_RANKS, key=facts.DOSE_RANKS.__getitem__
    )


def causes():
    """Return all causes that the check knows, as often as they stand there."""
    cells = [cause for column in facts.CELL_CAUSES.values() for cause in column]
    return [*cells, *facts.INCIDENTS, facts.GONE]


def test_causes():
    """Every kind of error that is injected stands in the check, and no other."""
    injected = {
        row["error_id"]
        for row in reference("error_taxonomy")
        if row["error_id"].startswith("E") and row["sim_rate_note"] != "not_injected"
    }

    assert set(causes()) == injected


def test_causes_once():
    """An error spoils one column; only E73 spoils the three that tell who somebody is."""
    several = {cause for cause in causes() if causes().count(cause) > 1}

    assert several == {"E73"}
    assert causes().count("E73") == 3


def test_decoys():
    """Every decoy of the taxonomy is known."""
    decoys = {r["error_id"] for r in reference("error_taxonomy") if r["error_id"].startswith("D")}

    assert set(facts.DECOYS) == decoys
    assert len(facts.DECOYS) == len(decoys)


def test_districts():
    """Every ward of the city and its district are those of the reference table."""
    assert {
        row["ward_code"]: row["district_code"] for row in reference("hcmc_units_2022")
    } == facts.DISTRICTS


def test_spellings():
    """What is typed for a vaccine is what the reference table says, but for capitals alone."""
    assert {
        typed.rstrip("*"): row["name_on_platform_vi"]
        for row in reference("vaccines")
        for typed in row["variants_typed"].split("|")
        if typed.rstrip("*").casefold() != row["name_on_platform_vi"].casefold()
    } == facts.SPELLINGS


def test_lot_forms():
    """The lots of the vaccines that stations had are of the reference table's forms."""
    forms = {
        row["name_on_platform_vi"]: row["lot_format_regex_for_synthetic"].strip("^$")
        for row in reference("vaccines")
    }

    assert {name: form.replace("$|^", "|") for name, form in forms.items()}.items() >= (
        facts.LOT_FORMS.items()
    )


def test_ethnic_groups():
    """The groups that live in the city are those that people are generated of."""
    assert names.GROUPS[: names.FIRST_NATION] == facts.ETHNIC_GROUPS


def test_rustic_names():
    """The given names of the countryside are those that clerks write."""
    assert facts.RUSTIC_NAMES == full_name.RUSTIC_NAMES
