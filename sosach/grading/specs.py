"""What an exercise asks for: one strict TOML file per exercise, ``solutions/<id>.toml``.

A trainer writes a new exercise with such a file and a notebook text, without Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.problems import Problem, nearest
from generator.strict import Share, check_names, read, read_toml
from sosach.grading.rubrics import RUBRICS

__all__ = [
    "RESUBMISSIONS",
    "ArtefactSpec",
    "ExerciseSpec",
    "RecipeSpec",
    "TaskSpec",
    "find_spec",
    "load_spec",
]

#: which of several hand-ins counts: the newest, or the one worth most
RESUBMISSIONS = ("last", "best")

#: rubric -> what its task has to say beside -> what may be said
PARAMETERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "cells_equal": {"table": ("doi_tuong", "mui_tiem")},
}

#: below this folder lie solutions/ and exercises/
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class RecipeSpec:
    """What the data of the exercise are made of: ward pool, shares of errors and decoys."""

    wards: tuple[str, ...]
    errors: Mapping[str, Share]
    decoys: Mapping[str, Share]


@dataclass(frozen=True)
class ArtefactSpec:
    """One file that is handed in: columns, the columns no two rows may share, allowed codes."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskSpec:
    """One graded task: where its points stand and which rubric judges which artefact.

    Attributes
    ----------
    parameters : mapping
        See `PARAMETERS`.
    """

    grade_id: str
    title: str
    points: float
    rubric: str
    artefact: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ExerciseSpec:
    """One exercise.

    Attributes
    ----------
    id : str
        The file's name without ``.toml``.
    minutes : int
        Time a trainee needs.
    core : bool
        Whether it belongs to the one-day course.
    documents : tuple of str
        What the marks rest on, and what a trainee reads again.
    scenario : str
        Name of a scenario of `generator`.
    sizes : mapping
        Records of a pack by way of working: ``clicks``, ``code``.
    levels : mapping
        Level of difficulty -> the key of `sizes` it uses.
    artefacts : mapping
        File name -> what it must look like.
    material : tuple of str
        What lies on the desk beside the register; names of `sosach.cases.case.MATERIAL`.
    resubmission : str
        One of `RESUBMISSIONS`.
    """

    id: str
    title: str
    objectives: tuple[str, ...]
    minutes: int
    core: bool
    documents: tuple[str, ...]
    scenario: str
    recipe: RecipeSpec
    sizes: Mapping[str, int]
    levels: Mapping[str, str]
    artefacts: Mapping[str, ArtefactSpec]
    tasks: tuple[TaskSpec, ...]
    material: tuple[str, ...] = ()
    resubmission: str = "last"

    def n_records(self, level: str) -> int:
        """Return how many records a pack of this level holds.

        Parameters
        ----------
        level : str
            A key of `levels`.

        Returns
        -------
        int

        Raises
        ------
        Problem
            If the exercise has no such level.
        """
        check_names([level], self.levels, f"Bài tập {self.id}", "mức")
        return self.sizes[self.levels[level]]


def find_spec(exercise: str) -> Path:
    """Return the path of the spec that belongs to an exercise id.

    Parameters
    ----------
    exercise : str
        An exercise id, as ``"k1_02_lap_danh_sach"``.

    Returns
    -------
    Path

    Raises
    ------
    Problem
        If there is no such exercise; the nearest id is named.
    """
    path = ROOT / "solutions" / f"{exercise}.toml"
    ids = sorted(p.stem for p in path.parent.glob("*.toml"))
    if exercise in ids:
        return path
    message = (
        f"Không có bài tập '{exercise}'.{nearest(exercise, ids)} Các bài hiện có: {', '.join(ids)}."
    )
    raise Problem(message)


def load_spec(path: Path) -> ExerciseSpec:
    """Read one exercise spec, strictly.

    Parameters
    ----------
    path : Path
        ``<id>.toml``, UTF-8.

    Returns
    -------
    ExerciseSpec

    Raises
    ------
    Problem
        If a key is unknown, misspelt or missing, a value is of another kind, or a name points
        to nothing: the message says file, key and nearest right spelling.
    """
    raw, _ = read_toml(path)
    spec = read(ExerciseSpec, {**raw, "id": path.stem}, path.name)
    check_names(spec.levels.values(), spec.sizes, f"{path.name}, levels", "cỡ")
    check_names([spec.resubmission], RESUBMISSIONS, f"{path.name}, resubmission", "cách nộp lại")
    for i, task in enumerate(spec.tasks):
        where = f"{path.name}, tasks[{i}]"
        check_names([task.rubric], RUBRICS, f"{where}, rubric", "cách chấm")
        check_names([task.artefact], spec.artefacts, f"{where}, artefact", "tệp bài nộp")
        _check_parameters(task, where)
    for name, artefact in spec.artefacts.items():
        where = f"{path.name}, artefacts, {name}"
        check_names([*artefact.key, *artefact.codes], artefact.columns, where, "cột")
    return spec


def _check_parameters(task: TaskSpec, where: str) -> None:
    """Demand exactly the parameters that the rubric has, with values that it knows."""
    wanted = PARAMETERS.get(task.rubric, {})
    check_names(task.parameters, wanted, f"{where}, parameters", "tham số")
    for name, values in wanted.items():
        check_names(
            [task.parameters.get(name, "")], values, f"{where}, parameters, {name}", "giá trị"
        )
