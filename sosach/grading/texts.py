"""Bytes that people's programs wrote, as text."""

from __future__ import annotations

import re

from generator.vietnamese import every_syllable, nfc, toneless

__all__ = ["decode", "printable"]

BOM, UTF16, CP1258 = "dấu BOM", "UTF-16", "bảng mã Windows-1258"
#: first characters looked at to tell UTF-16 without a mark: half of the bytes are zero
CERTAIN = 4
#: characters that no text needs: controls, letters without width, halves of pairs, those that turn
#: the direction of reading
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def decode(data: bytes) -> tuple[str, list[str]] | None:
    r"""Return text and what was odd about its bytes.

    Parameters
    ----------
    data : bytes
        UTF-8 or UTF-16, with or without a byte order mark; Windows-1258 where every word with
        marks is one that Vietnamese can spell.

    Returns
    -------
    tuple of str and list of str, or None
        The oddities as a trainee reads them; None where it is no text: undecodable, or with
        a NUL in it. UTF-16 without a mark is taken for certain where its first characters are
        ASCII, as in every header and notebook of the course.

    Examples
    --------
    >>> decode("mã".encode("utf-8-sig"))
    ('mã', ['dấu BOM'])
    >>> decode("ma_ho_so".encode("utf-16-be"))
    ('ma_ho_so', ['UTF-16'])
    >>> decode(b"Nguy\xd4n") is None
    True
    """
    encoding, forms = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, forms = nfc(data.decode("cp1258", "replace")), [CP1258]
        if not _is_vietnamese(text):
            return None
    return None if "\0" in text else (text, forms)


def _is_vietnamese(text: str) -> bool:
    """Tell whether all letters beyond ASCII stand in words that Vietnamese can spell."""
    words = {word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()}
    spelt = {toneless(word.casefold()) for word in words}
    others = {c for c in text if not (c.isascii() or c.isalpha())}
    return bool(words) and not others and spelt <= every_syllable()


def _encoding(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", [UTF16, BOM]
    start = data[: 2 * CERTAIN]
    if len(start) == 2 * CERTAIN:
        for encoding, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
            if not any(start[zeros::2]) and all(start[letters::2]):
                return encoding, [UTF16]
    return "utf-8-sig", [BOM] if data.startswith(b"\xef\xbb\xbf") else []


def printable(text: str) -> str:
    r"""Return a text without characters that cannot be seen, stored or written.

    Examples
    --------
    >>> printable("a\r\nb\x1b[31m\ud800")
    'a\nb[31m'
    """
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
