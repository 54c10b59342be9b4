"""The wheel is complete: it works in an empty folder, without the repository around it."""

import subprocess
import sys
import zipfile

import pytest

pytestmark = pytest.mark.slow

#: imports every module of a package from the wheel alone and reads what lies beside the code
TRY = """
import importlib, pkgutil, sys
from pathlib import Path
import generator, sosach
from generator.facts import table
from generator.scenario import load_scenario

site = Path(sys.argv[1]).resolve()
for package in (generator, sosach):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            assert site in Path(importlib.import_module(module.name).__file__).parents, module.name
assert table("error_taxonomy"), "reference tables"
assert load_scenario("tp-hcm-2022"), "scenarios"
"""


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """The wheel, built without network by the build tools of the environment."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "-w", str(folder), str(root)]
    subprocess.run(command, check=True, capture_output=True)
    [path] = folder.glob("*.whl")
    return path


def test_wheel_content(wheel, files, root):
    """All files of the two packages are inside (tables, scenarios, templates), nothing else."""
    names = {path.relative_to(root).as_posix() for path in files}
    packages = {name for name in names if name.startswith(("generator/", "sosach/"))}
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert inside == packages
    assert {name.rpartition(".")[2] for name in inside} >= {"csv", "toml", "py", "typed"}


def test_wheel_licence(wheel):
    """The licence travels with the code."""
    assert any(name.endswith("/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_wheel_empty_folder(wheel, tmp_path):
    """Every module is imported from the wheel, in a folder where nothing else is."""
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(site)!r})\n{TRY}", site]
    tried = subprocess.run(command, cwd=empty, capture_output=True, encoding="utf-8", check=False)

    assert tried.returncode == 0, tried.stderr
