"""Telex and VNI: the keys a clerk presses, and what an input method makes of them.

With the input method off, the keys themselves stay in the register: "Nguyeenx", "Nguye6n4".
Rules: the two layouts as UniKey documents them (Telex s f r x j, aa ee oo aw ow uw dd, z clears;
VNI 1-5, 6 circumflex, 7 horn, 8 breve, 9 for đ, 0 clears).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from generator.vietnamese.syllables import (
    VOWELS,
    Syllable,
    compose,
    nfc,
    split,
    tone_of,
    toneless,
)

__all__ = ["from_telex", "from_vni", "to_telex", "to_vni"]

#: when the tone key is pressed: last in the word (most typical) or right after its vowel
ToneKey = Literal["word", "vowel"]

_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_DIGITS = re.compile(r"[^\W_]+")


class _Layout(NamedTuple):
    """A keyboard layout; `marks` is tried in order, a longer key before a part of it."""

    letters: dict[str, str]  # letter -> keys
    tones: dict[str, str]  # tone -> key
    clear: str
    marks: dict[str, dict[str, str]]  # key -> what stands there -> what the key makes of it
    adjacent: str  # keys that look at the letter just before only


_TELEX = _Layout(
    letters={"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"},
    tones={"sắc": "s", "huyền": "f", "hỏi": "r", "ngã": "x", "nặng": "j"},
    clear="z",
    marks={
        # pressed a third time it gives the two plain letters: Vooong is Voong
        **{key: {m: 2 * key, key: m} for key, m in zip("aeod", "âêôđ", strict=True)},
        "w": {"uo": "ươ", "ưo": "ươ", "ua": "ưa", "a": "ă", "o": "ơ", "u": "ư"},
    },
    adjacent="aeod",
)
_VNI = _Layout(
    letters={"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"},
    tones={"sắc": "1", "huyền": "2", "hỏi": "3", "ngã": "4", "nặng": "5"},
    clear="0",
    marks={
        "6": {"a": "â", "e": "ê", "o": "ô"},
        "7": {"uo": "ươ", "ưo": "ươ", "o": "ơ", "u": "ư"},
        "8": {"a": "ă"},
        "9": {"d": "đ"},
    },
    adjacent="",
)


def to_telex(text: str, tone_key: ToneKey = "word") -> str:
    """Return the Telex keys of a text, which is what stays when the input method is off.

    Parameters
    ----------
    text : str
        Vietnamese text.
    tone_key : {"word", "vowel"}
        When the tone key is pressed: at the end of the word or right after its vowel.

    Returns
    -------
    str
        A word in capitals is typed with caps lock, else a capital is its first key.

    Examples
    --------
    >>> to_telex("Nguyễn Đức"), to_telex("NGUYỄN", "vowel")
    ('Nguyeenx Dduwcs', 'NGUYEEXN')
    """
    return _WORD.sub(lambda word: _keys(word[0], _TELEX, tone_key), nfc(text))


def to_vni(text: str, tone_key: ToneKey = "word") -> str:
    """Return the VNI keys of a text; as `to_telex`.

    Examples
    --------
    >>> to_vni("Nguyễn Đức"), to_vni("Nguyễn", "vowel")
    ('Nguye6n4 D9u7c1', 'Nguye64n')
    """
    return _WORD.sub(lambda word: _keys(word[0], _VNI, tone_key), nfc(text))


def _keys(word: str, layout: _Layout, tone_key: ToneKey) -> str:
    typed, late = "", ""
    for letter in word:
        plain = toneless(letter)
        keys = layout.letters.get(plain.lower(), plain)
        if plain.lower() in layout.adjacent and typed.lower().endswith(plain.lower()):
            keys = 2 * plain  # Voòng needs a third o, or it would be Vồng
        typed += (keys[0].upper() if letter.isupper() else keys[0]) + keys[1:]
        tone = layout.tones.get(tone_of(letter) or "", "")
        if tone_key == "vowel":
            typed += tone
        else:
            late += tone
    caps_lock = word.isupper() and len(word) > 1
    return (typed + late).upper() if caps_lock else typed + late


def from_telex(text: str) -> str:
    """Return what the input method would have made of these Telex keys.

    Parameters
    ----------
    text : str
        Keys; letters with marks may stand between them ("Nguyênx").

    Returns
    -------
    str
        NFC, tones in the old style. Any word is taken for keys: "Paris" gives "Pári",
        so ask `classify_damage` first.

    Examples
    --------
    >>> from_telex("Nguyeenx Huwowngf"), from_telex("Nguyênx DDUWCS"), from_telex("thuyss")
    ('Nguyễn Hường', 'Nguyễn ĐỨC', 'thuys')
    """
    return _WORD.sub(lambda word: _pressed(word[0], _TELEX), nfc(text))


def from_vni(text: str) -> str:
    """Return what the input method would have made of these VNI keys; as `from_telex`.

    Examples
    --------
    >>> from_vni("Nguye6n4 D9u7c1, Quận 3")
    'Nguyễn Đức, Quận 3'
    """
    return _WORD_OR_DIGITS.sub(lambda word: _pressed(word[0], _VNI), nfc(text))


def _pressed(keys: str, layout: _Layout) -> str:
    """Press the keys of one word, one after the other."""
    tones: dict[str, str | None] = {key: tone for tone, key in layout.tones.items()}
    written, tone = toneless(keys[0]), tone_of(keys[0])
    for char in keys[1:]:
        key = char.lower()
        marked = _marked(written, key, layout)
        if marked != written:
            written = marked
        elif key in tones and tones[key] != tone and _has_vowel(written):
            tone = tones[key]
        elif key == layout.clear and tone:
            tone = None
        elif key in tones and tone:  # the same tone key again takes the tone back
            written, tone = written + char, None
        else:
            written, tone = written + toneless(char), tone_of(char) or tone
    return _finished(written, tone)


def _has_vowel(written: str) -> bool:
    return any(letter in VOWELS for letter in written.lower())


def _marked(written: str, key: str, layout: _Layout) -> str:
    """Return the word with the key's mark set; the same where the key marks nothing in it."""
    low = "".join(letter.lower()[0] for letter in written)  # İ has two small letters
    for found, made in layout.marks.get(key, {}).items():
        at = len(low) - len(found) if key in layout.adjacent else low.rfind(found)
        onset_u = len(found) > 1 and low[at - 1 : at] == "q"  # quăn, quới: no ư, no ươ
        if at >= 0 and low.startswith(found, at) and not onset_u:
            old = written[at : at + len(found)].ljust(len(made), written[at])
            new = (m.upper() if o.isupper() else m for o, m in zip(old, made, strict=True))
            return written[:at] + "".join(new) + written[at + len(found) :]
    return written


def _finished(written: str, tone: str | None) -> str:
    # a last ươ does not exist: thuowr is thuở
    written = re.sub("ư(?=ơ$)", "u", re.sub("Ư(?=ơ$|Ơ$)", "U", written))
    parts = split(written)
    if parts:
        return compose(Syllable(*parts[:3], tone))
    return nfc(written)
