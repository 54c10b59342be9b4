"""Case files of exercises: what the workbench is given, for practice or for a class."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

import pandas as pd

from generator.problems import Problem
from sosach.course.workplace import Workplace
from sosach.grading.hints import hint
from sosach.grading.rubrics import RUBRICS, Finding, Key
from sosach.grading.rubrics.key import Act, Duty, Expected, Why
from sosach.grading.rubrics.words import cause_in_words, in_words
from sosach.grading.specs import ExerciseSpec, TaskSpec
from sosach.review import casefile
from sosach.review.actions import Form
from sosach.review.casefile import Answer, CaseFile, Document, Paper
from sosach.review.forms import LEAVE_OUT, decision_form, group_form
from sosach.review.register import DOSE_COLUMNS, RECORD_COLUMNS, register_records, seen_queues

__all__ = ["case_file", "case_of"]

Row = Mapping[str, str]

RULES = {
    "a": "Ô số giấy tờ trống.",
    "b": "Có số, nhưng không phải 9 hay 12 chữ số.",
    "c": "Số đúng định dạng mà trạng thái là Sai: số, họ tên, ngày sinh hoặc giới tính chưa khớp.",
    LEAVE_OUT: "Hồ sơ không thuộc nhóm nào thì không đưa vào.",
}
#: what rests on no document of its own, where a list is asked for
LIST_BASIS = "CV 2262"


def case_file(
    spec: ExerciseSpec,
    subjects: Iterable[Row],
    doses: Iterable[Row],
    *,
    pack: str,
    key: Key | None = None,
    papers: Mapping[str, Sequence[Any]] | None = None,
    class_id: str = "",
    trainee: str = "",
) -> CaseFile:
    """Return the case file of one exercise and pack.

    Parameters
    ----------
    spec : ExerciseSpec
        What is asked; its first task names artefact and rubric, the artefact's codes of
        ``hanh_dong`` are the buttons.
    subjects, doses : iterable of mapping
        Rows of ``doi_tuong`` and ``mui_tiem`` as the trainee has them.
    pack : str
        Fingerprint of the pack.
    key : Key, optional
        The right answers: with them it is practice, without them a class.
    papers : mapping, optional
        ma_ho_so -> papers of `sosach.cases` that lie beside the record.
    class_id, trainee : str
        Whose work it is; "" in practice.

    Returns
    -------
    CaseFile

    Raises
    ------
    Problem
        If there is no screen for the artefact, or more than nine buttons are asked for.
    """
    rows, task = list(subjects), spec.tasks[0]
    laid = {record: tuple(map(_paper, those)) for record, those in (papers or {}).items()}
    return CaseFile(
        exercise=spec.id,
        title=spec.title,
        mode="class" if key is None else "practice",
        pack=pack,
        form=_form(spec, task.artefact),
        columns=RECORD_COLUMNS,
        dose_columns=DOSE_COLUMNS,
        records=register_records(rows, doses, laid),
        class_id=class_id,
        trainee=trainee,
        queues=seen_queues(rows),
        documents=_documents(),
        key=None if key is None else _explained(key, task),
    )


def case_of(spec: ExerciseSpec, place: Workplace) -> CaseFile:
    """Return the case file of an opened exercise.

    Parameters
    ----------
    spec : ExerciseSpec
    place : Workplace
        With its key it is practice.

    Returns
    -------
    CaseFile
    """
    return case_file(
        spec,
        _rows(place.doi_tuong),
        _rows(place.mui_tiem),
        pack=place.pack,
        key=place.key,
        class_id=place.class_id,
        trainee="" if place.key else place.trainee,
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", frame.to_dict("records"))


def _paper(paper: Any) -> Paper:  # noqa: ANN401 - a paper of sosach.cases, or one of ours
    return Paper(paper.kind, paper.title, paper.source, paper.cells, paper.dose, paper.text)


def _form(spec: ExerciseSpec, artefact: str) -> Form:
    if artefact == "danh_sach.csv":
        return group_form(RULES, LIST_BASIS)
    if artefact == "quyet_dinh.csv":
        return decision_form(spec.artefacts[artefact].codes["hanh_dong"])
    message = f"Bài {spec.id}: chưa có màn hình cho tệp {artefact}."
    raise Problem(message)


# --- what practice explains ---------------------------------------------------------------


def _explained(key: Key, task: TaskSpec) -> casefile.Key:
    """Return the answers to explain, each once: the rubric itself says of every record what it is."""
    due: Mapping[str, Expected | Duty] = key.records or key.duties
    answers: dict[Answer, int] = {}
    of = {
        finding.item: answers.setdefault(_answer(due[finding.item], finding, task), len(answers))
        for finding in RUBRICS[task.rubric]([], key, task.parameters).findings
    }
    return casefile.Key(tuple(answers), of)


def _answer(due: Expected | Duty, finding: Finding, task: TaskSpec) -> Answer:
    found = hint(task.rubric, finding)
    told = _of_list(due) if isinstance(due, Expected) else _of_duty(due)
    causes = [cause_in_words(task.rubric, cause) for cause in finding.causes or ("",)]
    return replace(
        told,
        kind="; ".join(causes),
        hints=(found.noi_nhin, found.quy_tac, found.vi_du),
    )


def _of_list(expected: Expected) -> Answer:
    groups = sorted(expected.groups)
    right = (*groups, *([LEAVE_OUT] if expected.optional or not groups else []))
    if expected.optional:
        said = "Đưa vào nhóm c hoặc chưa đưa vào đều được"
    else:
        said = f"Thuộc nhóm {' hoặc '.join(groups)}" if groups else "Không cần đưa vào danh sách"
    acts = tuple(casefile.Act(code) for code in right)
    return Answer((acts,), (), f"{said}: {_matter(expected)}.", "", _document(expected, LIST_BASIS))


def _of_duty(duty: Duty) -> Answer:
    demands = (in_words((act.action for act in demand), " hoặc ") for demand in duty.demands)
    wanted = ", và ".join(dict.fromkeys(demands)) or "Chưa có việc nào bắt buộc"
    return Answer(
        must=tuple(tuple(map(_act, demand)) for demand in duty.demands),
        may=tuple(map(_act, duty.may)),
        why=f"{wanted}: {_matter(duty)}.",
        kind="",
        document=_document(duty, ""),
    )


def _act(act: Act) -> casefile.Act:
    values = act.values  # noqa: PD011 - an act, no table
    sets = {"doses": act.doses, "values": values, "related": act.related}
    named = {name: tuple(sorted(part)) for name, part in sets.items()}
    return casefile.Act(act.action, field=act.column, **named)


def _matter(why: Why) -> str:
    return f"{why.title[:1].lower()}{why.title[1:]}" if why.title else "các thông tin đều khớp"


def _document(why: Why, else_: str) -> str:
    return next((name for name in _texts() if why.basis.startswith(name)), else_)


def _documents() -> tuple[Document, ...]:
    return tuple(Document(name, text["title"], text["text"]) for name, text in _texts().items())


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = (files("sosach.course") / "documents.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
