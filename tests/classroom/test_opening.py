from __future__ import annotations

import stat
import sys

import pytest

from generator.problems import Problem
from sosach.classroom import open_class
from sosach.classroom.folder import ClassFolder


def test_open_class_content(released):
    """An open class has its record, roster and configuration."""
    room = ClassFolder.load(released)

    assert room.record.name == "Lớp 1"
    assert room.record.class_id.startswith("lop-1-")
    assert len(room.trainees()) == 12
    assert (released / "nbgrader_config.py").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other file permissions")
def test_open_class_secret_is_private(released):
    """The secret is 32 random bytes that only its owner can read."""
    path = released / "bi_mat.key"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(bytes.fromhex(path.read_text())) == 32


def test_open_class_is_unguessable_unless_told(tmp_path):
    """Two classes share neither number nor secret; with tokens of their own they share both."""
    (tmp_path / "ds.csv").write_text("ma_hoc_vien,ho_ten,don_vi\nhv01,An,x\n")

    def opened(name, **own):
        room = open_class(tmp_path / name, "Lớp", tmp_path / "ds.csv", **own)
        return room.record.class_id, (room.root / "bi_mat.key").read_text()

    first, second = opened("lop1"), opened("lop2")
    assert first[0] != second[0]
    assert first[1] != second[1]
    assert opened("lop3", token_hex="5a".__mul__) == ("lop-5a5a5a", "5a" * 32)


def test_open_class_folder_in_use(tmp_path):
    """A folder that holds something is refused and left as it is."""
    folder = tmp_path / "lop"
    folder.mkdir()
    (folder / "luan_van.docx").write_text("x")
    (tmp_path / "ds.csv").write_text("ma_hoc_vien,ho_ten,don_vi\nhv01,An,x\n")

    with pytest.raises(Problem, match="đã có nội dung"):
        open_class(folder, "Lớp", tmp_path / "ds.csv")

    assert [path.name for path in folder.iterdir()] == ["luan_van.docx"]


def test_open_class_bad_roster(tmp_path):
    """With a bad row nothing is made at all."""
    (tmp_path / "ds.csv").write_text("ma_hoc_vien,ho_ten,don_vi\nhv 01,An,x\n")

    with pytest.raises(Problem, match="lớp chưa được mở"):
        open_class(tmp_path / "lop", "Lớp", tmp_path / "ds.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["ds.csv"]


def test_load_no_class(tmp_path):
    """A folder that is no class is named, with the remedy."""
    with pytest.raises(Problem, match="không phải là một lớp"):
        ClassFolder.load(tmp_path)


def test_chosen_unknown_exercise(released):
    """An exercise that was not handed out is named, with the nearest one."""
    with pytest.raises(Problem, match="k1_02_lap_danh_sach"):
        ClassFolder.load(released).chosen(["k1_02_lap_danhsach"])
