from __future__ import annotations

import os
import socket
import sys
from pathlib import Path, PurePosixPath

import pytest

from sosach.grading import limits, reading
from sosach.grading.reading import SecondName, read_file, read_tree
from sosach.grading.refusals import NotYet, Refusal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")


def tree(folder):
    """Read everything below a folder."""
    return dict(read_tree(folder, lambda _: True, lambda _: 1000))


@pytest.fixture
def folder(tmp_path):
    """A folder with a file in a folder."""
    (tmp_path / "nop" / "bai_nop").mkdir(parents=True)
    (tmp_path / "nop" / "bai_nop" / "danh_sach.csv").write_text("x")
    (tmp_path / "mat").write_text("secret")
    return tmp_path / "nop"


def link(path, target):
    """Make a link to a file."""
    path.symlink_to(target)


def pipe(path, target):
    """Make a named pipe."""
    os.mkfifo(path)


def loop(path, target):
    """Make a link to itself."""
    path.symlink_to(path)


def into_folder(path, target):
    """Make a link to a folder."""
    path.symlink_to(target.parent)


def unix_socket(path, target):
    """Make a socket."""
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's name has a hundred characters at most
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


KINDS = [link, pipe, loop, into_folder, unix_socket]


def test_read_tree_files(folder):
    """Regular files are read with their paths."""
    assert tree(folder) == {PurePosixPath("bai_nop/danh_sach.csv"): b"x"}


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("where", ["x.csv", "bai_nop/x.csv"])
def test_read_tree_irregular(folder, make, where):
    """Whatever is no file of its own is refused, at any depth, without waiting."""
    make(folder / where, folder.parent / "mat")

    with pytest.raises(Refusal, match=r"tệp thường|thư mục thật"):
        tree(folder)


@pytest.mark.parametrize("make", KINDS)
def test_read_file_irregular(folder, make):
    """The same is true of a package that lies in the inbox."""
    make(folder / "x.zip", folder.parent / "mat")

    with pytest.raises(Refusal, match="tệp thường"):
        read_file(folder / "x.zip", 1000)


def test_read_tree_second_name(folder):
    """A file with a second name elsewhere is read as one whose owner is open, by either name."""
    path = folder / "bai_nop" / "danh_sach.csv"
    (folder.parent / "khac.csv").hardlink_to(path)
    (data,) = tree(folder).values()

    assert isinstance(data, SecondName)
    assert isinstance(read_file(folder.parent / "khac.csv", 1000), SecondName)
    assert data == b"x"


def test_read_tree_link_above(folder):
    """Neither the folder itself nor the trainee's folder around it may be a link."""
    (folder.parent / "hv02").symlink_to(folder)
    (folder.parent / "k1").symlink_to(folder / "bai_nop")

    for path in (folder.parent / "hv02" / "bai_nop", folder.parent / "k1"):
        with pytest.raises(Refusal, match="thư mục thật"):
            tree(path)


def swap(monkeypatch, path, replace):
    """Let a file be replaced between the last look at it and the opening."""
    look, looks = reading._status, []

    def look_and_swap(place, name, shown):
        status = look(place, name, shown)
        looks.append(name)
        if looks.count(path.name) == 2:
            path.unlink()
            replace(path)
        return status

    monkeypatch.setattr(reading, "_status", look_and_swap)


def test_read_tree_swapped_for_a_link(folder, monkeypatch):
    """A file that becomes a link between the look and the opening is not followed."""
    secret = folder.parent / "mat"
    swap(monkeypatch, folder / "bai_nop" / "danh_sach.csv", lambda p: p.symlink_to(secret))

    with pytest.raises(Refusal, match="tệp thường"):
        tree(folder)


def test_read_tree_swapped_for_a_pipe(folder, monkeypatch):
    """A file that becomes a pipe between the look and the opening is not waited for."""
    swap(monkeypatch, folder / "bai_nop" / "danh_sach.csv", os.mkfifo)

    with pytest.raises(Refusal, match="tệp thường"):
        tree(folder)


def test_read_tree_swapped_for_a_file(folder, monkeypatch):
    """A file that becomes another one between the look and the opening is to be read later."""
    path = folder / "bai_nop" / "danh_sach.csv"
    swap(monkeypatch, path, lambda p: (folder.parent / "mat").rename(p))

    with pytest.raises(NotYet, match="đang được ghi"):
        tree(folder)


def test_read_file_growing(folder, monkeypatch):
    """A file that is still being written is not half read: it is to be read later."""
    path = folder / "bai_nop" / "danh_sach.csv"
    read = os.read

    def read_and_write(handle, size):
        data = read(handle, size)
        with path.open("ab") as file:
            file.write(b"more")
        return data

    monkeypatch.setattr(os, "read", read_and_write)

    with pytest.raises(NotYet, match="đang được ghi"):
        read_file(path, 3)


def test_read_tree_vanished(folder, monkeypatch):
    """A file that is gone when it is opened can come back."""
    monkeypatch.setattr(reading, "_names", lambda place, seen: ["di_mat.csv"])

    with pytest.raises(NotYet, match="di_mat"):
        tree(folder)


def test_read_tree_unreadable(folder):
    """A file without rights is named, with what to do."""
    path = folder / "bai_nop" / "danh_sach.csv"
    path.chmod(0)
    if os.geteuid() == 0:
        for above in (folder.parent, *folder.parent.parents):
            if above.owner() == "root" and above.stat().st_mode & 0o005 != 0o005:
                above.chmod(0o755)
        os.seteuid(65534)
    try:
        with pytest.raises(NotYet, match="không được phép đọc"):
            tree(folder)
    finally:
        os.seteuid(os.getuid())


def test_read_tree_byte_limit(folder):
    """Of an oversize file one byte more than the limit is read, also where it is sparse."""
    with (folder / "to.csv").open("wb") as file:
        file.truncate(1 << 40)

    assert len(tree(folder)[PurePosixPath("to.csv")]) == 1001


def test_read_tree_without_end(folder, monkeypatch):
    """A folder of too many things, and folders too deep in each other, are refused."""
    monkeypatch.setattr(limits, "MAX_ENTRIES", 20)
    for i in range(20):
        (folder / f"{i}.csv").write_text("")
    with pytest.raises(Refusal, match="hơn 20"):
        tree(folder)

    deep = folder.parent / "sau"
    (deep / "/".join("abcdefghijk")).mkdir(parents=True)
    with pytest.raises(Refusal, match="lồng nhau"):
        tree(deep)


def test_read_tree_unwanted_is_not_entered(folder):
    """A folder that is not wanted is not looked into: what is in it can do no harm."""
    (folder / ".venv").mkdir()
    os.mkfifo(folder / ".venv" / "pipe")
    found = read_tree(folder, lambda p: not p.name.startswith("."), lambda _: 1000)

    assert len(dict(found)) == 1


def test_read_tree_name_in_another_code_page(folder):
    """A file whose name is in no known code page is read under a name that can be shown."""
    Path(os.fsdecode(os.fsencode(folder) + b"/\x81.csv")).write_text("y")

    assert tree(folder)[PurePosixPath("\\x81.csv")] == b"y"


def test_read_file_by_path(folder, monkeypatch):
    """Where a system cannot open folders, the same is read and refused by path."""
    monkeypatch.setattr(reading, "_BY_FOLDER", False)
    assert tree(folder) == {PurePosixPath("bai_nop/danh_sach.csv"): b"x"}

    (folder / "bai_nop" / "a.csv").symlink_to(folder.parent / "mat")
    with pytest.raises(Refusal, match="tệp thường"):
        tree(folder)
