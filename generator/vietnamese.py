"""Vietnamese letters: take a syllable apart, change its tone, compare, strip the marks.

NFD takes a letter apart into base, mark (breve, circumflex, horn) and tone; only đ has no
decomposition and is treated alone. Everything returned is NFC.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["TONES", "change_tone", "nfc", "strip_diacritics", "tone_of"]

#: tone marks by Vietnamese name (Unicode combining characters)
TONES = {
    "huyền": "\u0300",
    "sắc": "\u0301",
    "ngã": "\u0303",
    "hỏi": "\u0309",
    "nặng": "\u0323",
}
#: a letter taken apart, and all its marks
_LETTER = re.compile("([^\u0300-\u036f])([\u0300-\u036f]+)")
_BY_MARK = {mark: name for name, mark in TONES.items()}
#: Ð (eth) is a look-alike of Đ that occurs in real data
_D = str.maketrans({"đ": "d", "Đ": "D", "\u00d0": "D", "\u00f0": "d"})


def nfc(text: str) -> str:
    """Return the text with every letter as one character, as keyboards type it."""
    return unicodedata.normalize("NFC", text)


@cache
def tone_of(syllable: str) -> str | None:
    """Return the tone's name, None for the level tone (ngang).

    Examples
    --------
    >>> tone_of("Nguyễn"), tone_of("Lan")
    ('ngã', None)
    """
    found = (_BY_MARK.get(char) for char in unicodedata.normalize("NFD", syllable))
    return next((tone for tone in found if tone), None)


def change_tone(syllable: str, tone: str) -> str:
    """Return the syllable with another tone on the same letter.

    Parameters
    ----------
    syllable : str
        One syllable that carries a tone mark.
    tone : str
        A key of `TONES`.

    Returns
    -------
    str
        NFC; the same syllable where it has no tone mark to change.

    Examples
    --------
    >>> change_tone("Nguyễn", "hỏi")
    'Nguyển'
    """

    def retone(letter: re.Match[str]) -> str:
        marks = "".join(mark for mark in letter[2] if mark not in _BY_MARK)
        # the tone goes last: between a letter and its own mark it would not compose
        return letter[1] + marks + (TONES[tone] if marks != letter[2] else "")

    return nfc(_LETTER.sub(retone, unicodedata.normalize("NFD", syllable)))


def strip_diacritics(text: str) -> str:
    """Return the text without any marks, as typed on a telephone without Vietnamese keys.

    Examples
    --------
    >>> strip_diacritics("Đặng Thị Bích Hường")
    'Dang Thi Bich Huong'
    """
    apart = unicodedata.normalize("NFD", text.translate(_D))
    return "".join(char for char in apart if not unicodedata.combining(char))
