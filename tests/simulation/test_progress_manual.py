"""The trainers' page says what the simulation does."""

import re
import unicodedata

import pytest

from sosach.publish.report_words import number
from sosach.publish.workbook import BANNER
from sosach.simulation.people.police import DAYS, RESULTS
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
