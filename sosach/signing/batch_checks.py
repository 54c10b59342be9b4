"""A batch opened: all stages of its signature run, once for all its doses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sosach.signing.batches import Batch, Entry, Manifest
from sosach.signing.certificates import unit_of
from sosach.signing.signer_checks import SIGNER_STAGES, Case, Inspection, inspect
from sosach.signing.trust import Trust
from sosach.signing.verdicts import Finding, SigningError, Verdict, judge

__all__ = ["OpenedBatch", "open_batch"]


@dataclass(frozen=True)
class OpenedBatch:
    """What the stages say of a batch.

    Attributes
    ----------
    batch : Batch
    manifest : Manifest or None
        None where the batch cannot be read, was altered, or was not signed by this key.
    claimed : datetime or None
        When the signer's clock says that it was signed.
    inspection : Inspection
    """

    batch: Batch
    manifest: Manifest | None
    claimed: datetime | None
    inspection: Inspection

    @property
    def failures(self) -> list[Finding]:
        """Return all findings that fail a stage, in the order of the stages."""
        found = self.inspection.found
        return [f for stage in SIGNER_STAGES for f in found.get(stage, []) if f.fails]

    @property
    def unit(self) -> str:
        """Return the code of the unit that has signed."""
        return unit_of(self.inspection.signer) if self.inspection.signer else ""

    @property
    def verdict(self) -> Verdict:
        """Return the verdict on the batch as a whole."""
        return judge("batch", self.batch.name, SIGNER_STAGES, self.inspection.found)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Return the entries of the manifest by dose."""
        return {entry.dose: entry for entry in self.manifest.entries} if self.manifest else {}

    @cached_property
    def copies(self) -> dict[str, dict[str, Any]]:
        """Return what was signed of each dose, where the copy is undamaged."""
        return self.batch.copies_of(self.manifest) if self.manifest else {}


def open_batch(batch: Batch, trust: Trust, now: datetime) -> OpenedBatch:
    """Run all stages of a batch's signature.

    Parameters
    ----------
    batch : Batch
    trust : Trust
    now : datetime
        Clock of the verifier, with a zone.

    Returns
    -------
    OpenedBatch
    """
    try:
        message, manifest = batch.message(), batch.parsed()
    except SigningError as error:
        return OpenedBatch(batch, None, None, Inspection({"structure": [error.finding]}))
    inspection = inspect(
        message,
        lambda name: hashlib.new(name, batch.manifest).digest(),
        Case("batch", batch.name, trust, now),
    )
    intact = "signature" in inspection.found and not any(
        finding.fails
        for stage in ("structure", "digest", "signature")
        for finding in inspection.found.get(stage, [])
    )
    signer = inspection.signer
    if "purpose" in inspection.found and signer and unit_of(signer) != manifest.facility:
        inspection.found["purpose"].append(
            Finding(
                *("WRONG_FACILITY", "purpose", "batch", batch.name, "facility"),
                expected=manifest.facility,
                found=unit_of(signer),
            )
        )
    return OpenedBatch(batch, manifest if intact else None, message.claimed, inspection)
