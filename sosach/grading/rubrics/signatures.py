"""Which doses were signed: all that may be, and not one that may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sosach.grading.rubrics.balance import SIGN, Finding, Judgement, strangers
from sosach.grading.rubrics.key import Key, Signable, Token

__all__ = ["signatures"]

READY, NOT_READY = "được ký", "chưa được ký"
#: what was done with a dose
SIGNED, UNSIGNED, OTHER_TOKEN, UNHELD = "ky", "khong_ky", "sai_token", "ky_hong"


def signatures(
    rows: Iterable[Mapping[str, str]], key: Key, parameters: Mapping[str, Any]
) -> Judgement:
    """Judge which doses were signed.

    Leaving out a dose that may not be signed is no explicit decision: it earns as far as the
    others were signed. Signing it costs as much as everything is worth, shared among all such
    doses. A signature with a wrong token, or one that was handed in and does not hold, is none:
    it earns nothing, and it harms nobody.

    Parameters
    ----------
    rows : iterable of mapping
        One per signed dose: ``ma_mui`` and ``token``, with which it was signed.
    key : Key
        Its `doses`.
    parameters : mapping
        Unused: this rubric has none.

    Returns
    -------
    Judgement

    References
    ----------
    .. [1] CV 1908/BYT-CNTT of 15 April 2022: who signs what. The cost is ours.
    """
    signed = {row["ma_mui"]: row.get("token", "") for row in rows}
    strays, notes = strangers(signed, key.doses, "mã mũi")
    findings = [_finding(dose, able, signed.get(dose)) for dose, able in key.doses.items()]
    return Judgement(findings, frozenset([NOT_READY]), strays, notes)


def _finding(dose: str, able: Signable, token: str | None) -> Finding:
    answer, text = _judged(able, token)
    right = answer == (SIGNED if able.may else UNSIGNED)
    return Finding(
        dose,
        right,
        "Đúng." if right else text,
        kind=READY if able.may else NOT_READY,
        basis="" if right else able.basis,
        causes=able.causes,
        answer=answer,
        exposed=frozenset() if able.may else frozenset([SIGN]),
        harms=frozenset([SIGN]) if answer == SIGNED and not able.may else frozenset(),
    )


def _judged(able: Signable, token: str | None) -> tuple[str, str]:
    """Return what was done with a dose, and what is to be said of it."""
    if token is None:
        return UNSIGNED, "Chưa ký mũi đã đủ điều kiện."
    with_ = able.tokens.get(token, Token(title="không có token này", right=not able.tokens))
    if not with_.right:
        more = "" if able.may else f" Mũi này cũng chưa được ký: {able.title}."
        return OTHER_TOKEN, f"Ký bằng {token or 'token không ghi tên'}: {with_.title}.{more}"
    if able.may and able.unheld:
        return UNHELD, f"Chữ ký đã nộp không có giá trị: {able.unheld}"
    return SIGNED, f"Đã ký mũi chưa được ký: {able.title}."
