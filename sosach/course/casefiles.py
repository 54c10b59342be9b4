"""Case files of exercises: what the workbench is given, for practice or for a class."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import cast

import pandas as pd

from generator.problems import Problem
from sosach.course.explain import hints_of
from sosach.course.workplace import Workplace
from sosach.grading.rubrics import Expected, Key
from sosach.grading.specs import ExerciseSpec
from sosach.review import casefile
from sosach.review.casefile import Answer, CaseFile, Document
from sosach.review.forms import LEAVE_OUT, group_form
from sosach.review.register import DOSE_COLUMNS, RECORD_COLUMNS, register_records, seen_queues

__all__ = ["case_file", "case_of"]

Row = Mapping[str, str]

#: artefact -> its form
FORMS = {"danh_sach.csv": group_form}
CLEAN = "Hồ sơ không có gì phải gửi đối chiếu"
RULES = {
    "a": "Ô số giấy tờ trống.",
    "b": "Có số, nhưng không phải 9 hay 12 chữ số.",
    "c": "Số đúng định dạng mà trạng thái là Sai: số, họ tên, ngày sinh hoặc giới tính chưa khớp.",
    LEAVE_OUT: "Hồ sơ không thuộc nhóm nào thì không đưa vào.",
}


def case_file(
    spec: ExerciseSpec,
    subjects: Iterable[Row],
    doses: Iterable[Row],
    *,
    pack: str,
    key: Key | None = None,
    class_id: str = "",
    trainee: str = "",
) -> CaseFile:
    """Return the case file of one exercise and pack.

    Parameters
    ----------
    spec : ExerciseSpec
        What is asked; its first task names the artefact.
    subjects, doses : iterable of mapping
        Rows of ``doi_tuong`` and ``mui_tiem`` as the trainee has them.
    pack : str
        Fingerprint of the pack.
    key : Key, optional
        The right answers: with them it is practice, without them a class.
    class_id, trainee : str
        Whose work it is; "" in practice.

    Returns
    -------
    CaseFile

    Raises
    ------
    Problem
        If there is no screen for the artefact.
    """
    artefact = spec.tasks[0].artefact
    if artefact not in FORMS:
        message = f"Bài {spec.id}: chưa có màn hình cho tệp {artefact}."
        raise Problem(message)
    rows = list(subjects)
    return CaseFile(
        exercise=spec.id,
        title=spec.title,
        mode="class" if key is None else "practice",
        pack=pack,
        form=FORMS[artefact](RULES, "CV 2262"),
        columns=RECORD_COLUMNS,
        dose_columns=DOSE_COLUMNS,
        records=register_records(rows, doses),
        class_id=class_id,
        trainee=trainee,
        queues=seen_queues(rows),
        documents=_documents(),
        key=None if key is None else _explained(key, spec.tasks[0].rubric),
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


def _explained(key: Key, rubric: str) -> casefile.Key:
    """Return the answers to explain, each once."""
    answers: dict[Answer, int] = {}
    of = {
        code: answers.setdefault(_answer(expected, rubric), len(answers))
        for code, expected in key.records.items()
    }
    return casefile.Key(tuple(answers), of)


def _answer(expected: Expected, rubric: str) -> Answer:
    groups = sorted(expected.groups)
    right = (*groups, *([LEAVE_OUT] if expected.optional or not groups else []))
    if expected.optional:
        said = "Đưa vào nhóm c hoặc chưa đưa vào đều được"
    else:
        said = f"Thuộc nhóm {' hoặc '.join(groups)}" if groups else "Không cần đưa vào danh sách"
    because = f"{said}: {expected.title[:1].lower()}{expected.title[1:]}." if expected.title else ""
    return Answer(
        must=(right,),
        may=(),
        why=because or f"{said}: các thông tin đều khớp.",
        kind=expected.title or CLEAN,
        document=next((name for name in _texts() if expected.basis.startswith(name)), "CV 2262"),
        hints=tuple(hints_of(expected, rubric)),
    )


def _documents() -> tuple[Document, ...]:
    return tuple(Document(name, text["title"], text["text"]) for name, text in _texts().items())


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = (files("sosach.course") / "documents.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
