"""Screens of signing in a browser, on the real Python behind them; one in a real JupyterLab."""

import json
import re

import nbformat
import pytest

from sosach.course import man_hinh_ky, man_hinh_token, xem_chung_thu, xem_ho_chieu, xem_ket_luan
from sosach.course.signing.station import PIN, PUK, here
from sosach.review.bundle import script, style
from tests.browser.conftest import LAPTOP, PHONE, Seen
from tests.browser.test_offline_page import OLD_PHONE

pytestmark = pytest.mark.slow

TRAITS = ("loai", "trang_thai", "vua_noi")
#: what Jupyter does between page and kernel, in a few lines
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Ký số</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style>{style}</style></head><body class="sb-page"><main></main><script type="module">{script}
const traits = {traits}, hear = {{}};
const model = {{get: name => traits[name], on: (name, f) => {{ hear[name] = f; }}, off() {{}}, send: async said => {{
  const now = JSON.parse(await window.kernel(JSON.stringify(said)));
  for (const name of ["trang_thai", "vua_noi"]) {{ traits[name] = now[name]; hear[`change:${{name}}`]?.(); }} }}}};
panel_.render({{model, el: document.querySelector("main")}});</script></body></html>"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The folder of a lesson with its station."""
    folder = tmp_path_factory.mktemp("bai_hoc")
    assert here(folder).pki
    return folder


@pytest.fixture
def panel(browser, place, monkeypatch):
    """Open a widget made by a verb: ``panel(verb, *names, width=390, ...)``."""
    monkeypatch.chdir(place)
    contexts = []

    def open_panel(verb, *names, telex=False, rut_sau=None, **options):
        more = {"telex": True} if telex else {"rut_sau": rut_sau} if rut_sau else {}
        widget = verb(*names, **more)
        if hasattr(widget, "lam_lai"):
            widget.lam_lai()
        size = {key: options.pop(key) for key in ("width", "height") if key in options}
        context = browser.new_context(viewport={**LAPTOP, **size}, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        seen = Seen(context.new_page()).watch()

        def kernel(text):
            widget._hear(None, json.loads(text), [])
            return json.dumps(_traits(widget))

        seen.page.expose_function("kernel", kernel)
        parts = {
            "style": style() + style("panel"),
            "script": script("panel").replace("export default panel_;", ""),
            "traits": json.dumps(_traits(widget)).replace("<", "\\u003c"),
        }
        seen.page.set_content(PAGE.format(**parts))
        seen.bench.wait_for()
        return seen

    yield open_panel
    for context in contexts:
        context.close()


def _traits(widget):
    return {name: getattr(widget, name) for name in TRAITS}


def press(seen, name):
    """Press the button of this name."""
    seen.page.get_by_role("button", name=name, exact=True).click()


def said(seen, words):
    """Wait until the screen says so."""
    seen.page.locator(".sp-said", has_text=words).wait_for()


def typed(seen, pin):
    """Type a PIN letter by letter, then Enter."""
    field = seen.page.locator("[data-input=pin]")
    field.fill("")
    field.press_sequentially(pin)
    seen.page.keyboard.press("Enter")


def test_pin_by_pad_until_it_locks_then_puk(panel):
    """Digits of the pad, a try less each time; locked the pad is gone, and the PUK opens it again."""
    seen = panel(man_hinh_token, "tram")
    for left in ("còn 2 lần", "còn 1 lần"):
        for digit in "1357":
            press(seen, digit)
        press(seen, "Nhập")
        said(seen, left)
    assert "Sai lần nữa là khóa" in seen.page.locator(".sp-tries").inner_text()
    typed(seen, "13579")
    said(seen, "khóa")
    assert seen.page.locator(".sp-pad").count() == 0
    for name, text in (("puk", PUK), ("new", "Hoamai2022"), ("again", "Hoamai202")):
        seen.page.locator(f"[data-input={name}]").fill(text)
    press(seen, "Mở khóa")
    said(seen, "chưa giống nhau")
    seen.page.locator("[data-input=again]").fill("Hoamai2022")
    press(seen, "Mở khóa")
    said(seen, "Đã mở khóa")
    typed(seen, "Hoamai2022")
    said(seen, "sẵn sàng")

    assert seen.errors == []
    assert seen.hosts == set()


def test_telex_spoils_a_pin(panel):
    """With the input method on the PIN arrives with a tone mark: a try is lost; off it opens."""
    seen = panel(man_hinh_token, "tram", telex=True)
    press(seen, "Hiện chữ đã gõ")
    field = seen.page.locator("[data-input=pin]")
    field.press_sequentially(PIN)
    assert field.input_value() == "Vãcin2022"
    seen.page.keyboard.press("Enter")
    said(seen, "Sai PIN, còn 2 lần")
    press(seen, "Bộ gõ Telex: đang bật")
    typed(seen, PIN)
    said(seen, "sẵn sàng")

    assert seen.errors == []


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Vacxin2022", "Vãcin2022"),
        ("hoaf", "hòa"),
        ("toans", "toán"),
        ("dduw", "đư"),
        ("1357", "1357"),
        ("sky", "sky"),
    ],
)
def test_telex_as_an_input_method(panel, keys, text):
    """Tones go to a vowel, doubled letters change shape; digits and first letters stay."""
    seen = panel(man_hinh_token, "tram", telex=True)
    seen.page.locator("[data-input=pin]").press_sequentially(keys)

    assert seen.page.locator("[data-input=pin]").input_value() == text


def test_pin_is_hidden_and_forgotten(panel):
    """A PIN shows as dots, and after it was sent it is nowhere in the page."""
    seen = panel(man_hinh_token, "tram")
    assert seen.page.locator("[data-input=pin]").get_attribute("type") == "password"
    typed(seen, "Bimat9876")
    said(seen, "Sai PIN")

    assert "Bimat9876" not in seen.page.content()
    assert seen.page.locator("[data-input=pin]").input_value() == ""


def test_signing_with_the_token_pulled_out(panel):
    """Batches go on by themselves, the pulled-out token stops them, the rest is signed later."""
    seen = panel(man_hinh_ky, rut_sau=2)
    bar = seen.page.locator("[role=progressbar]")
    press(seen, "Ký 12 mũi, mỗi lô 4 mũi")
    said(seen, "Chưa đăng nhập")
    typed(seen, PIN)
    said(seen, "sẵn sàng")
    press(seen, "Ký 12 mũi, mỗi lô 4 mũi")
    said(seen, "không cắm")
    assert bar.get_attribute("aria-valuenow") == "8"
    press(seen, "Cắm token")
    said(seen, "Hãy nhập PIN")
    typed(seen, PIN)
    said(seen, "sẵn sàng")
    press(seen, "Ký tiếp 4 mũi còn lại")
    seen.page.locator(".sp-done").wait_for()

    assert bar.get_attribute("aria-valuenow") == "12"
    assert seen.page.locator(".sp-batches li").count() == 3
    assert seen.page.locator(".sp-signed").count() == 12
    assert seen.errors == []


def test_silent_kernel_is_said(panel):
    """Where no answer comes the screen says what to do, and can be used again."""
    seen = panel(man_hinh_token, "tram")
    seen.page.evaluate("() => { window.kernel = () => new Promise(() => {}); }")
    seen.page.clock.install()
    typed(seen, PIN)
    assert seen.page.get_by_role("button", name="Đang chờ token …").is_visible()
    seen.page.clock.fast_forward(10_000)
    said(seen, "Hãy chạy lại ô này")

    assert seen.page.get_by_role("button", name="Nhập", exact=True).is_visible()
    assert seen.errors == []


def test_signing_can_be_stopped(panel):
    """Stopped after a batch nothing more is signed by itself."""
    seen = panel(man_hinh_ky)
    typed(seen, PIN)
    said(seen, "sẵn sàng")
    press(seen, "Ký 12 mũi, mỗi lô 4 mũi")
    press(seen, "Dừng sau lô này")
    said(seen, "lo_000001")

    assert seen.page.get_by_role("button", name="Ký tiếp 8 mũi còn lại").is_visible()


def test_verdict_details_are_folded(panel):
    """The word and the answers stand there; the checks behind an answer open by a press."""
    seen = panel(xem_ket_luan, "sua_mui")
    asked = seen.page.locator(".sp-questions > .sp-sai")
    assert "Không" in asked.inner_text()
    detail = asked.get_by_text("CONTENT_ALTERED")
    assert not detail.is_visible()
    asked.locator("summary").click()

    assert "CB2" in detail.inner_text()


def test_passport_of_an_unknown_signer_warns(panel):
    """Fields of a code that nobody can trust stand below a warning; the nationality is never signed."""
    seen = panel(xem_ho_chieu, "tu_lam")

    assert "CHƯA XÁC MINH" in seen.page.locator(".sp-note").inner_text()
    assert seen.page.locator(".sp-fields tr").count() == 11
    assert seen.page.locator(".sp-unsigned").inner_text() == "không nằm trong chữ ký"
    width = seen.page.locator(".sb-picture").evaluate("one => one.naturalWidth")
    assert width > 200


SCREENS = [
    pytest.param(man_hinh_token, "moi", id="token"),
    pytest.param(man_hinh_token, "khoa", id="locked"),
    pytest.param(man_hinh_ky, None, id="signing"),
    pytest.param(xem_chung_thu, "ca_nhan", id="certificate"),
    pytest.param(xem_ho_chieu, "sai_nha_san_xuat", id="passport"),
    pytest.param(xem_ket_luan, "thu_hoi_sau_khong_dau", id="verdict"),
]


@pytest.mark.parametrize(("verb", "name"), SCREENS)
@pytest.mark.parametrize(
    ("scheme", "size"),
    [
        pytest.param("light", LAPTOP, id="laptop"),
        pytest.param("dark", PHONE, id="phone, dark"),
        pytest.param("light", OLD_PHONE, id="old phone", marks=pytest.mark.full),
        pytest.param("dark", LAPTOP, id="laptop, dark", marks=pytest.mark.full),
    ],
)
def test_screens_without_barriers(panel, verb, name, scheme, size):
    """Everything is as large as a thumb, nothing scrolls sideways, axe finds nothing serious."""
    seen = panel(verb, *filter(None, [name]), color_scheme=scheme, **size)
    summaries = [one.bounding_box() for one in seen.page.locator("summary:visible").all()]

    assert seen.small() == []
    assert all(box["height"] >= 43.5 for box in summaries)
    assert seen.too_wide() <= 0
    assert seen.barriers() == []
    assert seen.errors == []


def test_messages_of_signing_reach_a_screen_reader(panel):
    """What happened is a polite message, the pad is a group with a name."""
    seen = panel(man_hinh_token, "tram")
    tree = seen.bench.aria_snapshot()

    assert seen.page.locator(".sp-said").get_attribute("aria-live") == "polite"
    assert 'group "Bàn phím số"' in tree
    assert "Còn 3/3 lần nhập PIN" in tree


def test_signing_in_jupyterlab(browser, lab, tmp_path):
    """Run a lesson's cell: sign for real, restart the kernel, and go on where it stopped."""
    address, folder = lab
    cell = "from sosach.course import man_hinh_ky\nman_hinh_ky(rut_sau=1)"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    nbformat.write(book, folder / "ky.ipynb")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(60_000)
    seen = Seen(page).watch()
    page.goto(f"{address}/lab/tree/{folder.name}/ky.ipynb?reset")
    page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for()
    _run(page)
    typed(seen, PIN)
    said(seen, "sẵn sàng")
    press(seen, "Ký 12 mũi, mỗi lô 4 mũi")
    said(seen, "không cắm")
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    seen.bench.locator("button").first.focus()
    for key in "bax":  # JupyterLab's own letters for cells
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    page.screenshot(path=tmp_path / "ky.png")
    page.locator('[data-command="docmanager:save"]').first.click()
    page.locator(".jp-NotebookPanel:not(.jp-mod-dirty)").first.wait_for()
    page.get_by_role("menuitem", name="Kernel").click()
    page.locator(
        ".lm-Menu-itemLabel", has_text=re.compile("Restart Kernel…$|Khởi động lại")
    ).first.click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for()
    _run(page)
    page.locator("[role=progressbar][aria-valuenow='4']").wait_for()
    barriers = [b for b in seen.barriers() if any(".sp-" in str(target) for target in b[1])]

    assert PIN not in (folder / "ky.ipynb").read_text(encoding="utf-8").replace(
        f'"pin": "{PIN}"', ""
    )
    assert sorted(p.name for p in (folder / "tap_ky_so" / "lo_ky").glob("*.p7s")) == [
        "lo_000001.p7s"
    ]
    assert barriers == []
    assert seen.hosts == {"127.0.0.1"}
    assert seen.errors == []
    page.close()


def _run(page):
    """Run the one cell and wait for its screen."""
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    page.locator(".sb-panel").wait_for()
