import numpy as np
import pytest

from generator import facts
from generator.city import CENSUS, Request, n_households
from generator.identity import read_cccd
from generator.places import age_shares, household_sizes, wards
from generator.population import MAX_SIZE, make_households, make_people
from generator.randomness import Draws


@pytest.fixture(scope="module")
def people(ward, scenario):
    """About 18,000 people of one ward."""
    draws = Draws(3, int(ward.code))
    return make_people(draws, make_households(draws, ward, 5000), scenario, offset=12345)


@pytest.fixture(scope="module")
def persons(made):
    """The residents' table of one ward, column by column."""
    return made[0]["dan_cu"].to_pydict()


def test_households_have_the_census_sizes(people, ward, within):
    """Households of 1 to 6 and of 7 or more are as frequent as the census counted in the ward."""
    counts = np.array(household_sizes()[ward.code], dtype=float)
    found = np.bincount(np.minimum(people.households.size, 7), minlength=8)[1:]

    for share, p in zip(found / 5000, counts / counts.sum(), strict=True):
        assert within(share, 5000, p)
    assert people.households.size.max() <= MAX_SIZE


def test_people_have_the_ages_of_the_district(people, ward, scenario, within):
    """All together have the district's age groups, although every head is an adult."""
    age = (np.datetime64(scenario.as_of) - people.born).astype(int) / 365.2425
    found = np.bincount(np.minimum((age // 5).astype(int), 17), minlength=18)

    for share, p in zip(found / len(age), age_shares()[ward.district_code], strict=True):
        assert within(share, len(age), p)
    assert age[people.slot == 0].min() >= 20


def test_people_expected_number_is_the_scenarios(scenario):
    """At scale 1 the city has the scenario's residents, but for the cut at twelve per household."""
    request = Request(1, 1.0, scenario)

    expected = sum(
        n_households(ward, request) * ward.population / sum(household_sizes()[code])
        for code, ward in wards().items()
    )

    assert expected == pytest.approx(scenario.residents, rel=1e-4)
    assert sum(ward.population for ward in wards().values()) == CENSUS


def test_one_more_household_moves_nobody(ward, scenario):
    """People of the first households are the same in a bigger ward; only numbers by rank may move."""
    draws = Draws(3, int(ward.code))
    few = make_people(draws, make_households(draws, ward, 50), scenario, 0)
    many = make_people(draws, make_households(draws, ward, 80), scenario, 0)

    for column in ("ordinal", "born", "female", "surname", "middle", "given", "province"):
        assert np.array_equal(getattr(few, column), getattr(many, column)[: len(few.slot)])


def test_numbers_are_unique_and_agree_with_their_holders(persons):
    """In the truth no two people share a number, and every CCCD says the holder's sex and year."""
    numbers = persons["so_giay_to"]

    assert len(set(numbers)) == len(numbers)
    for number, born, sex in zip(numbers, persons["ngay_sinh"], persons["gioi_tinh"], strict=True):
        reading = read_cccd(number)
        if reading:
            assert (reading.year, reading.female) == (int(born[-4:]), sex == "Nữ")
        else:
            assert len(number) == 9
            assert number.startswith("02")
            assert int(born[-4:]) <= 1995


def test_birth_provinces_are_known_and_mostly_here(persons, scenario, within):
    """Numbers begin with one of the 63 codes; as many as the scenario says were born in the city."""
    codes = [number[:3] for number in persons["so_giay_to"] if len(number) == 12]

    assert set(codes) <= set(facts.column("id_province_codes", "cccd_code"))
    assert within(codes.count("079") / len(codes), len(codes), scenario.people.born_in_city)


def test_children_have_the_heads_telephone_and_adults_their_own(persons):
    """A number in use is of a known prefix, ends in 999xxxx and belongs to one household."""
    prefixes = set(facts.column("phone_prefixes", "new_prefix"))
    homes = {}
    for phone, home in zip(persons["so_dien_thoai"], persons["household_id"], strict=True):
        assert len(phone) == 10
        assert phone[:3] in prefixes
        assert phone[3:6] == "999"
        assert homes.setdefault(phone, home) == home


def test_children_bear_the_surname_of_the_head(persons):
    """Who is a generation younger than the head has the head's surname."""
    heads = {
        home: (name.split()[0], int(born[-4:]))
        for home, name, born, head in zip(
            persons["household_id"],
            persons["ho_ten"],
            persons["ngay_sinh"],
            persons["chu_ho"],
            strict=True,
        )
        if head
    }
    children = [
        (name.split()[0], heads[home][0])
        for home, name, born in zip(
            persons["household_id"], persons["ho_ten"], persons["ngay_sinh"], strict=True
        )
        if int(born[-4:]) - heads[home][1] >= 16
    ]

    assert len(children) > 1000
    assert all(own == head for own, head in children)
