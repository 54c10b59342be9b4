"""One small town, one scenario, and bounds for drawn numbers."""

import math

import pytest

from generator.city import Request, make_ward
from generator.places import wards
from generator.scenario import load_scenario

#: how often a right program may fail a statistical test
FALSE_ALARM = 1e-6


@pytest.fixture(scope="session")
def scenario():
    """The shipped scenario."""
    return load_scenario("tp-hcm-2022")


@pytest.fixture(scope="session")
def ward():
    """A ward of middle size, 23,258 people at the census."""
    return wards()["26734"]


@pytest.fixture(scope="session")
def made(ward, scenario):
    """The tables of one whole ward, and what went wrong in it."""
    return make_ward(ward, Request(7, 1.0, scenario))


def _divergence(a, b):
    terms = ((a, b), (1 - a, 1 - b))
    return sum(x * math.log(x / y) for x, y in terms if x)


@pytest.fixture(scope="session")
def within():
    """Tell whether a drawn share can come from n independent draws of probability p.

    Chernoff's bound: P(share >= a) <= exp(-n D(a || p)), and likewise below.
    """

    def check(share, n, p):
        return share == p or n * _divergence(share, p) <= math.log(2 / FALSE_ALARM)

    return check
