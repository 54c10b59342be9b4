"""A class: opening, handing out, taking in, marking, exporting."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sosach.cli.shared import JSON, LEVEL, Group, progress

__all__ = ["class_", "grade"]

FOLDER = click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
EXERCISES = click.argument("exercises", metavar="[BÀI_TẬP]...", nargs=-1)

#: \b keeps the lines as they are
MOODLE = """\b
Nhập bang_diem_moodle.csv vào Moodle ở Grades, Import, CSV file:
- Encoding UTF-8, Separator Comma; dấu thập phân là dấu chấm.
- Map from và Map to đều chọn ID number: trong Moodle, đó là mã học viên của lớp.
  Khi mọi học viên có email trong danh sách lớp, chọn Email address cũng được.
- Mỗi cột còn lại là một bài: chọn mục điểm có sẵn hoặc New grade item.
- Dấu - là chưa có điểm. Có mã không có trong Moodle thì Moodle không nhập cả tệp."""


@click.group("class", cls=Group)
def class_() -> None:
    """Mở lớp, phát bài, thu bài, xem và xuất điểm.

    (Run a class.)
    """


@class_.command("open")
@FOLDER
@click.option("--name", required=True, help="Tên lớp.")
@click.option(
    "--roster",
    required=True,
    type=click.Path(path_type=Path),
    help="Danh sách lớp, CSV hoặc Excel: ma_hoc_vien, ho_ten, don_vi.",
)
def open_(folder: Path, name: str, roster: Path) -> None:
    """Mở một lớp mới trong THƯ_MỤC.

    (Open a class folder.)
    """
    from sosach.classroom import open_class

    room = open_class(folder, name, roster)
    click.echo(f"Đã mở lớp '{name}' với {len(room.trainees())} học viên tại {room.root}.")


@class_.command()
@FOLDER
@click.argument("exercises", metavar="BÀI_TẬP...", nargs=-1, required=True)
@LEVEL
def release(folder: Path, exercises: tuple[str, ...], level: str) -> None:
    """Phát bài: mỗi học viên một bộ dữ liệu riêng trong phat_bai/.

    (Hand out exercises, each trainee with data of their own.)
    """
    from sosach.classroom import release as hand_out

    for done in hand_out(folder, exercises, level, progress):
        click.echo(f"Đã phát {done.exercise}, mức {done.level}: xem {folder / 'phat_bai'}.")


@class_.command()
@FOLDER
@EXERCISES
def collect(folder: Path, exercises: tuple[str, ...]) -> None:
    """Thu bài từ thu_bai/; bài gốc được giữ nguyên.

    (Take in what lies in the inbox.)
    """
    from sosach.classroom import collect as take_in

    _tell_ledgers(take_in(folder, exercises, progress))


@class_.command()
@FOLDER
@JSON
def status(folder: Path, as_json: bool) -> None:
    """Xem lớp đã đến đâu.

    (Show how far the class has come.)
    """
    from sosach.classroom import status as overview

    ledgers = overview(folder)
    if as_json:
        click.echo(json.dumps([asdict(ledger) for ledger in ledgers], ensure_ascii=False, indent=1))
    else:
        _tell_ledgers(ledgers)


@class_.command(epilog=MOODLE)
@FOLDER
def export(folder: Path) -> None:
    """Xuất bảng điểm vào ket_qua/: Excel, CSV, và CSV cho Moodle.

    (Write the mark sheet as xlsx and CSV, and a CSV for Moodle's grade import.)
    """
    from sosach.classroom import export as write_out

    for path in write_out(folder):
        click.echo(f"Đã ghi {path}.")


@class_.command()
@FOLDER
def report(folder: Path) -> None:
    """Viết báo cáo lớp vào ket_qua/, và những phiếu nhận xét còn thiếu.

    (Write the class report, and the feedback pages that are missing.)
    """
    from sosach.classroom import write_class_report, write_missing_feedback

    pages, troubles = write_missing_feedback(folder, progress)
    for trouble in troubles:
        click.echo(f"Chưa viết được phiếu nhận xét: {trouble}")
    if pages:
        click.echo(f"Đã viết {len(pages)} phiếu nhận xét trong {folder / 'feedback'}.")
    click.echo(f"Đã ghi {write_class_report(folder)}.")


@class_.command()
@FOLDER
@click.option(
    "--pass-mark",
    metavar="PHẦN_TRĂM",
    default=50.0,
    show_default=True,
    type=click.FloatRange(0, 100),
    help="Mức đạt: trung bình các bài được tính; bài chưa nộp là 0.",
)
@click.option(
    "--exercises",
    metavar="BÀI_TẬP",
    multiple=True,
    help="Bài được tính, viết lại cho từng bài; không viết thì tính mọi bài đã phát.",
)
def certificates(folder: Path, pass_mark: float, exercises: tuple[str, ...]) -> None:
    """Viết giấy xác nhận hoàn thành bài thực hành vào ket_qua/, và bảng để trộn thư.

    (Write a confirmation for everybody who reached the pass mark, and a mail-merge table.)
    """
    from sosach.classroom import write_confirmations

    written, others = write_confirmations(folder, pass_mark, exercises)
    for path in written:
        click.echo(f"Đã ghi {path}.")
    for one in others:
        click.echo(f"  Chưa đạt: {one.trainee.ma_hoc_vien} ({one.percent:.0f} %).")


@click.command()
@FOLDER
@EXERCISES
def grade(folder: Path, exercises: tuple[str, ...]) -> None:
    """Chấm những bài chưa chấm; mỗi học viên một dòng, không sót ai.

    (Mark what is not marked yet; everybody on the roster is accounted for.)
    """
    from sosach.classroom import grade as mark

    _tell_ledgers(mark(folder, exercises, progress))


def _tell_ledgers(ledgers: Iterable[Any]) -> None:
    """Say one line per trainee, then the sums."""
    from sosach.classroom.ledger import STATUSES

    for ledger in ledgers:
        click.echo(f"Bài {ledger.exercise}:")
        for name, entry in ledger.entries.items():
            marks = f" {entry.points:g}/{entry.max_points:g} điểm." if entry.graded else ""
            sentences = " ".join(("", *entry.sentences))
            click.echo(f"  {name}: {STATUSES[entry.status]}.{marks}{sentences}")
        for sentence in ledger.unknown:
            click.echo(f"  Ngoài danh sách lớp: {sentence}")
        sums = ", ".join(f"{STATUSES[s]} {n}" for s, n in ledger.counts().items() if n)
        click.echo(f"  Tổng {len(ledger.entries)} học viên: {sums}.")
