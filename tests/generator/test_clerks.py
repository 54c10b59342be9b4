from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from generator.city import Request, make_ward
from generator.clerks import carelessness
from generator.randomness import Draws
from generator.strict import Share


def dispersion(made):
    """Return the variance of wrong doses by clerk, as a multiple of what chance alone gives."""
    clerk = {row["dose_id"]: row["nguoi_nhap"] for row in made["mui_that"].to_pylist()}
    link = made["link"].to_pylist()
    dose = {row["ma_mui"]: row["dose_id"] for row in link if row["role"] == "original"}
    wrong = {
        row["ma_mui"]
        for row in made["ledger"].to_pylist()
        if row["column"] in ("so_lo", "ngay_tiem")
    }
    all_of, wrong_of = Counter(), Counter()
    for line in made["mui_tiem"]["ma_mui"].to_pylist():
        if dose.get(line):
            all_of[clerk[dose[line]]] += 1
            wrong_of[clerk[dose[line]]] += line in wrong
    share = sum(wrong_of.values()) / sum(all_of.values())
    terms = [
        (wrong_of[c] - n * share) ** 2 / (n * share * (1 - share))
        for c, n in all_of.items()
        if n * share > 5
    ]
    return sum(terms) / (len(terms) - 1), len(terms) - 1


@pytest.mark.parametrize("alike", [False, True])
def test_errors_cluster_by_clerk(ward, scenario, alike):
    """Some clerks make far more mistakes than others; where all are alike, chance alone decides."""
    if alike:
        scenario = replace(
            scenario,
            clerks=replace(scenario.clerks, **dict.fromkeys(("place", "clerk", "day"), Share(0))),
        )
    ratio, freedom = dispersion(make_ward(ward, Request(2, 1.0, scenario))[0])

    # chi-square over its degrees of freedom: mean 1, variance 2 / freedom
    bound = 1 + 6 * (2 / freedom) ** 0.5
    assert (ratio > 2 * bound) != alike
    assert (ratio < bound) == alike


def test_carelessness_has_mean_one(scenario):
    """Over many places, clerks and days the factors change no rate on average."""
    factors = []
    for ward in range(400):
        rng = np.random.Generator(np.random.Philox(ward))
        site = (rng.random(200) * 7).astype(int)
        clerk = site * 6 + (rng.random(200) * 6).astype(int)
        day = np.datetime64("2021-07-01") + (rng.random(200) * 200).astype("timedelta64[D]")
        factors.append(carelessness(Draws(1, ward), site, clerk, day, scenario).mean())

    spread = np.std(factors) / len(factors) ** 0.5
    assert abs(np.mean(factors) - 1) < 5 * spread
    assert np.std(factors) > 0.05
