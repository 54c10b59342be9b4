"""Vaccination passports: issuing, verifying, looking at one."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sosach.cli.shared import JSON, Group, Trouble, steps
from sosach.cli.signing import read_register
from sosach.cli.tokens import AT, PATH, class_pki, say_json

if TYPE_CHECKING:
    from sosach.signing.passport.batch import Job, Run, Tally
    from sosach.signing.passport.content import Known
    from sosach.signing.passport.requests import Request
    from sosach.signing.passport.rules import Rule
    from sosach.signing.passport.verifying import Inspection

__all__ = ["passport"]

#: algorithm -> kind of document signer
KINDS = {"PS256": "rsa", "ES256": "ec"}
#: files in the folder of passports
REQUESTS, TRUST = "yeu_cau.jsonl", "tin_cay"
SHOWN = click.argument("shown", metavar="HỘ_CHIẾU...", nargs=-1, required=True)


@click.group(cls=Group)
def passport() -> None:
    """Cấp, kiểm tra và xem hộ chiếu vắc xin (DỮ LIỆU GIẢ LẬP).

    (Issue, verify and show vaccination passports; all data are invented.)
    """


@passport.command()
@click.argument("data", metavar="THƯ_MỤC", type=PATH)
@click.option("--pki", required=True, type=PATH, help="Thư mục chứng thư của lớp.")
@AT
@click.option("--signatures", type=PATH, help="Các lô ký; mặc định THƯ_MỤC/chu_ky.")
@click.option("--out", type=PATH, help="Nơi để hộ chiếu; mặc định THƯ_MỤC/ho_chieu.")
@click.option("--record", help="Chỉ một hồ sơ (ma_ho_so): viết thêm trang in, ảnh PNG và SVG.")
@click.option(
    "--algorithm",
    type=click.Choice(list(KINDS)),
    default="PS256",
    show_default=True,
    help="Thuật toán ký; Việt Nam dùng PS256.",
)
@click.option("--png", "pictures", is_flag=True, help="Vẽ mã QR cho cả lô (tệp .zip).")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Số tiến trình."
)
@JSON
def issue(
    data: Path,
    pki: Path,
    at: datetime,
    signatures: Path | None,
    out: Path | None,
    record: str | None,
    algorithm: str,
    pictures: bool,
    workers: int,
    as_json: bool,
) -> None:
    """Cấp hộ chiếu cho các hồ sơ trong THƯ_MỤC (doi_tuong.csv, mui_tiem.csv) đã ký đủ mũi.

    (Issue passports for records whose doses are all signed; run again, it goes on where it stopped.)
    """
    from sosach.signing.passport.batch import Job, issue_batch
    from sosach.signing.passport.requests import write_requests
    from sosach.signing.passport.trust import save_passport_trust, trust_of

    authorities, folder = class_pki(pki), out or data / "ho_chieu"
    requests = _requests(data, signatures or data / "chu_ky", pki, at)
    kind: Any = KINDS[algorithm]
    job = Job(folder / REQUESTS, pki, folder, at, kind, pictures)
    save_passport_trust(trust_of(authorities), folder / TRUST)
    if record is not None:
        _issue_one(requests, record, job, as_json)
        return
    write_requests(requests, job.requests)
    _tell_batch(issue_batch(job, _executor(workers)), folder, as_json)


def _requests(data: Path, signatures: Path, pki: Path, at: datetime) -> Iterator[Request]:
    """Bring records, doses and the verdicts on their signatures together."""
    from sosach.signing.dose_checks import DoseChecker, View
    from sosach.signing.passport.requests import requests_of
    from sosach.signing.trust import trust_of

    doses, records = read_register(data)
    checker = DoseChecker(signatures, View(trust_of(class_pki(pki), at), at))
    return requests_of(records, doses, checker.verdict)


def _executor(workers: int) -> Run:
    """Choose who works: this process or several; show how far they are."""
    from sosach import executors

    losses = executors.Losses(
        lambda part: f"phần {part.number}", lambda said: click.echo(f"\n{said}", err=True)
    )
    run = map if workers == 1 else executors.processes(workers, losses)

    def shown(work: Any, parts: Any) -> Iterable[None]:  # noqa: ANN401 - as of Run
        return steps(run(work, parts), "Cấp hộ chiếu", len(parts), "phần")

    return shown


def _tell_batch(tally: Tally, folder: Path, as_json: bool) -> None:
    from sosach.signing.verdicts import table

    refused = dict(tally.refused)
    if as_json:
        say_json({"issued": tally.issued, "refused": refused, "folder": str(folder)})
        return
    click.echo(f"Đã cấp {tally.issued} hộ chiếu. Xem {folder}. DỮ LIỆU GIẢ LẬP.")
    for code, count in refused.items():
        click.echo(f"Chưa cấp {count} hồ sơ: [{code}] {table('findings')[code]['vi']}")


def _issue_one(requests: Iterable[Request], record: str, job: Job, as_json: bool) -> None:
    """Issue one passport with its page and pictures."""
    from sosach.signing.passport.issuing import issuer_of
    from sosach.signing.passport.page import write_page
    from sosach.signing.passport.qr import png, svg
    from sosach.signing.storage import write_private

    asked = next((each for each in requests if each.record["ma_ho_so"] == record), None)
    if asked is None:
        message = f"không có hồ sơ {record!r} trong doi_tuong.csv. Hãy xem lại mã hồ sơ."
        raise Trouble(message)
    issuer = issuer_of(class_pki(job.pki), job.kind)
    made = issuer.issue(asked, job.iat)
    base = job.folder / made.number.rpartition(":")[2]
    for end, data in (("txt", made.text), ("svg", svg(made.text))):
        write_private(base.with_suffix(f".{end}"), data.encode())
    write_private(base.with_suffix(".png"), png(made.text))
    write_page(made, base.with_suffix(".pdf"))
    if as_json:
        say_json(
            {"ci": made.number, "text": made.text, "content": made.content, "files": str(base)}
        )
    else:
        click.echo(f"Đã cấp {made.number}. Xem {base}.pdf, .png, .svg, .txt. DỮ LIỆU GIẢ LẬP.")
        if made.left_out:
            click.echo(f"Chưa tính vì chưa ký: {', '.join(made.left_out)}.")


@passport.command("verify")
@SHOWN
@click.option("--trust", required=True, type=PATH, help=f"Danh sách tin cậy: thư mục {TRUST}.")
@AT
@click.option("--name", help="Họ tên của người trình, để so với mã QR.")
@click.option("--born", help="Ngày sinh của người trình, dd/mm/yyyy.")
@click.option("--issued", type=PATH, help="Thư mục các hộ chiếu đã cấp, để tìm số trùng.")
@click.option("--rules", type=PATH, help="Quy định của nơi đến (JSON, CertLogic).")
@click.option("--destination", is_flag=True, help="Dùng quy định mẫu của một nước bịa ra.")
@JSON
def verify_(
    shown: tuple[str, ...],
    trust: Path,
    at: datetime,
    name: str | None,
    born: str | None,
    issued: Path | None,
    rules: Path | None,
    destination: bool,
    as_json: bool,
) -> None:
    """Kiểm tra HỘ_CHIẾU: văn bản HC1:, tệp văn bản, ảnh hoặc ảnh chụp màn hình; '-' đọc đầu vào chuẩn.

    (Verify passports: text, picture or photo; exit code 1 where one is not good.)
    """
    from sosach.signing.passport.trust import load_passport_trust
    from sosach.signing.passport.verifying import verify

    trusted = load_passport_trust(trust)
    known, chosen = _known(name, born, issued), _rules(rules, destination)
    found = {each: verify(_source(each), trusted, at, known=known, rules=chosen) for each in shown}
    if as_json:
        say_json([{"shown": each, **_described(one)} for each, one in found.items()])
    else:
        for one in found.values():
            _tell(one)
    if not all(found.values()):
        raise click.exceptions.Exit(1)


def _source(shown: str) -> str | Path:
    """Tell a text from a file; a hyphen is the standard input."""
    if shown == "-":
        return sys.stdin.read().rstrip("\r\n")
    return shown if re.match("H[A-Z][0-9A-Z]:", shown) else Path(shown)


def _known(name: str | None, born: str | None, issued: Path | None) -> Known | None:
    """Put together what is known of the holder and of the passports issued."""
    from sosach.signing.passport.batch import passports
    from sosach.signing.passport.content import Known
    from sosach.signing.passport.entry import person_of

    if bool(name) != bool(born):
        message = "--name và --born phải đi cùng nhau."
        raise click.UsageError(message)
    person = {"ma_ho_so": "", "ho_ten": name or "", "ngay_sinh": born or ""}
    holder = person_of(person) if name else None
    numbers = {row["ci"]: row["dau_van_tay"] for row in passports(issued)} if issued else {}
    return Known(holder, numbers) if holder or numbers else None


def _rules(path: Path | None, destination: bool) -> tuple[Rule, ...]:
    from sosach.signing.passport.rules import destination_rules, read_rules

    return (*(read_rules(path) if path else ()), *(destination_rules() if destination else ()))


def _described(one: Inspection) -> dict[str, Any]:
    """Return a verdict and, once a signature held, what is signed."""
    read = one.claims
    return {"verdict": one.verdict.as_json(), "content": read.content if read else None}


def _tell(one: Inspection) -> None:
    from sosach.signing.passport.fields import fields_of
    from sosach.signing.verdicts import printable

    click.echo(one.verdict.text())
    if one.claims:
        for field in fields_of(one.claims.content):
            if field.signed:
                click.echo(f"  {field.name}: {printable(field.value)}")


@passport.command()
@click.argument("shown", metavar="HỘ_CHIẾU")
@JSON
def show(shown: str, as_json: bool) -> None:
    """Xem HỘ_CHIẾU ghi gì, chưa kiểm tra thật giả; nguồn như lệnh verify.

    (Show what a passport says, without asking whether it is true.)
    """
    from sosach.signing.passport.fields import fields_of
    from sosach.signing.passport.page import INVENTED
    from sosach.signing.passport.verifying import BANNER, peek
    from sosach.signing.verdicts import moment, printable

    read = peek(_source(shown))
    times = {name: moment(time) for name in ("iat", "exp") if (time := getattr(read, name))}
    if as_json:
        say_json({"verified": False, "iss": read.iss, **times, "content": read.content})
        return
    click.echo(f"{BANNER} — {INVENTED}")
    for number, field in enumerate(fields_of(read.content), 1):
        value = printable(field.value) if field.signed else "(không có trong mã QR, xem hồ sơ)"
        click.echo(f"{number:2}. {field.name}: {value}")
    click.echo(f"Cấp lúc {times.get('iat', '?')}, hết hạn {times.get('exp', '?')}.")
    click.echo("Muốn biết thật hay giả: sosach passport verify")
