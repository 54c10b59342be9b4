"""The rooms stay apart: every import is on the short list of its room."""

import ast
import fnmatch
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: all but the command line, which nobody imports
ROOMS = {
    f"sosach.{path.name}"
    for path in (ROOT / "sosach").iterdir()
    if path.is_dir() and path.name != "cli"
}
#: standard library only, and open to every room but the independent check
ANYBODY = {"generator.problems", "generator.vietnamese"}
#: nbgrader and the libraries that its own interface is made of
NBGRADER = {"jinja2", "nbgrader", "nbconvert", "nbformat", "sqlalchemy", "traitlets"}
#: room -> what it may import beside the standard library and itself
MAY_IMPORT = {
    "generator": {"numpy", "pandas", "pyarrow"},
    "sosach": set(),
    "sosach.grading": {"generator", "openpyxl"},
    "sosach.cases": {"generator", "sosach.grading", "sosach.signing", "sosach.simulation"},
    "sosach.review": {*ANYBODY, "generator.facts", "anywidget", "ipywidgets", "traitlets"},
    "sosach.publish": {"generator", "pandas", "pyarrow", "xlsxwriter"},
    "sosach.simulation": {"generator", "sosach.publish", "pandas", "pyarrow"},
    "sosach.signing": {
        *ANYBODY,
        *("asn1crypto", "cryptography", "pyhanko", "pyhanko_certvalidator"),
        *("cbor2", "jsonschema", "PIL", "segno", "zxingcpp"),
    },
    "sosach.course": {
        *("sosach.cases", "sosach.grading", "sosach.review", "sosach.publish", "generator"),
        *("sosach.signing", "jupytext", "nbformat", "pandas"),
    },
    "sosach.classroom": {
        *("sosach.cases", "sosach.grading", "sosach.publish", "sosach.course.build", "generator"),
    },
    "sosach.verification": {"duckdb"},
    "sosach.demo": {"generator", "pandas", *(ROOMS - {"sosach.demo"})},
    "sosach.cli": {"click", "generator", "sosach.executors", *ROOMS},
}
#: file pattern -> what only such a file may import in addition
FILES_MAY_IMPORT = {
    "generator/faker_provider.py": {"faker"},
    "sosach/classroom/nbgrader_*.py": NBGRADER,
    "sosach/simulation/platform/*.py": {"sqlalchemy"},
    "sosach/simulation/world.py": {"sqlalchemy"},
    "sosach/simulation/papers/workbook.py": {"openpyxl"},
    "sosach/cases/signing/prints_signatures.py": {"typst"},
    "sosach/simulation/papers/handover.py": {"typst"},
    "sosach/cases/class_pki.py": {"cryptography"},
    "sosach/classroom/completion.py": {"typst", "sosach.signing"},
    "sosach/classroom/offline.py": {"sosach.course", "sosach.review"},
    "sosach/course/signing/*.py": {
        *("sosach.signing", "sosach.simulation.platform.gate"),
        "sosach.simulation.platform.states",
    },
    "sosach/classroom/class_signer.py": {"sosach.signing"},
    "sosach/signing/passport/page.py": {"typst"},
    "sosach/signing/tokens/pkcs11.py": {"pkcs11"},
    "sosach/executors.py": {"generator.problems", "distributed", "pyarrow"},
}


def imported(source, package=""):
    """Return the dotted names of all modules that a source text imports, late ones too."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            names |= {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("import_module", "__import__")
        ):
            names |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    return {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}


def room_of(path):
    """Return the room of a file: a package of sosach, ``sosach`` itself, or ``generator``."""
    parts = Path(path).parts
    return ".".join(parts[:2]) if parts[0] == "sosach" and len(parts) > 2 else parts[0]


def strangers(source, path):
    """Return the imports that a file may not have."""
    room = room_of(path)
    extra = [more for pattern, more in FILES_MAY_IMPORT.items() if fnmatch.fnmatch(path, pattern)]
    allowed = MAY_IMPORT[room].union({room} - {"sosach"}, *extra)
    package = ".".join(Path(path).parent.parts)
    names = imported(source, package)
    return {n for n in names if not any(f"{n}.".startswith(f"{a}.") for a in allowed)}


def module_name(path):
    """Return the dotted name of a file of the repository."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def import_graph(modules):
    """Return which of our files imports which, by dotted name."""
    known = {module_name(path) for path in modules}
    graph = {}
    for path in modules:
        package = ".".join(path.relative_to(ROOT).parent.parts)
        names = imported(path.read_text(encoding="utf-8"), package)
        targets = {name if name in known else name.rpartition(".")[0] for name in names}
        graph[module_name(path)] = targets & known
    return graph


@pytest.mark.parametrize("name", sorted(ANYBODY))
def test_imports_of_anybody(name):
    """What every room may import brings nothing but the standard library."""
    path = ROOT / name.replace(".", "/")
    files = sorted(path.glob("*.py")) or [path.with_suffix(".py")]
    names = {n for file in files for n in imported(file.read_text(encoding="utf-8"), name)}

    assert {n for n in names if not f"{n}.".startswith(f"{name}.")} == set()


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_of_room(room, modules):
    """A room imports the standard library, itself and its own short list."""
    found = {}
    for module in modules:
        path = module.relative_to(ROOT).as_posix()
        if room_of(path) == room:
            found[path] = strangers(module.read_text(encoding="utf-8"), path)

    assert {path: names for path, names in found.items() if names} == {}


def test_imports_room_without_list(modules):
    """A new room must say what it may import."""
    rooms = {room_of(module.relative_to(ROOT).as_posix()) for module in modules}

    assert rooms <= set(MAY_IMPORT)


def test_imports_circle(modules):
    """No two files import each other, not even by way of others."""
    try:
        TopologicalSorter(import_graph(modules)).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("import nbgrader", "generator/packs.py"),
        ("import nbgrader", "sosach/course/build.py"),
        ("import nbgrader.api", "sosach/grading/scoring.py"),
        ("import faker", "generator/population.py"),
        ("import ipywidgets", "sosach/course/open.py"),
        ("import xlsxwriter", "sosach/classroom/export.py"),
        ("from sosach import review", "generator/packs.py"),
        ("from ..sosach import cli", "sosach/demo/run.py"),
        ("from .. import cli", "sosach/demo/run.py"),
        ("from generator import facts", "sosach/verification/check.py"),
        ("from sosach import cli", "sosach/classroom/status.py"),
        ("from sosach.cli import main", "sosach/executors.py"),
        ("def f():\n    from sosach.classroom import roster", "sosach/course/build.py"),
        ("import importlib\nimportlib.import_module('nbgrader')", "sosach/grading/keys.py"),
    ],
)
def test_strangers_found(source, path):
    """An import across a border is found: late, relative or by name."""
    assert strangers(source, path)


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("import nbgrader", "sosach/classroom/nbgrader_autograde.py"),
        ("from faker import Faker", "generator/faker_provider.py"),
        ("from . import packs", "generator/facts.py"),
        ("from sosach.course.build import build", "sosach/classroom/release.py"),
    ],
)
def test_strangers_allowed(source, path):
    """What the list allows is no stranger."""
    assert not strangers(source, path)


def test_import_graph_circle(tmp_path, monkeypatch):
    """Two files that import each other, once late, are a circle in the graph."""
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "a.py").write_text("import b", encoding="utf-8")
    (tmp_path / "b.py").write_text("def f():\n    import a", encoding="utf-8")
    graph = import_graph(sorted(tmp_path.glob("*.py")))

    with pytest.raises(CycleError):
        TopologicalSorter(graph).prepare()
