"""A learner opens an exercise in JupyterLab, set up as ``start.py`` does, and works by clicks."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXERCISE = "k1_02_lap_danh_sach"
IDLE = "Python 3 (ipykernel) | Idle"
RUN = re.compile("^(Chạy|Run)$")
RUN_ALL = re.compile("^(Chạy tất cả các ô|Run All Cells)$")

pytestmark = pytest.mark.slow


def open_notebook(watched, lab, path):
    """Open a notebook of the repository in JupyterLab and wait for its kernel."""
    address, folder = lab
    shutil.copy(ROOT / path, folder)
    watched.page.goto(f"{address}/lab/tree/{folder.name}/{Path(path).name}?reset")
    watched.page.locator(".jp-Notebook .jp-Cell:visible").first.wait_for()
    watched.page.get_by_text(IDLE).first.wait_for()


def run_all(page):
    """Run every cell from the menu, as the first lesson says."""
    page.get_by_role("menuitem", name=RUN).click()
    page.locator(".lm-Menu-itemLabel").get_by_text(RUN_ALL).click()


@pytest.fixture
def exercise(watched, lab):
    """The exercise with its screen in sight."""
    open_notebook(watched, lab, f"exercises/{EXERCISE}/{EXERCISE}.ipynb")
    run_all(watched.page)
    watched.bench.wait_for()
    watched.bench.scroll_into_view_if_needed()
    return watched


def trail(lab):
    """Return the events in the trail on disk."""
    path = lab[1] / "bai_nop" / "nhat_ky.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [json.loads(line) for line in lines]


def listed(lab):
    """Return the rows of the list on disk."""
    with (lab[1] / "bai_nop" / "danh_sach.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kept(seen, text):
    """Wait until the status line says so."""
    seen.bench.locator(".sb-kept", has_text=text).wait_for()


def choose(seen, keys):
    """Decide on one record after the other; wrong or right, go on."""
    for key in keys:
        seen.keys(key, "ArrowRight")


def test_exercise_by_clicks_keys_and_reload(exercise, lab, tmp_path):
    """Decisions stand on disk one by one; a reload and the check show them; nothing goes outside."""
    page = exercise.page
    choose(exercise, "123")
    exercise.bench.get_by_role("button", name="Không đưa vào").click()
    kept(exercise, "Đã ghi vào tệp bai_nop/danh_sach.csv")
    page.wait_for_function("() => document.querySelector('[aria-valuenow=\"4\"]')")
    page.screenshot(path=tmp_path / "1_lam.png")
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    exercise.keys("b", "a", "x")  # JupyterLab's own letters for cells
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    assert sorted(row["nhom"] for row in listed(lab)) == ["a", "b", "c"]
    assert [event["noi"] for event in trail(lab)] == ["so_tay"] * 4
    cell = page.locator(".jp-CodeCell", has_text="bai.kiem_tra()").last
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    cell.locator("summary").first.wait_for()
    page.get_by_text("Gợi ý 1").first.wait_for(state="attached")
    barriers = [
        (rule, targets)
        for rule, targets in exercise.barriers()
        if any(".sb" in str(target) for target in targets)
    ]

    assert barriers == []
    assert exercise.errors == []
    assert exercise.hosts == {"127.0.0.1"}


def test_calm_for_trainees(exercise):
    """Menus are Vietnamese, there is no news, and nothing of nbgrader's tools for trainers."""
    page = exercise.page
    text = page.locator("body").inner_text()

    assert page.locator(".lm-MenuBar-itemLabel").first.inner_text() == "Tệp"
    for word in ("Create Assignment", "Validate", "Nbgrader", "Would you like to get notified"):
        assert word not in text


def kernel(seen, method, verb=""):
    """Restart the test's kernel, or end it."""
    seen.page.evaluate(
        """async ([path, method, verb]) => {
            const sessions = await (await fetch("/api/sessions")).json();
            const {kernel} = sessions.find(session => session.path.startsWith(path));
            const token = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? "";
            await fetch(`/api/kernels/${kernel.id}${verb}`, {method, headers: {"X-XSRFToken": token}}); }""",
        [seen.page.url.split("/lab/tree/")[1].split("/")[0], method, verb],
    )


def test_kernel_restart_and_rerun(exercise, lab):
    """After a restart the screen still takes decisions, and the next run writes them."""
    choose(exercise, "1")
    kept(exercise, "Đã ghi vào tệp")
    kernel(exercise, "POST", "/restart")
    choose(exercise, "23")
    assert exercise.decided() == 3
    kept(exercise, "đang giữ trong trình duyệt")
    assert len(trail(lab)) == 1
    run_all(exercise.page)
    exercise.page.locator(".sb-kept", has_text="Đã ghi vào tệp").wait_for()

    assert exercise.decided() == 3
    assert [event["hanh_dong"] for event in trail(lab)] == ["a", "b", "c"]
    assert len(listed(lab)) == 3


@pytest.mark.full
def test_dead_kernel_and_page_reload(exercise, lab):
    """With the kernel gone and the page closed, the browser still has what was decided."""
    page = exercise.page
    kernel(exercise, "DELETE")
    choose(exercise, "12")
    kept(exercise, "2 việc đang giữ trong trình duyệt")
    assert trail(lab) == []
    page.reload()
    page.locator(".jp-Notebook .jp-Cell:visible").first.wait_for()
    page.get_by_text(IDLE).first.wait_for()
    run_all(page)
    kept(exercise, "Đã ghi vào tệp")

    assert sorted(row["nhom"] for row in listed(lab)) == ["a", "b"]


@pytest.mark.full
def test_page_reload_and_one_event_at_a_time(exercise, lab):
    """A reload brings the screen back from the kernel; a decision sends itself, not the trail."""
    choose(exercise, "12")
    kept(exercise, "Đã ghi vào tệp")
    exercise.page.locator('[data-command="docmanager:save"]').first.click()
    exercise.page.locator(".jp-NotebookPanel:not(.jp-mod-dirty)").first.wait_for()
    exercise.page.wait_for_timeout(1000)
    sizes = []
    exercise.page.on(
        "websocket", lambda socket: socket.on("framesent", lambda data: sizes.append(len(data)))
    )
    exercise.page.reload()
    exercise.bench.wait_for()
    assert exercise.decided() == 2
    sizes.clear()
    exercise.bench.scroll_into_view_if_needed()
    choose(exercise, "1234" * 3)
    kept(exercise, "Đã ghi vào tệp")

    assert len(trail(lab)) == 14
    assert sizes
    assert max(sizes) < 2000


@pytest.mark.full
def test_excel_from_the_menu(exercise, lab):
    """The work file is made and read back from the menu; a wrong row is named."""
    import openpyxl

    page, path = exercise.page, lab[1] / "phieu_lam_bai.xlsx"
    for entry in ("Tạo phiếu làm bài", "Nhập phiếu Excel"):
        exercise.bench.locator("[data-do=menu]").click()
        page.get_by_role("button", name=entry).click()
        page.locator("dialog h3").wait_for()
        if entry.startswith("Tạo"):
            book = openpyxl.load_workbook(path)
            sheet = book["Bài làm"]
            last = sheet.max_column
            sheet.cell(2, last).value = sheet.parent["Danh mục"]["A2"].value
            sheet.cell(3, last).value = "nhóm d"
            book.save(path)
            page.keyboard.press("Escape")
    text = page.locator("dialog").inner_text()

    assert "Đã nhận 1 quyết định" in text
    assert "dòng 3:" in text
    assert [row["nhom"] for row in listed(lab)] == ["a"]
    assert exercise.decided() == 1


@pytest.mark.parametrize(
    ("lesson", "press", "reply"),
    [
        ("00_bat_dau", "Nhóm a", "Ô Số giấy tờ trống"),
        pytest.param(
            *("02_lap_danh_sach", "Tự thêm số 0", "chỉ là phỏng đoán"), marks=pytest.mark.full
        ),
    ],
)
def test_lesson_answers_at_once(lab, watched, lesson, press, reply):
    """Run all, press a button of the lesson: the explanation stands there."""
    open_notebook(watched, lab, f"notebooks/{lesson}.ipynb")
    run_all(watched.page)
    watched.page.get_by_role("button", name=press).first.click()
    watched.page.locator(".ss-loi-nhan, .sb-feedback", has_text=reply).first.wait_for()

    assert watched.errors == []
    assert watched.hosts == {"127.0.0.1"}


LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize(
    "lesson",
    # one on every change, all in .ci/full
    [pytest.param(name, marks=[] if name[:2] == "06" else pytest.mark.full) for name in LESSONS],
)
def test_lesson_shows_everything(lab, watched, lesson, tmp_path):
    """Run all: every screen and question is there, no cell has failed, nothing is asked outside."""
    open_notebook(watched, lab, f"notebooks/{lesson}.ipynb")
    page = watched.page
    run_all(page)
    page.get_by_text(IDLE).first.wait_for()
    page.wait_for_timeout(3000)
    cells = page.locator(".jp-Notebook .jp-Cell")
    for i in range(cells.count()):  # what is not in sight is not laid out
        cells.nth(i).scroll_into_view_if_needed()
        page.wait_for_timeout(150)
        page.screenshot(path=tmp_path / f"{lesson}_{i:02d}.png")

    assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0
    assert page.locator(".sb, .ss-cau-hoi").count() >= 1
    assert watched.errors == []
    assert watched.hosts == {"127.0.0.1"}
