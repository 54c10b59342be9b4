"""What is signed with a token: doses and hand-over lists."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sosach.cli.shared import JSON, Group, Trouble, progress
from sosach.cli.tokens import AT, MODULE, NOW, PATH, TOKENS, class_pki, opened, say_json

if TYPE_CHECKING:
    from sosach.signing.dose_signing import Progress
    from sosach.signing.doses import Dose
    from sosach.signing.verdicts import SigningError, Verdict

__all__ = ["read_register", "sign"]

STAMPED = click.option(
    "--pki", type=PATH, help="Thư mục chứng thư của lớp; nếu có thì đóng thêm dấu thời gian."
)
TOKEN = click.option("--token", "label", required=True, help="Tên token.")


@click.group(cls=Group)
def sign() -> None:
    """Ký số mũi tiêm và danh sách bàn giao.

    (Sign doses and hand-over lists.)
    """


@sign.command()
@click.argument("data", metavar="THƯ_MỤC", type=PATH)
@TOKEN
@AT
@click.option("--out", type=PATH, help="Nơi để lô ký; mặc định THƯ_MỤC/chu_ky.")
@STAMPED
@TOKENS
@MODULE
@JSON
def doses(
    data: Path,
    label: str,
    at: datetime,
    out: Path | None,
    pki: Path | None,
    folder: Path,
    module: Path | None,
    as_json: bool,
) -> None:
    """Ký các mũi tiêm trong THƯ_MỤC (doi_tuong.csv, mui_tiem.csv), từng lô; chạy lại thì ký tiếp.

    (Sign doses in batches; run again, it goes on where it stopped.)
    """
    from sosach.signing.dose_signing import Desk, Progress, sign_doses
    from sosach.signing.time_stamps import time_stamper
    from sosach.signing.trust import Trust, trust_of
    from sosach.signing.verdicts import SigningError

    rows = _read_doses(data)
    token = opened(folder, label, module)
    authorities = class_pki(pki) if pki else None
    trust = trust_of(authorities, at) if authorities else Trust(tuple(token.certificates()[1:]))
    stamper = time_stamper(authorities, at) if authorities else None
    desk = Desk(token, out or data / "chu_ky", trust, at, stamper)
    done, stopped = Progress(), None
    try:
        for latest in sign_doses(progress(rows, "Ký mũi tiêm", len(rows)), desk):
            done = latest
    except SigningError as error:
        stopped = error
    if as_json:
        _say_json(done, stopped)
    else:
        _say(done, desk.folder)
    if stopped:
        raise Trouble(str(stopped)) from stopped
    if done.refused:
        raise click.exceptions.Exit(1)


def read_register(folder: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Read doses and subjects of a station: ``mui_tiem.csv`` and ``doi_tuong.csv``."""
    from sosach.grading.artefacts import read_table
    from sosach.grading.refusals import Refusal
    from sosach.signing.doses import DOSE_COLUMNS, SUBJECT_COLUMNS

    def rows(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
        try:
            return read_table(name, (folder / name).read_bytes(), columns, columns[:1]).rows
        except Refusal as refusal:
            raise Trouble(str(refusal)) from refusal

    return rows("mui_tiem.csv", DOSE_COLUMNS), rows("doi_tuong.csv", SUBJECT_COLUMNS)


def _read_doses(folder: Path) -> list[Dose]:
    """Read the register of a station and join doses with subjects."""
    from sosach.signing.doses import with_subjects

    return list(with_subjects(*read_register(folder)))


def _say_json(done: Progress, stopped: SigningError | None) -> None:
    say_json(
        {
            "signed": done.signed,
            "skipped": done.skipped,
            "batches": done.batches,
            "refused": [finding.as_json() for finding in done.refused],
            "stopped": stopped.finding.as_json() if stopped else None,
        }
    )


def _say(done: Progress, folder: Path) -> None:
    click.echo(
        f"Đã ký {done.signed} mũi trong {len(done.batches)} lô,"
        f" {done.skipped} mũi đã ký từ trước. Xem {folder}."
    )
    for finding in done.refused:
        click.echo(f"Không ký: {finding.text()}")


@sign.command("list")
@click.argument("pdf", metavar="TỆP_PDF", type=PATH)
@TOKEN
@AT
@click.option("--list-id", default="", help="Mã danh sách, được ký cùng.")
@click.option("--out", type=PATH, help="Tệp kết quả; mặc định thêm '_da_ky' vào tên.")
@STAMPED
@TOKENS
@MODULE
@JSON
def list_(
    pdf: Path,
    label: str,
    at: datetime,
    list_id: str,
    out: Path | None,
    pki: Path | None,
    folder: Path,
    module: Path | None,
    as_json: bool,
) -> None:
    """Ký số danh sách bàn giao TỆP_PDF (PAdES); tệp gốc được giữ nguyên.

    (Sign a hand-over list as PDF; the original stays.)
    """
    from sosach.signing.lists import sign_list
    from sosach.signing.storage import write_private
    from sosach.signing.time_stamps import time_stamper

    data = pdf.read_bytes()
    stamper = time_stamper(class_pki(pki), at) if pki else None
    signed = sign_list(data, opened(folder, label, module), at, list_id, stamper)
    path = out or pdf.with_name(f"{pdf.stem}_da_ky.pdf")
    write_private(path, signed)
    if as_json:
        say_json({"out": str(path), "bytes": len(signed)})
    else:
        click.echo(f"Đã ký danh sách: xem {path}.")


@sign.command()
@click.argument("papers", metavar="TỆP...", nargs=-1, required=True, type=PATH)
@click.option(
    "--trust", required=True, type=PATH, help="Nơi cấp được tin cậy: thư mục tin_cay của lớp."
)
@NOW
@JSON
def check(papers: tuple[Path, ...], trust: Path, at: datetime, as_json: bool) -> None:
    """Kiểm tra TỆP PDF đã ký, hoặc ảnh mã QR của giấy xác nhận.

    (Check signed PDFs, or pictures of a confirmation's QR code; exit code 1 where one is not good.)
    """
    found = [_checked(paper, trust, at) for paper in papers]
    if as_json:
        say_json([verdict.as_json() for verdict, _ in found])
    else:
        for verdict, said in found:
            click.echo(verdict.text() + said)
    if not all(verdict.ok for verdict, _ in found):
        raise click.exceptions.Exit(1)


def _checked(paper: Path, trust: Path, at: datetime) -> tuple[Verdict, str]:
    """Check one paper; of a good confirmation also say what it confirms."""
    from sosach.signing.confirmations import SIGNERS, check_confirmation
    from sosach.signing.document_signers import read_trust_list
    from sosach.signing.lists import Expected, check_list
    from sosach.signing.trust import load_trust

    if paper.suffix.lower() == ".pdf":
        return check_list(paper.read_bytes(), Expected(load_trust(trust), at), paper.name), ""
    verdict, said = check_confirmation(paper, read_trust_list(trust / SIGNERS))
    if said is None:
        return verdict, ""
    result = f"{said.percent:.1f} %".replace(".", ",")
    day = f"{said.issued.astimezone(at.tzinfo):%d/%m/%Y}"
    facts = (
        f"{said.name}, {said.unit}. Lớp {said.class_name}: {said.n_exercises} bài, {result}, "
        f"ký ngày {day}. Bài thực hành dùng dữ liệu giả lập."
    )
    return verdict, f"\n  {facts}"
