from __future__ import annotations

from sosach.classroom.ledger import Entry, Ledger, read_entry, write_entry


def test_write_entry_round_trip(tmp_path):
    """A line reads back as it was written."""
    entry = Entry(
        "repaired",
        ("Đã sửa.",),
        remarks=("Của người khác?",),
        graded=True,
        points=7.5,
        max_points=10,
        judged={"hand_in": "ab"},
        hand_ins={"ab": "2022-05-20 01:00:00 UTC"},
        seconds={"key": 0.02},
    )
    write_entry(tmp_path / "k1_02" / "hv01.json", entry)

    assert read_entry(tmp_path / "k1_02" / "hv01.json") == entry


def test_read_entry_missing(tmp_path):
    """Before anything was handed in there is no file."""
    assert read_entry(tmp_path / "hv01.json") == Entry("not_handed_in")


def test_read_entry_spoiled(tmp_path):
    """A spoiled line says so, counts as failed and holds no mark: it will be marked again."""
    (tmp_path / "hv01.json").write_text("{")
    entry = read_entry(tmp_path / "hv01.json")

    assert "hv01.json bị hỏng" in entry.sentences[0]
    assert (entry.status, entry.failed, entry.judged) == ("refused", True, {})


def test_ledger_failed():
    """One line that failed makes the whole account ask for somebody."""
    good, bad = Entry("graded", graded=True), Entry("refused", failed=True)

    assert not Ledger("k1_02", {"hv01": good}).failed
    assert Ledger("k1_02", {"hv01": good, "hv02": bad}).failed
