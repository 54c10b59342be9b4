"""The trail of decisions: every one is an event that is added, none is ever changed or erased.

``nhat_ky.jsonl`` holds one event per line. What is decided now is the fold of all events
(`live`), and taking back is an event too. Events have ids of their own and a number that grows
(no clock is trusted), so copies of a trail from several places are joined as sets. The workbench
folds by ``page/journal.js``; one table of cases proves that both do the same.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.vietnamese import nfc
from sosach.review.actions import DECISION, Form
from sosach.review.trouble import Trouble

__all__ = ["Event", "Journal", "check_event", "decision_rows", "live"]

#: keys beside `DECISION`: id, number in order, time, where it was made, what happened
#: (``chon`` a decision, ``bo`` without one again, ``hoan_tac`` one event taken back), whether the
#: decision is one more (``them``), and which event is taken back (``su_kien``)
Event = dict[str, Any]

NEEDED = {
    "chon": ("ma_ho_so", "hanh_dong"),
    "bo": ("ma_ho_so",),
    "hoan_tac": ("su_kien",),
}
TEXTS = ("id", "luc", "noi", *DECISION, "them", "su_kien")
#: characters; a typed value is a cell, not a letter
LONGEST = 500


def check_event(event: object) -> Event:
    """Return an event if it has the form of one.

    Parameters
    ----------
    event : object
        Whatever was read from a file or came from a browser.

    Returns
    -------
    dict
        The same object.

    Raises
    ------
    ValueError
        If something is missing, of another kind, or too long.
    """
    if not isinstance(event, dict) or event.get("viec") not in NEEDED:
        message = "không phải là một việc của nhật ký"
        raise ValueError(message)
    texts = [event.get(key, "") for key in TEXTS]
    needed = [event.get(key) for key in ("id", *NEEDED[event["viec"]])]
    number = event.get("stt")
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts) or not all(needed):
        message = "thiếu ô hoặc ô không phải là chữ"
        raise ValueError(message)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**53:
        message = "stt không phải là số thứ tự"
        raise ValueError(message)
    return event


def live(events: Iterable[Event]) -> list[Event]:
    """Fold events into the decisions that stand now.

    A decision replaces what was decided for the same record, dose and cell, unless it is one more
    (``them``). Taking back an event makes it as if it had never been.

    Parameters
    ----------
    events : iterable of dict
        In any order, repeated or not.

    Returns
    -------
    list of dict
        The events ``chon`` that stand, in the order in which they were made.

    Examples
    --------
    >>> choose = {"id": "1", "stt": 1, "viec": "chon", "ma_ho_so": "HS1", "hanh_dong": "KEEP"}
    >>> [event["hanh_dong"] for event in live([choose])]
    ['KEEP']
    >>> live([choose, {"id": "2", "stt": 2, "viec": "hoan_tac", "su_kien": "1"}])
    []
    """
    unique = {event["id"]: event for event in events}.values()
    undone = {event["su_kien"] for event in unique if event["viec"] == "hoan_tac"}
    standing: list[Event] = []
    for event in sorted(unique, key=lambda event: (event["stt"], event["id"])):
        if event["viec"] == "hoan_tac" or event["id"] in undone:
            continue
        standing = [other for other in standing if not _replaces(event, other)]
        if event["viec"] == "chon":
            standing.append(event)
    return standing


def _replaces(event: Event, other: Event) -> bool:
    """Tell whether an event ends a decision that stood before it."""
    same_target = all(
        event.get(key, "") == other.get(key, "") for key in ("ma_ho_so", "ma_mui", "truong")
    )
    same_action = event.get("hanh_dong", "") == other["hanh_dong"]
    # one more decision replaces only itself; taken away is one, or all where none is named
    one_of_many = event.get("them") or (event["viec"] == "bo" and event.get("hanh_dong"))
    return same_target and (same_action or not one_of_many)


def decision_rows(events: Iterable[Event], form: Form) -> list[dict[str, str]]:
    """Return the rows of the artefact that the decisions amount to.

    Parameters
    ----------
    events : iterable of dict
    form : Form
        Which columns the artefact has, and which actions stand in no row.

    Returns
    -------
    list of dict
        Sorted by record, dose, cell and action.
    """
    unlisted = {action.code for action in form.actions if not action.listed}
    stands = [event for event in live(events) if event["hanh_dong"] not in unlisted]
    stands.sort(key=lambda event: [event.get(k, "").encode("utf-16-be") for k in DECISION[:4]])
    return [{c: event.get(part, "") for c, part in form.columns.items()} for event in stands]


class Journal:
    """The events of one exercise folder.

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
    >>> event = journal.make("chon", ma_ho_so="HS01", hanh_dong="b")
    >>> journal.take(event)
    True
    >>> [event["hanh_dong"] for event in live(journal.events)]
    ['b']
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._size = 0
        self._listeners: list[Callable[[Event], None]] = []
        self.events: list[Event] = []
        self._ids: set[str] = set()
        self.refresh()

    def knows(self, event: Event) -> bool:
        """Tell whether an event is kept already."""
        return event["id"] in self._ids

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Let somebody hear of every event that is kept from now on."""
        self._listeners.append(listener)

    def refresh(self) -> None:
        """Take in what another kernel wrote into the file meanwhile."""
        if self._path is None or not self._path.is_file():
            return
        if self._path.stat().st_size != self._size:
            for event in _read(self._path):
                self._know(event)
            self._size = self._path.stat().st_size

    def make(self, viec: str, noi: str = "may", ahead: int = 0, **parts: str) -> Event:
        """Make the next event, without keeping it.

        Parameters
        ----------
        viec : str
            ``chon``, ``bo`` or ``hoan_tac``.
        noi : str
            Where it is made: ``may`` (code), ``tep`` (a file made elsewhere).
        ahead : int
            How many events that are made but not kept yet come before it.
        **parts : str
            Keys of `DECISION`, ``them``, ``su_kien``; empty ones are left away.

        Returns
        -------
        dict
            The event.
        """
        number = max((event["stt"] for event in self.events), default=0) + 1 + ahead
        said = {key: _clean(text) for key, text in parts.items() if text}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return {"id": uuid.uuid4().hex, "stt": number, "luc": now, "noi": noi, "viec": viec, **said}

    def take(self, event: Event) -> bool:
        """Keep an event and tell the listeners; return whether it was new."""
        if self.knows(check_event(event)):
            return False
        if self._path is not None:
            # added to, not replaced: a crash can cost this one line, never an earlier one
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(event, ensure_ascii=False) + "\n")
            self._size = self._path.stat().st_size
        self._know(event)
        return True

    def last(self) -> Event | None:
        """Return the latest event that can be taken back; None where there is none."""
        undone = {event.get("su_kien") for event in self.events}
        left = [e for e in self.events if e["viec"] != "hoan_tac" and e["id"] not in undone]
        return max(left, key=lambda event: (event["stt"], event["id"]), default=None)

    def changes(self, decisions: Iterable[Mapping[str, str]], form: Form) -> list[Event]:
        """Return the events that lead from here to decisions made in a file, by Excel or code.

        Parameters
        ----------
        decisions : iterable of mapping
            Rows with the keys of `DECISION`; absent ones are empty.
        form : Form
            Whose unlisted choices a file cannot hold: they stay.

        Returns
        -------
        list of dict
            One event per decision that is to be added or taken away; none of them is kept yet.
        """
        wanted = {_key(row): row for row in decisions}
        unlisted = {action.code for action in form.actions if not action.listed}
        here = {_key(event): event for event in live(self.events)}
        gone = [e for k, e in here.items() if k not in wanted and e["hanh_dong"] not in unlisted]
        more = "1" if form.several else ""
        steps = [("bo", {part: event.get(part, "") for part in DECISION[:4]}) for event in gone]
        steps += [
            ("chon", {part: row.get(part, "") for part in DECISION} | {"them": more})
            for key, row in wanted.items()
            if key not in here
        ]
        return [self.make(viec, "tep", i, **parts) for i, (viec, parts) in enumerate(steps)]

    def _know(self, event: Event) -> None:
        if self.knows(event):
            return
        self.events.append(event)
        self._ids.add(event["id"])
        for listener in self._listeners:
            listener(event)


def _key(decision: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_clean(decision.get(part, "")) for part in DECISION)


def _clean(text: str) -> str:
    """Return a value as one line in NFC; ``page/text.js`` does the same to what is typed."""
    return nfc(" ".join(text.split("\n"))).replace("\r", " ").replace("\t", " ").strip()[:LONGEST]


def _read(path: Path) -> list[Event]:
    lines = path.read_bytes().split(b"\n")
    events = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            events.append(check_event(json.loads(line)))
        except ValueError:
            if number == len(lines):  # the machine went off while this line was being written
                os.truncate(path, path.stat().st_size - len(line))
                break
            message = (
                f"Tệp {path.name}, dòng {number}: không đọc được. Hãy chuyển tệp này ra chỗ khác, "
                "giữ lại để hỏi giảng viên, rồi mở lại bài. Tệp bài làm không bị ảnh hưởng."
            )
            raise Trouble(message) from None
    return events
