"""How artefacts reach nbgrader's gradebook: two preprocessors of its own converter.

`nbgrader autograde`, formgrader's button and ``sosach grade`` all run these lists. Nothing that
a trainee wrote is executed.
"""

# mypy: disable-error-code="misc,no-untyped-call"
# nbgrader and nbformat ship no types

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    NbGraderPreprocessor,
    OverwriteCells,
    SaveAutoGrades,
)
from nbgrader.utils import is_grade, is_solution
from traitlets import Unicode

from generator.problems import Problem
from sosach.classroom.proving import key_for
from sosach.grading.amendments import accepted
from sosach.grading.intake import read_artefacts
from sosach.grading.notebooks import rebuild
from sosach.grading.outcomes import outcome
from sosach.grading.rubrics.balance import AMENDED
from sosach.grading.scoring import TaskResult, score
from sosach.grading.specs import ExerciseSpec, TaskSpec
from sosach.grading.stopwatch import part
from sosach.grading.submissions import read_receipt

__all__ = ["AUTOGRADE", "SANITIZE", "RebuildFromMaster", "ScoreArtefacts"]

#: wrong items named in a cell's output; all of them stand in its metadata
SHOWN = 200

Converted = tuple[NotebookNode, dict[str, Any]]


class ClassPreprocessor(NbGraderPreprocessor):
    """A preprocessor that knows where its class lives."""

    class_folder = Unicode(help="the class folder").tag(config=True)


class RebuildFromMaster(ClassPreprocessor):
    """Start from the released notebook and take over the trainee's answer text alone."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Converted:
        """Return the released notebook with the answers of `nb`."""
        names = resources["nbgrader"]
        released = Path(self.class_folder, "release", names["assignment"])
        master = nbformat.read(released / f"{names['notebook']}.ipynb", as_version=4)
        rebuilt, _ = rebuild(master, nb)
        return nbformat.from_dict(rebuilt), resources


class ScoreArtefacts(ClassPreprocessor):
    """Judge the files in ``bai_nop`` and write points and reasons into every graded cell.

    A graded cell without output would be worth full marks to nbgrader, and any text on stderr
    none: each gets one stdout stream and one number.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Converted:
        """Return `nb` with the outcome in its graded cells."""
        names = resources["nbgrader"]
        folder, exercise, trainee = Path(self.class_folder), names["assignment"], names["student"]
        submitted = folder / "submitted" / trainee / exercise
        files = read_artefacts(submitted)
        spec, key = key_for(folder, exercise, trainee, files)
        with part("score"):
            results = score(spec, key, files, accepted(folder, exercise))
        nb.metadata["sosach"] = {
            "title": spec.title,
            "trainee": trainee,
            "documents": list(spec.documents),
            "repairs": list(read_receipt(submitted).repairs),
            "amended": _amended(results),
        }
        _fill_in(nb, spec, results)
        return nb, resources


#: for `Autograde.sanitize_preprocessors`; outputs, ids and kernel are the released notebook's own
SANITIZE = [RebuildFromMaster, OverwriteCells]
#: for `Autograde.autograde_preprocessors`; nothing is executed
AUTOGRADE = [ScoreArtefacts, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]


def _amended(results: list[TaskResult]) -> list[str]:
    """Say which answers were accepted after an appeal."""
    items = [f.item for result in results for f in result.findings if f.text == AMENDED]
    return [f"Sau khi xem lại, câu trả lời ở {', '.join(items)} được chấp nhận."] if items else []


def _fill_in(nb: NotebookNode, spec: ExerciseSpec, results: list[TaskResult]) -> None:
    """Write every task's outcome into its cell; neither may be without the other."""
    cells = {
        cell.metadata.nbgrader["grade_id"]: cell
        for cell in nb.cells
        if is_grade(cell) and not is_solution(cell)
    }
    tasks = {task.grade_id: task for task in spec.tasks}
    alone = sorted(set(cells) ^ set(tasks))
    if alone:
        message = (
            f"Ô chấm điểm và đặc tả của bài không khớp: {', '.join(alone)}. Hãy chép lại thư mục "
            "release và phat_bai từ bản sao lưu của lớp."
        )
        raise Problem(message)
    for result in results:
        _write(cells[result.grade_id], result, tasks[result.grade_id])


def _write(cell: NotebookNode, result: TaskResult, task: TaskSpec) -> None:
    """Write points and reasons into one graded cell."""
    points = cell.metadata.nbgrader["points"]
    if float(points) != float(task.points):
        message = (
            f"Ô '{task.grade_id}' của sổ tay có {points:g} điểm, đặc tả ghi {task.points:g} điểm. "
            "Hãy sửa lại phat_bai cho khớp với bài đã phát."
        )
        raise Problem(message)
    cell.metadata["sosach"] = told = outcome(result, task)
    n_wrong = len(told["wrong"])
    lines = [
        *result.notes,
        f"Đúng {told['n_items'] - n_wrong} trên {told['n_items']} {told['unit']}.",
        *(f"{item['item']}: {item['text']}" for item in told["wrong"][:SHOWN]),
    ]
    cell.execution_count = 1
    cell.outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="\n".join(lines) + "\n"),
        nbformat.v4.new_output(
            "execute_result", {"text/plain": repr(result.points)}, execution_count=1
        ),
    ]
