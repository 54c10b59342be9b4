"""The state table: complete, closed, in the register's words."""

import pytest

from generator import facts
from generator.problems import Problem
from sosach.simulation.platform import states

SUBJECT = set(states.SUBJECT_STATES)
DOSE = set(states.DOSE_STATES)


def words(column):
    """Return the closed list of a column, as platform_columns.csv has it."""
    rows = facts.table("platform_columns")
    found = next(r for r in rows if r["dataset_id"] == "H" and r["column_key"] == column)
    return {word.strip() for word in found["format_or_values"].split("|")}


def test_steps_of_one_kind():
    """A step leads from a state of a record to one of a record, or from dose to dose."""
    kinds = [{step.source, step.target} for step in states.STEPS]

    assert all(kind <= SUBJECT or kind <= DOSE for kind in kinds)


@pytest.mark.parametrize("state", sorted(SUBJECT | DOSE))
def test_steps_exit(state):
    """No state is a dead end: something leads out of it, to another one."""
    assert any(s.source == state != s.target for s in states.STEPS)


@pytest.mark.parametrize("state", sorted(SUBJECT | DOSE))
def test_steps_reached(state):
    """Every state can be reached from another one."""
    assert any(s.target == state != s.source for s in states.STEPS)


def test_steps_unambiguous():
    """State and event decide where a step leads."""
    keys = [(step.source, step.event) for step in states.STEPS]

    assert len(keys) == len(set(keys))


def test_steps_rule_and_document():
    """Every step says its rule and its document."""
    assert all(step.rule and step.document for step in states.STEPS)


@pytest.mark.parametrize("column", ["tt_xac_minh", "tt_ky", "tt_hcvx"])
def test_states_shown_words(column):
    """What a state shows stands in the register's closed list, and every word of it has a state."""
    every = [*states.SUBJECT_STATES.values(), *states.DOSE_STATES.values()]

    assert {s.shown[column] for s in every if column in s.shown} == words(column)


def test_subject_state_foreigner():
    """Who was not sent is a foreigner by nationality, else a citizen yet to be sent."""
    assert states.subject_state("Chưa gửi", "Hàn Quốc") == "NGUOI_NUOC_NGOAI"
    assert states.subject_state("Chưa gửi", "Việt Nam") == "CHUA_GUI"


@pytest.mark.parametrize("state", ["DA_KY_CO_SO", "DA_CAP_HO_CHIEU"])
def test_after_edit_of_signed(state):
    """An edit of a signed dose makes it one that has to be signed again."""
    assert states.after(state, "sua") == "PHAI_KY_LAI"


def test_after_unknown():
    """A step that no rule has is named."""
    with pytest.raises(Problem, match="CHUA_NHAP"):
        states.after("CHUA_NHAP", "ky")
