"""The trail of a learner's choices: every one is added, none is ever erased.

``nhat_ky.jsonl`` holds one event per line. What is decided now is the fold of all events, and an
undo is an event too. The invariant: reading the file again gives the state that was left.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sosach.review.strings import GROUPS, OPEN, UI
from sosach.review.trouble import Trouble

__all__ = ["Journal"]


class Journal:
    """Choices per record, with undo.

    Parameters
    ----------
    path : Path, optional
        File of events to continue; without it nothing is kept on disk.

    Raises
    ------
    Trouble
        If a line of the file, other than a last one cut short, cannot be read.

    Examples
    --------
    >>> journal = Journal()
    >>> journal.choose("HS01", "b")
    >>> journal.rows()
    [{'ma_ho_so': 'HS01', 'nhom': 'b'}]
    >>> journal.undo()
    'HS01'
    >>> journal.rows()
    []
    """

    def __init__(self, path: Path | None = None) -> None:
        self._choices: dict[str, str] = {}
        self._past: list[tuple[str, str, str]] = []  # event, record, choice before it
        self._path = path
        self.saved = ""  #: sha256 of the list file that last held these choices, "" before
        for event in _read(path):
            self._apply(event)

    def choice(self, ma_ho_so: str) -> str:
        """Return the choice for a record, "" where it is open."""
        return self._choices.get(ma_ho_so, OPEN)

    def choose(self, ma_ho_so: str, nhom: str, origin: str = "man_hinh") -> None:
        """Add a choice.

        Parameters
        ----------
        ma_ho_so : str
            The record.
        nhom : str
            ``a``, ``b``, ``c``, ``khong`` (leave out) or "" (open again).
        origin : str
            What made the choice: ``man_hinh`` or ``tep`` (a file made elsewhere).
        """
        if nhom != self.choice(ma_ho_so):
            self._add(hanh_dong="chon", ma_ho_so=ma_ho_so, nhom=nhom, noi=origin)

    def undo(self) -> str | None:
        """Take back the latest choice and return its record; None where there is none."""
        if not self._past:
            return None
        event, record, _ = self._past[-1]
        self._add(hanh_dong="hoan_tac", ma_ho_so=record, su_kien=event)
        return record

    def mark_saved(self, sha256: str) -> None:
        """Remember the list file that holds these choices."""
        self._add(hanh_dong="luu", sha256=sha256)

    def rows(self) -> list[dict[str, str]]:
        """Return the list to hand in: ``ma_ho_so, nhom``, sorted by record."""
        return [
            {"ma_ho_so": record, "nhom": nhom}
            for record, nhom in sorted(self._choices.items())
            if nhom in GROUPS
        ]

    def take_over(self, listed: Iterable[tuple[str, str]]) -> int:
        """Follow a list that was made outside the screen, by Excel or code.

        Parameters
        ----------
        listed : iterable of (str, str)
            Record and group of every row of that list.

        Returns
        -------
        int
            How many choices changed. A record that the list dropped is open again.
        """
        wanted = dict(listed)
        dropped = {row["ma_ho_so"]: OPEN for row in self.rows() if row["ma_ho_so"] not in wanted}
        changes = {k: v for k, v in (wanted | dropped).items() if self.choice(k) != v}
        for record, nhom in changes.items():
            self.choose(record, nhom, origin="tep")
        return len(changes)

    def _add(self, **event: str) -> None:
        stamped = {"id": uuid.uuid4().hex, "luc": datetime.now(UTC).isoformat(), **event}
        if self._path is not None:
            # added to, not replaced: a crash can cost this one line, never an earlier one
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(stamped, ensure_ascii=False) + "\n")
        self._apply(stamped)

    def _apply(self, event: dict[str, Any]) -> None:
        steps: dict[str, Callable[[dict[str, Any]], None]] = {
            "chon": self._apply_choice,
            "hoan_tac": self._apply_undo,
            "luu": self._apply_save,
        }
        steps[event["hanh_dong"]](event)

    def _apply_choice(self, event: dict[str, Any]) -> None:
        record = event["ma_ho_so"]
        self._past.append((event["id"], record, self.choice(record)))
        self._choices[record] = event["nhom"]

    def _apply_undo(self, event: dict[str, Any]) -> None:
        if self._past and self._past[-1][0] == event["su_kien"]:
            _, record, before = self._past.pop()
            self._choices[record] = before

    def _apply_save(self, event: dict[str, Any]) -> None:
        self.saved = event["sha256"]


def _read(path: Path | None) -> list[dict[str, Any]]:
    if path is None or not path.is_file():
        return []
    lines = path.read_bytes().split(b"\n")
    events: list[dict[str, Any]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            event = json.loads(line)
            _check(event)
        except (ValueError, KeyError, TypeError):
            if number == len(lines):  # the machine went off while this line was being written
                os.truncate(path, path.stat().st_size - len(line))
                break
            raise Trouble(UI["broken_journal"].format(path=path.name, line=number)) from None
        events.append(event)
    return events


def _check(event: dict[str, Any]) -> None:
    needed = {"chon": ("ma_ho_so", "nhom"), "hoan_tac": ("su_kien",), "luu": ("sha256",)}
    for key in ("id", *needed[event["hanh_dong"]]):
        if not isinstance(event[key], str):
            raise TypeError(key)
