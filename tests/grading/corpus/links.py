"""Things in a folder that are no files of their own: each could show or spoil somebody else's."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

from sosach.grading import limits
from tests.grading.corpus.cases import FULL, REFUSED, ZERO, case

NO_FILE = "tệp thường"


@case(REFUSED, NO_FILE)
def link_to_the_class_key(work):
    work.artefact.unlink()
    work.artefact.symlink_to(work.root / "bi_mat.key")


@case(REFUSED, NO_FILE)
def link_to_a_classmates_list(work):
    work.artefact.unlink()
    work.artefact.symlink_to(work.classmate)


@case(REFUSED, NO_FILE)
def link_to_nothing(work):
    (work.folder / "bai_nop" / "x.csv").symlink_to("khong_co")


@case(REFUSED, NO_FILE)
def link_to_itself(work):
    (work.folder / "bai_nop" / "x.csv").symlink_to("x.csv")


@case(REFUSED, NO_FILE)
def link_for_the_notebook(work):
    work.notebook.unlink()
    work.notebook.symlink_to(work.root / "bi_mat.key")


@case(REFUSED, NO_FILE)
def link_for_the_folder_of_artefacts(work):
    shutil.rmtree(work.folder / "bai_nop")
    (work.folder / "bai_nop").symlink_to(work.classmate.parent)


@case(REFUSED, NO_FILE)
def link_for_the_whole_hand_in(work):
    shutil.rmtree(work.folder)
    work.folder.symlink_to(work.classmate.parents[1])


@case(REFUSED, NO_FILE)
def link_up(work):
    (work.folder / "bai_nop" / "len").symlink_to("../../..")


@case(ZERO, "liên kết cứng", flagged=True)
def second_name_of_a_classmates_list(work):
    work.artefact.unlink()
    work.artefact.hardlink_to(work.classmate)


@case(ZERO, "liên kết cứng", flagged=True)
def second_name_of_the_key(work):
    work.artefact.unlink()
    work.artefact.hardlink_to(work.root / "bi_mat.key")


@case(FULL, "liên kết cứng", flagged=True)
def second_name_of_the_key_for_the_notebook(work):
    work.notebook.unlink()
    work.notebook.hardlink_to(work.root / "bi_mat.key")


@case(FULL, "liên kết cứng", flagged=True)
def victim_of_a_second_name(work):
    """A classmate gave one's own files second names: one's list counts all the same."""
    (work.root / "khac.csv").hardlink_to(work.artefact)
    (work.root / "khac.ipynb").hardlink_to(work.notebook)


@case(FULL)
def victim_of_a_second_name_of_the_package(work):
    work.pack({"bai_nop/danh_sach.csv": work.artefact.read_bytes()})
    (work.root / "khac.zip").hardlink_to(work.package)


@case(REFUSED, NO_FILE)
def pipe_for_an_artefact(work):
    work.artefact.unlink()
    os.mkfifo(work.artefact)


@case(REFUSED, NO_FILE)
def pipe_for_the_notebook(work):
    work.notebook.unlink()
    os.mkfifo(work.notebook)


@case(REFUSED, NO_FILE)
def pipe_for_the_stamp(work):
    os.mkfifo(work.folder / "timestamp.txt")


@case(REFUSED, NO_FILE)
def pipe_for_the_receipt(work):
    os.mkfifo(work.folder / "tiep_nhan.json")


@case(REFUSED, NO_FILE)
def a_socket(work):
    here = Path.cwd()
    os.chdir(work.folder)  # a socket's name has a hundred characters at most
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("x.csv")
    finally:
        os.chdir(here)


@case(REFUSED, NO_FILE)
def a_device(work):
    """An endless one; where we may not make it, the one that is there by a link."""
    path = work.folder / "bai_nop" / "x.csv"
    try:
        os.mknod(path, 0o666 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        path.symlink_to("/dev/zero")


@case(FULL, "không đọc")
def a_file_of_a_terabyte_with_holes(work):
    with (work.folder / "bai_nop" / "to.csv").open("wb") as file:
        file.truncate(1 << 40)


@case(FULL, "không đọc")
def a_notebook_of_a_terabyte_with_holes(work):
    with work.notebook.open("wb") as file:
        file.truncate(1 << 40)


@case(ZERO, "không đọc")
def an_artefact_that_is_too_large(work):
    work.write(work.text() + " " * (limits.MAX_FILE + 1))


@case(REFUSED, "16 MB")
def too_much_in_all(work):
    for i in range(5):
        with (work.folder / "bai_nop" / f"{i}.csv").open("wb") as file:
            file.truncate(3_900_000)


@case(REFUSED, "hơn 200 tệp")
def hundreds_of_files(work):
    for i in range(201):
        (work.folder / "bai_nop" / f"{i}.csv").touch()


@case(REFUSED, "lồng nhau")
def folders_without_end(work):
    (work.folder / "/".join("abcdefghijklm")).mkdir(parents=True)


@case(REFUSED, "tên không đọc được")
def a_name_of_two_lines(work):
    (work.folder / "bai_nop" / "a\nb.csv").touch()


@case(REFUSED, "tên không đọc được")
def a_name_that_turns_around(work):
    (work.folder / "bai_nop" / "a\u202evsc.exe").touch()


@case(REFUSED, "hai tệp")
def whole_and_loose_letters(work):
    (work.folder / "bai_nop" / "\u1ea3.csv").write_text("1")
    (work.folder / "bai_nop" / "a\u0309.csv").write_text("2")


@case(REFUSED, "hai tệp danh_sach.csv")
def two_roots_with_two_contents(work):
    (work.folder / "cu" / "bai_nop").mkdir(parents=True)
    (work.folder / "cu" / "bai_nop" / "danh_sach.csv").write_text("khac")
