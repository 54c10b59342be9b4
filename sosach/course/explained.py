"""What practice explains of every item: the right answers, why, and three hints; never for a class."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from sosach.grading.hints import hint
from sosach.grading.rubrics import RUBRICS, Finding
from sosach.grading.rubrics.key import Act, Choice, Duty, Expected, Figure, Key, Signable, Why
from sosach.grading.rubrics.words import cause_in_words, in_words
from sosach.grading.specs import ExerciseSpec, TaskSpec
from sosach.review import casefile
from sosach.review.casefile import Answer, Document
from sosach.review.forms import LEAVE_OUT

__all__ = ["TYPED", "answers_of", "documents"]

#: what rests on no document of its own, where a list is asked for
LIST_BASIS = "CV 2262"
#: codes of the form of figures, and what refuses one
TYPED, REFUSED = "GHI", ("khong_tinh", "khong tinh", "không tính")


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
    answers: dict[Answer, int] = {}
    of = {
        finding.item: answers.setdefault(_ANSWERS[task.rubric](key, finding, task), len(answers))
        for finding in findings
    }
    return casefile.Key(tuple(answers), of)


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
    must = (tuple(map(casefile.Act, right)),)
    return _answer(
        must, (), f"{said}: {_matter(expected)}.", expected.basis or LIST_BASIS, finding, task
    )


def _of_decision(key: Key, finding: Finding, task: TaskSpec) -> Answer:
    duty: Duty = key.duties[finding.item]
    demands = (in_words((act.action for act in demand), " hoặc ") for demand in duty.demands)
    wanted = ", và ".join(dict.fromkeys(demands)) or "Chưa có việc nào bắt buộc"
    return _answer(
        tuple(tuple(map(_act, demand)) for demand in duty.demands),
        tuple(map(_act, duty.may)),
        f"{wanted}: {_matter(duty)}.",
        duty.basis,
        finding,
        task,
    )


def _act(act: Act) -> casefile.Act:
    sets = {"doses": act.doses, "values": act.values, "related": act.related}
    named = {name: tuple(sorted(part)) for name, part in sets.items()}
    return casefile.Act(act.action, field=act.column, **named)


def _of_choice(key: Key, finding: Finding, task: TaskSpec) -> Answer:
    choice: Choice = key.choices[finding.item]
    ways = tuple(
        casefile.Act(
            answer,
            reasons=tuple(sorted(choice.reasons.get(answer, ()))),
            related=tuple(sorted(choice.targets.get(answer, ()))),
        )
        for answer in sorted(choice.answers)
    )
    said = f"{in_words(choice.answers, ' hoặc ')}: {_matter(choice)}."
    return _answer((ways,), (), said, choice.basis, finding, task)


def _of_signable(key: Key, finding: Finding, task: TaskSpec) -> Answer:
    able: Signable = key.doses[finding.item]
    right = [name for name, token in able.tokens.items() if token.right] if able.may else []
    said = f"Ký bằng {' hoặc '.join(right)}" if right else "Chưa ký"
    must = (tuple(map(casefile.Act, right or [LEAVE_OUT])),)
    return _answer(must, (), f"{said}: {_matter(able)}.", able.basis, finding, task)


def _of_figure(key: Key, finding: Finding, task: TaskSpec) -> Answer:
    figure: Figure = key.figures[finding.item]
    ways = _ways_to_write(figure)
    must = ((casefile.Act(TYPED, values=ways),),)
    return _answer(must, (), f"Đúng là {ways[-1]}: {_matter(figure)}.", "", finding, task)


def _matter(why: Why) -> str:
    return f"{why.title[:1].lower()}{why.title[1:]}" if why.title else "các thông tin đều khớp"


_ANSWERS: Mapping[str, Callable[[Key, Finding, TaskSpec], Answer]] = {
    "list_membership": _of_list,
    "decisions": _of_decision,
    "verdicts": _of_choice,
    "feedback_queue": _of_choice,
    "signatures": _of_signable,
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
    must: tuple[tuple[casefile.Act, ...], ...],
    may: tuple[casefile.Act, ...],
    why: str,
    basis: str,
    finding: Finding,
    task: TaskSpec,
) -> Answer:
    found = hint(task.rubric, finding)
    causes = [cause_in_words(task.rubric, cause) for cause in finding.causes or ("",)]
    return Answer(
        must,
        may,
        why,
        kind="; ".join(causes),
        document=next((name for name in _texts() if basis.startswith(name)), ""),
        hints=(found.noi_nhin, found.quy_tac, found.vi_du),
    )


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = (files("sosach.course") / "documents.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
