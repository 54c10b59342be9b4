from __future__ import annotations

import unicodedata

import pytest

from sosach.classroom.inbox import look
from tests.screen_cases import page_result

EXERCISE = "k1_02"


@pytest.mark.parametrize(
    "path",
    [
        "hv01/k1_02/x.csv",
        "HV01/K1_02/x.csv",
        "hv01/k1_02 (1)/x.csv",
        "k1_02__hv01.zip",
        "K1_02__HV01 (2).ZIP",
        "k1_02__hv01 - Copy.zip",
        "k1_02__hv01 - Bản sao (2).zip",
        unicodedata.normalize("NFD", "k1_02__hv01 - Bản sao.zip"),
        "hv01/k1_02__hv01.zip",
        "hv01/k1_02.zip",
        "hv01/k1_02 (1).rar",
        "k1_02__hv01.rar",
        "k1_02__hv01 (1).7z",
    ],
)
def test_look_finds_what_is_meant(tmp_path, path):
    """Folders and zip files are found in any letter case and with the mark of a second copy."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(b"x")
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01"], [EXERCISE])

    assert found.unknown == ()
    assert len(found.by_trainee["hv01"]) == 1


@pytest.mark.parametrize("path", ["hv01/k1_03/x.csv", "k1_03__hv01.zip", ".DS_Store"])
def test_look_other_exercise(tmp_path, path):
    """What is of another exercise, or hidden, is neither a hand-in nor a stranger."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(b"x")
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01"], [EXERCISE, "k1_03"])

    assert (found.by_trainee, found.unknown) == ({}, ())


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("hv011/k1_02/x.csv", "'hv011', không phải mã học viên nào của lớp. Có phải"),
        ("k1_02__hv011.zip", "'hv011'"),
        ("bai lam.docx", "'bai lam.docx'"),
        ("hv02/k1_02/x.csv", "của 'hv02', người không được phát bài này"),
    ],
)
def test_look_strangers(tmp_path, path, said):
    """Who is not on the roster, or has no part in a resit, is told, not skipped."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(b"x")
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01", "hv02"], [EXERCISE])

    assert found.by_trainee == {}
    assert said in found.unknown[0]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("k1_99__hv01.zip", "của bài 'k1_99', bài chưa phát"),
        ("k1_99__hv01.json", "của bài 'k1_99', bài chưa phát"),
        ("ket qua (1).json", "Tệp ket qua (1).json không phải là tệp kết quả"),
        ("hv01/ket qua.json", "Tệp ket qua.json không phải là tệp kết quả"),
        ("hv01/k1_02__hv02.zip", "Trong thu_bai/hv01 có 'k1_02__hv02.zip' của 'hv02'"),
    ],
)
def test_look_files_that_are_nobodys(tmp_path, path, said):
    """What cannot be given to anybody is named, with what to do."""
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_bytes(b"{")
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01", "hv02"], [EXERCISE])

    assert found.by_trainee == {}
    assert said in found.unknown[0]
    assert "chưa chấm" in found.unknown[0]


@pytest.mark.parametrize(
    "name",
    [
        f"{EXERCISE}__hv01.json",
        f"{EXERCISE}__hv01 (1).json",
        "ket_qua_cua_em (3).json",
        f"{EXERCISE}__hv01-1.json",
        f"hv01/{EXERCISE}__hv01.json",
        "hv01/bai cua toi.json",
        f"{EXERCISE}__hv01.xlsx",
        f"{EXERCISE}__hv01__danh_sach (1).xlsx",
    ],
)
def test_look_finds_what_the_page_gave(tmp_path, name):
    """A result is found by its name in any form, else by what it says itself."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(page_result(bai=EXERCISE, hoc_vien="hv01"))
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01"], [EXERCISE])

    assert found.unknown == ()
    assert found.by_trainee == {"hv01": (tmp_path / name,)}


def test_look_practice_result(tmp_path):
    """Practice is nobody's; where to work is said."""
    (tmp_path / f"{EXERCISE}__luyen-tap.json").write_bytes(page_result(hoc_vien="", lop=""))
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01"], [EXERCISE])

    assert "bài luyện tập. Hãy làm trên tệp HTML" in found.unknown[0]


def test_look_link(tmp_path):
    """A link that bears a trainee's name is that trainee's hand-in, to be refused as a link."""
    (tmp_path / "hv02" / EXERCISE).mkdir(parents=True)
    (tmp_path / "hv01").symlink_to(tmp_path / "hv02")
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01"], [EXERCISE])

    assert found.by_trainee == {"hv01": (tmp_path / "hv01",)}


def test_look_no_inbox(tmp_path):
    """Without an inbox nothing was handed in."""
    assert look(tmp_path / "thu_bai", EXERCISE, ["hv01"], ["hv01"], [EXERCISE]).by_trainee == {}
