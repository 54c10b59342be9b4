"""What the check knows of the country is what the reference tables say."""

import csv
from importlib.resources import files

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


def test_causes():
    """Every kind of error stands in the taxonomy."""
    assert facts.CAUSES.keys() <= {row["error_id"] for row in reference("error_taxonomy")}
