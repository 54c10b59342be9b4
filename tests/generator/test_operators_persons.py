import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.operators import birth_date, contact, full_name, identity_number, old_fonts, status
from generator.places import wards
from generator.vietnamese import (
    LETTERS,
    from_tcvn3,
    from_telex,
    from_vni_windows,
    nfc,
    strip_diacritics,
)

DRAW = st.floats(0, 1, exclude_max=True)
CCCD = st.integers(0, 4 * 10**8 - 1).map(lambda rest: f"079{rest:09}")
NAMES = st.sampled_from(
    ["Nguyễn Thị Thủy", "Võ Văn Sang", "Đỗ Mỹ Anh", "Huỳnh Ngọc Bé", "Lương Ưng Tí", "Trương Út"]
)
SEXES = st.sampled_from(["Nam", "Nữ"])


@pytest.mark.parametrize(
    ("operator", "source"),
    [
        (identity_number.type_former_card, "so_cmnd_cu"),
        (identity_number.type_heads_number, "so_chu_ho"),
        (contact.give_shared_phone, "dien_thoai_nhom"),
    ],
)
@pytest.mark.parametrize(
    ("known", "typed"), [("025999901", "025999901"), ("", None), ("079085999901", None)]
)
def test_operators_that_copy_a_number_never_copy_the_same(operator, source, known, typed):
    """The other number is what is typed; where there is none, or it is the same, nothing is."""
    assert operator("079085999901", 0.5, 0.5, {source: known}) == typed


@given(number=CCCD, u=DRAW, v=DRAW)
def test_type_passport_is_that_of_a_citizen(number, u, v):
    """A Vietnamese passport is C and seven digits; foreigners' have eight (E72)."""
    typed = identity_number.type_passport(number, u, v, {})

    assert re.fullmatch("C[0-9]{7}", typed)


@pytest.mark.parametrize("number", ["", "025999901", "M12345678", "07908599990O"])
def test_type_passport_takes_the_place_of_a_cccd_only(number):
    """Nine digits, a foreigner's passport and an empty cell are left alone."""
    assert identity_number.type_passport(number, 0.5, 0.5, {}) is None


@given(right=NAMES, u=DRAW, v=DRAW, sex=SEXES)
def test_take_rustic_name_keeps_the_family(right, u, v, sex):
    """All words stay but the last, which is another one of the sex's list (E17)."""
    typed = full_name.take_rustic_name(right, u, v, {"gioi_tinh": sex})

    assert typed.split()[:-1] == right.split()[:-1]
    assert typed.split()[-1] in set(full_name.RUSTIC_NAMES[sex]) - {right.split()[-1]}


@pytest.mark.parametrize("sex", ["Nam", "Nữ"])
def test_rustic_names_are_composed_and_different(sex):
    """A list that repeats a name would weigh it twice; the register holds NFC."""
    names = full_name.RUSTIC_NAMES[sex]

    assert len(set(names)) == len(names)
    assert all(name == nfc(name) for name in names)


@pytest.mark.parametrize(
    ("right", "typed"),
    [("Nguyễn Thị Sáu", "Sáu"), ("Y Khoa Niê", "Niê"), ("Sáu", None), ("", None)],
)
def test_give_short_name_is_the_last_word(right, typed):
    """Of somebody without papers the given name is known, no more (E73)."""
    assert full_name.give_short_name(right, 0.5, 0.5, {}) == typed


@given(right=NAMES, u=DRAW, v=DRAW)
def test_leave_telex_is_undone_by_pressing_the_keys(right, u, v):
    """Nothing but keys stands there, and they make the right name (E22)."""
    typed = old_fonts.leave_telex(right, u, v, {})

    assert typed.isascii()
    assert from_telex(typed) == right


@pytest.mark.parametrize(("u", "typed"), [(0.0, "Nguyeenx"), (0.9, "Nguyeexn")])
def test_leave_telex_knows_both_habits(u, typed):
    """The tone key comes last in the word, or right after its vowel."""
    assert old_fonts.leave_telex("Nguyễn", u, 0.0, {}) == typed


@given(right=NAMES, u=DRAW, v=DRAW)
def test_old_fonts_are_undone_by_their_tables(right, u, v):
    """The text in the font is another, and the right name but for lost capitals (E22)."""
    tcvn3 = old_fonts.leave_tcvn3(right, u, v, {})
    vni = old_fonts.leave_vni(right, u, v, {})

    assert right not in (tcvn3, vni)
    assert from_tcvn3(tcvn3).casefold() == right.casefold()
    assert from_vni_windows(vni) == right


@pytest.mark.parametrize(
    "operator", [old_fonts.leave_telex, old_fonts.leave_tcvn3, old_fonts.leave_vni]
)
def test_old_fonts_leave_no_control_characters(operator):
    """Every letter with a mark becomes text that xlsx and CSV carry: no C0, no C1, no new line."""
    for letter in sorted(LETTERS):
        typed = operator(f"Ậ{letter}", 0.0, 0.0, {})

        assert not {unicodedata.category(char) for char in typed} & {"Cc", "Cs", "Co", "Zl", "Zp"}
        assert len(f"x{typed}x".splitlines()) == 1


@pytest.mark.parametrize(
    "operator", [old_fonts.leave_telex, old_fonts.leave_tcvn3, old_fonts.leave_vni]
)
def test_old_fonts_of_a_plain_name_do_not_apply(operator):
    """A to Z have the same keys and codes in all of them."""
    assert operator("Le Van Lan", 0.9, 0.5, {}) is None


@pytest.mark.parametrize("operator", [old_fonts.leave_tcvn3, old_fonts.leave_vni])
def test_old_fonts_have_no_letters_of_other_languages(operator):
    """The ñ of Peña is the đ of one font and nothing in the other: no clerk types it there."""
    name = {old_fonts.leave_tcvn3: "Muñoz Phạm µ", old_fonts.leave_vni: "Peña Phạm"}[operator]

    assert operator(name, 0.5, 0.5, {}) is None


FULL_DATES = st.dates().map(lambda day: f"{day:%d/%m}/{day.year:04}")


@given(year=st.integers(1900, 2022), u=DRAW, v=DRAW)
def test_birth_date_operators_on_a_bare_year(year, u, v):
    """A year alone has no day to swap and is no slip of the hand; it can be forced to a day (E13)."""
    right = str(year)

    assert birth_date.force_first_of_january(right, u, v, {}) == f"01/01/{year}"
    assert birth_date.swap_day_month(right, u, v, {}) is None
    assert birth_date.mistype_year(right, u, v, {}) is None
    assert birth_date.keep_year_alone(right, u, v, {}) is None


@given(right=FULL_DATES, u=DRAW, v=DRAW)
def test_birth_date_operators_for_a_known_year(right, u, v):
    """A full date is never forced; knowing the year alone changes all but 1 January (E73)."""
    kept = birth_date.keep_year_alone(right, u, v, {})

    assert birth_date.force_first_of_january(right, u, v, {}) is None
    assert kept == (None if right[:5] == "01/01" else f"01/01/{right[6:]}")


@given(year=st.sampled_from([1904, 1960, 1996, 2000, 2020]), u=DRAW, v=DRAW)
def test_mistype_year_of_a_leap_day_is_a_leap_day(year, u, v):
    """29 February is typed with years that have one; 1900 has none."""
    typed = birth_date.mistype_year(f"29/02/{year}", u, v, {})

    assert typed is None or int(typed[6:]) in range(1904, 2021, 4)


def test_leave_ward_blank_empties_a_full_cell_only():
    """An empty cell cannot be emptied (E32)."""
    assert contact.leave_ward_blank("26734", 0.5, 0.5, {}) == ""
    assert contact.leave_ward_blank("", 0.5, 0.5, {}) is None


@given(right=st.sampled_from(sorted(wards())), u=DRAW, v=DRAW)
def test_type_ward_elsewhere_is_in_another_district(right, u, v):
    """Every ward of the other districts can be typed, none of the own one (E32)."""
    typed = contact.type_ward_elsewhere(right, u, v, {})

    assert wards()[typed].district_code != wards()[right].district_code


@pytest.mark.parametrize("cell", ["", "00000"])
def test_type_ward_elsewhere_needs_a_ward(cell):
    """Of no ward it is unknown what lies elsewhere."""
    assert contact.type_ward_elsewhere(cell, 0.5, 0.5, {}) is None


@pytest.mark.parametrize(("right", "typed"), [("Hàn Quốc", "Việt Nam"), ("Việt Nam", None)])
def test_call_a_citizen_strikes_foreigners(right, typed):
    """A citizen is one already (E70)."""
    assert contact.call_a_citizen(right, 0.5, 0.5, {}) == typed


@pytest.mark.parametrize(("right", "typed"), [("Chưa ký", "Đã ký"), ("Đã ký", None), ("", None)])
def test_sign_anyway_strikes_unsigned_doses(right, typed):
    """What should not be signed is shown as signed (E92, E93)."""
    assert status.sign_anyway(right, 0.5, 0.5, {}) == typed


@given(right=NAMES, u=DRAW, v=DRAW)
def test_drop_marks_of_decomposed_text_is_the_same(right, u, v):
    """It does not matter how the marks are stored (E14)."""
    apart = unicodedata.normalize("NFD", right)

    assert full_name.drop_marks(apart, u, v, {}) == full_name.drop_marks(right, u, v, {})
    assert strip_diacritics(apart) == strip_diacritics(right)
