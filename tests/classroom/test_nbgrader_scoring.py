from __future__ import annotations

import json
from fractions import Fraction

import nbformat
import pytest
from nbgrader.utils import determine_grade

from generator.problems import Problem
from sosach.classroom.nbgrader_scoring import AUTOGRADE, SANITIZE, _fill_in, _write
from sosach.grading.rubrics import Finding
from sosach.grading.scoring import TaskResult
from sosach.grading.specs import TaskSpec, find_spec, load_spec

TASK = TaskSpec("danh_sach", "Danh sách", 10, "list_membership", "danh_sach.csv")


def graded_cell():
    """Return a locked cell worth 10 points."""
    nbgrader = {"grade": True, "grade_id": "danh_sach", "points": 10, "solution": False}
    return nbformat.v4.new_code_cell("# chấm", metadata={"nbgrader": nbgrader})


@pytest.mark.parametrize("points", [0.0, 3.3333, 10.0])
def test_write_points_that_nbgrader_reads(points):
    """What stands in the cell is what nbgrader stores: also 0, also fractions."""
    cell = graded_cell()
    _write(cell, TaskResult("danh_sach", points, 10, [], ["Không có tệp."]), TASK)

    assert determine_grade(cell) == (points, 10)


def test_write_reasons():
    """Reasons go to stdout before the result, right records are only counted."""
    cell = graded_cell()
    findings = [
        Finding("HS1", True, "Đúng.", kind="a", causes=("E01",)),
        Finding("HS2", False, "Thuộc nhóm a.", kind="a", causes=("E01",), lost=Fraction(1, 2)),
    ]
    _write(cell, TaskResult("danh_sach", 5.0, 10, findings, []), TASK)

    assert [output.output_type for output in cell.outputs] == ["stream", "execute_result"]
    assert cell.outputs[0].name == "stdout"
    assert cell.outputs[0].text == "Đúng 1 trên 2 hồ sơ.\nHS2: Thuộc nhóm a.\n"
    told = json.loads(json.dumps(cell.metadata.sosach))
    assert told["mastery"] == {"E01": [1, 2]}
    assert [(w["item"], w["text"], w["lost"]) for w in told["wrong"]] == [
        ("HS2", "Thuộc nhóm a.", 5.0)
    ]
    assert "79085999901" not in told["wrong"][0]["example"]
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


@pytest.mark.parametrize("names", [["la"], ["danh_sach", "la"], []])
def test_fill_in_cells_of_another_spec(names):
    """A graded cell without a task, or a task without its cell, is an error, never full marks."""
    cells = []
    for name in names:
        cells.append(graded_cell())
        cells[-1].metadata.nbgrader["grade_id"] = name

    spec = load_spec(find_spec("k1_02_lap_danh_sach"))

    with pytest.raises(Problem, match="không khớp"):
        _fill_in(nbformat.v4.new_notebook(cells=cells), spec, [])


def test_write_other_points():
    """A cell worth something else than the spec says is an error, not a quiet choice."""
    cell = graded_cell()
    cell.metadata.nbgrader["points"] = 20

    with pytest.raises(Problem, match="20 điểm"):
        _write(cell, TaskResult("danh_sach", 10.0, 10, [], []), TASK)


def test_preprocessors_execute_nothing():
    """No preprocessor that runs a notebook is in the lists."""
    assert not [step for step in [*SANITIZE, *AUTOGRADE] if "Execute" in step.__name__]
