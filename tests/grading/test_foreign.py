from __future__ import annotations

import io
import json
import os
from pathlib import PurePosixPath

import pytest
from openpyxl import Workbook

from sosach.grading.foreign import about_pack, about_records, foreign_owner
from sosach.grading.intake import prepare

BAI = "k1_02"


def ids(trainee, n=20):
    """Return the records of one trainee's pack."""
    return [f"HS{trainee:02d}{i:08d}" for i in range(n)]


def table(names):
    """Return a list of these records."""
    return "\n".join(["ma_ho_so,nhom", *(f"{name},a" for name in names)]).encode()


@pytest.fixture
def class_folder(tmp_path):
    """Packs of three trainees; one of them has a resit with other records."""
    for folder, names in {
        "hv01/k1_02": ids(1),
        "hv01/k1_02_lan2": ids(11),
        "hv02/k1_02": ids(2),
        "hv03/k1_02": ids(3),
    }.items():
        data = tmp_path / "phat_bai" / folder / "du_lieu"
        data.mkdir(parents=True)
        (data / "doi_tuong.csv").write_bytes(table(names))
    return tmp_path


@pytest.mark.parametrize(
    ("names", "owner"),
    [
        (ids(2), "hv02"),
        (ids(2)[:5], "hv02"),
        ([*ids(3)[:6], *ids(2)[:4]], "hv03"),
        (ids(9), ""),
        ([*ids(9), *ids(2)[:9]], ""),
        ([], ""),
    ],
)
def test_foreign_owner(class_folder, names, owner):
    """The owner of records is who has most of them, and at least half."""
    assert foreign_owner(class_folder, BAI, "hv01", names) == owner


@pytest.mark.parametrize("names", [ids(1), [*ids(1), *ids(2)], [*ids(1)[:5], "HS99"], [], ["HS1"]])
def test_about_records_own(class_folder, names):
    """One's own records raise no suspicion, and a few others among them neither."""
    remark = about_records(class_folder, BAI, "hv01", {"danh_sach.csv": table(names)})

    assert remark == type(remark)()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_about_records_of_a_classmate(class_folder, encoding):
    """Work on a classmate's records is told to the trainee; whose it is, to the trainer alone."""
    data = table(ids(2)).decode().encode(encoding)
    remark = about_records(class_folder, BAI, "hv01", {"danh_sach.csv": data})

    assert "không thuộc gói bài của hv01" in remark.for_trainee
    assert "hv02" not in remark.for_trainee
    assert "hv02" in remark.for_trainer


def test_about_records_beside_ones_own_trail(class_folder):
    """A classmate's list beside one's own trail is told all the same."""
    files = {"nhat_ky.jsonl": table(ids(1)), "danh_sach.csv": table(ids(2))}
    remark = about_records(class_folder, BAI, "hv01", files)

    assert "phần lớn là của học viên hv02" in remark.for_trainer


def test_about_records_the_same_report(class_folder):
    """A report names no records: the trainer is told who handed in the very same."""
    report = b"chi_tieu,gia_tri\nquan_da_gui,86801\n"
    place = class_folder / "submitted" / "hv02" / BAI / "bai_nop"
    place.mkdir(parents=True)
    (place / "so_lieu.csv").write_bytes(report)

    remark = about_records(class_folder, BAI, "hv01", {"so_lieu.csv": report})
    assert "giống hệt bài của học viên hv02" in remark.for_trainer
    assert about_records(class_folder, BAI, "hv02", {"so_lieu.csv": report}) == type(remark)()


@pytest.mark.parametrize("kind", ["file", "broken link", "link to the report", "folder", "fifo"])
def test_about_records_beside_an_odd_hand_in(class_folder, kind):
    """What nobody has taken in yet stops nobody else, whatever stands in a place of its files."""
    report = b"chi_tieu,gia_tri\nquan_da_gui,86801\n"
    (class_folder / "bao_cao.csv").write_bytes(report)
    place = class_folder / "submitted" / "hv02" / BAI / "bai_nop"
    odd = place if kind == "file" else place / "so_lieu.csv"
    odd.parent.mkdir(parents=True)
    make = {
        "file": lambda: odd.write_bytes(report),
        "broken link": lambda: odd.symlink_to("nowhere"),
        "link to the report": lambda: odd.symlink_to(class_folder / "bao_cao.csv"),
        "folder": odd.mkdir,
        "fifo": lambda: os.mkfifo(odd),
    }
    make[kind]()
    remark = about_records(class_folder, BAI, "hv01", {"so_lieu.csv": report})

    assert remark == type(remark)()
    assert about_records(class_folder, BAI, "hv02", {"so_lieu.csv": report}).for_trainer == ""
    assert about_records(class_folder, BAI, "hv01", {"x.csv": b"chi_tieu\n"}).for_trainer == ""


def test_about_records_in_a_workbook(class_folder):
    """The records in a workbook are looked at too; one that cannot be read names none."""
    book, sink = Workbook(), io.BytesIO()
    for name in ids(3):
        book.active.append([name, "a"])
    book.save(sink)

    assert (
        "hv03" in about_records(class_folder, BAI, "hv01", {"x.xlsx": sink.getvalue()}).for_trainer
    )
    assert about_records(class_folder, BAI, "hv01", {"x.xlsx": b"PK\x03\x04"}).for_trainer == ""


def test_about_records_of_another_class(class_folder):
    """Records of nobody's pack are another class's, a practice set's or another sitting's."""
    for other in (ids(9), ids(11)):
        remark = about_records(class_folder, BAI, "hv01", {"danh_sach.csv": table(other)})

        assert "không thuộc gói bài nào của lớp" in remark.for_trainer


def test_about_records_without_a_pack(class_folder):
    """Who was given nothing cannot be compared."""
    assert about_records(class_folder, BAI, "hv99", {"a.csv": table(ids(1))}).for_trainer == ""


@pytest.mark.parametrize(
    ("packs", "said"),
    [
        ([], ""),
        ([{"exercise": BAI, "trainee": "hv01"}], ""),
        ([{"exercise": BAI, "trainee": "hv02"}, {"exercise": BAI, "trainee": "hv01"}], ""),
        ([{"exercise": BAI, "trainee": "hv02"}], "k1_02, hv02"),
        ([{"exercise": "k1_03", "trainee": "hv01"}], "k1_03, hv01"),
        ([{"exercise": BAI, "trainee": "\u202e<b>"}], "\\u202e<b>"),
        ([{}], "không đọc được"),
        (["hv01"], "không đọc được"),
    ],
)
def test_about_pack(packs, said):
    """The folder's own record tells whose pack was worked on."""
    remark = about_pack(BAI, "hv01", [json.dumps(pack).encode() for pack in packs])

    assert said in remark.for_trainee
    assert bool(remark.for_trainee) == bool(said)


def test_prepare_remarks(class_folder):
    """A submission carries what is for the trainee and what is for the trainer."""
    files = {PurePosixPath("bai_nop/danh_sach.csv"): table(ids(2))}
    submission = prepare(BAI, "hv01", files, {"cells": []}, class_folder)

    assert "hv02" in " ".join(submission.for_trainer)
    assert "hv02" not in " ".join(submission.repairs)
    assert submission.artefacts == {"danh_sach.csv": table(ids(2))}
