"""The right answers of one pack, taken from the generator's ledger and the error taxonomy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from generator.facts import table
from generator.vietnamese import nfc
from sosach.cases.desk import Desk
from sosach.cases.duties import SELF_EVIDENT, documents, duties
from sosach.grading.rubrics.cells import is_repaired
from sosach.grading.rubrics.key import Duty, Expected, Key, Repair, Table
from sosach.grading.specs import TaskSpec

if TYPE_CHECKING:
    from generator.packs import Pack

__all__ = ["answer_key", "digest", "key_of", "key_sha256", "pack_sha256"]

TABLES = {"doi_tuong": "ma_ho_so", "mui_tiem": "ma_mui"}


def answer_key(pack: Pack, tasks: Iterable[TaskSpec]) -> Key:
    """Return what is right about a pack with nothing beside it; see `key_of`."""
    return key_of(Desk(pack, 0), tasks)


def key_of(desk: Desk, tasks: Iterable[TaskSpec]) -> Key:
    """Return what is right about what lies on a desk, as far as some tasks ask.

    Parameters
    ----------
    desk : Desk
        A pack with its key tables, and what was laid beside it.
    tasks : iterable of TaskSpec
        What the exercise asks for: their rubrics and parameters.

    Returns
    -------
    Key
        The parts that the rubrics need, in the order of the register.
    """
    pack, asked = desk.pack, {task.rubric: task.parameters for task in tasks}
    tables = [p["table"] for p in asked.values() if "table" in p]
    found = duties(desk) if {"decisions", "groups_equal"} & set(asked) else {}
    return Key(
        records=_records(pack) if {"list_membership", "groups_equal"} & set(asked) else {},
        duties=found if "decisions" in asked else {},
        tables={name: _table(pack, name) for name in tables},
        groups=_groups(found) if "groups_equal" in asked else frozenset(),
        figures=desk.figures,
        choices=desk.choices,
        doses=desk.signables,
    )


def _records(pack: Pack) -> dict[str, Expected]:
    """Return in which groups every record may be listed."""
    causes: dict[str, list[str]] = {}
    for row in pack.ledger.select(["ma_ho_so", "cause"]).to_pylist():
        causes.setdefault(row["ma_ho_so"], []).append(row["cause"])
    decoys = {
        row["ma_ho_so"]: row["decoy"]
        for row in pack.link.select(["ma_ho_so", "decoy"]).to_pylist()
        if row["decoy"]
    }
    codes = pack.doi_tuong.column("ma_ho_so").to_pylist()
    return {c: _expected(sorted(set(causes.get(c, []))), decoys.get(c, "")) for c in codes}


def _expected(causes: Iterable[str], decoy: str) -> Expected:
    """Merge the taxonomy rows of one record's errors and decoy.

    The groups of several errors are united. An error that need not go to the police but may
    (``E90``) makes the listing optional.
    """
    taxonomy = {row["error_id"]: row for row in table("error_taxonomy")}
    rows = [taxonomy[cause] for cause in causes]
    listed = [row for row in rows if row["official_group"] != "none"]
    told = listed or rows or ([taxonomy[decoy]] if decoy else [])
    return Expected(
        causes=tuple(row["error_id"] for row in told),
        title="; ".join(row["name_vi"] for row in told),
        basis="; ".join(basis for row in told for basis in documents(row["document_basis"])),
        groups=frozenset(g for row in listed for g in row["official_group"].split("|")),
        optional=bool(listed) and all("REFER_POLICE" not in row["must"] for row in listed),
        decoy=bool(decoy),
    )


def _table(pack: Pack, name: str) -> Table:
    """Return a table of the register with the cells that can be put right now."""
    taxonomy = {row["error_id"]: row for row in table("error_taxonomy")}
    rows = getattr(pack, name).to_pylist()
    id_column = TABLES[name]
    given = {row[id_column]: {c: v or "" for c, v in row.items()} for row in rows}
    repairs = {
        (row[id_column], row["column"]): Repair(
            causes=(row["cause"],),
            title=taxonomy[row["cause"]]["name_vi"],
            basis="; ".join(documents(row["document_basis"] or "")),
            values=frozenset(row["accepted"]),
        )
        for row in pack.ledger.to_pylist()
        if row["column"] in next(iter(given.values()), {})
        and bool(row["ma_mui"]) == (name == "mui_tiem")
        and _can_be_put_right(row, taxonomy[row["cause"]])
    }
    return Table(id_column, given, repairs)


def _can_be_put_right(row: Mapping[str, Any], taxonomy: Mapping[str, str]) -> bool:
    """Tell whether the right value is evident in itself.

    What reading a table puts right by itself (blanks around, decomposed letters) is no work.
    """
    if is_repaired(nfc(row["observed"]).strip(), row["accepted"]):
        return False
    return taxonomy["must"] == "NORMALIZE" and row["recoverability"] in SELF_EVIDENT


def _groups(found: Mapping[str, Duty]) -> frozenset[frozenset[str]]:
    """Return the records that are to be merged: those of one person that something ties together."""
    return frozenset(
        frozenset([code, *act.related])
        for code, duty in found.items()
        for demand in duty.demands
        for act in demand
        if act.action == "MERGE"
    )


def pack_sha256(pack: Pack) -> str:
    """Return the fingerprint of what the trainee gets, whatever the file format.

    Parameters
    ----------
    pack : Pack
        A pack with its two register tables.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return digest([pack.doi_tuong.to_pydict(), pack.mui_tiem.to_pydict()])


def key_sha256(key: Key) -> str:
    """Return the fingerprint of the right answers (64 hexadecimal digits).

    Parameters
    ----------
    key : Key
        The right answers; wording and documents do not count.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return digest(_plain(key))


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return a key as JSON can hold it, sets sorted, without its wording."""
    if is_dataclass(value) and not isinstance(value, type):
        fields = value.__dict__.items()
        return {name: _plain(v) for name, v in fields if name not in ("title", "basis")}
    if isinstance(value, Mapping):
        return [[_plain(k), _plain(v)] for k, v in value.items()]
    if isinstance(value, frozenset):
        return sorted((_plain(item) for item in value), key=repr)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Fraction) else value


def digest(content: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Return the sha256 of the canonical JSON of something (64 hexadecimal digits)."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
