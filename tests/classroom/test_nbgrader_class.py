from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from sosach.classroom import grade, release
from sosach.classroom.nbgrader_class import autograde
from sosach.classroom.nbgrader_gradebook import read_marks

EXERCISE = "k1_02_lap_danh_sach"
PROGRAMS = Path(sys.executable).parent
#: generous: a cold start on a loaded machine
SECONDS = 90

TABLES = {
    "grade": """select sa.student_id, bc.name, t.auto_score, t.manual_score, t.extra_credit,
        t.needs_manual_grade from grade t join base_cell bc on bc.id = t.cell_id
        join submitted_notebook sn on sn.id = t.notebook_id
        join submitted_assignment sa on sa.id = sn.assignment_id order by 1, 2""",
    "comment": """select sa.student_id, bc.name, t.auto_comment, t.manual_comment
        from comment t join base_cell bc on bc.id = t.cell_id
        join submitted_notebook sn on sn.id = t.notebook_id
        join submitted_assignment sa on sa.id = sn.assignment_id order by 1, 2""",
    "submission": """select student_id, timestamp from submitted_assignment order by 1""",
    "penalty": """select sa.student_id, sn.late_submission_penalty from submitted_notebook sn
        join submitted_assignment sa on sa.id = sn.assignment_id order by 1""",
}


def tables(folder):
    """Return the content of the gradebook that marking decides."""
    with sqlite3.connect(folder / "gradebook.db") as connection:
        return {name: connection.execute(query).fetchall() for name, query in TABLES.items()}


def environment():
    """Return the environment of somebody who called Python by its full path."""
    path = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if Path(p) != PROGRAMS)
    return {**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_autograde_notebook_with_doubled_cells(graded, tmp_path):
    """Doubled, changed and added cells in a submission neither stop the run nor earn points."""
    folder = tmp_path / "lop1"
    shutil.copytree(graded[0], folder, symlinks=True)
    path = folder / "submitted" / "goi_het" / EXERCISE / f"{EXERCISE}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [*notebook["cells"], *notebook["cells"]]
    notebook["cells"][-1]["metadata"]["nbgrader"]["points"] = 100
    path.write_text(json.dumps(notebook), encoding="utf-8")

    autograde(folder, EXERCISE, "goi_het")

    assert tables(folder)["grade"] == tables(graded[0])["grade"]


def test_autograde_late_penalty(graded, tmp_path):
    """A late penalty set in the class's configuration counts, as in nbgrader's manual."""
    folder = tmp_path / "lop1"
    shutil.copytree(graded[0], folder, symlinks=True)
    with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("get_config().LateSubmissionPlugin.penalty_method = 'zero'\n")
    with sqlite3.connect(folder / "gradebook.db") as connection:
        connection.execute("update assignment set duedate = '2022-05-04 00:00:00.000000'")

    autograde(folder, EXERCISE, "dung")

    assert read_marks(folder, EXERCISE)["dung"][:2] == (0, 10)


@pytest.mark.slow
def test_autograde_command_equals_grade(graded, tmp_path):
    """`nbgrader autograde` by hand gives the gradebook that `grade` gives, row by row."""
    folder = tmp_path / "lop1"
    shutil.copytree(graded[0], folder, symlinks=True)
    shutil.rmtree(folder / "autograded")
    with sqlite3.connect(folder / "gradebook.db") as connection:
        connection.execute("update grade set auto_score = null")
    assert tables(folder) != tables(graded[0])

    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", EXERCISE],
        cwd=folder,
        env=environment(),
        check=True,
        capture_output=True,
    )

    assert tables(folder) == tables(graded[0])
    for name in ("dung", "goi_het"):
        path = Path("autograded", name, EXERCISE, f"{EXERCISE}.ipynb")
        assert (folder / path).read_bytes() == (graded[0] / path).read_bytes()


def test_api_autograde_equals_grade(graded, tmp_path):
    """What formgrader's button calls gives the gradebook that `grade` gives, row by row."""
    folder = tmp_path / "lop1"
    shutil.copytree(graded[0], folder, symlinks=True)
    with sqlite3.connect(folder / "gradebook.db") as connection:
        connection.execute("update grade set auto_score = null")
        connection.execute("update comment set auto_comment = 'x'")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    for name in ("dung", "goi_het", "trong", "excel"):
        done = api.autograde(EXERCISE, name)
        assert done["success"], done["log"]

    for table, rows in tables(graded[0]).items():
        marked = [row for row in rows if row[0] in ("dung", "goi_het", "trong", "excel")]
        assert [row for row in tables(folder)[table] if row in marked] == marked


def test_grade_again_keeps_marks_by_hand(pair):
    """Marks and comments given by hand survive the next marking of the same submission."""
    with sqlite3.connect(pair / "gradebook.db") as connection:
        connection.execute("update grade set manual_score = 9.5, extra_credit = 0.25")
        connection.execute("update comment set manual_comment = 'Khá'")
    shutil.rmtree(pair / "autograded")
    (ledger,) = grade(pair)

    assert ledger.entries["an"].points == 9.75
    assert [row[2:5] for row in tables(pair)["grade"]] == [(10.0, 9.5, 0.25)]


def test_release_again_enrols_who_came_later(pair):
    """Somebody added to the roster stands in nbgrader's gradebook with name and unit."""
    with (pair / "danh_sach_lop.csv").open("a", encoding="utf-8") as file:
        file.write('"moi","Lê Mới","TYT Phường 9",""\n')
    release(pair, [EXERCISE])
    with sqlite3.connect(pair / "gradebook.db") as connection:
        rows = connection.execute("select id, first_name, last_name from student").fetchall()

    assert ("moi", "Lê Mới", "TYT Phường 9") in rows


def free_port():
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(graded, tmp_path):
    """A Jupyter server with nbgrader's formgrader, started in a copy of the class."""
    folder = tmp_path / "lop1"
    shutil.copytree(graded[0], folder, symlinks=True)
    port = free_port()
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root"]
    options = [
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--ServerApp.disable_check_xsrf=True",
    ]
    enable = {"ServerApp": {"jpserver_extensions": {"nbgrader.server_extensions.formgrader": True}}}
    (folder / "jupyter_server_config.json").write_text(json.dumps(enable))
    with subprocess.Popen(
        [*command, *options], cwd=folder, env=environment(), stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield folder, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def fetch(address, method="GET"):
    """Return the text of a page, asking again while the server starts."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(SECONDS):
        try:
            request = urllib.request.Request(address, method=method)  # noqa: S310 - loopback
            with opener.open(request, timeout=SECONDS) as response:
                return response.read().decode()
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            time.sleep(1)
    return ""


@pytest.mark.slow
def test_formgrader_opens_the_class(server):
    """The pages of formgrader open, list the exercise and trainees, and its button marks alike."""
    folder, address = server
    before = tables(folder)

    assert "<title>nbgrader formgrade</title>" in fetch(f"{address}/formgrader")
    assignments = json.loads(fetch(f"{address}/formgrader/api/assignments"))
    assert [a["name"] for a in assignments] == [EXERCISE]
    submissions = json.loads(fetch(f"{address}/formgrader/api/submissions/{EXERCISE}"))
    scores = {s["student"]: s["score"] for s in submissions if s["autograded"]}
    assert scores["dung"] == 10
    assert scores["goi_het"] == 0
    page = f"{address}/formgrader/gradebook/{EXERCISE}/{EXERCISE}"
    assert "<title>nbgrader formgrade</title>" in fetch(page)

    button = f"{address}/formgrader/api/submission/{EXERCISE}/goi_het/autograde"
    assert json.loads(fetch(button, "POST"))["success"]
    assert tables(folder) == before
