"""A resit: new data, an id of its own, earlier marks kept."""

from __future__ import annotations

import json
from contextlib import chdir

import pytest

from generator.problems import Problem
from sosach.classroom import grade, release, resit, status, to_be_repeated
from sosach.classroom.handouts import load_hand_out
from sosach.course import mo_bai

EXERCISE = "k1_02_lap_danh_sach"
AGAIN = f"{EXERCISE}_lan2"


@pytest.fixture
def repeated(pair):
    """The class of two after a resit was given to `binh`."""
    resit(pair, EXERCISE, ["binh"])
    return pair


def records(folder, exercise):
    """Return the table of `binh`."""
    return (folder / "phat_bai" / "binh" / exercise / "du_lieu" / "doi_tuong.csv").read_bytes()


def test_resit_new_data(repeated):
    """The data are new, the exercise is the same, and the record says what it repeats."""
    again = load_hand_out(repeated, AGAIN)

    assert records(repeated, AGAIN) != records(repeated, EXERCISE)
    assert (again.base, again.purpose, list(again.trainees)) == (EXERCISE, "resit-1", ["binh"])
    assert not (repeated / "phat_bai" / "an" / AGAIN).exists()


def test_resit_from_opening_to_marks(repeated, submit):
    """The pack opens with the notebook's own call, packs under its id, and is marked by its key."""
    folder = repeated / "phat_bai" / "binh" / AGAIN
    submit(repeated, "binh", exercise=AGAIN)
    (folder / "bai_nop" / "danh_sach.csv").write_bytes(
        (repeated / "thu_bai" / "binh" / AGAIN / "bai_nop" / "danh_sach.csv").read_bytes()
    )
    with chdir(folder):
        mo_bai(EXERCISE).nop_bai()
    made = folder / f"{AGAIN}__binh.zip"
    made.rename(repeated / "thu_bai" / made.name)
    ledgers = {ledger.exercise: ledger for ledger in grade(repeated)}

    assert ledgers[AGAIN].entries["binh"].points == 10
    assert list(ledgers[AGAIN].entries) == ["binh"]
    assert ledgers[EXERCISE].entries["an"].points == 10
    assert ledgers[EXERCISE].entries["binh"].status == "not_handed_in"


def test_resit_work_on_the_first_pack(repeated, submit):
    """The list of the first pack earns nothing in the resit."""
    first = submit(repeated, "binh")
    first.rename(first.with_name(AGAIN))
    ledgers = {ledger.exercise: ledger for ledger in grade(repeated)}

    assert ledgers[AGAIN].entries["binh"].points == 0


def test_resit_third_sitting(repeated):
    """Each resit has a number and data of its own."""
    third = resit(repeated, EXERCISE, ["binh", "an"])

    assert (third.exercise, third.purpose) == (f"{EXERCISE}_lan3", "resit-2")
    assert records(repeated, third.exercise) != records(repeated, AGAIN)


def test_release_resit_again(repeated):
    """Handing out a resit by its id makes lost packs again and adds nobody."""
    before = records(repeated, AGAIN)
    folder = repeated / "phat_bai" / "binh" / AGAIN
    folder.rename(repeated / "cu")
    (again,) = release(repeated, [AGAIN])

    assert records(repeated, AGAIN) == before
    assert list(again.trainees) == ["binh"]


def test_to_be_repeated(repeated, submit):
    """Who has reached the pass mark in any sitting need not come again."""
    assert to_be_repeated(repeated, EXERCISE, 50) == ["binh"]
    submit(repeated, "binh", exercise=AGAIN)
    grade(repeated)

    assert to_be_repeated(repeated, EXERCISE, 50) == []


@pytest.mark.parametrize(
    ("exercise", "trainees", "said"),
    [
        ("k1_02_lap_danhsach", ["an"], "k1_02_lap_danh_sach"),
        (EXERCISE, ["ann"], "'an'"),
        (EXERCISE, [], "Không có học viên nào"),
    ],
)
def test_resit_wrong_wish(pair, exercise, trainees, said):
    """An unknown exercise or trainee, or nobody at all, is refused; nothing is handed out."""
    with pytest.raises(Problem, match=said):
        resit(pair, exercise, trainees)
    assert [ledger.exercise for ledger in status(pair)] == [EXERCISE]


def test_resit_pack_names_no_seed(repeated):
    """The pack's list names exercise and what it repeats, not the purpose that makes its seed."""
    path = repeated / "phat_bai" / "binh" / AGAIN / "goi_bai.json"
    about = json.loads(path.read_text(encoding="utf-8"))

    assert (about["exercise"], about["base"]) == (AGAIN, EXERCISE)
    assert "resit" not in path.read_text(encoding="utf-8")
