"""Functions and files stay small enough to be read at a glance."""

import ast
from statistics import median, quantiles

import pytest

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def lengths(source):
    """Return the lines of every function of a source text, its docstring not counted."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            told = ast.get_docstring(node, clean=False) is not None
            docstring = first.end_lineno - first.lineno + 1 if told else 0
            found[f"{node.name}:{node.lineno}"] = node.end_lineno - node.lineno + 1 - docstring
    return found


@pytest.fixture(scope="session")
def functions(modules, root):
    """Length of every function, by file and name."""
    return {
        f"{path.relative_to(root)}:{name}": length
        for path in [*modules, root / "start.py"]
        for name, length in lengths(path.read_text(encoding="utf-8")).items()
    }


def test_lengths_docstring():
    """A docstring does not make a function longer; decorators are not counted."""
    source = '@d\ndef f(a):\n    """One.\n\n    Two.\n    """\n    b = a\n    return b\n'

    assert lengths(source) == {"f:2": 3}


def test_functions_median(functions):
    """Half of the functions have at most 10 lines."""
    assert median(functions.values()) <= 10


def test_functions_p90(functions):
    """Nine functions of ten have at most 35 lines."""
    assert quantiles(functions.values(), n=10)[-1] <= 35


def test_functions_longest(functions):
    """No function is longer than a screen."""
    assert {k: v for k, v in functions.items() if v > LONGEST_FUNCTION} == {}


def test_files_longest(modules, root):
    """No file is longer than 400 lines."""
    counts = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*modules, root / "start.py"]
    }

    assert {k: v for k, v in counts.items() if v > LONGEST_FILE} == {}
