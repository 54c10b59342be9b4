"""Whatever happens to one submission stays with that submission, and is written down."""

from __future__ import annotations

import json
import shutil
import sqlite3

import pytest

from generator.problems import Problem
from sosach.classroom import grade, status
from sosach.classroom import marking as marking_module
from sosach.classroom.folder import ClassFolder
from sosach.classroom.jobs import Job
from sosach.classroom.marking import mark_one

EXERCISE = "k1_02_lap_danh_sach"


def log_lines(folder):
    """Return the log, line by line."""
    text = (folder / "so_cham" / "nhat_ky.log").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def break_once(monkeypatch, name):
    """Let the program have a fault that shows with one trainee."""
    real = marking_module.regenerate

    def faulty(folder, exercise, trainee):
        if trainee == name:
            return {}["thiếu"]
        return real(folder, exercise, trainee)

    monkeypatch.setattr(marking_module, "regenerate", faulty)


def test_grade_with_a_fault_of_ours(pair, submit, monkeypatch):
    """A fault of the program refuses one trainee in a sentence; the traceback goes to the log."""
    submit(pair, "an", 0.5)
    submit(pair, "binh")
    break_once(monkeypatch, "binh")
    (ledger,) = grade(pair)
    entry = ledger.entries["binh"]
    (error,) = [line for line in log_lines(pair) if line["event"] == "error"]

    assert (entry.status, entry.failed, entry.graded) == ("refused", True, False)
    assert "Chương trình gặp lỗi (KeyError)" in entry.sentences[0]
    assert (error["trainee"], "Traceback" in error["traceback"]) == ("binh", True)
    assert 0 < ledger.entries["an"].points < 10


def test_grade_after_a_mark_by_hand(pair):
    """A mark changed by hand in formgrader reaches the page; the work is not judged again."""
    with sqlite3.connect(pair / "gradebook.db") as connection:
        connection.execute("update grade set manual_score = 7.25, needs_manual_grade = 0")
    marked = pair / "autograded" / "an" / EXERCISE / f"{EXERCISE}.ipynb"
    before = marked.stat().st_mtime_ns
    (ledger,) = grade(pair)
    page = pair / "feedback" / "an" / EXERCISE / f"{EXERCISE}.html"

    assert ledger.entries["an"].points == 7.25
    assert "7,25" in page.read_text(encoding="utf-8")
    assert marked.stat().st_mtime_ns == before


def test_grade_after_a_fault_of_ours(pair, submit, monkeypatch):
    """When the fault is repaired, the next run marks what was refused."""
    submit(pair, "binh")
    with monkeypatch.context() as broken:
        break_once(broken, "binh")
        (ledger,) = grade(pair)
        assert ledger.entries["binh"].status == "refused"
    (ledger,) = grade(pair)

    assert (ledger.entries["binh"].status, ledger.entries["binh"].points) == ("graded", 10)
    assert not ledger.failed


def test_grade_feedback_that_fails(pair, submit):
    """A page that cannot be written leaves the mark and asks for somebody."""
    submit(pair, "binh")
    (pair / "feedback" / "binh").write_text("a file where a folder should be")
    (ledger,) = grade(pair)
    entry = ledger.entries["binh"]

    assert (entry.status, entry.points, entry.failed) == ("graded", 10, True)
    assert "chưa viết được phiếu nhận xét" in entry.sentences[-1]


def test_grade_log_of_the_run(pair, submit):
    """Each run leaves a line: how many, how long, and where the time went."""
    submit(pair, "binh")
    grade(pair)
    run = [line for line in log_lines(pair) if line["event"] == "run"][-1]

    assert (run["jobs"], run["marked"]) == (2, 1)
    assert set(run["parts"]) >= {"intake", "score", "nbgrader", "feedback"}
    assert 0 < sum(run["parts"].values()) <= run["seconds"]


def test_grade_spoiled_line(pair):
    """A spoiled line of the ledger is said, and healed by marking again."""
    path = pair / "so_cham" / EXERCISE / "an.json"
    path.write_text("{")
    (told,) = status(pair)
    (ledger,) = grade(pair)

    assert told.failed
    assert (ledger.entries["an"].status, ledger.entries["an"].points) == ("graded", 10)


def test_grade_mark_lost_from_the_gradebook(pair):
    """Where an older gradebook was put back, the marks that it lacks are made again."""
    (copy, *_) = sorted((pair / "sao_luu").glob("so_diem_*.db"))
    shutil.copyfile(copy, pair / "gradebook.db")
    (ledger,) = grade(pair)

    assert ledger.entries["an"].points == 10


def test_grade_gradebook_missing(pair):
    """Without a gradebook nothing is marked; the sentence names the copies."""
    (pair / "gradebook.db").unlink()

    with pytest.raises(Problem, match="sao_luu"):
        grade(pair)
    assert not (pair / "gradebook.db").exists()


def test_grade_gradebook_spoiled(pair):
    """A spoiled gradebook stops the run before anything is written."""
    data = (pair / "gradebook.db").read_bytes()
    (pair / "gradebook.db").write_bytes(data[:5000] + b"\0" * 5000 + data[10000:])

    with pytest.raises(Problem, match="Sổ điểm"):
        grade(pair)


def test_grade_keeps_fourteen_copies(pair):
    """Before each run the gradebook is copied; the newest fourteen stay, and no halves of older ones."""
    for number in range(20):
        (pair / "sao_luu" / f"so_diem_20220520-0000{number:02d}-000000.db").write_bytes(b"")
    for half in (".so_diem_20220519-000000-000000.db.dang_ghi", ".so_diem_20990101.db.dang_ghi"):
        (pair / "sao_luu" / half).write_bytes(b"")
    grade(pair)
    halves = [path.name for path in (pair / "sao_luu").glob(".*")]
    kept = sorted(path.name for path in (pair / "sao_luu").glob("so_diem_*.db"))

    assert halves == [".so_diem_20990101.db.dang_ghi"]
    assert len(kept) == 14
    assert kept[-1] > "so_diem_2023"


def test_grade_laid_into_nbgraders_folder(pair, submit):
    """What nbgrader's own tools put into `submitted` is marked too, and again when it changes."""
    target = pair / "submitted" / "binh" / EXERCISE
    target.parent.mkdir(parents=True)
    for share, least in ((0.5, 0), (1.0, 10)):
        shutil.rmtree(target, ignore_errors=True)
        submit(pair, "binh", share).rename(target)
        (ledger,) = grade(pair)

        assert ledger.entries["binh"].points >= least
        assert grade(pair) == [ledger]


def test_mark_one_on_another_computer(pair):
    """Several computers would spoil a gradebook that is a file: refused, with what to do."""
    job = Job(EXERCISE, "an", (), "", marked=True, points=10)

    with pytest.raises(Problem, match="PostgreSQL"):
        mark_one(pair, "máy khác", job)


def test_mark_one_leaves_other_gradebooks_alone(pair, tmp_path):
    """While one class is marked, nbgrader opens other gradebooks as ever, and so afterwards."""
    from nbgrader.api import Gradebook

    own = Gradebook.__init__
    grade(pair)

    assert Gradebook.__init__ is own
    assert ClassFolder.load(pair).record.gradebook == ""
