"""What practice explains of every item: the right answers, why, and three hints; never for a class."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from sosach.grading.hints import hint
from sosach.grading.rubrics import RUBRICS, Finding
from sosach.grading.rubrics.key import Choice, Duty, Expected, Figure, Key
from sosach.grading.rubrics.words import in_words
from sosach.grading.specs import ExerciseSpec, TaskSpec
from sosach.review import casefile
from sosach.review.casefile import Answer, Document
from sosach.review.forms import LEAVE_OUT

__all__ = ["answers_of", "documents"]

CLEAN = "Hồ sơ không có lỗi"
#: what rests on no document of its own
OURS = ""
#: codes of the form of figures, and what refuses one
TYPED, REFUSED = "GHI", ("khong_tinh", "khong tinh", "Không tính", "không tính")
MOST_RELATED = 1


def answers_of(spec: ExerciseSpec, key: Key) -> casefile.Key:
    """Return the explanations of a practice set, equal ones once.

    Parameters
    ----------
    spec : ExerciseSpec
    key : Key
        The right answers.

    Returns
    -------
    casefile.Key
    """
    task = next(task for task in spec.tasks if task.rubric in _ANSWERS)
    findings = RUBRICS[task.rubric]([], key, task.parameters).findings
    told = {finding.item: _ANSWERS[task.rubric](key, finding, task) for finding in findings}
    distinct = {repr(answer): answer for answer in told.values()}
    places = {text: i for i, text in enumerate(distinct)}
    of = {item: places[repr(answer)] for item, answer in told.items()}
    return casefile.Key(tuple(distinct.values()), of)


def documents() -> tuple[Document, ...]:
    """Return the documents on which rules rest, with what each says in short."""
    return tuple(Document(name, text["title"], text["text"]) for name, text in _texts().items())


def _of_list(key: Key, finding: Finding, task: TaskSpec) -> Answer:
    expected: Expected = key.records[finding.item]
    groups = sorted(expected.groups)
    right = (*groups, *([LEAVE_OUT] if expected.optional or not groups else []))
    if expected.optional:
        said = "Đưa vào nhóm c hoặc chưa đưa vào đều được"
    else:
        said = f"Thuộc nhóm {' hoặc '.join(groups)}" if groups else "Không cần đưa vào danh sách"
    return _answer((right,), (), said, expected.title, expected.basis or "CV 2262", finding, task)


def _of_decision(key: Key, finding: Finding, task: TaskSpec) -> Answer:
    duty: Duty = key.duties[finding.item]
    must = tuple(tuple(sorted({act.action for act in demand})) for demand in duty.demands)
    acts = [act for demand in duty.demands for act in demand]
    values = {act.column: tuple(sorted(act.values)) for act in acts if act.column and act.values}
    related = [name for act in acts for name in act.related]
    wanted = ", và ".join(in_words(choice, " hoặc ") for choice in must)
    said = f"Cần: {wanted}" if wanted else "Chưa có gì bắt buộc, cẩn thận thế nào cũng được"
    may = tuple(sorted({act.action for act in duty.may}))
    return _answer(
        must,
        may,
        said,
        duty.title,
        duty.basis,
        finding,
        task,
        values=values or None,
        related=related[0] if len(related) == MOST_RELATED else "",
    )


def _of_choice(key: Key, finding: Finding, task: TaskSpec) -> Answer:
    choice: Choice = key.choices[finding.item]
    said = f"Cần: {in_words(choice.answers, ' hoặc ')}"
    must = (tuple(sorted(choice.answers)),)
    told = _answer(must, (), said, choice.title, choice.basis, finding, task)
    return replace(told, reasons=_sorted(choice.reasons), targets=_sorted(choice.targets))


def _sorted(some: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]] | None:
    return {code: tuple(sorted(words)) for code, words in some.items()} or None


def _of_figure(key: Key, finding: Finding, task: TaskSpec) -> Answer:
    figure: Figure = key.figures[finding.item]
    values = _ways_to_write(figure)
    return _answer(
        ((TYPED,),),
        (),
        f"Đúng là {values[-1]}",
        figure.title,
        "",
        finding,
        task,
        values={"": values},
    )


_ANSWERS: Mapping[str, Callable[[Key, Finding, TaskSpec], Answer]] = {
    "list_membership": _of_list,
    "decisions": _of_decision,
    "verdicts": _of_choice,
    "feedback_queue": _of_choice,
    "figures": _of_figure,
}


def _ways_to_write(figure: Figure) -> tuple[str, ...]:
    """Return a figure as a computer and as Viet Nam writes it."""
    if figure.value is None:
        return REFUSED
    if figure.value.denominator == 1:
        return (str(figure.value), f"{int(figure.value):,}".replace(",", "."))
    plain = f"{float(figure.value):.1f}"
    vietnamese = plain.replace(".", ",")
    return (plain, f"{vietnamese}%", f"{vietnamese} %", vietnamese)


def _answer(
    must: tuple[tuple[str, ...], ...],
    may: tuple[str, ...],
    said: str,
    title: str,
    basis: str,
    finding: Finding,
    task: TaskSpec,
    *,
    values: Mapping[str, tuple[str, ...]] | None = None,
    related: str = "",
) -> Answer:
    told = (
        f"{said}: {title[:1].lower()}{title[1:]}." if title else f"{said}: các thông tin đều khớp."
    )
    steps = hint(task.rubric, finding)
    return Answer(
        must=must,
        may=may,
        why=told,
        kind=title or CLEAN,
        document=next((name for name in _texts() if basis.startswith(name)), OURS),
        hints=(steps.noi_nhin, steps.quy_tac, steps.vi_du),
        values=values,
        related=related,
    )


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = (files("sosach.course") / "documents.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
