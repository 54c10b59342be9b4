"""start.py meets the machine: every check, without installing anything."""

import ast
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

import start


def run_start(root, *arguments):
    """Run start.py as a person does."""
    command = [sys.executable, "start.py", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)


def test_source_old_python(root):
    """Python 3.7 can read the whole file, so it can say what is missing."""
    source = (root / "start.py").read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 7))
    assert "from __future__" not in source


def test_source_standard_library(root):
    """Nothing is imported that a fresh Python does not bring."""
    tree = ast.parse((root / "start.py").read_text(encoding="utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("name", start.SENTENCES)
def test_sentences_remedy(name):
    """Every trouble is one sentence in composed letters that says what to do."""
    sentence = start.SENTENCES[name]

    assert unicodedata.is_normalized("NFC", sentence)
    assert "hãy " in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence


def test_check_python_old():
    """An old Python is named, and so is the one that is needed."""
    with pytest.raises(start.Trouble, match=r"3\.8.*3\.11"):
        start.check_python((3, 8, 18))


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_check_python_new(version):
    """Python 3.11 and later will do."""
    start.check_python(version)


def test_check_python_newer_at_hand(tmp_path, monkeypatch):
    """Where the machine has a newer Python, the sentence is the command to type."""
    newer = tmp_path / ("python3.12.exe" if os.name == "nt" else "python3.12")
    shutil.copy(shutil.which("git"), newer)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(start.Trouble, match=r"'python3\.12 start\.py'"):
        start.check_python((3, 9, 2))


def test_check_modules_missing():
    """A Python without venv is told which package brings it."""
    with pytest.raises(start.Trouble, match=r"khong_co_that.*apt install python3\.\d+-venv"):
        start.check_modules(("venv", "khong_co_that"))


@pytest.mark.parametrize(
    ("folder", "platform"),
    [
        (PureWindowsPath(r"C:\Users\Lan\OneDrive - Trạm Y tế\sosach"), "win32"),
        (PureWindowsPath(r"D:\Dropbox\sosach"), "win32"),
        (PureWindowsPath(r"G:\My Drive\sosach"), "win32"),
        (PureWindowsPath(r"C:\Users\Lan\iCloudDrive\sosach"), "win32"),
        (PurePosixPath("/Users/lan/Library/CloudStorage/GoogleDrive-lan/sosach"), "darwin"),
    ],
)
def test_check_place_synchronised(folder, platform):
    """A folder that a service copies to the network while pip writes there is refused."""
    with pytest.raises(start.Trouble, match="đồng bộ"):
        start.check_place(folder, platform)


def test_check_place_long():
    """On Windows a deep folder is refused with its length and the limit."""
    folder = PureWindowsPath("C:/" + "a" * start.LONGEST_FOLDER)

    with pytest.raises(start.Trouble, match=rf"{len(str(folder))} ký tự.*{start.LONGEST_FOLDER}"):
        start.check_place(folder, "win32")


@pytest.mark.parametrize(
    ("folder", "platform"),
    [
        (PureWindowsPath(r"C:\Sổ sạch\Trạm Y tế"), "win32"),
        (PurePosixPath("/home/lan/Dropbox/sosach"), "linux"),
        (PurePosixPath("/home/" + "a" * 200), "linux"),
    ],
)
def test_check_place_good(folder, platform):
    """Spaces and Vietnamese letters do no harm, and Linux has neither limit."""
    start.check_place(folder, platform)


def test_check_write_refused(tmp_path):
    """A folder that takes no file is named; a good one stays empty."""
    start.check_write(tmp_path)

    assert list(tmp_path.iterdir()) == []
    with pytest.raises(start.Trouble, match="khong_co"):
        start.check_write(tmp_path / "khong_co")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a folder of Linux")
def test_check_write_for_nobody():
    """Where not even root may write, nothing is set up."""
    with pytest.raises(start.Trouble, match="'/proc'"):
        start.check_write(Path("/proc"))


def test_check_disk_full(tmp_path):
    """The sentence says how much is free and how much is needed."""
    needed = shutil.disk_usage(tmp_path).total // 1_000_000 + 1
    start.check_disk(tmp_path, 1)

    with pytest.raises(start.Trouble, match=rf"còn \d+ MB trống, cần {needed} MB"):
        start.check_disk(tmp_path, needed)


def test_check_tools_all_at_once():
    """All missing tools are named in one sentence, with one command."""
    tools = {"chim": ("khong-co-1",), "git": ("khong-co-2", "git"), "cây": ("khong-co-3",)}

    with pytest.raises(start.Trouble, match=r"thiếu chim, cây: .*apt install chim cây"):
        start.check_tools(tools)


def test_environment_path(tmp_path):
    """Commands of the environment are found by name, as nbgrader needs for alembic."""
    python = Path(sys.executable)
    env = start.environment(tmp_path, python)

    found = shutil.which("alembic", path=env["PATH"])
    assert found is not None
    assert Path(found).parent == python.parent


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "localhost,127.0.0.1,::1"),
        ("yte.example,localhost", "yte.example,localhost,127.0.0.1,::1"),
        ("*", "*"),
    ],
)
def test_environment_proxy(tmp_path, monkeypatch, before, after):
    """Loopback never goes through a proxy, and what the office has set stays."""
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("NO_PROXY", before)

    assert start.environment(tmp_path, Path(sys.executable))["NO_PROXY"] == after


def test_environment_python_variables(tmp_path, monkeypatch):
    """Another Python's modules do not leak in."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert "PYTHONPATH" not in start.environment(tmp_path, Path(sys.executable))


def test_longest_folder(tmp_path):
    """What Windows leaves for the folder's own path is what the environment does not need."""
    below = max(len(str(path.relative_to(sys.prefix))) for path in Path(sys.prefix).rglob("*"))

    assert start.LONGEST_FOLDER + len("/.venv/") + below <= 259


def test_needed_disk():
    """The space asked for holds this environment, which has the tests' tools as well."""
    sizes = [p.lstat().st_size for p in Path(sys.prefix).rglob("*") if p.is_file()]

    assert sum(sizes) / 1e6 < start.NEEDED_DISK_MB


def test_main_help(root):
    """Help is Vietnamese with an English line, and names every command."""
    shown = run_start(root, "--help")

    assert shown.returncode == 0
    assert "dữ liệu tiêm chủng" in shown.stdout
    assert "Practise cleaning" in shown.stdout
    assert all(
        f"start.py {command}" in shown.stdout for command in ("demo", "test", "--no-browser")
    )


def test_main_misspelt(root):
    """A command that nobody knows shows the help, starts nothing and exits with 2."""
    shown = run_start(root, "dmo")

    assert shown.returncode == 2
    assert shown.stdout.strip() == start.HELP
    assert shown.stderr == ""
