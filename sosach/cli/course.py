"""Lessons and exercises: building them, checking them, practising one."""

from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.files import write_whole
from sosach.cli.shared import LEVEL, Group, usage

if TYPE_CHECKING:
    from sosach.grading.specs import ExerciseSpec

__all__ = ["course", "practice"]

ROOT = click.option(
    "--root", default=".", type=click.Path(path_type=Path), help="Thư mục gốc của dự án."
)


@click.group(cls=Group)
def course() -> None:
    """Dựng và kiểm tra bài học, bài tập.

    (Build and check notebooks.)
    """


@course.command()
@ROOT
def build(root: Path) -> None:
    """Dựng bài học, bài tập (.ipynb) từ văn bản, và sổ tay học viên từ các bảng.

    (Build exercises and lessons from their text, the handbook from the tables.)
    """
    from sosach.course.build import build as build_notebooks

    for path in build_notebooks(root):
        click.echo(str(path))


@course.command()
@ROOT
def check(root: Path) -> None:
    """Kiểm tra những tệp đã lưu đúng là bản dựng từ văn bản và bảng.

    (Check that what is committed is what would be built.)
    """
    from sosach.course.build import check as check_notebooks

    different = check_notebooks(root)
    for path in different:
        click.echo(f"Khác bản dựng: {path}. Hãy chạy 'sosach course build'.")
    if different:
        raise click.exceptions.Exit(1)
    click.echo("Mọi tệp đều khớp với văn bản nguồn.")


@click.command()
@click.argument("exercise", metavar="[BÀI_TẬP]", required=False)
@LEVEL
@click.option(
    "--offline",
    metavar="TỆP.html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi bài thành một tệp, mở bằng trình duyệt, không cần mạng hay Python.",
)
def practice(exercise: str | None, level: str, offline: Path | None) -> None:
    """Luyện riêng một bài, trong JupyterLab hoặc thành một tệp; không ghi tên bài thì xem có những bài nào.

    (Practise one exercise in JupyterLab or as one file, or list the exercises.)
    """
    from sosach.grading.specs import ROOT, find_spec, load_spec

    if exercise is None:
        for path in sorted((ROOT / "solutions").glob("*.toml")):
            click.echo(f"{path.stem}: {load_spec(path).title}")
        return
    path = usage(lambda: find_spec(exercise))
    if offline is not None:
        _write_page(load_spec(path), level, offline)
        return
    _open_lab(exercise, level, ROOT / "exercises" / exercise)


def _write_page(spec: ExerciseSpec, level: str, target: Path) -> None:
    """Write a practice set as one page."""
    from sosach.course.casefiles import case_of
    from sosach.course.workplace import practice_set
    from sosach.review import offline_page

    page = offline_page(case_of(spec, practice_set(spec, level=level)))
    write_whole(target, page)
    size = f"{len(page.encode()) // 1000} kB"
    click.echo(f"Đã ghi {target} ({size}). Mở tệp bằng trình duyệt, hoặc chép sang máy khác.")


def _open_lab(exercise: str, level: str, folder: Path) -> None:
    from sosach.course import mo_bai

    with chdir(folder):
        mo_bai(exercise, muc=level)
    command = [sys.executable, "-m", "jupyterlab", str(folder / f"{exercise}.ipynb")]
    raise click.exceptions.Exit(subprocess.run(command, check=False).returncode)  # noqa: S603
