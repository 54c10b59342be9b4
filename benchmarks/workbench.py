"""The workbench with 500 records: next record in JupyterLab, first display, the offline file.

    python benchmarks/workbench.py

Next record is the time from the key or click to the next record laid out, as the browser's own
clock sees it. The peer is a card and a button of ipywidgets in the same notebook, whose every step
goes through the kernel; the two take turns. First display is the time from running the cell to the
first record in sight, imports and data outside the clock. Wall time, for a person waits for it.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
RECORDS, STEPS, ROUNDS = 500, 150, 7
CHROMIUM = "/usr/bin/chromium"
CASE = f"from tests.screen_cases import group_case; case = group_case({RECORDS}, 'class')"
WORKBENCH = "from sosach.review import ManHinh, Journal; ManHinh(case, Journal())"
PEER = """
import ipywidgets as w
at, card = [0], w.HTML(layout=w.Layout(min_height="200px"))
def show(_=None):
    at[0] = (at[0] + 1) % len(case.records)
    rows = "".join(f"<tr><th>{c.label}</th><td>{v}</td></tr>"
                   for c, v in zip(case.columns, case.records[at[0]].cells))
    card.value = f"<p id=peer data-at={at[0]}></p><table>{rows}</table>"
button = w.Button(description="Next"); button.add_class("peer-next"); button.on_click(show)
show(); w.VBox([card, button])
"""
OURS = """() => { const bench = document.querySelector(".sb"), before = performance.now();
  bench.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
  void bench.querySelector(".sb-record").offsetHeight; void bench.offsetHeight;
  return performance.now() - before; }"""
THEIRS = """() => new Promise(done => { const before = performance.now();
  const watch = new MutationObserver(() => { if (!document.querySelector("#peer")) return;
    watch.disconnect(); void document.body.offsetHeight; done(performance.now() - before); });
  watch.observe(document.querySelector("#peer").parentElement, {childList: true, subtree: true, characterData: true});
  document.querySelector(".peer-next").click(); })"""


def told(milliseconds: list[float]) -> str:
    """Return median and 95th percentile."""
    ordered = sorted(milliseconds)
    p95 = ordered[int(0.95 * len(ordered))]
    return f"median {statistics.median(ordered):.1f} ms, p95 {p95:.1f} ms (n = {len(ordered)})"


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """Serve a folder in JupyterLab on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(folder / "jupyter" / name) for name in ("CONFIG", "RUNTIME")}
    env = {**os.environ, **own, "PYTHONPATH": str(ROOT), "no_proxy": "127.0.0.1"}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.port={port}", "--IdentityProvider.token=", f"--notebook-dir={folder}"]
    lab = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for _ in range(240):
            try:
                opener.open(f"http://127.0.0.1:{port}/api", timeout=5)
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        lab.terminate()
        lab.wait()


def run_cell(page: Page, number: int) -> None:
    """Run one code cell."""
    page.locator(".jp-CodeCell").nth(number).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


def in_jupyterlab(page: Page, folder: Path, address: str) -> None:
    """Measure first display, then next record against the peer, in turns."""
    cells = [nbformat.v4.new_code_cell(source) for source in (CASE, WORKBENCH, PEER)]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=spec)
    nbformat.write(notebook, folder / "do.ipynb")
    page.goto(f"{address}/lab/tree/do.ipynb?reset")
    page.get_by_text("| Idle").first.wait_for()
    run_cell(page, 0)
    page.locator(".jp-CodeCell").first.locator(".jp-InputPrompt", has_text="[1]").wait_for()
    shown = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run_cell(page, 1)
        page.locator(".sb .sb-record h3").first.wait_for()
        shown.append(1000 * (time.perf_counter() - began))
        page.evaluate("document.querySelector('.sb').remove()")
    run_cell(page, 1)
    run_cell(page, 2)
    page.locator("#peer").wait_for(state="attached")
    page.locator(".sb .sb-record h3").first.wait_for()
    pairs = [(page.evaluate(OURS), page.evaluate(THEIRS)) for _ in range(STEPS)]
    ours, theirs = ([pair[i] for pair in pairs] for i in (0, 1))
    print(f"first display in JupyterLab: {told(shown)}")
    print(f"next record, workbench:      {told(ours)}")
    print(f"next record, ipywidgets:     {told(theirs)}")
    print(f"ratio of medians:            {statistics.median(theirs) / statistics.median(ours):.0f}")


def from_disk(page: Page, folder: Path) -> None:
    """Measure the offline file: its size, opening it, the next record."""
    from sosach.review import offline_page
    from tests.screen_cases import group_case

    path = folder / "bai.html"
    path.write_text(offline_page(group_case(RECORDS, "class")), encoding="utf-8")
    opened = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        page.goto(path.as_uri(), wait_until="commit")
        page.locator(".sb .sb-record h3").first.wait_for()
        opened.append(1000 * (time.perf_counter() - began))
    steps = [page.evaluate(OURS) for _ in range(STEPS)]
    print(f"offline file:                {path.stat().st_size / 1000:.0f} kB")
    print(f"opening it:                  {told(opened)}")
    print(f"next record from disk:       {told(steps)}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    names = ("jupyterlab", "anywidget", "ipywidgets", "playwright")
    print(json.dumps({name: version(name) for name in names}), f"{RECORDS} records")
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(60_000)
        from_disk(page, Path(place))
        with jupyterlab(Path(place)) as address:
            in_jupyterlab(page, Path(place), address)
        browser.close()
