import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.operators import identity_number, name, status
from generator.vietnamese import nfc, strip_diacritics

DRAW = st.floats(0, 1, exclude_max=True)
NUMBERS = st.from_regex(r"\A(\d{9}|\d{12})\Z").filter(str.isascii)
NAMES = st.sampled_from(
    ["Nguyễn Thị Thủy", "Võ Văn Sang", "Trần Lan", "Lê Quốc Trinh", "Đỗ Mỹ Anh", "Huỳnh Ngọc Hân"]
)


@pytest.mark.parametrize(
    "operator",
    [identity_number.drop_digit, identity_number.repeat_digit, identity_number.type_letter],
)
@given(number=NUMBERS, u=DRAW, v=DRAW)
def test_malforming_operators_leave_no_well_formed_number(operator, number, u, v):
    """After E02 the cell holds neither 9 nor 12 digits."""
    typed = operator(number, u, v)

    assert typed is None or not re.fullmatch(r"\d{9}|\d{12}", typed)


@given(number=NUMBERS, u=DRAW, v=DRAW)
def test_drop_digit_keeps_the_first(number, u, v):
    """A lost leading zero is another error, E03."""
    typed = identity_number.drop_digit(number, u, v)

    assert typed[0] == number[0]
    assert len(typed) == len(number) - 1


@pytest.mark.parametrize(
    "operator",
    [
        identity_number.leave_blank,
        identity_number.drop_digit,
        identity_number.repeat_digit,
        identity_number.type_letter,
    ],
)
def test_number_operators_on_an_empty_cell_do_not_apply(operator):
    """An empty cell cannot be emptied or mistyped."""
    assert operator("", 0.5, 0.5) is None


def test_type_letter_without_a_look_alike_does_not_apply():
    """No digit of this number looks like a letter."""
    assert identity_number.type_letter("234679234", 0.5, 0.5) is None


@pytest.mark.parametrize(
    "operator", [name.mishear_tone, name.confuse_consonant, name.misread_vowel]
)
@given(full_name=NAMES, u=DRAW, v=DRAW)
def test_name_operators_give_another_name_in_nfc(operator, full_name, u, v):
    """A mistyped name differs from the right one and is composed text; the surname stays a word."""
    typed = operator(full_name, u, v)

    if typed is not None:
        assert typed != full_name
        assert typed == nfc(typed)
        assert len(typed.split()) == len(full_name.split())


@given(full_name=NAMES, u=DRAW, v=DRAW)
def test_mishear_tone_changes_marks_only(full_name, u, v):
    """The letters under the tone marks stay."""
    typed = name.mishear_tone(full_name, u, v)

    assert typed is None or strip_diacritics(typed) == strip_diacritics(full_name)


@pytest.mark.parametrize(
    ("right", "u", "typed"),
    [
        ("Lê Thị Trinh", 0.0, "Lê Thị Chinh"),
        ("Lê Văn Sang", 0.0, "Lê Văn Xang"),
        ("Lê Văn Sang", 0.9, "Lê Văn San"),
        ("Lê Văn Phát", 0.0, "Lê Văn Phác"),
        ("Lê Ngọc Khanh", 0.0, None),
    ],
)
def test_confuse_consonant_swaps_what_sounds_alike(right, u, typed):
    """Ch and tr, s and x, final n and ng, t and c are confused; kh and nh are letters of their own."""
    assert name.confuse_consonant(right, u, 0.0) == typed


def test_misread_vowel_leaves_diphthongs_alone():
    """A mark is misread only on a vowel that stands alone: nobody writes Đàô for Đào."""
    assert name.misread_vowel("Đào", 0.5, 0.5) is None


def test_name_operators_without_a_place_do_not_apply():
    """Where nothing can be misheard, nothing is changed silently."""
    assert name.mishear_tone("Lan", 0.5, 0.5) is None
    assert name.confuse_consonant("Hy", 0.5, 0.5) is None


@pytest.mark.parametrize(("shown", "stale"), [("Đúng", "Sai"), ("Sai", None), ("Chưa gửi", None)])
def test_stay_wrong_strikes_right_records_only(shown, stale):
    """Only a record that deserves Đúng can be stale."""
    assert status.stay_wrong(shown, 0.0, 0.0) == stale
