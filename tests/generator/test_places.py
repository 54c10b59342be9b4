import pytest

from generator.places import age_shares, household_sizes, select_wards, streets, wards
from generator.problems import Problem


def test_wards_are_the_312_of_2022():
    """The city of April 2022 has 312 wards in 22 districts, 8,993,082 people at the census."""
    known = wards().values()

    assert len(known) == 312
    assert len({ward.district_code for ward in known}) == 22
    assert sum(ward.population for ward in known) == 8_993_082
    assert [ward.index for ward in known] == list(range(312))


def test_every_ward_has_households_ages_and_streets():
    """No ward lacks a table that a household is made from."""
    for ward in wards().values():
        assert sum(household_sizes()[ward.code]) > 0
        assert age_shares()[ward.district_code].sum() == pytest.approx(1)
        assert streets()[ward.district_code]


def test_select_wards_all():
    """The word all means every ward."""
    assert len(select_wards("all")) == 312


def test_select_wards_by_code_sorts_and_drops_repeats():
    """A choice is a set: order, blanks and repeats do not matter."""
    chosen = select_wards("27592, 26734,27592")

    assert [ward.code for ward in chosen] == ["26734", "27592"]


@pytest.mark.parametrize("text", ["26735", "2673", "Phường 1", "26734,99999", ""])
def test_select_wards_unknown_says_what_to_write(text):
    """An unknown code, or none, is refused with what can be written."""
    with pytest.raises(Problem, match="'all'"):
        select_wards(text)
