"""An exercise folder as a learner holds it: for practice, and from a class."""

import json
from pathlib import Path

import pytest

from generator import ENGINE
from sosach.cases import make_case
from sosach.cases.keys import pack_sha256
from sosach.course import mo_bai
from sosach.grading.specs import find_spec, load_spec
from sosach.publish.packs import write_pack

EXERCISE = "k1_02_lap_danh_sach"


@pytest.fixture(scope="session")
def root():
    """Folder of the repository."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty exercise folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bai(folder):
    """The exercise, opened for practice."""
    return mo_bai(EXERCISE)


@pytest.fixture
def right():
    """Work out the list by the rules of the lesson, as code would."""

    def work_out(bai):
        rows = []
        for record in bai.doi_tuong.to_dict("records"):
            number = record["so_giay_to"]
            if not number:
                rows.append({"ma_ho_so": record["ma_ho_so"], "nhom": "a"})
            elif not (number.isdigit() and len(number) in (9, 12)):
                rows.append({"ma_ho_so": record["ma_ho_so"], "nhom": "b"})
            elif record["tt_xac_minh"] in ("Sai", "Không xác minh được"):
                rows.append({"ma_ho_so": record["ma_ho_so"], "nhom": "c"})
        return rows

    return work_out


@pytest.fixture(scope="session")
def pack():
    """A pack of 30 records, as a class would hand it out."""
    return make_case(load_spec(find_spec(EXERCISE)), "lam_quen", 20220509).pack


@pytest.fixture
def handed_out(folder, pack):
    """The current folder with a class's pack in it."""
    about = {
        "exercise": EXERCISE,
        "level": "lam_quen",
        "class": "lop-thu",
        "trainee": "hv01",
        "ward": pack.ward.name,
        "n_records": 30,
        "engine": ENGINE,
        "pack": pack_sha256(pack),
        "sha256": write_pack(pack, folder),
    }
    (folder / "goi_bai.json").write_text(json.dumps(about), encoding="utf-8")
    return folder
