"""Persons with doses, register and key against Faker vi_VN, which makes names and addresses alone.

    python benchmarks/people.py

Unit: one person. Ours makes households, people, doses, both register tables, ledger and link of
ten whole wards, in memory, one-off pools included; Faker a name and an address.
"""

from __future__ import annotations

import faker
from compare import main

from generator.city import Request, make_ward
from generator.places import wards
from generator.scenario import load_scenario

WARDS = tuple(wards())[:100:10]
FAKER_PEOPLE = 5_000


def ours() -> int:
    """Make ten whole wards."""
    request = Request(2022, 1.0, load_scenario("tp-hcm-2022"))
    return sum(make_ward(wards()[code], request)[0]["dan_cu"].num_rows for code in WARDS)


def faker_vi_vn() -> int:
    """Make names and addresses."""
    source = faker.Faker("vi_VN")
    source.seed_instance(2022)
    rows = [(source.name(), source.address()) for _ in range(FAKER_PEOPLE)]
    return len(rows)


if __name__ == "__main__":
    main(__file__, {"sosach": ours, "faker vi_VN": faker_vi_vn}, ["numpy", "pyarrow", "faker"])
