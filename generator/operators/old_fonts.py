"""Names that came out of an old file or a keyboard left in the wrong mode (E22)."""

from __future__ import annotations

from collections.abc import Callable

from generator.operators.record import Record
from generator.vietnamese import to_tcvn3, to_telex, to_vni_windows

__all__ = ["leave_tcvn3", "leave_telex", "leave_vni"]


def leave_telex(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Type with the input method off, so that the Telex keys themselves stay.

    Parameters
    ----------
    full_name : str
        The right name.
    u, v : float
        `u` says whether tone keys come last in the word or after their vowel; `v` is unused.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where the name has no marks.

    Examples
    --------
    >>> leave_telex("Nguyễn Văn An", 0.0, 0.0, {}), leave_telex("Nguyễn Văn An", 0.9, 0.0, {})
    ('Nguyeenx Vawn An', 'Nguyeexn Vawn An')
    """
    del v, record
    typed = to_telex(full_name, "word" if u < 0.5 else "vowel")
    return typed if typed != full_name else None


def leave_tcvn3(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Paste the name from a document in a TCVN3 font (.VnTime).

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
        What is seen without the font; None where that is the name itself, or where the name has
        a letter that the font does not have.

    Examples
    --------
    >>> leave_tcvn3("Nguyễn Văn An", 0.0, 0.0, {})
    'NguyÔn V¨n An'
    """
    del u, v, record
    return _pasted(full_name, to_tcvn3)


def leave_vni(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Paste the name from a document in a VNI-Windows font (VNI-Times).

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
        What is seen without the font; None where that is the name itself, or where the name has
        a letter that the font does not have.

    Examples
    --------
    >>> leave_vni("Nguyễn Văn An", 0.0, 0.0, {})
    'Nguyeãn Vaên An'
    """
    del u, v, record
    return _pasted(full_name, to_vni_windows)


def _pasted(full_name: str, font: Callable[[str], str]) -> str | None:
    try:
        typed = font(full_name)
    except ValueError:  # a letter of another language
        return None
    return typed if typed != full_name else None
