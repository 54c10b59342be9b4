"""What handed-in batches prove: whether the signatures of a trainee's doses hold.

A batch can take a signature away, never give one: what may be signed is decided in ``ky_so.json``,
and a batch that is forged, of somebody else or broken makes no dose signed. Whatever the bytes,
nothing is raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sosach.cases.class_pki import at
from sosach.cases.desk import STATION
from sosach.cases.today import TODAY
from sosach.grading.rubrics.key import Key

if TYPE_CHECKING:
    from sosach.signing.batches import Batch
    from sosach.signing.doses import Delegations, Dose
    from sosach.signing.trust import Trust

__all__ = ["batches_of", "delegations_of", "proved"]

#: files of one batch, in the order of `sosach.signing.batches.Batch`
ENDS = (".json", ".p7s", ".jsonl")
#: bytes of one file of a batch: 500 doses have 250 kB
MAX_BATCH_FILE = 2_000_000
#: batches that are looked at: 5,000 doses need ten
MAX_BATCHES = 60
EVENING = "23:59:59"


def proved(
    key: Key,
    files: Mapping[str, bytes],
    doses: Iterable[Dose],
    delegations: Delegations,
    trust: Trust,
) -> Key:
    """Return a key that knows which signatures do not hold.

    Parameters
    ----------
    key : Key
        Its `doses` are those of the trainee.
    files : mapping
        What was handed in: name, perhaps with folders -> content.
    doses : iterable of mapping
        The trainee's rows of ``mui_tiem`` with the cells of their subjects.
    delegations : mapping
        Of `delegations_of`.
    trust : Trust
        Of the class.

    Returns
    -------
    Key
        The same one where no batch was handed in. A dose of which no batch speaks is judged by
        its decision alone.
    """
    batches = list(batches_of(files))
    if not key.doses or not batches:
        return key
    from sosach.signing.dose_checks import DoseChecker, View

    view = View(trust, at(TODAY.isoformat(), EVENING), delegations)
    checker = DoseChecker(batches, view)
    unspoken = {"UNSIGNED_DOSE"}
    judged = dict(key.doses)
    for dose in doses:
        able = judged.get(dose["ma_mui"])
        verdict = checker.verdict(dose) if able and able.may else None
        if able and verdict is not None and not verdict and set(verdict.codes) != unspoken:
            why = next(finding.text() for finding in verdict.findings if finding.fails)
            judged[dose["ma_mui"]] = replace(able, unheld=why)
    return replace(key, doses=judged)


def delegations_of(
    sites: Iterable[Mapping[str, str]], letters: Iterable[Mapping[str, str]]
) -> Delegations:
    """Return for whom the ward's station may sign beside itself.

    Parameters
    ----------
    sites, letters : iterable of mapping
        Rows of ``co_so`` and ``uy_quyen``. Which doses a letter means stands in the key.

    Returns
    -------
    mapping
    """
    own = next(row["co_so_tiem"] for row in sites if row["loai"] == STATION)
    return {own: {r["don_vi_uy_quyen"] for r in letters if r["don_vi_duoc_uy_quyen"] == own}}


def batches_of(files: Mapping[str, bytes]) -> Iterator[Batch]:
    """Yield the batches among handed-in files; what is incomplete or too large is none.

    Parameters
    ----------
    files : mapping
        Name, perhaps with folders -> content.

    Yields
    ------
    Batch
        At most `MAX_BATCHES`.
    """
    from sosach.signing.batches import NAME, Batch

    by_name = {PurePosixPath(name).name: data for name, data in files.items()}
    names = (PurePosixPath(name).stem for name in by_name if name.endswith(".p7s"))
    for name in sorted(filter(NAME.fullmatch, names))[:MAX_BATCHES]:
        parts = [by_name.get(name + end, b"") for end in ENDS]
        if all(0 < len(part) <= MAX_BATCH_FILE for part in parts):
            yield Batch(name, *parts)
