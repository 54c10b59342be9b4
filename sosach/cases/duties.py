"""What is to be done about every record of a pack: the taxonomy applied to the answer key.

Nothing is demanded that cannot be seen or asked at that moment. Two moments: *before* the police
and the sites have answered, and *after* it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.facts import table
from sosach.grading.rubrics.key import Act, Demand, Duty

if TYPE_CHECKING:
    from generator.packs import Pack

__all__ = ["PHASES", "documents", "duties"]

PHASES = BEFORE, AFTER = "before", "after"
#: nothing to be seen before a paper or an answer is at hand [ours, from the taxonomy's notes]
HIDDEN = frozenset(("E18", "E43", "E50", "E53", "E55"))
#: on the first list these cannot be told from a wrong identity cell
STALE = "E90"
STATION = "trạm y tế"
#: is the platform's own and follows from the others: nobody edits it
STATUS = "tt_xac_minh"
#: edits that name the cell and its new value
CELL_EDITS = frozenset(("NORMALIZE", "FIX_FROM_SOURCE", "IMPORT_ID", "UPDATE_FROM_POLICE"))
#: from the sheet itself or a list that everybody has
SELF_EVIDENT = frozenset(("from_cell", "from_other_column", "from_reference_list"))
PAPER, ASK = "FIX_FROM_SOURCE", "ASK_FACILITY"

_DOCUMENT = re.compile(r"(CV|QĐ|Thông tư) [\w/-]+( bước [\d.-]+)?( \(loại \d\))?")

Row = Mapping[str, Any]
Taxonomy = Mapping[str, Mapping[str, str]]


def documents(basis: str) -> list[str]:
    """Return the documents named in a taxonomy cell, with step and kind, without remarks.

    Examples
    --------
    >>> documents("CV 2262 bước 1-4 (loại 1); project rule")
    ['CV 2262 bước 1-4 (loại 1)']
    """
    found = (_DOCUMENT.match(part.strip()) for part in basis.split(";"))
    return [match[0] for match in found if match]


def duties(pack: Pack, phase: str, proofs: Collection[str] = ()) -> dict[str, Duty]:
    """Return what is to be done about every record.

    Parameters
    ----------
    pack : Pack
        A pack with its key.
    phase : str
        One of `PHASES`.
    proofs : collection of str
        ``ma_mui`` of doses, ``dose_id`` of doses never entered, ``ma_ho_so`` of second records, of
        which a paper on the desk tells what is right.

    Returns
    -------
    dict
        ``ma_ho_so`` -> `Duty`, in the order of ``doi_tuong``.
    """
    case = _Case.of(pack, phase, frozenset(proofs))
    return {code: case.duty(code) for code in pack.doi_tuong["ma_ho_so"].to_pylist()}


@dataclass(frozen=True)
class _Case:
    """A pack as the duties are read from it."""

    taxonomy: Taxonomy
    phase: str
    proofs: frozenset[str]
    station: str
    incidents: Mapping[str, list[Row]]
    decoys: Mapping[str, str]
    lines: Mapping[str, Row]
    #: record -> records of the same person, and records that share its number by mistake
    twins: Mapping[str, frozenset[str]]
    sharers: Collection[str]

    @classmethod
    def of(cls, pack: Pack, phase: str, proofs: frozenset[str]) -> _Case:
        ledger, link = pack.ledger.to_pylist(), pack.link.to_pylist()
        incidents = defaultdict(list)
        for row in ledger:
            incidents[row["ma_ho_so"]].append(row)
        [station] = [s["co_so_tiem"] for s in pack.sites.to_pylist() if s["loai"] == STATION]
        shared = {row["observed"] for row in ledger if row["cause"] in ("E07", "E71")} - {"", None}
        subjects = pack.doi_tuong.select(["ma_ho_so", "so_giay_to"]).to_pylist()
        return cls(
            {row["error_id"]: row for row in table("error_taxonomy")},
            phase,
            proofs,
            station,
            incidents,
            {row["ma_ho_so"]: row["decoy"] for row in link if row["decoy"]},
            {row["ma_mui"]: row for row in pack.mui_tiem.to_pylist()},
            _twins(link),
            {row["ma_ho_so"] for row in subjects if row["so_giay_to"] in shared},
        )

    def duty(self, code: str) -> Duty:
        """Return the duty of one record."""
        found = self.incidents.get(code, [])
        if not found:
            return self._of_right_record(code)
        causes = tuple(sorted({row["cause"] for row in found}))
        rows = [self.taxonomy[cause] for cause in causes]
        demands = list(dict.fromkeys(d for row in found for d in self._demands(code, row)))
        return Duty(
            causes=causes,
            title="; ".join(row["name_vi"] for row in rows),
            basis="; ".join(d for row in rows for d in documents(row["document_basis"])),
            demands=tuple(demands),
            may=tuple(self._may(found, rows, bool(demands))),
            kind=min(act.action for act in demands[0]) if demands else "",
        )

    def _of_right_record(self, code: str) -> Duty:
        """Return the duty of a record with no error of its own: keep it."""
        decoy = self.decoys.get(code, "")
        row = self.taxonomy.get(decoy, {})
        extra = _acts(row.get("may", "SIGN"))
        twins = self.twins.get(code, frozenset())
        if twins or code in self.sharers:
            # the trouble is another record's; to hold this one back is careful, not wrong
            careful = _acts("KEEP|HOLD|REFER_POLICE|CONTACT_CITIZEN")
            merge = [Act("MERGE", related=twins)] if twins else []
            return Duty(may=(*careful, *extra, *merge))
        return Duty(
            causes=(decoy,) if decoy else (),
            title=f"{row['name_vi']}, không phải là lỗi" if decoy else "",
            basis="; ".join(documents(row.get("document_basis", ""))),
            demands=((Act("KEEP"),),),
            may=tuple(extra),
            kind="KEEP",
        )

    def _demands(self, code: str, row: Row) -> list[Demand]:
        """Return what one incident demands now; nothing where it cannot be seen."""
        taxonomy = self.taxonomy[row["cause"]]
        if self.phase == AFTER and taxonomy["after_answer"]:
            told = taxonomy["after_answer"]
            if row["cause"] == "E18":
                told = "HOLD+REPORT_UP" if row["truth"] == "đã mất" else "TRANSFER"
        elif row["cause"] in HIDDEN and not self._has_paper(row):
            return []
        else:
            told = self._before(taxonomy, row)
        parts = [part.split("|") for part in told.split("+") if part]
        return [tuple(self._act(code, action, row) for action in part) for part in parts]

    def _before(self, taxonomy: Mapping[str, str], row: Row) -> str:
        """Return the actions demanded before any answer, ``|`` between ways, ``+`` between demands."""
        cause, line = row["cause"], self.lines.get(row["ma_mui"] or "")
        if cause == STALE:
            return f"{taxonomy['must']}|REFER_POLICE|HOLD"
        if cause == "E40" and row["recoverability"] != "from_other_record":
            return "MERGE" if row["ma_ho_so"] in self.proofs else "HOLD|REFER_POLICE"
        if cause == "E31" and row["recoverability"] not in SELF_EVIDENT:
            return "CONTACT_CITIZEN"
        if line and line["don_vi_nhap"] != self.station and taxonomy["must_if_other_unit"]:
            return taxonomy["must_if_other_unit"]
        if cause == "E23" and row["recoverability"] not in SELF_EVIDENT:
            return PAPER if self._has_paper(row) else ASK
        if taxonomy["must"] == PAPER and not self._has_paper(row):
            own = line and line["don_vi_nhap"] == self.station
            return f"{ASK}|HOLD|CONTACT_CITIZEN" if own else ASK
        return taxonomy["must"]

    def _has_paper(self, row: Row) -> bool:
        evidence = row["evidence"] or {}
        return row["ma_mui"] in self.proofs or evidence.get("key") in self.proofs

    def _act(self, code: str, action: str, row: Row) -> Act:
        """Return one way to meet a demand, with what it has to name."""
        dose = frozenset([row["ma_mui"]] if row["ma_mui"] else [])
        if action == "MERGE":
            return Act(action, related=self.twins.get(code, frozenset()))
        if action == "DELETE_DUP_DOSE":
            return self._delete(row)
        if action in CELL_EDITS and row["column"] not in (None, STATUS):
            return Act(action, dose, row["column"], frozenset(row["accepted"]))
        return Act(action, dose)

    def _delete(self, row: Row) -> Act:
        """Return the deletion of a double entry: the fuller of two lines stays."""
        second, first = row["ma_mui"], row["evidence"]["key"]
        lines = [line for line in (second, first) if line in self.lines]
        filled = {line: sum(map(bool, self.lines[line].values())) for line in lines}
        poorest = frozenset(line for line in lines if filled[line] == min(filled.values()))
        return Act("DELETE_DUP_DOSE", poorest, related=frozenset(lines))

    def _may(self, found: Iterable[Row], rows: Iterable[Mapping[str, str]], due: bool) -> list[Act]:
        """Return what may be done beside; what any error forbids is out."""
        never = {action for row in rows for action in row["never"].split("|")}
        told = {action for row in rows for action in row["may"].split("|") if action}
        if not due:
            # nothing can be expected yet: whoever asks, holds or goes on is right
            told |= {action for row in rows for action in row["must"].split("|") if action}
            told |= {"KEEP", "SIGN"}
        edits = [
            Act(action, _dose(row), row["column"], frozenset(row["accepted"]))
            for action in sorted((told & CELL_EDITS) - never)
            for row in found
            if row["column"]
        ]
        moved = [act for row in found if row["cause"] == "E08" for act in _moved(row)]
        return [*edits, *moved, *_acts("|".join(sorted(told - CELL_EDITS - never)))]


def _dose(row: Row) -> frozenset[str]:
    return frozenset([row["ma_mui"]] if row["ma_mui"] else [])


def _moved(row: Row) -> list[Act]:
    """Return the ways to move another kind of number out of the cell of the identity number."""
    blank, moved = frozenset([""]), frozenset([row["observed"]])
    return [
        Act(PAPER, column="so_giay_to", values=blank),
        Act(PAPER, column="so_dien_thoai", values=moved),
    ]


def _acts(told: str) -> list[Act]:
    return [Act(action) for action in told.split("|") if action]


def _twins(link: Iterable[Row]) -> dict[str, frozenset[str]]:
    """Return for every record the other records of the same person."""
    groups: dict[str, set[str]] = defaultdict(set)
    for row in link:
        if row["keep_ma_ho_so"]:
            groups[row["keep_ma_ho_so"]] |= {row["ma_ho_so"], row["keep_ma_ho_so"]}
    return {code: frozenset(group - {code}) for group in groups.values() for code in group}
