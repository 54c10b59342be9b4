"""Packages: those that honest people make, and those that nobody honest makes."""

from __future__ import annotations

import io
import shutil
import stat
import struct
import warnings
import zipfile

from generator.vietnamese import to_cp1258
from sosach.grading import limits
from tests.grading.corpus.cases import FULL, NOTHING, REFUSED, ZERO, case

INVALID = "tên hoặc liên kết không hợp lệ"


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """Return the bytes of a zip."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, data in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, data)
    return sink.getvalue()


@case(FULL)
def plain(work):
    work.pack(work.members())


@case(FULL)
def stored_without_packing(work):
    work.pack(work.members(), zipfile.ZIP_STORED)


@case(FULL)
def the_folder_itself(work):
    work.pack(work.members(f"{work.exercise}/"))


@case(FULL)
def from_a_mac(work):
    members = work.members(f"{work.exercise}/")
    extra = {
        f"__MACOSX/{work.exercise}/bai_nop/._danh_sach.csv": b"\0",
        f"{work.exercise}/.DS_Store": b"\0",
    }
    work.pack({**members, **extra})


@case(FULL)
def names_of_vietnamese_windows(work):
    """Explorer writes names in Windows-1258 and does not say so."""
    members = {"BAINOP/danh_sach.csv": work.artefact.read_bytes(), "AAAAAAA.docx": b""}
    data = zipped(members).replace(b"BAINOP", to_cp1258("Bài nộp")[:6].ljust(6, b"p"))
    work.hand_in_bytes(data.replace(b"AAAAAAA", to_cp1258("Bài tập")[:7].ljust(7, b"p")))


@case(FULL)
def names_in_utf8_without_saying_so(work):
    name = "Bài nộp/danh_sach.csv".encode()
    data = zipped({"N" * len(name): work.artefact.read_bytes()})
    work.hand_in_bytes(data.replace(b"N" * len(name), name))


@case(FULL)
def folders_with_backslashes(work):
    work.pack({n.replace("/", "\\"): d for n, d in work.members().items()})


@case(FULL)
def the_large_form(work):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in work.members().items():
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(data)
    work.hand_in_bytes(sink.getvalue())


@case(FULL)
def with_entries_for_folders(work):
    work.pack([("bai_nop/", b""), *work.members().items()])


@case(FULL)
def the_same_member_twice(work):
    with warnings.catch_warnings(action="ignore"):
        work.pack([*work.members().items(), *work.members().items()])


@case(FULL)
def something_before_the_package(work):
    """Some mail programs put lines before a file."""
    work.hand_in_bytes(b"Content-Type: application/zip\r\n\r\n" + zipped(work.members()))


@case(FULL, "Đã mở gói")
def a_package_in_a_package(work):
    work.pack({"bai.zip": zipped(work.members())})


@case(FULL, "Đã mở gói")
def a_package_in_the_folder(work):
    data = zipped(work.members())
    for path in list(work.folder.rglob("*")):
        if path.is_file():
            path.unlink()
    (work.folder / "bai_nop.zip").write_bytes(data)


@case(REFUSED, "gói RAR, không phải zip")
def another_package_in_the_folder(work):
    shutil.rmtree(work.folder)
    work.folder.mkdir()
    (work.folder / "bai_nop.rar").write_bytes(b"Rar!\x1a\x07\x01\0")


@case(FULL)
def its_own_package_beside_the_work(work):
    """The notebook writes its zip into the same folder."""
    (work.folder / f"{work.exercise}__hv01.zip").write_bytes(b"PK\x03\x04 broken")


@case(ZERO, "Không có tệp nào trong bai_nop")
def a_package_in_a_package_in_a_package(work):
    work.pack({"a.zip": zipped({"b.zip": zipped(work.members())})})


@case(REFUSED, "2 gói nén")
def two_packages_in_a_package(work):
    work.pack({"a.zip": zipped(work.members()), "b.zip": zipped(work.members())})


for _name in (
    *("../danh_sach.csv", "bai_nop/../../../tmp/x.csv", "/etc/cron.d/x", "C:/Windows/x.csv"),
    *("..\\x.csv", "\\\\server\\x.csv", "bai_nop/.."),
):
    case(REFUSED, INVALID, name=f"leads out by {_name}")(
        lambda work, name=_name: work.pack({**work.members(), name: b"x"})
    )


def member(mode, name="bai_nop/them.csv"):
    """Return a member that says to be something else than a file."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (mode | 0o644) << 16
    return info


for _mode in ("S_IFLNK", "S_IFIFO", "S_IFCHR", "S_IFBLK", "S_IFSOCK"):
    case(REFUSED, INVALID, name=f"member of kind {_mode}")(
        lambda work, mode=_mode: work.pack(
            [*work.members().items(), (member(getattr(stat, mode)), b"../../../bi_mat.key")]
        )
    )


@case(REFUSED, "tên không đọc được")
def a_name_that_turns_around(work):
    work.pack({**work.members(), "bai_nop/\u202evsc.exe": b""})


@case(REFUSED, "tên không đọc được")
def a_name_that_moves_the_cursor(work):
    work.pack({**work.members(), "bai_nop/\x1b[2J.csv": b""})


@case(REFUSED, "hai tệp")
def one_name_with_two_contents(work):
    with warnings.catch_warnings(action="ignore"):
        work.pack([*work.members().items(), ("bai_nop/danh_sach.csv", work.text(work.others))])


@case(REFUSED, "hai tệp")
def two_letter_cases_with_two_contents(work):
    work.pack({**work.members(), "bai_nop/DANH_SACH.csv": b"khac"})


@case(REFUSED, "hai tệp")
def whole_and_loose_letters_with_two_contents(work):
    work.pack({**work.members(), "bai_nop/\u1ea3.csv": b"1", "bai_nop/a\u0309.csv": b"2"})


@case(REFUSED, "phình to")
def a_bomb(work):
    work.pack({**work.members(), "bai_nop/to.csv": b"0" * 3_000_000})


@case(REFUSED, "16 MB")
def many_bombs(work):
    work.pack({f"bai_nop/{i}.csv": b"0" * 3_900_000 for i in range(6)})


@case(REFUSED, "bị hỏng")
def members_that_share_their_bytes(work):
    """Fifield's bomb: many entries of the table of contents for one member."""
    data = zipped({"a.csv": b"0" * 900_000})
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 9, 9, 9 * len(entry), start, 0)
    entries = b"".join(entry.replace(b"a.csv", b"%d.csv" % i) for i in range(9))
    work.hand_in_bytes(data[:start] + entries + end)


@case(REFUSED, "bị hỏng")
def a_member_that_is_longer_than_it_says(work):
    data = zipped({"bai_nop/danh_sach.csv": b"a" * 7777})
    work.hand_in_bytes(data.replace(struct.pack("<I", 7777), struct.pack("<I", 7)))


@case(REFUSED, "hơn 200 tệp")
def hundreds_of_files(work):
    work.pack({f"bai_nop/{i}.csv": b"x" for i in range(201)})


@case(REFUSED, "mục")
def a_table_of_contents_without_end(work):
    work.hand_in_bytes(b"PK\x01\x02" * (limits.MAX_MEMBERS + 1))


@case(REFUSED, "mật khẩu")
def a_password(work):
    data = bytearray(zipped(work.members()))
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(start)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(start, place + 1)
    work.hand_in_bytes(bytes(data))


@case(REFUSED, "ít gặp")
def a_method_that_asks_for_memory(work):
    work.pack({**work.members(), "x.csv": b"x" * 5000}, zipfile.ZIP_LZMA)


@case(REFUSED, "chép chưa xong")
def not_copied_to_the_end(work):
    work.hand_in_bytes(zipped(work.members())[:-40])


@case(REFUSED, "bị hỏng")
def no_package(work):
    work.hand_in_bytes(b"xin chao")


@case(REFUSED, "bị hỏng")
def an_empty_file(work):
    work.hand_in_bytes(b"")


@case(REFUSED, "RAR")
def another_kind_of_package(work):
    work.hand_in_bytes(b"Rar!\x1a\x07\x01\x00" + b"\0" * 100)


@case(NOTHING)
def a_package_of_nothing(work):
    work.hand_in_bytes(zipped({}))
