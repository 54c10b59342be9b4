"""Is this dose validly signed: one verdict per dose, from the batches that a station keeps.

Of several signatures of a dose the newest counts.  What was signed is compared with the row as it
stands now, and the changed column is named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from sosach.signing.batch_checks import OpenedBatch, open_batch
from sosach.signing.batches import Batch, Entry, batch_names, read_batch
from sosach.signing.doses import REVISION, Delegations, Dose, changes, digest, dose_bytes, foreign
from sosach.signing.signer_checks import SIGNER_STAGES
from sosach.signing.trust import Trust
from sosach.signing.verdicts import Finding, SigningError, Verdict, judge

__all__ = ["DOSE_STAGES", "DoseChecker", "View"]

DOSE_STAGES = (*SIGNER_STAGES, "authority", "content", "completeness", "replay")
#: batches that are kept open: rows come in nearly the order in which they were signed
OPEN_BATCHES = 4


@dataclass(frozen=True)
class View:
    """By what doses are judged.

    Attributes
    ----------
    trust : Trust
    now : datetime
        Clock of the verifier, with a zone.
    delegations : mapping
        As of `sosach.signing.doses.foreign`.
    held : mapping
        ``ma_mui`` -> why its record may not be signed yet, as the platform's gate says it.
    known : mapping
        ``ma_mui`` -> newest revision that was seen elsewhere; what is older was superseded.
    """

    trust: Trust
    now: datetime
    delegations: Delegations = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)


class DoseChecker:
    """Verdicts on doses from the batches of one folder, or from batches in hand.

    Parameters
    ----------
    batches : Path or sequence of Batch
        A folder is read batch by batch, never as a whole.
    view : View

    Raises
    ------
    SigningError
        If a batch of the folder has a file that is too long.
    OSError
        If a file of a signed batch is missing.
    """

    def __init__(self, batches: Path | Sequence[Batch], view: View) -> None:
        self.view = view
        self._read = _reader(batches)
        self._open = lru_cache(OPEN_BATCHES)(self._opened)
        self._where: dict[str, list[tuple[int, str]]] = {}
        self.unreadable: list[Verdict] = []
        for name in (
            batch_names(batches) if isinstance(batches, Path) else [b.name for b in batches]
        ):
            self._locate(name)

    def verdict(self, dose: Dose) -> Verdict:
        """Judge one row of the register.

        Parameters
        ----------
        dose : mapping
            Columns `sosach.signing.doses.SIGNED`, text.

        Returns
        -------
        Verdict
            On the dose; stages that were not reached are not checked.
        """
        name = str(dose.get("ma_mui") or "")
        if name not in self._where:
            missing = Finding("UNSIGNED_DOSE", "completeness", "dose", name)
            return judge("dose", name, DOSE_STAGES, {"completeness": [missing]})
        opened = self._open(max(self._where[name])[1])
        found = dict(opened.inspection.found)
        if opened.manifest is not None and not opened.inspection.broken:
            try:
                found |= self._row(dose, opened.entries[name], opened)
            except SigningError as error:
                found["content"] = [error.finding]
        return judge("dose", name, DOSE_STAGES, found)

    def unexpected(self, names: Collection[str]) -> Iterator[Verdict]:
        """Yield a verdict on every signed dose that is not among the doses in hand.

        Parameters
        ----------
        names : collection of str
            ``ma_mui`` of the doses in hand.
        """
        for name in self._where:
            if name not in names:
                finding = Finding("UNEXPECTED_DOSE", "completeness", "dose", name)
                yield judge("dose", name, DOSE_STAGES, {"completeness": [finding]})

    def _locate(self, name: str) -> None:
        """Note which doses a batch speaks of; whether it may is judged when they are asked for."""
        batch = self._read(name)
        try:
            entries = batch.parsed().entries
        except SigningError as error:
            found = {"structure": [error.finding]}
            self.unreadable.append(judge("batch", name, SIGNER_STAGES, found))
            return
        for entry in entries:
            self._where.setdefault(entry.dose, []).append((entry.revision, name))

    def _opened(self, name: str) -> OpenedBatch:
        return open_batch(self._read(name), self.view.trust, self.view.now)

    def _row(self, dose: Dose, entry: Entry, opened: OpenedBatch) -> dict[str, list[Finding]]:
        """Compare a row with what was signed of it; who may sign is asked of what was signed."""
        same = digest(dose_bytes(dose, entry.revision)) == entry.digest
        signed = dose if same else opened.copies.get(entry.dose, dose)
        found = {
            "authority": list(foreign(signed, opened.unit, self.view.delegations)),
            "completeness": [],
        }
        if not same:
            return found | self._other_content(dose, entry, signed)
        held = self.view.held.get(entry.dose)
        about = _about(entry.dose, "NOT_SIGNABLE", "content", found=held or "")
        return found | {"content": [about] if held else [], "replay": list(self._replay(entry))}

    def _other_content(self, dose: Dose, entry: Entry, signed: Dose) -> dict[str, list[Finding]]:
        """Tell a row that was edited from one that an older signature speaks of."""
        name = entry.dose
        if self._signed_before(dose, entry):
            words = {"field": REVISION, "expected": str(entry.revision)}
            return {"content": [], "replay": [_about(name, "SUPERSEDED", "replay", **words)]}
        altered = [
            _about(name, "CONTENT_ALTERED", "content", field=column, expected=before, found=now)
            for column, before, now in changes(signed, dose)
        ]
        return {"content": altered or [_about(name, "CONTENT_ALTERED", "content")]}

    def _replay(self, entry: Entry) -> Iterator[Finding]:
        newest = self.view.known.get(entry.dose, entry.revision)
        if newest > entry.revision:
            yield _about(
                *(entry.dose, "SUPERSEDED", "replay"),
                field=REVISION,
                expected=str(newest),
                found=str(entry.revision),
            )

    def _signed_before(self, dose: Dose, newest: Entry) -> bool:
        """Tell whether the row is what an older signature of this dose says."""
        for revision, name in self._where[newest.dose]:
            if revision < newest.revision:
                older = self._open(name).entries[newest.dose]
                if digest(dose_bytes(dose, revision)) == older.digest:
                    return True
        return False


def _about(name: str, code: str, stage: str, **facts: str) -> Finding:
    return Finding(code, stage, "dose", name, **facts)


def _reader(batches: Path | Sequence[Batch]) -> Callable[[str], Batch]:
    """Return what reads a batch by its name."""
    if isinstance(batches, Path):
        return partial(read_batch, batches)
    return {batch.name: batch for batch in batches}.__getitem__
