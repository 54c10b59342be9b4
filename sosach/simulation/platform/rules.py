"""Why the platform says no: every refusal names its rule and the document that the rule rests on."""

from __future__ import annotations

import csv
import io
import string
from functools import cache
from importlib.resources import files
from typing import NoReturn

from generator import facts

__all__ = ["Reason", "RefusedError", "reason", "refuse", "rules"]

#: rule, sentence, document, all text
Reason = dict[str, str]


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
        return _columns().get(str(word), word)
    return _reason_codes().get(str(word), word) if name == "ly_do" else word


@cache
def _columns() -> dict[str, str]:
    rows = [row for row in facts.table("columns") if row["table"] in ("doi_tuong", "mui_tiem")]
    return {row["column"]: row["name_vi"] for row in rows}


@cache
def _reason_codes() -> dict[str, str]:
    return {row["code"]: row["meaning_vi"] for row in facts.table("reason_codes")}


def refuse(code: str, **words: object) -> NoReturn:
    """Stop a call with one reason, as `reason` makes it.

    Raises
    ------
    RefusedError
        Always.
    """
    raise RefusedError([reason(code, **words)])
