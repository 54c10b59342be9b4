"""Where doses are given, who enters them, and from which lots.

A ward has its station and mobile points; some doses are given at the district's centre, some in
another province. A facility works through few lots of a vaccine in one week. Codes and lots are
invented: no official list of either was found.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator.lots import LOTS_PER_VACCINE
from generator.places import Ward
from generator.randomness import Draws, Floats, Ints, Stream, weighted
from generator.scenario import Scenario

__all__ = [
    "CENTRE",
    "CENTRE_UNIT",
    "ELSEWHERE",
    "FIRST_WEEK",
    "SITES",
    "STATION",
    "STATION_UNIT",
    "choose_lots",
    "choose_sites",
    "entering_units",
    "listed_sites",
    "site_codes",
    "site_names",
    "site_table",
    "typed_sites",
    "unit_codes",
]

#: mobile points of a ward: schools, markets, factories (ours)
MOBILE_POINTS = 4
STATION, CENTRE, ELSEWHERE = 0, MOBILE_POINTS + 1, MOBILE_POINTS + 2
#: who enters doses: places in `unit_codes`
STATION_UNIT, CENTRE_UNIT, OUTSIDE_UNIT = range(3)
SITES = MOBILE_POINTS + 3
#: the code of every place outside the city
OUTSIDE = "NGOAI"
#: weeks are counted from the Monday before the first dose in the country (dose_rules.csv R01)
FIRST_WEEK = np.datetime64("2021-03-08")
#: new lots of a vaccine per week, and the share of a facility's first lot (assumptions)
LOTS_PER_WEEK, FIRST_LOT = 0.5, 0.75


def site_codes(ward: Ward) -> tuple[str, ...]:
    """Return the codes of all places: station, mobile points, district centre, elsewhere."""
    own = [f"CS{ward.code}-{k + 1}" for k in range(MOBILE_POINTS + 1)]
    return (*own, f"TT{ward.district_code}", OUTSIDE)


def unit_codes(ward: Ward) -> tuple[str, ...]:
    """Return the codes of those who enter doses: station, district centre, elsewhere."""
    codes = site_codes(ward)
    return codes[STATION], codes[CENTRE], codes[ELSEWHERE]


def entering_units(draws: Draws, scenario: Scenario) -> Ints:
    """Return for each place of a ward which of `unit_codes` enters its doses."""
    u = draws.uniform(Stream.SITE_LIST, 2 * SITES)[:SITES]
    by_centre = (u < scenario.sites.entered_by_centre).astype(np.int64)
    by_centre[[STATION, CENTRE, ELSEWHERE]] = STATION_UNIT, CENTRE_UNIT, OUTSIDE_UNIT
    return by_centre


def listed_sites(draws: Draws, scenario: Scenario) -> NDArray[np.bool_]:
    """Tell which places of a ward are in the official list: some mobile points are not."""
    mobile = np.isin(np.arange(SITES), (STATION, CENTRE, ELSEWHERE), invert=True)
    u = draws.uniform(Stream.SITE_LIST, 2 * SITES)[SITES:]
    return ~(mobile & (u < scenario.sites.unlisted))


def typed_sites(draws: Draws, scenario: Scenario) -> Ints:
    """Return for each place of a ward the place whose code is typed.

    A place that the official list lacks has no code: its doses stand under the unit that enters
    them (error_taxonomy.csv E59).
    """
    places_of_units = np.array([STATION, CENTRE, ELSEWHERE])
    of_unit = places_of_units[entering_units(draws, scenario)]
    return np.where(listed_sites(draws, scenario), np.arange(SITES), of_unit)


def site_names(ward: Ward) -> tuple[str, ...]:
    """Return the names of all places, in the order of `site_codes`."""
    return (
        f"Trạm Y tế {ward.name}",
        *(f"Điểm tiêm lưu động {k} – {ward.name}" for k in range(1, MOBILE_POINTS + 1)),
        f"Trung tâm Y tế {ward.district}",
        "Cơ sở ngoài TP.HCM",
    )


def site_table(draws: Draws, ward: Ward, scenario: Scenario) -> pa.Table:
    """Return ``co_so``: the places where people of a ward are vaccinated.

    Parameters
    ----------
    draws : Draws
        Of the ward.
    ward : Ward
    scenario : Scenario

    Returns
    -------
    Table
        Code, name, kind, whether the official list has it, and the unit that enters its doses.
    """
    units = unit_codes(ward)
    kinds = ["trạm y tế", *["lưu động"] * MOBILE_POINTS, "trung tâm y tế", "ngoài thành phố"]
    return pa.table(
        {
            "co_so_tiem": pa.array(site_codes(ward)),
            "ten_co_so": pa.array(site_names(ward)),
            "loai": pa.array(kinds),
            "trong_danh_muc": pa.array(listed_sites(draws, scenario)),
            "don_vi_nhap": pa.array([units[k] for k in entering_units(draws, scenario)]),
        }
    )


def choose_sites(u: Floats, scenario: Scenario) -> Ints:
    """Draw where doses are given.

    Parameters
    ----------
    u : ndarray of float, shape (n,)
    scenario : Scenario

    Returns
    -------
    ndarray of int, shape (n,)
        Indices into `site_codes`.
    """
    sites = scenario.sites
    station = 1 - sites.mobile - sites.district_centre - sites.elsewhere
    points = [sites.mobile / MOBILE_POINTS] * MOBILE_POINTS
    return weighted(u, [station, *points, sites.district_centre, sites.elsewhere])


def choose_lots(
    u: Floats, vaccine: Ints, day: NDArray[np.datetime64], site: Ints, ward: Ward
) -> Ints:
    """Choose lots: each facility has two of a vaccine in one week, and later ones later.

    Parameters
    ----------
    u : ndarray of float, shape (n,)
        Decides between the two.
    vaccine, site : ndarray of int, shape (n,)
    day : ndarray of datetime64[D], shape (n,)
    ward : Ward

    Returns
    -------
    ndarray of int, shape (n,)
        Indices into `generator.lots.lot_texts`.
    """
    week = (day - FIRST_WEEK).astype(np.int64) // 7
    newest = (week * LOTS_PER_WEEK).astype(np.int64)
    own = (5 * ward.index + 7 * site + week) % 3  # which of the lots in stock the facility got
    lots: Ints = vaccine * LOTS_PER_VACCINE + (newest + own + (u >= FIRST_LOT)) % LOTS_PER_VACCINE
    return lots
