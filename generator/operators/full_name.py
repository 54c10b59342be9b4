"""Mistakes that change a name as a whole: marks, words, order, blanks (E14 to E17, E20, E21, E73)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from generator.operators.record import Record
from generator.vietnamese import strip_diacritics

__all__ = [
    "add_blanks",
    "add_call_name",
    "drop_marks",
    "drop_middle_word",
    "give_short_name",
    "put_given_name_first",
    "send_decomposed",
    "take_rustic_name",
]

#: names given at baptism, as people put them before their own (ours)
CALL_NAMES = {"Nữ": ("Maria", "Anna", "Têrêsa"), "Nam": ("Giuse", "Phêrô", "Gioan")}
#: given names of the countryside, such as people change later (ours, after Lê Văn Tí of E17)
RUSTIC_NAMES = {
    "Nam": ("Tí", "Tèo", "Đực", "Cò", "Lượm", "Mót", "Rớt", "Đẹt", "Nhỏ", "Cọp"),
    "Nữ": ("Bé", "Gái", "Lượm", "Mót", "Rớt", "Thêm", "Út", "Nhỏ", "Nuôi", "Hến"),
}

#: names are made of few different words
_plain = lru_cache(maxsize=1 << 16)(strip_diacritics)


def drop_marks(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Type without Vietnamese letters, half of the time in capitals (E14).

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        `u` says whether in capitals; `v` is unused.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where the name has no marks.

    Examples
    --------
    >>> drop_marks("Nguyễn Thị Hồng", 0.1, 0.0, {})
    'NGUYEN THI HONG'
    """
    del v, record
    plain = " ".join(map(_plain, full_name.split(" ")))
    if plain == full_name:
        return None
    return plain.upper() if u < 0.5 else plain


def drop_middle_word(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Leave out one of the middle words (E14).

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        `u` chooses the word; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        What was typed; None where there is no middle word.

    Examples
    --------
    >>> drop_middle_word("Nguyễn Thị Hồng Nhung", 0.9, 0.0, {})
    'Nguyễn Thị Nhung'
    """
    del v, record
    words = full_name.split()
    if len(words) < 3:
        return None
    del words[1 + int(u * (len(words) - 2))]
    return " ".join(words)


def add_call_name(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Put a name given at baptism first, or write Út before the given name alone (E15).

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        `u` chooses which of the two, `v` the name.
    record : Record
        Its ``gioi_tinh`` decides which names fit.

    Returns
    -------
    str or None
        What was typed.

    Examples
    --------
    >>> add_call_name("Nguyễn Thị Hoa", 0.9, 0.0, {"gioi_tinh": "Nữ"})
    'Út Hoa'
    """
    if u >= 0.8:
        return f"Út {full_name.split()[-1]}"
    fitting = CALL_NAMES[record["gioi_tinh"]]
    return f"{fitting[int(v * len(fitting))]} {full_name}"


def put_given_name_first(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Turn the order round, as forms of other countries ask for it (E16).

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        What was typed; None where the name has one word.

    Examples
    --------
    >>> put_given_name_first("Trần Văn Hùng", 0.0, 0.0, {})
    'Hùng Trần Văn'
    """
    del u, v, record
    rest, _, given = full_name.rpartition(" ")
    return f"{given} {rest}" if rest else None


def add_blanks(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Leave superfluous blanks: before, behind, or two between words (E20).

    Parameters
    ----------
    full_name : str
        The right name.
    u, v : float
        `u` chooses the place; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        What was typed; the platform compares it as if the blanks were not there.
    """
    del v, record
    words = full_name.split(" ")
    place = int(u * (len(words) + 1))
    if place in (0, len(words)):
        return f" {full_name}" if place == 0 else f"{full_name} "
    return " ".join(words[:place]) + "  " + " ".join(words[place:])


def send_decomposed(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Send letters and marks as separate characters, as some telephones do (E21).

    Parameters
    ----------
    full_name : str
        The right name.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        NFD text that looks the same; None where the name has no marks.
    """
    del u, v, record
    apart = unicodedata.normalize("NFD", full_name)
    return apart if apart != full_name else None


def take_rustic_name(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Write the given name that the person had before changing it (E17).

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        `u` chooses the former given name; `v` is unused.
    record : Record
        Its ``gioi_tinh`` decides which names fit.

    Returns
    -------
    str or None
        What was typed: never the same given name.

    Examples
    --------
    >>> take_rustic_name("Lê Minh Trí", 0.0, 0.0, {"gioi_tinh": "Nam"})
    'Lê Minh Tí'
    """
    del v
    *rest, given = full_name.split(" ")
    fitting = [name for name in RUSTIC_NAMES[record["gioi_tinh"]] if name != given]
    return " ".join([*rest, fitting[int(u * len(fitting))]])


def give_short_name(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Write the given name alone, as of somebody without papers (E73).

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        The last word; None where the name has one word.

    Examples
    --------
    >>> give_short_name("Nguyễn Thị Sáu", 0.0, 0.0, {})
    'Sáu'
    """
    del u, v, record
    rest, _, given = full_name.rpartition(" ")
    return given if rest else None
