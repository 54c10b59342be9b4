"""From artefacts to points: a pure function that a bad file cannot stop."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sosach.grading.artefacts import read_table
from sosach.grading.names import READABLE, plain_stem
from sosach.grading.refusals import Refusal
from sosach.grading.rubrics import RUBRICS, Finding, Key
from sosach.grading.specs import ExerciseSpec, TaskSpec

__all__ = ["TaskResult", "find_file", "score"]


@dataclass(frozen=True)
class TaskResult:
    """Points of one task, what is to say of every item, and notes on the file."""

    grade_id: str
    points: float
    max_points: float
    findings: list[Finding]
    notes: list[str]

    @property
    def wrong(self) -> list[Finding]:
        """The findings that are not right."""
        return [finding for finding in self.findings if not finding.right]


def score(
    spec: ExerciseSpec,
    key: Key,
    files: Mapping[str, bytes],
    amendments: Collection[tuple[str, str]] = (),
) -> list[TaskResult]:
    """Judge everything one trainee handed in.

    Parameters
    ----------
    spec : ExerciseSpec
        What the exercise asks for.
    key : Key
        The right answers of this trainee's pack.
    files : mapping
        File name in ``bai_nop/`` -> content.
    amendments : collection of (str, str)
        Answers accepted after an appeal, as `Judgement.score` takes them.

    Returns
    -------
    list of TaskResult
        One per task, in the spec's order. A file that is missing or cannot be judged earns
        0 points and a sentence; nothing is raised.
    """
    return [_judge(task, spec, key, files, amendments) for task in spec.tasks]


def find_file(name: str, files: Mapping[str, bytes]) -> str:
    """Return which of the files was meant by an artefact's name.

    Parameters
    ----------
    name : str
        As the spec says, ``danh_sach.csv``.
    files : mapping
        What was handed in.

    Returns
    -------
    str
        The name itself, else the only candidate that differs in letter case, in a copy mark
        as ``(1)`` or by its ending; what can be read goes before what cannot. Copies of one
        content are one candidate.

    Raises
    ------
    Refusal
        If there is none, or more than one candidate.
    """
    alike = _alike(name, files)
    readable = [file for file in alike if file.casefold().endswith(READABLE)]
    candidates = [name] if name in files else readable or alike
    if not candidates:
        message = f"Không có tệp {name} trong bai_nop."
        raise Refusal(message)
    if len({files[file] for file in candidates}) > 1:
        message = f"Có nhiều tệp có thể là {name}: {', '.join(candidates)}. Hãy chỉ để lại một tệp."
        raise Refusal(message)
    return candidates[0]


def _judge(
    task: TaskSpec,
    spec: ExerciseSpec,
    key: Key,
    files: Mapping[str, bytes],
    amendments: Collection[tuple[str, str]],
) -> TaskResult:
    """Judge one task; a refused artefact is worth 0."""
    form = spec.artefacts[task.artefact]
    try:
        name = find_file(task.artefact, files)
        artefact = read_table(name, files[name], form.columns, form.key, form.codes)
    except Refusal as refusal:
        return TaskResult(task.grade_id, 0.0, task.points, [], [str(refusal)])
    told = [f"Đã đọc tệp {name} thay cho {task.artefact}."] if name != task.artefact else []
    others = [file for file in _alike(name, files) if files[file] != files[name]]
    told += [f"Chỉ tệp {name} được chấm, không phải {', '.join(others)}."] if others else []
    told += [] if artefact.rows else [f"Tệp {name} chưa có dòng nào để chấm."]
    outcome = RUBRICS[task.rubric](artefact.rows, key, task.parameters).score(amendments)
    points = float(round(Fraction(task.points) * outcome.fraction, 4))
    notes = [*told, *artefact.notes, *outcome.notes]
    return TaskResult(task.grade_id, points, task.points, outcome.findings, notes)


def _alike(name: str, files: Iterable[str]) -> list[str]:
    """Return the files whose names differ in copy marks, case or ending alone."""
    return sorted(file for file in files if plain_stem(file) == plain_stem(name))
