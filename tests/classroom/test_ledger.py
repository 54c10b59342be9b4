from __future__ import annotations

import pytest

from generator.problems import Problem
from sosach.classroom.ledger import Entry, Ledger


def test_ledger_round_trip(tmp_path):
    """An account reads back as it was written, sentences and strangers included."""
    entries = {
        "hv01": Entry("repaired", ("Đã sửa.",), True, 7.5, 10, "ab", "2022-05-20 01:00:00 UTC")
    }
    ledger = Ledger("k1_02", entries, ("Trong thu_bai có 'x'.",))
    ledger.save(tmp_path / "k1_02.json")

    assert Ledger.load(tmp_path / "k1_02.json", "k1_02") == ledger


def test_ledger_missing_file(tmp_path):
    """Before anything was collected the account is empty."""
    assert Ledger.load(tmp_path / "k1_02.json", "k1_02") == Ledger("k1_02")


def test_ledger_spoiled_file(tmp_path):
    """A spoiled account is named, with the remedy."""
    (tmp_path / "k1_02.json").write_text("{")

    with pytest.raises(Problem, match=r"k1_02\.json không đọc được"):
        Ledger.load(tmp_path / "k1_02.json", "k1_02")
