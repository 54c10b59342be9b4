"""The repository itself, as its tests see it."""

import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root():
    """Folder of the repository."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def files(root):
    """Files that belong to the repository: known to git, or not ignored by it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    paths = [root / name for name in names.decode("utf-8").split("\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.fixture(scope="session")
def modules(root):
    """Python files of the two packages."""
    return sorted([*(root / "generator").rglob("*.py"), *(root / "sosach").rglob("*.py")])
