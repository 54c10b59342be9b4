"""Every error and trap of cleaning is taught and graded, and the table tells the truth about it."""

from pathlib import Path

import pytest

from generator.facts import column
from sosach.cases import make_case
from sosach.course.coverage import APART, coverage, graded, missing
from sosach.grading.seeds import practice_seed
from sosach.grading.specs import load_spec

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("*.toml"))


def test_nothing_is_missing():
    """Every error and trap that concerns cleaning has a lesson and an exercise."""
    assert missing(ROOT) == {"taught": [], "graded": []}


def test_table_names_every_error():
    """The table and the list below it hold the whole taxonomy."""
    text = coverage(ROOT)

    assert [e for e in column("error_taxonomy", "error_id") if e not in text] == []
    assert set(APART) <= set(column("error_taxonomy", "error_id"))


@pytest.mark.full
@pytest.mark.parametrize("exercise", EXERCISES)
def test_table_is_true(exercise):
    """What the table says an exercise grades is judged in its packs for those who code."""
    spec = load_spec(ROOT / "solutions" / f"{exercise}.toml")
    told = {error for error, names in graded(ROOT).items() if exercise in names}
    seen = set()
    for number in (1, 2, 3):
        key = make_case(spec, "nang_cao", practice_seed(exercise, "nang_cao", number)).key
        parts = (key.records, key.duties, key.choices, key.doses)
        judged = [item for part in parts for item in part.values()]
        seen |= {cause for item in judged for cause in item.causes}

    assert told - seen == set()
