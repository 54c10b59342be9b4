"""The command line: one command per room; it owns progress bars, executors and exit codes.

Exit codes: 0 all is well, 1 the data are wrong, 2 the command was used wrongly.
"""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, chdir, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.problems import Problem

__all__ = ["main"]

T = TypeVar("T")

FOLDER = click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
EXERCISES = click.argument("exercises", metavar="[BÀI_TẬP]...", nargs=-1)
LEVELS = "Mức: lam_quen, van_dung, nang_cao."
JSON = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON (JSON output).")


class _Group(click.Group):
    """A group whose commands answer trouble with one sentence."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except Problem as problem:
            raise _Trouble(str(problem)) from problem
        except OSError as error:
            raise _Trouble(_said(error)) from error


class _Trouble(click.ClickException):
    """What the data or the disk do not allow; exit code 1."""

    def format_message(self) -> str:
        return f"Chưa làm được: {self.message}"


def _said(error: OSError) -> str:
    """Say in one sentence what the operating system refused."""
    place = error.filename or "thư mục đích"
    remedies = {
        errno.ENOSPC: f"đĩa đầy khi ghi {place}. Hãy giải phóng chỗ trống rồi chạy lại lệnh này.",
        errno.EFBIG: f"tệp {place} vượt giới hạn cho phép. Hãy chọn ổ đĩa khác rồi chạy lại.",
        errno.EACCES: f"không có quyền với {place}. Hãy chọn thư mục của mình.",
        errno.EROFS: f"{place} nằm trên ổ chỉ đọc. Hãy chọn thư mục khác.",
        errno.ENOENT: f"không tìm thấy {place}. Hãy kiểm tra lại đường dẫn.",
    }
    return remedies.get(error.errno or 0, f"{error.strerror or error} ({place}).")


def _usage(make: Callable[[], T]) -> T:
    """Turn trouble with the command's own words into exit code 2."""
    try:
        return make()
    except Problem as problem:
        raise click.UsageError(str(problem)) from problem


def _progress(items: Iterable[T], title: str, length: int | None = None) -> Iterable[T]:
    """Show a bar with the time left on the terminal's error side while items pass."""
    with click.progressbar(items, length, title, show_eta=True, file=sys.stderr) as bar:
        yield from bar


@click.group(cls=_Group)
@click.version_option(package_name="sosach")
def main() -> None:
    """Sổ sạch: tập làm sạch và ký số hồ sơ tiêm chủng trên dữ liệu giả lập.

    (Practise cleaning and signing vaccination records on an invented city.)
    """


def _steps(steps: Iterable[None], title: str, total: int, unit: str) -> Iterable[None]:
    """Show a bar with the time left and the speed while anonymous steps pass."""
    began = time.monotonic()

    def speed(_: None) -> str | None:
        seconds = time.monotonic() - began
        return f"{bar.pos / seconds:.1f} {unit}/giây" if bar.pos and seconds else None

    with click.progressbar(
        steps, total, title, show_eta=True, item_show_func=speed, file=sys.stderr
    ) as bar:
        yield from bar


@main.command()
@click.option("--scenario", default="tp-hcm-2022", show_default=True, help="Kịch bản (scenario).")
@click.option(
    "--wards", required=True, help="'all' hoặc các mã phường/xã, cách nhau bằng dấu phẩy."
)
@click.option("--seed", type=int, required=True, help="Số khởi đầu: cùng số thì cùng dữ liệu.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Thư mục kết quả.")
@click.option("--scale", type=float, default=1.0, show_default=True, help="Phần số hộ, từ 0 đến 1.")
@click.option("--formats", default="parquet", show_default=True, help="parquet, csv.")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Số tiến trình."
)
@click.option("--dask", metavar="ĐỊA_CHỈ", help="Bộ điều phối Dask, ví dụ tcp://192.168.1.10:8786.")
def generate(
    scenario: str,
    wards: str,
    seed: int,
    out: Path,
    scale: float,
    formats: str,
    workers: int,
    dask: str | None,
) -> None:
    """Tạo thành phố giả lập: dân cư, mũi tiêm, sổ đăng ký có lỗi và đáp án.

    (Make the synthetic city, its spoiled register and the answer key.)
    """
    from generator import city, places
    from generator.scenario import load_scenario
    from generator.strict import check_names

    known = load_scenario(scenario)
    own = ",".join(known.wards) if wards.strip() == "all" and known.wards else wards
    chosen = _usage(lambda: places.select_wards(own))
    kinds = tuple(kind.strip() for kind in formats.split(",") if kind.strip())
    _usage(lambda: check_names(kinds, city.FORMATS, "--formats", "định dạng"))
    request = _usage(lambda: city.Request(seed, scale, known, kinds))

    def bar(steps: Iterable[None], total: int) -> Iterable[None]:
        return _steps(steps, "Tạo phường/xã", total, "phường")

    with _executor(workers, dask, lambda ward: f"{ward.name} ({ward.code})") as run:
        manifest = city.generate(chosen, request, out, run, bar)
    _tell_city(manifest, out)


def _executor(
    workers: int, dask: str | None, name: Callable[[Any], str]
) -> AbstractContextManager[Callable[..., Iterable[None]]]:
    """Choose who works: this process, several, or a cluster."""
    from sosach import executors

    # the progress bar leaves the cursor behind it: a sentence needs a line of its own
    losses = executors.Losses(name, lambda sentence: click.echo(f"\n{sentence}", err=True))
    if dask:
        if workers > 1:
            message = "Chỉ chọn một trong hai: --workers hoặc --dask."
            raise click.UsageError(message)
        _usage(lambda: executors.check_address(dask))
        return executors.cluster(dask, losses)
    return nullcontext(map if workers == 1 else executors.processes(workers, losses))


def _tell_city(manifest: dict[str, Any], out: Path) -> None:
    """Sum up a city; warn where a rate could not be met."""
    counts = manifest["counts"]
    click.echo(
        f"DỮ LIỆU GIẢ LẬP: {counts['wards']} phường/xã, {counts['persons']} người,"
        f" {counts['records']} hồ sơ, {counts['dose_records']} mũi tiêm,"
        f" {counts['backlog']} hồ sơ cần xác minh, {counts['ledger_cells']} ô sai. Xem {out}."
    )
    for entry in manifest["errors"]:
        if entry["not_applicable"]:
            click.echo(
                f"Lưu ý: mã {entry['cause']} yêu cầu {entry['asked']:.4f}, đạt"
                f" {entry['achieved']:.4f}; {entry['not_applicable']} hồ sơ không áp dụng được.",
                err=True,
            )


@main.command()
@FOLDER
@JSON
def verify(folder: Path, as_json: bool) -> None:
    """Chứng minh đáp án của một thành phố: mỗi ô sai đều suy ra lại được từ chứng cứ.

    (Prove the answer key of a city independently of the generator.)
    """
    from sosach.verification import NotADataset
    from sosach.verification import verify as prove

    try:
        found = prove(folder)
    except NotADataset as error:
        raise _Trouble(str(error)) from error
    if as_json:
        click.echo(json.dumps({**asdict(found), "ok": found.ok}, ensure_ascii=False, indent=1))
    else:
        for check in found.checks:
            state = "đúng" if not check.violations else f"SAI {check.violations}"
            examples = f" Ví dụ: {', '.join(check.examples)}." if check.examples else ""
            click.echo(f"[{state}] {check.sentence}{examples}")
        for cause in found.causes:
            click.echo(
                f"{cause.cause}: {cause.cells} ô, suy ra lại {cause.rederived};"
                f" yêu cầu {cause.asked:.4f}, đạt {cause.achieved:.4f}"
            )
    if not found.ok:
        raise click.exceptions.Exit(1)


@main.group(cls=_Group)
def course() -> None:
    """Dựng và kiểm tra bài học, bài tập.

    (Build and check notebooks.)
    """


@course.command()
@click.option("--root", default=".", type=click.Path(path_type=Path), help="Thư mục gốc của dự án.")
def build(root: Path) -> None:
    """Dựng sổ tay (.ipynb) từ văn bản: solutions/ và notebooks/text/.

    (Build exercises and lessons from their text.)
    """
    from sosach.course.build import build as build_notebooks

    for path in build_notebooks(root):
        click.echo(str(path))


@course.command()
@click.option("--root", default=".", type=click.Path(path_type=Path), help="Thư mục gốc của dự án.")
def check(root: Path) -> None:
    """Kiểm tra các sổ tay đã lưu đúng là bản dựng từ văn bản.

    (Check that what is committed is what would be built.)
    """
    from sosach.course.build import check as check_notebooks

    different = check_notebooks(root)
    for path in different:
        click.echo(f"Khác bản dựng: {path}. Hãy chạy 'sosach course build'.")
    if different:
        raise click.exceptions.Exit(1)
    click.echo("Mọi sổ tay đều khớp với văn bản nguồn.")


@main.command()
@click.argument("exercise", metavar="[BÀI_TẬP]", required=False)
@click.option("--level", default="van_dung", show_default=True, help=LEVELS)
def practice(exercise: str | None, level: str) -> None:
    """Luyện riêng một bài trong JupyterLab; không ghi tên bài thì xem có những bài nào.

    (Practise one exercise in JupyterLab, or list the exercises.)
    """
    from sosach.course import mo_bai
    from sosach.grading.specs import ROOT, find_spec, load_spec

    if exercise is None:
        for path in sorted((ROOT / "solutions").glob("*.toml")):
            click.echo(f"{path.stem}: {load_spec(path).title}")
        return
    _usage(lambda: find_spec(exercise))
    folder = ROOT / "exercises" / exercise
    with chdir(folder):
        mo_bai(exercise, muc=level)
    command = [sys.executable, "-m", "jupyterlab", str(folder / f"{exercise}.ipynb")]
    raise click.exceptions.Exit(subprocess.run(command, check=False).returncode)  # noqa: S603


@main.group("class", cls=_Group)
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
@click.option("--level", default="van_dung", show_default=True, help=LEVELS)
def release(folder: Path, exercises: tuple[str, ...], level: str) -> None:
    """Phát bài: mỗi học viên một bộ dữ liệu riêng trong phat_bai/.

    (Hand out exercises, each trainee with data of their own.)
    """
    from sosach.classroom import release as hand_out

    for done in hand_out(folder, exercises, level, _progress):
        click.echo(f"Đã phát {done.exercise}, mức {done.level}: xem {folder / 'phat_bai'}.")


@class_.command()
@FOLDER
@EXERCISES
def collect(folder: Path, exercises: tuple[str, ...]) -> None:
    """Thu bài từ thu_bai/; bài gốc được giữ nguyên.

    (Take in what lies in the inbox.)
    """
    from sosach.classroom import collect as take_in

    _tell_ledgers(take_in(folder, exercises, _progress))


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


@class_.command()
@FOLDER
def export(folder: Path) -> None:
    """Xuất bảng điểm (Excel và CSV) vào ket_qua/.

    (Write the mark sheet as xlsx and CSV.)
    """
    from sosach.classroom import export as write_out

    for path in write_out(folder):
        click.echo(f"Đã ghi {path}.")


@main.command()
@FOLDER
@EXERCISES
def grade(folder: Path, exercises: tuple[str, ...]) -> None:
    """Chấm những bài chưa chấm; mỗi học viên một dòng, không sót ai.

    (Mark what is not marked yet; everybody on the roster is accounted for.)
    """
    from sosach.classroom import grade as mark

    _tell_ledgers(mark(folder, exercises, _progress))


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
