"""The figures of a report, and the ones that must not be computed at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from generator.vietnamese import strip_diacritics
from sosach.grading.rubrics.balance import Finding, Judgement, strangers
from sosach.grading.rubrics.key import Figure, Key

__all__ = ["REFUSED", "figures", "readings"]

#: what is written where a figure would make no sense
REFUSED = "khong_tinh"
#: characters of a figure: a computer's quotient has 17 digits
MOST = 40


def figures(
    rows: Iterable[Mapping[str, str]], key: Key, parameters: Mapping[str, Any]
) -> Judgement:
    """Judge the figures of a report.

    Every figure counts alike; those that others may have too earn only as far as the pack's own
    are right, so that nobody earns with another's report. Numbers may be written as in Viet Nam (4.481.992; 92,0 %) or as a
    computer writes them.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``so_lieu.csv``: ``chi_tieu, gia_tri``.
    key : Key
        Its `figures`.
    parameters : mapping
        Unused: this rubric has none.

    Returns
    -------
    Judgement
    """
    told = {_code(row["chi_tieu"]): row["gia_tri"] for row in rows}
    strays, notes = strangers(told, key.figures, "chỉ tiêu")
    findings = [_finding(name, figure, told.get(name, "")) for name, figure in key.figures.items()]
    common = frozenset(name for name, f in key.figures.items() if f.common or f.value is None)
    return Judgement(findings, common, strays, notes)


def readings(text: str) -> set[Fraction]:
    """Return what a written number can mean; empty where it is none.

    Parameters
    ----------
    text : str
        With ``.`` and ``,`` as thousands or decimals, blanks, perhaps a percent sign or the words
        for what was counted.

    Returns
    -------
    set of Fraction
        ``4.481`` can be four thousand and a number below five: both are in it.

    Examples
    --------
    >>> sorted(map(float, readings("4.481")))
    [4.481, 4481.0]
    >>> sorted(map(float, readings("92,0 %"))), sorted(map(float, readings("36 hồ sơ")))
    ([92.0], [36.0])
    """
    number = re.sub(r"(?<=\d)(\s+[^\W\d_]+)+\s*$", "", text[: 2 * MOST])
    plain = re.sub(r"[\s%]", "", number)
    found: set[Fraction] = set()
    if len(plain) > MOST:
        return found
    for thousands, decimal in (".,", ",."):
        mark, point = re.escape(thousands), re.escape(decimal)
        grouped = rf"-?(\d{{1,3}}({mark}\d{{3}})+|\d{{1,18}})({point}\d+)?"
        if re.fullmatch(grouped, plain, re.ASCII):
            found.add(Fraction(plain.replace(thousands, "").replace(decimal, ".")))
    return found


def _finding(name: str, figure: Figure, told: str) -> Finding:
    if figure.value is None:
        right = _code(told) == REFUSED
    else:
        right = any(abs(v - figure.value) <= figure.tolerance for v in readings(told))
    return Finding(
        name,
        right,
        "Đúng." if right else _why_wrong(figure, told),
        kind=name,
        basis="" if right else figure.basis,
        causes=figure.causes,
        answer=told[:60],
    )


def _code(text: str) -> str:
    """Return a name as the course writes it, whatever letters were typed."""
    return "_".join(strip_diacritics(text).casefold().replace("_", " ").split())


def _why_wrong(figure: Figure, told: str) -> str:
    if not told.strip():
        return f"Chưa có số này: {figure.title}."
    if figure.value is None:
        return f"Số này không có nghĩa, không nên tính: {figure.title}. Hãy ghi: không tính."
    return f"Chưa đúng, anh/chị ghi '{told[:40]}': {figure.title}."
