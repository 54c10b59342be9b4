"""Vietnamese syllables: take one apart, place its tone, compare, strip the marks.

NFD takes a letter apart into base, mark (breve, circumflex, horn) and tone; only đ has no
decomposition and is treated alone. Everything returned is NFC unless it says otherwise.

A syllable counts as Vietnamese by its spelling alone (`every_syllable`): minority and foreign names
(Krông, Voòng, Paris) do not follow these rules and are left as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal, NamedTuple

__all__ = [
    "TONES",
    "VOWELS",
    "Style",
    "Syllable",
    "change_tone",
    "compose",
    "decompose",
    "every_syllable",
    "nfc",
    "nfd",
    "place_tone",
    "same_spelling",
    "split",
    "strip_diacritics",
    "swap_iy",
    "tone_of",
    "toneless",
]

#: where the tone of oa, oe, uy stands: hòa, thúy (old) or hoà, thuý (new); both are legal
Style = Literal["old", "new"]

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

#: all vowel letters, without tone
VOWELS = "aăâeêioôơuưy"
_TONELESS = {
    ord(unicodedata.normalize("NFC", vowel + mark)): vowel
    for vowel in VOWELS + VOWELS.upper()
    for mark in TONES.values()
}
#: p stands at the beginning of borrowed words only
_ONSETS = re.findall(r"\w+", "b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x")
#: vowels and last consonants that occur together
_RIMES = frozenset(
    re.findall(
        r"\w+",
        """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oong oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u uc ui um un ung up ut ua uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu""",
    )
)
_PARTS = re.compile(
    rf"(gi(?=[{VOWELS}])|qu(?=[{VOWELS}])|[^\W\d_{VOWELS}]*)([{VOWELS}]+)([^\W\d_]*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


class Syllable(NamedTuple):
    """The parts of a syllable; the parts keep their capitals.

    The u of qu and the i of gi before a vowel belong to the onset, all other vowels to the
    nucleus. `tone` is a key of `TONES`, None for the level tone (ngang).
    """

    onset: str
    nucleus: str
    coda: str
    tone: str | None


def nfc(text: str) -> str:
    """Return the text with every letter as one character, as keyboards type it."""
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    """Return the text with every letter in pieces, as macOS and some forms export it."""
    return unicodedata.normalize("NFD", text)


@cache
def tone_of(syllable: str) -> str | None:
    """Return the tone's name, None for the level tone (ngang).

    Examples
    --------
    >>> tone_of("Nguyễn"), tone_of("Lan")
    ('ngã', None)
    """
    found = (_BY_MARK.get(char) for char in nfd(syllable))
    return next((tone for tone in found if tone), None)


def toneless(text: str) -> str:
    """Return the text without tones on vowels; breve, circumflex, horn and đ stay.

    Examples
    --------
    >>> toneless("Nguyễn")
    'Nguyên'
    """
    return nfc(text).translate(_TONELESS)


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

    return nfc(_LETTER.sub(retone, nfd(syllable)))


def strip_diacritics(text: str) -> str:
    """Return the text without any marks, as typed on a telephone without Vietnamese keys.

    Examples
    --------
    >>> strip_diacritics("Đặng Thị Bích Hường")
    'Dang Thi Bich Huong'
    """
    apart = nfd(text.translate(_D))
    return "".join(char for char in apart if not unicodedata.combining(char))


def split(word: str) -> Syllable | None:
    """Return the parts of any word with one run of vowels first, Vietnamese or not."""
    parts = _PARTS.fullmatch(toneless(word))
    return Syllable(parts[1], parts[2], parts[3], tone_of(word)) if parts else None


def _spelt(onset: str, nucleus: str, coda: str) -> bool:
    """Tell whether the spelling allows these parts together (lower case)."""
    rime = nucleus + coda
    if onset in ("qu", "gi"):  # quyên is q + uyên, giêng is g + iêng
        return rime in _RIMES or onset[-1] + rime in _RIMES
    if rime not in _RIMES or (onset and onset not in _ONSETS):
        return False
    if onset and nucleus == "yê":  # yên alone, iên after a consonant
        return False
    front = nucleus[0] in "eêiy"
    if onset in ("c", "g", "ng"):
        return not front or (onset, nucleus) == ("g", "i")
    return front or onset not in ("k", "gh", "ngh")


@lru_cache(maxsize=1 << 16)
def decompose(syllable: str) -> Syllable | None:
    """Take a Vietnamese syllable apart.

    The tone may stand on any letter: "Qúy", a mistake that occurs, has the parts of "Quý".

    Parameters
    ----------
    syllable : str
        One word, NFC or NFD, any case.

    Returns
    -------
    Syllable or None
        None where the word is no Vietnamese syllable: letters that do not go together,
        or a last c, ch, p, t without sắc or nặng ("Phat"), or two tones.

    Examples
    --------
    >>> decompose("Nguyễn")
    Syllable(onset='Ng', nucleus='uyê', coda='n', tone='ngã')
    >>> decompose("Krông") is None
    True
    """
    parts = split(syllable)
    if not parts or _tones(syllable) != (parts.tone is not None):
        return None
    onset, nucleus, coda = (part.lower() for part in parts[:3])
    stopped = coda in ("c", "ch", "p", "t") and parts.tone not in ("sắc", "nặng")
    return parts if _spelt(onset, nucleus, coda) and not stopped else None


def _tones(word: str) -> int:
    """Return how many vowels carry a tone."""
    return sum(a != b for a, b in zip(nfc(word), toneless(word), strict=True))


def compose(syllable: Syllable, style: Style = "old") -> str:
    """Put a syllable together, the tone where the convention wants it.

    Parameters
    ----------
    syllable : Syllable
        The parts; also those of a word that is not Vietnamese.
    style : {"old", "new"}
        hòa, khỏe, thúy (old) or hoà, khoẻ, thuý (new: Bộ Giáo dục 1984); else the same.

    Returns
    -------
    str
        NFC.

    Examples
    --------
    >>> parts = decompose("Thúy")
    >>> compose(parts), compose(parts, "new")
    ('Thúy', 'Thuý')
    """
    onset, nucleus, coda, tone = syllable
    at = _tone_place(nucleus.lower(), coda, style) + 1
    return nfc(onset + nucleus[:at] + (TONES[tone] if tone else "") + nucleus[at:] + coda)


def _tone_place(nucleus: str, coda: str, style: Style) -> int:
    marked = [i for i, vowel in enumerate(nucleus) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]  # ơ of ươ
    if coda or len(nucleus) == 1:
        return len(nucleus) - 1
    second = len(nucleus) > 2 or (style == "new" and nucleus in ("oa", "oe", "uy"))
    return 1 if second else 0


def place_tone(text: str, style: Style = "old") -> str:
    """Return the text with every tone where one convention wants it.

    Words that are not Vietnamese syllables stay as they are.

    Examples
    --------
    >>> place_tone("Qúy Hoà Krông"), place_tone("Thúy Hòa", "new")
    ('Quý Hòa Krông', 'Thuý Hoà')
    """
    return _WORD.sub(lambda word: _placed(word[0], style), nfc(text))


@lru_cache(maxsize=10_000)
def _placed(word: str, style: Style) -> str:
    parts = decompose(word)
    return compose(parts, style) if parts else word


def swap_iy(syllable: str) -> str:
    """Return the other legal spelling with a last i or y: Lý and Lí, Vy and Vi.

    Legal after h, k, l, m, s, t, v, qu; any other word comes back as it is.

    Examples
    --------
    >>> swap_iy("Mỹ"), swap_iy("Quí"), swap_iy("Thủy")
    ('Mĩ', 'Quý', 'Thủy')
    """
    parts = decompose(syllable)
    swap = str.maketrans("iyIY", "yiYI")
    if not parts or parts.coda or parts.nucleus.lower() not in ("i", "y"):
        return syllable
    if parts.onset.lower() not in ("h", "k", "l", "m", "s", "t", "v", "qu"):
        return syllable
    return compose(parts._replace(nucleus=parts.nucleus.translate(swap)))


def same_spelling(a: str, b: str, *, i_y: bool = False) -> bool:
    """Tell whether two texts differ in no more than what the spelling rules leave open.

    Parameters
    ----------
    a, b : str
        Names or other text.
    i_y : bool, optional
        Whether Lý and Lí, Vy and Vi count as the same too; two people may well differ in this.

    Returns
    -------
    bool
        Equal but for the place of the tone (hòa, hoà), case, spaces and NFC or NFD.

    Examples
    --------
    >>> same_spelling("Nguyễn Thị Thúy", " nguyễn thị THUÝ")
    True
    >>> same_spelling("Lý Vy", "Lí Vi"), same_spelling("Lý Vy", "Lí Vi", i_y=True)
    (False, True)
    """
    return a == b or _plain(a, i_y) == _plain(b, i_y)


def _plain(text: str, i_y: bool) -> list[str]:
    words = place_tone(nfc(text).casefold()).split()
    return [min(word, swap_iy(word)) if i_y else word for word in words]


@cache
def every_syllable() -> frozenset[str]:
    """Return every syllable the spelling rules allow, lower case and without tone.

    Some are not in use; those that end in c, ch, p, t need a tone to be complete.
    """
    written = (split(onset + rime) for onset in ("", "q", *_ONSETS) for rime in _RIMES)
    return frozenset("".join(s[:3]) for s in written if s and _spelt(*s[:3]))
