"""A backup holds all that cannot be made again; a class made of it goes on as if nothing was."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import zipfile

import pytest

from generator.problems import Problem
from sosach.classroom import back_up, grade, release, restore, status

EXERCISE = "k1_02_lap_danh_sach"


def packs(folder):
    """Return sha256 of every table that was handed out."""
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "phat_bai").rglob("*.csv")
        if path.parent.name == "du_lieu"
    }


@pytest.fixture
def saved(graded_pair, tmp_path):
    """A backup of the class of two."""
    path, _ = back_up(graded_pair, tmp_path / "lop.zip")
    return path


def spoil(path, change):
    """Write a zip file again with some members changed: name -> bytes, or None to leave it out."""
    members = {}
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= change
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            if data is not None:
                archive.writestr(name, data)


def test_copies_before_runs_lie_alone(graded_pair):
    """Beside the copies of the gradebook nothing is left of how they were made."""
    copies = list((graded_pair / "sao_luu").iterdir())

    assert copies
    assert {path.suffix for path in copies} == {".db"}


def test_back_up_content(saved):
    """Secret, roster, records, inbox, submissions, ledger and gradebook are inside; packs are not."""
    with zipfile.ZipFile(saved) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("muc_luc.json"))

    assert {
        "bi_mat.key",
        "danh_sach_lop.csv",
        "lop.toml",
        "nbgrader_config.py",
        "gradebook.db",
        f"phat_bai/{EXERCISE}.json",
        f"phat_bai/{EXERCISE}.toml",
        f"release/{EXERCISE}/{EXERCISE}.ipynb",
        f"thu_bai/an/{EXERCISE}/bai_nop/danh_sach.csv",
        f"submitted/an/{EXERCISE}/bai_nop/danh_sach.csv",
        f"so_cham/{EXERCISE}/an.json",
    } <= names
    assert not [n for n in names if n.startswith(("phat_bai/an/", "feedback/", "sao_luu/"))]
    assert set(manifest["files"]) == names - {"muc_luc.json"}
    assert (manifest["rows"]["student"], manifest["rows"]["submitted_assignment"]) == (2, 1)


def test_back_up_is_private(saved):
    """The zip file holds the class secret: nobody but its owner can read it."""
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_back_up_default_place(pair):
    """Without a name the backup goes into the class's own folder for such, and not into the next."""
    first, _ = back_up(pair)
    _, manifest = back_up(pair, pair.parent / "b.zip")

    assert first.parent == pair / "sao_luu"
    assert not [name for name in manifest.files if "sao_luu" in name]


def test_back_up_what_is_no_file(pair):
    """Links and pipes in the inbox are named in the manifest, not followed or waited for."""
    os.mkfifo(pair / "thu_bai" / "ong.csv")
    (pair / "thu_bai" / "khoa.csv").symlink_to(pair / "bi_mat.key")
    (pair / "thu_bai" / "thu_muc").symlink_to(pair / "phat_bai")
    (pair / "thu_bai" / os.fsdecode(b"la\xff.csv")).write_text("x")
    _, manifest = back_up(pair, pair.parent / "b.zip")

    assert len(manifest.left_out) == 4
    assert all(name.isascii() for name in manifest.left_out)


def test_restore_goes_on(saved, tmp_path, graded_pair, submit):
    """After a restore the marks are there, packs come out the same, and marking goes on."""
    folder = tmp_path / "lop_moi"
    room = restore(saved, folder)
    (before,) = status(folder)
    release(folder, [EXERCISE])
    submit(folder, "binh", 1.0)
    (ledger,) = grade(folder)

    assert room.record.name == "Lớp 2"
    assert stat.S_IMODE((folder / "bi_mat.key").stat().st_mode) == 0o600
    assert before.entries["an"].points == 10
    assert packs(folder) == packs(graded_pair)
    assert [e.points for e in ledger.entries.values()] == [10, 10]
    assert ledger.entries["an"].received == before.entries["an"].received
    assert (folder / "feedback" / "an" / EXERCISE / f"{EXERCISE}.html").is_file()


def test_restore_while_somebody_marks(pair, tmp_path):
    """A backup made with the gradebook open is whole."""
    with sqlite3.connect(pair / "gradebook.db", isolation_level=None) as writer:
        writer.execute("begin immediate")
        writer.execute("update grade set manual_score = 3")
        path, _ = back_up(pair, tmp_path / "b.zip")
        writer.execute("rollback")
    restore(path, tmp_path / "moi")

    assert status(tmp_path / "moi")[0].entries["an"].points == 10


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"danh_sach_lop.csv": b"x"}, "không giống lúc sao lưu"),
        ({"danh_sach_lop.csv": None}, "thiếu hoặc thừa tệp"),
        ({"them.txt": b"x"}, "thiếu hoặc thừa tệp"),
        ({"muc_luc.json": None}, "không phải là tệp sao lưu"),
        ({"muc_luc.json": b"{"}, "không phải là tệp sao lưu"),
        ({"muc_luc.json": b"{}"}, "name"),
    ],
)
def test_restore_spoiled(saved, tmp_path, change, said):
    """A backup that is not what was written makes nothing at all."""
    spoil(saved, change)

    with pytest.raises(Problem, match=said):
        restore(saved, tmp_path / "moi")
    assert not [path for path in tmp_path.iterdir() if "moi" in path.name]


def test_restore_gradebook_of_other_rows(saved, tmp_path):
    """A gradebook with other rows than were counted is refused, even with its right hash."""
    with zipfile.ZipFile(saved) as archive:
        manifest = json.loads(archive.read("muc_luc.json"))
    manifest["rows"]["grade"] += 1
    spoil(saved, {"muc_luc.json": json.dumps(manifest).encode()})

    with pytest.raises(Problem, match="thiếu hoặc thừa dòng"):
        restore(saved, tmp_path / "moi")


@pytest.mark.parametrize("name", ["../ngoai.txt", "/ngoai.txt", "a\\..\\ngoai.txt"])
def test_restore_name_that_leads_out(saved, tmp_path, name):
    """A name that leads out of the class is refused."""
    with zipfile.ZipFile(saved) as archive:
        manifest = json.loads(archive.read("muc_luc.json"))
    manifest["files"][name] = hashlib.sha256(b"x").hexdigest()
    spoil(saved, {name: b"x", "muc_luc.json": json.dumps(manifest).encode()})

    with pytest.raises(Problem, match="tên tệp không hợp lệ"):
        restore(saved, tmp_path / "moi")


def test_restore_no_zip(tmp_path):
    """Something else than a backup is answered with a sentence."""
    (tmp_path / "b.zip").write_bytes(b"PK")

    with pytest.raises(Problem, match="không phải là tệp sao lưu"):
        restore(tmp_path / "b.zip", tmp_path / "moi")


def test_restore_into_a_folder_in_use(saved, pair):
    """A folder that holds something is left as it is."""
    before = shutil.copytree(pair, pair.parent / "truoc")

    with pytest.raises(Problem, match="đã có nội dung"):
        restore(saved, pair)
    assert {p.name for p in pair.iterdir()} == {p.name for p in before.iterdir()}
