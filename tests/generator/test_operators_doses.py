import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import facts
from generator.lots import LOTS_PER_VACCINE, lot_texts
from generator.operators import dose, dose_day

DRAW = st.floats(0, 1, exclude_max=True)
VACCINES = facts.column("vaccines", "name_on_platform_vi")
DAYS = st.dates(date(2021, 3, 8), date(2022, 5, 7))


def written(day):
    """Write a day as the register does."""
    return f"{day:%d/%m/%Y}"


def read(text):
    """Read a day that must exist."""
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def age(born, day):
    """Full years, counted by birthdays: that of 29 February is 1 March in other years."""
    years = 0
    while True:
        try:
            birthday = born.replace(year=born.year + years + 1)
        except ValueError:
            birthday = date(born.year + years + 1, 3, 1)
        if birthday > day:
            return years
        years += 1


@pytest.mark.parametrize(("first", "typed"), [("01/08/2021", "01/08/2021"), ("", None)])
def test_swap_with_first_is_the_other_day(first, typed):
    """The second dose gets the first's day; without a first there is nothing to swap (E51)."""
    assert dose_day.swap_with_first("26/09/2021", 0.5, 0.5, {"ngay_truoc": first}) == typed


def test_swap_with_first_on_the_same_day_does_not_apply():
    """Two equal days swapped are no error."""
    day = "26/09/2021"

    assert dose_day.swap_with_first(day, 0.5, 0.5, {"ngay_truoc": day}) is None
    assert dose_day.swap_with_second(day, 0.5, 0.5, {"ngay_sau": day}) is None


@pytest.mark.parametrize(("second", "typed"), [("26/09/2021", "26/09/2021"), ("", None)])
def test_swap_with_second_is_the_other_half(second, typed):
    """The first dose gets the second's day, and nothing where there is none (E51)."""
    assert dose_day.swap_with_second("01/08/2021", 0.5, 0.5, {"ngay_sau": second}) == typed


@given(first=DAYS, gap=st.integers(13, 200), u=DRAW, v=DRAW)
def test_come_too_soon_leaves_a_gap_no_vaccine_allows(first, gap, u, v):
    """The second dose comes 3 to 10 days after the first (E54)."""
    right = written(first + timedelta(gap))

    typed = dose_day.come_too_soon(right, u, v, {"ngay_truoc": written(first)})

    assert 3 <= (read(typed) - first).days <= 10


@pytest.mark.parametrize("first", ["", "10/09/2021", "22/09/2021"])
def test_come_too_soon_needs_a_long_true_gap(first):
    """12 days and less are too short already, and a first dose has nothing before it."""
    assert dose_day.come_too_soon("22/09/2021", 0.5, 0.5, {"ngay_truoc": first}) is None


def test_come_too_soon_reaches_both_ends():
    """The first draw is 3 days, the last 10."""
    record = {"ngay_truoc": "01/08/2021"}

    ends = {dose_day.come_too_soon("26/09/2021", u, 0.0, record) for u in (0.0, 0.999)}
    assert ends == {"04/08/2021", "11/08/2021"}


@given(
    born=st.dates(date(2003, 12, 1), date(2017, 1, 1)),
    right=st.dates(date(2021, 10, 27), date(2022, 5, 7)),
    u=DRAW,
    v=DRAW,
)
def test_come_too_young_is_before_the_age_group_was_called(born, right, u, v):
    """On the typed day the child was too young for every group that was called (E58)."""
    allowed = date(2021, 10, 27) if age(born, right) >= 12 else date(2022, 4, 16)
    assume(5 <= age(born, right) < 18)
    assume(right >= allowed)

    typed = dose_day.come_too_young(written(right), u, v, {"ngay_sinh": written(born)})

    if typed is None:  # who was twelve in the weeks after 27 October had no day left
        twelfth = written(born)[:6] + str(born.year + 12)
        assert date(2021, 10, 27) < read(twelfth) <= date(2022, 1, 6)
    else:
        day = read(typed)
        old_enough = age(born, date(2021, 10, 27)) >= 12
        start, length = (date(2021, 10, 27), 80) if old_enough else (date(2022, 4, 16), 100)
        assert 1 <= (start - day).days <= length
        assert day < right
        assert day < date(2021, 10, 27) or age(born, day) < 12


@pytest.mark.parametrize(
    ("born", "u", "typed"),
    [
        ("27/10/2009", 0.0, "26/10/2021"),
        ("27/10/2009", 0.999, "08/08/2021"),
        ("01/05/2012", 0.0, "15/04/2022"),
        ("01/05/2012", 0.999, "06/01/2022"),
        ("10/01/2010", 0.0, "09/01/2022"),
        ("10/01/2010", 0.999, "06/01/2022"),
    ],
)
def test_come_too_young_reaches_both_ends(born, u, typed):
    """80 days before 27/10/2021, 100 days before 16/04/2022, and no day after the birthday."""
    record = {"ngay_sinh": born}

    assert dose_day.come_too_young("20/04/2022", u, 0.0, record) == typed


@pytest.mark.parametrize(
    ("born", "right"),
    [
        ("2008", "20/11/2021"),  # a year alone
        ("20/11/2003", "20/11/2021"),  # eighteen that day
        ("06/01/2010", "20/01/2022"),  # twelve when the 100 days begin
        ("27/10/2009", "26/10/2021"),  # too young as it is: the first draw is the same day
    ],
)
def test_come_too_young_without_such_a_day_does_not_apply(born, right):
    """Adults, unknown birthdays and days that would not change are left alone."""
    assert dose_day.come_too_young(right, 0.0, 0.0, {"ngay_sinh": born}) is None


@given(right=DAYS, u=DRAW, v=DRAW)
def test_mistype_dose_year_is_next_to_the_right_one(right, u, v):
    """Day and month stay, the year is one off (E53)."""
    typed = read(dose_day.mistype_dose_year(written(right), u, v, {}))

    assert (typed.day, typed.month) == (right.day, right.month)
    assert abs(typed.year - right.year) == 1


@pytest.mark.parametrize("u", [0.0, 0.9])
def test_mistype_dose_year_types_days_that_exist(u):
    """There is no 29 February beside that of 2024."""
    assert dose_day.mistype_dose_year("29/02/2024", u, 0.0, {}) is None


@given(right=DAYS, u=DRAW, v=DRAW)
def test_write_entry_day_is_days_to_weeks_later(right, u, v):
    """Nobody entered on paper days; the backlog was six weeks (E53)."""
    typed = read(dose_day.write_entry_day(written(right), u, v, {}))

    assert 3 <= (typed - right).days <= 45


@given(right=DAYS, u=DRAW, v=DRAW)
def test_write_month_first_is_clear_or_unclear(right, u, v):
    """A date can be read in two ways just when both numbers can be months and differ (E23)."""
    clear = dose_day.write_month_first(written(right), u, v, {})
    unclear = dose_day.write_month_first_unclear(written(right), u, v, {})

    both = right.day <= 12 and right.day != right.month
    assert (clear is None, unclear is None) == (both, not both)
    month, day, year = map(int, (clear or unclear).split("/"))
    assert (2000 + year, month, day) == (right.year, right.month, right.day)
    assert "/0" not in f"/{clear or unclear}"


@given(right=DAYS, u=DRAW, v=DRAW)
def test_other_ways_to_write_a_day_say_the_same_day(right, u, v):
    """Dots, dashes and the serial number of a spreadsheet lose nothing (E23)."""
    dots = dose_day.write_with_dots(written(right), u, v, {})
    dashes = dose_day.write_with_dashes(written(right), u, v, {})
    serial = dose_day.write_serial(written(right), u, v, {})

    assert dots == f"{right:%d.%m.%y}"
    assert dashes == f"{right:%d-%m-%y}"
    assert date(1899, 12, 30) + timedelta(int(serial)) == right


@pytest.mark.parametrize(("right", "typed"), [("CB2", "CB1"), ("CB1", None), ("NL1", None)])
def test_label_as_first_strikes_the_second_dose(right, typed):
    """Two doses are both called the first (E52)."""
    assert dose.label_as_first(right, 0.5, 0.5, {}) == typed


@pytest.mark.parametrize(
    ("right", "slots", "typed"),
    [
        ("BS", "CB1 CB2 BS", "NL1"),
        ("NL1", "CB1 CB2 NL1", "BS"),
        ("CB3", "CB1 CB2 CB3", "NL1"),
        ("BS", "CB1 CB2 BS NL1", None),
        ("NL1", "CB1 CB2 BS NL1", None),
        ("CB3", "CB1 CB2 CB3 NL1", None),
        ("CB1", "CB1 CB2", None),
    ],
)
def test_confuse_kind_takes_a_free_line(right, slots, typed):
    """Additional, booster and third basic dose are confused where the other line is free (E57)."""
    assert dose.confuse_kind(right, 0.5, 0.5, {"cac_mui": slots}) == typed


@given(right=st.sampled_from(VACCINES), u=DRAW, v=DRAW)
def test_tick_other_vaccine_is_one_in_stock(right, u, v):
    """The wrong one is a name of the platform, of the four that stations had (E55)."""
    typed = dose.tick_other_vaccine(right, u, v, {})

    assert typed != right
    assert typed in {"AstraZeneca", "Pfizer", "Moderna", "Vero Cell"} & set(VACCINES)


@given(right=st.sampled_from(VACCINES), u=DRAW, v=DRAW)
def test_misspell_vaccine_is_found_in_the_reference_list(right, u, v):
    """The spelling leads back to this vaccine alone, whatever the capitals (E24)."""
    typed = dose.misspell_vaccine(right, u, v, {})

    of = {
        row["name_on_platform_vi"]
        for row in facts.table("vaccines")
        if typed.casefold() in row["variants_typed"].casefold().replace("*", "").split("|")
    }
    assert of == {right}
    assert typed.casefold() not in {name.casefold() for name in VACCINES}


def test_misspell_vaccine_of_an_unknown_one_does_not_apply():
    """What the list does not know, it cannot misspell."""
    assert dose.misspell_vaccine("Nanocovax", 0.5, 0.5, {}) is None


@pytest.mark.parametrize(
    ("operator", "lot", "typed"),
    [
        (dose.leave_lot_blank, "FK0006", ""),
        (dose.leave_lot_blank, "", None),
        (dose.type_letters_for_digits, "FK0006", "FKOOO6"),
        (dose.type_letters_for_digits, "FG3527", None),
    ],
)
def test_lot_operators_change_what_they_can(operator, lot, typed):
    """An empty cell has nothing to lose, a lot without 0 nothing to confuse (E56)."""
    assert operator(lot, 0.5, 0.5, {}) == typed


@given(vaccine=st.sampled_from(range(8)), k=st.integers(0, LOTS_PER_VACCINE - 1), u=DRAW, v=DRAW)
def test_type_other_lot_belongs_to_another_vaccine(vaccine, k, u, v):
    """The lot exists, and all vaccines that have it are others (E56)."""
    right = lot_texts()[vaccine * LOTS_PER_VACCINE + k]

    typed = dose.type_other_lot(right, u, v, {"ten_vac_xin": VACCINES[vaccine]})

    owners = {i // LOTS_PER_VACCINE for i, lot in enumerate(lot_texts()) if lot == typed}
    assert owners
    assert vaccine not in owners


@pytest.mark.parametrize(
    ("operator", "source"), [(dose.type_place_name, "ten_noi_tiem"), (dose.enter_as_own, "tram")]
)
@pytest.mark.parametrize(("known", "typed"), [("CS27136-1", "CS27136-1"), ("", None), ("TT", None)])
def test_place_operators_write_what_the_clerk_knows(operator, source, known, typed):
    """The place's name, the own station; nothing where it is unknown or the same (E59, E60)."""
    assert operator("TT", 0.5, 0.5, {source: known}) == typed


def test_operators_import_before_the_scenario():
    """The lots come from supply, which needs the operators: whoever is imported first."""
    for first in ("generator.operators.dose", "generator.catalogue", "generator.supply"):
        code = f"import {first}; from generator.operators import dose; dose.type_other_lot('', 0, 0, {{'ten_vac_xin': 'Pfizer'}})"
        subprocess.run([sys.executable, "-c", code], check=True)
