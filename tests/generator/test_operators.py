import re
import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import facts
from generator.identity import is_well_formed, read_cccd
from generator.operators import birth_date, contact, full_name, identity_number, name, status
from generator.places import district_of_2019, wards
from generator.vietnamese import nfc, strip_diacritics

DRAW = st.floats(0, 1, exclude_max=True)
CMND = st.integers(0, 10**9 - 1).map(lambda number: f"{number:09}")
CCCD = st.integers(0, 4 * 10**8 - 1).map(lambda rest: f"079{rest:09}")
#: no province has the code 000
NUMBERS = CMND | st.integers(10**9, 10**12 - 1).map(lambda number: f"{number:012}")
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
    typed = operator(number, u, v, {})

    assert typed is None or not re.fullmatch(r"\d{9}|\d{12}", typed)


@given(number=NUMBERS, u=DRAW, v=DRAW)
def test_drop_digit_keeps_the_first(number, u, v):
    """A lost leading zero is another error, E03."""
    typed = identity_number.drop_digit(number, u, v, {})

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
    assert operator("", 0.5, 0.5, {}) is None


def test_type_letter_without_a_look_alike_does_not_apply():
    """No digit of this number looks like a letter."""
    assert identity_number.type_letter("234679234", 0.5, 0.5, {}) is None


@pytest.mark.parametrize(
    "operator", [name.mishear_tone, name.confuse_consonant, name.misread_vowel]
)
@given(right=NAMES, u=DRAW, v=DRAW)
def test_name_operators_give_another_name_in_nfc(operator, right, u, v):
    """A mistyped name differs from the right one and is composed text; the surname stays a word."""
    typed = operator(right, u, v, {})

    if typed is not None:
        assert typed != right
        assert typed == nfc(typed)
        assert len(typed.split()) == len(right.split())


@given(right=NAMES, u=DRAW, v=DRAW)
def test_mishear_tone_changes_marks_only(right, u, v):
    """The letters under the tone marks stay."""
    typed = name.mishear_tone(right, u, v, {})

    assert typed is None or strip_diacritics(typed) == strip_diacritics(right)


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
    assert name.confuse_consonant(right, u, 0.0, {}) == typed


def test_misread_vowel_leaves_diphthongs_alone():
    """A mark is misread only on a vowel that stands alone: nobody writes Đàô for Đào."""
    assert name.misread_vowel("Đào", 0.5, 0.5, {}) is None


def test_name_operators_without_a_place_do_not_apply():
    """Where nothing can be misheard, nothing is changed silently."""
    assert name.mishear_tone("Lan", 0.5, 0.5, {}) is None
    assert name.confuse_consonant("Hy", 0.5, 0.5, {}) is None


@pytest.mark.parametrize(("shown", "stale"), [("Đúng", "Sai"), ("Sai", None), ("Chưa gửi", None)])
def test_stay_wrong_strikes_right_records_only(shown, stale):
    """Only a record that deserves Đúng can be stale."""
    assert status.stay_wrong(shown, 0.0, 0.0, {}) == stale


@given(number=NUMBERS, u=DRAW, v=DRAW)
def test_lose_leading_zero_keeps_the_quantity(number, u, v):
    """A spreadsheet keeps the number as a quantity, to five digits at least (E03)."""
    typed = identity_number.lose_leading_zero(number, u, v, {})

    assert (typed is None) == (number[0] != "0")
    if typed:
        assert not is_well_formed(typed)
        assert float(typed) == pytest.approx(float(number), rel=1e-4)


@given(number=CCCD, u=DRAW, v=DRAW)
def test_mistype_province_gives_no_province(number, u, v):
    """The three digits belong to no province; the rest stays (E04)."""
    typed = identity_number.mistype_province(number, u, v, {})

    assert typed[:3] not in facts.column("id_province_codes", "cccd_code")
    assert typed[3:] == number[3:]


@given(number=CCCD, u=DRAW, v=DRAW)
def test_contradict_holder_says_another_sex_or_year(number, u, v):
    """One digit differs, and the number contradicts its holder (E05)."""
    typed = identity_number.contradict_holder(number, u, v, {})

    assert sum(a != b for a, b in zip(typed, number, strict=True)) == 1
    right, wrong = read_cccd(number), read_cccd(typed)
    assert (right.female, right.year) != (wrong.female, wrong.year)


def test_operators_for_cccd_do_not_apply_to_cmnd():
    """Nine digits have no province code, no sex and no birth year."""
    assert identity_number.mistype_province("025999901", 0.5, 0.5, {}) is None
    assert identity_number.contradict_holder("025999901", 0.5, 0.5, {}) is None


def test_fill_in_phone_is_the_telephone_of_the_record():
    """What is typed is the person's own telephone number; without one nothing is (E08)."""
    assert (
        identity_number.fill_in_phone("079085999901", 0, 0, {"so_dien_thoai": "0709990001"})
        == "0709990001"
    )
    assert identity_number.fill_in_phone("079085999901", 0, 0, {"so_dien_thoai": ""}) is None


DATES = (
    st.dates()
    .filter(lambda day: 1910 <= day.year <= 2021)
    .map(lambda day: f"{day:%d/%m}/{day.year}")
)


@given(right=DATES, u=DRAW, v=DRAW)
def test_birth_date_operators_give_another_date(right, u, v):
    """A wrong date is another one, and neither month 13 nor the future (E11)."""
    swapped = birth_date.swap_day_month(right, u, v, {})
    wrong = birth_date.mistype_year(right, u, v, {})

    day, month, _year = right.split("/")
    assert (swapped is None) == (int(day) > 12 or day == month)
    assert swapped != right
    assert wrong != right
    assert wrong[:6] == right[:6]
    assert datetime.strptime(wrong, "%d/%m/%Y").year <= 2021  # noqa: DTZ007 - a birthday has no zone


@given(right=NAMES, u=DRAW, v=DRAW)
def test_add_blanks_is_undone_by_collapsing(right, u, v):
    """Blanks are superfluous: collapsed, the name is the right one (E20)."""
    typed = full_name.add_blanks(right, u, v, {})

    assert typed != right
    assert " ".join(typed.split()) == right


@given(right=NAMES, u=DRAW, v=DRAW)
def test_send_decomposed_is_undone_by_composing(right, u, v):
    """Decomposed letters look the same and compose to the same (E21)."""
    typed = full_name.send_decomposed(right, u, v, {})

    assert typed != right
    assert unicodedata.normalize("NFC", typed) == right


@given(right=NAMES, u=DRAW, v=DRAW)
def test_drop_marks_leaves_plain_letters(right, u, v):
    """Nothing but plain letters is left (E14)."""
    typed = full_name.drop_marks(right, u, v, {})

    assert typed.isascii()
    assert typed.casefold() == strip_diacritics(right).casefold()


@given(right=NAMES, u=DRAW, v=DRAW, sex=st.sampled_from(["Nam", "Nữ"]))
def test_add_call_name_keeps_the_given_name(right, u, v, sex):
    """The given name stays last, with another word before (E15)."""
    typed = full_name.add_call_name(right, u, v, {"gioi_tinh": sex})

    assert typed.split()[-1] == right.split()[-1]
    assert typed.split()[0] in {"Út", *full_name.CALL_NAMES[sex]}


def test_whole_name_operators_without_a_place_do_not_apply():
    """No marks to drop, no middle word to leave out, no order to turn round."""
    assert full_name.drop_marks("Le Lan", 0.5, 0.5, {}) is None
    assert full_name.send_decomposed("Le Lan", 0.5, 0.5, {}) is None
    assert full_name.drop_middle_word("Lê Lan", 0.5, 0.5, {}) is None
    assert full_name.put_given_name_first("Lan", 0.5, 0.5, {}) is None


@given(
    u=DRAW,
    v=DRAW,
    row=st.sampled_from([r for r in facts.table("phone_prefixes") if r["old_prefix"]]),
)
def test_keep_old_prefix_is_converted_back_by_the_table(u, v, row):
    """The old prefix is one that became the new one in 2018; seven digits stay (E31)."""
    typed = contact.keep_old_prefix(f"{row['new_prefix']}9990001", u, v, {})

    pairs = {(r["old_prefix"], r["new_prefix"]) for r in facts.table("phone_prefixes")}
    assert (typed[:4], row["new_prefix"]) in pairs
    assert typed[4:] == "9990001"


def test_keep_old_prefix_of_an_unconverted_prefix_does_not_apply():
    """090 has been 090 all along."""
    assert contact.keep_old_prefix("0909990001", 0.5, 0.5, {}) is None


@given(u=DRAW, v=DRAW)
def test_drop_phone_digit_keeps_the_prefix(u, v):
    """Nine digits are left, the prefix first (E31)."""
    typed = contact.drop_phone_digit("0901234567", u, v, {})

    assert len(typed) == 9
    assert typed[:3] == "090"


def test_keep_old_district_is_the_district_of_2019():
    """Only wards of Thủ Đức lay in another district (E33)."""
    moved = {w.code for w in wards().values() if district_of_2019(w) != w.district_code}

    for ward in wards().values():
        old = contact.keep_old_district(ward.district_code, 0, 0, {"xa": ward.code})
        assert old == (district_of_2019(ward) if ward.code in moved else None)
    assert {wards()[code].district for code in moved} == {"Thành phố Thủ Đức"}


@pytest.mark.parametrize(("sex", "other"), [("Nam", "Nữ"), ("Nữ", "Nam"), ("", None)])
def test_tick_other_sex_is_the_other_one(sex, other):
    """There are two boxes to tick (E12)."""
    assert contact.tick_other_sex(sex, 0.5, 0.5, {}) == other


@pytest.mark.parametrize(("shown", "stale"), [("Đúng", "Không xác minh được"), ("Sai", None)])
def test_stay_unknown_strikes_right_records_only(shown, stale):
    """Only a record in which everything is right can be unknown to the database (E09)."""
    assert status.stay_unknown(shown, 0.0, 0.0, {}) == stale
