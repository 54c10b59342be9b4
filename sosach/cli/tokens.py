"""Tokens: making, looking at, changing the PIN, unlocking.

Secret words are typed, or come from standard input, one a line; never from the command line.
"""

from __future__ import annotations

import json
import secrets
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sosach.cli.shared import JSON, Group

if TYPE_CHECKING:
    from sosach.signing.pki import Pki, StyleName
    from sosach.signing.tokens.pkcs11 import Pkcs11Token
    from sosach.signing.tokens.virtual import VirtualToken

__all__ = ["AT", "MODULE", "NOW", "PATH", "TOKENS", "class_pki", "opened", "say_json", "token"]

PATH = click.Path(path_type=Path)
TOKENS = click.option(
    *("--tokens", "folder"),
    default=Path("token"),
    show_default=True,
    type=PATH,
    help="Thư mục chứa token ảo.",
)
MODULE = click.option(
    "--module", type=PATH, help="Thư viện PKCS#11 của token thật, ví dụ libsofthsm2.so."
)


def _vietnamese(_: click.Context, __: click.Parameter, value: datetime) -> datetime:
    """Read a time as one of Vietnam."""
    from sosach.signing.verdicts import VIETNAM

    return value.replace(tzinfo=VIETNAM)


def _now() -> str:
    """Return the present minute in Vietnam."""
    from sosach.signing.verdicts import VIETNAM

    return f"{datetime.now(VIETNAM):{MINUTE}}"


MINUTE = "%Y-%m-%dT%H:%M"
WHEN = click.DateTime(["%Y-%m-%d", MINUTE])
AT = click.option(
    "--at",
    required=True,
    type=WHEN,
    callback=_vietnamese,
    help="Ngày giờ giả lập, ví dụ 2022-05-10 hoặc 2022-05-10T08:30.",
)
NOW = click.option(
    "--at",
    default=_now,
    show_default="bây giờ",
    type=WHEN,
    callback=_vietnamese,
    help="Ngày giờ kiểm tra, ví dụ 2022-05-10T08:30.",
)


def _label(_: click.Context, __: click.Parameter, value: str) -> str:
    """Refuse a name that would not do for a folder."""
    if not value.isascii() or not value.replace("-", "").replace("_", "").isalnum():
        message = "chỉ dùng chữ không dấu, số, '-' và '_'."
        raise click.BadParameter(message)
    return value


LABEL = click.argument("label", metavar="TÊN", callback=_label)


@click.group(cls=Group)
def token() -> None:
    """Tạo, xem, đổi PIN và mở khóa token.

    (Make tokens, look at them, change a PIN, unlock.)
    """


def say_json(content: object) -> None:
    """Print what a program reads."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def _secret(what: str, new: bool = False) -> str:
    """Ask for a secret word without showing it; a program gives one line for each."""
    if sys.stdin.isatty():
        typed: str = click.prompt(what, hide_input=True, confirmation_prompt=new, err=True)
        return typed
    line = sys.stdin.readline()
    if not line:
        message = f"chưa nhập {what}: gõ khi được hỏi, hoặc đưa qua đầu vào chuẩn, mỗi từ một dòng."
        raise click.UsageError(message)
    return line.rstrip("\r\n")


def _chosen(folder: Path, label: str, module: Path | None) -> VirtualToken | Pkcs11Token:
    """Choose the token of this name: of a module, or a virtual one."""
    if module is not None:
        from sosach.signing.tokens.pkcs11 import Pkcs11Token

        return Pkcs11Token(module, label, folder)
    from sosach.signing.tokens.virtual import VirtualToken

    return VirtualToken(folder / label)


def opened(folder: Path, label: str, module: Path | None) -> VirtualToken | Pkcs11Token:
    """Choose a token and log in with the PIN that is asked for."""
    token = _chosen(folder, label, module)
    token.login(_secret("PIN"))
    return token


def class_pki(folder: Path) -> Pki:
    """Read the certificates of the class."""
    from sosach.signing.pki import load_pki

    return load_pki(folder)


@token.command("list")
@TOKENS
@MODULE
@JSON
def list_(folder: Path, module: Path | None, as_json: bool) -> None:
    """Xem các token: cắm hay chưa, còn mấy lần PIN, chứng thư của ai, đến bao giờ.

    (List tokens with their state and certificate.)
    """
    if module is None:
        names = sorted(path.parent.name for path in folder.glob("*/token.json"))
    else:
        from sosach.signing.tokens.pkcs11 import labels

        names = labels(module)
    found = [_described(_chosen(folder, name, module)) for name in names]
    if as_json:
        say_json(found)
        return
    for row in found:
        click.echo(_sentence(row))
    if not found:
        click.echo(f"Chưa có token nào trong {module or folder}. Tạo bằng: sosach token init")


def _described(one: VirtualToken | Pkcs11Token) -> dict[str, Any]:
    """Return what can be seen of a token; of a damaged one what is wrong."""
    from dataclasses import asdict

    from sosach.signing.certificates import name_of, unit_of
    from sosach.signing.verdicts import SigningError, moment

    try:
        row, chain = asdict(one.state), one.certificates()
    except SigningError as error:
        return {"label": one.label, "error": error.finding.as_json(), "said": str(error)}
    if chain:
        row["name"], row["unit"] = name_of(chain[0]), unit_of(chain[0])
        row["begins"] = moment(chain[0].not_valid_before_utc)
        row["ends"] = moment(chain[0].not_valid_after_utc)
    return row


def _sentence(row: dict[str, Any]) -> str:
    """Say a token in one line."""
    if "error" in row:
        return f"{row['label']}: {row['said']}"
    tries = row["tries"]
    parts = ["đang cắm" if row["plugged"] else "chưa cắm"]
    if tries is not None:
        parts.append(f"còn {tries} lần PIN" if tries else "đã khóa, cần PUK")
    if row["must_change_pin"]:
        parts.append("phải đổi PIN giao kèm trước khi ký")
    if "name" in row:
        parts.append(f"{row['name']} ({row['unit']}), từ {row['begins']} đến {row['ends']}")
    else:
        parts.append("chưa có chứng thư")
    return f"{row['label']}: {'; '.join(parts)}."


@token.command()
@LABEL
@click.option("--unit", required=True, help="Mã đơn vị, như cột don_vi_nhap.")
@click.option("--name", required=True, help="Tên đơn vị hoặc tên người.")
@click.option(
    "--kind",
    type=click.Choice(["facility", "person"]),
    default="facility",
    show_default=True,
    help="Chứng thư của đơn vị (facility) hay cá nhân (person).",
)
@click.option(
    "--style",
    type=click.Choice(["cong_vu", "cong_cong"]),
    default="cong_vu",
    show_default=True,
    help="Nơi cấp: chuyên dùng công vụ (khóa sau 3 lần sai) hay công cộng (5 lần).",
)
@click.option(
    "--pki",
    default=Path("chung_thu"),
    show_default=True,
    type=PATH,
    help="Thư mục chứng thư của lớp; chưa có thì được tạo.",
)
@AT
@TOKENS
@MODULE
@JSON
def init(
    label: str,
    unit: str,
    name: str,
    kind: str,
    style: StyleName,
    pki: Path,
    at: datetime,
    folder: Path,
    module: Path | None,
    as_json: bool,
) -> None:
    """Tạo token đào tạo TÊN có chứng thư; với --module thì ghi vào token thật (hỏi PIN).

    (Make a training token with a certificate, or fill a real one.)
    """
    from sosach.signing.certificates import subject

    whole, authorities = subject(name, unit), _new_pki(pki, at)
    made, key, told = _with_key(folder, label, module, style)
    made.store_certificates(authorities.issue(kind, key, whole, style, at))
    if as_json:
        say_json({"label": label, "unit": unit, **told})
        return
    click.echo(f"Đã tạo token {label} cho {name} ({unit}). CHỈ DÙNG ĐÀO TẠO.")
    if told:
        click.echo(f"PIN giao kèm: {told['pin']}. Đổi ngay: sosach token change-pin {label}")
        click.echo(f"PUK: {told['puk']}. Ghi lại và cất riêng: lệnh này không hiện lại.")


def _new_pki(folder: Path, at: datetime) -> Pki:
    """Read the class's certificates, or make them where there are none yet."""
    from sosach.signing.pki import make_pki, save_pki

    if not folder.exists():
        click.echo(f"Tạo chứng thư mới của lớp trong {folder} ...", err=True)
        save_pki(make_pki(at), folder)
    return class_pki(folder)


def _with_key(
    folder: Path, label: str, module: Path | None, style: StyleName
) -> tuple[Any, Any, dict[str, str]]:
    """Make a key: in a real token after its PIN, or in a new virtual one with PIN and PUK."""
    if module is not None:
        real: Any = opened(folder, label, module)
        return real, real.generate_key(), {}
    from sosach.signing.pki import STYLES
    from sosach.signing.tokens.interface import DELIVERED_PIN
    from sosach.signing.tokens.virtual import init_token

    puk = secrets.token_hex(4)
    virtual = init_token(folder / label, puk, STYLES[style].tries)
    return virtual, virtual.public_key(), {"pin": DELIVERED_PIN, "puk": puk}


@token.command("change-pin")
@LABEL
@TOKENS
@MODULE
def change_pin(label: str, folder: Path, module: Path | None) -> None:
    """Đổi PIN của token TÊN; hỏi PIN cũ và mới, hoặc đọc từ đầu vào chuẩn, mỗi PIN một dòng.

    (Change the PIN; asked for, or read from standard input, one a line.)
    """
    chosen = _chosen(folder, label, module)
    chosen.change_pin(_secret("PIN đang dùng"), _secret("PIN mới", new=True))
    click.echo(f"Đã đổi PIN của token {label}.")


@token.command()
@LABEL
@TOKENS
@MODULE
def unlock(label: str, folder: Path, module: Path | None) -> None:
    """Mở khóa token TÊN bằng PUK và đặt PIN mới; hỏi, hoặc đọc từ đầu vào chuẩn.

    (Unlock by the PUK and set a new PIN; asked for, or from standard input.)
    """
    chosen = _chosen(folder, label, module)
    chosen.unlock(_secret("PUK"), _secret("PIN mới", new=True))
    click.echo(f"Đã mở khóa token {label}; hãy dùng PIN mới.")
