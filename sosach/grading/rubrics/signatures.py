"""Which doses were signed: all that may be, and not one that may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sosach.grading.rubrics.balance import SIGN, Finding, Judgement, strangers
from sosach.grading.rubrics.key import Key, Signable

__all__ = ["signatures"]

READY, NOT_READY = "được ký", "chưa được ký"


def signatures(
    rows: Iterable[Mapping[str, str]], key: Key, parameters: Mapping[str, Any]
) -> Judgement:
    """Judge which doses were signed.

    Leaving out a dose that may not be signed is no explicit decision: it earns as far as the
    others were signed. Signing it costs as much as everything is worth, shared among all such
    doses.

    Parameters
    ----------
    rows : iterable of mapping
        One per signed dose: ``ma_mui``.
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
    signed = {row["ma_mui"] for row in rows}
    strays, notes = strangers(signed, key.doses, "mã mũi")
    findings = [_finding(dose, able, dose in signed) for dose, able in key.doses.items()]
    return Judgement(findings, frozenset([NOT_READY]), strays, notes)


def _finding(dose: str, able: Signable, signed: bool) -> Finding:
    right = able.may == signed
    text = f"Đã ký mũi chưa được ký: {able.title}." if signed else "Chưa ký mũi đã đủ điều kiện."
    return Finding(
        dose,
        right,
        "Đúng." if right else text,
        kind=READY if able.may else NOT_READY,
        basis="" if right else able.basis,
        causes=able.causes,
        answer="ky" if signed else "khong_ky",
        exposed=frozenset() if able.may else frozenset([SIGN]),
        harms=frozenset([SIGN]) if signed and not able.may else frozenset(),
    )
