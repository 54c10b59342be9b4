from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from generator.problems import Problem
from sosach.classroom import release
from sosach.classroom.handouts import load_hand_out, read_secret
from sosach.executors import Losses, processes
from tests.conftest import PATIENCE, wait_until

EXERCISE = "k1_02_lap_danh_sach"
ROOT = Path(__file__).resolve().parents[2]


def fingerprints(folder):
    """Return sha256 of every CSV that was handed out."""
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "phat_bai").rglob("*.csv")
    }


def test_release_pack_folder(released):
    """Every trainee gets notebook, data, an empty bai_nop and the record of the pack."""
    folder = released / "phat_bai" / "chua_nop" / EXERCISE
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}

    assert names == {
        f"{EXERCISE}.ipynb",
        "bai_nop",
        "du_lieu",
        "du_lieu/co_so.csv",
        "du_lieu/doi_tuong.csv",
        "du_lieu/du_lieu.xlsx",
        "du_lieu/mui_tiem.csv",
        "goi_bai.json",
    }


def test_release_pack_record(released):
    """The record names whose pack it is and the hash of every file, but no seed and no key."""
    folder = released / "phat_bai" / "dung" / EXERCISE
    about = json.loads((folder / "goi_bai.json").read_text(encoding="utf-8"))

    assert set(about) == {
        "exercise",
        "base",
        "level",
        "class",
        "trainee",
        "ward",
        "n_records",
        "engine",
        "pack",
        "sha256",
    }
    assert (about["trainee"], about["n_records"]) == ("dung", 30)
    for name, digest in about["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_release_nobody_shares_data(released):
    """No two trainees have the same records."""
    files = (released / "phat_bai").glob(f"*/{EXERCISE}/du_lieu/doi_tuong.csv")
    contents = [path.read_bytes() for path in files]

    assert len(set(contents)) == len(contents) == 12


def test_release_twice(own_class):
    """Handing out again gives the same packs and leaves the trainees' folders alone."""
    mine = own_class / "phat_bai" / "dung" / EXERCISE / "bai_nop" / "danh_sach.csv"
    mine.write_text("của tôi")
    before = fingerprints(own_class), load_hand_out(own_class, EXERCISE)

    (again,) = release(own_class, [EXERCISE], "lam_quen")

    assert (fingerprints(own_class), again) == before
    assert mine.read_text() == "của tôi"


def test_release_lost_pack_is_made_again(own_class):
    """A pack that was lost comes out byte for byte as it was."""
    before = fingerprints(own_class)
    for path in (own_class / "phat_bai" / "dung" / EXERCISE / "du_lieu").iterdir():
        path.unlink()
    folder = own_class / "phat_bai" / "dung" / EXERCISE
    folder.rename(own_class / "cu")

    release(own_class, [EXERCISE], "lam_quen")

    assert fingerprints(own_class) == before


def test_release_added_trainee(own_class):
    """Somebody added to the roster gets a pack; the others keep theirs."""
    before = fingerprints(own_class)
    with (own_class / "danh_sach_lop.csv").open("a", encoding="utf-8") as file:
        file.write('"moi","Mới Vào","TYT",""\n')

    (hand_out,) = release(own_class, [EXERCISE], "lam_quen")

    assert before.items() < fingerprints(own_class).items()
    assert "moi" in hand_out.trainees


@pytest.mark.parametrize(
    ("exercise", "level", "said"),
    [
        ("k1_02_lap_danhsach", "lam_quen", "k1_02_lap_danh_sach"),
        (EXERCISE, "lam_qen", "'lam_quen'"),
        (EXERCISE, "van_dung", "đã được phát ở mức 'lam_quen'"),
    ],
)
def test_release_wrong_wish(own_class, exercise, level, said):
    """An unknown exercise or level, or another level than before, is refused with the reason."""
    with pytest.raises(Problem, match=said):
        release(own_class, [exercise], level)


def test_release_no_secret_in_the_pack(released):
    """Nothing that is handed out holds the class secret."""
    secret = read_secret(released).hex().encode()
    files = [path for path in (released / "phat_bai").rglob("*") if path.is_file()]

    assert files
    assert not [path for path in files if secret in path.read_bytes()]


def test_release_lost_secret(own_class):
    """Without its secret a class cannot hand out; the sentence names the file."""
    (own_class / "bi_mat.key").unlink()

    with pytest.raises(Problem, match=r"bi_mat\.key"):
        release(own_class, [EXERCISE], "lam_quen")


def everything(folder):
    """Return all that a class was handed out, but for the workbooks, which hold their time."""
    files = [path for path in (folder / "phat_bai").rglob("*") if path.suffix != ".xlsx"]
    return {p.relative_to(folder): p.is_file() and p.read_bytes() for p in files}


@pytest.fixture
def twins(released, tmp_path):
    """Two classes with one secret and one id, in which nothing was handed out."""
    for name in ("mot", "hai"):
        shutil.copytree(released, tmp_path / name, symlinks=True)
        for made in ("phat_bai", "release", "source", "thu_bai"):
            shutil.rmtree(tmp_path / name / made)
            (tmp_path / name / made).mkdir()
    return tmp_path / "mot", tmp_path / "hai"


@pytest.mark.slow
def test_release_by_workers_is_the_same(twins):
    """Packs and records do not tell how many processes made them."""
    one, two = twins
    exercises = [EXERCISE, "k1_06_cong_an_doi_chieu"]
    alone = release(one, exercises, "lam_quen")
    together = release(two, exercises, "lam_quen", run=processes(2, Losses(str, print)))

    assert together == alone
    assert everything(two) == everything(one)


def start(folder):
    """Start the command line that hands out with two workers."""
    code = "from sosach.cli import main; main()"
    words = ["class", "release", str(folder), EXERCISE, "--level", "lam_quen", "--workers", "2"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", code, *words], cwd=ROOT, **pipes)


def n_packs(folder):
    """Return how many packs are there."""
    return len(list((folder / "phat_bai").glob(f"*/{EXERCISE}/goi_bai.json")))


@pytest.mark.slow
@pytest.mark.parametrize("done", [0, 1, 5])
def test_release_killed_goes_on(released, twins, done):
    """Kill -9 at any moment: the next hand-out ends with the same packs, and leaves no half one."""
    folder, _ = twins
    process = start(folder)
    wait_until(lambda: process.poll() is not None or n_packs(folder) >= done)
    children = psutil.Process(process.pid).children() if process.poll() is None else []
    process.kill()
    process.communicate()
    wait_until(lambda: not any(child.is_running() for child in children))
    release(folder, [EXERCISE], "lam_quen")

    assert everything(folder) == everything(released)


@pytest.mark.slow
def test_release_whose_worker_is_killed(released, twins):
    """A worker killed over a pack: it is said who was redone, and everybody has the right pack."""
    folder, _ = twins
    process = start(folder)
    wait_until(lambda: process.poll() is not None or n_packs(folder) >= 1)
    workers = psutil.Process(process.pid).children()
    next(w for w in workers if "spawn_main" in " ".join(w.cmdline())).kill()
    output, errors = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0, errors
    assert "làm lại một lần" in errors
    assert "cho 12 học viên" in output
    assert everything(folder) == everything(released)


@pytest.mark.slow
def test_release_by_workers_that_cannot_write(twins):
    """What a worker cannot do is one sentence with exit code 1, and no half pack stays."""
    folder, _ = twins
    (folder / "phat_bai" / "trong").write_text("một tệp thay cho thư mục", encoding="utf-8")
    process = start(folder)
    _, errors = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert "Chưa làm được" in errors
    assert "Traceback" not in errors
    assert not list((folder / "phat_bai").rglob("*.dang_ghi"))
