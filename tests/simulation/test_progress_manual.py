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
from sosach.simulation.verbs import CongAn, CoSo, NenTang, NguoiDan
from sosach.simulation.workdays import ANSWER_HOURS


@pytest.fixture(scope="module")
def text(request):
    """The page."""
    return (request.config.rootpath / "docs" / "mo_phong.md").read_text(encoding="utf-8")


def test_manual_written(text):
    """The page is NFC, bears the banner, and its links lead somewhere."""
    assert text == unicodedata.normalize("NFC", text)
    assert BANNER in text
    assert set(re.findall(r"\]\((.+?)\)", text)) == {"tu_dien_du_lieu.md"}


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


def test_manual_verbs(text):
    """Every verb that a notebook can call stands on the page, and none that it cannot."""
    rooms = {"nen_tang": NenTang, "cong_an": CongAn, "co_so": CoSo, "nguoi_dan": NguoiDan}
    every = {f"{room}.{name}" for room, c in rooms.items() for name in vars(c) if name[0] != "_"}
    table = text[text.index("| Động từ |") : text.index("Gõ `help(")]

    assert set(re.findall(r"`((?:nen_tang|cong_an|co_so|nguoi_dan)\.\w+)", table)) == every - {
        "nen_tang.ngay_moi"
    }


@pytest.fixture
def typed(text, tmp_path, monkeypatch):
    """What a notebook has after all that the page says to type, in a folder that was generated."""
    wards = select_wards("27136")
    engine.generate(
        wards, engine.Request(1, 0.1, load_scenario("tp-hcm-2022")), tmp_path / "thanh_pho"
    )
    monkeypatch.chdir(tmp_path)
    names = {}
    for code in re.findall(r"```python\n(.+?)```", text, re.S):
        exec(code, names)  # noqa: S102 - our own page
    yield names
    names["phuong"].close()


def test_manual_as_it_stands(typed, tmp_path):
    """The page's examples run: a list is sent, comes back, is saved and imported; progress is shown."""
    wrong, mine = typed["sai"], typed["ma"]

    assert set(wrong.bang["nhom"]) == {"a"}
    assert sorted(path.name for path in (tmp_path / "ban_giao").iterdir()) == [
        f"{mine}.pdf",
        f"{mine}.xlsx",
    ]
    assert typed["nhap"].tra_loi["da_nhap"]
    city = typed["tien_do"]("thanh_pho", seed=1)
    assert city.cau == typed["tin"].text
    assert city.hinh.count("<svg") == 5
    district = typed["tien_do"]("thanh_pho", seed=1, huyen="Quận 3")
    assert district.cau == city.cau.replace("các phường, xã của bộ dữ liệu này", "Quận 3")
    unknown = typed["tien_do"]("thanh_pho", seed=1, huyen="Quận 33")
    assert not unknown.duoc
    assert "Quận 3 (mã 770)" in unknown.cau
