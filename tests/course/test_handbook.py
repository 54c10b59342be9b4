"""The handbook says what the marks rest on, in the words of the screens."""

import re
import unicodedata
from xml.etree import ElementTree

import pytest

from generator.facts import table
from sosach.course.explained import documents
from sosach.course.handbook import TITLES, handbook

SHEETS = handbook()


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_is_xml_without_english(name):
    """A sheet is well formed, NFC, and shows no code and no English of the tables."""
    body = SHEETS[name].split("<body>")[1]
    words = re.sub(r"<[^>]*>", " ", body)

    ElementTree.fromstring(SHEETS[name].replace("<!DOCTYPE html>", ""))  # noqa: S314 - our own
    assert unicodedata.is_normalized("NFC", body)
    assert re.findall(r"\b[A-Z]{3,}_[A-Z_]+\b|\bmemory\b|\bwith\b|-&gt;|[<>]", words) == []


def test_sheet_of_actions_has_all():
    """Every action of the closed list stands there with when it is right."""
    sheet = SHEETS["2_viec_lam.html"]

    for row in table("action_codes"):
        assert f">{row['meaning_vi']}</th>" in sheet


def test_sheet_of_letters_has_thirteen_reasons():
    """Each of the 13 reasons stands there once, under its number."""
    sheet = SHEETS["5_phan_anh.html"]

    for row in table("reason_codes"):
        if row["code"].startswith("tc"):
            number = int(row["code"][2:])
            assert sheet.count(f">{number}</th>") == 1
            assert row["meaning_vi"] in sheet


def test_sheet_of_doses_has_vaccines_and_doubts():
    """Every vaccine stands there; what is from memory is marked, what has a source is not."""
    sheet = SHEETS["4_mui_tiem.html"]
    rules = {row["rule_id"]: row for row in table("dose_rules")}

    assert all(row["name_on_platform_vi"] in sheet for row in table("vaccines"))
    assert f"{rules['R11']['rule_vi']}</td>" in sheet
    assert f"{rules['R24']['rule_vi']} (*)</td>" in sheet


def test_sheet_of_numbers_has_every_province():
    """All 63 codes stand there."""
    sheet = SHEETS["3_so_giay_to.html"]

    for row in table("id_province_codes"):
        assert f"{row['cccd_code']} {row['province_name_63']}" in sheet


def test_titles_count_what_they_say():
    """There are as many actions as the title says."""
    assert TITLES["2_viec_lam"].startswith("Hai mươi hai")
    assert len(table("action_codes")) == 22


@pytest.mark.parametrize(
    ("sheet", "exercises"),
    [("6_ky_so", ("k2_12", "k2_16")), ("7_chu_ky_va_ho_chieu", ("k2_14", "k2_15"))],
)
def test_sheets_of_signing_have_every_answer(sheet, exercises):
    """Every answer of the exercises on signing stands on its sheet with when it is right."""
    rows = [row for row in table("verdict_codes") if row["exercise"].startswith(exercises)]

    assert {row["exercise"][:5] for row in rows} == set(exercises)
    for row in rows:
        assert f">{row['meaning_vi']}</th>" in SHEETS[f"{sheet}.html"]
        assert row["rule_vi"] in SHEETS[f"{sheet}.html"]


def test_documents_of_answers_are_known():
    """What an answer rests on is a document of the course, or the course itself."""
    known = {document.id for document in documents()}

    assert {row["document"] for row in table("verdict_codes")} <= known | {""}
