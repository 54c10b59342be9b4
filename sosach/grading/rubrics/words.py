"""Codes of the closed lists in the words that a trainee reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from generator.facts import table

__all__ = ["UNITS", "action_codes", "in_words"]

#: rubric -> what it judges one by one, as a trainee says it
UNITS = {
    "list_membership": "hồ sơ",
    "decisions": "hồ sơ",
    "cells_equal": "mục",
    "groups_equal": "cặp hồ sơ",
    "figures": "chỉ tiêu",
    "verdicts": "mục",
    "feedback_queue": "phản ánh",
    "signatures": "mũi",
}


def in_words(actions: Iterable[str], between: str = ", ") -> str:
    """Return actions as the screens call them, in the order of the list, each once.

    Examples
    --------
    >>> in_words(["KEEP", "HOLD", "KEEP"], " hoặc ")
    'Tạm giữ, chưa ký hoặc Giữ nguyên, không phải lỗi'
    """
    chosen = set(actions)
    words = _words()
    known = [word for code, word in words.items() if code in chosen]
    return between.join([*known, *sorted(chosen - set(words))])


@cache
def action_codes() -> dict[str, str]:
    """Return every spelling of an action, English and Vietnamese, with its English code."""
    return {
        spelling: row["code"]
        for row in table("action_codes")
        for spelling in (row["code"], row["code_vi"])
    }


@cache
def _words() -> dict[str, str]:
    return {row["code"]: row["meaning_vi"] for row in table("action_codes")}
