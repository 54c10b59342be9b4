"""Make persons with Faker vi_VN: python make.py ROWS."""

from __future__ import annotations

import sys

import faker
from measure import check_people, measured

N = int(sys.argv[1])


def people() -> list[tuple[str, ...]]:
    """Make persons as a test would: one call per cell."""
    source = faker.Faker("vi_VN")
    source.seed_instance(2022)
    return [_person(source) for _ in range(N)]


def _person(source: faker.Faker) -> tuple[str, ...]:
    male = source.random.random() < 0.487
    return (
        source.name_male() if male else source.name_female(),
        "Nam" if male else "Nữ",
        source.date_of_birth(minimum_age=0, maximum_age=100).strftime("%d/%m/%Y"),
        source.numerify("0###########"),
        source.phone_number(),
        source.address(),
    )


if __name__ == "__main__":
    measured(people, len, check_people)
