"""A real Chromium that looks at offline pages and at a real JupyterLab on loopback."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from sosach.review.offline import offline_page

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: how serious a finding of axe must be to count
SERIOUS = {"serious", "critical"}
PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}
LAPTOP = {"width": 1366, "height": 768}
THUMB = 44


@dataclass
class Seen:
    """A page, what it asked for and what went wrong on it."""

    page: Page
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self):
        """Note every request and every error from now on."""
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)
        return self

    def _console(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    @property
    def hosts(self):
        """Machines that the page asked."""
        return {urlsplit(url).hostname for url in self.asked if url.startswith(("http", "ws"))}

    @property
    def bench(self):
        """The workbench."""
        return self.page.locator(".sb").first

    def keys(self, *keys):
        """Press keys with the focus on the workbench."""
        self.bench.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def download(self, press):
        """Return what a press of a menu entry downloads."""
        self.page.locator("[data-do=menu]").click()
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=press).click()
        return waiting.value

    def decided(self):
        """How many records are decided, as the screen says."""
        return int(self.bench.locator("[role=progressbar]").get_attribute("aria-valuenow"))

    def small(self):
        """What can be pressed but is smaller than a thumb: 44 px."""
        parts = self.page.locator(".sb button:visible, .sb select:visible, .sb input:visible").all()
        boxes = [(part.inner_text()[:30], part.bounding_box()) for part in parts]
        return [
            (text, box) for text, box in boxes if min(box["height"], box["width"]) < THUMB - 0.5
        ]

    def too_wide(self):
        """By how many pixels the page scrolls sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")

    def barriers(self):
        """What axe finds serious, by rule and element."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response
        return [
            (rule["id"], [node["target"] for node in rule["nodes"]][:3])
            for rule in found["violations"]
            if rule["impact"] in SERIOUS
        ]


@pytest.fixture(scope="session")
def launch():
    """Start a Chromium with further options; a machine without it fails here, loudly."""
    assert CHROMIUM.is_file(), f"{CHROMIUM} is missing: install the chromium package"
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*CHROMIUM_ARGS, *more]
        )


@pytest.fixture(scope="session")
def browser(launch):
    """Chromium."""
    opened = launch()
    yield opened
    opened.close()


@pytest.fixture
def open_file(browser):
    """Open a page from disk: ``open_file(path, width=390, ...)``."""
    contexts = []

    def open_path(path, width=1366, height=768, context=None, **options):
        if context is None:
            size = {"width": width, "height": height}
            context = browser.new_context(viewport=size, accept_downloads=True, **options)
            context.set_default_timeout(10_000)
            contexts.append(context)
        seen = Seen(context.new_page()).watch()
        seen.page.goto(path.as_uri())
        return seen

    yield open_path
    for context in contexts:
        context.close()


@pytest.fixture
def opened(open_file, tmp_path):
    """Open a case file as an offline page from disk: ``opened(case, width=390, ...)``."""

    def open_case(case, name="bai.html", **options):
        path = tmp_path / name
        path.write_text(offline_page(case), encoding="utf-8")
        return open_file(path, **options)

    return open_case


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Address and root folder of a JupyterLab that is set up as for a trainee."""
    place = tmp_path_factory.mktemp("lab")
    folder = place / "lop"
    folder.mkdir()
    calm = ROOT / "sosach" / "course" / "lab"
    shutil.copytree(calm / "labconfig", place / "config" / "labconfig")
    overrides = json.loads((calm / "settings" / "overrides.json").read_text(encoding="utf-8"))
    for name, settings in overrides.items():
        package, plugin = name.split(":")
        (place / "settings" / package).mkdir(parents=True, exist_ok=True)
        path = place / "settings" / package / f"{plugin}.jupyterlab-settings"
        path.write_text(json.dumps(settings))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1"]
    options += [
        "--IdentityProvider.token=",
        "--allow-root",
        "--no-browser",
        f"--notebook-dir={folder}",
    ]
    with (place / "lab.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *options],
            env=_environment(place),
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"{address}/api", process)
            yield address, folder
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture
def lab(server, tmp_path):
    """Address of JupyterLab and a folder of this test's own in it."""
    address, folder = server
    own = folder / tmp_path.name
    own.mkdir()
    return address, own


@pytest.fixture
def watched(browser, tmp_path):
    """A page 1366 px wide with what it asked for and what went wrong on it."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(30_000)
    yield Seen(page).watch()
    page.screenshot(path=tmp_path / "cuoi.png")
    page.close()


def _environment(tmp_path):
    """The present environment with every Jupyter folder below the test's own."""
    own = {
        "JUPYTER_CONFIG_DIR": tmp_path / "config",
        "JUPYTER_RUNTIME_DIR": tmp_path / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": tmp_path / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": tmp_path / "workspaces",
        "IPYTHONDIR": tmp_path / "ipython",
        "PYTHONPATH": ROOT,
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    return os.environ | {key: str(value) for key, value in own.items()}


def _wait_for(address, server):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(240):
        assert server.poll() is None, "JupyterLab ended by itself, see lab.log"
        try:
            with opener.open(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail("JupyterLab did not answer within two minutes, see lab.log")
