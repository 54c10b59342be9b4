"""The invented city: making it, proving its answer key, explaining its columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sosach.cli.shared import DASK, JSON, WORKERS, Run, Trouble, executor, progress, steps, usage

if TYPE_CHECKING:
    from generator.city import Request
    from generator.places import Ward

__all__ = ["dictionary", "generate", "verify"]

#: what is written for people after the city is complete; the generator makes the other formats
WORKBOOKS = "xlsx"


@click.command()
@click.option("--scenario", default="tp-hcm-2022", show_default=True, help="Kịch bản (scenario).")
@click.option(
    "--wards", required=True, help="'all' hoặc các mã phường/xã, cách nhau bằng dấu phẩy."
)
@click.option("--seed", type=int, required=True, help="Số khởi đầu: cùng số thì cùng dữ liệu.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Thư mục kết quả.")
@click.option("--scale", type=float, default=1.0, show_default=True, help="Phần số hộ, từ 0 đến 1.")
@click.option(
    "--formats",
    default="parquet",
    show_default=True,
    help="parquet, csv, xlsx; xlsx là một sổ Excel cho mỗi phường/xã.",
)
@WORKERS
@DASK
@click.option("--report", is_flag=True, help="Viết thêm báo cáo bao_cao.html.")
def generate(
    scenario: str,
    wards: str,
    seed: int,
    out: Path,
    scale: float,
    formats: str,
    workers: int,
    dask: str | None,
    report: bool,
) -> None:
    """Tạo thành phố giả lập: dân cư, mũi tiêm, sổ đăng ký có lỗi và đáp án.

    (Make the synthetic city, its spoiled register and the answer key.)
    """
    from generator import city, places
    from generator.scenario import load_scenario

    known = load_scenario(scenario)
    own = ",".join(known.wards) if wards.strip() == "all" and known.wards else wards
    chosen = usage(lambda: places.select_wards(own))
    kinds = _formats(formats)
    tables = tuple(kind for kind in kinds if kind != WORKBOOKS)
    request = usage(lambda: city.Request(seed, scale, known, tables))

    def bar(done: Iterable[None], total: int) -> Iterable[None]:
        return steps(done, "Tạo phường/xã", total, "phường")

    with executor(workers, dask, lambda ward: f"{ward.name} ({ward.code})") as run:
        manifest = city.generate(chosen, request, out, run, bar)
        if WORKBOOKS in kinds:
            _write_workbooks(chosen, request, out.resolve(), run)
    _tell_city(manifest, out)
    if report:
        _write_report(out)


def _formats(text: str) -> tuple[str, ...]:
    """Read the kinds of files that are wanted."""
    from generator.city import FORMATS
    from generator.strict import check_names

    kinds = tuple(kind.strip() for kind in text.split(",") if kind.strip())
    usage(lambda: check_names(kinds, (*FORMATS, WORKBOOKS), "--formats", "định dạng"))
    return kinds


def _write_workbooks(chosen: Sequence[Ward], request: Request, folder: Path, run: Run) -> None:
    """Write the register of each ward as a workbook, those that are there already excepted."""
    from sosach.publish import city_files

    missing = city_files.without_workbook(folder, chosen)
    work = partial(city_files.write_ward_workbook, folder, request)
    for _ in steps(run(work, missing), "Ghi sổ Excel", len(missing), "phường"):
        pass
    click.echo(
        f"Sổ Excel: {len(chosen)} phường/xã, ghi mới {len(missing)}."
        f" Xem {city_files.workbook_folder(folder)}."
    )


def _tell_city(manifest: dict[str, Any], out: Path) -> None:
    """Sum up a city, and say what could not be made as asked."""
    counts = manifest["counts"]
    click.echo(
        f"DỮ LIỆU GIẢ LẬP: {counts['wards']} phường/xã, {counts['persons']} người,"
        f" {counts['records']} hồ sơ, {counts['dose_records']} mũi tiêm,"
        f" {counts['backlog']} hồ sơ cần xác minh, {counts['ledger_cells']} ô sai. Xem {out}."
    )
    for sentence in manifest.get("warnings", _not_applicable(manifest["errors"])):
        click.echo(f"Lưu ý: {sentence}", err=True)


def _not_applicable(errors: Iterable[dict[str, Any]]) -> list[str]:
    """Say which rates could not be met, where the manifest has no sentences of its own."""
    return [
        f"mã {entry['cause']} yêu cầu {entry['asked']:.4f}, đạt {entry['achieved']:.4f};"
        f" {entry['not_applicable']} hồ sơ không áp dụng được."
        for entry in errors
        if entry["not_applicable"]
    ]


def _write_report(folder: Path) -> None:
    """Write the report for people and say where it lies."""
    from sosach.publish.report import write_report

    def bar(wards: Iterable[str], total: int) -> Iterable[str]:
        return progress(wards, "Viết báo cáo", total)

    click.echo(f"Báo cáo: {write_report(folder, bar)}.")


@click.command()
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
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
        raise Trouble(str(error)) from error
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


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp kết quả, .md hoặc .html; không ghi thì in ra màn hình.",
)
def dictionary(out: Path | None) -> None:
    """Giải thích mọi bảng, mọi cột, mọi mã lỗi và bẫy của dữ liệu giả lập.

    (Explain every table, column, error and trap, in Vietnamese and English.)
    """
    from generator.files import write_whole
    from sosach.publish.dictionary import as_html, as_markdown

    if out is None:
        click.echo(as_markdown(), nl=False)
        return
    write_whole(out, as_html() if out.suffix.lower() in (".html", ".htm") else as_markdown())
    click.echo(f"Đã ghi {out}.")
