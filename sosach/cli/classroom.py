"""A class: opening, handing out, taking in, marking, exporting, keeping safe."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from sosach.cli.shared import ALL_CORES, DASK, JSON, WORKERS, Group, executor, progress

__all__ = ["EXERCISE", "FOLDER", "class_", "grade"]

FOLDER = click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
EXERCISE = click.argument("exercise", metavar="BÀI_TẬP")
EXERCISES = click.argument("exercises", metavar="[BÀI_TẬP]...", nargs=-1)
GRADEBOOK = click.option(
    "--gradebook",
    metavar="ĐỊA_CHỈ",
    help="Sổ điểm trên máy chủ: postgresql://ten:mat_khau@may_chu/lop1.",
)

#: \b keeps the lines as they are
PAGES = """\b
Phát bài bằng trang HTML (--offline):
- Gửi cho từng học viên tệp <bài>__<học viên>.html trong phat_bai/<học viên>/,
  hoặc tệp .xlsx cùng tên cho người muốn làm bằng Excel.
- Học viên mở tệp bằng trình duyệt, làm bài, bấm Xuất kết quả và gửi lại tệp .json;
  làm bằng Excel thì gửi lại tệp Excel, giữ nguyên tên.
- Bỏ các tệp nhận được vào thu_bai/ rồi chạy sosach grade. Tên tệp .json bị đổi cũng được."""
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
@GRADEBOOK
def open_(folder: Path, name: str, roster: Path, gradebook: str | None) -> None:
    """Mở một lớp mới trong THƯ_MỤC.

    (Open a class folder.)
    """
    from sosach.classroom import open_class

    room = open_class(folder, name, roster, gradebook or "")
    click.echo(f"Đã mở lớp '{name}' với {len(room.trainees())} học viên tại {room.root}.")


@class_.command(epilog=PAGES)
@FOLDER
@click.argument("exercises", metavar="BÀI_TẬP...", nargs=-1, required=True)
@click.option("--level", help="Mức: lam_quen, van_dung, nang_cao; lần đầu là van_dung.")
@click.option(
    "--due",
    metavar="NGÀY_GIỜ",
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    help="Hạn nộp, giờ Việt Nam, ví dụ '2022-05-20 17:00'.",
)
@click.option("--resit", is_flag=True, help="Phát bài thi lại với dữ liệu mới; điểm cũ được giữ.")
@click.option(
    "--trainees",
    type=click.Path(path_type=Path),
    help="Ai thi lại: CSV hoặc Excel có cột ma_hoc_vien.",
)
@click.option(
    "--below",
    metavar="PHẦN_TRĂM",
    type=click.FloatRange(0, 100),
    help="Ai thi lại: người chưa lần nào đạt phần trăm điểm này.",
)
@click.option(
    "--offline",
    is_flag=True,
    help="Kèm mỗi bộ dữ liệu một trang HTML và một phiếu Excel để làm bài không cần mạng hay "
    "Python; trong đó không có đáp án.",
)
@ALL_CORES
def release(
    folder: Path,
    exercises: tuple[str, ...],
    level: str | None,
    due: datetime | None,
    resit: bool,
    trainees: Path | None,
    below: float | None,
    offline: bool,
    workers: int,
) -> None:
    """Phát bài: mỗi học viên một bộ dữ liệu riêng trong phat_bai/.

    (Hand out exercises, each trainee with data of their own.)
    """
    from sosach.classroom import release as hand_out
    from sosach.classroom import resit as hand_out_again
    from sosach.classroom import write_pages
    from sosach.classroom.deadlines import TIME_ZONE

    due = due.replace(tzinfo=TIME_ZONE) if due else None
    _check_wish(resit, level, trainees, below)
    with executor(workers, None, lambda to: f"{to.trainee} ({to.exercise})") as run:
        if resit:
            given = [
                hand_out_again(
                    folder, exercise, _chosen(folder, exercise, trainees, below), progress, due, run
                )
                for exercise in exercises
            ]
        else:
            given = hand_out(folder, exercises, level, progress, due, run)
    for done in given:
        click.echo(
            f"Đã phát {done.exercise}, mức {done.level}, cho {len(done.trainees)} học viên:"
            f" xem {folder / 'phat_bai'}."
        )
        if offline:
            pages = write_pages(folder, done.exercise, progress)
            click.echo(f"Đã viết {len(pages)} trang bài và phiếu Excel, như {pages[0]}.")


def _check_wish(resit: bool, level: str | None, trainees: Path | None, below: float | None) -> None:
    """Refuse what does not go together."""
    if resit and (level or (trainees and below is not None)):
        message = (
            "Bài thi lại giữ mức của lần đầu; chỉ chọn một trong hai: --trainees hoặc --below."
        )
        raise click.UsageError(message)
    if not resit and (trainees or below is not None):
        message = "--trainees và --below chỉ dùng cùng với --resit."
        raise click.UsageError(message)


def _chosen(folder: Path, exercise: str, trainees: Path | None, below: float | None) -> list[str]:
    """Return who sits an exercise again; everybody unless something else was said."""
    from sosach.classroom import to_be_repeated
    from sosach.classroom.folder import ClassFolder
    from sosach.classroom.roster import read_ids

    if below is not None:
        return to_be_repeated(folder, exercise, below)
    if trainees:
        return read_ids(trainees)
    return [trainee.ma_hoc_vien for trainee in ClassFolder.load(folder).trainees()]


@class_.command()
@FOLDER
@EXERCISE
@click.argument("trainee", metavar="HỌC_VIÊN")
@click.option(
    "--hours", required=True, type=click.FloatRange(0), help="Số giờ thêm; 0 là không gia hạn nữa."
)
def extend(folder: Path, exercise: str, trainee: str, hours: float) -> None:
    """Gia hạn nộp bài cho một học viên.

    (Give one trainee more time.)
    """
    from sosach.classroom import extend as give_time

    due = give_time(folder, exercise, trainee, hours)
    click.echo(f"Hạn nộp của {trainee} bây giờ là {due:%H:%M ngày %d/%m/%Y}.")


@class_.command()
@FOLDER
@EXERCISES
def collect(folder: Path, exercises: tuple[str, ...]) -> None:
    """Thu bài từ thu_bai/; bài gốc được giữ nguyên.

    (Take in what lies in the inbox.)
    """
    from sosach.classroom import collect as take_in

    _tell_ledgers(take_in(folder, exercises, progress), strict=True)


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


@class_.command()
@FOLDER
@click.argument("file", metavar="[TỆP.zip]", required=False, type=click.Path(path_type=Path))
def backup(folder: Path, file: Path | None) -> None:
    """Sao lưu mọi thứ không tạo lại được của lớp vào một tệp zip.

    (Write everything that cannot be made again into one zip file.)
    """
    from sosach.classroom import back_up

    path, manifest = back_up(folder, file)
    click.echo(f"Đã ghi {path}: {len(manifest.files)} tệp. Tệp này chứa khóa bí mật của lớp.")
    for name in manifest.left_out:
        click.echo(f"Không sao lưu {name}: không phải là tệp thường.", err=True)


@class_.command()
@click.argument("file", metavar="TỆP.zip", type=click.Path(path_type=Path))
@FOLDER
@GRADEBOOK
def restore(file: Path, folder: Path, gradebook: str | None) -> None:
    """Khôi phục một lớp từ bản sao lưu vào THƯ_MỤC mới, sau khi kiểm tra toàn bộ.

    (Make a class folder out of a backup, after proving it.)
    """
    from sosach.classroom import restore as make_again

    room = make_again(file, folder, gradebook)
    click.echo(
        f"Đã khôi phục lớp '{room.record.name}' tại {room.root}. "
        "Bản sao lưu không chứa các gói bài: trước khi chấm tiếp, hãy phát lại những bài đã phát "
        "(sosach class release)."
    )


@click.command()
@FOLDER
@EXERCISES
@WORKERS
@DASK
def grade(folder: Path, exercises: tuple[str, ...], workers: int, dask: str | None) -> None:
    """Chấm những bài chưa chấm; mỗi học viên một dòng, không sót ai.

    (Mark what is not marked yet; everybody on the roster is accounted for.)
    """
    from sosach.classroom import grade as mark

    with executor(workers, dask, lambda job: f"{job.trainee} ({job.exercise})") as run:
        ledgers = mark(folder, exercises, run, progress)
    _tell_ledgers(ledgers, strict=True)


def _tell_ledgers(ledgers: Sequence[Any], *, strict: bool = False) -> None:
    """Say one line per trainee, then the sums; exit with 1 if somebody has to look at something."""
    from sosach.classroom.ledger import STATUSES

    for ledger in ledgers:
        click.echo(f"Bài {ledger.exercise}:")
        for name, entry in ledger.entries.items():
            click.echo(f"  {name}: {' '.join(_told(entry))}")
        for sentence in ledger.unknown:
            click.echo(f"  Ngoài danh sách lớp: {sentence}")
        sums = "; ".join(f"{n} {STATUSES[s]}" for s, n in ledger.counts().items() if n)
        click.echo(f"  Tổng {len(ledger.entries)} học viên: {sums}.")
    if strict and any(ledger.failed for ledger in ledgers):
        raise click.exceptions.Exit(1)


def _told(entry: Any) -> Iterator[str]:  # noqa: ANN401 - an entry; its room is loaded late
    """Yield what the account says of one trainee."""
    from sosach.classroom.ledger import STATUSES
    from sosach.publish.report_words import decimal

    yield f"{STATUSES[entry.status]}."
    if entry.graded:
        yield f"{decimal(entry.points)}/{decimal(entry.max_points)} điểm."
    yield from filter(None, (entry.late, *entry.sentences, *entry.remarks))
