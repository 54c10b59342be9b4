"""Files and folders that people and systems name, copy and leave beside."""

from __future__ import annotations

import os
import shutil
import unicodedata

from tests.grading.corpus.cases import FULL, ZERO, case

COPIES = [
    "danh_sach (1).csv",
    "danh_sach(2).csv",
    "danh_sach - Copy.csv",
    "danh_sach - Sao chép.csv",
    "danh_sach copy 2.csv",
    "Bản sao của danh_sach.csv",
    "Copy of danh_sach.csv",
    "danh_sach.csv.txt",
    "DANH_SACH.CSV",
    "Danh sách.csv",
    unicodedata.normalize("NFD", "Danh sách (1).csv"),
]
for _name in COPIES:
    case(FULL, "Đã đọc tệp", name=ascii(_name))(
        lambda work, name=_name: work.write(work.text(), name)
    )


@case(FULL)
def two_copies_of_one_content(work):
    work.write(work.text(), "danh_sach (1).csv")
    shutil.copy(
        work.artefact.with_name("danh_sach (1).csv"), work.folder / "bai_nop" / "danh_sach (2).csv"
    )


@case(FULL, "không phải danh_sach (1).csv")
def the_right_name_beside_a_copy(work):
    (work.folder / "bai_nop" / "danh_sach (1).csv").write_text("ma_ho_so,nhom\n")


@case(FULL)
def a_picture_of_it_beside_a_copy(work):
    work.write(work.text(), "danh_sach (1).csv")
    (work.folder / "bai_nop" / "danh_sach.pdf").write_bytes(b"%PDF")


@case(ZERO, "Có nhiều tệp")
def two_copies_that_differ(work):
    work.write(work.text(), "danh_sach (1).csv")
    (work.folder / "bai_nop" / "danh_sach (2).csv").write_text("ma_ho_so,nhom\n")


@case(FULL)
def leftovers_of_systems(work):
    for name in ("bai_nop/~$danh_sach.xlsx", "bai_nop/.~lock.danh_sach.csv#", "Thumbs.db"):
        (work.folder / name).write_bytes(b"\0")
    for name in (".DS_Store", "desktop.ini", "bai_nop/._danh_sach.csv"):
        (work.folder / name).write_bytes(b"\0")


@case(FULL)
def checkpoints_of_jupyter(work):
    folder = work.folder / ".ipynb_checkpoints"
    folder.mkdir()
    (folder / f"{work.exercise}-checkpoint.ipynb").write_text("{}")


@case(FULL)
def links_where_nobody_looks(work):
    """A virtual environment is full of links; it is not entered."""
    (work.folder / ".venv").mkdir()
    (work.folder / ".venv" / "python").symlink_to("/usr/bin/python3")


@case(FULL)
def the_data_handed_back(work):
    (work.folder / "du_lieu").mkdir()
    (work.folder / "du_lieu" / "danh_sach.csv").write_text("khac")


@case(FULL)
def earlier_versions(work):
    (work.folder / "bai_cu").mkdir()
    (work.folder / "bai_cu" / "danh_sach.csv").write_text("khac")


@case(FULL)
def a_file_in_no_code_page(work):
    with open(os.fsencode(work.folder) + b"/bai_nop/B\xe0i \x81.docx", "wb"):  # noqa: PTH123 - bytes
        pass


@case(FULL, "không dùng được trên mọi máy")
def names_that_windows_cannot_write(work):
    for name in ("nul.csv", "a:b.csv", "x?.csv", "x" * 200 + ".csv", "x."):
        (work.folder / "bai_nop" / name).write_text("x")


@case(FULL)
def folder_spelt_with_marks(work):
    (work.folder / "bai_nop").rename(work.folder / "Bài nộp")


@case(FULL)
def folder_that_is_a_copy(work):
    (work.folder / "bai_nop").rename(work.folder / "bai_nop (1)")


@case(FULL)
def a_folder_inside_the_folder(work):
    (work.folder / "bai_nop" / "bai_nop").mkdir()
    work.artefact.rename(work.folder / "bai_nop" / "bai_nop" / "danh_sach.csv")


@case(FULL, "Không có thư mục bai_nop")
def no_folder(work):
    work.artefact.rename(work.folder / "danh_sach.csv")
    (work.folder / "bai_nop").rmdir()


@case(FULL)
def a_second_root(work):
    inner = work.folder / work.exercise
    inner.mkdir()
    for path in list(work.folder.iterdir()):
        if path != inner:
            path.rename(inner / path.name)


@case(FULL)
def all_exercises_together(work):
    a_second_root(work)
    other = work.folder / "k9_99_bai_khac" / "bai_nop"
    other.mkdir(parents=True)
    (other / "danh_sach.csv").write_text("ma_ho_so,nhom\nHS1,a\n")


@case(FULL, "Không có tệp")
def nothing_but_the_artefact(work):
    work.notebook.unlink()
    (work.folder / "goi_bai.json").unlink()


@case(ZERO, "Không có tệp danh_sach.csv")
def another_name(work):
    work.write(work.text(), "bai_lam.csv")


@case(ZERO, "Không có tệp nào trong bai_nop")
def nothing_but_the_notebook(work):
    shutil.rmtree(work.folder / "bai_nop")


@case(ZERO, "Không có tệp nào trong bai_nop")
def a_file_instead_of_the_folder(work):
    shutil.rmtree(work.folder / "bai_nop")
    (work.folder / "bai_nop").write_text("ma_ho_so,nhom\n")
