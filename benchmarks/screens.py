"""Pictures of the workbench for ``docs/``, taken in a real Chromium from offline pages.

    python benchmarks/screens.py

A laptop with a dose beside its slip, a pair of records, a phone in the dark while a decision is
explained. Look at them after every change of the style sheet.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
GO = """([name, id]) => { const words = document.querySelector("[data-input=words]");
  words.value = id; words.dispatchEvent(new Event("input", {bubbles: true}));
  words.value = ""; words.dispatchEvent(new Event("input", {bubbles: true})); }"""


def take(page: Page, record: str, keys: str, name: str) -> None:
    """Open a record, press keys and take the picture."""
    page.evaluate(GO, ["words", record])
    page.locator(".sb").focus()
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    page.screenshot(path=DOCS / name)


def main() -> None:
    """Take all pictures."""
    from sosach.review import offline_page
    from tests.screen_cases import decision_case

    case = decision_case()
    slip = next(r.id for r in case.records if any(p.dose for p in r.papers))
    pair = next(r.id for r in case.records if r.related)
    shots = [
        (LAPTOP, "light", slip, "f2", "man_hinh_doi_chieu.png"),
        (LAPTOP, "light", pair, "4", "man_hinh_ho_so_trung.png"),
        (PHONE, "dark", case.records[0].id, "33", "man_hinh_dien_thoai.png"),
    ]
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        path = Path(place) / "bai.html"
        path.write_text(offline_page(case), encoding="utf-8")
        args = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}
        browser = playwright.chromium.launch(**args)
        for size, scheme, record, keys, name in shots:
            page = browser.new_context(**size, color_scheme=scheme).new_page()
            page.goto(path.as_uri())
            take(page, record, keys, name)
        browser.close()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
