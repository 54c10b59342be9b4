import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.problems import Problem
from sosach.review import Journal

STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["HS1", "HS2", "HS3"]), st.sampled_from(["a", "b", "c", "khong"])
        ),
        st.just("hoan_tac"),
    )
)


def replay(journal, steps):
    """Do the steps and return the states after each."""
    for step in steps:
        if step == "hoan_tac":
            journal.undo()
        else:
            journal.choose(*step)
    return {code: journal.choice(code) for code in ("HS1", "HS2", "HS3")}


@settings(deadline=None, max_examples=50)
@given(steps=STEPS)
def test_journal_read_again_is_what_was_left(steps, tmp_path_factory):
    """Whatever was clicked: another session finds the same choices, and can undo them all."""
    path = tmp_path_factory.mktemp("nhat_ky") / "nhat_ky.jsonl"
    left = replay(Journal(path), steps)
    again = Journal(path)

    assert {code: again.choice(code) for code in left} == left
    while again.undo():
        pass
    assert set(replay(again, []).values()) == {""}


def test_undo_adds_to_the_file(tmp_path):
    """Nothing is erased: an undo is one more line, with an id of its own."""
    path = tmp_path / "nhat_ky.jsonl"
    journal = Journal(path)
    journal.choose("HS1", "a")
    journal.undo()

    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [event["hanh_dong"] for event in events] == ["chon", "hoan_tac"]
    assert len({event["id"] for event in events}) == 2
    assert events[1]["su_kien"] == events[0]["id"]


def test_choose_same_again_adds_nothing(tmp_path):
    """Pressing the chosen button again leaves no trace, so one undo takes it back."""
    journal = Journal(tmp_path / "nhat_ky.jsonl")
    journal.choose("HS1", "a")
    journal.choose("HS1", "a")
    journal.undo()

    assert journal.choice("HS1") == ""


def test_journal_last_line_cut_short(tmp_path):
    """A line that was being written when the machine went off costs itself alone."""
    path = tmp_path / "nhat_ky.jsonl"
    Journal(path).choose("HS1", "a")
    whole = path.read_bytes()
    path.write_bytes(whole + '{"id": "x", "ho_ten": "Đ'.encode()[:-1])
    journal = Journal(path)
    journal.choose("HS2", "b")

    assert path.read_bytes().startswith(whole)
    assert {row["ma_ho_so"]: row["nhom"] for row in Journal(path).rows()} == {
        "HS1": "a",
        "HS2": "b",
    }


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"hanh_dong": "xoa"}', '{"hanh_dong": "chon", "id": 1}']
)
def test_journal_broken_line(tmp_path, line):
    """A damaged line in the middle is named with its number, and the file stays as it is."""
    path = tmp_path / "nhat_ky.jsonl"
    Journal(path).choose("HS1", "a")
    path.write_bytes(line.encode() + b"\n" + path.read_bytes())
    before = path.read_bytes()

    with pytest.raises(Problem, match="dòng 1"):
        Journal(path)
    assert path.read_bytes() == before


def test_take_over_opens_what_the_list_dropped():
    """A list from outside wins; what it dropped is open, what was left out stays left out."""
    journal = Journal()
    journal.choose("HS1", "a")
    journal.choose("HS2", "khong")
    changed = journal.take_over([("HS3", "c")])

    assert changed == 2
    assert [journal.choice(code) for code in ("HS1", "HS2", "HS3")] == ["", "khong", "c"]


def test_rows_only_groups():
    """Only groups a, b, c are handed in, sorted by record."""
    journal = Journal()
    for code, choice in (("HS2", "c"), ("HS1", "a"), ("HS3", "khong")):
        journal.choose(code, choice)

    assert journal.rows() == [{"ma_ho_so": "HS1", "nhom": "a"}, {"ma_ho_so": "HS2", "nhom": "c"}]
