"""What has happened to a text: from the wrong font to a keyboard that was left off.

The judgement rests on syllables: a word that cannot be Vietnamese, and becomes a Vietnamese
syllable when one kind of damage is undone, shows that kind. A name that merely is not
Vietnamese (Krông, Voòng, Mohamad) shows none. Rather no alarm than a false one: of a single
word or a single key there is often not enough to tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache

from generator.vietnamese.encodings import (
    CodePage,
    from_tcvn3,
    from_vni_windows,
    save_as_ansi,
    undo_misread_utf8,
)
from generator.vietnamese.keyboards import from_telex, from_vni
from generator.vietnamese.syllables import (
    TONES,
    Syllable,
    compose,
    decompose,
    every_syllable,
    nfc,
    place_tone,
    split,
    strip_diacritics,
)

__all__ = ["Damage", "classify_damage"]


class Damage(StrEnum):
    """The kinds of damage; each says what undoes it."""

    CLEAN = "clean"  #: nothing to see
    NFD = "nfd"  #: letters in pieces: `nfc`
    UTF8_AS_CP1252 = "utf8_as_cp1252"  #: Nguyá»…n: `undo_misread_utf8`
    UTF8_AS_CP1258 = "utf8_as_cp1258"  #: HĂ²a: `undo_misread_utf8`
    ANSI_LOSS = "ansi_loss"  #: Nguy?n: nothing
    ETH_FOR_D = "eth_for_d"  #: the look-alike Ð: put Đ
    VNI_WINDOWS = "vni_windows"  #: Nguyeãn: `from_vni_windows`
    TCVN3 = "tcvn3"  #: NguyÔn: `from_tcvn3`, capitals lost
    VNI_RESIDUE = "vni_residue"  #: Nguye6n4: `from_vni`
    TELEX_RESIDUE = "telex_residue"  #: Nguyeenx: `from_telex`
    MISPLACED_TONE = "misplaced_tone"  #: Qúy: `place_tone`
    NO_DIACRITICS = "no_diacritics"  #: Nguyen: nothing


#: what parts words; the codes of TCVN3 (§ · ­) are letters here
_GAP = re.compile(r"[\s,.;:()/\"-]+")
_ETH = str.maketrans("\u00d0\u00f0", "Đđ")
#: frequent surnames that always have a mark and whose plain form is no other name
_MARKED_SURNAMES = frozenset(
    {"bui", "dang", "dao", "dinh", "do", "hoang", "le", "ngo", "pham", "tran", "vo", "vu"}
)
#: two sorts of Telex keys that prove little alone: names like Thor, Luis and Lee, Moon have them
_COMMON_KEYS = (re.compile(r"[rs]$|(?<=[aeiouy])[rs]"), re.compile("aa|ee|oo"))
#: keys that prove something beside other words: Max, Raj, Dawn are names too
_RARE_KEY = re.compile(r"(?<!^)[jxw]|dd|(?<=[aeiouy])(?:aa|ee|oo)")
#: keys that prove enough in a single word
_SURE_KEY = re.compile(r"(?<!^)f|(?<=[cghmnpt])[jx]")


def classify_damage(text: str) -> Damage:
    """Tell which kind of damage a text shows.

    Parameters
    ----------
    text : str
        A name, an address, any short Vietnamese text.

    Returns
    -------
    Damage
        The first kind that explains what is wrong. `Damage.CLEAN` where nothing is, and where
        the signs are too few: "Lan Anh" without marks, "Thuys" (a name may end in s), one
        word without marks ("Nguyen").

    Examples
    --------
    >>> for text in ("Nguyễn Đức", "Nguyeãn Ñöùc", "Nguyeenx Dduwcs", "Nguy?n Ð?c", "Y Krông"):
    ...     print(classify_damage(text))
    clean
    vni_windows
    telex_residue
    ansi_loss
    clean
    """
    if nfc(text) != text:
        return Damage.NFD
    pages: tuple[CodePage, ...] = ("cp1252", "cp1258")
    for page, kind in zip(pages, (Damage.UTF8_AS_CP1252, Damage.UTF8_AS_CP1258), strict=True):
        if _is_mojibake(text, page):
            return kind
    words = [word for word in _GAP.split(text) if word]
    return next((kind for kind, shows in _SIGNS.items() if shows(words)), Damage.CLEAN)


def _is_mojibake(text: str, page: CodePage) -> bool:
    try:
        return undo_misread_utf8(text, page) != text
    except ValueError:
        return False


@lru_cache(maxsize=1 << 16)
def _is_right(word: str) -> bool:
    """Tell whether a word is a Vietnamese syllable with its tone in a legal place."""
    parts = decompose(word)
    return bool(parts) and word in (place_tone(word), place_tone(word, "new"))


def _explains(undo: Callable[[str], str], words: list[str]) -> bool:
    """Tell whether undoing a damage makes syllables of all wrong words but those of A to Z."""
    wrong = [word for word in words if not word.isascii() and not _is_right(word)]
    return bool(wrong) and all(undo(word) != word and _is_right(undo(word)) for word in wrong)


def _is_eth(words: list[str]) -> bool:
    return _explains(lambda w: w.translate(_ETH), [w for w in words if w.translate(_ETH) != w])


def _is_ansi_loss(words: list[str]) -> bool:
    lost = [word.lower().replace("\u00f0", "d") for word in words if "?" in word]
    return any(word in _ansi_forms() for word in lost)


@cache
def _ansi_forms() -> frozenset[str]:
    """Return what an ANSI save leaves of all syllables that lose a letter (lower case)."""
    whole = (
        compose(Syllable(*parts[:3], tone), style)
        for parts in map(split, every_syllable())
        if parts
        for tone in (None, *TONES)
        for style in ("old", "new")
    )
    return frozenset(form for form in map(save_as_ansi, whole) if "?" in form)


def _is_vni_residue(words: list[str]) -> bool:
    """Tell whether there is a mark key, or tone keys in two words: "Lan2" is just a second Lan."""
    typed = [w for w in words if len(from_vni(w)) < len(w) > 2 and _is_right(from_vni(w))]
    return len(typed) > 1 or any(re.search(r"[6-9]", word) for word in typed)


def _is_telex_residue(words: list[str]) -> bool:
    """Tell whether keys are left over, and more than a foreign or minority name would show."""
    wrong = [word for word in words if not _is_right(word)]
    typed = [word.lower() for word in wrong if _is_typed(word)]
    if not all(_is_typed(word) or _is_stripped(word) for word in wrong):
        return False
    if any(_SURE_KEY.search(word) or not word.isascii() for word in typed):  # Nguyênx
        return True
    rare, *common = (any(map(key.search, typed)) for key in (_RARE_KEY, *_COMMON_KEYS))
    return rare + sum(common) > 1 or (rare and len(words) > 1)


def _is_typed(word: str) -> bool:
    """Tell whether Telex keys stand in a word that are not letters of it."""
    made = from_telex(word)
    return len(made) < len(word) and _is_right(made)


@cache
def _plain_syllables() -> frozenset[str]:
    return frozenset(map(strip_diacritics, every_syllable()))


def _is_stripped(word: str) -> bool:
    return word.lower() in _plain_syllables()


def _is_without_diacritics(words: list[str]) -> bool:
    """Tell whether all words are plain, and one of them would need a mark (Nguyen, Phat)."""
    if len(words) < 2 or not all(map(_is_stripped, words)):
        return False
    middle = len(words) > 2 and words[1].lower() in ("thi", "van")
    surname = words[0].lower() in _MARKED_SURNAMES
    return middle or surname or not all(map(_is_right, words))


#: kind -> whether the words show it, in the order they are asked
_SIGNS: dict[Damage, Callable[[list[str]], bool]] = {
    Damage.ANSI_LOSS: _is_ansi_loss,
    Damage.ETH_FOR_D: _is_eth,
    Damage.VNI_WINDOWS: lambda words: _explains(from_vni_windows, words),
    Damage.TCVN3: lambda words: _explains(from_tcvn3, words),
    Damage.VNI_RESIDUE: _is_vni_residue,
    Damage.TELEX_RESIDUE: _is_telex_residue,
    Damage.MISPLACED_TONE: lambda words: _explains(place_tone, words),
    Damage.NO_DIACRITICS: _is_without_diacritics,
}
