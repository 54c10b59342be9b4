"""Cards of signatures, and doses to be signed: on the screen, offline and in Excel."""

import base64
import json
from dataclasses import replace
from functools import cache

import openpyxl
import pytest

from generator.facts import table
from sosach.course import mo_bai
from sosach.course.casefiles import case_of
from sosach.course.workfile import read_filled, write_empty
from sosach.course.workplace import practice_set
from sosach.grading.specs import find_spec, load_spec
from sosach.review import offline_page
from sosach.review.casefile import as_json

PASSPORTS = "k2_15_ho_chieu_va_ma_qr"
CARDS = (
    *("k2_12_chung_thu_va_token", "k2_14_kiem_tra_chu_ky", "k2_16_su_co_khi_ky"),
    pytest.param(PASSPORTS, marks=pytest.mark.slow),  # its codes are signed for real
)
SIGNING = "k2_13_ai_duoc_ky"
PNG = b"\x89PNG\r\n\x1a\n"


@cache
def opened(exercise):
    """The spec of an exercise, a practice set and its case file."""
    spec = load_spec(find_spec(exercise))
    place = practice_set(spec)
    return spec, place, case_of(spec, place)


@pytest.mark.parametrize("exercise", CARDS)
def test_cards_ask_for_the_closed_answers(exercise):
    """Every answer of the spec is a button, in its order, in the words of the one table."""
    spec, _, case = opened(exercise)
    words = {
        r["code"]: r["meaning_vi"] for r in table("verdict_codes") if r["exercise"] == exercise
    }
    codes = spec.artefacts["ket_luan.csv"].codes["ket_luan"]

    assert [(a.code, a.label) for a in case.form.actions] == [(c, words[c]) for c in codes]
    assert tuple(case.form.columns) == spec.artefacts["ket_luan.csv"].columns


@pytest.mark.parametrize("exercise", CARDS)
def test_cards_are_read_in_vietnamese(exercise):
    """No name of a column is left where people read: on papers and above cells."""
    _, _, case = opened(exercise)
    known = {column.name for column in (*case.columns, *case.dose_columns)}
    labels = [column.label for column in (*case.columns, *case.dose_columns)]
    labels += [n for r in case.records for p in r.papers for n in p.cells or {} if n not in known]

    assert [label for label in labels if "_" in label or label[:1].islower()] == []


@pytest.mark.parametrize("exercise", [*CARDS, SIGNING])
def test_cards_of_a_class_hold_no_answer(exercise):
    """Without the key nothing tells what is right, and every item is there."""
    spec, place, case = opened(exercise)
    handed_out = case_of(spec, replace(place, key=None, class_id="BinhThanh-01", trainee="hv012"))

    assert handed_out.key is None
    assert handed_out.records == case.records
    assert set(case.key.of) == {record.id for record in case.records}


def test_signed_copy_stands_beside_the_register():
    """A dose that was edited after it was signed differs from its signed copy, in cells of one name."""
    _, place, case = opened("k2_14_kiem_tra_chu_ky")
    names = [column.name for column in case.dose_columns]
    edited = 0
    for record in case.records:
        signed = [p for p in record.papers if p.kind == "ban_da_ky"]
        if signed and record.doses:
            (dose,) = record.doses
            cells = dict(zip(names, dose.cells, strict=True))
            cells |= dict(zip([c.name for c in case.columns], record.cells, strict=True))
            differs = [n for n, text in signed[0].cells.items() if n in cells and cells[n] != text]
            edited += bool(differs)
            if "tot" in place.key.choices[record.id].answers:
                assert differs == []

    assert edited >= 2


@pytest.mark.slow
def test_pictures_lie_in_the_page():
    """A QR code comes with the page: the offline page may load it and nothing else."""
    _, _, case = opened(PASSPORTS)
    pictures = [p.picture for r in case.records for p in r.papers if p.picture]
    page = offline_page(case)

    assert len(pictures) >= 10
    for address in pictures:
        head, data = address.split(",")
        assert head == "data:image/png;base64"
        assert base64.b64decode(data).startswith(PNG)
    assert "img-src data:" in page
    assert "default-src 'none'" in page


def test_doses_to_sign_explain_the_right_token():
    """Practice takes every right token for a dose that may be signed, and leaving out for others."""
    _, place, case = opened(SIGNING)
    for dose, able in place.key.doses.items():
        answer = case.key.answers[case.key.of[dose]]
        right = {name for name, token in able.tokens.items() if token.right}

        assert {act.code for act in answer.must[0]} == (right if able.may else {"khong"})
    assert {able.may for able in place.key.doses.values()} == {True, False}


def test_doses_to_sign_show_person_and_the_other_doses():
    """Beside a dose stand its person's state and all doses of the record, its own among them."""
    _, place, case = opened(SIGNING)
    states = dict(place.doi_tuong[["ma_ho_so", "tt_xac_minh"]].to_numpy())
    owner = dict(place.mui_tiem[["ma_mui", "ma_ho_so"]].to_numpy())
    where = [column.name for column in case.columns].index("tt_xac_minh")

    assert {record.id for record in case.records} == set(owner)
    for record in case.records:
        assert record.cells[where] == states[owner[record.id]]
        assert record.id in {dose.id for dose in record.doses}


@pytest.mark.parametrize("exercise", [CARDS[0], SIGNING])
def test_excel_leads_to_the_same_answers(exercise, tmp_path):
    """Words chosen in the work file come back as the codes of the buttons."""
    _, _, case = opened(exercise)
    path = tmp_path / "phieu.xlsx"
    write_empty(case, [], path)
    book = openpyxl.load_workbook(path)
    sheet = book["Bài làm"]
    words = [cell.value for cell in book["Danh mục"]["A"][1:] if cell.value]
    for i, word in enumerate(words):
        sheet.cell(2 + i, sheet.max_column).value = word
    book.save(path)
    filled = read_filled(case, path.name, path.read_bytes())

    assert filled.errors == []
    assert [d["hanh_dong"] for d in filled.decisions] == [a.code for a in case.form.actions]


def test_excel_shows_what_lies_beside_the_cards(tmp_path):
    """In the work file stand the papers too, cell by cell, so that Excel tells all that is needed."""
    _, _, case = opened(CARDS[0])
    write_empty(case, [], tmp_path / "phieu.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "phieu.xlsx")["Giấy tờ"]
    lines = {tuple(cell.value or "" for cell in row) for row in sheet.iter_rows(min_row=2)}

    for record in case.records:
        for paper in record.papers:
            for name, text in paper.cells.items():
                assert (record.id, paper.title, paper.source, name, text) in lines


def test_signing_by_clicks_writes_json(tmp_path, monkeypatch):
    """A press stands in ky_so.json with its token; what is not signed yet stands in no row."""
    monkeypatch.chdir(tmp_path)
    bai = mo_bai(SIGNING)
    screen = bai.man_hinh()
    first, second, third = screen.hien[:3]
    screen.chon(first, "TK2")
    screen.chon(second, "khong")
    screen.chon(third, "TK1")
    rows = json.loads((tmp_path / "bai_nop" / "ky_so.json").read_text(encoding="utf-8"))

    assert {row["ma_mui"]: row["token"] for row in rows} == {first: "TK2", third: "TK1"}
    again = mo_bai(SIGNING).man_hinh()
    assert [again.lua_chon(name) for name in (first, second, third)] == ["TK2", "khong", "TK1"]


@pytest.mark.slow
def test_case_file_keeps_pictures():
    """A picture travels in the case file; a paper without one has no such entry."""
    _, _, case = opened(PASSPORTS)
    papers = [p for r in as_json(case)["records"] for p in r.get("papers", [])]

    assert any("picture" in paper for paper in papers)
    assert any("picture" not in paper for paper in papers)
