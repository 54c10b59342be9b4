from __future__ import annotations

import hashlib
import json

import pytest

from generator.problems import Problem
from sosach.classroom import release
from sosach.classroom.handouts import load_hand_out, read_secret

EXERCISE = "k1_02_lap_danh_sach"


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
