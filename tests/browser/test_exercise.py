"""A learner opens the exercise in JupyterLab and makes the list by clicks."""

import csv
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
EXERCISE = "k1_02_lap_danh_sach"

pytestmark = pytest.mark.slow


@pytest.fixture
def watched(browser, tmp_path):
    """A page 1366 px wide with what it asked for and what went wrong on it."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.set_default_timeout(30_000)
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page, asked, errors
    page.screenshot(path=tmp_path / "cuoi.png")
    page.close()


def run_all(page):
    """Wait until the notebook stands there with a kernel, then run every cell from the menu."""
    page.locator(".jp-Notebook .jp-Cell:visible").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu").get_by_text("Run All Cells", exact=True).click()


def test_exercise_can_be_done_by_clicks(lab, watched, tmp_path):
    """Open, run all, choose for several records, save: the list is on disk, nothing went outside."""
    address, folder = lab
    page, asked, errors = watched
    shutil.copy(ROOT / "exercises" / EXERCISE / f"{EXERCISE}.ipynb", folder)
    page.goto(f"{address}/lab/tree/{EXERCISE}.ipynb?reset")
    run_all(page)
    screen = page.locator(".ss-man-hinh").first
    screen.wait_for()
    screen.scroll_into_view_if_needed()
    page.screenshot(path=tmp_path / "1_mo.png")
    assert (
        page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count()
        == 0
    )
    for i, label in enumerate(["Nhóm a", "Nhóm b", "Nhóm c", "Không đưa vào"], start=1):
        page.locator("button.ss-chon", has_text=label).click()
        page.get_by_text(f"Đã chọn {i}/30 hồ sơ").wait_for()
    page.screenshot(path=tmp_path / "2_chon.png")
    page.get_by_role("button", name="Lưu danh sách").click()
    page.get_by_text("Đã lưu bai_nop/danh_sach.csv: 3 hồ sơ").wait_for()
    page.screenshot(path=tmp_path / "3_luu.png")
    cell = page.locator(".jp-CodeCell", has_text="bai.kiem_tra()").last
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    summary = cell.locator("summary").first
    summary.click()
    cell.get_by_text("Gợi ý 1").first.click()
    page.screenshot(path=tmp_path / "4_kiem_tra.png")
    heights = [button.bounding_box()["height"] for button in page.locator("button.ss-nut").all()]

    with (folder / "bai_nop" / "danh_sach.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["nhom"] for row in rows) == ["a", "b", "c"]
    assert len(heights) == 9
    assert min(heights) >= 44
    assert errors == []
    assert {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))} == {
        "127.0.0.1"
    }


@pytest.mark.parametrize(
    ("lesson", "press", "reply"),
    [
        ("00_bat_dau", "Nhóm a", "Ô Số giấy tờ trống"),
        ("02_lap_danh_sach", "Tự thêm số 0", "chỉ là phỏng đoán"),
    ],
)
def test_lesson_answers_at_once(lab, watched, tmp_path, lesson, press, reply):
    """Run all, press a button of the lesson: the explanation stands there."""
    address, folder = lab
    page, asked, errors = watched
    shutil.copy(ROOT / "notebooks" / f"{lesson}.ipynb", folder)
    page.goto(f"{address}/lab/tree/{lesson}.ipynb?reset")
    run_all(page)
    button = page.locator("button.ss-nut", has_text=press).first
    button.click()
    page.locator(".ss-loi-nhan", has_text=reply).wait_for()
    page.screenshot(path=tmp_path / "bam.png")
    cells = page.locator(".jp-Notebook .jp-Cell").all()
    for i, cell in enumerate(cells):
        cell.scroll_into_view_if_needed()
        page.screenshot(path=tmp_path / f"o_{i:02d}.png")

    assert errors == []
    assert {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))} == {
        "127.0.0.1"
    }
