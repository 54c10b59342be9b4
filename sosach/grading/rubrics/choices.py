"""One choice per thing, with its reason: letters of citizens, signatures and passports examined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sosach.grading.rubrics.balance import EDIT, Finding, Judgement, strangers
from sosach.grading.rubrics.key import Choice, Key
from sosach.grading.rubrics.words import in_words

__all__ = ["feedback_queue", "verdicts"]

Row = Mapping[str, str]


def feedback_queue(rows: Iterable[Row], key: Key, parameters: Mapping[str, Any]) -> Judgement:
    """Judge what became of the citizens' letters.

    A letter is right if its action is, if any true one of the 13 reasons is named where it is
    refused, and the right unit where it is handed on. Approving what must not be is a wrong edit.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``phan_anh.csv``: ``ma_phan_anh, hanh_dong, ly_do, noi_chuyen``.
    key : Key
        Its `choices`.
    parameters : mapping
        Unused: this rubric has none.

    Returns
    -------
    Judgement

    References
    ----------
    .. [1] CV 9458/BYT-CNTT of 8 November 2021: three results and 13 reasons.
    """
    return _judge(rows, key, ("ma_phan_anh", "hanh_dong", "ly_do", "noi_chuyen"), "mã phản ánh")


def verdicts(rows: Iterable[Row], key: Key, parameters: Mapping[str, Any]) -> Judgement:
    """Judge verdicts on what was to be examined.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``ket_luan.csv``: ``doi_tuong_kiem_tra, ket_luan, ly_do``.
    key : Key
        Its `choices`.
    parameters : mapping
        Unused: this rubric has none.

    Returns
    -------
    Judgement
        Calling valid what is not is a wrong edit.
    """
    return _judge(rows, key, ("doi_tuong_kiem_tra", "ket_luan", "ly_do", ""), "mã")


def _judge(
    rows: Iterable[Row], key: Key, columns: tuple[str, str, str, str], what: str
) -> Judgement:
    name, *cells = columns
    chosen = {row[name]: tuple(row.get(cell, "") for cell in cells) for row in rows}
    strays, notes = strangers(chosen, key.choices, what)
    findings = [
        _finding(item, choice, *chosen.get(item, ("", "", "")))
        for item, choice in key.choices.items()
    ]
    return Judgement(findings, frozenset(), strays, notes)


def _finding(item: str, choice: Choice, answer: str, reason: str, target: str) -> Finding:
    fault = _fault(choice, answer, reason, target)
    return Finding(
        item,
        not fault,
        fault or "Đúng.",
        kind=choice.kind,
        basis=choice.basis if fault else "",
        causes=choice.causes,
        answer=answer,
        exposed=frozenset([EDIT]) if choice.harmful else frozenset(),
        harms=frozenset([EDIT]) if answer in choice.harmful else frozenset(),
    )


def _fault(choice: Choice, answer: str, reason: str, target: str) -> str:
    """Say what is wrong with a choice, "" where nothing is."""
    wanted = in_words(choice.answers, " hoặc ")
    if not answer:
        return f"Chưa có lựa chọn. Cần: {wanted}. {choice.title}."
    if answer not in choice.answers:
        return f"Cần: {wanted}; anh/chị đã chọn: {in_words([answer])}. {choice.title}."
    reasons, targets = choice.reasons.get(answer), choice.targets.get(answer)
    if reasons and reason not in reasons:
        return f"Đúng việc, nhưng lý do chưa đúng. {choice.title}."
    if targets and target not in targets:
        return f"Đúng việc, nhưng nơi nhận chưa đúng. {choice.title}."
    return ""
