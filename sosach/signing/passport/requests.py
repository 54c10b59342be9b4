"""What a batch of passports is asked for: one line of JSON for a record with its doses.

A line holds the record, its doses, and for each dose what is wrong with the facility's signature;
nothing wrong means validly signed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sosach.signing.passport.entry import Row, Signed
from sosach.signing.storage import reading
from sosach.signing.verdicts import Finding

__all__ = ["Codes", "Request", "read_request", "requests_of", "write_requests"]


@dataclass(frozen=True)
class Codes:
    """A verdict of which only the codes are left.

    Attributes
    ----------
    codes : list of str
        What was found; nothing: the dose is validly signed.
    """

    codes: list[str]

    @property
    def ok(self) -> bool:
        """Tell whether the dose is validly signed."""
        return not self.codes


@dataclass(frozen=True)
class Request:
    """One person who may get a passport.

    Attributes
    ----------
    record : mapping
        Row of ``doi_tuong``.
    doses : tuple of mapping
        Its rows of ``mui_tiem``.
    signed : mapping
        ``ma_mui`` -> verdict of the facility's signature; a dose that is missing is not signed.
    """

    record: Row
    doses: tuple[Row, ...]
    signed: Mapping[str, Signed]


def requests_of(
    records: Iterable[Row], doses: Iterable[Row], verdict: Callable[[Row], Signed]
) -> Iterator[Request]:
    """Bring records and doses together, however many there are and in whatever order.

    Parameters
    ----------
    records, doses : iterable of mapping
        Rows of ``doi_tuong`` and ``mui_tiem``; read once.
    verdict : callable
        Judges the facility's signature on a dose; it gets the dose's row with the cells of its
        record beside it.

    Yields
    ------
    Request
        In the order of the records; a dose without a record belongs to nobody and is left out.
    """
    # a private database without a name: it goes to the disk when it grows, and away at the end
    with closing(sqlite3.connect("")) as base:
        base.execute("CREATE TABLE dose (record TEXT, row TEXT)")
        rows = ((dose["ma_ho_so"], json.dumps(dict(dose))) for dose in doses)
        base.executemany("INSERT INTO dose VALUES (?, ?)", rows)
        base.execute("CREATE INDEX by_record ON dose (record)")
        for record in records:
            found = base.execute(
                "SELECT row FROM dose WHERE record = ? ORDER BY rowid", (record["ma_ho_so"],)
            )
            own = tuple(json.loads(row) for (row,) in found)
            yield Request(record, own, {d["ma_mui"]: _codes(verdict(record | d)) for d in own})


def _codes(verdict: Signed) -> Codes:
    return Codes([] if verdict.ok else list(verdict.codes) or ["DOSE_UNSIGNED"])


def write_requests(requests: Iterable[Request], path: Path) -> int:
    """Write requests as lines of JSON.

    Parameters
    ----------
    requests : iterable of Request
        Read as it is written.
    path : Path
        It appears when it is complete.

    Returns
    -------
    int
        How many.
    """
    count = 0
    unfinished = path.with_name(f".{path.name}.dang_ghi")
    with unfinished.open("wb") as file:
        for request in requests:
            signed = {dose: _codes(verdict).codes for dose, verdict in request.signed.items()}
            row = {"ho_so": dict(request.record), "mui": request.doses, "chu_ky": signed}
            file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            count += 1
    unfinished.replace(path)
    return count


def read_request(line: bytes, number: int) -> Request:
    """Read one line.

    Parameters
    ----------
    line : bytes
    number : int
        Of the line, for the message.

    Returns
    -------
    Request

    Raises
    ------
    SigningError
        ``REQUEST_BROKEN``, if it is no request.
    """
    with reading(Finding("REQUEST_BROKEN", "entitlement", "file", str(number))):
        row = json.loads(line)
        record, doses = dict(row["ho_so"]), tuple(dict(dose) for dose in row["mui"])
        return Request(record, doses, {key: Codes(list(c)) for key, c in row["chu_ky"].items()})
