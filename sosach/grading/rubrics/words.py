"""Codes of the closed lists in the words that a trainee reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from generator.facts import table

__all__ = ["CLEAN", "UNITS", "action_codes", "answer_in_words", "cause_in_words", "in_words"]

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

#: heading of the items with no error and no trap
CLEAN = ""
#: rubric -> what these items are
CLEAN_ITEMS = {
    "list_membership": "Hồ sơ không có lỗi",
    "decisions": "Hồ sơ không có lỗi",
    "cells_equal": "Dòng không có lỗi",
    "groups_equal": "Hồ sơ trùng",
    "figures": "Số liệu báo cáo",
    "verdicts": "Mục không có lỗi",
    "feedback_queue": "Phản ánh",
    "signatures": "Mũi không có lỗi",
}
LISTED = {"a": "nhóm a", "b": "nhóm b", "c": "nhóm c", "khong": "không đưa vào danh sách"}
SIGNED = {
    "ky": "đã ký",
    "khong_ky": "chưa ký",
    "sai_token": "ký bằng token khác",
    "ky_hong": "chữ ký không có giá trị",
}
FIGURES = {"khong_tinh": "không tính"}


def in_words(actions: Iterable[str], between: str = ", ") -> str:
    """Return actions or verdicts as the screens call them, in the order of the lists, each once.

    Examples
    --------
    >>> in_words(["KEEP", "HOLD", "KEEP"], " hoặc ")
    'Tạm giữ, chưa ký hoặc Giữ nguyên, không phải lỗi'
    """
    chosen = set(actions)
    words = _words()
    known = [word for code, word in words.items() if code in chosen]
    return between.join([*known, *sorted(chosen - set(words))])


def answer_in_words(rubric: str, answer: str) -> str:
    """Return what was handed in about one item as a person says it.

    Parameters
    ----------
    rubric : str
        Name of the rubric that judged it.
    answer : str
        As `Finding.answer` has it.

    Returns
    -------
    str

    Examples
    --------
    >>> answer_in_words("list_membership", "khong"), answer_in_words("figures", "")
    ('không đưa vào danh sách', 'bỏ trống')
    """
    if rubric in ("decisions", "feedback_queue", "verdicts"):
        words = in_words(filter(None, answer.split("+")), " + ")
    else:
        words = {"list_membership": LISTED, "signatures": SIGNED}.get(rubric, {}).get(
            answer, answer
        )
    return words or ("" if rubric == "groups_equal" else "bỏ trống")


def cause_in_words(rubric: str, cause: str) -> str:
    """Return the short name of an error or trap, or of the items that have none.

    Examples
    --------
    >>> cause_in_words("decisions", "E11"), cause_in_words("decisions", "")
    ('Sai ngày sinh', 'Hồ sơ không có lỗi')
    """
    if cause == CLEAN:
        return CLEAN_ITEMS[rubric]
    return re.sub(r" *\([^()]*\)$", "", _causes().get(cause, cause))


@cache
def action_codes() -> dict[str, str]:
    """Return every spelling of an action, English and Vietnamese, with its English code."""
    return {
        spelling: row["code"]
        for row in table("action_codes")
        for spelling in (row["code"], row["code_vi"])
    }


@cache
def _causes() -> dict[str, str]:
    return {row["error_id"]: row["name_vi"] for row in table("error_taxonomy")}


@cache
def _words() -> dict[str, str]:
    rows = (*table("action_codes"), *table("verdict_codes"))
    return {row["code"]: row["meaning_vi"] for row in rows}
