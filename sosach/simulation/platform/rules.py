"""Why the platform says no: every refusal names its rule and the document that the rule rests on."""

from __future__ import annotations

import csv
import io
import string
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NoReturn

from sosach.simulation.truth import Row
from sosach.simulation.words import column_name, reason_name

__all__ = ["Reason", "RefusedError", "general", "reason", "refusal", "refuse", "rules"]

#: rule, sentence, document, all text
Reason = dict[str, str]
#: where there are more reasons a sentence tells the first and counts the others
MOST = 3


class RefusedError(Exception):
    """The platform does not do what was asked; nothing has changed.

    Attributes
    ----------
    reasons : list of dict
        As `reason` makes them, at least one.
    """

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("; ".join(each["cau"] for each in reasons))
        self.reasons = reasons


@cache
def rules() -> dict[str, dict[str, str]]:
    """Return all rules by code, as ``reference/rules.csv`` has them; read, never changed."""
    path = files(__package__) / "reference" / "rules.csv"
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    return {row["quy_tac"]: row for row in rows}


def reason(code: str, **words: object) -> Reason:
    """Return one reason why something is refused.

    Parameters
    ----------
    code : str
        A code of ``rules.csv``.
    **words : object
        What fills the placeholders of its sentence.

    Returns
    -------
    dict
        ``quy_tac``, ``cau``, ``can_cu``.

    Raises
    ------
    KeyError
        If the code is unknown or a placeholder is not filled.

    Examples
    --------
    >>> reason("KHONG_CO_HO_SO", ma_ho_so="HS1")["cau"]
    'Không có hồ sơ HS1 trên nền tảng.'
    """
    rule = rules()[code]
    told = string.Formatter().vformat(rule["cau"], (), {k: _said(k, v) for k, v in words.items()})
    return {"quy_tac": code, "cau": told, "can_cu": rule["can_cu"]}


def _said(name: str, word: object) -> object:
    """Return a word as people say it: a column or a reason code by its Vietnamese name."""
    if name == "truong":
        return column_name(str(word))
    return reason_name(str(word)) if name == "ly_do" else word


def general(code: str) -> Reason:
    """Return a rule as a reason in which … stands for what differs from case to case.

    Examples
    --------
    >>> general("KHONG_CO_HO_SO")["cau"]
    'Không có hồ sơ … trên nền tảng.'
    """
    names = [name for _, name, _, _ in string.Formatter().parse(rules()[code]["cau"]) if name]
    return reason(code, **dict.fromkeys(names, "…"))


def refusal(reasons: Sequence[Reason]) -> Row:
    """Return the answer to a call that is refused.

    Parameters
    ----------
    reasons : sequence of dict
        As `reason` makes them, at least one.

    Returns
    -------
    dict
        ``ok`` false, ``tu_choi`` (the reasons), ``cau``.
    """
    named = reasons if len(reasons) <= MOST else reasons[:1]
    told = [f"{each['cau']} ({each['can_cu']})" for each in named]
    if len(named) < len(reasons):
        told.append(f"Và {len(reasons) - 1} lý do nữa.")
    return {"ok": False, "tu_choi": list(reasons), "cau": " ".join(told)}


def refuse(code: str, **words: object) -> NoReturn:
    """Stop a call with one reason, as `reason` makes it.

    Raises
    ------
    RefusedError
        Always.
    """
    raise RefusedError([reason(code, **words)])
