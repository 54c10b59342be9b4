"""The corpus in a real class, by both doors: `nbgrader autograde` on raw folders, and `grade`."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys

import pytest

from sosach.classroom import grade, open_class, release
from sosach.classroom.handouts import regenerate
from tests.classroom.conftest import EXERCISE, csv_text, right_rows
from tests.grading.corpus import CASES, FULL, REFUSED, ZERO, Work

HONEST = ("a_dau", "z_cuoi")
#: seconds after which a run counts as hanging
PATIENCE = 1200
EXPECTED = {FULL: 10, ZERO: 0}


def one_in(n):
    """Return every nth case, of every class."""
    return sorted(CASES)[::n]


def make_class(folder, names):
    """Open a class with a trainee for every case and two honest ones around them."""
    trainees = [HONEST[0], *(f"hv{i:03d}" for i in range(len(names))), HONEST[1]]
    lines = ["ma_hoc_vien,ho_ten,don_vi", *(f"{name},Học Viên,TYT" for name in trainees)]
    roster = folder.with_suffix(".csv")
    roster.write_text("\n".join(lines), encoding="utf-8")
    open_class(folder, "Lớp thử", roster)
    release(folder, [EXERCISE], "lam_quen")
    return dict(zip(trainees[1:-1], names, strict=True))


def hand_in_all(folder, door, cases):
    """Hand in every case below `door`, and the right work of the honest."""
    for trainee in (*HONEST, *cases):
        given = folder / "phat_bai" / trainee / EXERCISE
        target = folder / door / trainee / EXERCISE
        shutil.copytree(given, target, ignore=shutil.ignore_patterns("du_lieu"))
        text = csv_text(right_rows(folder, trainee))
        (target / "bai_nop" / "danh_sach.csv").write_text(text, encoding="utf-8")
    for trainee, name in cases.items():
        work = work_of(folder, door, trainee)
        CASES[name].build(work)
        if door == "submitted" and work.package.exists():
            work.package.rename(work.folder)


def work_of(folder, door, trainee):
    """Return a trainee's hand-in as the corpus changes it."""
    _, key = regenerate(folder, EXERCISE, trainee)
    classmate = folder / door / HONEST[0] / EXERCISE / "bai_nop" / "danh_sach.csv"
    return Work(
        root=folder,
        exercise=EXERCISE,
        folder=folder / door / trainee / EXERCISE,
        package=folder / door / f"{EXERCISE}__{trainee}.zip",
        rows=right_rows(folder, trainee),
        others=right_rows(folder, HONEST[0]),
        ids=list(key.records),
        classmate=classmate,
    )


def points(folder):
    """Return the points in the gradebook, by trainee."""
    query = """select sa.student_id, g.auto_score from grade g
        join submitted_notebook sn on sn.id = g.notebook_id
        join submitted_assignment sa on sa.id = sn.assignment_id"""
    with sqlite3.connect(folder / "gradebook.db") as connection:
        return dict(connection.execute(query).fetchall())


def faults(folder, cases):
    """Yield what did not end as it must."""
    found = points(folder)
    for trainee in HONEST:
        if found.get(trainee) != 10:
            yield trainee, found.get(trainee)
    for trainee, name in cases.items():
        wanted = EXPECTED.get(CASES[name].outcome)
        if found.get(trainee) != wanted:
            yield name, found.get(trainee), wanted


def leaks(folder):
    """Return the files of a marked class in which the class key can be read."""
    secret = (folder / "bi_mat.key").read_bytes()
    places = [p for d in ("submitted", "autograded", "feedback") for p in (folder / d).rglob("*")]
    return [p for p in places if p.is_file() and secret in p.read_bytes()]


def autograde_command(folder):
    """Run nbgrader's own command over the whole class."""
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", EXERCISE],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@pytest.mark.slow
@pytest.mark.parametrize("n", [6, pytest.param(1, marks=pytest.mark.full)])
def test_autograde_command_over_the_corpus(tmp_path, n):
    """`nbgrader autograde` on raw folders ends, marks every honest one, and gives nothing away."""
    folder = tmp_path / "lop"
    cases = make_class(folder, one_in(n))
    hand_in_all(folder, "submitted", cases)
    done = autograde_command(folder)

    assert done.returncode == 0, done.stderr[-3000:]
    assert list(faults(folder, cases)) == []
    assert leaks(folder) == []
    assert not list(folder.rglob("da_chay"))
    assert "Traceback" not in done.stderr
    refused = [name for name in cases.values() if CASES[name].outcome == REFUSED]
    assert len(list((folder / "tu_choi" / EXERCISE).glob("*.txt"))) == len(refused)


@pytest.mark.slow
@pytest.mark.parametrize("n", [6, pytest.param(1, marks=pytest.mark.full)])
def test_grade_over_the_corpus(tmp_path, n):
    """`grade` on the inbox ends alike, and everybody of the roster is accounted for."""
    folder = tmp_path / "lop"
    cases = make_class(folder, one_in(n))
    hand_in_all(folder, "thu_bai", cases)
    (ledger,) = grade(folder)

    assert list(faults(folder, cases)) == []
    assert leaks(folder) == []
    assert not list(folder.rglob("da_chay"))
    assert sum(ledger.counts().values()) == len(cases) + 2
    refused = {name for name, entry in ledger.entries.items() if entry.status == "refused"}
    assert refused == {t for t, name in cases.items() if CASES[name].outcome == REFUSED}
