from __future__ import annotations

import unicodedata

import pytest

from sosach.classroom.inbox import look

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
    ],
)
def test_look_finds_what_is_meant(tmp_path, path):
    """Folders and zip files are found in any letter case and with the mark of a second copy."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(b"x")
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01"])

    assert found.unknown == ()
    assert len(found.by_trainee["hv01"]) == 1


@pytest.mark.parametrize("path", ["hv01/k1_03/x.csv", "k1_03__hv01.zip", ".DS_Store"])
def test_look_other_exercise(tmp_path, path):
    """What is of another exercise, or hidden, is neither a hand-in nor a stranger."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(b"x")
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01"])

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
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01", "hv02"])

    assert found.by_trainee == {}
    assert said in found.unknown[0]


def test_look_link(tmp_path):
    """A link that bears a trainee's name is that trainee's hand-in, to be refused as a link."""
    (tmp_path / "hv02" / EXERCISE).mkdir(parents=True)
    (tmp_path / "hv01").symlink_to(tmp_path / "hv02")
    found = look(tmp_path, EXERCISE, ["hv01"], ["hv01"])

    assert found.by_trainee == {"hv01": (tmp_path / "hv01",)}


def test_look_no_inbox(tmp_path):
    """Without an inbox nothing was handed in."""
    assert look(tmp_path / "thu_bai", EXERCISE, ["hv01"], ["hv01"]).by_trainee == {}
