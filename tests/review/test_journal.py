import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.problems import Problem
from sosach.review.actions import DECISION, Action, Form
from sosach.review.journal import Journal, check_event, decision_rows, live

#: the same table proves page/journal.js (tests/browser/test_script.py)
CASES = json.loads(Path(__file__).with_name("fold_cases.json").read_text(encoding="utf-8"))
CODES = ("KEEP", "HOLD", "REPORT_UP", "NORMALIZE", "DELETE_DUP_DOSE")
FORM = Form(
    artefact="quyet_dinh.csv",
    columns={name: name for name in DECISION},
    question="",
    actions=(*(Action(code, code) for code in CODES), Action("LEAVE_OUT", "", listed=False)),
    several=True,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["HS1", "HS2"]), st.sampled_from(CODES), st.booleans()),
        st.just("hoan_tac"),
        st.just("bo"),
    )
)


def replay(journal, steps):
    """Do the steps and return what stands after them."""
    for step in steps:
        last = journal.last()
        if step == "hoan_tac":
            if last:
                journal.take(journal.make("hoan_tac", ma_ho_so="HS1", su_kien=last["id"]))
        elif step == "bo":
            journal.take(journal.make("bo", ma_ho_so="HS1"))
        else:
            record, code, more = step
            journal.take(
                journal.make("chon", ma_ho_so=record, hanh_dong=code, them="1" if more else "")
            )
    return live(journal.events)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_decision_rows_table(case):
    """The table of cases that both languages fold alike."""
    rows = decision_rows(case["events"], FORM)

    assert [list(row.values()) for row in rows] == case["rows"]


@settings(max_examples=50)
@given(steps=STEPS, order=st.randoms(use_true_random=False))
def test_live_is_a_fold_of_a_set(steps, order):
    """Whatever was done: the order in which events arrive, and repeats, change nothing."""
    journal = Journal()
    stands = replay(journal, steps)
    shuffled = [*journal.events, *journal.events]
    order.shuffle(shuffled)

    assert live(shuffled) == stands


@settings(max_examples=30)
@given(steps=STEPS)
def test_journal_read_again_is_what_was_left(steps, tmp_path_factory):
    """Another kernel finds the same decisions, and can take them all back."""
    path = tmp_path_factory.mktemp("nhat_ky") / "nhat_ky.jsonl"
    left = replay(Journal(path), steps)
    again = Journal(path)

    assert live(again.events) == left
    assert replay(again, ["hoan_tac"] * len(again.events)) == []


def test_undo_adds_to_the_file(tmp_path):
    """Nothing is erased: taking back is one more line, with an id of its own."""
    path = tmp_path / "nhat_ky.jsonl"
    replay(Journal(path), [("HS1", "KEEP", False), "hoan_tac"])

    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [event["viec"] for event in events] == ["chon", "hoan_tac"]
    assert events[1]["su_kien"] == events[0]["id"] != events[1]["id"]
    assert [event["stt"] for event in events] == [1, 2]


def test_take_twice_keeps_once(tmp_path):
    """An event that a browser sends again is kept once."""
    journal = Journal(tmp_path / "nhat_ky.jsonl")
    event = journal.make("chon", ma_ho_so="HS1", hanh_dong="KEEP")

    assert [journal.take(event), journal.take(event)] == [True, False]
    assert len(Journal(tmp_path / "nhat_ky.jsonl").events) == 1


def test_refresh_takes_in_another_kernel(tmp_path):
    """What another kernel wrote is known after a refresh, and listeners hear of it."""
    path, heard = tmp_path / "nhat_ky.jsonl", []
    here, there = Journal(path), Journal(path)
    here.listen(heard.append)
    replay(there, [("HS1", "KEEP", False)])
    here.refresh()

    assert live(here.events) == live(there.events) == heard


def test_journal_last_line_cut_short(tmp_path):
    """A line that was being written when the machine went off costs itself alone."""
    path = tmp_path / "nhat_ky.jsonl"
    replay(Journal(path), [("HS1", "KEEP", False)])
    whole = path.read_bytes()
    path.write_bytes(whole + '{"id": "x", "ho_ten": "Đ'.encode()[:-1])
    replay(Journal(path), [("HS2", "HOLD", False)])

    assert path.read_bytes().startswith(whole)
    assert [event["ma_ho_so"] for event in live(Journal(path).events)] == ["HS1", "HS2"]


@pytest.mark.parametrize("line", ["{", "[]", '{"viec": "xoa"}', '{"viec": "chon", "id": 1}'])
def test_journal_broken_line(tmp_path, line):
    """A damaged line in the middle is named with its number, and the file stays as it is."""
    path = tmp_path / "nhat_ky.jsonl"
    replay(Journal(path), [("HS1", "KEEP", False)])
    path.write_bytes(line.encode() + b"\n" + path.read_bytes())
    before = path.read_bytes()

    with pytest.raises(Problem, match="dòng 1"):
        Journal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"id": 7},
        {"stt": 0},
        {"stt": True},
        {"stt": 2**53},
        {"ma_ho_so": ""},
        {"gia_tri_moi": "x" * 501},
        {"viec": "luu"},
        {"ly_do": None},
    ],
)
def test_check_event_refuses(change):
    """An event from outside has the form of one, or is none."""
    event = Journal().make("chon", ma_ho_so="HS1", hanh_dong="KEEP")

    assert check_event(event) is event
    with pytest.raises(ValueError, match=r"."):
        check_event(event | change)


def test_changes_lead_to_what_the_file_says():
    """Decisions of a file win; what it dropped is open, what it cannot hold stays."""
    journal = Journal()
    replay(journal, [("HS1", "KEEP", False)])
    journal.take(journal.make("chon", ma_ho_so="HS2", hanh_dong="LEAVE_OUT"))
    changes = journal.changes([{"ma_ho_so": "HS3", "hanh_dong": "HOLD"}], FORM)
    for event in changes:
        journal.take(event)

    assert [(e["ma_ho_so"], e["hanh_dong"]) for e in live(journal.events)] == [
        ("HS2", "LEAVE_OUT"),
        ("HS3", "HOLD"),
    ]
    assert journal.changes([{"ma_ho_so": "HS3", "hanh_dong": "HOLD"}], FORM) == []


def test_make_keeps_one_line_in_nfc():
    """A pasted value becomes one line of composed letters."""
    event = Journal().make("chon", ma_ho_so="HS1", hanh_dong="KEEP", gia_tri_moi=" Le\u0302\nThu\t")

    assert event["gia_tri_moi"] == "Lê Thu"
