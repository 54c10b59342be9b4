from __future__ import annotations

import pytest

from generator.problems import Problem
from sosach.grading.specs import find_spec, load_spec


def write(tmp_path, text):
    """Write a spec file."""
    path = tmp_path / "k1_02_thu.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_load_spec_right(spec):
    """A right spec gives tasks, artefacts and recipe; the id is the file's name."""
    assert spec.id == "k1_02_thu"
    assert spec.tasks[0].points == 10
    assert spec.artefacts["danh_sach.csv"].codes == {"nhom": ("a", "b", "c")}
    assert spec.n_records("lam_quen") == 30


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes = 30", "minute = 30", "'minutes'"),
        ("core = true", "core = 1", "core"),
        ("minutes = 30\n", "", "thiếu khóa 'minutes'"),
        ("E01 = 0.2", "E01 = 1.2", "từ 0 đến 1"),
        ('rubric = "list_membership"', 'rubric = "list_membershp"', "'list_membership'"),
        ('artefact = "danh_sach.csv"', 'artefact = "danhsach.csv"', "'danh_sach.csv'"),
        ('key = ["ma_ho_so"]', 'key = ["ma_hoso"]', "'ma_ho_so'"),
        ('lam_quen = "clicks"', 'lam_quen = "click"', "'clicks'"),
        ("points = 10", "poins = 10", "'points'"),
        ("[sizes]", "[sizes", "TOML"),
    ],
)
def test_load_spec_wrong(tmp_path, spec_text, old, new, said):
    """A misspelt key or a wrong value is named with file, place and nearest right spelling."""
    with pytest.raises(Problem, match=r"k1_02_thu\.toml") as problem:
        load_spec(write(tmp_path, spec_text.replace(old, new)))

    assert said in str(problem.value)


def test_n_records_unknown_level(spec):
    """A level that the exercise does not have is named with the nearest one."""
    with pytest.raises(Problem, match="'lam_quen'"):
        spec.n_records("lamquen")


def test_find_spec_unknown_exercise():
    """An unknown exercise is named with the nearest one that exists."""
    with pytest.raises(Problem, match="k1_02_lap_danh_sach"):
        find_spec("k1_02_lap_danhsach")
