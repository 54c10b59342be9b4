"""Vietnamese text: syllables, keyboards, old fonts and code pages, and what damage looks like.

Standard library only; every room may import it. The parts:

=============  ==================================================================
`syllables`    take a syllable apart and put it together, place tones, compare
`keyboards`    Telex and VNI: the keys pressed, and what the input method makes of them
`encodings`    TCVN3, VNI-Windows, Windows-1258, UTF-8 misread, ANSI save, passports
`damage`       which of these a text has suffered
=============  ==================================================================
"""

from __future__ import annotations

from generator.vietnamese.damage import Damage, classify_damage
from generator.vietnamese.encodings import (
    LETTERS,
    from_cp1258,
    from_tcvn3,
    from_vni_windows,
    icao,
    misread_utf8,
    save_as_ansi,
    to_cp1258,
    to_tcvn3,
    to_vni_windows,
    undo_misread_utf8,
)
from generator.vietnamese.keyboards import from_telex, from_vni, to_telex, to_vni
from generator.vietnamese.syllables import (
    TONES,
    Syllable,
    change_tone,
    compose,
    decompose,
    every_syllable,
    nfc,
    nfd,
    place_tone,
    same_spelling,
    strip_diacritics,
    swap_iy,
    tone_of,
    toneless,
)

__all__ = [
    "LETTERS",
    "TONES",
    "Damage",
    "Syllable",
    "change_tone",
    "classify_damage",
    "compose",
    "decompose",
    "every_syllable",
    "from_cp1258",
    "from_tcvn3",
    "from_telex",
    "from_vni",
    "from_vni_windows",
    "icao",
    "misread_utf8",
    "nfc",
    "nfd",
    "place_tone",
    "same_spelling",
    "save_as_ansi",
    "strip_diacritics",
    "swap_iy",
    "to_cp1258",
    "to_tcvn3",
    "to_telex",
    "to_vni",
    "to_vni_windows",
    "tone_of",
    "toneless",
    "undo_misread_utf8",
]
