"""Signed batches as they lie in a folder: three files each, the signature last.

``lo_000001.jsonl`` holds what was signed of each dose, ``lo_000001.json`` the manifest (who, which
doses, their digests), ``lo_000001.p7s`` the signature over exactly these bytes.  A batch exists
when its signature does: whatever a crash leaves behind before that is written over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sosach.signing.canonical import canonical
from sosach.signing.cms import SignedMessage, read_cms
from sosach.signing.doses import digest
from sosach.signing.storage import read_limited, reading, write_private
from sosach.signing.verdicts import Finding, SigningError

__all__ = [
    "Batch",
    "Entry",
    "Manifest",
    "batch_names",
    "make_manifest",
    "read_batch",
    "write_batch",
]

KIND = "sosach-doses/1"
NAME = re.compile(r"lo_\d{6}", re.ASCII)
HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One dose in a manifest.

    Attributes
    ----------
    dose : str
        ``ma_mui``.
    revision : int
        From 1: the how-manieth signature of this dose it is.
    digest : str
        SHA-256 of what was signed of it, in hexadecimal.
    """

    dose: str
    revision: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a batch says of itself.

    Attributes
    ----------
    batch : str
        Its name.
    facility : str
        Code of the unit that signs.
    entries : tuple of Entry
    """

    batch: str
    facility: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Batch:
    """The three files of a batch; nothing of them is proved.

    Attributes
    ----------
    name : str
        As ``lo_000001``.
    manifest, signature, copies : bytes
        Canonical JSON; CMS; one canonical JSON a line.
    """

    name: str
    manifest: bytes
    signature: bytes
    copies: bytes

    def message(self) -> SignedMessage:
        """Take the signature apart; `SigningError` where it is none."""
        return read_cms(self.signature, Finding("CMS_BROKEN", "structure", "batch", self.name))

    def parsed(self) -> Manifest:
        """Read the manifest.

        Raises
        ------
        SigningError
            If it is no manifest in canonical form, names a dose twice, or is of another batch.
        """
        finding = Finding("MANIFEST_BROKEN", "structure", "batch", self.name)
        with reading(finding):
            content = json.loads(self.manifest)
            entries = tuple(_entry(row) for row in content["doses"])
            sound = (
                canonical(content) == self.manifest
                and set(content) == {"kind", "batch", "facility", "doses"}
                and (content["kind"], content["batch"]) == (KIND, self.name)
                and isinstance(content["facility"], str)
                and len({entry.dose for entry in entries}) == len(entries)
            )
            if not sound:
                raise SigningError(finding)
            return Manifest(self.name, content["facility"], entries)

    def copies_of(self, manifest: Manifest) -> dict[str, dict[str, Any]]:
        """Return what was signed of each dose; a copy that does not fit its digest is left out."""
        wanted = {entry.digest: entry.dose for entry in manifest.entries}
        lines = {digest(line): line for line in self.copies.split(b"\n")}
        return {wanted[sha]: json.loads(line) for sha, line in lines.items() if sha in wanted}


def _entry(row: Any) -> Entry:  # noqa: ANN401 - JSON
    """Read one row of a manifest; anything odd raises."""
    dose, revision, sha = row
    sound = type(dose) is str and type(revision) is int and revision >= 1
    if not sound or HEX.fullmatch(sha) is None:
        raise ValueError(row)
    return Entry(dose, revision, sha)


def make_manifest(name: str, facility: str, entries: Sequence[Entry]) -> bytes:
    """Return the bytes of a manifest, which are signed and stored as they are."""
    doses = [[entry.dose, entry.revision, entry.digest] for entry in entries]
    return canonical({"kind": KIND, "batch": name, "facility": facility, "doses": doses})


def batch_names(folder: Path) -> list[str]:
    """Return the names of all signed batches of a folder, oldest first."""
    names = (path.stem for path in folder.glob("lo_*.p7s"))
    return sorted(name for name in names if NAME.fullmatch(name))


def next_name(names: Sequence[str]) -> str:
    """Return the name of the batch that follows.

    Examples
    --------
    >>> next_name(["lo_000001"])
    'lo_000002'
    """
    return f"lo_{int(names[-1][3:]) + 1 if names else 1:06d}"


def read_batch(folder: Path, name: str) -> Batch:
    """Read the three files of a batch.

    Parameters
    ----------
    folder : Path
    name : str
        As ``lo_000001``.

    Returns
    -------
    Batch

    Raises
    ------
    SigningError
        If a file is too long.
    OSError
        If one is missing.
    """
    data = [
        read_limited(path, Finding("FILE_TOO_LONG", "files", "file", str(path)))
        for path in _paths(folder, name)
    ]
    return Batch(name, *data)


def write_batch(folder: Path, batch: Batch) -> None:
    """Store a batch, its signature last."""
    manifest, signature, copies = _paths(folder, batch.name)
    write_private(copies, batch.copies)
    write_private(manifest, batch.manifest)
    write_private(signature, batch.signature)


def _paths(folder: Path, name: str) -> list[Path]:
    return [folder / f"{name}.{end}" for end in ("json", "p7s", "jsonl")]
