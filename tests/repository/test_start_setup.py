"""start.py installs for real: a small project with a lock of its own, in a difficult folder."""

import os
import shutil
import subprocess
from itertools import pairwise

import pytest

import start

pytestmark = pytest.mark.slow

#: what an editable install needs, cut from the real lock
BUILD_TOOLS = {
    *("editables", "hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers")
}
PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "sosach"
version = "0"
[tool.hatch.build.targets.wheel]
packages = ["sosach"]
"""


def cut_lock(text, names):
    """Return the entries of a lock that carry these names."""
    entries = text.split("\n")
    heads = [i for i, line in enumerate(entries) if "==" in line] + [len(entries)]
    kept = [
        "\n".join(entries[a:b]) for a, b in pairwise(heads) if entries[a].split("==")[0] in names
    ]
    return "\n".join(kept) + "\n"


def imports(project, module):
    """Return whether the environment of a project imports a module, seen from elsewhere."""
    command = [start.venv_python(project), "-c", f"import {module}"]
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return not subprocess.run(command, cwd=project.parent, env=env, check=False).returncode


@pytest.fixture
def bare(tmp_path, root):
    """A project that is not set up yet, under a path with spaces and Vietnamese letters."""
    project = tmp_path / "Trạm Y tế Bến Nghé" / "sổ sạch"
    (project / "sosach").mkdir(parents=True)
    (project / "sosach" / "__init__.py").write_text("", encoding="utf-8")
    shutil.copytree(root / "sosach" / "course" / "lab", project / "sosach" / "course" / "lab")
    (project / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    lock = (root / "requirements-dev.lock").read_text(encoding="utf-8")
    for name, more in (("requirements.lock", set()), ("requirements-dev.lock", {"iniconfig"})):
        (project / name).write_text(cut_lock(lock, BUILD_TOOLS | more), encoding="utf-8")
    return project


@pytest.fixture
def ready(bare):
    """A project that is set up."""
    start.set_up(bare, (start.RUNTIME_LOCK,))
    return bare


def test_set_up_twice(bare, capsys):
    """The first start installs and counts; the second does nothing at all."""
    start.set_up(bare, (start.RUNTIME_LOCK,))
    first = capsys.readouterr().out
    stamp = bare / ".venv" / "sosach-stamp.txt"
    before = stamp.stat().st_mtime_ns
    start.set_up(bare, (start.RUNTIME_LOCK,))

    assert "Đang cài khoảng 7 thư viện" in first
    assert "thư viện thứ 1" in first
    assert capsys.readouterr().out == ""
    assert stamp.stat().st_mtime_ns == before
    assert imports(bare, "sosach")
    assert (bare / ".venv/share/jupyter/lab/settings/overrides.json").is_file()
    assert (bare / "var/jupyter/labconfig/page_config.json").is_file()


def test_set_up_dev(ready):
    """The tests' tools are added to an environment that works; nothing is made anew."""
    mark = ready / ".venv" / "still-here"
    mark.touch()
    start.set_up(ready, (start.RUNTIME_LOCK, start.DEV_LOCK))

    assert mark.exists()
    assert imports(ready, "iniconfig")
    assert start.installed_locks(ready) == {start.RUNTIME_LOCK, start.DEV_LOCK}


def test_set_up_interrupted(ready):
    """Without its stamp an environment is not trusted: half a library is replaced."""
    (ready / ".venv" / "sosach-stamp.txt").unlink()
    [library] = (ready / ".venv").rglob("pathspec/__init__.py")
    shutil.rmtree(library.parent)
    assert not imports(ready, "pathspec")
    start.set_up(ready, (start.RUNTIME_LOCK,))

    assert imports(ready, "pathspec")


def test_set_up_python_gone(ready):
    """Where Python itself was removed from the machine, the environment is made anew."""
    start.venv_python(ready).unlink()
    assert start.installed_locks(ready) == set()
    start.set_up(ready, (start.RUNTIME_LOCK,))

    assert imports(ready, "sosach")


def test_set_up_moved(ready):
    """A folder that was moved is set up again: an environment knows its old place by name."""
    moved = ready.rename(ready.with_name("chuyển chỗ"))

    assert start.installed_locks(moved) == set()


def test_set_up_lock_changed(ready):
    """A new lock is installed, not overlooked."""
    lock = ready / start.RUNTIME_LOCK
    lock.write_text(lock.read_text(encoding="utf-8") + "# new\n", encoding="utf-8")

    assert start.installed_locks(ready) == set()


def test_set_up_wrong_hash(bare):
    """A library with other bytes is refused in one sentence; the log stays, no stamp is left."""
    lock = bare / start.RUNTIME_LOCK
    text = "\n".join(
        line[: line.index("sha256:") + 7] + "0" * 64 + (" \\" if line.endswith("\\") else "")
        if "sha256:" in line
        else line
        for line in lock.read_text(encoding="utf-8").splitlines()
    )
    lock.write_text(text, encoding="utf-8")

    with pytest.raises(start.Trouble, match="không khớp mã băm"):
        start.set_up(bare, (start.RUNTIME_LOCK,))
    assert "HASHES" in (bare / "var" / "pip.log").read_text(encoding="utf-8")
    assert not (bare / ".venv" / "sosach-stamp.txt").exists()


def test_set_up_no_network(bare, monkeypatch):
    """Without a network the person reads one sentence, and pip's own words are kept."""
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")

    with pytest.raises(start.Trouble, match="không vào được mạng"):
        start.set_up(bare, (start.RUNTIME_LOCK,))
    assert "127.0.0.1" in (bare / "var" / "pip.log").read_text(encoding="utf-8")
