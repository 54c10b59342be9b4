"""A gradebook on a real PostgreSQL server: the same marks, safe copies, the other way back."""

from __future__ import annotations

import shutil
import stat

import pytest

from generator.problems import Problem
from sosach.classroom import (
    back_up,
    export,
    extend,
    grade,
    open_class,
    release,
    restore,
    status,
)
from sosach.classroom.deadlines import TIME_ZONE
from sosach.classroom.folder import ClassFolder
from sosach.classroom.nbgrader_copies import count_rows
from sosach.executors import Losses, processes

EXERCISE = "k1_02_lap_danh_sach"

pytestmark = pytest.mark.slow


@pytest.fixture
def url(emptied):
    """An empty database."""
    return emptied("lop")


@pytest.fixture
def served(own_class, url):
    """The handed-in class, its gradebook on the server."""
    path, _ = back_up(own_class, own_class.parent / "lop.zip")
    folder = own_class.parent / "tren_may_chu"
    restore(path, folder, url)
    return folder


def account(ledger):
    """Return a ledger without its times; a backup leaves links out, and one handed in a link."""
    kept = {n: e for n, e in ledger.entries.items() if n != "lien_ket"}
    return {n: (e.status, e.points, e.sentences, e.judged) for n, e in kept.items()}


def test_grade_is_the_same(served, graded):
    """Marks and sentences do not tell where the gradebook lies; two processes write it."""
    (ledger,) = grade(served, (), processes(2, Losses(str, print)))

    assert account(ledger) == account(graded[1])
    assert not (served / "gradebook.db").exists()
    assert export(served)


def test_keep_copy(served):
    """The copy of before a run is a sound SQLite file with everybody in it."""
    grade(served)
    (copy,) = (served / "sao_luu").glob("so_diem_*.db")

    assert count_rows(copy)["student"] == 12


def test_back_up_and_restore(served, emptied, tmp_path):
    """A backup goes back to an empty database, or into a file; marking goes on as if nothing was."""
    (before,) = grade(served)
    path, manifest = back_up(served, tmp_path / "b.zip")
    for name, target in (("file", ""), ("server", emptied("moi"))):
        folder = tmp_path / name
        restore(path, folder, target)

        assert account(status(folder)[0]) == account(before)
        assert account(grade(folder)[0]) == account(before)
    assert manifest.rows["submitted_assignment"] == 11


def test_restore_into_a_database_in_use(served, tmp_path):
    """A database with another class in it is refused and left as it is."""
    path, _ = back_up(served, tmp_path / "b.zip")

    with pytest.raises(Problem, match="của một lớp khác"):
        restore(path, tmp_path / "moi")
    assert not (tmp_path / "moi").exists()
    assert status(served)


def test_open_class_on_a_server(tmp_path, url, submit):
    """A class opened on a server works through deadline, extension and late penalty."""
    from datetime import datetime

    (tmp_path / "ds.csv").write_text("ma_hoc_vien,ho_ten,don_vi\nan,Nguyễn An,x\n")
    folder = tmp_path / "lop"
    open_class(folder, "Lớp", tmp_path / "ds.csv", url)
    release(folder, [EXERCISE], "lam_quen", due=datetime(2022, 5, 20, 17, tzinfo=TIME_ZONE))
    with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("get_config().LateSubmissionPlugin.penalty_method = 'zero'\n")
    submit(folder, "an")
    late = grade(folder)[0].entries["an"].points
    extend(folder, EXERCISE, "an", 24 * 365 * 100)

    assert late == 0
    assert grade(folder)[0].entries["an"].points == 10
    assert stat.S_IMODE((folder / "lop.toml").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "address",
    ["postgresql://anh:bi-mat@127.0.0.1:1/lop", "mysql://a/b", "lop", "postgresql://"],
)
def test_open_class_where_nobody_answers(tmp_path, address):
    """An address that does not work is said without its password; nothing is made."""
    (tmp_path / "ds.csv").write_text("ma_hoc_vien,ho_ten,don_vi\nan,An,x\n")

    with pytest.raises(Problem) as trouble:
        open_class(tmp_path / "lop", "Lớp", tmp_path / "ds.csv", address)
    assert "bi-mat" not in str(trouble.value)
    assert [path.name for path in tmp_path.iterdir()] == ["ds.csv"]


def test_grade_server_gone(served):
    """When the server does not answer, the sentence says so and nothing is marked."""
    room = ClassFolder.load(served)
    text_of = (served / "lop.toml").read_text(encoding="utf-8")
    (served / "lop.toml").write_text(text_of.replace("/lop?", "/khong_co?"), encoding="utf-8")

    with pytest.raises(Problem, match="Sổ điểm"):
        grade(room.root)
    assert not shutil.which("khong_co")
