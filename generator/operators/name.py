"""Mistakes in a name: misheard, mistyped, misread from handwriting (E10).

A changed name is always another name: legal variants of spelling (hòa and hoà) are not made.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from generator.operators.record import Record
from generator.vietnamese import TONES, change_tone, nfc, strip_diacritics, tone_of

__all__ = ["confuse_consonant", "mishear_tone", "misread_vowel"]

#: pairs of first consonants that merge in speech (text_errors.csv: ch/tr, s/x, n/l, d/v)
FIRST = {"Ch": "Tr", "Tr": "Ch", "S": "X", "X": "S", "N": "L", "L": "N", "V": "D", "D": "V"}
#: pairs of last consonants that merge in the south (text_errors.csv: -n/-ng, -t/-c)
LAST = {"n": "ng", "ng": "n", "t": "c", "c": "t"}
#: vowels that differ by a mark only
FAMILIES = ("aăâ", "oôơ", "uư", "eê")
#: no swap here: gh, kh, ng, nh, ph, qu, th are letters of their own
NOT_ALONE = ("Ng", "Nh", "nh", "ch")
#: tones that merge in speech (text_errors.csv: dấu hỏi/ngã)
MERGED = {"hỏi": "ngã", "ngã": "hỏi"}


def mishear_tone(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Write hỏi for ngã or ngã for hỏi, or another tone where there is neither.

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        `u` chooses the syllable, `v` the new tone.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where no syllable has a tone mark.

    Examples
    --------
    >>> mishear_tone("Nguyễn Văn An", 0.0, 0.0, {})
    'Nguyển Văn An'
    """
    del record
    syllables = full_name.split()
    merged = [(i, heard) for i, s in enumerate(syllables) if (heard := _merged(s))]
    found = merged or [(i, heard) for i, s in enumerate(syllables) if (heard := _other_tones(s))]
    if not found:
        return None
    i, heard = found[int(u * len(found))]
    syllables[i] = heard[int(v * len(heard))]
    return " ".join(syllables)


@lru_cache(maxsize=1 << 16)  # names are made of few different words
def _merged(syllable: str) -> tuple[str, ...]:
    """Return the syllable with ngã for hỏi or hỏi for ngã; nothing where it has neither."""
    tone = MERGED.get(tone_of(syllable) or "")
    return (change_tone(syllable, tone),) if tone else ()


@lru_cache(maxsize=1 << 16)
def _other_tones(syllable: str) -> tuple[str, ...]:
    """Return the syllable with every other tone mark; nothing where it has none."""
    tone = tone_of(syllable)
    return tuple(change_tone(syllable, other) for other in TONES if other != tone) if tone else ()


def confuse_consonant(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Write a consonant for another that sounds like it, in the given name.

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        `u` chooses among the possible confusions; `v` is unused.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where the given name has no such consonant.

    Examples
    --------
    >>> confuse_consonant("Lê Thị Trinh", 0.0, 0.0, {})
    'Lê Thị Chinh'
    """
    del v, record
    rest, _, given = full_name.rpartition(" ")
    found = _sound_alikes(given)
    return f"{rest} {found[int(u * len(found))]}" if found and rest else None


@lru_cache(maxsize=1 << 16)
def _sound_alikes(given: str) -> tuple[str, ...]:
    """Return the given name with its first consonant confused, then with its last."""
    found = [
        right + given[len(wrong) :]
        for wrong, right in FIRST.items()
        if given.startswith(wrong) and not given.startswith(NOT_ALONE)
    ]
    found += [
        given[: -len(wrong)] + right
        for wrong, right in LAST.items()
        if given.endswith(wrong) and not given.endswith((*NOT_ALONE, *_longer(wrong)))
    ]
    return tuple(found)


def _longer(ending: str) -> tuple[str, ...]:
    return tuple(other for other in LAST if other != ending and other.endswith(ending))


def misread_vowel(full_name: str, u: float, v: float, record: Record) -> str | None:
    """Read the mark of a vowel that stands alone wrongly, as ô for ơ.

    Parameters
    ----------
    full_name : str
        The right name, surname first.
    u, v : float
        `u` chooses the vowel, `v` the other mark.
    record : Record
        The other cells of the record; unused here.

    Returns
    -------
    str or None
        What was typed; None where no vowel has a neighbour.

    Examples
    --------
    >>> misread_vowel("Lê Thị Thơm", 0.99, 0.0, {})
    'Lê Thị Thom'
    """
    del record
    words = full_name.split(" ")
    found = [(i, read) for i, word in enumerate(words) for read in _misreadings(word)]
    if not found:
        return None
    i, read = found[int(u * len(found))]
    words[i] = read[int(v * len(read))]
    return " ".join(words)


@lru_cache(maxsize=1 << 16)
def _misreadings(word: str) -> tuple[tuple[str, ...], ...]:
    """Return for each lone vowel of a word what the word becomes with its other marks."""
    return tuple(
        tuple(word[:i] + letter + word[i + 1 :] for letter in _other_marks(char))
        for i, char in enumerate(word)
        if _alone(word, i)
    )


def _other_marks(char: str) -> list[str]:
    family, vowel, tone = _vowel(char)
    others = [other for other in family if other != vowel.lower()]
    return [nfc((other.upper() if vowel.isupper() else other) + tone) for other in others]


def _alone(text: str, i: int) -> bool:
    """Tell whether a vowel with a family stands between consonants or ends."""
    near = text[max(i - 1, 0) : i] + text[i + 1 : i + 2]
    return bool(_vowel(text[i])[0]) and not any(map(_is_vowel, near))


@cache
def _is_vowel(char: str) -> bool:
    return strip_diacritics(char).lower() in "aeiouy"


@cache
def _vowel(char: str) -> tuple[str, str, str]:
    """Return the family, the letter without tone, and the tone mark; "" for no vowel."""
    apart = unicodedata.normalize("NFD", char)
    tone = "".join(c for c in apart if c in TONES.values())
    vowel = nfc("".join(c for c in apart if c not in TONES.values()))
    family = next((f for f in FAMILIES if vowel.lower() in f), "")
    return family, vowel, tone
