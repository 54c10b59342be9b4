"""Hints are complete, in order, right by the taxonomy, and invented by the course's conventions."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

from generator.facts import table
from sosach.grading.hints import hint
from sosach.grading.rubrics import RUBRICS, Finding

TEXT = (Path(__file__).resolve().parents[2] / "sosach/grading/hints.toml").read_text("utf-8")
HEADINGS = tomllib.loads(TEXT)
TAXONOMY = {row["error_id"]: row for row in table("error_taxonomy")}
ACTIONS = {row["code"]: row["meaning_vi"].casefold() for row in table("action_codes")}
OF_RUBRICS = {
    f"{rubric}.{name}": steps
    for rubric in RUBRICS
    for name, steps in HEADINGS.get(rubric, {}).items()
}
EVERY = {**OF_RUBRICS, **{code: HEADINGS[code] for code in TAXONOMY if code in HEADINGS}}
#: dispatches whose text the course has seen, with their days
DOCUMENTS = {
    "CV 1908": "15/4/2022",
    "CV 2262": "4/5/2022",
    "CV 9438": "5/11/2021",
    "CV 9458": "8/11/2021",
    "CV 10722": "17/12/2021",
    "QĐ 3588": "26/7/2021",
    "QĐ 5772": "20/12/2021",
    "QĐ 43": "7/1/2022",
}
#: seen as a table of codes, which has no day that the course knows
CODE_TABLE = "Thông tư 07/2016/TT-BCA"


def actions(*columns, row):
    """Return the codes of actions in some columns of a taxonomy row."""
    return {code for column in columns for code in re.findall(r"[A-Z_]+", row[column])}


def named(text):
    """Return the actions that a text calls as the buttons do."""
    return {code for code, words in ACTIONS.items() if words in text.casefold()}


def sentences(text):
    """Return the sentences of a text as lists of words."""
    return [s.split() for s in re.split(r"[.?!:;](?=\s|$)", text) if s.split()]


def test_hints_every_error_and_trap():
    """Each of the 58 errors and 14 traps has a hint, and there is no heading beside them."""
    assert set(HEADINGS) - set(RUBRICS) == set(TAXONOMY)
    assert len(TAXONOMY) == 72


@pytest.mark.parametrize("rubric", RUBRICS)
def test_hint_every_rubric(rubric):
    """An item without error or kind has a hint in every rubric."""
    found = hint(rubric, Finding("x", False, ""))

    assert found.vi_du == HEADINGS[rubric]["chung"]["vi_du"]


@pytest.mark.parametrize(
    ("rubric", "causes", "kind", "heading"),
    [
        ("list_membership", ("E90",), "", "list_membership.E90"),
        ("list_membership", ("E10",), "c", "list_membership.c"),
        ("list_membership", ("E20",), "sach", "list_membership.sach"),
        ("list_membership", ("D13",), "bay", "D13"),
        ("decisions", ("E41",), "DELETE_DUP_DOSE", "E41"),
        ("decisions", ("D01",), "KEEP", "D01"),
        ("decisions", (), "KEEP", "decisions.chung"),
        ("decisions", ("E01",), "IMPORT_ID", "decisions.IMPORT_ID"),
        ("verdicts", ("E80",), "CONTACT_CITIZEN", "verdicts.CONTACT_CITIZEN"),
        ("cells_equal", ("E24",), "E24", "E24"),
        ("signatures", ("E40",), "chưa được ký", "signatures.chưa được ký"),
        ("signatures", (), "được ký", "signatures.chung"),
        ("feedback_queue", ("E82",), "REJECT_FEEDBACK", "E82"),
    ],
)
def test_hint_most_specific_first(rubric, causes, kind, heading):
    """The rubric's own words for an error or kind come before those of the error at large."""
    found = hint(rubric, Finding("x", False, "", kind=kind, causes=causes))

    assert vars(found) == EVERY[heading]


@pytest.mark.parametrize("heading", EVERY)
def test_hint_form(heading):
    """A hint has three steps of whole sentences; the first speaks to a colleague."""
    steps = EVERY[heading]

    assert list(steps) == ["noi_nhin", "quy_tac", "vi_du"]
    for text in steps.values():
        assert text[-1] in ".?"
        assert text == " ".join(text.split()) or "'" in text  # a quoted name may hold blanks
        assert max(map(len, sentences(text))) <= 40
    assert "nh/chị" in steps["noi_nhin"]


def test_hints_short_sentences():
    """A sentence has 25 words or fewer on average in every step."""
    for step in ("noi_nhin", "quy_tac", "vi_du"):
        lengths = [len(s) for steps in EVERY.values() for s in sentences(steps[step])]

        assert sum(lengths) / len(lengths) <= 25


def test_hints_letters():
    """Every letter is one character; the look-alike of Đ does not occur."""
    assert unicodedata.is_normalized("NFC", TEXT)
    assert "Ð" not in TEXT


@pytest.mark.parametrize("heading", EVERY)
def test_hint_keeps_the_answer_for_the_third_step(heading):
    """The first two steps name no action as its button does, and no group for the record."""
    steps = EVERY[heading]
    early = f"{steps['noi_nhin']} {steps['quy_tac']}"

    assert named(early) == set()
    assert not re.search(r"nhóm [abc]\b(?!,)", early)


@pytest.mark.parametrize("code", TAXONOMY)
def test_hint_solves_by_the_taxonomy(code):
    """The solved example does what the taxonomy demands or allows, and nothing it forbids."""
    row, told = TAXONOMY[code], named(HEADINGS[code]["vi_du"])
    due = actions("must", row=row) or actions("may", row=row)
    right = actions("must", "may", "must_if_other_unit", "after_answer", row=row)
    noted = actions("grading_note", row=row) & set(ACTIONS)
    later = actions("after_answer", row=row)
    if code == "E18":  # nothing to be seen before the answer
        due = later

    assert told & due
    assert told & later or not later
    assert told <= right | noted | {"HOLD"}  # to wait for an answer is careful everywhere
    assert not told & (actions("never", row=row) - later)


@pytest.mark.parametrize("heading", [h for h in OF_RUBRICS if h.split(".")[1] in ACTIONS])
def test_hint_of_an_action_solves_by_it(heading):
    """Words of a rubric for an action lead to this action, in the words of its button."""
    assert heading.split(".")[1] in named(EVERY[heading]["vi_du"])


@pytest.mark.parametrize("heading", EVERY)
def test_hint_documents(heading):
    """Every document is one that the course has seen, with its day; else the rule is ours."""
    text = " ".join(EVERY[heading].values())
    found = re.findall(r"(?:CV|QĐ|NĐ|NQ|Thông tư|Luật) [\w/-]+", text)

    for name in found:
        assert name == CODE_TABLE or f"{name} ngày {DOCUMENTS[name]}" in text


@pytest.mark.parametrize("heading", EVERY)
def test_hint_numbers_are_invented(heading):
    """Identity and telephone numbers follow the convention of hand-written examples: tail 9999."""
    text = re.sub(r"ORG-\d+", "", " ".join(EVERY[heading].values()))
    numbers = re.findall(r"\d{8,}", text)

    assert [n for n in numbers if not re.search(r"9999\d\d$|9999\d{0,2}$|999\d{3,4}$", n)] == []


def test_hint_identity_numbers_agree():
    """In an example without a wrong number, the fifth and sixth digits are the birth year's."""
    wrong = {"E71"}  # the number is the mother's
    pairs = [
        (heading, year, number)
        for heading, steps in EVERY.items()
        for year, number in re.findall(r"(\d{4})(?:,[^.,]*)*, (?:có )?số (\d{12})", steps["vi_du"])
        if heading not in wrong
    ]

    assert len(pairs) >= 8
    assert [pair for pair in pairs if pair[2][4:6] != pair[1][2:]] == []


@pytest.mark.parametrize("row", table("verdict_codes"), ids=lambda row: row["code"])
def test_hint_of_a_verdict_solves_by_it(row):
    """Every closed answer has words of its own that lead to it, and say it in the third step alone."""
    steps = EVERY[f"verdicts.{row['code']}"]
    label = row["meaning_vi"].casefold()

    assert label in steps["vi_du"].casefold()
    assert f"kết luận là {label}" not in f"{steps['noi_nhin']} {steps['quy_tac']}".casefold()
