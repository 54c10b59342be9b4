"""A real JupyterLab on loopback and a real Chromium that looks at it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

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
QUIET = {"fetchNews": "false", "checkForUpdates": False}


@pytest.fixture(scope="session")
def browser():
    """Chromium; a machine without it fails here, loudly."""
    assert CHROMIUM.is_file(), f"{CHROMIUM} is missing: install the chromium package"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield opened
        opened.close()


@pytest.fixture
def lab(tmp_path):
    """Address of a JupyterLab whose folder is ``tmp_path / "lop"``."""
    folder = tmp_path / "lop"
    folder.mkdir()
    settings = tmp_path / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET))
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
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *options],
            env=_environment(tmp_path),
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"{address}/api", server)
            yield address, folder
        finally:
            server.terminate()
            server.wait(timeout=30)


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
