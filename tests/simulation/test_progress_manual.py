"""The trainers' page says what the simulation does."""

import re
import unicodedata

import pytest

from generator import city as engine
from generator.places import select_wards
from generator.scenario import load_scenario
from sosach.publish.report_words import number
from sosach.publish.workbook import BANNER
from sosach.simulation.people.police import DAYS, RESULTS
from sosach.simulation.platform import database as db
from sosach.simulation.progress.plan import PUBLISHED
from sosach.simulation.progress.ward import STATES
from sosach.simulation.workdays import ANSWER_HOURS


@pytest.fixture(scope="module")
def text(request):
    """The page."""
    return (request.config.rootpath / "docs" / "mo_phong.md").read_text(encoding="utf-8")


def test_manual_written(text):
    """The page is NFC, bears the banner, and its links lead somewhere."""
    assert text == unicodedata.normalize("NFC", text)
    assert BANNER in text
    assert re.findall(r"\]\((.+?)\)", text) == ["tu_dien_du_lieu.md"]


def test_manual_published(text):
    """The published figures are those of the program."""
    p = PUBLISHED
    for figure in (p.needing, p.sent, p.signed):
        assert f"| {number(figure)} |" in text
    for part, whole in (
        (p.reporting, p.wards),
        (p.with_token, p.wards),
        (p.signing, p.with_token),
    ):
        assert f"{part}/{whole}" in text


def test_manual_no_share(text):
    """Nowhere is what was signed set over what needs verification."""
    share = 100 * PUBLISHED.signed / PUBLISHED.needing

    assert not re.search(r"374[.,]137\s*(/|:|÷|trên|trong số)", text)
    assert not any(f"{share:.{k}f}".replace(".", ",") + "%" in text for k in range(3))


def test_manual_words(text):
    """States, answers of the police, days and hours are the program's own."""
    for word in (*STATES.values(), *RESULTS):
        assert word in text
    assert f"{DAYS[0]} đến {DAYS[1]} ngày làm việc" in text
    assert f"{ANSWER_HOURS} giờ" in text
    assert f"quá {db.PATIENCE // 1000} giây" in text


def test_manual_opens_a_ward(text, tmp_path, monkeypatch):
    """What the page says to type opens a ward of a folder that was generated, and lists its wrong records."""
    [code] = [block for block in re.findall(r"```python\n(.+?)```", text, re.S) if "World" in block]
    wards = select_wards("27136")
    engine.generate(
        wards, engine.Request(1, 0.1, load_scenario("tp-hcm-2022")), tmp_path / "thanh_pho"
    )
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(code, names)  # noqa: S102 - our own page
    wrong = names["tram"].nen_tang.danh_sach_sai("a")
    names["phuong"].close()

    assert set(wrong["nhom"]) == {"a"}
    assert (tmp_path / "phuong_27136.db").is_file()
