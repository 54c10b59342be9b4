"""Every error, trap and planted fault is taught and graded, and the table tells the truth about it."""

from pathlib import Path

import pytest

from generator.facts import column
from sosach.cases import make_case
from sosach.course.coverage import APART, coverage, graded, missing
from sosach.course.coverage_signing import CATALOGUES, SHOWN_ONLY, groups, ungraded
from sosach.grading.seeds import practice_seed
from sosach.grading.specs import load_spec
from sosach.signing.faults.passports import PASSPORT_FAULTS
from sosach.signing.faults.signatures import SIGNATURE_FAULTS

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = sorted(path.stem for path in (ROOT / "solutions").glob("*.toml"))


def test_nothing_is_missing():
    """Every error and trap of the course has a lesson and an exercise."""
    assert missing(ROOT) == {"taught": [], "graded": []}


def test_table_names_every_error():
    """The table and the list below it hold the whole taxonomy."""
    text = coverage(ROOT)

    assert [e for e in column("error_taxonomy", "error_id") if e not in text] == []
    assert set(APART) <= set(column("error_taxonomy", "error_id"))


def test_every_planted_fault_is_taught_and_graded():
    """Every verdict on every kind of thing has a lesson; what a person can see has an exercise."""
    assert ungraded(ROOT) == []


def test_planted_faults_are_all_in_groups():
    """No fault of the signing room is left out, none stands twice."""
    faults = [fault.id for group in groups(ROOT) for fault in group.faults]
    planted = [fault.id for fault in (*SIGNATURE_FAULTS, *PASSPORT_FAULTS)]

    assert sorted(faults) == sorted(planted)
    assert {name for name, _ in SHOWN_ONLY} <= set(CATALOGUES)


@pytest.mark.full
@pytest.mark.parametrize("exercise", EXERCISES)
def test_table_is_true(exercise):
    """What the table says an exercise grades is judged in its packs for those who code."""
    spec = load_spec(ROOT / "solutions" / f"{exercise}.toml")
    told = {error for error, names in graded(ROOT).items() if exercise in names}
    seen = set()
    for number in (1, 2, 3):
        key = make_case(spec, "nang_cao", practice_seed(exercise, "nang_cao", number)).key
        judged = [*key.records.values(), *key.duties.values(), *key.choices.values()]
        judged += [*key.doses.values(), *(t for d in key.doses.values() for t in d.tokens.values())]
        seen |= {cause for item in judged for cause in item.causes}

    assert told - seen == set()
