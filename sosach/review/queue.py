"""Which records a learner sees, and which one is open: filters, search, next and previous."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.vietnamese import strip_diacritics
from sosach.review.journal import Journal

__all__ = ["UNDECIDED", "Queue"]

#: filter value for records without a choice
UNDECIDED = "chua"


class Queue:
    """The records in order, with filters and a place; knows no right answers.

    Parameters
    ----------
    records : sequence of mapping
        Rows of ``doi_tuong``, at least one.
    journal : Journal
        The choices, for the filter and for the first open record.
    """

    def __init__(self, records: Sequence[Mapping[str, str]], journal: Journal) -> None:
        self.records = {record["ma_ho_so"]: record for record in records}
        self._journal = journal
        self.at = next(iter(self.records))
        self.show_all()
        if journal.choice(self.at):
            self.at = self.next_open() or self.at

    def show_all(self) -> None:
        """Take every filter away."""
        self.status, self.choice, self.words = "", "", ""

    def passes(self, code: str) -> bool:
        """Tell whether the filters let a record through."""
        record, choice = self.records[code], self._journal.choice(code)
        if self.status and record["tt_xac_minh"] != self.status:
            return False
        if self.choice and (choice or UNDECIDED) != self.choice:
            return False
        text = " ".join((code, record["ho_ten"], record["so_giay_to"]))
        return _plain(self.words) in _plain(text)

    def shown(self) -> list[str]:
        """Return the codes that the filters let through, in order."""
        return [code for code in self.records if self.passes(code)]

    def go(self, step: int) -> None:
        """Go to the next (1) or previous (-1) record in sight; stay where there is none."""
        codes = list(self.records)
        here = codes.index(self.at)
        ahead = codes[here + 1 :] if step > 0 else codes[:here][::-1]
        self.at = next((code for code in ahead if self.passes(code)), self.at)

    def open(self, code: str) -> None:
        """Go to a record; filters that hide it are taken away."""
        if not self.passes(code):
            self.show_all()
        self.at = code

    def next_open(self) -> str | None:
        """Return the next record without a choice, from the top again after the last."""
        codes = list(self.records)
        here = codes.index(self.at)
        order = codes[here + 1 :] + codes[: here + 1]
        return next((code for code in order if not self._journal.choice(code)), None)

    def stay_in_sight(self) -> None:
        """Go to the first record in sight where the filters hide the present one."""
        shown = self.shown()
        if shown and self.at not in shown:
            self.at = shown[0]


def _plain(text: str) -> str:
    return " ".join(strip_diacritics(text).casefold().split())
