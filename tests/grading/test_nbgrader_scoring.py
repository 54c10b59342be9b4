from __future__ import annotations

import json

import nbformat
import pytest
from nbgrader.utils import determine_grade

from generator.problems import Problem
from sosach.grading.nbgrader_scoring import AUTOGRADE, SANITIZE, _result_of, _write
from sosach.grading.rubrics import Reason
from sosach.grading.scoring import TaskResult


def graded_cell():
    """Return a locked cell worth 10 points."""
    nbgrader = {"grade": True, "grade_id": "danh_sach", "points": 10, "solution": False}
    return nbformat.v4.new_code_cell("# chấm", metadata={"nbgrader": nbgrader})


@pytest.mark.parametrize("points", [0.0, 3.3333, 10.0])
def test_write_points_that_nbgrader_reads(points):
    """What stands in the cell is what nbgrader stores: also 0, also fractions."""
    cell = graded_cell()
    _write(cell, TaskResult("danh_sach", points, 10, [], ["Không có tệp."]), "Danh sách")

    assert determine_grade(cell) == (points, 10)


def test_write_reasons():
    """Reasons go to stdout before the result, right records are only counted."""
    cell = graded_cell()
    reasons = [Reason("HS1", True, "Đúng."), Reason("HS2", False, "Thuộc nhóm a.")]
    _write(cell, TaskResult("danh_sach", 5.0, 10, reasons, []), "Danh sách")

    assert [output.output_type for output in cell.outputs] == ["stream", "execute_result"]
    assert cell.outputs[0].name == "stdout"
    assert cell.outputs[0].text == "Đúng 1 trên 2 hồ sơ.\nHS2: Thuộc nhóm a.\n"
    assert json.loads(json.dumps(cell.metadata.sosach))["wrong"] == [
        {"ma_ho_so": "HS2", "text": "Thuộc nhóm a."}
    ]
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_result_of_unknown_cell():
    """A graded cell that no task owns is an error, never full marks."""
    with pytest.raises(Problem, match="'la'"):
        _result_of("la", {})


def test_preprocessors_execute_nothing():
    """No preprocessor that runs a notebook is in the lists."""
    assert not [step for step in [*SANITIZE, *AUTOGRADE] if "Execute" in step.__name__]
