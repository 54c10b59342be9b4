"""Cards of signatures and doses to be signed, as one offline page of a class."""

import json
from dataclasses import replace
from functools import cache

import pytest

from sosach.course.casefiles import case_of
from sosach.course.workplace import practice_set
from sosach.grading.specs import find_spec, load_spec
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_offline_page import exported, rows

pytestmark = pytest.mark.slow

SIGNING, EXAMINING = "k2_13_ai_duoc_ky", "k2_14_kiem_tra_chu_ky"
PASSPORTS = "k2_15_ho_chieu_va_ma_qr"


@cache
def case(exercise, handed_out=True):
    """The case file of an exercise, as a class hands it out or as practice."""
    spec = load_spec(find_spec(exercise))
    place = practice_set(spec)
    if handed_out:
        place = replace(place, key=None, class_id="BinhThanh-01", trainee="hv012")
    return case_of(spec, place)


def find(seen, item):
    """Open the item of this id."""
    seen.page.locator("[data-input=words]").fill(item)
    seen.page.locator(".sb-record-head", has_text=item).wait_for()


def test_doses_are_signed_by_one_key_each(opened):
    """A digit is a token; the result file holds ky_so.json, and what waits stands in no row."""
    seen = opened(case(SIGNING))
    first, second, third = (record.id for record in case(SIGNING).records[:3])
    seen.keys("1", "5", "2")
    result = exported(seen)

    signed = json.loads(result.files["ky_so.json"])
    assert {row["ma_mui"]: row["token"] for row in signed} == {first: "TK1", third: "TK2"}
    assert second not in {row["ma_mui"] for row in signed}
    assert seen.decided() == 3
    assert seen.errors == []


def test_dose_in_question_stands_first(opened):
    """The dose that is decided on stands above all else, and is marked among the others."""
    record = next(r for r in case(SIGNING).records if len(r.doses) > 1)
    seen = opened(case(SIGNING))
    find(seen, record.id)

    assert record.id in seen.page.locator(".sb-first").inner_text()
    assert seen.page.locator(".sb-doses .sb-dose-asked").count() == 1


def test_differences_from_the_signed_copy_are_marked(opened):
    """Where a dose was edited after it was signed the characters are marked, and said in words."""
    made = case(EXAMINING)
    names = [column.name for column in made.dose_columns]
    record, column = next(
        (r, name)
        for r in made.records
        for paper in r.papers
        if paper.kind == "ban_da_ky" and r.doses
        for name in ("ngay_tiem", "so_lo", "ten_vac_xin", "mui")
        if paper.cells.get(name) not in (None, "", r.doses[0].cells[names.index(name)])
    )
    seen = opened(made)
    find(seen, record.id)
    differing = seen.page.locator(".sb-row-differs")

    assert column in names
    assert differing.count() >= 1
    assert seen.page.locator(".sb-row-differs mark").count() >= 1
    assert "Bản đã ký" in seen.page.locator(".sb-table thead").last.inner_text()


def test_certificate_among_doses_shows_its_papers_alone(opened):
    """A card that is no dose has no empty table of a person and no line of doses."""
    record = next(r for r in case(EXAMINING).records if not r.doses)
    seen = opened(case(EXAMINING))
    find(seen, record.id)

    assert seen.page.locator(".sb-record .sb-table").count() == 0
    assert seen.page.locator(".sb-record .sb-doses").count() == 0
    assert seen.page.locator(".sb-paper").count() >= 2


def test_code_stands_beside_each_of_its_sources(opened):
    """The QR picture is there; identity paper, log of issue and codes stand beside it in turn."""
    record = next(r for r in case(PASSPORTS).records if r.id.startswith("QR"))
    seen = opened(case(PASSPORTS))
    find(seen, record.id)
    picture = seen.page.locator(".sb-figure img")
    assert picture.evaluate("one => one.naturalWidth") > 200
    titles = seen.page.locator(".sb-tabs button").all_inner_texts()
    for title in titles:
        seen.page.locator(".sb-tabs").get_by_role("button", name=title).click()
        assert title in seen.page.locator(".sb-table thead").inner_text()

    assert len(titles) == 3
    assert seen.errors == []
    assert seen.hosts == set()


@pytest.mark.parametrize("exercise", [SIGNING, EXAMINING, PASSPORTS])
@pytest.mark.parametrize(
    ("scheme", "size"),
    [
        pytest.param("light", LAPTOP, id="laptop"),
        pytest.param("dark", PHONE, id="phone, dark"),
        pytest.param("dark", LAPTOP, id="laptop, dark", marks=pytest.mark.full),
    ],
)
def test_cards_without_barriers(opened, exercise, scheme, size):
    """Large enough, not too wide, nothing serious for axe; also after an answer in practice."""
    seen = opened(case(exercise, handed_out=False), color_scheme=scheme, **size)
    last = case(exercise).records[-1].id
    if size is LAPTOP:
        find(seen, last)
    else:
        seen.keys("ArrowRight")
    found = seen.barriers()
    seen.keys("2")
    seen.page.wait_for_timeout(250)  # transitions end

    assert found + seen.barriers() == []
    assert seen.small() == []
    assert seen.too_wide() <= 0


def test_result_has_the_columns_of_the_spec(opened):
    """What the page writes for a card has the two columns of the exercise."""
    seen = opened(case(EXAMINING))
    seen.keys("1")
    (row,) = rows(exported(seen))

    assert list(row) == ["doi_tuong_kiem_tra", "ket_luan"]
