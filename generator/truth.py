"""The answer key: one ledger row per spoiled cell, and who stands behind every record.

The words are closed lists. Undoing the ledger gives the truth; a difference between register and
truth is a ledger row, and the other way round.
"""

from __future__ import annotations

from enum import IntEnum

import pyarrow as pa

__all__ = ["FINAL_STATES", "LEDGER", "LINK", "RECOVERABILITY", "ROLES", "Role", "undo"]

#: where a right value can be had
RECOVERABILITY = (
    "from_cell",
    "from_other_column",
    "from_other_record",
    "from_reference_list",
    "needs_source_document",
    "unrecoverable",
)


class Role(IntEnum):
    """What a row of the register is, or would have been, to the truth."""

    ORIGINAL, DUPLICATE, SPLIT, INTRUDER, MISSING = range(5)


ROLES = tuple(role.name.lower() for role in Role)
FINAL_STATES = (
    "ready_to_sign",
    "waiting_police",
    "waiting_facility",
    "waiting_citizen",
    "hold",
    "reported",
    "transferred",
    "merged",
    "removed",
)

LEDGER = pa.schema(
    [
        ("err_id", pa.int64()),
        ("ma_ho_so", pa.string()),
        ("ma_mui", pa.string()),
        ("column", pa.string()),
        ("cause", pa.string()),
        ("truth", pa.string()),
        ("observed", pa.string()),
        ("group_id", pa.int64()),
        ("recoverability", pa.string()),
        ("accepted", pa.list_(pa.string())),
        (
            "evidence",
            pa.struct([("kind", pa.string()), ("key", pa.string()), ("column", pa.string())]),
        ),
        ("document_basis", pa.string()),
    ]
)

LINK = pa.schema(
    [
        ("ma_ho_so", pa.string()),
        ("ma_mui", pa.string()),
        ("person_id", pa.string()),
        ("dose_id", pa.string()),
        ("role", pa.string()),
        ("keep_ma_ho_so", pa.string()),
        ("decoy", pa.string()),
    ]
)


def undo(register: pa.Table, ledger: pa.Table) -> pa.Table:
    """Return a table of the register with every ledger row of a cell taken back.

    Parameters
    ----------
    register : Table
        ``doi_tuong`` or ``mui_tiem`` as observed.
    ledger : Table
        The ledger of the same records.

    Returns
    -------
    Table
        A new one: cells as the truth has them. Row incidents stay. ``tt_xac_minh`` becomes what
        the platform would have shown for the spoiled record; it follows from the other columns.
    """
    doses = "ma_mui" in register.column_names
    key = "ma_mui" if doses else "ma_ho_so"
    rows = {record: i for i, record in enumerate(register[key].to_pylist())}
    cells = {name: register[name].to_pylist() for name in register.column_names}
    for entry in ledger.to_pylist():
        if entry["column"] and (entry["ma_mui"] is not None) == doses:
            cells[entry["column"]][rows[entry[key]]] = entry["truth"]
    return pa.table(cells, schema=pa.schema([(name, pa.string()) for name in cells]))
