from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import to_cp1258
from sosach.grading import limits
from sosach.grading.packages import read_package
from sosach.grading.refusals import Refusal


def package(members, method=zipfile.ZIP_DEFLATED):
    """Return a zip of (name or ZipInfo, content) pairs."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return sink.getvalue()


def read(data, wanted=lambda _: True):
    """Read a package to the end."""
    return list(read_package("x.zip", data, wanted, lambda _: 10_000_000))


def raw_name(name):
    """Return a package whose only member has a name of these bytes, in no declared code page."""
    data = package([("N" * len(name), b"x")])
    return data.replace(b"N" * len(name), name)


def special(kind):
    """Return a member that says to be a link, a device or a pipe."""
    info = zipfile.ZipInfo("x.csv")
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "raw",
    [
        "Bài nộp/x.csv".encode(),
        unicodedata.normalize("NFD", "Bài nộp/x.csv").encode(),
        to_cp1258("Bài nộp/x.csv"),
        "Bài nộp\\x.csv".encode(),
    ],
)
def test_read_package_names(raw):
    """Names that a Mac, an old Windows or a careless program wrote are read as they were meant."""
    assert read(raw_name(raw)) == [(PurePosixPath("Bài nộp/x.csv"), b"x")]


def test_read_package_declared_utf8():
    """A name that is declared to be UTF-8 is."""
    assert read(package([("Bài.csv", b"x")])) == [(PurePosixPath("Bài.csv"), b"x")]


def test_read_package_zip64():
    """The large form of zip, which some programs always write, is read."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive, archive.open("x.csv", "w", force_zip64=True) as f:
        f.write(b"x")

    assert read(sink.getvalue()) == [(PurePosixPath("x.csv"), b"x")]


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a/../../x", "C:/x", "C:\\x", "\\\\server\\x", "..\\x", "a/..", "//x"]
)
def test_read_package_leads_out(name):
    """A name that leads out of the folder is refused."""
    with pytest.raises(Refusal, match="không hợp lệ"):
        read(package([(name, b"x")]))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFBLK, stat.S_IFCHR])
def test_read_package_special_member(kind):
    """A member that says to be a link, a pipe or a device is refused, wanted or not."""
    with pytest.raises(Refusal, match="không hợp lệ"):
        read(package([(special(kind), b"/etc/passwd")]), wanted=lambda _: False)


def test_read_package_bomb():
    """A member packed beyond reason is refused before it is unpacked; a notebook is read."""
    with pytest.raises(Refusal, match="phình to"):
        read(package([("x.csv", b"\0" * 2_000_000)]))

    [(_, data)] = read(package([("x.ipynb", b"\0" * 2_000_000)]))
    assert len(data) == 2_000_000


def test_read_package_declared_total():
    """What says itself to be too much in all is refused without unpacking."""
    with pytest.raises(Refusal, match="16 MB"):
        read(package([(f"{i}.csv", b"\0" * 3_500_000) for i in range(5)]))


def test_read_package_lies_about_its_size():
    """A member that unpacks to more than it says is no zip."""
    data = package([("x.csv", b"a" * 5000)])
    size = struct.pack("<I", 5000)
    lies = data.replace(size, struct.pack("<I", 10))

    with pytest.raises(Refusal, match="bị hỏng"):
        read(lies)


def test_read_package_encrypted():
    """A package with a password is refused in words."""
    data = bytearray(package([("x.csv", b"x")]))
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(start) + at] |= 1

    with pytest.raises(Refusal, match="mật khẩu"):
        read(bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_read_package_rare_method(method):
    """Methods that may ask for any memory are refused in words."""
    with pytest.raises(Refusal, match="ít gặp"):
        read(package([("x.csv", b"x" * 100)], method))


@pytest.mark.parametrize(
    ("start", "kind"), [(b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7-Zip")]
)
def test_read_package_other_kinds(start, kind):
    """Other packages are called by their name."""
    with pytest.raises(Refusal, match=kind):
        read(start + b"\0" * 50)


def test_read_package_too_many_members(monkeypatch):
    """A table of contents that is too long is not read at all."""
    monkeypatch.setattr(limits, "MAX_MEMBERS", 50)

    with pytest.raises(Refusal, match="hơn 50 mục"):
        read(package([(f"{i}", b"") for i in range(51)]))


def test_read_package_too_large(monkeypatch):
    """A package beyond all limits is not opened."""
    monkeypatch.setattr(limits, "MAX_PACKAGE", 100)

    with pytest.raises(Refusal, match="lớn hơn"):
        read(package([("x", b"x" * 100)], zipfile.ZIP_STORED))


@pytest.mark.parametrize("cut", [1, 10, 30, 60, 100])
def test_read_package_truncated(cut):
    """A package that was not copied to its end is refused."""
    data = package([("x.csv", b"abc" * 100), ("y.csv", b"def" * 100)])

    with pytest.raises(Refusal, match="chép chưa xong"):
        read(data[:-cut])


def test_read_package_same_name_twice():
    """Two members of one name are both told, so that they can be compared."""
    with pytest.warns(UserWarning, match="Duplicate"):
        data = package([("x.csv", b"1"), ("x.csv", b"2")])

    assert [content for _, content in read(data)] == [b"1", b"2"]


#: a package to be spoilt
WHOLE = package([("Bài nộp/danh_sach.csv", b"ma_ho_so,nhom\n" * 20), ("x.ipynb", b"{}")])


@given(st.data())
def test_read_package_any_bytes(data):
    """Whatever happens to the bytes of a package, it is read or refused."""
    spoilt = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    start, end = data.draw(st.integers(0, 40)), data.draw(st.integers(0, 40))
    with suppress(Refusal):
        read(bytes(spoilt[start : len(spoilt) - end]))
