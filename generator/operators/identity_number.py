"""Mistakes in the number of an identity paper."""

from __future__ import annotations

from functools import cache

from generator import facts
from generator.identity import is_well_formed
from generator.operators.record import Record

__all__ = [
    "contradict_holder",
    "drop_digit",
    "fill_in_phone",
    "leave_blank",
    "lose_leading_zero",
    "mistype_province",
    "repeat_digit",
    "type_former_card",
    "type_heads_number",
    "type_letter",
    "type_passport",
]

#: share of the numbers hit that turn into powers of ten (ours)
SCIENTIFIC = 0.2

#: letters typed or scanned for digits (text_errors.csv, class OCR)
LOOK_ALIKES = {"0": "O", "1": "l", "5": "S", "8": "B"}


def leave_blank(number: str, u: float, v: float, record: Record) -> str | None:
    """Leave the cell empty (E01).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        Draws in [0, 1) that every operator receives; unused here.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where the cell is empty already.
    """
    del u, v, record
    return "" if number else None


def drop_digit(number: str, u: float, v: float, record: Record) -> str | None:
    """Skip one digit, never the first: a lost leading zero is another error (E03).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` chooses the digit; `v` is unused.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where too little is left to be a slip of the hand.

    Examples
    --------
    >>> drop_digit("079085999901", 0.0, 0.0, {})
    '09085999901'
    """
    del v, record
    if not is_well_formed(number):
        return None
    i = 1 + int(u * (len(number) - 1))
    return number[:i] + number[i + 1 :]


def repeat_digit(number: str, u: float, v: float, record: Record) -> str | None:
    """Type one digit twice.

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` chooses the digit; `v` is unused.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where the number is not well-formed.

    Examples
    --------
    >>> repeat_digit("079085999901", 0.0, 0.0, {})
    '0079085999901'
    """
    del v, record
    if not is_well_formed(number):
        return None
    i = int(u * len(number))
    return number[: i + 1] + number[i:]


def type_letter(number: str, u: float, v: float, record: Record) -> str | None:
    """Type a letter that looks like the digit.

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` chooses among the digits that have a look-alike; `v` is unused.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where no digit has a look-alike.

    Examples
    --------
    >>> type_letter("079085999901", 0.0, 0.0, {})
    'O79085999901'
    """
    del v, record
    places = [i for i, digit in enumerate(number) if digit in LOOK_ALIKES]
    if not places:
        return None
    i = places[int(u * len(places))]
    return number[:i] + LOOK_ALIKES[number[i]] + number[i + 1 :]


def lose_leading_zero(number: str, u: float, v: float, record: Record) -> str | None:
    """Let a spreadsheet take the number for a quantity (E03).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        A fifth of the 12-digit numbers also turn into powers of ten, by `u`; `v` is unused.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What the spreadsheet shows; None where there is no leading zero to lose.

    Examples
    --------
    >>> lose_leading_zero("025999901", 0.5, 0.0, {})
    '25999901'
    >>> lose_leading_zero("079086999902", 0.1, 0.0, {})
    '7.9087E+10'
    """
    del v, record
    if not is_well_formed(number) or number[0] != "0":
        return None
    if u < SCIENTIFIC and len(number) == 12 and number[1] != "0":
        return f"{int(number):.4E}"
    return number.lstrip("0")


def mistype_province(number: str, u: float, v: float, record: Record) -> str | None:
    """Begin with three digits that no province has (E04).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` chooses among the unassigned codes; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        What was typed; None where the number is no CCCD.

    References
    ----------
    .. [1] Thông tư 07/2016/TT-BCA, annex 1: 63 codes below 100 (``id_province_codes.csv``).
    """
    del v, record
    if len(number) != 12:
        return None
    codes = _unassigned()
    return codes[int(u * len(codes))] + number[3:]


@cache
def _unassigned() -> tuple[str, ...]:
    assigned = set(facts.column("id_province_codes", "cccd_code"))
    return tuple(f"{code:03}" for code in range(1, 100) if f"{code:03}" not in assigned)


def contradict_holder(number: str, u: float, v: float, record: Record) -> str | None:
    """Mistype the digit of sex and century, or one of the birth year (E05).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` chooses the digit, `v` what is typed for it.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        What was typed; None where the number is no CCCD.

    Examples
    --------
    >>> contradict_holder("079085999901", 0.0, 0.0, {})
    '079185999901'
    """
    del record
    if len(number) != 12:
        return None
    place = 3 + int(u * 3)
    if place == 3:  # the other sex of the same century
        return number[:3] + str(int(number[3]) ^ 1) + number[4:]
    others = [digit for digit in "0123456789" if digit != number[place]]
    return number[:place] + others[int(v * len(others))] + number[place + 1 :]


def fill_in_phone(number: str, u: float, v: float, record: Record) -> str | None:
    """Write the telephone number into the cell (E08).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``so_dien_thoai`` is what is typed.

    Returns
    -------
    str or None
        The telephone number; None where the cell or the telephone is empty.
    """
    del u, v
    return record["so_dien_thoai"] or None if number else None


def type_former_card(number: str, u: float, v: float, record: Record) -> str | None:
    """Write the number of the CMND that the CCCD replaced (E06).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``so_cmnd_cu`` is what is typed.

    Returns
    -------
    str or None
        Nine digits; None where there was no former card.
    """
    del u, v
    former = record["so_cmnd_cu"]
    return former if former not in ("", number) else None


def type_heads_number(number: str, u: float, v: float, record: Record) -> str | None:
    """Write the number of the head of the household (E07, E71).

    Parameters
    ----------
    number : str
        The right number; children may have none.
    u, v : float
        Draws in [0, 1); unused here.
    record : Record
        Its ``so_chu_ho`` is what is typed.

    Returns
    -------
    str or None
        The head's number; None where there is none, or it is this person's own.
    """
    del u, v
    head = record["so_chu_ho"]
    return head if head not in ("", number) else None


def type_passport(number: str, u: float, v: float, record: Record) -> str | None:
    """Write a Vietnamese passport for the CCCD (E72).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` gives the passport's digits; `v` is unused.
    record : Record
        Unused here.

    Returns
    -------
    str or None
        C and seven digits; None where the number is no CCCD.

    Examples
    --------
    >>> type_passport("079085999901", 0.99999, 0.0, {})
    'C9999900'
    """
    del v, record
    if len(number) != 12 or not is_well_formed(number):
        return None
    return f"C{int(u * 10_000_000):07}"
