"""Invented records of the lessons: to look at, and to try the screen on; nothing is kept.

A lesson's records stand in ``samples/<lesson>.toml``; every id occurs once in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from typing import Literal

from generator.facts import column
from generator.problems import Problem, nearest
from generator.strict import check_names, read, read_toml
from sosach.cases.duties import CELL_EDITS
from sosach.course.explained import TYPED, documents
from sosach.course.screens import (
    DECISION_RULES,
    FIGURE_COLUMNS,
    LETTER_COLUMNS,
    RECEIVERS,
    SLIP_COLUMNS,
    slip_form,
)
from sosach.review import ManHinh
from sosach.review.actions import Form
from sosach.review.casefile import Act, Answer, CaseFile, Column, Dose, Key, Paper, Record
from sosach.review.forms import decision_form, feedback_form, figure_form, group_form
from sosach.review.register import DOSE_COLUMNS, RECORD_COLUMNS, dose_rules

__all__ = ["ho_so_mau", "lam_thu", "lessons", "xem_ho_so"]

#: form of a lesson's records -> the columns that they have
COLUMNS = {
    "groups": RECORD_COLUMNS,
    "decisions": RECORD_COLUMNS,
    "feedback": LETTER_COLUMNS,
    "slips": SLIP_COLUMNS,
    "figures": FIGURE_COLUMNS,
}


@dataclass(frozen=True)
class SamplePaper:
    """A paper as the file has it; see `sosach.review.casefile.Paper`."""

    kind: str
    title: str
    source: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    dose: str = ""
    text: str = ""


@dataclass(frozen=True)
class Sample:
    """One invented record, and what is right about it.

    Attributes
    ----------
    id : str
    cells : mapping
        Column -> value; a column that is left out is empty.
    doses : tuple of mapping
        ``id`` and columns of ``mui_tiem``.
    papers : tuple of SamplePaper
    related : tuple of str
        Ids of other records of the lesson that may be of the same person.
    right : tuple of tuple of str
        All of these are needed; of each one code is enough.
    may : tuple of str
    values : mapping
        Column -> new values that are right; ``""`` for a figure.
    reasons, targets : mapping
        Code -> reasons, or receivers, one of which must be named with it.
    about : tuple of str
        Errors and traps of the taxonomy that it teaches; see `sosach.course.coverage`.
    why, document : str
        What is said after a decision; the document's number as in ``documents.toml``.
    """

    id: str
    cells: Mapping[str, str]
    right: tuple[tuple[str, ...], ...]
    why: str
    doses: tuple[Mapping[str, str], ...] = ()
    papers: tuple[SamplePaper, ...] = ()
    related: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True)
class Samples:
    """The records of one lesson.

    Attributes
    ----------
    title : str
    form : str
        A key of `COLUMNS`.
    actions : tuple of str
        Codes in the order of the keys; none for groups and letters, which have their own.
    names : mapping
        Code of a site -> its name; what is handed on may go there.
    """

    title: str
    form: str
    records: tuple[Sample, ...]
    actions: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def ho_so_mau(ma_ho_so: str) -> dict[str, str]:
    """Return the cells of one invented record, for a lesson's code.

    Parameters
    ----------
    ma_ho_so : str
        Its id, as ``"TH01"``.

    Returns
    -------
    dict
        Columns of its table, the id first.
    """
    lesson, sample = _find(ma_ho_so)
    first = "ma_ho_so" if lesson.form in ("groups", "decisions") else "ma"
    return {first: sample.id, **sample.cells}


def xem_ho_so(ma_ho_so: str) -> ManHinh:
    """Show one invented record with its doses and papers, without buttons.

    Parameters
    ----------
    ma_ho_so : str

    Returns
    -------
    ManHinh
        A widget.
    """
    lesson, sample = _find(ma_ho_so)
    others = [s for s in lesson.records if s.id in sample.related]
    shown = [sample, *others]
    return ManHinh(_case(lesson, shown, Form("", {}, "", ()), mode="show"))


def lam_thu(bai: str = "02") -> ManHinh:
    """Open the screen on the records of a lesson.

    Parameters
    ----------
    bai : str
        Number of the lesson, two digits.

    Returns
    -------
    ManHinh
        Tells after every choice whether it is right and why; nothing is saved.
    """
    lesson = _lesson(bai)
    labels = {action.code: action.label for action in _form(lesson).actions}
    answers = tuple(_answer(sample, labels) for sample in lesson.records)
    key = Key(answers, {sample.id: i for i, sample in enumerate(lesson.records)})
    return ManHinh(_case(lesson, lesson.records, _form(lesson), mode="practice", key=key))


def _case(
    lesson: Samples,
    samples: Iterable[Sample],
    form: Form,
    *,
    mode: Literal["practice", "show"],
    key: Key | None = None,
) -> CaseFile:
    columns, shown = COLUMNS[lesson.form], list(samples)
    return CaseFile(
        exercise="lam_thu",
        title=lesson.title,
        pack="",
        form=form,
        columns=columns,
        dose_columns=DOSE_COLUMNS if any(sample.doses for sample in shown) else (),
        records=tuple(_record(sample, columns, {s.id for s in shown}) for sample in shown),
        names=lesson.names or None,
        documents=documents(),
        dose_rules=dose_rules(),
        mode=mode,
        key=key,
    )


def _record(sample: Sample, columns: tuple[Column, ...], shown: set[str]) -> Record:
    cells = {"noi_o": sample.cells.get("dia_chi", ""), "quoc_tich": "Việt Nam", **sample.cells}
    return Record(
        sample.id,
        tuple(cells.get(column.name, "") for column in columns),
        tuple(_dose(dose) for dose in sample.doses),
        tuple(Paper(**vars(paper)) for paper in sample.papers),
        tuple(name for name in sample.related if name in shown),
    )


def _dose(dose: Mapping[str, str]) -> Dose:
    return Dose(dose["id"], tuple(dose.get(column.name, "") for column in DOSE_COLUMNS))


def _answer(sample: Sample, labels: Mapping[str, str]) -> Answer:
    kind = labels.get(sample.right[0][0], "")
    must = tuple(tuple(_act(sample, code) for code in ways) for ways in sample.right)
    may = tuple(map(Act, sample.may))
    return Answer(must, may, sample.why, kind, sample.document)


def _act(sample: Sample, code: str) -> Act:
    """Return an act; one that edits changes the cell whose right values the sample names."""
    column, values = next(iter(sample.values.items()), ("", ()))
    edits = code in (*CELL_EDITS, TYPED)
    return Act(
        code,
        field=column if edits else "",
        values=values if edits else (),
        reasons=sample.reasons.get(code, ()),
        related=sample.targets.get(code, ()),
    )


def _form(lesson: Samples) -> Form:
    receivers = {**RECEIVERS, **lesson.names}
    forms: dict[str, Callable[[], Form]] = {
        "groups": group_form,
        "decisions": lambda: decision_form(lesson.actions, DECISION_RULES, receivers),
        "feedback": lambda: feedback_form(receivers, DECISION_RULES),
        "slips": lambda: slip_form(lesson.actions),
        "figures": figure_form,
    }
    return forms[lesson.form]()


def _find(name: str) -> tuple[Samples, Sample]:
    known = {
        sample.id: (lesson, sample) for lesson in lessons().values() for sample in lesson.records
    }
    if name not in known:
        message = f"Không có hồ sơ mẫu '{name}'.{nearest(name, known)}"
        raise Problem(message)
    return known[name]


def _lesson(number: str) -> Samples:
    check_names([number], lessons(), "lam_thu", "bài học")
    return lessons()[number]


@cache
def lessons() -> dict[str, Samples]:
    """Return the invented records of all lessons.

    Returns
    -------
    dict
        Number of the lesson -> its records, strictly read.

    Raises
    ------
    Problem
        If a file says something that is not known, named with its nearest right spelling.
    """
    found = {}
    with as_file(files("sosach.course") / "samples") as folder:
        for path in sorted(folder.glob("*.toml")):
            raw, _ = read_toml(path)
            lesson = read(Samples, raw, path.name)
            check_names([lesson.form], COLUMNS, path.name, "mẫu")
            check_names(lesson.actions, column("action_codes", "code"), path.name, "việc")
            for sample in lesson.records:
                check_names(sample.about, column("error_taxonomy", "error_id"), sample.id, "lỗi")
            found[path.stem] = lesson
    return found
