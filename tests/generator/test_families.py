import numpy as np
import pytest

from generator import families, lives
from generator.families import MAX_SIZE, Role
from generator.places import age_shares, household_sizes, wards


@pytest.fixture(scope="module")
def habits(scenario):
    """Lodgers, lone parents and grandparents of the shipped scenario."""
    return lives.habits(scenario)


@pytest.mark.parametrize("district", sorted(age_shares()))
def test_weights_give_the_census_exactly(district, habits, scenario):
    """In every district the expected people by age and sex, and the twins, are the wanted ones."""
    share = families.weights(district, habits, scenario.people.twins) / families.WEIGHT_UNIT
    library = families.families(habits)
    joint = share * families.district_sizes(district)[library.size - 1]

    expected = joint @ library.counts()

    wanted = families.targets(district, scenario.people.twins)
    assert np.abs(expected - wanted).max() < 1e-5
    ages = expected[:18] + expected[18:36]
    assert np.abs(ages / ages.sum() - age_shares()[district]).sum() / 2 < 1e-5


def test_weights_leave_no_family_alone_in_its_size(habits, scenario):
    """No district rests on a handful of families: at least 100 of every common size count."""
    for district in age_shares():
        share = families.weights(district, habits, scenario.people.twins) / families.WEIGHT_UNIT
        for size in range(1, 8):
            own = share[families.families(habits).size == size]
            assert own.sum() == pytest.approx(1)
            assert 1 / (own**2).sum() > 100


def test_size_shares_keep_the_census_of_the_ward():
    """One to six are the counted shares; seven and more keep the ward's persons, up to twelve."""
    for ward in wards().values():
        counts = np.array(household_sizes()[ward.code])
        shares = families.size_shares(ward)

        assert shares[:6] == pytest.approx(counts[:6] / counts.sum())
        assert shares.sum() == pytest.approx(1)
    made = sum(
        sum(household_sizes()[ward.code]) * families.size_shares(ward) @ np.arange(1, MAX_SIZE + 1)
        for ward in wards().values()
    )
    assert made == pytest.approx(sum(w.population for w in wards().values()), rel=2e-3)


def test_families_are_plausible(habits):
    """One head; children younger by 18 to 43 full years than both parents; nobody beyond 99."""
    library = families.families(habits)
    role, age = library.role, library.age

    assert np.array_equal((role >= 0).sum(axis=1), library.size)
    assert ((role == Role.HEAD).sum(axis=1) == 1).all()
    assert ((role == Role.SPOUSE).sum(axis=1) <= 1).all()
    assert age[role >= 0].min() >= 0
    assert age.max() <= 99
    for slot in (0, 1):
        elder = (role[:, slot] == Role.HEAD) | (role[:, slot] == Role.SPOUSE)
        row, column = np.nonzero((role == Role.CHILD) & elder[:, None])
        gap = age[row, slot] - age[row, column]
        assert gap.min() >= 18
        assert gap.max() <= 43
