"""Sound data sets pass, whatever their seed, scheme and form; rates are judged by chance alone."""
# ruff: noqa: S608 - the queries are written here, out of parts that stand here

import math

import pytest

from sosach.verification import facts, verify
from sosach.verification.tallies import implausible


@pytest.fixture(scope="module")
def outcome(sound):
    """What the check says of a sound data set."""
    return verify(sound)


def test_verify_sound(outcome):
    """Nothing is broken in a data set as generated."""
    assert {c.name: c.examples for c in outcome.checks if c.violations} == {}
    assert outcome.ok


def test_verify_second_seed(make, tmp_path):
    """Another seed, with tables in two forms, is as sound; brackets in a path do not matter."""
    folder = make(tmp_path / "lớp [1]*", seed=2, formats=("parquet", "csv"))

    assert verify(folder).ok


def test_verify_later_day(make, tmp_path):
    """The city three months later is as sound."""
    assert verify(make(tmp_path / "du_lieu", scenario="tp-hcm-2022-08")).ok


def test_verify_unreal_numbers(make, tmp_path, unreal_scenario):
    """Identity numbers that nobody alive can have obey their own scheme."""
    assert verify(make(tmp_path / "du_lieu", seed=3, scenario=unreal_scenario)).ok


def test_verify_causes(outcome):
    """Every kind of error and decoy occurs, and every cell of it follows from its evidence."""
    assert {proof.cause for proof in outcome.causes} == {
        *(cause for column in facts.CELL_CAUSES.values() for cause in column),
        *(*facts.INCIDENTS, facts.GONE, *facts.DECOYS),
    }
    assert all(0 < proof.cells == proof.rederived <= proof.eligible for proof in outcome.causes)
    assert all(proof.achieved == proof.cells / proof.eligible for proof in outcome.causes)


def test_verify_further_columns(copy):
    """Columns that only one side has are no matter; those that both have are compared."""
    copy.rewrite("dan_cu", "select *, 'Kinh' as cot_moi from dan_cu")
    copy.rewrite("mui_that", 'select *, 5 as "lô \'b" from mui_that')

    assert copy.broken_rules() == set()

    copy.rewrite("doi_tuong", "select *, 'Kinh' as cot_moi from doi_tuong")
    copy.rewrite("mui_tiem", 'select *, 5 as "lô \'b" from mui_tiem')

    assert copy.broken_rules() == set()


@pytest.mark.parametrize("pair", [("doi_tuong", "dan_cu"), ("mui_tiem", "mui_that")])
def test_verify_further_column_differs(copy, pair):
    """A column yet unknown that differs between register and truth has no ledger row."""
    for value, table in enumerate(pair):
        copy.rewrite(table, f"select *, {value} as cot_moi from {table}")

    assert copy.broken_rules() == {"differences_recorded"}


def test_verify_rules_once(outcome):
    """Every rule has one name and one sentence of its own."""
    names = {check.name for check in outcome.checks}
    sentences = {check.sentence for check in outcome.checks}

    assert len(names) == len(sentences) == len(outcome.checks)


def test_verify_examples(copy):
    """Of many violations all are counted and three are shown."""
    copy.rewrite("mui_tiem", "select * replace ('Ký rồi' as tt_ky) from mui_tiem")
    check = next(c for c in verify(copy.folder).checks if c.violations)

    assert check.violations == copy.rows("mui_tiem")
    assert len(set(check.examples)) == 3


def test_verify_progress(make, tmp_path):
    """Whoever draws the progress sees every ward go by, under a Vietnamese title."""
    seen = []

    def watch(items, title):
        for item in items:
            seen.append((item, title))
            yield item

    verify(make(tmp_path / "du_lieu"), watch)

    assert seen == [("26794", "Kiểm chứng"), ("27112", "Kiểm chứng")]


def tails(hits, trials, chance):
    """Return twice the smaller exact tail of the binomial distribution."""
    weights = [
        math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)
    ]
    return 2 * min(sum(weights[: hits + 1]), sum(weights[hits:]))


@pytest.mark.parametrize(("trials", "chance"), [(200, 0.05), (300, 0.5), (50, 0.9)])
def test_implausible_false_alarm(trials, chance):
    """Whatever is called implausible has a chance below one in a million."""
    called = [hits for hits in range(trials + 1) if implausible(hits, trials, chance)]

    assert called
    assert all(tails(hits, trials, chance) < 1e-6 for hits in called)


@pytest.mark.parametrize(
    ("hits", "trials", "chance", "expected"),
    [
        (0, 0, 0.5, False),  # nothing could happen
        (0, 100, 0.0, False),
        (1, 100, 0.0, True),  # nothing was asked
        (100, 100, 1.0, False),
        (99, 100, 1.0, True),  # all was asked
        (101, 100, 0.5, True),  # more than could be
        (500, 1000, 0.5, False),
        (620, 1000, 0.5, True),
        (380, 1000, 0.5, True),
        (450_000, 9_000_000, 0.05, False),
        (455_000, 9_000_000, 0.05, True),
    ],
)
def test_implausible(hits, trials, chance, expected):
    """Certainty allows no exception; a large count allows little deviation."""
    assert implausible(hits, trials, chance) is expected
