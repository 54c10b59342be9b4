"""The answer key of a ward: ledger, link and what every record waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from generator import facts
from generator.catalogue import INCIDENTS, Incident, Source
from generator.cells import take, texts
from generator.corruption import Strike
from generator.entries import Entries, Hit, Number
from generator.randomness import Ints
from generator.truth import LEDGER, LINK, ROLES, Role

__all__ = ["Ids", "final_states", "ledger_table", "link_table"]

#: records and lines are numbered apart
RECORDS, LINES = 0, 1
#: the state that tells most of a record with several errors: the later one
RANKS = (
    "ready_to_sign",
    "reported",
    "hold",
    "waiting_citizen",
    "waiting_facility",
    "waiting_police",
    "transferred",
    "merged",
    "removed",
)
#: what a second record is known by, by `generator.entries.Number`
SECOND_RECORD = {
    Number.FORMER: Source("needs_source_document", "police_list", column="so_cmnd_cu"),
    Number.NONE: Source("needs_source_document", "police_list", column="so_giay_to"),
    Number.OWN: Source("from_other_record", "record", column="so_giay_to"),
}


@dataclass(frozen=True)
class Ids:
    """The ids of a ward's rows.

    Attributes
    ----------
    ward : int
        Ward code.
    record, line : StringArray
        ``ma_ho_so`` by row of the records, ``ma_mui`` by row of the lines.
    person, dose : StringArray
        ``person_id`` of all people, ``dose_id`` of all true doses.
    fate : StringArray
        ``tinh_trang`` of all people.
    """

    ward: int
    record: pa.Array
    line: pa.Array
    person: pa.Array
    dose: pa.Array
    fate: pa.Array


def _err_ids(ids: Ids, table: int, rows: Ints, slot: int, number: int = 0) -> Ints:
    return ids.ward << 48 | table << 46 | rows << 16 | slot << 4 | number


def _rows(code: str, n: int, columns: Mapping[str, Any]) -> pa.Table:
    """Return ledger rows of one cause; what is not given is null."""
    known: dict[str, Any] = {
        **{name: pa.nulls(n, LEDGER.field(name).type) for name in LEDGER.names},
        "cause": pa.repeat(code, n),
        "accepted": _lists(n, []),
        "document_basis": pa.repeat(_document_basis()[code], n),
        **columns,
    }
    return pa.table(known, schema=LEDGER)


def _lists(n: int, *choices: Sequence[str]) -> pa.ListArray:
    """Return `n` lists: the first word of each choice, then the second ones, ..."""
    words = pa.array(
        [word for together in zip(*choices, strict=True) for word in together], pa.string()
    )
    each = len(words) // n if n else 0
    return pa.ListArray.from_arrays(pa.array(np.arange(n + 1) * each, pa.int32()), words)


@cache
def _document_basis() -> dict[str, str]:
    return {row["error_id"]: row["document_basis"] for row in facts.table("error_taxonomy")}


def _evidence(
    sources: Sequence[Source], keys: Mapping[str, pa.Array], column: str | None
) -> pa.Array:
    """Return where the right values stand; `keys` has per kind of evidence the key of each row."""
    kinds, columns = [s.kind for s in sources], [s.column or column for s in sources]
    fields = [
        pa.array(kinds, pa.string()),
        _keys(sources, keys),
        pa.array(columns, pa.string()),
    ]
    return pa.StructArray.from_arrays(
        fields,
        fields=list(LEDGER.field("evidence").type),
    )


def _keys(sources: Sequence[Source], keys: Mapping[str, pa.Array]) -> pa.Array:
    different = set(sources)
    if len(different) == 1:
        source = different.pop()
        return pa.repeat(source.key, len(sources)) if source.key else keys[source.kind]
    found = {kind: array.to_pylist() for kind, array in keys.items()}
    words = [source.key or found[source.kind][i] for i, source in enumerate(sources)]
    return pa.array(words, pa.string())


def ledger_table(
    ids: Ids,
    entries: Entries,
    hits: Mapping[str, Hit],
    record_strikes: Sequence[Strike],
    line_strikes: Sequence[Strike],
) -> pa.Table:
    """Return ``ledger``: every spoiled cell and every row incident.

    Parameters
    ----------
    ids : Ids
    entries : Entries
    hits : mapping
        Row incidents, as `generator.entries.enter` got them.
    record_strikes, line_strikes : sequence of Strike
        Of ``doi_tuong`` and of ``mui_tiem``.

    Returns
    -------
    Table
        By record and by line, in the order of application.
    """
    happened = [incident for incident in INCIDENTS if len(hits[incident.code].rows)]
    tables = [_incident_rows(incident, hits[incident.code], entries, ids) for incident in happened]
    tables += [_record_rows(strike, entries, ids) for strike in record_strikes]
    tables += [_line_rows(strike, entries, ids) for strike in line_strikes]
    return pa.concat_tables([*tables, LEDGER.empty_table()]).combine_chunks().sort_by("err_id")


def _record_rows(strike: Strike, entries: Entries, ids: Ids) -> pa.Table:
    records = take(ids.record, strike.rows)
    people = take(ids.person, entries.records.person[strike.rows])
    keys = {"police_list": people, "citizen": people, "cell": records}
    cells = {"ma_ho_so": records}
    return _cell_rows(strike, _err_columns(strike, ids, RECORDS) | cells, keys)


def _line_rows(strike: Strike, entries: Entries, ids: Ids) -> pa.Table:
    rows, lines = strike.rows, entries.lines
    line, dose = take(ids.line, rows), take(ids.dose, lines.dose[rows])
    keys = {"slip": dose, "facility": dose, "signature": dose, "cell": line, "dose": line}
    cells = {"ma_ho_so": take(ids.record, lines.record[rows]), "ma_mui": line}
    return _cell_rows(strike, _err_columns(strike, ids, LINES) | cells, keys)


def _err_columns(strike: Strike, ids: Ids, table: int) -> dict[str, Any]:
    slot = strike.cause.slot
    columns: dict[str, Any] = {"err_id": _err_ids(ids, table, strike.rows, slot, strike.number)}
    if strike.cause.also:
        columns["group_id"] = _err_ids(ids, table, strike.main, slot)
    return columns


def _cell_rows(
    strike: Strike, columns: Mapping[str, Any], keys: Mapping[str, pa.Array]
) -> pa.Table:
    sources = [way.source for way in strike.way]
    both = strike.cause.accepts_observed
    n = len(strike.rows)
    return _rows(
        strike.cause.code,
        n,
        {
            **columns,
            "column": pa.repeat(strike.column, n),
            "truth": strike.before,
            "observed": strike.after,
            "recoverability": [source.recoverability for source in sources],
            "accepted": _lists(n, strike.before, *([strike.after] if both else [])),
            "evidence": _evidence(sources, keys, strike.column),
        },
    )


def _incident_rows(incident: Incident, hit: Hit, entries: Entries, ids: Ids) -> pa.Table:
    """Return one row per incident: the record, the line if there is one, and what shows it."""
    n, rows = len(hit.rows), hit.rows
    record = entries.own_record[rows]
    if incident.code == "E40":
        record = entries.second_record[rows]
    line = _lines_of(incident, hit, entries)
    columns: dict[str, Any] = {
        "err_id": _err_ids(ids, RECORDS, record, incident.slot),
        "ma_ho_so": take(ids.record, record),
        **_shown_by(incident, hit, entries, ids, line),
    }
    if incident.code == "E18":
        fate = texts(ids.fate, entries.owners.person[rows])
        columns |= {"truth": fate, "accepted": _lists(n, fate)}
    if line is not None:
        columns["ma_mui"] = take(ids.line, line)
    return _rows(incident.code, n, columns)


def _lines_of(incident: Incident, hit: Hit, entries: Entries) -> Ints | None:
    """Return the line that each incident added, in the order of its records."""
    role = {"E41": Role.DUPLICATE, "E42": Role.DUPLICATE, "E43": Role.INTRUDER}.get(incident.code)
    if role is None:
        return None
    added = np.flatnonzero(entries.lines.role == role)
    of_record = np.full(len(entries.records.owner), -1)
    of_record[entries.lines.record[added]] = added
    found: Ints = of_record[entries.own_record[hit.rows]]
    return found


def _shown_by(
    incident: Incident, hit: Hit, entries: Entries, ids: Ids, line: Ints | None
) -> dict[str, Any]:
    """Return evidence and recoverability of one incident's rows."""
    owners, rows = entries.owners, hit.rows
    sources, column = [incident.source] * len(rows), None
    keys = {"police_list": take(ids.person, owners.person[rows])}
    if incident.code == "E18":
        column = "tinh_trang"
    elif incident.code == "E44":
        keys = {"police_list": take(ids.person, owners.person[hit.partner])}
    elif incident.code == "E40":
        number = entries.records.number[entries.second_record[rows]]
        sources = [SECOND_RECORD[Number(kind)] for kind in number.tolist()]
        keys["record"] = take(ids.record, entries.own_record[rows])
    elif incident.code == "E50":
        keys = {"slip": take(ids.dose, entries.missing[rows])}
    elif line is not None:
        keys = _line_keys(incident, line, entries, ids)
    return {
        "recoverability": [source.recoverability for source in sources],
        "evidence": _evidence(sources, keys, column),
    }


def _line_keys(incident: Incident, line: Ints, entries: Entries, ids: Ids) -> dict[str, pa.Array]:
    """Return the keys of what shows that a line is one too many."""
    lines = entries.lines
    if incident.code == "E43":
        return {"facility": take(ids.line, line)}
    dose = lines.dose[line]
    first = np.full(len(ids.dose), -1)
    original = np.flatnonzero((lines.role == Role.ORIGINAL) | (lines.role == Role.SPLIT))
    first[lines.dose[original]] = original
    return {"slip": take(ids.dose, dose), "dose": take(ids.line, first[dose])}


def link_table(ids: Ids, entries: Entries, decoy: Sequence[str | None], partners: Ints) -> pa.Table:
    """Return ``link``: who stands behind every record and every dose.

    Parameters
    ----------
    ids : Ids
    entries : Entries
    decoy : sequence of str or None
        One per owner.
    partners : ndarray of int
        Owners whose record was merged into another one's.

    Returns
    -------
    Table
        The records, the people who were merged into one, the lines, the missing doses.
    """
    owners, records, lines = entries.owners, entries.records, entries.lines
    gone = np.flatnonzero(entries.missing >= 0)
    roles = np.concatenate([records.copy * Role.DUPLICATE, np.full(len(partners), Role.SPLIT)])
    line_keep = records.keep[lines.record]
    shown = [None if records.copy[i] else decoy[o] for i, o in enumerate(records.owner.tolist())]
    record = np.concatenate(
        [
            np.arange(len(records.owner)),
            entries.own_record[partners],
            lines.record,
            entries.own_record[gone],
        ]
    )
    person = np.concatenate(
        [
            records.person,
            owners.person[partners],
            np.where(lines.role == Role.INTRUDER, -1, lines.doses.person),
            owners.person[gone],
        ]
    )
    n, m = len(roles), len(lines.record)
    dose = np.concatenate([np.full(n, -1), lines.dose, entries.missing[gone]])
    keep = np.concatenate(
        [records.keep, np.full(len(partners), -1), line_keep, np.full(len(gone), -1)]
    )
    columns = {
        "ma_ho_so": take(ids.record, record),
        "ma_mui": _some(
            ids.line, np.concatenate([np.full(n, -1), np.arange(m), np.full(len(gone), -1)])
        ),
        "person_id": _some(ids.person, person),
        "dose_id": _some(ids.dose, dose),
        "role": take(
            pa.array(ROLES), np.concatenate([roles, lines.role, np.full(len(gone), Role.MISSING)])
        ),
        "keep_ma_ho_so": _some(ids.record, keep),
        "decoy": pa.concat_arrays(
            [pa.array(shown, pa.string()), pa.nulls(len(record) - len(shown), pa.string())]
        ),
    }
    return pa.table(columns, schema=LINK)


def _some(column: pa.Array, rows: Ints) -> pa.Array:
    """Return some cells of a column, null where the row is -1."""
    return column.take(pa.array(rows, mask=rows < 0))


def final_states(
    entries: Entries,
    hits: Mapping[str, Hit],
    fates: Sequence[str],
    record_strikes: Sequence[Strike],
    line_strikes: Sequence[Strike],
) -> list[str]:
    """Return what each record waits for when the station has done its part.

    Parameters
    ----------
    entries : Entries
    hits : mapping
        Row incidents.
    fates : sequence of str
        ``tinh_trang`` of each owner.
    record_strikes, line_strikes : sequence of Strike

    Returns
    -------
    list of str
        One of `generator.truth.FINAL_STATES` per record.
    """
    rank = np.zeros(len(entries.records.owner), np.int64)

    def wait(records: Ints, states: Sequence[str]) -> None:
        np.maximum.at(rank, records, [RANKS.index(state) for state in states])

    for strike in record_strikes:
        wait(strike.rows, [way.final_state for way in strike.way])
    for strike in line_strikes:
        wait(entries.lines.record[strike.rows], [way.final_state for way in strike.way])
    for incident in INCIDENTS:
        rows = hits[incident.code].rows
        record = entries.own_record[rows]
        if incident.code == "E40":
            record = entries.second_record[rows]
            unclear = record[entries.records.number[record] != Number.OWN]
            wait(entries.records.keep[unclear], ["waiting_police"] * len(unclear))
        wait(record, [_state(incident, fates[row]) for row in rows.tolist()])
    return [RANKS[i] for i in rank.tolist()]


def _state(incident: Incident, fate: str) -> str:
    """Return the state after an incident; who died is not transferred to another ward."""
    return "hold" if (incident.code, fate) == ("E18", "đã mất") else incident.final_state
