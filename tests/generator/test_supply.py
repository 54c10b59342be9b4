import re
from collections import defaultdict

import numpy as np
import pytest

from generator import facts, supply
from generator.campaign import make_doses
from generator.lots import LOTS_PER_VACCINE, lot_texts
from generator.population import make_households, make_people
from generator.randomness import Draws


@pytest.fixture(scope="module")
def doses(ward, scenario):
    """The doses of about 7,000 people."""
    draws = Draws(3, int(ward.code))
    people = make_people(draws, make_households(draws, ward, 2000), scenario, offset=12345)
    return make_doses(draws, people, scenario)


def test_lots_have_the_form_of_their_vaccine():
    """Every synthetic lot matches the pattern of the reference table."""
    for v, row in enumerate(facts.table("vaccines")):
        lots = lot_texts()[v * LOTS_PER_VACCINE : (v + 1) * LOTS_PER_VACCINE]

        assert all(re.search(row["lot_format_regex_for_synthetic"], lot) for lot in lots)
        assert len(set(lots)) > LOTS_PER_VACCINE // 2


def test_lots_are_two_per_facility_vaccine_and_week(doses):
    """A facility works through at most two lots of a vaccine in one week, and of its own vaccine."""
    week = (doses.day - supply.FIRST_WEEK).astype(int) // 7
    found = defaultdict(set)
    for key in zip(doses.site, doses.vaccine, week, doses.lot, strict=True):
        found[key[:3]].add(key[3])

    assert max(map(len, found.values())) == 2
    assert (doses.lot // LOTS_PER_VACCINE == doses.vaccine).all()
    assert len(np.unique(doses.lot)) > 60


def test_sites_have_the_shares_of_the_scenario(doses, scenario, within):
    """So many doses are given at mobile points, at the district's centre and elsewhere."""
    n = len(doses.site)
    mobile = ((doses.site > supply.STATION) & (doses.site < supply.CENTRE)).mean()

    assert within(mobile, n, scenario.sites.mobile)
    assert within((doses.site == supply.CENTRE).mean(), n, scenario.sites.district_centre)
    assert within((doses.site == supply.ELSEWHERE).mean(), n, scenario.sites.elsewhere)


def test_units_enter_their_own_doses_and_mobile_points_have_one(doses, ward, scenario):
    """Station, centre and elsewhere enter their own; each mobile point's are entered by one unit."""
    draws = Draws(3, int(ward.code))
    entered = {site: set(doses.unit[doses.site == site]) for site in range(supply.SITES)}

    assert all(len(units) == 1 for units in entered.values())
    assert [entered[s] for s in (supply.STATION, supply.CENTRE, supply.ELSEWHERE)] == [
        {0},
        {1},
        {2},
    ]
    assert set(supply.entering_units(draws, scenario)[1 : supply.CENTRE]) <= {0, 1}


def test_site_table_misses_some_mobile_points(scenario):
    """Over many wards the official list lacks the scenario's share of the mobile points only."""
    from generator.places import wards

    missing, mobile = 0, 0
    for ward in wards().values():
        table = supply.site_table(Draws(3, int(ward.code)), ward, scenario).to_pylist()
        assert len({row["co_so_tiem"] for row in table}) == supply.SITES
        for row in table:
            mobile += row["loai"] == "lưu động"
            missing += not row["trong_danh_muc"]
            assert row["trong_danh_muc"] or row["loai"] == "lưu động"

    assert missing / mobile == pytest.approx(scenario.sites.unlisted, abs=0.05)
