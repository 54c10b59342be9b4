"""Real batches and signed lists, made from the facts that stand in the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

import typst

from sosach.cases.class_pki import ClassPki
from sosach.cases.desk import Desk, Row
from sosach.cases.signing.prints_certificates import holder, moment_of
from sosach.signing.batches import Batch, Entry, write_batch
from sosach.signing.dose_signing import make_batch
from sosach.signing.doses import digest, dose_bytes
from sosach.signing.faults.scene import SoftToken
from sosach.signing.lists import sign_list
from sosach.signing.time_stamps import TimeStamper, time_stamper

__all__ = ["write_batches", "write_lists"]

UNREADABLE = "không mở được"
#: bytes that are missing from a signature that cannot be opened
CUT = 40
COPY = "ky_"


def write_batches(rows: Iterable[Row], desk: Desk, folder: Path, pki: ClassPki) -> None:
    """Sign the doses in their batches, each as its copy says.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``can_kiem_tra`` about doses.
    desk : Desk
        What of a dose stands in no row comes from the register.
    folder : Path
    pki : ClassPki
    """
    batches: dict[str, list[Row]] = {}
    for row in rows:
        if row["tep"]:
            batches.setdefault(row["tep"], []).append(row)
    signers = {row["so_seri"]: row for (row, *_) in batches.values()}
    tokens = {serial: holder(row, pki) for serial, row in signers.items()}
    for name, members in batches.items():
        token = tokens[members[0]["so_seri"]]
        write_batch(folder, _batch(name, members, desk, pki, token))


def _batch(name: str, members: Sequence[Row], desk: Desk, pki: ClassPki, token: SoftToken) -> Batch:
    """Sign one batch; cut off the end of a signature that cannot be opened."""
    first = members[0]
    lines = []
    for row in members:
        line, revision = row["doi_tuong_kiem_tra"], int(row["lan_ky"])
        data = dose_bytes(_signed(row, desk), revision)
        lines.append((Entry(line, revision, digest(data)), data))
    stamper = _stamper(first, pki)
    unit, at = first["don_vi"], moment_of(first["ngay_ky"])
    batch = make_batch(name, unit, lines, token, at, stamper)
    cut = first["tinh_trang_tep"] == UNREADABLE
    return replace(batch, signature=batch.signature[:-CUT]) if cut else batch


def _signed(row: Row, desk: Desk) -> Row:
    """Return a dose as it was signed."""
    known = {**desk.subjects[row["ma_ho_so"]], **desk.doses[row["doi_tuong_kiem_tra"]]}
    copy = {name.removeprefix(COPY): row[name] for name in row if name.startswith(COPY)}
    return known | {name: value for name, value in copy.items() if name in known}


def _stamper(row: Row, pki: ClassPki) -> TimeStamper | None:
    stamped = row["dau_thoi_gian"]
    return time_stamper(pki.pki, moment_of(stamped)) if stamped else None


def write_lists(rows: Iterable[Row], folder: Path, pki: ClassPki) -> None:
    """Print the hand-over lists and sign them; what came later is put behind the signature.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of ``can_kiem_tra`` about lists.
    folder : Path
    pki : ClassPki
    """
    folder.mkdir(parents=True)
    for row in rows:
        (folder / row["tep"]).write_bytes(_list(row, pki))


def _list(row: Row, pki: ClassPki) -> bytes:
    printed = _printed(row["ky_ma_danh_sach"] or row["ma_danh_sach"], row["don_vi_nhap"])
    if not row["chu_the"]:
        return printed
    at, stamper = moment_of(row["ngay_ky"]), _stamper(row, pki)
    signed = sign_list(printed, holder(row, pki), at, row["ky_ma_danh_sach"], stamper)
    return signed + b"%".ljust(int(row["tep_dai_them"]), b"x")[: int(row["tep_dai_them"])]


def _printed(list_id: str, unit: str) -> bytes:
    """Return the list as a PDF."""
    told = json.dumps({"list_id": list_id, "unit": unit})
    made = _compiler().compile(_template(), sys_inputs={"data": told}, pdf_tags=False)
    return cast("bytes", made)


@cache
def _compiler() -> typst.Compiler:
    """Return the printer; to look for fonts takes longer than to print."""
    return typst.Compiler(ignore_system_fonts=True)  # the font is the library's own everywhere


@cache
def _template() -> bytes:
    return (files("sosach.cases") / "templates" / "danh_sach.typ").read_bytes()
