import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identity import (
    CMND_SERIALS,
    cccd,
    cmnd,
    digits,
    is_well_formed,
    rank_in_group,
    read_cccd,
    scatter,
)

SCHEMES = ["realistic", "unreal"]


@pytest.mark.parametrize("id_scheme", SCHEMES)
@given(
    st.sampled_from([1, 79, 96]),
    st.booleans(),
    st.integers(1920, 2022),
    st.integers(0, 311),
    st.integers(0, 2**30),
)
def test_cccd_reads_back(id_scheme, province, female, year, ward, offset):
    """Province, sex and birth year stand in the number, whatever the scheme."""
    number = cccd(
        np.array([province]), np.array([female]), np.array([year]), ward, offset, id_scheme
    )

    reading = read_cccd(digits(number, 12).tobytes().decode())

    assert (int(reading.province), reading.female, reading.year) == (province, female, year)


@pytest.mark.parametrize(("id_scheme", "first", "last"), [("realistic", 0, 3), ("unreal", 6, 9)])
def test_cccd_digit_four_tells_the_scheme(id_scheme, first, last):
    """Real-looking numbers have 0 to 3 in fourth place, unreal ones 6 to 9: nobody's number."""
    years, sexes = np.array([1950, 1999, 2000, 2020] * 2), np.repeat([False, True], 4)

    numbers = cccd(np.full(8, 79), sexes, years, 5, 11, id_scheme)

    fourth = numbers // 10**8 % 10
    assert fourth.min() == first
    assert fourth.max() == last


def test_cccd_of_one_day_never_clash():
    """Neighbouring wards number the same year, sex and province apart."""
    same = (np.full(3000, 79), np.zeros(3000, bool), np.full(3000, 1985))

    numbers = np.concatenate([cccd(*same, ward, 123, "realistic") for ward in (0, 1, 311)])

    assert len(np.unique(numbers)) == 9000


def test_cccd_first_of_their_years_have_different_serials():
    """Serials do not betray that two people are both the first of their group."""
    years = np.arange(1950, 2000)

    numbers = cccd(np.full(50, 79), np.zeros(50, bool), years, 0, 0, "realistic")

    assert len(np.unique(numbers % 10**6)) == 50


def test_cccd_beyond_the_block_is_refused():
    """A ward never takes numbers out of its neighbour's block."""
    with pytest.raises(OverflowError, match="3205"):
        cccd(np.full(3206, 79), np.zeros(3206, bool), np.full(3206, 1985), 0, 0, "realistic")


def test_cmnd_are_unique_and_begin_with_the_city():
    """Old numbers of the city begin with 02, the unreal ones with 00."""
    here, there = cmnd(1000, 0, 5, "realistic"), cmnd(1000, 1, 5, "realistic")

    assert len(np.unique(np.concatenate([here, there]))) == 2000
    assert set(here // 10**7) == {2}
    assert set(cmnd(10, 0, 5, "unreal") // 10**7) == {0}


def test_cmnd_beyond_the_block_is_refused():
    """A ward never takes old numbers out of its neighbour's block."""
    with pytest.raises(OverflowError):
        cmnd(CMND_SERIALS // 10, 0, 0, "realistic")


@pytest.mark.parametrize(
    "number", ["", "79185000001", "07918500000A", "079485000001", "\uff1079185000001"]
)
def test_read_cccd_of_something_else_is_none(number):
    """Too short, a letter, an impossible century, a full-width digit: no reading."""
    assert read_cccd(number) is None


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("079185000001", True),
        ("025999901", True),
        ("", False),
        ("79185000001", False),
        ("O79185000001", False),
    ],
)
def test_is_well_formed_is_twelve_or_nine_digits(number, right):
    """The platform takes 12 digits or 9 digits, nothing else."""
    assert is_well_formed(number) is right


@given(st.integers(2, 10), st.integers(0, 2**30))
def test_scatter_is_a_bijection(width, offset):
    """No two ordinals get the same number."""
    ordinal = np.arange(min(10**width, 2000))

    assert len(np.unique(scatter(ordinal, 10**width, offset))) == len(ordinal)


@given(st.lists(st.integers(0, 5), max_size=40))
def test_rank_in_group_counts_each_group(groups):
    """The k-th member of a group has rank k."""
    seen = {}
    expected = [seen.setdefault(g, []).append(0) or len(seen[g]) - 1 for g in groups]

    assert rank_in_group(np.array(groups, dtype=np.int64)).tolist() == expected
