"""How artefacts reach nbgrader's gradebook: two preprocessors of its own converter.

`nbgrader autograde`, formgrader's button and ``sosach grade`` all run these lists. Nothing that
a trainee wrote is executed.
"""

# mypy: disable-error-code="misc,no-untyped-call"
# nbgrader and nbformat ship no types

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from nbgrader.utils import is_grade, is_solution
from traitlets import Unicode

from generator.problems import Problem
from sosach.grading.handouts import regenerate
from sosach.grading.intake import INTAKE_FILE, read_artefacts
from sosach.grading.notebooks import rebuild
from sosach.grading.outcomes import outcome
from sosach.grading.scoring import TaskResult, score
from sosach.grading.specs import ExerciseSpec, TaskSpec

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
        return nbformat.from_dict(rebuild(master, nb)), resources


class ScoreArtefacts(ClassPreprocessor):
    """Judge the files in ``bai_nop`` and write points and reasons into every graded cell.

    A graded cell without output would be worth full marks to nbgrader, and any text on stderr
    none: each gets one stdout stream and one number.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Converted:
        """Return `nb` with the outcome in its graded cells."""
        names = resources["nbgrader"]
        folder = Path(self.class_folder)
        submitted = folder / "submitted" / names["student"] / names["assignment"]
        spec, key = regenerate(folder, names["assignment"], names["student"])
        results = {r.grade_id: r for r in score(spec, key, read_artefacts(submitted))}
        nb.metadata["sosach"] = _about(spec, names["student"], submitted / INTAKE_FILE)
        tasks = {task.grade_id: task for task in spec.tasks}
        for cell in nb.cells:
            if is_grade(cell) and not is_solution(cell):
                result = _result_of(cell.metadata.nbgrader["grade_id"], results)
                _write(cell, result, tasks[result.grade_id])
        return nb, resources


#: for `Autograde.sanitize_preprocessors`
SANITIZE = [
    RebuildFromMaster,
    ClearOutput,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
#: for `Autograde.autograde_preprocessors`; nothing is executed
AUTOGRADE = [ScoreArtefacts, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]


def _about(spec: ExerciseSpec, trainee: str, intake: Path) -> dict[str, Any]:
    """Return what a feedback page says about the whole submission."""
    repairs = json.loads(intake.read_text(encoding="utf-8")) if intake.is_file() else []
    return {
        "title": spec.title,
        "trainee": trainee,
        "documents": list(spec.documents),
        "repairs": [str(sentence) for sentence in repairs],
    }


def _result_of(grade_id: str, results: dict[str, TaskResult]) -> TaskResult:
    """Return the outcome of a graded cell; one that no task owns would be full marks."""
    if grade_id not in results:
        message = f"Ô chấm điểm '{grade_id}' không có trong đặc tả của bài tập. Hãy phát bài lại."
        raise Problem(message)
    return results[grade_id]


def _write(cell: NotebookNode, result: TaskResult, task: TaskSpec) -> None:
    """Write points and reasons into one graded cell."""
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
