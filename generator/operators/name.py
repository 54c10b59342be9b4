"""Mistakes in a name: misheard, mistyped, misread from handwriting (E10).

A changed name is always another name: legal variants of spelling (hòa and hoà) are not made.
"""

from __future__ import annotations

import unicodedata
from functools import cache

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
    merged = [i for i, s in enumerate(syllables) if tone_of(s) in ("hỏi", "ngã")]
    marked = merged or [i for i, s in enumerate(syllables) if tone_of(s)]
    if not marked:
        return None
    i = marked[int(u * len(marked))]
    if merged:
        tone = {"hỏi": "ngã", "ngã": "hỏi"}[str(tone_of(syllables[i]))]
    else:
        others = [tone for tone in TONES if tone != tone_of(syllables[i])]
        tone = others[int(v * len(others))]
    syllables[i] = change_tone(syllables[i], tone)
    return " ".join(syllables)


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
    return f"{rest} {found[int(u * len(found))]}" if found and rest else None


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
    vowels = [(i, *_vowel(char)) for i, char in enumerate(full_name) if _alone(full_name, i)]
    if not vowels:
        return None
    i, family, vowel, tone = vowels[int(u * len(vowels))]
    others = [other for other in family if other != vowel.lower()]
    other = others[int(v * len(others))]
    other = other.upper() if vowel.isupper() else other
    return full_name[:i] + nfc(other + tone) + full_name[i + 1 :]


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
