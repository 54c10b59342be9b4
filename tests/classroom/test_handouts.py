from __future__ import annotations

import json
import secrets
import shutil

import pytest

from generator import ENGINE
from generator.problems import Problem
from sosach.classroom.handouts import (
    CLASS_KEY,
    HandOut,
    fingerprint,
    load_hand_out,
    make_trainee_case,
    read_secret,
    record_path,
    regenerate,
    spec_path,
)
from sosach.grading.specs import find_spec, load_spec

EXERCISE = "k1_02_thu"


@pytest.fixture
def folder(tmp_path):
    """A class folder with one exercise handed out to hv01."""
    (tmp_path / CLASS_KEY).write_text(secrets.token_hex(32))
    spec_path(tmp_path, EXERCISE).parent.mkdir()
    shutil.copyfile(find_spec("k1_02_lap_danh_sach"), spec_path(tmp_path, EXERCISE))
    spec = load_spec(spec_path(tmp_path, EXERCISE))
    case = make_trainee_case(spec, read_secret(tmp_path), "lop", "lam_quen", "hv01")
    hand_out = HandOut(
        EXERCISE,
        EXERCISE,
        "own",
        "lam_quen",
        "lop",
        ENGINE,
        30,
        "",
        "",
        {"hv01": fingerprint(case)},
    )
    record_path(tmp_path, EXERCISE).write_text(hand_out.to_json(), encoding="utf-8")
    return tmp_path


def test_regenerate_same_key(folder):
    """The key comes out again, for every record of the pack."""
    spec, key = regenerate(folder, EXERCISE, "hv01")

    assert spec.id == EXERCISE
    assert len(key.records) == 30


def test_make_trainee_case_per_trainee(folder):
    """The same trainee gets the same case every time, another trainee another one."""
    spec = load_spec(spec_path(folder, EXERCISE))
    secret = read_secret(folder)
    prints = [
        make_trainee_case(spec, secret, "lop", "lam_quen", name).sha256
        for name in ("hv01", "hv01", "hv02")
    ]

    assert prints[0] == prints[1]
    assert prints[0] != prints[2]


def test_load_hand_out_round_trip(folder):
    """A record reads back as it was written."""
    hand_out = load_hand_out(folder, EXERCISE)

    assert json.loads(hand_out.to_json()) == json.loads(record_path(folder, EXERCISE).read_text())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'"engine": "{ENGINE}"', '"engine": "0"', "phiên bản 0"),
        ('"level": "lam_quen"', '"level": "rat_kho"', "rat_kho"),
        ('"class_id": "lop"', '"class_id": "lop2"', "không giống gói đã phát"),
        ('"hv01"', '"hv09"', "chưa được phát bài"),
        ('"engine"', '"engin"', "'engine'"),
        ("{", "", "không đọc được"),
    ],
)
def test_regenerate_changed_record(folder, old, new, said):
    """With another engine, level, class or trainee nobody is marked: a sentence instead."""
    path = record_path(folder, EXERCISE)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(Problem, match=said):
        regenerate(folder, EXERCISE, "hv01")


def test_load_hand_out_missing(folder):
    """An exercise that was not handed out is named."""
    with pytest.raises(Problem, match="chưa phát bài 'k1_99'"):
        load_hand_out(folder, "k1_99")


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "00" * 33])
def test_read_secret_spoiled(folder, text):
    """A spoiled secret is named and never used."""
    (folder / CLASS_KEY).write_text(text)

    with pytest.raises(Problem, match=r"bi_mat\.key"):
        read_secret(folder)
