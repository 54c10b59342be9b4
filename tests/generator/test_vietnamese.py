import re
import unicodedata

import bogo
import pytest
from hypothesis import given
from hypothesis import strategies as st
from viet_text_tools import normalize_diacritics

from generator import facts
from generator.vietnamese import (
    LETTERS,
    TONES,
    Syllable,
    change_tone,
    compose,
    decompose,
    every_syllable,
    from_telex,
    from_vni,
    nfc,
    nfd,
    place_tone,
    same_spelling,
    strip_diacritics,
    swap_iy,
    to_telex,
    to_vni,
    tone_of,
    toneless,
)

TABLES = (
    ("surnames", "surname"),
    ("given_names", "given"),
    ("given_names_khmer", "given"),
    ("middle_names", "middle"),
    ("hcmc_units_2022", "ward_name"),
    ("hcmc_units_2022", "district_name"),
    ("streets_core", "street"),
)
#: every different word of names, wards and streets
WORDS = sorted(
    {
        word
        for table, column in TABLES
        for text in facts.column(table, column)
        for word in re.findall(r"[^\W\d_]+", text)
    }
)
#: words of these tables that are no Vietnamese syllables, and why
NOT_NATIVE = {
    "Abdol": "Chăm, from Arabic",
    "Abdul": "Chăm, from Arabic",
    "Ali": "Chăm, from Arabic",
    "Dol": "Chăm, from Arabic",
    "Ibrohim": "Chăm, from Arabic",
    "Mohamad": "Chăm, from Arabic",
    "Sales": "Chăm, from Arabic",
    "Ysa": "Chăm, from Arabic",
    "Neang": "Khmer: e before a",
    "Néang": "Khmer: e before a",
    "Kao": "Khmer place name: k before a",
    "Pasteur": "French",
    "B": "a letter (Bình Hưng Hòa B)",
}
#: of these, what the input method would change: their letters are Telex keys
EATEN_BY_TELEX = {"Ibrohim", "Pasteur", "Sales", "Ysa"}
#: of these, where the tone does not stand where a Vietnamese syllable would have it
TONE_ELSEWHERE = {"Néang"}
NATIVE = [word for word in WORDS if word not in NOT_NATIVE]
TABLE = facts.table("vn_char_table")


#: every syllable that the spelling rules allow, with every tone it can have
ALL = sorted(
    syllable
    for base in every_syllable()
    for tone in ("", *TONES.values())
    # any vowel will do: place_tone finds the right one
    if decompose(syllable := place_tone(re.sub("([aăâeêioôơuưy]+)", rf"\1{tone}", base)))
)
#: no such word carries a tone (khuya), so nobody knows where it would stand
NEVER_TONED = {s for s in ALL if tone_of(s) and toneless(s).endswith("uya")}


# ---- syllables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tone", TONES)
def test_change_tone_on_all_syllables_gives_that_tone_and_back(tone):
    """Changing a tone and changing it back is no change, on every syllable of the name tables."""
    for syllable in WORDS:
        own = tone_of(syllable)
        changed = change_tone(syllable, tone)

        assert changed == nfc(changed)
        assert tone_of(changed) == (tone if own else None)
        assert change_tone(changed, own or tone) == nfc(syllable)


def test_strip_diacritics_of_all_syllables_is_ascii():
    """Nothing but plain letters is left of any name."""
    assert all(strip_diacritics(syllable).isascii() for syllable in WORDS)


def test_strip_diacritics_agrees_with_the_character_table():
    """Every accented letter becomes what the independent table says."""
    for row in TABLE:
        assert strip_diacritics(row["char"]) == row["stripped"]


@pytest.mark.parametrize("look_alike", ["\u00d0", "\u0110"])
def test_strip_diacritics_takes_both_letters_for_d(look_alike):
    """The look-alike Ð (eth) that occurs in real data becomes D like Đ."""
    assert strip_diacritics(f"{look_alike}ức") == "Duc"


def test_nfc_of_decomposed_text_is_composed():
    """Letters in pieces, as some telephones send them, become whole."""
    assert nfc(unicodedata.normalize("NFD", "Nguyễn Thị Lựu")) == "Nguyễn Thị Lựu"


def test_decompose_exceptions_of_the_tables():
    """Exactly the listed words of names, wards and streets are no Vietnamese syllables."""
    assert [word for word in WORDS if not decompose(word)] == sorted(NOT_NATIVE)


def test_compose_undoes_decompose_of_the_tables():
    """Each syllable comes back from its parts, in the style in which it was written."""
    for word in NATIVE:
        for form in (word, word.upper(), word.lower(), nfd(word)):
            parts = decompose(form)
            assert nfc(form) in (compose(parts), compose(parts, "new"))
            assert decompose(compose(parts)) == decompose(compose(parts, "new")) == parts


def test_compose_undoes_decompose_of_all_syllables():
    """The same holds for whatever the spelling rules allow, in both styles."""
    assert len(ALL) > 15_000
    for syllable in ALL:
        assert compose(decompose(syllable)) == syllable
        assert decompose(place_tone(syllable, "new")) == decompose(syllable)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Quý", ("Qu", "y", "", "sắc")),
        ("gìn", ("g", "i", "n", "huyền")),
        ("Giếng", ("Gi", "ê", "ng", "sắc")),
        ("KHUỶU", ("KH", "UYU", "", "hỏi")),
        ("Ỷ", ("", "Y", "", "hỏi")),
        ("Đường", ("Đ", "ươ", "ng", "huyền")),
        ("Voòng", ("V", "oo", "ng", "huyền")),
    ],
)
def test_decompose_difficult_syllables(word, parts):
    """The u of qu and the i of gi are part of the onset; capitals stay."""
    assert decompose(word) == Syllable(*parts)


@pytest.mark.parametrize("word", ["", "3", "Phat", "Krông", "Kao", "ngi", "Nguyen", "tóán", "Ñan"])
def test_decompose_of_no_syllable(word):
    """What the spelling rules do not allow has no parts."""
    assert decompose(word) is None


@pytest.mark.parametrize(("style", "new"), [("old", False), ("new", True)])
def test_place_tone_agrees_with_viet_text_tools(style, new):
    """An independent library places all tones of the tables and of all syllables alike."""
    for word in (set(WORDS) | set(ALL)) - TONE_ELSEWHERE - NEVER_TONED:
        assert normalize_diacritics(word, new_style=new) == place_tone(word, style)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Hoà Thuý Khoẻ", "Hòa Thúy Khỏe", "Hoà Thuý Khoẻ"),
        ("Qúy qùynh gìêng", "Quý quỳnh giềng", "Quý quỳnh giềng"),
        ("Đắk Lắk, Voòng, Néang", "Đắk Lắk, Voòng, Néang", "Đắk Lắk, Voòng, Néang"),
    ],
)
def test_place_tone_styles_mistakes_and_strangers(text, old, new):
    """Legal variants and mistakes are rewritten, words of other languages are not."""
    assert (place_tone(text), place_tone(text, "new")) == (old, new)


def test_swap_iy_twice_is_no_change():
    """The other spelling of the other spelling is the first, and means the same."""
    for word in map(place_tone, NATIVE):
        assert swap_iy(swap_iy(word)) == word
        assert same_spelling(word, swap_iy(word), i_y=True)


def test_same_spelling_of_no_two_different_syllables():
    """Two syllables are the same only if they have the same parts."""
    seen = {}
    for word in NATIVE:
        parts = Syllable(*(part and part.lower() for part in decompose(word)))
        assert same_spelling(word, seen.setdefault(parts, word))
    firsts = list(seen.values())
    assert not any(same_spelling(a, b) for i, a in enumerate(firsts) for b in firsts[:i])


@pytest.mark.parametrize(
    ("a", "b"), [("Hòa", "Hóa"), ("Võ Lan", "VõLan"), ("Đức", "Dức"), ("Thúy", "Thuy"), ("", "An")]
)
def test_same_spelling_of_different_names(a, b):
    """A tone, a letter or a word less is another name."""
    assert not same_spelling(a, b, i_y=True)


@given(st.text(), st.text())
def test_same_spelling_of_any_text(a, b):
    """Every text is the same as itself, and two texts are the same both ways round or not."""
    assert same_spelling(a, f" {a}\n", i_y=True)
    assert same_spelling(a, b) == same_spelling(b, a)


# ---- keyboards -----------------------------------------------------------------------------------


def test_keyboards_agree_with_the_character_table():
    """The keys of all 134 letters are those of the table, and give the letter back."""
    assert {row["char"] for row in TABLE} == LETTERS
    for row in TABLE:
        assert (to_telex(row["char"]), to_vni(row["char"])) == (row["telex"], row["vni_keys"])
        assert from_telex(row["telex"]) == from_vni(row["vni_keys"]) == row["char"]


@pytest.mark.parametrize("tone_key", ["word", "vowel"])
def test_keyboards_round_trip(tone_key):
    """Every word of the tables comes back from its keys, in capitals too, but the listed ones."""
    for word in set(WORDS) - TONE_ELSEWHERE:
        for form in (word, word.upper()):
            assert from_vni(to_vni(form, tone_key)) == place_tone(form)
            back = from_telex(to_telex(form, tone_key))
            assert (back == place_tone(form)) == (word not in EATEN_BY_TELEX)


@pytest.mark.parametrize("tone_key", ["word", "vowel"])
def test_keyboards_round_trip_of_all_syllables(tone_key):
    """The same holds for whatever the spelling rules allow."""
    for syllable in ALL:
        assert from_telex(to_telex(syllable, tone_key)) == syllable
        assert from_vni(to_vni(syllable, tone_key)) == syllable


@pytest.mark.parametrize("tone_key", ["word", "vowel"])
def test_keyboards_agree_with_bogo(tone_key):
    """An independent input method makes the same of the keys of all native words."""
    vni = bogo.get_vni_definition()
    # its uow is ươ even at the end of a word, but in thuở; quyu is no word
    other = {s for s in ALL if re.fullmatch(".*uơ|quyu", toneless(s))}
    for word in (set(ALL) - NEVER_TONED - other) | {*map(place_tone, NATIVE)}:
        assert bogo.process_sequence(to_telex(word, tone_key)) == word
        assert bogo.process_sequence(to_vni(word, tone_key), rules=vni) == word


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Nguyênx DDUWCS", "Nguyễn ĐỨC"),
        ("Huongwf thuowr Quowis muaw", "Hường thuở Quới mưa"),
        ("thuyss Thuysz Thuysf", "thuys Thuy Thùy"),
        ("Vooongf Thachj", "Voòng Thạch"),
    ],
)
def test_from_telex_as_clerks_type(keys, text):
    """Half-converted words, late keys, doubled, cleared and corrected tone keys."""
    assert from_telex(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Nguyen64 d9uc71", "Nguyễn đức"),
        ("Huong72, Quận 3, lô B12", "Hường, Quận 3, lô B12"),
        ("Thuy11 Thuy10 Thuy12", "Thuy1 Thuy Thùy"),
    ],
)
def test_from_vni_as_clerks_type(keys, text):
    """Late keys, numbers that are numbers, doubled, cleared and corrected tone keys."""
    assert from_vni(keys) == text


@given(st.text())
def test_keyboards_of_any_text(text):
    """No text is too strange; what is no word stays as it is."""
    gaps = re.sub(r"[^\W_]+", "", nfc(text))
    for made in (to_telex(text), to_vni(text), from_telex(text), from_vni(text)):
        assert re.sub(r"[^\W_]+", "", made) == gaps
