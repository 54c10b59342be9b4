"""What people write for a column or a code of the course: its label, its alias, other letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from generator.facts import table
from generator.vietnamese import strip_diacritics

__all__ = ["LEFT_OUT", "header_name", "spellings", "titles"]

#: what a person writes in the cell of a record that is left out; the screen's own code for it
LEFT_OUT = frozenset(("khong", "khong_dua_vao", "khong_can", "bo_qua"))


def header_name(text: str) -> str:
    """Return a column title as the course writes it: ``Mã hồ sơ`` is ``ma_ho_so``.

    Parameters
    ----------
    text : str
        What stands in the header.

    Returns
    -------
    str
        Lower case, without marks, words joined by ``_``.

    Examples
    --------
    >>> header_name(" Mã hồ sơ ")
    'ma_ho_so'
    """
    plain = strip_diacritics(unicodedata.normalize("NFC", text)).casefold()
    return "_".join(re.findall(r"[a-z0-9]+", plain))


@cache
def titles() -> Mapping[str, str]:
    """Return the Vietnamese titles of the register's columns, as `header_name` writes them."""
    return {
        header_name(row["name_vi"]): row["column"]
        for row in table("columns")
        if row["table"] in ("doi_tuong", "mui_tiem")
    }


def spellings(column: str, allowed: Iterable[str]) -> dict[str, str]:
    """Return what may be written for the codes of a column.

    Parameters
    ----------
    column : str
        ``nhom``: ``Nhóm a`` is ``a`` there.
    allowed : iterable of str
        Codes of the spec; where they are actions or reasons, their aliases and labels count.

    Returns
    -------
    dict
        Spelling, as `header_name` writes it -> code. A spelling that two codes share is out.

    Examples
    --------
    >>> spellings("nhom", ["a"])
    {'a': 'a', 'nhom_a': 'a'}
    >>> spellings("hanh_dong", ["KEEP"])["giu_nguyen_khong_phai_loi"]
    'KEEP'
    """
    ways = [
        (header_name(way), code)
        for code in allowed
        for way in (code, f"{column} {code}", *_labels().get(code, ()))
    ]
    meanings = Counter(way for way, _ in set(ways))
    return {way: code for way, code in ways if meanings[way] == 1}


@cache
def _labels() -> Mapping[str, tuple[str, ...]]:
    """Return alias and label of every action and reason, by each of its codes."""
    actions = {row["code"]: (row["code_vi"], row["meaning_vi"]) for row in table("action_codes")}
    aliases = {row["code_vi"]: (row["code"], row["meaning_vi"]) for row in table("action_codes")}
    return {
        **{row["code"]: (row["meaning_vi"],) for row in table("reason_codes")},
        **aliases,
        **actions,
    }
