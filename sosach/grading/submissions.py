"""Clean submissions in nbgrader's folder: laid down whole, and sealed.

The seal proves that a folder was laid down by us for this trainee and has not been touched since.
It is keyed with the class secret, so that nobody else can make one or carry one elsewhere.
"""

from __future__ import annotations

import hmac
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from generator.files import write_whole
from generator.problems import Problem
from generator.strict import read
from sosach.grading import limits
from sosach.grading.intake import ARTEFACTS, Submission, files_sha256
from sosach.grading.names import INTAKE_FILE, STAMP_FILE, is_wanted
from sosach.grading.reading import read_file, read_tree
from sosach.grading.refusals import Refusal

__all__ = ["Receipt", "finish", "is_sealed", "lay_down", "now", "read_receipt", "tell"]


@dataclass(frozen=True)
class Receipt:
    """When a submission came, and what is to say of it.

    Attributes
    ----------
    received : str
        Our side's time, UTC.
    repairs : tuple of str
        For the trainee.
    for_trainer : tuple of str
        For the trainer alone.
    seal : str
        64 hexadecimal digits.
    """

    received: str = ""
    repairs: tuple[str, ...] = ()
    for_trainer: tuple[str, ...] = ()
    seal: str = ""


def now() -> str:
    """Return this moment as nbgrader reads it, fine enough to tell two hand-ins apart."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def lay_down(
    target: Path,
    trainee: str,
    submission: Submission,
    received: str,
    secret: bytes,
    kept: tuple[Path, Path] | None = None,
) -> None:
    """Write a clean submission, in place of an earlier one.

    Parameters
    ----------
    target : Path
        ``submitted/<trainee>/<exercise>``: complete, or as it was before.
    trainee : str
        Whose it is.
    submission : Submission
        What `prepare` returned.
    received : str
        Our side's time, as `now` writes it.
    secret : bytes
        Of the class.
    kept : tuple of Path and Path, optional
        A raw submission that this one replaces, and where it is kept.
    """
    part = _part(target)
    shutil.rmtree(part, ignore_errors=True)
    if target.parent.is_symlink():
        target.parent.unlink()
    try:
        (part / ARTEFACTS).mkdir(parents=True)
        for name, data in submission.artefacts.items():
            (part / ARTEFACTS / name).write_bytes(data)
        notebook = json.dumps(submission.notebook, ensure_ascii=False, indent=1)
        (part / f"{target.name}.ipynb").write_text(notebook, encoding="utf-8")
        (part / STAMP_FILE).write_text(received, encoding="utf-8")
        receipt = Receipt(received, tuple(submission.repairs), tuple(submission.for_trainer))
        _write_receipt(part, target.name, trainee, receipt, secret)
        if kept:
            kept[0].rename(kept[1])
        _remove(target)
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def tell(target: Path, trainee: str, repairs: Iterable[str], secret: bytes) -> None:
    """Change what is said to the trainee of a submission that lies there sealed.

    Parameters
    ----------
    target, trainee, secret
        As `lay_down` takes them.
    repairs : iterable of str
        In place of the sentences before.
    """
    receipt = replace(read_receipt(target), repairs=tuple(repairs))
    _write_receipt(target, target.name, trainee, receipt, secret)


def finish(target: Path, trainee: str, secret: bytes) -> None:
    """Put a submission in its place that was complete when somebody pulled the plug.

    Parameters
    ----------
    target : Path
        ``submitted/<trainee>/<exercise>``; nothing is done where it is there.
    trainee, secret
        As `lay_down` takes them.
    """
    part = _part(target)
    if not os.path.lexists(target) and _is_sealed(part, target.name, trainee, secret):
        part.replace(target)


def is_sealed(target: Path, trainee: str, secret: bytes) -> bool:
    """Tell whether a folder is a submission that we laid down, and untouched.

    Parameters
    ----------
    target, trainee, secret
        As `lay_down` takes them.

    Returns
    -------
    bool
        False also where it holds a link or anything else that is no file.
    """
    return _is_sealed(target, target.name, trainee, secret)


def read_receipt(folder: Path) -> Receipt:
    """Return what is known of a submission, an empty receipt where there is none.

    Parameters
    ----------
    folder : Path
        ``submitted/<trainee>/<exercise>``.

    Returns
    -------
    Receipt
        Not proved: see `is_sealed`.
    """
    try:
        raw = json.loads(read_file(folder / INTAKE_FILE, limits.MAX_FILE))
        return read(Receipt, raw, INTAKE_FILE)
    except (Refusal, Problem, ValueError, RecursionError):
        return Receipt()


def _write_receipt(
    folder: Path, exercise: str, trainee: str, receipt: Receipt, secret: bytes
) -> None:
    """Write a receipt with the seal of what lies in a folder now."""
    seal = _seal(secret, trainee, exercise, receipt, _content(folder))
    text = json.dumps(asdict(replace(receipt, seal=seal)), ensure_ascii=False)
    write_whole(folder / INTAKE_FILE, text)


def _is_sealed(folder: Path, exercise: str, trainee: str, secret: bytes) -> bool:
    try:
        content = _content(folder)
    except Refusal:
        return False
    receipt = read_receipt(folder)
    right = _seal(secret, trainee, exercise, receipt, content)
    return hmac.compare_digest(receipt.seal.encode("utf-8", "replace"), right.encode())


def _seal(secret: bytes, trainee: str, exercise: str, receipt: Receipt, content: str) -> str:
    told = asdict(replace(receipt, seal=""))
    text = json.dumps(["tiep-nhan", exercise, trainee, told, content])
    return hmac.new(secret, text.encode(), "sha256").hexdigest()


def _content(folder: Path) -> str:
    """Return a fingerprint of a folder; what a system adds to it does not count, but is looked at."""
    found = read_tree(folder, lambda _: True, lambda _: limits.MAX_NOTEBOOK)
    receipt = PurePosixPath(INTAKE_FILE)
    return files_sha256({p: data for p, data in found if is_wanted(p) and p != receipt})


def _remove(target: Path) -> None:
    if target.is_symlink() or target.is_file():
        target.unlink()
    else:
        shutil.rmtree(target, ignore_errors=True)


def _part(target: Path) -> Path:
    """Return where a submission is written before it takes its place."""
    return target.with_name(f".{target.name}.dang_ghi")
