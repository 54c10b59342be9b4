from __future__ import annotations

import shutil

from sosach.classroom import collect

EXERCISE = "k1_02_lap_danh_sach"


def entry_of(ledger, name):
    """Return status and sentences of one trainee."""
    entry = ledger.entries[name]
    return entry.status, " ".join(entry.sentences)


def test_collect_before_grading(own_class):
    """After collecting, everybody is received, repaired, refused or not handed in."""
    (ledger,) = collect(own_class)
    counts = ledger.counts()

    assert counts == {
        "received": 10,
        "graded": 0,
        "repaired": 0,
        "refused": 1,
        "not_handed_in": 1,
    }


def test_collect_again_keeps_the_stamp(own_class):
    """Collecting twice changes nothing: the time of receipt is that of the first time."""
    assert collect(own_class) == collect(own_class)


def test_collect_files_in_the_wrong_place(own_class):
    """Files beside the exercise folder are not taken, and that is said."""
    folder = own_class / "thu_bai" / "chua_nop"
    folder.mkdir()
    (folder / "danh_sach.csv").write_text("x")
    (own_class / "thu_bai" / "bai.docx").write_text("x")

    (ledger,) = collect(own_class)

    assert "thiếu thư mục con" in entry_of(ledger, "chua_nop")[1]
    assert any("bai.docx" in said for said in ledger.unknown)


def test_collect_two_hand_ins(own_class):
    """Of two hand-ins the newer one counts, and that is said."""
    old = own_class / "thu_bai" / "dung" / EXERCISE
    shutil.make_archive(str(own_class / "thu_bai" / f"{EXERCISE}__dung"), "zip", old)

    (ledger,) = collect(own_class)

    assert "Có 2 bản nộp" in entry_of(ledger, "dung")[1]
