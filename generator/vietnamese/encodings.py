"""Old fonts and code pages: what Vietnamese text turns into, and the way back where there is one.

All codes are given for the 134 letters that have a mark. Text in an old font is shown as Windows
shows it without the font (code page 1252): "NguyÔn" is TCVN3, "Nguyeãn" is VNI-Windows.
"""

from __future__ import annotations

import re
from typing import Literal

from generator.vietnamese.syllables import TONES, VOWELS, nfc, strip_diacritics, tone_of, toneless

__all__ = [
    "LETTERS",
    "from_cp1258",
    "from_tcvn3",
    "from_vni_windows",
    "icao",
    "misread_utf8",
    "save_as_ansi",
    "to_cp1258",
    "to_tcvn3",
    "to_vni_windows",
    "undo_misread_utf8",
]

#: a Windows code page for which UTF-8 is mistaken
CodePage = Literal["cp1252", "cp1258"]

_LOWER = "".join(
    letter for v in VOWELS for t in ("", *TONES.values()) if not (letter := nfc(v + t)).isascii()
)
#: the 134 letters with a mark
LETTERS = frozenset(f"{_LOWER}đ{_LOWER.upper()}Đ")

# TCVN 5712:1993 VN3, in the order of _LOWER (a, ă, â ... with no tone, huyền, sắc, ngã, hỏi, nặng)
_TCVN3_CODES = bytes.fromhex(
    "b5b8b7b6b9 a8bbbebdbcc6 a9c7cac9c8cb ccd0cfced1 aad2d5d4d3d6 d7dddcd8de"
    "dfe3e2e1e4 abe5e8e7e6e9 aceaedecebee eff3f2f1f4 adf5f8f7f6f9 fafdfcfbfe"
).decode("latin-1")
_FROM_TCVN3 = dict(zip(_TCVN3_CODES, _LOWER, strict=True)) | dict(
    zip("®¡¢§£¤¥¦", "đĂÂĐÊÔƠƯ", strict=True)
)
_TO_TCVN3 = {letter: code for code, letter in _FROM_TCVN3.items()}
_TO_TCVN3 = {letter.upper(): code for letter, code in _TO_TCVN3.items()} | _TO_TCVN3

_PLAIN, _CIRCUMFLEX, _BREVE = " øùõûï", "âàáãåä", "êèéüúë"
_VNI_VOWELS = {
    **{vowel: (vowel, _PLAIN) for vowel in "aeouy"},
    **{vowel: (base, _CIRCUMFLEX) for vowel, base in zip("âêô", "aeo", strict=True)},
    "ă": ("a", _BREVE),
    "ơ": ("ô", _PLAIN),
    "ư": ("ö", _PLAIN),
    "i": ("", "iìíóæò"),
}


def _vni_codes() -> dict[str, str]:
    """Return letter -> code of VNI-Windows: mostly the base letter and a letter for the mark."""
    codes = {
        nfc(vowel + tone): (base + mark).strip()
        for vowel, (base, marks) in _VNI_VOWELS.items()
        for tone, mark in zip(("", *TONES.values()), marks, strict=True)
    }
    codes |= {"đ": "ñ", "ỵ": "î"}
    codes |= {letter.upper(): code.upper() for letter, code in codes.items()}
    return {letter: codes[letter] for letter in LETTERS}


_TO_VNI = _vni_codes()
_FROM_VNI = {code: letter for letter, code in _TO_VNI.items()}
_VNI_CODE = re.compile("|".join(sorted(_FROM_VNI, key=len, reverse=True)))

#: what the code pages show for each byte; Windows passes the undefined ones as control codes
_CODE_PAGES = {
    page: [bytes([byte]).decode(page, "ignore") or chr(byte) for byte in range(256)]
    for page in ("cp1252", "cp1258")
}
_BYTES = {
    page: {char: byte for byte, char in enumerate(chars)} for page, chars in _CODE_PAGES.items()
}
# Microsoft's bestfit1252.txt, the Vietnamese letters in it; it has nothing from U+1EA0 on
_BEST_FIT = str.maketrans("đĐăĂơƠưƯĩĨũŨ", "d\u00d0aAoOuUiIuU")
# ICAO Doc 9303 part 3, section 6: letters of other languages that are more than their base
_ICAO = str.maketrans(
    {"Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Œ": "OE", "Ü": "UE", "Þ": "TH"}
    | {"Ł": "L", "-": " ", "'": "", "’": ""}
)


def _translated(text: str, codes: dict[str, str], font: str) -> str:
    """Return the text in the codes of a font; other letters must not look like codes."""
    text = nfc(text)
    taken = set("".join(codes.values())) - set("aeiouyAEIOUY")
    if strangers := sorted(set(text) & taken - LETTERS):
        message = f"{', '.join(strangers)} in {text!r} is another letter in the {font} font"
        raise ValueError(message)
    return "".join(codes.get(char, char) for char in text)


def to_tcvn3(text: str) -> str:
    """Return the text as a document in a TCVN3 font (.VnTime) looks without the font.

    Capitals with a mark are lost but for Ă Â Đ Ê Ô Ơ Ư: they came from a second font
    (.VnTimeH) that shows the small codes as capitals.

    Parameters
    ----------
    text : str
        Vietnamese text.

    Returns
    -------
    str
        Each letter with a mark is one character; the bytes are its Latin-1 encoding.

    Raises
    ------
    ValueError
        Where a letter of another language (the ñ of Peña) would be read as Vietnamese.

    References
    ----------
    TCVN 5712:1993 (VN3); the character table of this package, equal to glibc's TCVN.

    Examples
    --------
    >>> to_tcvn3("Nguyễn Đức"), from_tcvn3(to_tcvn3("ÁNH"))
    ('NguyÔn §øc', 'áNH')
    """
    return _translated(text, _TO_TCVN3, "TCVN3")


def from_tcvn3(text: str) -> str:
    """Return the Vietnamese text of a document in a TCVN3 font.

    Examples
    --------
    >>> from_tcvn3("NguyÔn V¨n Mïi")
    'Nguyễn Văn Mùi'
    """
    return "".join(_FROM_TCVN3.get(char, char) for char in text)


def to_vni_windows(text: str) -> str:
    """Return the text as a document in a VNI-Windows font (VNI-Times) looks without the font.

    Parameters
    ----------
    text : str
        Vietnamese text.

    Returns
    -------
    str
        `from_vni_windows` gives the text back exactly.

    Raises
    ------
    ValueError
        Where a letter of another language would be read as Vietnamese.

    References
    ----------
    The character table of this package (VNI Software's layout, as VBKey has it).

    Examples
    --------
    >>> to_vni_windows("Bùi Nguyễn ĐỨC")
    'Buøi Nguyeãn ÑÖÙC'
    """
    return _translated(text, _TO_VNI, "VNI-Windows")


def from_vni_windows(text: str) -> str:
    """Return the Vietnamese text of a document in a VNI-Windows font.

    Examples
    --------
    >>> from_vni_windows("Buøi Thò Thuùy")
    'Bùi Thị Thúy'
    """
    return _VNI_CODE.sub(lambda code: _FROM_VNI[code[0]], text)


def to_cp1258(text: str) -> bytes:
    """Return the text in Windows-1258, the code page of Vietnamese Windows.

    Parameters
    ----------
    text : str
        Vietnamese text.

    Returns
    -------
    bytes
        A letter without a code of its own is its toneless letter and a combining tone.

    Raises
    ------
    UnicodeEncodeError
        Where the code page has no code at all (other scripts, Ẽ̆).

    Examples
    --------
    >>> to_cp1258("Lễ").hex(" ")
    '4c ea de'
    """

    def pieces(char: str) -> str:
        tone = TONES.get(tone_of(char) or "", "")
        return char if char in _BYTES["cp1258"] else toneless(char) + tone

    return "".join(map(pieces, nfc(text))).encode("cp1258")


def from_cp1258(data: bytes) -> str:
    """Return the text of Windows-1258 bytes, letters whole (NFC).

    Examples
    --------
    >>> from_cp1258(bytes.fromhex("4c ea de"))
    'Lễ'
    """
    return nfc("".join(_CODE_PAGES["cp1258"][byte] for byte in data))


def misread_utf8(text: str, page: CodePage = "cp1252") -> str:
    """Return what is seen when UTF-8 is opened as a Windows code page (mojibake).

    Parameters
    ----------
    text : str
        Any text; its letters are kept whole or in pieces as they are.
    page : {"cp1252", "cp1258"}
        The code page of Western or of Vietnamese Windows.

    Returns
    -------
    str
        The five (nine) bytes that the page leaves undefined are control codes, as Windows
        makes them. Twice gives double mojibake.

    Examples
    --------
    >>> misread_utf8("Nguyễn"), misread_utf8("Hòa", "cp1258")
    ('Nguyá»…n', 'HĂ²a')
    """
    return "".join(_CODE_PAGES[page][byte] for byte in text.encode())


def undo_misread_utf8(text: str, page: CodePage = "cp1252") -> str:
    """Return the text before `misread_utf8`, exactly; twice undoes double mojibake.

    Raises
    ------
    ValueError
        Where the text is no such mojibake.

    Examples
    --------
    >>> undo_misread_utf8("Nguyá»…n")
    'Nguyễn'
    """
    try:
        return bytes(_BYTES[page][char] for char in text).decode()
    except (KeyError, UnicodeDecodeError) as error:
        message = f"{text!r} is no UTF-8 read as {page}"
        raise ValueError(message) from error


def save_as_ansi(text: str) -> str:
    """Return what Western Windows keeps of a text saved as "ANSI" (CSV in Excel): a loss.

    There is no way back: ạ, ế and all other letters from U+1EA0 on are "?".

    References
    ----------
    Microsoft, bestfit1252.txt (unicode.org, WindowsBestFit), for ă đ ĩ ơ ũ ư.

    Examples
    --------
    >>> save_as_ansi("Nguyễn Đức Hương")
    'Nguy?n Ð?c Huong'
    """
    return nfc(text).translate(_BEST_FIT).encode("cp1252", "replace").decode("cp1252")


def icao(name: str) -> str:
    """Return a name in the letters A to Z, as passports and booking systems write it.

    Parameters
    ----------
    name : str
        A name in Latin letters.

    Returns
    -------
    str
        Capitals, one space between words; a hyphen becomes a space, an apostrophe nothing.

    Raises
    ------
    ValueError
        Where a character has no rule (digits, other scripts).

    References
    ----------
    ICAO Doc 9303 part 3, sections 4.6 and 6 (letters with tone marks: their base letter).

    Examples
    --------
    >>> icao("Đặng Thị Mỹ-Hường"), icao("Jürgen")
    ('DANG THI MY HUONG', 'JUERGEN')
    """
    plain = strip_diacritics(nfc(name).upper().translate(_ICAO))
    letters = " ".join(plain.split())
    if strangers := sorted(set(letters) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")):
        message = f"no rule for {', '.join(strangers)} in {name!r}"
        raise ValueError(message)
    return letters
