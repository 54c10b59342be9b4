from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import to_cp1258
from sosach.grading.names import (
    decoded,
    is_portable,
    is_wanted,
    plain_stem,
    relative_name,
    same_folder,
    shown,
)
from sosach.grading.refusals import Refusal


@pytest.mark.parametrize(
    "copy",
    [
        "danh_sach.csv",
        "danh_sach (1).csv",
        "danh_sach(12).csv",
        "danh_sach - Copy.csv",
        "danh_sach - Copy (2).csv",
        "danh_sach - Sao chép.csv",
        "danh_sach bản sao 2.csv",
        "danh_sach_copy.csv",
        "Copy of danh_sach.csv",
        "danh_sach - Sheet1.csv",
        "danh_sach - Trang tính1.csv",
        "Bản sao của danh_sach.csv",
        "Bản sao của Bản sao của danh_sach.csv",
        "danh_sach.csv.txt",
        "danh_sach.csv.xlsx",
        "Danh sách.XLSX",
        "danh-sach.csv",
        "DANH SACH.pdf",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_plain_stem_copies(copy, form):
    """Copies of every system, in other letters and endings, are one file."""
    assert plain_stem(unicodedata.normalize(form, copy)) == "danh_sach"


@pytest.mark.parametrize("other", ["danh_sach_2.csv", "danh_sach_cu.csv", "copy.csv", "(1).csv"])
def test_plain_stem_other_files(other):
    """A number or word that is no copy mark makes another file; a mark alone stays a name."""
    assert plain_stem(other) not in ("danh_sach", "")


@pytest.mark.parametrize("name", ["bai_nop", "Bài nộp", "BAI NOP", "bai_nop (1)", "bai-nop"])
def test_same_folder(name):
    """The folder of artefacts is known however people spell it."""
    assert same_folder(name, "bai_nop")


def test_decoded_code_pages():
    """Names written by a Mac, by Vietnamese Windows and in no code page at all are all shown."""
    assert decoded(unicodedata.normalize("NFD", "Bài nộp").encode()) == "Bài nộp"
    assert decoded(to_cp1258("Bài nộp")) == "Bài nộp"
    assert decoded(b"\x81\x8d.csv") == "\\x81\\x8d.csv"


@pytest.mark.parametrize(
    "name", ["a\u202efdp.csv", "a\nb.csv", "a\x00.csv", "a\x1b[2J.csv", "\u2066x", "a\ud800"]
)
def test_relative_name_misleading(name):
    """Control characters and those that turn the direction of reading are refused, and shown."""
    with pytest.raises(Refusal) as refusal:
        relative_name(name)

    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("danh_sach.csv", True),
        ("Bản sao.csv", True),
        ("con", False),
        ("NUL.csv", False),
        ("com1.txt", False),
        ("a:b.csv", False),
        ("a?.csv", False),
        ("x.", False),
        ("x ", False),
        ("x" * 61, False),
    ],
)
def test_is_portable(name, right):
    """Only names that Windows can write too are laid down."""
    assert is_portable(name) == right


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("bai_nop/danh_sach.csv", True),
        ("bai_nop/~$danh_sach.xlsx", False),
        ("bai_nop/.~lock.danh_sach.csv#", False),
        ("__MACOSX/bai_nop/._danh_sach.csv", False),
        ("Thumbs.db", False),
        ("du_lieu/doi_tuong.csv", False),
        ("bai_cu/danh_sach_001.csv", False),
        (".ipynb_checkpoints/k1.ipynb", False),
        ("../x", True),
    ],
)
def test_is_wanted(path, wanted):
    """What systems leave behind and what was handed out is passed over; a way out is not."""
    assert is_wanted(PurePosixPath(path)) == wanted


@given(st.text())
def test_shown_is_one_line(name):
    """Whatever a name holds, it is shown as one short line that can be written anywhere."""
    text = shown(name)

    assert text.isprintable()
    assert len(text) <= 80
    text.encode()


@given(st.text())
def test_plain_stem_any(name):
    """Any name has a stem, and one that stays."""
    assert plain_stem(plain_stem(name)) == plain_stem(plain_stem(plain_stem(name)))
