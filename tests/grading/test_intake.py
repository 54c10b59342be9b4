from __future__ import annotations

import io
import json
import os
import tempfile
import warnings
import zipfile
from contextlib import suppress
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.grading import limits
from sosach.grading.intake import files_sha256, prepare, read_artefacts, read_hand_in
from sosach.grading.refusals import Refusal
from sosach.grading.submissions import is_sealed, lay_down, now

MASTER = {
    "cells": [
        {
            "cell_type": "code",
            "source": "...",
            "metadata": {"nbgrader": {"grade_id": "tra_loi", "solution": True}},
        }
    ],
    "metadata": {},
}
BAI = "k1_02"
CSV = b"ma_ho_so,nhom\nHS1,a\n"


def notebook(text):
    """Return the bytes of a notebook with one answer."""
    cell = {**MASTER["cells"][0], "source": text}
    return json.dumps({**MASTER, "cells": [cell]}).encode()


def files(**named):
    """Return hand-in files; '__' in a name stands for '/' and '_dot_' for '.'."""
    return {
        PurePosixPath(name.replace("__", "/").replace("_dot_", ".")): data
        for name, data in named.items()
    }


def whole(**more):
    """Return a hand-in in which nothing is missing."""
    return files(k1_02_dot_ipynb=notebook("x"), bai_nop__danh_sach_dot_csv=CSV, **more)


def zipped(tmp_path, members):
    """Write a zip file of these members."""
    path = tmp_path / "k1_02__hv01.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_prepare_whole():
    """A whole hand-in needs no repair."""
    submission = prepare(BAI, "hv01", whole(), MASTER)

    assert submission.repairs == []
    assert submission.artefacts == {"danh_sach.csv": CSV}
    assert submission.notebook["cells"][0]["source"] == "x"


@pytest.mark.parametrize(
    ("handed_in", "said"),
    [
        (files(bai_nop__danh_sach_dot_csv=CSV), "Không có tệp k1_02.ipynb"),
        ({**whole(), PurePosixPath("k1_02.ipynb"): b'{"cells": ['}, "bị hỏng"),
        ({**whole(), PurePosixPath("k1_02.ipynb"): b""}, "bị hỏng"),
    ],
)
def test_prepare_without_usable_notebook(handed_in, said):
    """Without a readable notebook the master stands in, and the artefacts count all the same."""
    submission = prepare(BAI, "hv01", handed_in, MASTER)

    assert submission.notebook == MASTER
    assert submission.artefacts == {"danh_sach.csv": CSV}
    assert said in submission.repairs[0]


def test_prepare_renamed_notebook():
    """The only notebook is taken whatever its name."""
    handed_in = {
        PurePosixPath("k1_02 (1).ipynb"): notebook("x"),
        PurePosixPath("bai_nop/a.csv"): b"",
    }
    submission = prepare(BAI, "hv01", handed_in, MASTER)

    assert submission.notebook["cells"][0]["source"] == "x"
    assert "k1_02 (1).ipynb" in submission.repairs[0]


def test_prepare_artefacts_outside_the_folder():
    """Tables beside the notebook are taken where there is no bai_nop."""
    handed_in = files(
        k1_02_dot_ipynb=notebook("x"), danh_sach_dot_xlsx=b"PK", goi_bai_dot_json=b"{}"
    )
    submission = prepare(BAI, "hv01", handed_in, MASTER)

    assert submission.artefacts == {"danh_sach.xlsx": b"PK"}
    assert "Không có thư mục bai_nop" in submission.repairs[0]


def test_prepare_nothing_in_the_folder():
    """A hand-in without artefacts is a submission all the same, and that is said."""
    submission = prepare(BAI, "hv01", files(k1_02_dot_ipynb=notebook("x")), MASTER)

    assert submission.artefacts == {}
    assert submission.repairs == ["Không có tệp nào trong bai_nop."]


def test_prepare_other_trainees_pack():
    """Work on somebody else's pack is marked by one's own, and that is said."""
    handed_in = whole(goi_bai_dot_json=b'{"exercise": "k1_02", "trainee": "hv02"}')

    assert "hv02" in prepare(BAI, "hv01", handed_in, MASTER).repairs[0]


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 10**5])
def test_prepare_broken_pack_record(data):
    """A spoiled goi_bai.json costs nothing."""
    submission = prepare(BAI, "hv01", whole(goi_bai_dot_json=data), MASTER)

    assert "goi_bai.json" in submission.repairs[0]


def test_prepare_two_files_of_one_name():
    """Two different files of one name cannot both be meant."""
    with pytest.raises(Refusal, match=r"hai tệp danh_sach\.csv"):
        prepare(BAI, "hv01", whole(cu__bai_nop__danh_sach_dot_csv=b"khac"), MASTER)


def test_prepare_oversize_file(monkeypatch):
    """One file that is too large is left out and named; the others count."""
    monkeypatch.setattr(limits, "MAX_FILE", 1000)
    submission = prepare(BAI, "hv01", whole(bai_nop__to_dot_csv=b"x" * 1001), MASTER)

    assert submission.artefacts == {"danh_sach.csv": CSV}
    assert "to.csv" in submission.repairs[0]


def test_read_hand_in_folder_and_zip_agree(tmp_path):
    """The same files give the same content and fingerprint as folder and as zip."""
    folder = tmp_path / "nop"
    members = {"k1_02.ipynb": "{}", "bai_nop/danh_sach.csv": "x", "du_lieu/doi_tuong.csv": "y"}
    for name, text in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "a.ipynb").write_text("z")
    from_folder = read_hand_in(folder)
    from_zip = read_hand_in(zipped(tmp_path, members))

    assert from_folder == from_zip
    assert {str(path) for path in from_folder} == {"k1_02.ipynb", "bai_nop/danh_sach.csv"}
    assert files_sha256(from_folder) == files_sha256(dict(reversed(from_zip.items())))


def test_files_sha256_content_counts():
    """Another content or another name gives another fingerprint."""
    prints = {files_sha256(f) for f in (files(a=b"1"), files(a=b"2"), files(b=b"1"))}

    assert len(prints) == 3


def test_read_hand_in_link(tmp_path):
    """A link is refused: it could show somebody else's file."""
    (tmp_path / "secret").write_text("x")
    (tmp_path / "nop").mkdir()
    (tmp_path / "nop" / "danh_sach.csv").symlink_to(tmp_path / "secret")

    with pytest.raises(Refusal, match="tệp thường"):
        read_hand_in(tmp_path / "nop")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_read_hand_in_pipe(tmp_path):
    """A named pipe is refused and does not hang the run."""
    os.mkfifo(tmp_path / "danh_sach.csv")

    with pytest.raises(Refusal, match="tệp thường"):
        read_hand_in(tmp_path)


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/x.csv", "C:/x.csv", "a/../../x.csv", "..\\x.csv"]
)
def test_read_hand_in_zip_leads_out(tmp_path, name):
    """A zip member that leads out of its folder is refused."""
    with pytest.raises(Refusal, match="không hợp lệ"):
        read_hand_in(zipped(tmp_path, {name: "x"}))


def test_read_hand_in_too_many_files(tmp_path):
    """More than 200 files are refused."""
    members = {f"bai_nop/{i}.csv": "x" for i in range(201)}

    with pytest.raises(Refusal, match="hơn 200 tệp"):
        read_hand_in(zipped(tmp_path, members))


def test_read_hand_in_too_large(tmp_path):
    """A small zip that unpacks to more than 16 MB is refused."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(6):
            archive.writestr(f"{i}.csv", b"\0" * 3_500_000)
    (tmp_path / "x.zip").write_bytes(sink.getvalue())

    with pytest.raises(Refusal, match="16 MB"):
        read_hand_in(tmp_path / "x.zip")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\0" * 1000])
def test_read_hand_in_broken_zip(tmp_path, data):
    """A broken zip is refused with a sentence."""
    (tmp_path / "x.zip").write_bytes(data)

    with pytest.raises(Refusal, match=r"x\.zip"):
        read_hand_in(tmp_path / "x.zip")


def test_read_artefacts_of_a_submission(tmp_path):
    """Of a submission folder only the files in bai_nop are read."""
    (tmp_path / "bai_nop").mkdir()
    (tmp_path / "bai_nop" / "danh_sach.csv").write_bytes(CSV)
    (tmp_path / "tiep_nhan.json").write_text("[]")

    assert read_artefacts(tmp_path) == {"danh_sach.csv": CSV}


@pytest.mark.parametrize("name", ["a\u202efdp.csv", "a\nb.csv"])
def test_read_hand_in_name_that_misleads(tmp_path, name):
    """A name with control characters is refused, and shown without them."""
    with pytest.raises(Refusal, match="không đọc được") as refusal:
        read_hand_in(zipped(tmp_path, {name: "x"}))

    assert str(refusal.value).isprintable()


@given(st.binary() | st.binary().map(lambda tail: b"PK\x03\x04" + tail))
def test_read_hand_in_any_bytes(data):
    """A file of any bytes that is handed in is read or refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "k1_02__hv01.zip")
        path.write_bytes(data)
        with suppress(Refusal):
            read_hand_in(path)


@given(st.dictionaries(st.text(max_size=12), st.binary(max_size=20), max_size=6))
def test_prepare_any_members(members):
    """A package of any names and contents becomes a submission that can be laid down, or a refusal."""
    sink = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(sink, "w") as archive:
        for name, data in members.items():
            with suppress(UnicodeEncodeError):
                archive.writestr(f"bai_nop/{name}", data)
    with tempfile.TemporaryDirectory() as folder, suppress(Refusal):
        path = Path(folder, "x.zip")
        path.write_bytes(sink.getvalue())
        submission = prepare(BAI, "hv01", read_hand_in(path), MASTER)
        lay_down(Path(folder, "hv01", BAI), "hv01", submission, now(), b"x" * 32)

        assert is_sealed(Path(folder, "hv01", BAI), "hv01", b"x" * 32)
        assert read_artefacts(Path(folder, "hv01", BAI)) == submission.artefacts
        assert all(note.isprintable() for note in submission.repairs)
