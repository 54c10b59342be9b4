"""What is asked of every record: the buttons, what each asks for, how an answer is written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.problems import Problem

__all__ = ["DECISION", "NEEDS", "Action", "Choice", "Form", "known"]

#: what a decision says; the columns of ``quyet_dinh.csv``, of which other artefacts use a part
DECISION = (
    *("ma_ho_so", "ma_mui", "truong", "hanh_dong"),
    *("gia_tri_moi", "ma_lien_quan", "ly_do"),
)
#: what an action may ask for beside the record: a dose, a cell, its new value, the other record
#: or dose or the receiver, a reason
NEEDS = ("dose", "field", "value", "related", "reason")
#: the keys 1 to 9
MOST_ACTIONS = 9


@dataclass(frozen=True)
class Choice:
    """One entry of a closed list: the code that is stored and the words that are shown."""

    code: str
    label: str


@dataclass(frozen=True)
class Action:
    """One button.

    Attributes
    ----------
    code : str
        What ``hanh_dong`` of the artefact gets.
    label, note : str
        What the button says, and a smaller line below.
    needs : tuple of str
        Of `NEEDS`: what is asked for before the decision is stored.
    reasons : tuple of str
        Codes of `Form.reasons`; one alone is taken without asking.
    related : tuple of Choice
        Closed list for ``related``; without it `Record.related`, or the other doses where a
        dose is needed too.
    asks : str
        The question about ``related``, "Gộp với hồ sơ nào?"; where that is not asked for, the one
        about the reason or the value.
    listed : bool
        False where the choice means that the record has no row in the artefact.
    rule, document : str
        When it is the right action, and the id of the `Document` that says so.
    """

    code: str
    label: str
    note: str = ""
    needs: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    related: tuple[Choice, ...] = ()
    asks: str = ""
    listed: bool = True
    rule: str = ""
    document: str = ""


@dataclass(frozen=True)
class Form:
    """What is asked of every record and how the answer is written down.

    Attributes
    ----------
    artefact : str
        File in ``bai_nop/``.
    columns : mapping
        Column of the artefact, in order -> the part of `DECISION` that it holds.
    question : str
        Above the buttons.
    actions : tuple of Action
        At most 9, in the order of the keys; none for a record that is only shown.
    unit : str
        What one record is called, "hồ sơ".
    own : str
        Where a record's own cells come from, above them where a paper stands beside them;
        "" where unit and doses tell it.
    reasons : tuple of Choice
    fields, dose_fields : tuple of str
        Columns of which a single cell can be decided on.
    several : bool
        Whether a record may get more than one action.
    """

    artefact: str
    columns: Mapping[str, str]
    question: str
    actions: tuple[Action, ...]
    unit: str = "hồ sơ"
    own: str = ""
    reasons: tuple[Choice, ...] = ()
    fields: tuple[str, ...] = ()
    dose_fields: tuple[str, ...] = ()
    several: bool = False

    def __post_init__(self) -> None:
        reasons = {reason.code for reason in self.reasons}
        known("bảng khai, cột", self.columns.values(), DECISION)
        for action in self.actions:
            known(f"việc {action.code}, needs", action.needs, NEEDS)
            known(f"việc {action.code}, lý do", action.reasons, reasons)
        if len(self.actions) > MOST_ACTIONS:
            message = f"Bảng khai có {len(self.actions)} việc, màn hình chỉ có {MOST_ACTIONS} phím."
            raise Problem(message)

    @property
    def only(self) -> str:
        """Code of the one action of an artefact that has no column for it, "" where it has."""
        named = "hanh_dong" in self.columns.values() or not self.actions
        return "" if named else self.actions[0].code


def known(where: str, names: Iterable[str], allowed: Iterable[str]) -> None:
    """Refuse a name that points to nothing.

    Parameters
    ----------
    where : str
        For the message.
    names, allowed : iterable of str

    Raises
    ------
    Problem
    """
    unknown = sorted(set(names) - set(allowed))
    if unknown:
        message = f"Tệp hồ sơ, {where}: không có '{', '.join(unknown)}'."
        raise Problem(message)
