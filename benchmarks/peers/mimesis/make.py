"""Make persons with Mimesis, in English because it has no Vietnamese: python make.py ROWS."""

from __future__ import annotations

import sys

from measure import check_people, measured
from mimesis import Address, Person
from mimesis.enums import Gender
from mimesis.locales import Locale

N = int(sys.argv[1])


def people() -> list[tuple[str, ...]]:
    """Make persons as a test would: one call per cell."""
    person, address = Person(Locale.EN, seed=2022), Address(Locale.EN, seed=2022)
    return [_person(person, address) for _ in range(N)]


def _person(person: Person, address: Address) -> tuple[str, ...]:
    male = person.random.random() < 0.487
    return (
        person.full_name(gender=Gender.MALE if male else Gender.FEMALE),
        "Nam" if male else "Nữ",
        person.birthdate(min_year=1922, max_year=2022).strftime("%d/%m/%Y"),
        person.identifier(mask="0###########"),
        person.phone_number(mask="09########"),
        address.address(),
    )


if __name__ == "__main__":
    measured(people, len, check_people)
