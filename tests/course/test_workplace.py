import json

import pytest

from generator.problems import Problem
from sosach.course import mo_bai

EXERCISE = "k1_02_lap_danh_sach"
DATA_FILES = ["co_so.csv", "doi_tuong.csv", "du_lieu.xlsx", "mui_tiem.csv"]


def test_practice_lays_out_data(folder, bai):
    """Practice writes the same files that a class hands out, and no key."""
    assert sorted(path.name for path in (folder / "du_lieu").iterdir()) == DATA_FILES
    assert len(bai.doi_tuong) == 30
    text = (folder / "luyen_tap.json").read_text(encoding="utf-8")
    assert set(json.loads(text)) == {"level", "set", "engine", "sha256"}


def test_practice_is_the_same_for_everybody(bai, folder, tmp_path_factory, monkeypatch):
    """A set has a public seed: two learners get the same records."""
    monkeypatch.chdir(tmp_path_factory.mktemp("khac"))

    assert mo_bai(EXERCISE).doi_tuong.equals(bai.doi_tuong)


def test_doi_tuong_is_text_without_gaps(bai):
    """Every value is text, an absent one "": numbers keep their zeros."""
    for frame in (bai.doi_tuong, bai.mui_tiem):
        assert all(isinstance(value, str) for value in frame.to_numpy().ravel())


def test_doi_tuong_is_the_learners_own(bai):
    """Spoiling the table in a notebook does not spoil the exercise."""
    bai.doi_tuong["ma_ho_so"] = "x"

    assert "x" not in bai.man_hinh().hien


def test_practice_keeps_a_changed_data_file(folder, bai):
    """Notes that a learner made in the workbook stay when the exercise is opened again."""
    (folder / "du_lieu" / "du_lieu.xlsx").write_bytes(b"mine")
    (folder / "du_lieu" / "mui_tiem.csv").unlink()
    mo_bai(EXERCISE)

    assert (folder / "du_lieu" / "du_lieu.xlsx").read_bytes() == b"mine"
    assert (folder / "du_lieu" / "mui_tiem.csv").is_file()


def test_bo_moi_and_back_loses_nothing(folder, bai, right):
    """Another set starts empty; the way back finds data and work as they were."""
    bai.luu(right(bai))
    first = bai.doi_tuong
    before = (folder / "bai_nop" / "danh_sach.csv").read_bytes()
    notice = bai.bo_moi()

    assert notice.kind == "duoc"
    assert not bai.doi_tuong.equals(first)
    assert not (folder / "bai_nop" / "danh_sach.csv").exists()
    assert "bộ số 2" in str(mo_bai(EXERCISE))  # the set worked on last
    again = mo_bai(EXERCISE, bo=1)
    assert again.doi_tuong.equals(first)
    assert (folder / "bai_nop" / "danh_sach.csv").read_bytes() == before


@pytest.mark.parametrize("asked", [{"bo": 0}, {"bo": "hai"}, {"muc": "lam_que"}])
def test_practice_refuses(folder, asked):
    """A set or level that does not exist is a sentence, and nothing is written."""
    with pytest.raises(Problem):
        mo_bai(EXERCISE, **asked)

    assert list(folder.iterdir()) == []


def test_practice_never_overwrites_class_data(handed_out):
    """Where the pack's list got lost, the data are not taken for a practice set."""
    (handed_out / "goi_bai.json").unlink()
    before = (handed_out / "du_lieu" / "doi_tuong.csv").read_bytes()

    with pytest.raises(Problem, match=r"thiếu goi_bai\.json"):
        mo_bai(EXERCISE)
    assert (handed_out / "du_lieu" / "doi_tuong.csv").read_bytes() == before


def test_practice_broken_state(folder, bai):
    """A damaged luyen_tap.json is a sentence with the remedy."""
    (folder / "luyen_tap.json").write_text("{", encoding="utf-8")

    with pytest.raises(Problem, match=r"luyen_tap.json bị hỏng"):
        mo_bai(EXERCISE)


def test_handout_holds_no_key(handed_out):
    """An exercise of a class knows no right answers and has no other set."""
    bai = mo_bai(EXERCISE)

    assert bai._place.key is None
    assert bai.bo_moi().kind == "loi"
    assert not (handed_out / "luyen_tap.json").exists()


def test_handout_data_saved_by_excel(handed_out):
    """A table that was changed since the hand-out is still read, and said to be changed."""
    path = handed_out / "du_lieu" / "doi_tuong.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",", ";"), encoding="utf-8-sig")
    bai = mo_bai(EXERCISE)

    assert len(bai.doi_tuong) == 30
    assert "du_lieu/doi_tuong.csv đã khác bản được phát" in str(bai)


@pytest.mark.parametrize("content", ["", "[]", '{"exercise": 1}', "{"])
def test_handout_broken_list(handed_out, content):
    """A goi_bai.json that cannot be read is a sentence with the remedy."""
    (handed_out / "goi_bai.json").write_text(content, encoding="utf-8")

    with pytest.raises(Problem, match="giải nén lại gói bài"):
        mo_bai(EXERCISE)


def test_handout_of_another_exercise(handed_out):
    """A pack of another exercise is named."""
    path = handed_out / "goi_bai.json"
    path.write_text(path.read_text().replace(EXERCISE, "k1_03_khac"), encoding="utf-8")

    with pytest.raises(Problem, match="k1_03_khac"):
        mo_bai(EXERCISE)


def test_handout_without_table(handed_out):
    """A missing table is named."""
    (handed_out / "du_lieu" / "mui_tiem.csv").unlink()

    with pytest.raises(Problem, match=r"du_lieu/mui_tiem.csv"):
        mo_bai(EXERCISE)
