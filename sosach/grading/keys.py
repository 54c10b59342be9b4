"""The right answers of one pack, taken from the generator's ledger and the error taxonomy."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from generator.facts import table
from sosach.grading.rubrics import Expected, Key

if TYPE_CHECKING:
    from generator.packs import Pack

__all__ = ["answer_key", "key_sha256", "pack_sha256"]

_DOCUMENT = re.compile(r"(CV|QĐ|Thông tư) [\w/-]+( bước [\d.-]+)?( \(loại \d\))?")


def answer_key(pack: Pack) -> Key:
    """Return what is right for every record of a pack.

    The groups of several errors on one record are united. An error that must not go to the
    police but may (``E90``) makes the listing optional.

    Parameters
    ----------
    pack : Pack
        A pack with its ``doi_tuong``, ``ledger`` and ``link``.

    Returns
    -------
    Key
        One entry per record, in the order of ``doi_tuong``.
    """
    causes: dict[str, list[str]] = {}
    for row in pack.ledger.select(["ma_ho_so", "cause"]).to_pylist():
        causes.setdefault(row["ma_ho_so"], []).append(row["cause"])
    decoys = {
        row["ma_ho_so"]: row["decoy"]
        for row in pack.link.select(["ma_ho_so", "decoy"]).to_pylist()
        if row["decoy"]
    }
    codes = pack.doi_tuong.column("ma_ho_so").to_pylist()
    return Key({c: _expected(sorted(set(causes.get(c, []))), decoys.get(c, "")) for c in codes})


def _expected(causes: Iterable[str], decoy: str) -> Expected:
    """Merge the taxonomy rows of one record's errors and decoy."""
    taxonomy = {row["error_id"]: row for row in table("error_taxonomy")}
    rows = [taxonomy[cause] for cause in causes]
    listed = [row for row in rows if row["official_group"] != "none"]
    told = listed or rows or ([taxonomy[decoy]] if decoy else [])
    return Expected(
        groups=frozenset(g for row in listed for g in row["official_group"].split("|")),
        optional=bool(listed) and all("REFER_POLICE" not in row["must"] for row in listed),
        decoy=decoy,
        title="; ".join(row["name_vi"] for row in told),
        basis="; ".join(basis for row in told for basis in _documents(row["document_basis"])),
    )


def _documents(basis: str) -> list[str]:
    """Return the documents named in a taxonomy cell, with step and kind, without remarks."""
    found = (_DOCUMENT.match(part.strip()) for part in basis.split(";"))
    return [match[0] for match in found if match]


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
    return _sha256([pack.doi_tuong.to_pydict(), pack.mui_tiem.to_pydict()])


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
    answers = {c: [sorted(e.groups), e.optional, e.decoy] for c, e in key.records.items()}
    return _sha256(answers)


def _sha256(content: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Hash the canonical JSON of `content`."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
