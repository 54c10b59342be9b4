"""The locks name everything that is installed, by hash, and agree with pyproject.toml."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = {"requirements.lock": ["build"], "requirements-dev.lock": ["build", "dev"]}
#: spelled in pieces, so that this file does not find itself
HOSTS = [
    *("py" + "pi.org", "python" + "hosted.org", "ana" + "conda.org", "npm" + "js.org"),
    *("npm" + "js.com", "jsde" + "livr.net", "unp" + "kg.com"),
]


def read_lock(root, name):
    """Return (requirement, hashes) of every entry of a lock."""
    text = (root / name).read_text(encoding="utf-8")
    entries = re.sub(r"\s*\\\n\s*", " ", re.sub(r"(?m)^\s*#.*\n?", "", text)).splitlines()
    parts = [entry.split(" --hash=") for entry in entries if entry.strip()]
    return [(Requirement(first), hashes) for first, *hashes in parts]


def direct_dependencies(root, groups):
    """Return what pyproject.toml asks for by name: at run time and in some groups."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [project["project"]["dependencies"], *(project["dependency-groups"][g] for g in groups)]
    return [Requirement(text) for texts in lists for text in texts]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_hashes(root, name):
    """Every entry is pinned to one version and carries a hash."""
    lock = read_lock(root, name)

    assert len(lock) > 50
    assert [str(r) for r, _ in lock if not re.fullmatch(r"==[^=*,]+", str(r.specifier))] == []
    assert [
        str(r)
        for r, hashes in lock
        if not hashes or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes)
    ] == []


@pytest.mark.parametrize(("name", "groups"), LOCKS.items())
def test_lock_direct_dependencies(root, name, groups):
    """Every dependency of pyproject.toml is in the lock, in a version of its range."""
    versions = {}
    for requirement, _ in read_lock(root, name):
        version = next(iter(requirement.specifier)).version
        versions.setdefault(canonicalize_name(requirement.name), []).append(version)
    missing = [
        str(wanted)
        for wanted in direct_dependencies(root, groups)
        if not versions.get(canonicalize_name(wanted.name))
        or not all(wanted.specifier.contains(v) for v in versions[canonicalize_name(wanted.name)])
    ]

    assert missing == []


def test_locks_agree(root):
    """Tests run with the very versions that users get."""
    runtime, dev = (
        {(r.name, str(r.specifier), *hashes) for r, hashes in read_lock(root, name)}
        for name in LOCKS
    )

    assert runtime - dev == set()


@pytest.mark.parametrize("name", LOCKS)
def test_lock_addresses(root, name):
    """A lock says what, never from where: an office may have its own mirror."""
    text = (root / name).read_text(encoding="utf-8")

    assert re.findall(r"\S*://\S*|.*(?:index-url|find-links).*", text) == []


def test_files_hosts(files, root):
    """No file of the repository names the host of a package registry."""
    found = {
        f"{path.relative_to(root)}: {host}"
        for path in files
        for host in HOSTS
        if host.encode() in path.read_bytes().lower()
    }

    assert found == set()


def test_read_lock_entry(tmp_path):
    """A lock is read as pip reads it: comments dropped, continued lines joined."""
    text = "# head\na==1 ; os_name == 'nt' \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n    # via b\n"
    (tmp_path / "x.lock").write_text(text, encoding="utf-8")
    [(requirement, hashes)] = read_lock(tmp_path, "x.lock")

    assert str(requirement) == 'a==1; os_name == "nt"'
    assert hashes == ["sha256:00", "sha256:01"]
