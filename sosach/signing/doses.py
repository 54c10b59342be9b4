"""What of a dose is signed, and whether a dose is fit to be signed.

Columns are those of the register (``mui_tiem`` with the identity cells of ``doi_tuong``), all text.
Telephone and address are not signed: to put them right must not cost a new signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.vietnamese import nfc
from sosach.signing.canonical import canonical
from sosach.signing.storage import reading
from sosach.signing.verdicts import Finding, SigningError

__all__ = [
    "DOSE_COLUMNS",
    "REVISION",
    "SIGNED",
    "SUBJECT_COLUMNS",
    "Delegations",
    "Dose",
    "changes",
    "digest",
    "dose_bytes",
    "foreign",
    "unfit",
    "with_subjects",
]

#: a row of the register; every cell is text
Dose = Mapping[str, str]

#: signing unit -> units for which it may sign too, as a province's central signer
Delegations = Mapping[str, Collection[str]]

#: columns that are signed; the rule of what is signed is our reconstruction
SIGNED = (
    *("ma_mui", "ma_ho_so", "so_giay_to", "ho_ten", "ngay_sinh", "gioi_tinh", "quoc_tich"),
    *("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem", "don_vi_nhap"),
)
#: the same by table, the key first, and what else decides whether a dose is fit
DOSE_COLUMNS = (
    *("ma_mui", "ma_ho_so", "mui", "ten_vac_xin", "so_lo", "ngay_tiem"),
    *("co_so_tiem", "don_vi_nhap"),
)
SUBJECT_COLUMNS = (
    *("ma_ho_so", "so_giay_to", "ho_ten", "ngay_sinh", "gioi_tinh", "quoc_tich"),
    "tt_xac_minh",
)
#: how often the dose has been signed, among the signed columns; 1 at first
REVISION = "lan_ky"
#: cells without which a dose cannot be signed (CV 1908: not gated by lot)
NEEDED = tuple(column for column in SIGNED if column not in ("so_lo", "quoc_tich"))
VERIFIED = "Đúng"
VIETNAMESE = "Việt Nam"


def dose_bytes(dose: Dose, revision: int) -> bytes:
    """Return what is signed of a dose.

    Parameters
    ----------
    dose : mapping
        At least the columns `SIGNED`; a missing one counts as empty.
    revision : int
        From 1: how often this dose has been signed with this signature.

    Returns
    -------
    bytes
        Canonical JSON.

    Raises
    ------
    SigningError
        If a cell is no text.
    """
    return canonical({**_cells(dose), REVISION: revision})


def _cells(dose: Dose) -> dict[str, str]:
    """Return the signed cells; errors as of `dose_bytes`."""
    cells = {column: dose.get(column) or "" for column in SIGNED}
    with reading(Finding("DOSE_NO_TEXT", "content", "dose", str(dose.get("ma_mui", "")))):
        "".join(cells.values()).encode()
    return cells


def digest(line: bytes) -> str:
    """Return SHA-256 of what is signed of a dose, in hexadecimal."""
    return hashlib.sha256(line).hexdigest()


def changes(signed: Dose, dose: Dose) -> Iterator[tuple[str, str, str]]:
    """Yield column, signed cell and present cell where the two differ.

    Parameters
    ----------
    signed : mapping
        What was signed, read from `dose_bytes`.
    dose : mapping
        The row as it is now; a missing column counts as empty.

    Yields
    ------
    tuple of str
    """
    for column in SIGNED:
        before, now = nfc(signed.get(column) or ""), nfc(dose.get(column) or "")
        if before != now:
            yield column, before, now


def foreign(dose: Dose, unit: str, delegations: Delegations) -> Iterator[Finding]:
    """Yield why a unit may not sign a dose: only who entered it may, or whom it was delegated to.

    Parameters
    ----------
    dose : mapping
    unit : str
        Code of the signing unit.
    delegations : mapping
        Signing unit -> units for which it may sign too.

    Yields
    ------
    Finding
        ``WRONG_FACILITY``, of the stage ``authority`` (instruction of 8/4/2022: the unit that
        enters a dose signs it).
    """
    entered = dose.get("don_vi_nhap") or ""
    if entered != unit and entered not in delegations.get(unit, ()):
        name = dose.get("ma_mui") or ""
        yield Finding("WRONG_FACILITY", "authority", "dose", name, "don_vi_nhap", entered, unit)


def unfit(dose: Dose) -> Iterator[Finding]:
    """Yield why a dose cannot be signed, as far as its own cells tell.

    The signing gate of the platform knows more (open duplicates, holds); whoever signs for a
    station asks it first.

    Parameters
    ----------
    dose : mapping
        Columns `SIGNED`; ``tt_xac_minh`` is looked at where it is given.

    Yields
    ------
    Finding
        ``DOSE_NO_TEXT`` for cells that are none, ``DOSE_INCOMPLETE`` for each empty cell that is needed, ``NOT_SIGNABLE`` where the person
        is not verified (CV 1908/BYT-CNTT: verified, or a foreigner with a passport).
    """
    name = str(dose.get("ma_mui") or "")
    try:
        _cells(dose)
    except SigningError as error:
        yield error.finding
        return
    for column in NEEDED:
        if not dose.get(column):
            yield Finding("DOSE_INCOMPLETE", "content", "dose", name, column)
    state = dose.get("tt_xac_minh", VERIFIED)
    is_foreigner = (dose.get("quoc_tich") or VIETNAMESE) != VIETNAMESE
    if state != VERIFIED and not is_foreigner:
        yield Finding("NOT_SIGNABLE", "content", "dose", name, "tt_xac_minh", VERIFIED, state)


def with_subjects(doses: Iterable[Dose], subjects: Iterable[Dose]) -> Iterator[dict[str, str]]:
    """Give every dose the cells of its subject.

    Parameters
    ----------
    doses : iterable of mapping
        Rows of ``mui_tiem``.
    subjects : iterable of mapping
        Rows of ``doi_tuong``.

    Yields
    ------
    dict
        A dose without subject keeps its own cells alone; `unfit` then says what is missing.
    """
    known = {subject["ma_ho_so"]: subject for subject in subjects}
    for dose in doses:
        yield {**known.get(dose["ma_ho_so"], {}), **dose}
