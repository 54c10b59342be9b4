import pytest

from generator.problems import Problem
from sosach.course.markers import expand


@pytest.mark.parametrize(
    ("marks", "flags"),
    [
        ({"answer": "x"}, (False, True, False, False)),
        ({"tests": "x", "points": 2}, (True, False, False, True)),
        ({"essay": "x", "points": 1.5}, (True, True, False, False)),
        ({"task": "x", "points": 3}, (False, False, True, True)),
        ({"locked": "x"}, (False, False, False, True)),
    ],
)
def test_expand_gives_nbgrader_its_four_flags(marks, flags):
    """Each short mark stands for one combination of grade, solution, task, locked."""
    found = expand(marks, "bai.py")["nbgrader"]

    assert tuple(found[name] for name in ("grade", "solution", "task", "locked")) == flags
    assert found["grade_id"] == "x"
    assert found["schema_version"] == 3
    assert found.get("points") == marks.get("points")


def test_expand_folded():
    """A folded cell hides its source in JupyterLab and is nothing to nbgrader."""
    assert expand({"folded": True}, "bai.py") == {"jupyter": {"source_hidden": True}}


def test_expand_plain_cell():
    """A cell without marks has no metadata."""
    assert expand({}, "bai.py") == {}


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"point": 2, "tests": "x"}, "'points'"),
        ({"points": 2}, "tests, essay, task"),
        ({"tests": "x"}, "cần thêm points"),
        ({"answer": "x", "points": 2}, "không được có points"),
        ({"answer": "x", "locked": "y"}, "một loại dấu"),
    ],
)
def test_expand_refuses(marks, said):
    """A misspelt mark, points without a kind, or two kinds are named with their place."""
    with pytest.raises(Problem, match=r"bai\.py, ô 3") as caught:
        expand(marks, "bai.py, ô 3")

    assert said in str(caught.value)
