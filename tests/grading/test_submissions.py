from __future__ import annotations

import json
import os
import shutil

import pytest
from nbgrader.utils import parse_utc

from sosach.grading.intake import Submission, read_artefacts
from sosach.grading.names import INTAKE_FILE
from sosach.grading.submissions import (
    Receipt,
    finish,
    is_sealed,
    lay_down,
    now,
    read_receipt,
    tell,
)

SECRET = b"s" * 32
WORK = Submission({"cells": []}, {"danh_sach.csv": b"x"}, ["Đã sửa."], ["Của hv02."])
WHEN = "2022-05-20 08:15:00 UTC"


@pytest.fixture
def target(tmp_path):
    """A submission that was laid down."""
    target = tmp_path / "submitted" / "hv01" / "k1_02"
    lay_down(target, "hv01", WORK, WHEN, SECRET)
    return target


def test_lay_down(target):
    """A notebook, the artefacts, the stamp and the receipt lie there, and nothing else."""
    found = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()}

    assert found == {"k1_02.ipynb", "bai_nop/danh_sach.csv", "timestamp.txt", INTAKE_FILE}
    assert [p.name for p in target.parent.iterdir()] == ["k1_02"]
    assert read_artefacts(target) == WORK.artefacts
    assert (target / "timestamp.txt").read_text() == WHEN
    receipt = read_receipt(target)
    assert (receipt.received, receipt.repairs) == (WHEN, ("Đã sửa.",))
    assert receipt.for_trainer == ("Của hv02.",)
    assert is_sealed(target, "hv01", SECRET)


def test_lay_down_again(target):
    """A later submission takes the place of the earlier one, whole."""
    lay_down(target, "hv01", Submission({"cells": []}, {"b.csv": b"y"}, []), now(), SECRET)

    assert read_artefacts(target) == {"b.csv": b"y"}
    assert is_sealed(target, "hv01", SECRET)


def change_artefact(target):
    """Change an artefact."""
    (target / "bai_nop" / "danh_sach.csv").write_text("y")


def change_stamp(target):
    """Change the time stamp."""
    (target / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")


def change_receipt(target):
    """Change the time in the receipt."""
    receipt = json.loads((target / INTAKE_FILE).read_text())
    (target / INTAKE_FILE).write_text(json.dumps({**receipt, "received": "2020"}))


def add_file(target):
    """Add a file."""
    (target / "them.csv").write_text("")


def add_link(target):
    """Add a hidden link."""
    (target / ".an").symlink_to("/etc/passwd")


def remove_receipt(target):
    """Take the receipt away."""
    (target / INTAKE_FILE).unlink()


def spoil_receipt(target):
    """Write a seal in letters that no seal has."""
    (target / INTAKE_FILE).write_text('{"seal": "ổ"}')


def receipt_of_another_kind(target):
    """Write a receipt that is no JSON."""
    (target / INTAKE_FILE).write_text("[[[")


@pytest.mark.parametrize(
    "change",
    [
        change_artefact,
        change_stamp,
        change_receipt,
        add_file,
        add_link,
        remove_receipt,
        spoil_receipt,
        receipt_of_another_kind,
    ],
)
def test_is_sealed_touched(target, change):
    """Whatever is changed in a submission breaks its seal."""
    change(target)

    assert not is_sealed(target, "hv01", SECRET)


@pytest.mark.parametrize("leftover", [".DS_Store", "Thumbs.db", ".ipynb_checkpoints/x.ipynb"])
def test_is_sealed_leftovers(target, leftover):
    """What a system writes where somebody looked does not break the seal."""
    (target / leftover).parent.mkdir(exist_ok=True)
    (target / leftover).write_text("x")

    assert is_sealed(target, "hv01", SECRET)


def test_is_sealed_elsewhere(target):
    """A seal proves nothing for another trainee, exercise or class."""
    for path, trainee in (("hv02/k1_02", "hv02"), ("hv01/k1_03", "hv01")):
        other = target.parents[1] / path
        shutil.copytree(target, other)
        assert not is_sealed(other, trainee, SECRET)

    assert not is_sealed(target, "hv01", b"t" * 32)


def test_lay_down_over_links(tmp_path):
    """A link in the way is taken away, and where it leads to stays untouched."""
    (tmp_path / "hv01" / "k1_02").mkdir(parents=True)
    (tmp_path / "hv01" / "k1_02" / "x").write_text("hv01")
    (tmp_path / "hv02").symlink_to(tmp_path / "hv01")
    (tmp_path / "hv03").mkdir()
    (tmp_path / "hv03" / "k1_02").symlink_to(tmp_path / "hv01" / "k1_02")
    for name in ("hv02", "hv03"):
        lay_down(tmp_path / name / "k1_02", name, WORK, now(), SECRET)

    assert [path.name for path in (tmp_path / "hv01" / "k1_02").iterdir()] == ["x"]
    assert is_sealed(tmp_path / "hv02" / "k1_02", "hv02", SECRET)
    assert is_sealed(tmp_path / "hv03" / "k1_02", "hv03", SECRET)


def test_tell(target):
    """What is said of a submission can be changed by us, and the seal holds."""
    tell(target, "hv01", ["Giữ bài trước."], SECRET)

    assert read_receipt(target).repairs == ("Giữ bài trước.",)
    assert read_receipt(target).for_trainer == ("Của hv02.",)
    assert is_sealed(target, "hv01", SECRET)


def test_finish(target):
    """What was complete when the power went is put in its place; what was not, is not."""
    part = target.with_name(".k1_02.dang_ghi")
    target.rename(part)
    finish(target, "hv01", SECRET)
    assert is_sealed(target, "hv01", SECRET)

    target.rename(part)
    (part / "timestamp.txt").unlink()
    finish(target, "hv01", SECRET)
    assert not target.exists()


def test_read_receipt_of_a_pipe(tmp_path):
    """A pipe in the place of the receipt is not waited for."""
    os.mkfifo(tmp_path / INTAKE_FILE)

    assert read_receipt(tmp_path) == Receipt()


def test_now_is_read_by_nbgrader():
    """Nbgrader reads our stamp as UTC, to the microsecond."""
    stamp = now()

    assert parse_utc(stamp).strftime("%Y-%m-%d %H:%M:%S.%f UTC") == stamp
