"""Passports by the hundred thousand: part by part, in bounded memory, resumed where it stopped.

The requests lie in one file; a part is some hundred lines of it.  Each part becomes one file of
passports (and one of pictures) that appears when it is complete, so a batch that was interrupted
goes on with the first part that is missing, and nobody gets two numbers.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sosach.signing.document_signers import key_id
from sosach.signing.passport import claims
from sosach.signing.passport.issuing import DIGITS, Issuer, Passport, issuer_of
from sosach.signing.passport.qr import png
from sosach.signing.passport.requests import Request, read_request
from sosach.signing.pki import KeyKind, load_pki
from sosach.signing.storage import write_private
from sosach.signing.verdicts import Finding, SigningError

__all__ = ["SIZE", "Job", "Part", "Tally", "issue_batch", "issue_part", "parts_of", "passports"]

#: requests of a part: a second or so of work, half a megabyte
SIZE = 500

Run = Callable[[Callable[["Part"], None], Sequence["Part"]], Iterable[None]]


@dataclass(frozen=True)
class Job:
    """What all parts have in common; it is sent to other processes, so it holds no key.

    Attributes
    ----------
    requests : Path
        As of `sosach.signing.passport.requests.write_requests`.
    pki : Path
        Folder of the class's certificates.
    folder : Path
        Where the passports go.
    iat : datetime
        Moment of issue, the same for all.
    kind : {"rsa", "ec"}
        Which document signer.
    pictures : bool
        Whether QR codes are drawn too.
    """

    requests: Path
    pki: Path
    folder: Path
    iat: datetime
    kind: KeyKind = "rsa"
    pictures: bool = False


@dataclass(frozen=True)
class Part:
    """Some lines of the file of requests.

    Attributes
    ----------
    number, start, size, first : int
        Which part, from 1; place and length in bytes; number of its first line.
    digest : str
        SHA-256 of these bytes.
    """

    number: int
    start: int
    size: int
    first: int
    digest: str


@dataclass
class Tally:
    """What came out of a batch.

    Attributes
    ----------
    issued : int
    refused : Counter
        Code -> how many.
    """

    issued: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def parts_of(path: Path, size: int = SIZE) -> list[Part]:
    """Divide a file of requests into parts.

    Parameters
    ----------
    path : Path
    size : int
        Lines of a part.

    Returns
    -------
    list of Part
    """
    parts: list[Part] = []
    start = first = 0
    with path.open("rb") as file:
        while lines := list(islice(file, size)):
            data = b"".join(lines)
            digest = sha256(data).hexdigest()
            parts.append(Part(len(parts) + 1, start, len(data), first + 1, digest))
            start, first = start + len(data), first + len(lines)
    return parts


def issue_batch(job: Job, run: Run) -> Tally:
    """Issue a batch, or what is missing of it.

    Parameters
    ----------
    job : Job
    run : callable
        An executor: takes a function and the parts, yields once per part that is done.

    Returns
    -------
    Tally
        Of the whole batch, parts of an earlier run included.

    Raises
    ------
    SigningError
        If the certificates cannot be read, or the disk is full; finished parts are kept.
    OSError
        If the requests or the certificates are missing.
    """
    _issuer(job.pki, job.kind)
    parts = parts_of(job.requests)
    for _ in run(partial(issue_part, job), parts):
        pass
    return _tally(job, parts)


def issue_part(job: Job, part: Part) -> None:
    """Issue the passports of one part, unless they are there already.

    Parameters
    ----------
    job : Job
    part : Part
    """
    issuer = _issuer(job.pki, job.kind)
    head = {
        "phan": part.number,
        "yeu_cau": part.digest,
        "khoa": key_id(issuer.certificate).hex(),
        "cap_luc": claims.iso(job.iat),
    }
    path, pictures = _files(job, part.number)
    known = _head(path)
    if head.items() <= known.items() and (pictures.exists() or not job.pictures):
        return
    rows = _rows(issuer, job.iat, _lines(job, part))
    if job.pictures:
        write_private(pictures, _zip(rows))
    issued = sum("text" in row for row in rows)
    counts = Counter(row["ma_loi"] for row in rows if "ma_loi" in row)
    lines = [{**head, "da_cap": issued, "chua_cap": counts}, *rows]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines)
    write_private(path, text.encode())


@lru_cache(maxsize=4)
def _issuer(folder: Path, kind: KeyKind) -> Issuer:
    """Return the issuer; a process loads its key once."""
    return issuer_of(load_pki(folder), kind)


def _files(job: Job, number: int) -> tuple[Path, Path]:
    return tuple(job.folder / f"ho_chieu_{number:06d}.{end}" for end in ("jsonl", "zip"))  # type: ignore[return-value]


def _head(path: Path) -> dict[str, Any]:
    """Return the first line of a file of passports, nothing where there is none."""
    try:
        with path.open(encoding="utf-8") as file:
            head = json.loads(file.readline())
    except (OSError, ValueError):
        return {}
    return head if isinstance(head, dict) else {}


def _lines(job: Job, part: Part) -> Iterator[tuple[int, bytes]]:
    with job.requests.open("rb") as file:
        file.seek(part.start)
        yield from enumerate(file.read(part.size).splitlines(), part.first)


def _rows(
    issuer: Issuer, iat: datetime, lines: Iterable[tuple[int, bytes]]
) -> list[dict[str, Any]]:
    """Issue passports, or say why not, in the order of the lines."""
    asked = [_read(line, number) for number, line in lines]
    good = [each for each in asked if isinstance(each, Request)]
    made = iter(issuer.issue_all(good, iat))
    return [
        _told("", each)
        if isinstance(each, Finding)
        else _told(str(each.record.get("ma_ho_so", "")), next(made))
        for each in asked
    ]


def _read(line: bytes, number: int) -> Request | Finding:
    try:
        return read_request(line, number)
    except SigningError as error:
        return error.finding


def _told(record: str, made: Passport | Finding) -> dict[str, Any]:
    """Return the line of a passport, or of why there is none."""
    if isinstance(made, Finding):
        return {"ma_ho_so": record, "ma_loi": made.code, "ly_do": made.text("vi")}
    return {
        "ma_ho_so": record,
        "ci": made.number,
        "text": made.text,
        "dau_van_tay": made.fingerprint,
        "quoc_tich": made.nationality,
        "chua_tinh": list(made.left_out),
    }


def _zip(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return the QR codes of a part as one archive, named by the digits of the numbers."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for row in rows:
            if "text" in row:
                archive.writestr(zipfile.ZipInfo(f"{row['ci'][-DIGITS:]}.png"), png(row["text"]))
    return file.getvalue()


def _tally(job: Job, parts: Iterable[Part]) -> Tally:
    tally = Tally()
    for part in parts:
        head = _head(_files(job, part.number)[0])
        tally.issued += head["da_cap"]
        tally.refused.update(head["chua_cap"])
    return tally


def passports(folder: Path) -> Iterator[dict[str, Any]]:
    """Read the passports of a batch, one after the other.

    Parameters
    ----------
    folder : Path

    Yields
    ------
    dict
        ``ma_ho_so, ci, text, dau_van_tay, quoc_tich, chua_tinh``.
    """
    for path in sorted(folder.glob("ho_chieu_*.jsonl")):
        with path.open(encoding="utf-8") as file:
            next(file)
            yield from (row for line in file if "text" in (row := json.loads(line)))
