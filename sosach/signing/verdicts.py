"""Verdicts: what was checked, what is wrong, who is at fault and what to do next, in two languages.

A checker hands over findings by stage; all words come from the tables in ``reference``, so the
same code says the same everywhere.  A verdict is true in a condition only if nothing failed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from generator.problems import Problem

__all__ = [
    "GOOD",
    "VIETNAM",
    "Finding",
    "SigningError",
    "State",
    "Verdict",
    "judge",
    "moment",
    "printable",
    "table",
]

Language = Literal["vi", "en"]

#: the zone of the simulated calendar
VIETNAM = timezone(timedelta(hours=7))
#: the plain word of a verdict without a failure
GOOD = "tot"
#: letters of a value that a sentence shows
LONGEST = 120
#: sentence parts that no table of findings holds
PARTS = {
    "vi": {
        "field": "trường",
        "expected": "cần",
        "found": "thấy",
        "next": "Việc cần làm",
        "none": "(trống)",
    },
    "en": {
        "field": "field",
        "expected": "expected",
        "found": "found",
        "next": "Next",
        "none": "(empty)",
    },
}


def printable(value: str) -> str:
    """Return a value fit for a terminal: strangers' bytes may hold control characters, or never end."""
    cut = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in cut
    )


def moment(at: datetime) -> str:
    """Write a time as findings show it, the same in both languages, always with its zone.

    Examples
    --------
    >>> moment(datetime(2022, 5, 4, 1, tzinfo=VIETNAM))
    '04/05/2022 01:00:00 +07:00'
    """
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S} +07:00"


class State(StrEnum):
    """What became of one stage."""

    OK = "ok"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


@cache
def table(name: str) -> dict[str, Any]:
    """Return one table of words; read, never changed.

    Parameters
    ----------
    name : {"findings", "stages", "words", "blames", "roles", "objects"}
        ``findings``: code -> ``word, blame, who, vi, en, next_vi, next_en`` and ``note`` where it
        is no failure; ``{found}`` in a sentence is filled in; the others: name -> ``vi, en``.

    Returns
    -------
    dict
        The rows of this table from all files ``reference/*.toml``.
    """
    rows: dict[str, Any] = {}
    for path in sorted((files(__package__) / "reference").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            rows |= tomllib.loads(path.read_text(encoding="utf-8")).get(name, {})
    return rows


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or worth a note.

    Attributes
    ----------
    code : str
        A row of the table ``findings``.
    stage : str
        Where it was found, a row of ``stages``.
    object, name : str
        What it is about: a row of ``objects``, and its id ("" where there is one alone).
    field : str
        Column or part of that object, "" for the whole.
    expected, found : str
        Values, the same in both languages; times carry their zone. Both "" where the code says all.
    at : str
        The time that the check was made for, ISO 8601, "" where none matters.
    """

    code: str
    stage: str
    object: str
    name: str = ""
    field: str = ""
    expected: str = ""
    found: str = ""
    at: str = ""

    @property
    def row(self) -> dict[str, Any]:
        """Return the row of the code, the one for this kind of object if there are two."""
        rows = table("findings")
        row: dict[str, Any] = rows.get(f"{self.code}@{self.object}") or rows[self.code]
        return row

    @property
    def fails(self) -> bool:
        """Tell whether the stage failed; a note does not fail it."""
        return not self.row.get("note", False)

    @property
    def word(self) -> str:
        """Return the plain word for learners, a row of ``words``."""
        return str(self.row["word"])

    def text(self, language: Language = "vi") -> str:
        """Say it in one paragraph: which check, what object and field, values, what to do, who."""
        row, parts = self.row, PARTS[language]
        place = f"{table('objects')[self.object][language]} {printable(self.name)}".strip()
        if self.field:
            place += f", {parts['field']} {self.field}"
        values, said = "", str(row[language])
        if "{found}" in said:
            said = said.replace("{found}", printable(self.found))
        elif self.expected or self.found:
            values = f": {parts['expected']} {printable(self.expected) or parts['none']},"
            values += f" {parts['found']} {printable(self.found) or parts['none']}"
        who = table("roles")[row["who"]][language]
        return (
            f"[{self.code}] {said.rstrip('.')} — {place}{values}."
            f" {parts['next']}: {row['next_' + language]} ({who})"
        )

    def as_json(self) -> dict[str, str]:
        """Return all parts as text, ready for JSON."""
        row = self.row
        parts = ("object", "name", "field", "expected", "found", "at")
        return {
            "code": self.code,
            "stage": self.stage,
            "state": "failed" if self.fails else "note",
            "blame": row["blame"],
            "word": self.word,
            **{part: getattr(self, part) for part in parts},
            "who": row["who"],
            **{key: row[key] for key in ("vi", "en", "next_vi", "next_en")},
        }


class SigningError(Problem):
    """Bad input or a refusing token: the one error of this room, with its finding.

    Attributes
    ----------
    finding : Finding
    left : int or None
        Tries that are left, where a token refused.
    """

    def __init__(self, finding: Finding, left: int | None = None) -> None:
        super().__init__(f"{finding.text('vi')}\n({finding.text('en')})")
        self.finding = finding
        self.left = left

    def __reduce__(self) -> tuple[type[SigningError], tuple[Finding, int | None]]:
        """Let it travel from one process to another."""
        return type(self), (self.finding, self.left)


@dataclass(frozen=True)
class Verdict:
    """What came out of all stages for one object.

    Attributes
    ----------
    object, name : str
        What was checked, as of `Finding`.
    states : mapping
        Stage -> `State`, in the order of checking.
    findings : tuple of Finding
        Failures and notes, in the order of checking.
    """

    object: str
    name: str
    states: Mapping[str, State]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing failed."""
        return not any(finding.fails for finding in self.findings)

    def __bool__(self) -> bool:
        return self.ok

    @property
    def codes(self) -> list[str]:
        """Return the codes of all findings."""
        return [finding.code for finding in self.findings]

    @property
    def word(self) -> str:
        """Return the plain word of the first failure, `GOOD` where nothing failed."""
        return next((finding.word for finding in self.findings if finding.fails), GOOD)

    def text(self, language: Language = "vi") -> str:
        """Say the plain word, then every finding on a line of its own."""
        what = f"{table('objects')[self.object][language]} {printable(self.name)}".strip()
        head = f"{what}: {table('words')[self.word][language]}."
        return "\n".join([head, *(finding.text(language) for finding in self.findings)])

    def as_json(self) -> dict[str, Any]:
        """Return the verdict ready for JSON."""
        titles, word = table("stages"), table("words")[self.word]
        return {
            "object": self.object,
            "name": self.name,
            "ok": self.ok,
            "word": self.word,
            "vi": word["vi"],
            "en": word["en"],
            "stages": [
                {"stage": stage, "state": str(state), **titles[stage]}
                for stage, state in self.states.items()
            ],
            "findings": [finding.as_json() for finding in self.findings],
        }


def judge(
    object: str,
    name: str,
    stages: Sequence[str],
    found: Mapping[str, Iterable[Finding]],
) -> Verdict:
    """Put the findings of stages together.

    Parameters
    ----------
    object, name : str
        What was checked.
    stages : sequence of str
        All stages in order.
    found : mapping
        Stage that was run -> its findings, none where it passed; a stage that is missing here
        was not checked.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> bool(judge("dose", "MU0000000001", ["structure", "digest"], {"structure": []}))
    True
    """
    ran = {stage: tuple(found[stage]) for stage in stages if stage in found}
    states = {
        stage: State.NOT_CHECKED
        if stage not in ran
        else State.FAILED
        if any(finding.fails for finding in ran[stage])
        else State.OK
        for stage in stages
    }
    return Verdict(object, name, states, tuple(f for stage in ran.values() for f in stage))
