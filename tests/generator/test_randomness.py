import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.randomness import Draws, Stream, below, split, weighted

SEEDS = st.integers(0, 2**64 - 1)
#: a copy: a stream that is renumbered or reused changes every city that was ever made
REGISTRY = {
    "NUMBER_OFFSET": 1,
    "HOUSEHOLD_SIZE": 10,
    "HOUSEHOLD_TAIL": 11,
    "HOUSE_NUMBER": 12,
    "ALLEY": 13,
    "STREET": 14,
    "KHU_PHO": 15,
    "AGE": 20,
    "SEX": 21,
    "SURNAME": 22,
    "NAME_LENGTH": 24,
    "NAME_MARK": 25,
    "MIDDLE": 26,
    "GIVEN": 27,
    "CROSS_SEX": 28,
    "BIRTH_PROVINCE": 30,
    "OLD_CARD": 31,
    "OWN_PHONE": 32,
    "WORKPLACE": 33,
    "WORKS": 34,
    "COVERAGE": 40,
    "FIRST_DAY": 41,
    "VACCINE": 42,
    "SECOND_DELAY": 43,
    "BOOSTER_DELAY": 44,
    "BOOSTER_VACCINE": 45,
    "LOT": 46,
    "SITE": 47,
    "SECOND_BOOSTER": 48,
    "FAMILY": 60,
    "ORIGIN": 61,
    "ABSENT_FATHER": 62,
    "RESIDENCE": 63,
    "NAMESAKE": 64,
    "FATE": 65,
    "INSURANCE": 66,
    "FORMER_CARD": 67,
    "SITE_LIST": 70,
    "FAMILIES": 71,
    "CARELESSNESS": 72,
    "SIGNED": 73,
    "DECOY": 500,
    "ERROR_HIT": 1000,
    "ERROR_ARGUMENT": 2000,
    "PACK_WARD": 3000,
}


def test_stream_registry_is_frozen():
    """Streams are appended, never renumbered, never reused."""
    assert {stream.name: stream.value for stream in Stream} == REGISTRY


@given(SEEDS, st.integers(0, 40_000), st.integers(0, 50), st.integers(1, 50))
def test_uniform_from_any_row_on_gives_the_same_rows(seed, ward, start, n):
    """A row depends on (seed, ward, stream, row) alone, not on where drawing began."""
    draws = Draws(seed, ward)

    whole = draws.uniform(Stream.AGE, start + n)

    assert np.array_equal(draws.uniform(Stream.AGE, n, start), whole[start:])


@given(SEEDS)
def test_uniform_of_two_streams_or_wards_differs(seed):
    """Streams and wards have nothing in common."""
    here, there = Draws(seed, 26734), Draws(seed, 26737)

    rows = [here.uniform(Stream.AGE, 8), here.uniform(Stream.SEX, 8), there.uniform(Stream.AGE, 8)]

    assert len({tuple(r) for r in rows}) == 3


def test_uniform_golden():
    """The first draws of a stream are the same on every numpy and every machine."""
    found = Draws(1, 26734).uniform(Stream.AGE, 3)

    assert [f"{u:.16f}" for u in found] == [
        "0.1674544747613231",
        "0.3258770317622161",
        "0.1327115022279874",
    ]


@given(SEEDS, st.lists(st.floats(0.01, 5), min_size=1, max_size=6))
def test_weighted_stays_inside(seed, weights):
    """A weighted choice is always one of the choices."""
    chosen = weighted(Draws(seed, 1).uniform(Stream.AGE, 100), weights)

    assert chosen.min() >= 0
    assert chosen.max() < len(weights)


def test_weighted_follows_the_weights(within):
    """Each choice is drawn as often as its weight says."""
    chosen = weighted(Draws(3, 1).uniform(Stream.AGE, 20_000), [1, 3, 0, 4])

    shares = np.bincount(chosen, minlength=4) / 20_000
    for share, p in zip(shares, [1 / 8, 3 / 8, 0, 1 / 2], strict=True):
        assert within(share, 20_000, p)


@given(SEEDS)
def test_split_gives_two_draws_in_the_unit_interval(seed):
    """Both halves of a draw are in [0, 1), and together they are the draw."""
    u = Draws(seed, 1).uniform(Stream.AGE, 64)

    high, low = split(u)

    assert ((high >= 0) & (high < 1) & (low >= 0) & (low < 1)).all()
    assert np.abs(high + low / 2**26 - u).max() < 2**-51


def test_below_reaches_both_ends():
    """Whole numbers run from 0 to the bound without it."""
    found = below(Draws(5, 1).uniform(Stream.AGE, 1000), 7)

    assert set(found.tolist()) == set(range(7))
