from __future__ import annotations

import json
from fractions import Fraction

import nbformat
import pytest
from nbgrader.utils import determine_grade

from generator.problems import Problem
from sosach.grading.nbgrader_scoring import AUTOGRADE, SANITIZE, _result_of, _write
from sosach.grading.rubrics import Finding
from sosach.grading.scoring import TaskResult
from sosach.grading.specs import TaskSpec

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


def test_result_of_unknown_cell():
    """A graded cell that no task owns is an error, never full marks."""
    with pytest.raises(Problem, match="'la'"):
        _result_of("la", {})


def test_preprocessors_execute_nothing():
    """No preprocessor that runs a notebook is in the lists."""
    assert not [step for step in [*SANITIZE, *AUTOGRADE] if "Execute" in step.__name__]
