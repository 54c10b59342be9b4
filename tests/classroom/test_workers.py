"""Several processes, or a cluster: the same ledger and gradebook as one process."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from sosach.classroom import grade, status
from sosach.executors import Losses, cluster, processes
from tests.conftest import PATIENCE, wait_until

EXERCISE = "k1_02_lap_danh_sach"
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

QUERY = """
    select sa.student_id, bc.name, g.auto_score, g.manual_score, g.needs_manual_grade,
        c.auto_comment, sn.late_submission_penalty
    from submitted_assignment sa
    join submitted_notebook sn on sn.assignment_id = sa.id
    left join grade g on g.notebook_id = sn.id left join base_cell bc on bc.id = g.cell_id
    left join comment c on c.notebook_id = sn.id order by 1, 2
"""


def gradebook(folder):
    """Return what marking decides, after proving the file; no ids, no times."""
    with sqlite3.connect(folder / "gradebook.db") as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return connection.execute(QUERY).fetchall()


def account(ledger):
    """Return a ledger without its times."""
    kept = ("status", "sentences", "points", "max_points", "sha256", "judged", "graded", "failed")
    return {n: [getattr(e, name) for name in kept] for n, e in ledger.entries.items()}


@pytest.fixture(params=["processes", "dask"])
def executor(request):
    """Two workers, by processes or by Dask."""
    losses = Losses(str, print)
    if request.param == "processes":
        yield processes(2, losses)
    else:
        with cluster(request.getfixturevalue("dask_address"), losses) as on_cluster:
            yield on_cluster


def test_grade_by_workers_is_the_same(graded, own_class, executor):
    """Ledger and gradebook do not tell who did the work."""
    folder, ledger = graded
    (found,) = grade(own_class, (), executor)

    assert account(found) == account(ledger)
    assert gradebook(own_class) == gradebook(folder)


def test_grade_by_workers_twice(own_class, executor):
    """A class that was put back to an earlier state is marked by the same workers all the same."""
    (first,) = grade(own_class, (), executor)
    (copy, *_) = sorted((own_class / "sao_luu").glob("so_diem_*.db"))
    (own_class / "gradebook.db").unlink()
    shutil.copyfile(copy, own_class / "gradebook.db")
    (again,) = grade(own_class, (), executor)

    assert account(again) == account(first)
    assert len(gradebook(own_class)) == sum(e.graded for e in first.entries.values())


def start(folder, workers=2):
    """Start the command line that grades a class, as leader of its own group."""
    code = "from sosach.cli import main; main()"
    command = [sys.executable, "-c", code, "grade", str(folder), "--workers", str(workers)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=ROOT, **pipes)


def workers_of(process):
    """Return the processes that work for a command line."""
    children = psutil.Process(process.pid).children()
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def n_done(folder):
    """Return how many trainees have their final line."""
    lines = (folder / "so_cham" / EXERCISE).glob("*.json")
    return sum('"seconds": {}' not in line.read_text(encoding="utf-8") for line in lines)


def test_grade_whose_worker_is_killed(graded, own_class):
    """A worker killed over a submission: everybody is marked, and it is said who was redone."""
    process = start(own_class)
    wait_until(lambda: n_done(own_class) >= 2 or process.poll() is not None)
    workers_of(process)[0].kill()
    output, errors = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1  # one is refused in this class anyway
    assert "làm lại một lần" in errors
    assert "Tổng 12 học viên" in output
    assert account(status(own_class)[0]) == account(graded[1])
    assert gradebook(own_class) == gradebook(graded[0])


#: moments of a run: after so many final lines, and so many seconds later
MOMENTS = [(0, 0.0), (1, 0.01), (3, 0.03), (6, 0.02)]
MORE = [(done, wait / 100) for done in range(9) for wait in (0, 1, 2, 4, 8, 15)]


@pytest.mark.parametrize(
    ("done", "wait"),
    [*MOMENTS, *(pytest.param(*moment, marks=pytest.mark.full) for moment in MORE)],
)
def test_grade_killed_goes_on(graded, own_class, done, wait):
    """Kill -9 at any moment: the next run leaves nobody out, marks nobody twice, same gradebook."""
    process = start(own_class)
    wait_until(lambda: process.poll() is not None or n_done(own_class) >= done)
    time.sleep(wait)
    children = workers_of(process) if process.poll() is None else []
    process.send_signal(signal.SIGKILL)
    process.communicate()
    wait_until(lambda: not any(child.is_running() for child in children))
    gradebook(own_class)
    (ledger,) = grade(own_class)

    assert account(ledger) == account(graded[1])
    assert gradebook(own_class) == gradebook(graded[0])
    assert not list(own_class.rglob("*.dang_ghi"))
    assert grade(own_class) == [ledger]


def test_grade_command_says_that_somebody_is_refused(graded):
    """The exit code is 1 while one trainee is refused; the sums are printed."""
    done = start(graded[0], workers=1)
    output, errors = done.communicate(timeout=PATIENCE)

    assert done.returncode == 1, errors
    assert "1 không chấm được" in output
    assert "Traceback" not in output + errors
