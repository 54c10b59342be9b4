"""What all commands share: one sentence for trouble, bars with the time left, arguments."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import click

from generator.problems import Problem

__all__ = [
    "ALL_CORES",
    "DASK",
    "JSON",
    "LEVEL",
    "WORKERS",
    "Group",
    "Run",
    "Trouble",
    "executor",
    "progress",
    "said",
    "steps",
    "usage",
]

T = TypeVar("T")

#: a command that programs may read too
JSON = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON (JSON output).")
LEVEL = click.option(
    "--level",
    default="van_dung",
    show_default=True,
    help="Mức: lam_quen, van_dung, nang_cao.",
)


WORKERS = click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Số tiến trình."
)
ALL_CORES = click.option(
    "--workers",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    show_default="số nhân của máy",
    help="Số tiến trình.",
)
DASK = click.option(
    "--dask", metavar="ĐỊA_CHỈ", help="Bộ điều phối Dask, ví dụ tcp://192.168.1.10:8786."
)
#: Ctrl+C; what every command leaves behind is whole
STOPPED = "bị ngắt giữa chừng. Hãy chạy lại lệnh này để làm tiếp."
Run = Callable[..., Iterable[Any]]


class Group(click.Group):
    """A group whose commands answer trouble with one sentence."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command; what the data or the disk do not allow is one sentence."""
        try:
            return super().invoke(ctx)
        except Problem as problem:
            raise Trouble(str(problem)) from problem
        except OSError as error:
            raise Trouble(said(error)) from error
        except (KeyboardInterrupt, click.Abort) as stop:
            click.echo(err=True)  # the bar or the question leaves the cursor behind it
            raise Trouble(STOPPED) from stop


class Trouble(click.ClickException):
    """What the data or the disk do not allow; exit code 1."""

    def format_message(self) -> str:
        """Return the sentence for the person at the terminal."""
        return f"Chưa làm được: {self.message}"


def said(error: OSError) -> str:
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


def usage(make: Callable[[], T]) -> T:
    """Turn trouble with the command's own words into exit code 2."""
    try:
        return make()
    except Problem as problem:
        raise click.UsageError(str(problem)) from problem


def executor(
    workers: int, dask: str | None, name: Callable[[Any], str]
) -> AbstractContextManager[Run]:
    """Choose who works: this process, several, or a cluster."""
    from sosach import executors

    # the progress bar leaves the cursor behind it: a sentence needs a line of its own
    losses = executors.Losses(name, lambda sentence: click.echo(f"\n{sentence}", err=True))
    if dask:
        if workers > 1:
            message = "Chỉ chọn một trong hai: --workers hoặc --dask."
            raise click.UsageError(message)
        usage(lambda: executors.check_address(dask))
        return executors.cluster(dask, losses)
    return nullcontext(map if workers == 1 else executors.processes(workers, losses))


def progress(items: Iterable[T], title: str, length: int | None = None) -> Iterable[T]:
    """Show a bar with the time left on the terminal's error side while items pass."""
    with click.progressbar(items, length, title, show_eta=True, file=sys.stderr) as bar:
        yield from bar


def steps(done: Iterable[None], title: str, total: int, unit: str) -> Iterable[None]:
    """Show a bar with the time left and the speed while anonymous steps pass."""
    began = time.monotonic()

    def speed(_: None) -> str | None:
        seconds = time.monotonic() - began
        return f"{bar.pos / seconds:.1f} {unit}/giây" if bar.pos and seconds else None

    with click.progressbar(
        done, total, title, show_eta=True, item_show_func=speed, file=sys.stderr
    ) as bar:
        yield from bar
