import re

import numpy as np
import pytest

from generator import facts, families, lives, names
from generator.city import CENSUS, Request, n_households
from generator.families import MAX_SIZE, Role
from generator.identity import read_cccd
from generator.places import household_sizes, wards
from generator.population import make_households, make_people
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


def test_people_are_as_many_by_age_and_sex_as_the_families_weights_say(people, ward, scenario):
    """A ward's ages and sexes lie within six standard deviations, computed from the families."""
    age = (np.datetime64(scenario.as_of) - people.born).astype(int) / 365.2425
    known = ~people.year_only & (people.namesake_of < 0)
    cell = np.minimum(age // 5, 17).astype(int) + 18 * people.female
    found = np.bincount(cell, minlength=36)
    own, habits = scenario.people, lives.habits(scenario)
    share = families.weights(ward.district_code, habits, own.twins) / families.WEIGHT_UNIT
    counts = families.families(habits).counts()[:, :36]
    joint = share * families.size_shares(ward)[families.families(habits).size - 1]
    mean = joint @ counts
    spread = np.sqrt(5000 * (joint @ counts**2 - mean**2))
    moved = (~known).sum()  # known by the year only, or by somebody else's birth date

    assert (np.abs(found - 5000 * mean) <= 6 * spread + 1 + moved * (spread > 0)).all()
    assert np.abs(found / len(age) - mean / mean.sum()).sum() / 2 < 0.03
    assert age[people.slot == 0].min() >= 20


def test_people_parents_couples_and_twins_are_plausible(people):
    """Parents are 16 to 45 years older than their children, couples are of two sexes, twins of one day."""
    head = np.flatnonzero(people.slot == 0)[people.household]
    child, spouse = people.role == Role.CHILD, people.role == Role.SPOUSE
    parent, twin = people.role == Role.PARENT, people.twin_of >= 0
    years = (people.born - people.born[head]).astype(int) / 365.2425

    assert child.sum() > 4000
    assert years[child].min() > 16
    assert years[child].max() < 45
    assert years[parent].min() > -45
    assert years[parent].max() < -16
    assert np.abs(years[spouse]).max() < 10
    assert (people.female != people.female[head])[spouse].all()
    assert (people.born == people.born[people.twin_of])[twin].all()
    assert (people.given != people.given[people.twin_of])[twin].all()


def test_people_traps_are_as_frequent_as_the_scenario_says(people, scenario, within):
    """Twins, foreigners and those who went away have the scenario's shares."""
    n, own = len(people.slot), scenario.people

    assert within((people.twin_of >= 0).mean() / 2, n, own.twins / 2)
    assert within((people.namesake_of >= 0).mean() / 2, n, own.namesakes / 2)
    # households share their nation: so many independent draws as there are households
    assert within(people.foreign.mean(), len(people.households.size), own.foreigners)
    young = people.born > np.datetime64("1962-06-01")
    share = own.died_until_59 + own.moved
    assert within(people.gone[young].mean(), int(young.sum()), share)


def test_people_namesakes_share_name_sex_and_birth_date_but_no_number(people):
    """Two people next door to one another are told apart by their numbers alone."""
    one = np.flatnonzero(people.namesake_of >= 0)
    other = people.namesake_of[one]

    assert len(one) >= 2
    for column in ("surname", "middle", "given", "female", "born"):
        assert np.array_equal(getattr(people, column)[one], getattr(people, column)[other])
    assert (people.id_number[one] != people.id_number[other]).all()
    assert (people.household[one] != people.household[other]).all()


def test_people_expected_number_is_the_scenarios(scenario):
    """At scale 1 the city has the scenario's residents, but for 0.2 % beyond twelve per household."""
    request = Request(1, 1.0, scenario)
    sizes = np.arange(1, MAX_SIZE + 1)

    expected = sum(
        n_households(ward, request) * families.size_shares(ward) @ sizes
        for ward in wards().values()
    )

    assert expected == pytest.approx(scenario.residents, rel=2e-3)
    assert sum(ward.population for ward in wards().values()) == CENSUS


def test_one_more_household_moves_nobody(ward, scenario):
    """People of the first households are the same in a bigger ward; only numbers by rank may move."""
    draws = Draws(3, int(ward.code))
    few = make_people(draws, make_households(draws, ward, 50), scenario, 0)
    many = make_people(draws, make_households(draws, ward, 80), scenario, 0)

    stable = ("ordinal", "born", "female", "surname", "middle", "given", "province", "role", "fate")
    for column in (*stable, "group", "residence", "insured", "twin_of", "old_card"):
        assert np.array_equal(getattr(few, column), getattr(many, column)[: len(few.slot)])


def test_numbers_are_unique_and_agree_with_their_holders(persons):
    """In the truth no two people share a number, and every CCCD says the holder's sex and year."""
    numbers = persons["so_giay_to"]
    columns = (persons[k] for k in ("ngay_sinh", "gioi_tinh", "quoc_tich"))

    assert len(set(numbers)) == len(numbers)
    for number, born, sex, nation in zip(numbers, *columns, strict=True):
        reading = read_cccd(number)
        if nation != "Việt Nam":
            assert re.fullmatch("[A-Z][0-9]{8}", number)
        elif reading:
            assert (reading.year, reading.female) == (int(born[-4:]), sex == "Nữ")
        else:
            assert re.fullmatch("02[0-9]{7}", number)
            assert int(born[-4:]) <= 1995


def test_insurance_cards_are_unique_and_say_no_other_id(persons):
    """A card has the pattern of 2021, belongs to one person and does not end like the person_id."""
    cards = [(c, p) for c, p in zip(persons["so_the_bhyt"], persons["person_id"], strict=True) if c]

    assert len({card for card, _ in cards}) == len(cards) > 10_000
    assert all(re.fullmatch("(TE1|HS4|DN4|HT3|GD4)79[0-9]{10}", card) for card, _ in cards)
    assert sum(card[-9:] == person[-9:] for card, person in cards) < 3


def test_year_only_births_are_the_old_ones(persons):
    """Who knows the year alone was born before 1955; all others have a whole date."""
    known = zip(persons["ngay_sinh"], persons["ngay_sinh_chi_nam"], strict=True)
    whole, years = [], []
    for date, year_only in known:
        (years if year_only else whole).append(date)

    assert len(years) > 100
    assert all(len(year) == 4 and int(year) < 1955 for year in years)
    assert all(len(date) == 10 for date in whole)


def test_former_cards_belong_to_holders_of_a_cccd(persons):
    """A CMND that was replaced has nine digits, beside a number of twelve, and is nobody else's."""
    pairs = zip(persons["so_giay_to"], persons["so_cmnd_cu"], strict=True)
    replaced = [(number, card) for number, card in pairs if card]
    cards = [card for _number, card in replaced]

    assert len(cards) > 1000
    assert all(len(number) == 12 and len(card) == 9 for number, card in replaced)
    assert len(set(cards)) == len(cards)
    assert not set(cards) & set(persons["so_giay_to"])


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


def test_children_bear_their_fathers_surname(persons):
    """Where a couple has children, theirs is the man's surname; his wife keeps her own."""
    homes = {}
    rows = zip(
        *(persons[k] for k in ("household_id", "vai_tro", "ho_ten", "gioi_tinh")), strict=True
    )
    for home, role, name, sex in rows:
        homes.setdefault(home, []).append((role, name.split()[0], sex))
    couples = [home for home in homes.values() if any(role == "vợ/chồng" for role, _, _ in home)]
    pairs, kept = [], 0
    for home in couples:
        surnames = {sex: name for role, name, sex in home if role in ("chủ hộ", "vợ/chồng")}
        kept += surnames["Nam"] != surnames["Nữ"]
        pairs += [(name, surnames["Nam"]) for role, name, _ in home if role == "con"]

    pairs = [pair for pair in pairs if not {"Y", "H"} & set(pair)]  # the Ê Đê have none
    assert len(pairs) > 1000
    assert all(own == father for own, father in pairs)
    assert kept > len(couples) / 2


def test_some_children_remember_their_mothers_surname(people, scenario):
    """The mother's surname stands between, in so many of the names where it may."""
    surnames = names.surnames().texts.to_pylist()
    memory = {names.as_middle(np.array([i]))[0] for i in range(len(surnames))} - {-1}
    child = people.role == Role.CHILD
    share = np.isin(people.middle[child], list(memory)).mean()

    assert 0.2 * scenario.people.mothers_surname < share < scenario.people.mothers_surname + 0.02
