"""What people do with an exercise: solve it, click it, fill in the work file, slip, be lazy.

They have what a trainee has: the pack's files, the screen's buttons, the text of the exercise with
its solution. Nothing here knows the key.
"""

from __future__ import annotations

import runpy
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sosach.course.handin import read_list, work_files
from sosach.grading.specs import ROOT, ArtefactSpec, load_spec

if TYPE_CHECKING:
    from sosach.review import ManHinh
    from sosach.review.actions import Form

__all__ = [
    "PASS_ON",
    "PUT_UP_WITH",
    "SLIP_EVERY",
    "Work",
    "careless",
    "click",
    "one_choice",
    "slipping",
    "solve",
]

Row = dict[str, str]

#: a careless trainee slips on every tenth item
SLIP_EVERY = 10
#: what somebody chooses who sees nothing wrong: the first of these that the exercise offers;
#: "" leaves the item out of the list
PUT_UP_WITH = ("KEEP", "ACCEPT_FEEDBACK", "KY_DUOC", "tot", "CAP_DUOC", "KHONG_KY_NUA", "")
#: what somebody chooses who lets others decide
PASS_ON = (
    *("REFER_POLICE", "c", "REJECT_FEEDBACK", "HOLD"),
    *("BAO_THU_HOI", "chua_ket_luan", "CHUA_XAC_MINH", "TAM_GIU"),
)


@dataclass(frozen=True)
class Work:
    """What an exercise asks for, and a solution of it.

    Attributes
    ----------
    artefact : str
        The file that is handed in.
    form : ArtefactSpec
        Its columns and codes.
    items : tuple of str
        What is decided on, in the order of the screen.
    rows : tuple of dict
        The rows that the solution leaves.
    """

    artefact: str
    form: ArtefactSpec
    items: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def id_column(self) -> str:
        """The column that names what is decided on."""
        return self.form.key[0]

    @property
    def column(self) -> str:
        """The column of the choice; "" where values are typed."""
        return next(iter(self.form.codes), "")

    @property
    def codes(self) -> tuple[str, ...]:
        """The choices, with "" where an item can be left out; none where values are typed."""
        found = tuple(self.form.codes.get(self.column, ()))
        return (*found, "") if self.column in ("nhom", "token") else found

    def choices(self) -> dict[str, tuple[str, ...]]:
        """Return for every item the choices that the solution makes, each once."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            found[row[self.id_column]].add(row.get(self.column, ""))
        return {item: tuple(sorted(found[item] or {""})) for item in self.items}

    def first_of(self, wanted: Iterable[str]) -> str:
        """Return the first of some choices that this exercise has, else one that is never right."""
        known = [code for code in wanted if code in self.codes]
        taken = {code for some in self.choices().values() for code in some} if not known else ()
        return next(iter(known or (code for code in self.codes if code not in taken)))

    def decided(self, choices: Mapping[str, str]) -> list[Row]:
        """Return rows that make one choice per item and say nothing else."""
        empty = dict.fromkeys(self.form.columns, "")
        return [
            {**empty, self.id_column: item, self.column: code}
            for item, code in choices.items()
            if code
        ]


def solve(folder: Path, exercise: str, items: Sequence[str]) -> Work:
    """Run the text of an exercise with its solution in a folder, from top to bottom.

    Parameters
    ----------
    folder : Path
        An exercise folder; the work and the zip are left there.
    exercise : str
        Exercise id.
    items : sequence of str
        What is decided on.

    Returns
    -------
    Work
    """
    with chdir(folder):
        runpy.run_path(str(ROOT / "solutions" / f"{exercise}.py"))
    spec = load_spec(ROOT / "solutions" / f"{exercise}.toml")
    artefact = spec.tasks[0].artefact
    rows, _, _ = read_list(work_files(folder), artefact, spec.artefacts[artefact])
    return Work(artefact, spec.artefacts[artefact], tuple(items), tuple(rows))


def careless(work: Work) -> list[Row]:
    """Slip on every tenth item, beginning where all right answers are met most evenly.

    Parameters
    ----------
    work : Work

    Returns
    -------
    list of dict
        The rows that are handed in.
    """
    right = work.choices()
    sizes = Counter(right.values())

    def unevenness(first: int) -> float:
        met = sum(1 / sizes[right[item]] for item in _slipped(work, first))
        return abs(met / len(sizes) - 1 / SLIP_EVERY)

    return slipping(work, min(range(SLIP_EVERY), key=unevenness))


def slipping(work: Work, first: int) -> list[Row]:
    """Slip on every tenth item in the order of the right answers: the one definition of 10 % careless.

    A slip puts up with what is wrong, or passes on what is right; a figure is forgotten.

    Parameters
    ----------
    work : Work
    first : int
        Where the slips begin, 0-9. All ten together slip on every item once, so that the mean of
        their marks owes nothing to luck.

    Returns
    -------
    list of dict
        The rows that are handed in.
    """
    right, slips = work.choices(), _slipped(work, first)
    kept = [row for row in work.rows if row[work.id_column] not in slips]
    return kept + (work.decided({i: _wrong(work, right[i]) for i in slips}) if work.codes else [])


def _slipped(work: Work, first: int) -> list[str]:
    """Return every tenth item, sorted by right answer, then as on the screen."""
    right = work.choices()
    return sorted(work.items, key=lambda item: right[item])[first::SLIP_EVERY]


def _wrong(work: Work, right: tuple[str, ...]) -> str:
    quiet = work.first_of(PUT_UP_WITH)
    return work.first_of(PASS_ON) if quiet in right else quiet


def one_choice(work: Work, wanted: Iterable[str]) -> list[Row]:
    """Choose the same for everything; where values are typed, the value of the first item.

    Parameters
    ----------
    work : Work
    wanted : iterable of str
        The first of these that the exercise has.

    Returns
    -------
    list of dict
    """
    if work.codes:
        return work.decided(dict.fromkeys(work.items, work.first_of(wanted)))
    first = work.rows[0]
    return [{**first, work.id_column: item} for item in work.items]


def click(screen: ManHinh, form: Form, rows: Iterable[Row]) -> None:
    """Click rows together on the screen, as the buttons do.

    Parameters
    ----------
    screen : ManHinh
    form : Form
        Of the same exercise.
    rows : iterable of dict
        In the columns of the artefact.
    """
    for row in rows:
        said = {part: row[column] for column, part in form.columns.items() if row[column]}
        code = said.pop("hanh_dong", form.only)
        action = next(action for action in form.actions if action.code == code)
        if "ly_do" in form.columns.values() and action.reasons:
            said.setdefault("ly_do", action.reasons[0])  # asked for; not every exercise marks it
        screen.chon(said.pop("ma_ho_so"), code, **said, **({"them": "1"} if form.several else {}))
