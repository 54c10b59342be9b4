"""start.py runs a real JupyterLab: opens it, finds it again, stops it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import sync_playwright

import start

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent as a POSIX signal here"),
]

#: needed by root, and nothing that looks at the network by itself
CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
#: open_lab in a process of its own, with the Python that runs the tests
OPEN = """
import sys, pathlib, start
start.open_lab(pathlib.Path(sys.argv[1]), pathlib.Path(sys.executable), browser=False)
"""


def open_lab(root, folder):
    """Start open_lab behind a proxy that does not exist; its first lines follow."""
    proxy = dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy"), "http://127.0.0.1:9")
    command = [sys.executable, "-u", "-c", OPEN, str(folder)]
    env = {**os.environ, **proxy, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    return subprocess.Popen(command, env=env, **pipes)


def address_of(process):
    """Read lines until the address comes."""
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    return pytest.fail("no address was printed")


def get(address, token="", data=None):
    """Fetch a page from loopback, whatever proxy is set."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    direct.addheaders = [("Authorization", f"token {token}")] if token else []
    with direct.open(address, data, timeout=30) as answer:
        return answer.read().decode("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A repository in small: a lesson and an exercise, under Vietnamese letters and spaces."""
    folder = tmp_path_factory.mktemp("máy chủ") / "Sổ sạch phường Bến Nghé"
    for name in (start.FIRST_LESSON, "exercises/k1_02/k1_02.ipynb"):
        (folder / name).parent.mkdir(parents=True)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Bắt đầu")])
        nbformat.write(notebook, folder / name)
    return folder


@pytest.fixture(scope="module")
def lab(root, folder):
    """A running server: the process that started it, and its address."""
    with open_lab(root, folder) as process:
        yield process, address_of(process)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def test_open_lab_address(lab, folder):
    """The printed address has the server's own port and token, and opens the first lesson."""
    server = start.running_server(folder)
    page = get(lab[1])

    assert f":{server['port']}/lab/tree/{start.FIRST_LESSON}?token={server['token']}" in lab[1]
    assert "jupyter-config-data" in page


@pytest.mark.parametrize("path", [start.FIRST_LESSON, "exercises/k1_02/k1_02.ipynb"])
def test_open_lab_reach(lab, folder, path):
    """Lessons and exercises are both within reach."""
    server = start.running_server(folder)
    answer = get(f"{server['url']}api/contents/{path}?content=0&token={server['token']}")

    assert json.loads(answer)["type"] == "notebook"


def hosts_asked(address):
    """Open an address in Chromium until a lesson shows; return whom the page asked."""
    asked = []
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        with playwright.chromium.launch(executable_path=program, args=CHROMIUM) as browser:
            page = browser.new_page()
            page.on("request", lambda request: asked.append(urlsplit(request.url).hostname))
            page.goto(address)
            page.wait_for_selector(".jp-Notebook .jp-Cell:visible", timeout=60_000)
    return set(asked) - {None}


def test_open_lab_in_browser(lab):
    """A browser shows the lesson at that address and asks nobody but this machine."""
    with ThreadPoolExecutor(1) as thread:  # other tests' browsers own the main thread's loop
        hosts = thread.submit(hosts_asked, lab[1]).result()

    assert hosts == {"127.0.0.1"}


def test_open_lab_again(lab, root, folder):
    """A second start prints the same address and leaves the running server alone."""
    second = open_lab(root, folder)
    output, _ = second.communicate(timeout=60)

    assert second.returncode == 0
    assert "đang chạy sẵn" in output
    assert lab[1] in output
    assert lab[0].poll() is None


def test_running_server_other_folder(lab, folder, tmp_path):
    """A server of another folder is not ours, even if its note lies here."""
    notes = tmp_path / "var" / "jupyter" / "runtime"
    notes.mkdir(parents=True)
    for note in (folder / "var" / "jupyter" / "runtime").glob("jpserver-*.json"):
        (notes / note.name).write_bytes(note.read_bytes())

    assert list(notes.iterdir()) != []
    assert start.running_server(tmp_path) is None


def test_running_server_stale(lab, folder, tmp_path):
    """A note that a crash left behind, with a token that nobody knows, is not believed."""
    server = {**start.running_server(folder), "root_dir": str(tmp_path), "token": "cu"}
    notes = tmp_path / "var" / "jupyter" / "runtime"
    notes.mkdir(parents=True)
    (notes / "jpserver-1.json").write_text(json.dumps(server), encoding="utf-8")
    (notes / "jpserver-2.json").write_text("{", encoding="utf-8")

    assert start.running_server(tmp_path) is None


def test_open_lab_ctrl_c(root, tmp_path):
    """Ctrl+C ends the server and its kernels, says goodbye and shows no traceback."""
    process = open_lab(root, tmp_path)
    address_of(process)
    server = start.running_server(tmp_path)
    get(f"{server['url']}api/kernels", server["token"], data=b"{}")
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)

    assert process.returncode == 0
    assert "Hẹn gặp lại" in output
    assert "Traceback" not in output
    assert start.running_server(tmp_path) is None
    assert running_in(tmp_path) == []


def running_in(folder):
    """Return the programs of this machine that name a folder on their command line."""
    shown = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True, check=True)
    return [line for line in shown.stdout.splitlines() if str(folder) in line]


def test_wait_for_server_broken(tmp_path):
    """A server that ends at once is a sentence, and the next start sets up again."""
    stamp = tmp_path / ".venv" / "sosach-stamp.txt"
    stamp.parent.mkdir()
    stamp.touch()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()

    with pytest.raises(start.Trouble, match=r"var/jupyter\.log"):
        start.wait_for_server(tmp_path, dead)
    assert not stamp.exists()


def test_prepare_practice_once(root, tmp_path):
    """Practice data are made where there are none, and left alone where there are."""
    exercise = "k1_02_lap_danh_sach"
    (tmp_path / "exercises" / exercise).mkdir(parents=True)
    (tmp_path / "var").mkdir()
    for package in ("generator", "sosach"):
        (tmp_path / package).symlink_to(root / package)
    start.prepare_practice(tmp_path, Path(sys.executable))
    data = tmp_path / "exercises" / exercise / "du_lieu" / "doi_tuong.csv"

    assert data.is_file(), (tmp_path / "var" / "luyen_tap.log").read_text(encoding="utf-8")
    before = data.stat().st_mtime_ns
    start.prepare_practice(tmp_path, Path(sys.executable))
    assert data.stat().st_mtime_ns == before
