"""The case file: everything the workbench needs to know about one exercise, in one document.

A host (notebook, offline page, class server) hands the workbench one `CaseFile` as JSON and gets
events back. The workbench knows no exercise by name: what is shown beside what, which actions
there are and what they ask for stands in here. A case file of a class holds no key, and none can
be put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from generator.problems import Problem
from sosach.review.actions import Form, known

__all__ = [
    "Act",
    "Answer",
    "CaseFile",
    "Column",
    "Document",
    "Dose",
    "DoseRule",
    "Key",
    "Paper",
    "Queue",
    "Record",
    "as_json",
]

STEPS = 3


@dataclass(frozen=True)
class Column:
    """A cell that every record (or dose) has.

    Attributes
    ----------
    name : str
        As in the register, ``ngay_sinh``. The names of a paper's cells are these names.
    label : str
        What people read, "Ngày sinh".
    kind : str
        ``number`` and ``date`` are compared by position, ``text`` by alignment, ``status`` is
        the platform's verdict and shown as a label, ``code`` is explained by `CaseFile.names`.
    compared : bool
        Shown large, and marked where a source says something else. Only what the population
        data know: number, name, birth date, sex (and a dose's facts beside its slip).
    """

    name: str
    label: str
    kind: Literal["text", "number", "date", "code", "status"] = "text"
    compared: bool = False


@dataclass(frozen=True)
class Dose:
    """A dose of a record: its ``ma_mui`` and its cells in the order of `CaseFile.dose_columns`."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """Something that lies beside a record: a slip, a row of the police list, an answer.

    Attributes
    ----------
    kind : str
        ``cong_an`` (signed police list), ``giay_xac_nhan``, ``phieu_sang_loc``, ``cccd``,
        ``co_so`` (a site's answer), ``phan_anh`` (a citizen's letter) or ``khac``; of signing
        ``chung_thu``, ``thu_hoi``, ``token``, ``ban_da_ky``, ``ho_chieu``, ``ma_qr``, ``nhat_ky``.
    title, source : str
        What it is, and from whom and when.
    cells : mapping
        Column name -> value. A cell that is also a column of the record, or of the dose named
        by `dose`, stands beside it on the screen; any other is listed on the paper.
    dose : str
        ``ma_mui`` of the dose that the paper speaks of, "" where it speaks of none there is.
    text : str
        What stands on it beside the cells, such as what a photo shows.
    picture : str
        A PNG as ``data:`` address, "" where there is none.
    """

    kind: str
    title: str
    source: str = ""
    cells: Mapping[str, str] | None = None
    dose: str = ""
    text: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Record:
    """One thing to decide on.

    Attributes
    ----------
    id : str
        What the artefact calls it, as ``ma_ho_so``.
    cells : tuple of str
        In the order of `CaseFile.columns`.
    doses : tuple of Dose
    papers : tuple of Paper
    related : tuple of str
        Ids of other records of this file that may be the same person.
    """

    id: str
    cells: tuple[str, ...]
    doses: tuple[Dose, ...] = ()
    papers: tuple[Paper, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Queue:
    """A list of records by what can be seen: its title and the ids."""

    title: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A document that rules rest on: number and date, and what it says in a few sentences."""

    id: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class DoseRule:
    """A least distance in days between a dose and the one before it, by slot and product.

    It is shown beside the real distance, without a verdict.
    """

    slot: str
    product: str
    least_days: int
    text: str = ""


@dataclass(frozen=True)
class Act:
    """One way to be right: an action, and what it has to name; what is empty is free.

    Attributes
    ----------
    code : str
        The action.
    doses, values, related, reasons : tuple of str
        Of each one is right: the dose that it is about, the new value, the other record, dose
        or receiver, the reason.
    field : str
        The cell that it changes.
    """

    code: str
    doses: tuple[str, ...] = ()
    field: str = ""
    values: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What is right for some records; practice only.

    Attributes
    ----------
    must : tuple of tuple of Act
        All of these are needed; each is a choice of ways of which one is enough.
    may : tuple of Act
        What is right as well, but not enough.
    why : str
        One or two sentences.
    kind : str
        What was the matter, in words: by this mastery is counted.
    document : str
        Id of a `Document`, "" where none is needed.
    hints : tuple of str
        Three, or none: where to look, which rule, one like it solved.
    """

    must: tuple[tuple[Act, ...], ...]
    may: tuple[Act, ...]
    why: str
    kind: str
    document: str = ""
    hints: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hints) not in (0, STEPS):
            message = (
                f"Lời giải '{self.kind}' có {len(self.hints)} gợi ý, cần {STEPS} hoặc không có."
            )
            raise Problem(message)


@dataclass(frozen=True)
class Key:
    """The explanations of a practice set: distinct answers, and which record has which."""

    answers: tuple[Answer, ...]
    of: Mapping[str, int]


@dataclass(frozen=True)
class CaseFile:
    """One exercise with one pack, as the workbench gets it.

    Attributes
    ----------
    exercise, title, task : str
        Id, title, and in one or two sentences what is to be done.
    mode : str
        ``practice`` explains every decision at once; ``class`` explains nothing and has no key;
        ``show`` has no buttons.
    class_id, trainee : str
        Whose work it is; "" in practice.
    pack : str
        sha256 of the pack; answers on another pack are never mixed in.
    form : Form
    columns, dose_columns : tuple of Column
        The first column is what a record is called in lists.
    records : tuple of Record
    queues : tuple of Queue
    names : mapping
        Code -> words, for columns of the kind ``code``.
    documents : tuple of Document
    dose_rules : tuple of DoseRule
    key : Key or None
        Practice only.

    Raises
    ------
    Problem
        If a class's file has a key, an id occurs twice or points to nothing, or a record has
        too few or too many cells.
    """

    exercise: str
    title: str
    mode: Literal["practice", "class", "show"]
    pack: str
    form: Form
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    dose_columns: tuple[Column, ...] = ()
    class_id: str = ""
    trainee: str = ""
    task: str = ""
    queues: tuple[Queue, ...] = ()
    names: Mapping[str, str] | None = None
    documents: tuple[Document, ...] = ()
    dose_rules: tuple[DoseRule, ...] = ()
    key: Key | None = None

    def __post_init__(self) -> None:
        if self.key is not None and self.mode != "practice":
            message = f"Bài {self.exercise}: tệp hồ sơ của lớp không được chứa lời giải."
            raise Problem(message)
        ids = [record.id for record in self.records]
        if len(set(ids)) != len(ids):
            message = f"Bài {self.exercise}: có mã hồ sơ lặp lại."
            raise Problem(message)
        for record in self.records:
            _check_record(record, self)
        known("hồ sơ liên quan", (i for record in self.records for i in record.related), set(ids))
        known("danh sách", (i for queue in self.queues for i in queue.ids), set(ids))
        documents = {document.id for document in self.documents} | {""}
        known("văn bản", (action.document for action in self.form.actions), documents)
        if self.key is not None:
            known("lời giải", self.key.of, set(ids))
            known("văn bản", (answer.document for answer in self.key.answers), documents)


def as_json(case: CaseFile) -> dict[str, Any]:
    """Return a case file as JSON can hold it; what is empty is left away.

    Parameters
    ----------
    case : CaseFile

    Returns
    -------
    dict
        Names as in the classes of this module.

    Examples
    --------
    >>> as_json(Dose("MU1", ("CB1", "")))
    {'id': 'MU1', 'cells': ['CB1', '']}
    """
    return {name: value for name, value in _parts(case) if value not in (None, "", [], {})}


def _parts(item: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any of the classes above
    for field in fields(item):
        value = getattr(item, field.name)
        if value != field.default:
            yield field.name, _plain(value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of the classes above
    if is_dataclass(value):
        return as_json(value)  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _check_record(record: Record, case: CaseFile) -> None:
    where = f"hồ sơ {record.id}"
    sizes = [(record.cells, case.columns), *((d.cells, case.dose_columns) for d in record.doses)]
    if any(len(cells) != len(columns) for cells, columns in sizes):
        message = f"Bài {case.exercise}, {where}: số ô khác số cột."
        raise Problem(message)
    doses = {dose.id for dose in record.doses} | {""}
    known(f"{where}, mũi", (paper.dose for paper in record.papers), doses)
