"""Signing in an exercise: a token of its drawer, batches in ``bai_nop/chu_ky``, and what they prove.

Nothing is asked but the PIN: what may be signed is the learner's decision. What a token has signed
already, in the same words, is never signed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sosach.cases.class_pki import TRUST, at
from sosach.cases.signing.proofs import delegations_of, proved
from sosach.cases.today import TODAY
from sosach.course.handin import SIGNATURES
from sosach.course.workplace import DATA, WORK, Workplace
from sosach.grading.rubrics import Key
from sosach.review import Trouble

if TYPE_CHECKING:
    import pandas as pd

    from sosach.signing.batches import Entry
    from sosach.signing.tokens import VirtualToken

__all__ = ["Signed", "proved_here", "sign"]

DRAWER = "token"
HOUR = "10:00:00"
#: the lock that keeps two notebooks from signing into one folder
LOCK = ".khoa"
BUSY = "Một sổ tay khác đang ký vào thư mục này. Hãy đợi nó ký xong rồi chạy lại."

Line = tuple["Entry", bytes]


@dataclass
class Signed:
    """How far a run came.

    Attributes
    ----------
    signed : list of str
        ``ma_mui`` of what this token has signed, now or before.
    new : int
        How many of them now.
    stopped : list of str
        Why the run stopped before its end.
    """

    signed: list[str] = field(default_factory=list)
    new: int = 0
    stopped: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Say it in one sentence."""
        before = len(self.signed) - self.new
        more = f", {before} mũi token này đã ký từ trước" if before else ""
        return f"Đã ký {self.new} mũi{more}."


def sign(folder: Path, place: Workplace, names: Sequence[str], label: str, pin: str) -> Signed:
    """Sign doses in batches; each batch is on the disk before the next is begun.

    Parameters
    ----------
    folder : Path
        The exercise folder.
    place : Workplace
        Its register, as it was given.
    names : sequence of str
        ``ma_mui``, each once.
    label, pin : str
        The token and its PIN.

    Returns
    -------
    Signed
        Where the token refuses in the middle, what was signed until then.

    Raises
    ------
    SigningError
        If the PIN is wrong or a batch of earlier is damaged; nothing is signed then.
    Trouble
        If there is no such token, or another notebook is signing.
    """
    from sosach.signing.storage import locked

    token = _token(folder, label)
    target = folder / WORK / SIGNATURES
    try:
        with locked(target / LOCK):
            token.login(pin)
            return _Run(folder, target, token).all(_doses(place, names))
    except BlockingIOError as error:
        raise Trouble(BUSY) from error


def _token(folder: Path, label: str) -> VirtualToken:
    from sosach.signing.tokens import VirtualToken

    there = sorted(path.name for path in (folder / DATA / DRAWER).glob("*"))
    if label not in there:
        known = ", ".join(there) or "không có token nào"
        message = f"Không có token '{label}' trong ngăn kéo của bài này. Có: {known}."
        raise Trouble(message)
    return VirtualToken(folder / DATA / DRAWER / label)


def _doses(place: Workplace, names: Iterable[str]) -> Iterator[Mapping[str, str]]:
    """Yield doses with the cells of their subjects."""
    from sosach.signing.doses import with_subjects

    table = place.mui_tiem.set_index("ma_mui", drop=False)
    return with_subjects(_rows(table.loc[list(names)]), _rows(place.doi_tuong))


def _rows(table: pd.DataFrame) -> list[Mapping[str, str]]:
    return cast("list[Mapping[str, str]]", table.to_dict("records"))


class _Run:
    """One run, while the folder is locked and the token open."""

    def __init__(self, folder: Path, target: Path, token: VirtualToken) -> None:
        from sosach.signing.batch_checks import open_batch
        from sosach.signing.batches import batch_names, read_batch
        from sosach.signing.trust import load_trust

        self.target, self.token, self.own = target, token, token.certificates()[0]
        self.names = batch_names(target)
        trust, self.now = load_trust(folder / DATA / TRUST), at(TODAY.isoformat(), HOUR)
        #: dose -> its newest signature, and whether it is this token's
        self.earlier: dict[str, tuple[Entry, bool]] = {}
        for name in self.names:
            opened = open_batch(read_batch(target, name), trust, self.now)
            mine = opened.manifest is not None and opened.inspection.signer == self.own
            self.earlier |= {e.dose: (e, mine) for e in opened.batch.parsed().entries}

    def all(self, doses: Iterator[Mapping[str, str]]) -> Signed:
        """Sign batch after batch."""
        from sosach.signing.dose_signing import BATCH
        from sosach.signing.verdicts import SigningError

        done, lines = Signed(), []
        for dose in doses:
            line = self._line(dose)
            if line:
                lines.append(line)
            else:
                done.signed.append(dose["ma_mui"])
        try:
            for start in range(0, len(lines), BATCH):
                some = lines[start : start + BATCH]
                self._write(some)
                done.signed += [entry.dose for entry, _ in some]
                done.new += len(some)
        except SigningError as error:
            done.stopped.append(error.finding.text())
        return done

    def _line(self, dose: Mapping[str, str]) -> Line | None:
        """Return what is to be signed of a dose, None where this token has signed it so."""
        from sosach.signing.batches import Entry
        from sosach.signing.doses import digest, dose_bytes

        name = dose["ma_mui"]
        before, mine = self.earlier.get(name, (None, False))
        same = before and digest(dose_bytes(dose, before.revision)) == before.digest
        if same and mine:
            return None
        revision = before.revision + 1 if before else 1
        line = dose_bytes(dose, revision)
        return Entry(name, revision, digest(line)), line

    def _write(self, lines: Sequence[Line]) -> None:
        from sosach.signing.batches import next_name, write_batch
        from sosach.signing.certificates import unit_of
        from sosach.signing.dose_signing import make_batch

        unit, name = unit_of(self.own), next_name(self.names)
        write_batch(self.target, make_batch(name, unit, lines, self.token, self.now))
        self.names.append(name)


def proved_here(folder: Path, place: Workplace, files: Mapping[str, bytes]) -> Key:
    """Return the key of a practice set, told which of the batches in the folder hold.

    Parameters
    ----------
    folder : Path
        The exercise folder.
    place : Workplace
        With its key.
    files : mapping
        What lies in ``bai_nop/``.

    Returns
    -------
    Key
    """
    assert place.key is not None  # noqa: S101
    if not place.key.doses or not any(name.endswith(".p7s") for name in files):
        return place.key
    from sosach.signing.trust import load_trust

    may = delegations_of(_rows(place.tables["co_so"]), _rows(place.tables["uy_quyen"]))
    trust = load_trust(folder / DATA / TRUST)
    return proved(place.key, files, _doses(place, place.key.doses), may, trust)
