"""A person works with the verbs in a notebook: what JupyterLab shows is Vietnamese sentences and tables."""

import re
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from generator import city as engine
from generator.places import select_wards
from generator.scenario import load_scenario
from tests.browser.conftest import SERIOUS
from tests.browser.test_notebook import open_notebook, run_all

ROOT = Path(__file__).parents[2]
LAST = "hồ sơ cần xác minh, đã gửi công an"

pytestmark = pytest.mark.slow


@pytest.fixture
def notebook(lab, tmp_path):
    """A notebook of the examples of the trainers' page; a ward lies where it will be opened."""
    text = (ROOT / "docs" / "mo_phong.md").read_text(encoding="utf-8")
    cells = re.findall(r"```python\n(.+?)```", text, re.S)
    python = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code) for code in cells], metadata=python
    )
    path = tmp_path / "dong_tu.ipynb"
    nbformat.write(book, path)
    wards = select_wards("27136")
    engine.generate(
        wards, engine.Request(1, 0.1, load_scenario("tp-hcm-2022")), lab[1] / "thanh_pho"
    )
    return path


def test_verbs_in_a_notebook(watched, lab, notebook):
    """Every answer is shown as a sentence with its tables and drawings; no traceback, no dataclass."""
    page = watched.page
    page.set_default_timeout(60_000)
    open_notebook(watched, lab, notebook)
    run_all(page)
    page.locator(".ket-qua", has_text=LAST).wait_for()
    shown = page.locator(".jp-OutputArea").all_inner_texts()

    assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0
    assert not any("KetQua(" in text or "Traceback" in text for text in shown)
    assert page.locator(".ket-qua.chua", has_text="CV 9438").count() == 1
    assert page.locator(".ket-qua th", has_text="Mã hồ sơ").count() > 0
    assert page.locator(".ket-qua svg").count() > 0
    found = Axe().run(page, context=".ket-qua", options={"resultTypes": ["violations"]}).response
    assert [rule["id"] for rule in found["violations"] if rule["impact"] in SERIOUS] == []
    assert watched.errors == []
