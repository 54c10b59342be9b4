"""The desks of the exercises on signing, with the files that were signed for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from sosach.cases import Case, make_case
from sosach.cases.class_pki import practice_pki
from sosach.grading.specs import find_spec, load_spec


@dataclass(frozen=True)
class Printed:
    """A case, and the folder with its files."""

    case: Case
    folder: Path

    @property
    def rows(self):
        """What is to be examined."""
        return self.case.files["can_kiem_tra"]

    def wrong(self, answer):
        """Return the things about which an answer differs from the key: what was planted, what came out."""
        told = {row["doi_tuong_kiem_tra"]: answer(row) for row in self.rows}
        choices = self.case.key.choices
        return {
            item: (choices[item].title, found)
            for item, found in told.items()
            if found not in choices[item].answers
        }


@pytest.fixture(
    scope="module",
    params=[
        *(("lam_quen", seed) for seed in (1, 2, 3)),
        pytest.param(("nang_cao", 1), marks=pytest.mark.slow),
    ],
    ids=str,
)
def desk(request, tmp_path_factory):
    """A desk of the module's exercise, its files signed."""
    exercise, (level, seed) = request.module.EXERCISE, request.param
    case = make_case(load_spec(find_spec(exercise)), level, seed)
    folder = tmp_path_factory.mktemp(exercise)
    for name, write in case.printed(practice_pki).items():
        write(folder / name)
    return Printed(case, folder)
