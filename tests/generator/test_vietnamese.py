import unicodedata

import pytest

from generator import facts
from generator.vietnamese import TONES, change_tone, nfc, strip_diacritics, tone_of

SYLLABLES = sorted(
    {
        syllable
        for table, column in (
            ("surnames", "surname"),
            ("given_names", "given"),
            ("middle_names", "middle"),
        )
        for name in facts.column(table, column)
        for syllable in name.split()
    }
)


@pytest.mark.parametrize("tone", TONES)
def test_change_tone_on_all_syllables_gives_that_tone_and_back(tone):
    """Changing a tone and changing it back is no change, on every syllable of the name tables."""
    for syllable in SYLLABLES:
        own = tone_of(syllable)
        changed = change_tone(syllable, tone)

        assert changed == nfc(changed)
        assert tone_of(changed) == (tone if own else None)
        assert change_tone(changed, own or tone) == nfc(syllable)


def test_strip_diacritics_of_all_syllables_is_ascii():
    """Nothing but plain letters is left of any name."""
    assert all(strip_diacritics(syllable).isascii() for syllable in SYLLABLES)


def test_strip_diacritics_agrees_with_the_character_table():
    """Every accented letter becomes what the independent table says."""
    for row in facts.table("vn_char_table"):
        assert strip_diacritics(row["char"]) == row["stripped"]


@pytest.mark.parametrize("look_alike", ["\u00d0", "\u0110"])
def test_strip_diacritics_takes_both_letters_for_d(look_alike):
    """The look-alike Ð (eth) that occurs in real data becomes D like Đ."""
    assert strip_diacritics(f"{look_alike}ức") == "Duc"


def test_nfc_of_decomposed_text_is_composed():
    """Letters in pieces, as some telephones send them, become whole."""
    assert nfc(unicodedata.normalize("NFD", "Nguyễn Thị Lựu")) == "Nguyễn Thị Lựu"
