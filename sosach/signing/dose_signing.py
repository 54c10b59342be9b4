"""A facility signs its doses in batches, and goes on where it was interrupted.

What is signed already, in the same words, is never signed twice; what has been edited since is
signed again with the next revision, and the old signature stays as superseded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cryptography import x509

from sosach.signing.batch_checks import open_batch
from sosach.signing.batches import (
    Batch,
    Entry,
    batch_names,
    make_manifest,
    next_name,
    read_batch,
    write_batch,
)
from sosach.signing.certificates import unit_of
from sosach.signing.cms import sign_data
from sosach.signing.doses import Delegations, Dose, digest, dose_bytes, foreign, unfit
from sosach.signing.signer_checks import purpose_findings, validity_findings
from sosach.signing.storage import locked
from sosach.signing.time_stamps import TimeStamper
from sosach.signing.tokens.interface import Signatory, Token, refuse
from sosach.signing.trust import Trust
from sosach.signing.verdicts import Finding, SigningError, moment

__all__ = ["BATCH", "Desk", "Progress", "make_batch", "sign_doses", "signing_chain"]

#: doses of a batch: one signature of a real token takes about a second
BATCH = 500
#: the word of findings that do not make a signature bad
UNSURE = "chua_ket_luan"
#: the lock that keeps two programs from signing into one folder
LOCK = ".khoa"


@dataclass
class Progress:
    """How far the signing has come.

    Attributes
    ----------
    signed : int
        Doses signed now.
    skipped : int
        Doses that had been signed before in the same words.
    refused : list of Finding
        Why others were not signed.
    batches : list of str
        Names of the batches written now.
    """

    signed: int = 0
    skipped: int = 0
    refused: list[Finding] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Where and when a unit signs.

    Attributes
    ----------
    token : Token
        Logged in; its certificate names the unit.
    folder : Path
        Where the unit's batches lie.
    trust : Trust
        By which earlier batches are judged: what is not validly signed is signed again.
    at : datetime
        The clock of the computer, with a zone.
    stamper : TimeStamper or None
        Stamps every batch.
    delegations : mapping
        As of `sosach.signing.doses.foreign`.
    size : int
        Doses of a batch.
    """

    token: Token
    folder: Path
    trust: Trust
    at: datetime
    stamper: TimeStamper | None = None
    delegations: Delegations = field(default_factory=dict)
    size: int = BATCH


def sign_doses(doses: Iterable[Dose], desk: Desk) -> Iterator[Progress]:
    """Sign doses in batches; each batch is on the disk before the next is begun.

    Parameters
    ----------
    doses : iterable of mapping
        Rows of ``mui_tiem`` with the identity cells of their subjects; read as they are needed.
    desk : Desk

    Yields
    ------
    Progress
        The same object after every batch and at the end; then all doses are accounted for.

    Raises
    ------
    SigningError
        If the certificate is not valid now, the clock runs backwards, another program signs into
        this folder, a batch in it is damaged, or token or disk refuse; written batches stay.
    """
    try:
        with locked(desk.folder / LOCK):
            yield from _Run(desk).all(doses)
    except BlockingIOError as error:
        raise SigningError(Finding("BATCH_BUSY", "files", "file", str(desk.folder))) from error


def make_batch(
    name: str,
    facility: str,
    lines: Sequence[tuple[Entry, bytes]],
    signatory: Signatory,
    at: datetime,
    stamper: TimeStamper | None = None,
) -> Batch:
    """Sign one batch, without asking whether that is right.

    Parameters
    ----------
    name : str
        As ``lo_000001``.
    facility : str
        The unit that the manifest names.
    lines : sequence of tuple
        Entry and bytes of each dose.
    signatory : Signatory
        A token must be logged in.
    at : datetime
        What the clock of the computer says, with a zone.
    stamper : TimeStamper, optional

    Returns
    -------
    Batch
    """
    manifest = make_manifest(name, facility, [entry for entry, _ in lines])
    signature = sign_data(manifest, signatory, at, stamper)
    return Batch(name, manifest, signature, b"".join(line + b"\n" for _, line in lines))


def signing_chain(token: Token, at: datetime) -> list[x509.Certificate]:
    """Return the certificates of a token that may sign for a unit now.

    Parameters
    ----------
    token : Token
    at : datetime
        The clock of the computer, with a zone.

    Returns
    -------
    list of x509.Certificate
        The own one, its authority, the root.

    Raises
    ------
    SigningError
        If there is none, it is not of a unit, or not valid now.
    """
    chain = token.certificates()
    if not chain:
        refuse("TOKEN_EMPTY", token.state.label)
    findings = [*validity_findings(chain, at, at), *purpose_findings(chain[0], ("facility",))]
    for finding in findings:
        if finding.fails:
            raise SigningError(finding)
    return chain


class _Run:
    """One run, while the folder is locked."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.progress = desk, Progress()
        self.unit = unit_of(signing_chain(desk.token, desk.at)[0])
        self.names = batch_names(desk.folder)
        self.signed: dict[str, Entry] = {}
        self.now: set[str] = set()
        for name in self.names:
            self._remember(name)

    def all(self, doses: Iterable[Dose]) -> Iterator[Progress]:
        """Sign batch after batch."""
        lines: list[tuple[Entry, bytes]] = []
        for dose in doses:
            lines += self._lines(dose)
            if len(lines) == self.desk.size:
                yield self._sign(lines)
                lines = []
        if lines:
            yield self._sign(lines)
        yield self.progress

    def _remember(self, name: str) -> None:
        """Take up what a batch has signed; a damaged one stops everything.

        What it did not sign validly keeps its revision but fits no digest, so it is signed again.
        """
        opened = open_batch(read_batch(self.desk.folder, name), self.desk.trust, self.desk.at)
        if opened.manifest is None:
            raise SigningError(opened.failures[0])
        if opened.claimed and opened.claimed > self.desk.at:
            raise SigningError(
                Finding(
                    *("CLOCK_SET_BACK", "validity", "clock"),
                    expected=f">= {moment(opened.claimed)}",
                    found=moment(self.desk.at),
                )
            )
        good = opened.unit == self.unit and not any(f.word != UNSURE for f in opened.failures)
        for entry in opened.manifest.entries:
            self.signed[entry.dose] = entry if good else replace(entry, digest="")

    def _lines(self, dose: Dose) -> list[tuple[Entry, bytes]]:
        """Return what is to be signed of a dose, or nothing; and note why."""
        name = dose.get("ma_mui") or ""
        before = self.signed.get(name)
        findings = [*foreign(dose, self.unit, self.desk.delegations), *unfit(dose)]
        if not findings and before:
            if digest(dose_bytes(dose, before.revision)) == before.digest:
                self.progress.skipped += 1
                return []
            if name in self.now:
                findings = [Finding("DOSE_TWICE", "completeness", "dose", name)]
        if findings:
            self.progress.refused += findings
            return []
        revision = before.revision + 1 if before else 1
        line = dose_bytes(dose, revision)
        self.signed[name] = Entry(name, revision, digest(line))
        self.now.add(name)
        return [(self.signed[name], line)]

    def _sign(self, lines: list[tuple[Entry, bytes]]) -> Progress:
        name, desk = next_name(self.names), self.desk
        made = make_batch(name, self.unit, lines, desk.token, desk.at, desk.stamper)
        write_batch(desk.folder, made)
        self.names.append(name)
        self.progress.batches.append(name)
        self.progress.signed += len(lines)
        return self.progress
