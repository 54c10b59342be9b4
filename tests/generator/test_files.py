from __future__ import annotations

import pytest

from generator.files import unfinished, write_whole


def test_write_whole_text_and_bytes(tmp_path):
    """Text is written as UTF-8, bytes as they are; a missing folder is made."""
    write_whole(tmp_path / "x" / "a.txt", "Hòa")
    write_whole(tmp_path / "x" / "b.bin", b"\xff")

    assert (tmp_path / "x" / "a.txt").read_bytes() == "Hòa".encode()
    assert (tmp_path / "x" / "b.bin").read_bytes() == b"\xff"


def test_unfinished_failure(tmp_path):
    """After a failure the old file stands and nothing else."""
    path = tmp_path / "a.txt"
    path.write_text("old")

    def write():
        with unfinished(path) as part:
            part.write_text("ne")
            raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        write()

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
