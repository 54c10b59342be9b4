"""What became of every trainee in one exercise: nobody on the roster is ever missing.

One small file per trainee, ``so_cham/<exercise>/<trainee>.json``, written whole by whoever marked
that trainee, after the gradebook has the mark. So a crash loses nothing and nobody has to wait.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from generator.files import write_whole
from generator.problems import Problem
from generator.strict import read
from sosach.classroom.words import local_time

__all__ = ["NOT_HANDED_IN", "STATUSES", "Entry", "Ledger", "read_entry", "write_entry"]

RECEIVED, GRADED, REPAIRED, REFUSED, NOT_HANDED_IN = (
    "received",
    "graded",
    "repaired",
    "refused",
    "not_handed_in",
)

#: status -> how a person reads it
STATUSES = {
    RECEIVED: "đã nhận, chưa chấm",
    GRADED: "đã chấm",
    REPAIRED: "đã chấm, có chỗ được sửa giúp",
    REFUSED: "không chấm được",
    NOT_HANDED_IN: "chưa nộp",
}


@dataclass(frozen=True)
class Entry:
    """One trainee's line.

    Attributes
    ----------
    status : str
        A key of `STATUSES`.
    sentences : tuple of str
        All there is to say: `repairs`, `notes`, why it was refused or marked again.
    graded : bool
        Whether a mark is in the gradebook, be it of an earlier hand-in.
    points, max_points : float
        As the gradebook had them after marking; 0 before.
    sha256 : str
        Of the hand-in in nbgrader's folder, "" if there is none; a seal where nbgrader took it in.
    received : str
        Our side's time of receipt of it, UTC, as ``2022-05-20 08:15:00 UTC``; "" if none.
    remarks : tuple of str
        What the trainer alone should know.
    failed : bool
        Whether something could not be done that somebody has to look at.
    repairs, notes : tuple of str
        What was put right in it, and what became of an earlier one; the feedback says both.
    laid : str
        Seal of nbgrader's folder as we left it.
    judged : mapping
        What the mark in the gradebook rests on, see `basis`; empty while there is none.
    hand_ins : mapping
        Every hand-in -> when it was first seen, in that order.
    seconds : mapping
        Part of the marking -> seconds.
    """

    status: str = NOT_HANDED_IN
    sentences: tuple[str, ...] = ()
    graded: bool = False
    points: float = 0.0
    max_points: float = 0.0
    sha256: str = ""
    received: str = ""
    remarks: tuple[str, ...] = ()
    failed: bool = False
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    laid: str = ""
    judged: Mapping[str, str] = field(default_factory=dict)
    hand_ins: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def late(self) -> str:
        """A sentence where it came after the deadline that its mark rests on, else ""."""
        deadline = self.judged.get("deadline", "")
        # both are written alike, so that their order is that of the letters
        in_time = not deadline or self.received <= deadline
        return "" if in_time else f"Nộp trễ, hạn là {local_time(deadline)}."


@dataclass(frozen=True)
class Ledger:
    """One exercise's account: an entry per trainee of the roster, and who else handed in."""

    exercise: str
    entries: Mapping[str, Entry] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how many trainees ended in which status; the sum is the roster."""
        found = Counter(entry.status for entry in self.entries.values())
        return {status: found[status] for status in STATUSES}

    @property
    def failed(self) -> bool:
        """Whether somebody has to look at something."""
        return any(entry.failed for entry in self.entries.values())


def read_entry(path: Path) -> Entry:
    """Return one trainee's line.

    Parameters
    ----------
    path : Path
        ``so_cham/<exercise>/<trainee>.json``.

    Returns
    -------
    Entry
        Not handed in where there is no file; one that was spoiled says so and is marked again.
    """
    try:
        return read(Entry, json.loads(path.read_text(encoding="utf-8")), path.name)
    except FileNotFoundError:
        return Entry()
    except (Problem, ValueError):
        message = f"Dòng sổ chấm {path.parent.name}/{path.name} bị hỏng. Hãy chấm lại."
        return Entry(REFUSED, (message,), failed=True)


def write_entry(path: Path, entry: Entry) -> None:
    """Write one trainee's line, whole or not at all.

    Parameters
    ----------
    path : Path
        ``so_cham/<exercise>/<trainee>.json``.
    entry : Entry
        The line.
    """
    write_whole(path, json.dumps(asdict(entry), ensure_ascii=False, indent=1))
