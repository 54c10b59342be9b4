"""Deadlines: Vietnam's time outside, UTC inside, nbgrader's own penalties and extensions."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

import pytest

from generator.problems import Problem
from sosach.classroom import extend, grade, release
from sosach.classroom.deadlines import TIME_ZONE
from sosach.classroom.nbgrader_gradebook import read_marks
from sosach.classroom.results import read_results

EXERCISE = "k1_02_lap_danh_sach"
DUE = datetime(2022, 5, 20, 17, 0, tzinfo=TIME_ZONE)


@pytest.fixture
def due(pair):
    """The class of two with a deadline, in which late work is worth nothing."""
    with (pair / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("get_config().LateSubmissionPlugin.penalty_method = 'zero'\n")
    release(pair, [EXERCISE], due=DUE)
    return pair


def came_in(folder, stamp):
    """Let the hand-in of `an` have come at another time; return what it is worth then."""
    path = folder / "so_cham" / EXERCISE / "an.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw |= {"hand_ins": dict.fromkeys(raw["hand_ins"], stamp)}
    path.write_text(json.dumps(raw), encoding="utf-8")
    return points(folder)


def points(folder):
    """Grade and return the points of `an`."""
    (ledger,) = grade(folder)
    return ledger.entries["an"].points


def test_release_due_in_utc(due):
    """17:00 in Vietnam is 10:00 UTC in nbgrader's gradebook."""
    with sqlite3.connect(due / "gradebook.db") as connection:
        (stored,) = connection.execute("select duedate from assignment").fetchone()

    assert stored.startswith("2022-05-20 10:00:00")
    assert read_marks(due, EXERCISE)["binh"].deadline == "2022-05-20 10:00:00 UTC"


@pytest.mark.parametrize(
    ("stamp", "worth"),
    [
        ("2022-05-20 09:59:59 UTC", 10),
        ("2022-05-20 10:00:00 UTC", 10),
        ("2022-05-20 10:00:01 UTC", 0),
    ],
)
def test_grade_at_the_deadline(due, stamp, worth):
    """The second of the deadline is in time, the next one is late."""
    assert came_in(due, stamp) == worth


def test_ledger_says_what_came_late(due):
    """Who came late stands in account and mark sheet, be it that it costs nothing, until extended."""
    came_in(due, "2022-05-20 10:00:01 UTC")
    (before,), results = read_results(due)
    extend(due, EXERCISE, "an", 1)
    (after,) = grade(due)

    assert before.entries["an"].late == "Nộp trễ, hạn là 17:00 ngày 20/5/2022."
    assert before.entries["an"].late in results[0].sentences
    assert before.entries["binh"].late == ""
    assert after.entries["an"].late == ""


def test_release_again_keeps_the_deadline(due):
    """Handing out again without a deadline leaves it."""
    release(due, [EXERCISE])

    assert read_marks(due, EXERCISE)["an"].deadline == "2022-05-20 10:00:00 UTC"


def test_extend_marks_again(due):
    """An extension takes a late penalty back at the next grading, and says why."""
    assert came_in(due, "2022-05-21 09:00:00 UTC") == 0
    granted = extend(due, EXERCISE, "an", 24)
    (ledger,) = grade(due)
    entry = ledger.entries["an"]

    assert granted == datetime(2022, 5, 21, 17, 0, tzinfo=TIME_ZONE)
    assert entry.points == 10
    assert "hạn nộp đã đổi" in " ".join(entry.sentences)


def test_extend_before_anything_came(due, submit):
    """Somebody who has not handed in yet can have an extension; it counts when the work comes."""
    extend(due, EXERCISE, "binh", 24 * 365 * 100)
    (ledger,) = grade(due)
    assert ledger.entries["binh"].status == "not_handed_in"
    submit(due, "binh")
    (ledger,) = grade(due)

    assert ledger.entries["binh"].points == 10


def test_extend_taken_back(due):
    """Zero hours take an extension back."""
    came_in(due, "2022-05-21 09:00:00 UTC")
    extend(due, EXERCISE, "an", 24)
    extend(due, EXERCISE, "an", 0)

    assert points(due) == 0


def test_extend_without_deadline(pair):
    """Where nothing is due there is nothing to extend."""
    with pytest.raises(Problem, match="chưa có hạn nộp"):
        extend(pair, EXERCISE, "an", 24)


def test_extend_unknown_trainee(due):
    """A misspelt trainee is answered with the nearest."""
    with pytest.raises(Problem, match="'binh'"):
        extend(due, EXERCISE, "bin", 24)
