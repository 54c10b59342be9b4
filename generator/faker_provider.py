"""Our tables behind Faker's interface, and Faker behind what needs no Vietnamese truth.

Faker's own Vietnamese names put the surname last and its addresses mix provinces, so names come
from our tables. Workplaces are free text that nothing is checked against: Faker chooses their
kind of firm.
"""

from __future__ import annotations

from functools import cache

import faker
import numpy as np
from faker.providers import BaseProvider

from generator import names

__all__ = ["VietnameseProvider", "workplaces"]

#: how many invented workplaces a city has (ours)
N_WORKPLACES = 400


class VietnameseProvider(BaseProvider):
    """Vietnamese words for ``faker.Faker("vi_VN").add_provider(VietnameseProvider)``."""

    def vietnamese_given_name(self, *, female: bool, year: int) -> str:
        """Return a given name of the person's sex and generation.

        Parameters
        ----------
        female : bool
            Sex.
        year : int
            Birth year.

        Returns
        -------
        str
            One word, NFC.
        """
        group = 3 * np.array([int(female)]) + names.cohort_of(np.array([year]))
        index = names.given_names().pick(group, np.array([self.generator.random.random()]))
        return str(names.given_names().write(index)[0])

    def workplace(self) -> str:
        """Return an invented firm: its kind, then two given names."""
        owners = [self.vietnamese_given_name(female=female, year=1970) for female in (False, True)]
        return f"{self.generator.company_suffix()} {' '.join(owners)}"


@cache
def workplaces() -> tuple[str, ...]:
    """Return the invented workplaces, the same for every seed."""
    source = faker.Faker("vi_VN")
    source.add_provider(VietnameseProvider)
    source.seed_instance(N_WORKPLACES)
    return tuple(source.workplace() for _ in range(N_WORKPLACES))
