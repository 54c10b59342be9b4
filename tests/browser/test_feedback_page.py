"""The pages about marks in a real browser: on paper, on a telephone, and under attack."""

from __future__ import annotations

import subprocess

import pytest

from sosach.classroom import export, grade, open_class, release, write_class_report
from sosach.classroom.feedback import Marks
from tests.classroom.feedback_pages import (
    ABOUT,
    PAYLOADS,
    TAGS,
    cell_of,
    draw,
    hostile_page,
    manual_cell,
    result_of,
)

pytestmark = pytest.mark.slow

#: those with the longest rules and examples
TWELVE = ["E03", "E04", "E05", "E07", "E08", "E09", "E10", "E11", "E13", "E14", "E17", "E57"]
BUSY = {
    **ABOUT,
    "repairs": ["Đã đọc tệp danh_sach (1).csv thay cho danh_sach.csv."],
    "amended": ["Sau khi xem lại, câu trả lời ở HS0000000099 được chấp nhận."],
}
WIDTHS = [390, 1100, 1920]


@pytest.fixture
def pages_of(browser, tmp_path):
    """Print a page as Chromium does, without colours behind text; return how many sheets."""

    def count(text):
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        page = browser.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=False)
        page.close()
        info = subprocess.run(
            ["pdfinfo", tmp_path / "page.pdf"], capture_output=True, text=True, check=True
        ).stdout
        facts = dict(line.split(":", 1) for line in info.splitlines())
        assert "A4" in facts["Page size"]
        return int(facts["Pages"])

    return count


@pytest.mark.parametrize("causes", [[], TWELVE[:6] * 2, TWELVE], ids=["none", "six", "twelve"])
def test_feedback_page_prints_on_one_sheet(pages_of, causes):
    """30 records with up to 12 wrong, late, repaired, appealed and commented on: one A4 sheet."""
    result = result_of(causes)
    text = draw([cell_of(result), manual_cell()], BUSY, Marks(result.points + 1, 12, 0.5))

    assert pages_of(text) == 1


def test_feedback_page_flows_on(pages_of):
    """With more wrong than that the page says how many more and needs a second sheet."""
    text = draw([cell_of(result_of(TWELVE * 2 + TWELVE[:6]))], BUSY)

    assert "Còn 18 chỗ chưa đúng nữa" in text
    assert pages_of(text) == 2


@pytest.mark.parametrize("payload", PAYLOADS)
def test_feedback_page_runs_nothing(browser, payload):
    """Chromium itself finds no element but the template's, opens no dialog, asks for nothing."""
    happened = []
    page = browser.new_page()
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: happened.append(request.url))
    page.set_content(hostile_page(payload), wait_until="load")
    names = page.evaluate("[...document.querySelectorAll('*')].map(e => e.localName)")
    handlers = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())"
        ".filter(n => n.startsWith('on') || n === 'href' || n === 'src')"
    )
    page.close()

    assert set(names) <= TAGS
    assert handlers == []
    assert happened == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_the_screen(browser, tmp_path, class_report, width, scheme):
    """Nothing sticks out sideways on a telephone, a desk or a projector; text is no paper colour."""
    for path in (_written(tmp_path, hostile_page("x" * 300)), class_report):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        ink, paper = page.evaluate(
            "(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))"
        )
        page.close()

        assert wide <= width
        assert ink != paper


def test_class_report_prints(pages_of, class_report):
    """The class report of one exercise takes a few sheets."""
    assert 1 <= pages_of(class_report.read_text(encoding="utf-8")) <= 3


@pytest.fixture(scope="module")
def class_report(tmp_path_factory):
    """The report of a class in which one trainee handed in everything as group c."""
    base = tmp_path_factory.mktemp("lop")
    (base / "ds.csv").write_text("ma_hoc_vien,ho_ten,don_vi\na,Trần An,TYT 1\nb,Lê Bình,TYT 2\n")
    folder, exercise = base / "lop", "k1_02_lap_danh_sach"
    open_class(folder, "Lớp " + "dài " * 20, base / "ds.csv")
    release(folder, [exercise], "lam_quen")
    given = folder / "phat_bai" / "a" / exercise / "du_lieu" / "doi_tuong.csv"
    codes = [line.split(",")[0] for line in given.read_text("utf-8-sig").splitlines()[1:]]
    work = folder / "thu_bai" / "a" / exercise / "bai_nop"
    work.mkdir(parents=True)
    rows = "".join(f"{code.strip(chr(34))},c\n" for code in codes)
    (work / "danh_sach.csv").write_text(f"ma_ho_so,nhom\n{rows}")
    grade(folder)
    export(folder)
    return write_class_report(folder)


def _written(folder, text):
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    return path
