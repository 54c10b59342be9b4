"""Mistakes in the number of an identity paper."""

from __future__ import annotations

from generator.identity import is_well_formed

__all__ = ["drop_digit", "leave_blank", "repeat_digit", "type_letter"]

#: letters typed or scanned for digits (text_errors.csv, class OCR)
LOOK_ALIKES = {"0": "O", "1": "l", "5": "S", "8": "B"}


def leave_blank(number: str, u: float, v: float) -> str | None:
    """Leave the cell empty (E01).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        Draws in [0, 1) that every operator receives; unused here.

    Returns
    -------
    str or None
        What was typed; None where the cell is empty already.
    """
    del u, v
    return "" if number else None


def drop_digit(number: str, u: float, v: float) -> str | None:
    """Skip one digit, never the first: a lost leading zero is another error (E03).

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` chooses the digit; `v` is unused.

    Returns
    -------
    str or None
        What was typed; None where too little is left to be a slip of the hand.

    Examples
    --------
    >>> drop_digit("079085999901", 0.0, 0.0)
    '09085999901'
    """
    del v
    if not is_well_formed(number):
        return None
    i = 1 + int(u * (len(number) - 1))
    return number[:i] + number[i + 1 :]


def repeat_digit(number: str, u: float, v: float) -> str | None:
    """Type one digit twice.

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` chooses the digit; `v` is unused.

    Returns
    -------
    str or None
        What was typed; None where the number is not well-formed.

    Examples
    --------
    >>> repeat_digit("079085999901", 0.0, 0.0)
    '0079085999901'
    """
    del v
    if not is_well_formed(number):
        return None
    i = int(u * len(number))
    return number[: i + 1] + number[i:]


def type_letter(number: str, u: float, v: float) -> str | None:
    """Type a letter that looks like the digit.

    Parameters
    ----------
    number : str
        The right number.
    u, v : float
        `u` chooses among the digits that have a look-alike; `v` is unused.

    Returns
    -------
    str or None
        What was typed; None where no digit has a look-alike.

    Examples
    --------
    >>> type_letter("079085999901", 0.0, 0.0)
    'O79085999901'
    """
    del v
    places = [i for i, digit in enumerate(number) if digit in LOOK_ALIKES]
    if not places:
        return None
    i = places[int(u * len(places))]
    return number[:i] + LOOK_ALIKES[number[i]] + number[i + 1 :]
