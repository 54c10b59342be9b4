"""The handbook as a real browser prints and shows it."""

import subprocess

import pytest

from sosach.course.handbook import handbook

pytestmark = pytest.mark.slow
SHEETS = handbook()


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_prints_on_one_page(browser, tmp_path, name):
    """Each sheet is one A4 page, and on a telephone nothing sticks out."""
    (tmp_path / name).write_text(SHEETS[name], encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((tmp_path / name).as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.pdf(path=tmp_path / "to.pdf", prefer_css_page_size=True, print_background=False)
    page.close()
    said = subprocess.run(
        ["pdfinfo", tmp_path / "to.pdf"], capture_output=True, text=True, check=True
    ).stdout
    facts = dict(line.split(":", 1) for line in said.splitlines())

    assert wide <= 390
    assert "A4" in facts["Page size"]
    assert int(facts["Pages"]) == 1
