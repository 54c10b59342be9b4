"""What is to be done about every record on a desk: the taxonomy applied to the answer key.

Nothing is demanded that cannot be seen or asked: an error of a dose counts where a slip shows it or
the doses contradict each other; an answer that lies on the desk goes before the taxonomy.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.facts import table
from generator.places import wards
from sosach.cases.today import TODAY
from sosach.grading.rubrics.key import Act, Demand, Duty
from sosach.simulation.platform.gate_doses import wrong_doses

if TYPE_CHECKING:
    from sosach.cases.desk import Desk

__all__ = ["documents", "duties"]

#: nothing to be seen of these without an answer or a paper [ours, from the taxonomy's notes]
HIDDEN = frozenset(("E18", "E43", "E50"))
#: these are seen where the doses of a record contradict each other
OF_DOSES = frozenset(("E51", "E52", "E53", "E54", "E55", "E57", "E58"))
#: so many slots twice in one record show that it holds two people, not one dose entered twice [ours]
TWO_PEOPLE = 2
#: the taxonomy says that a list without an answer cannot tell it from a wrong identity cell
STALE = "E90"
#: edits that name the cell and its new value
CELL_EDITS = frozenset(("NORMALIZE", "FIX_FROM_SOURCE", "IMPORT_ID", "UPDATE_FROM_POLICE"))
#: is the platform's own and follows from the others: nobody edits it
STATUS = "tt_xac_minh"
#: from the sheet itself or a list that everybody has
SELF_EVIDENT = frozenset(("from_cell", "from_other_column", "from_reference_list"))
#: of a record that another one resembles
OTHERS_TROUBLE = "Chỗ phải xử lý nằm ở hồ sơ giống hồ sơ này, làm ở một hồ sơ là đủ"
PAPER, ASK = "FIX_FROM_SOURCE", "ASK_FACILITY"

#: 05.01.22 and 05-01-22 put the day first, but day and month may be taken for each other
_DAY_FIRST = re.compile(r"(0?[1-9]|1[0-2])[.-](0?[1-9]|1[0-2])[.-]\d+")
_DOCUMENT = re.compile(r"(CV|QĐ|Thông tư) [\w/-]+( bước [\d.-]+)?( \(loại \d\))?")

Row = Mapping[str, Any]


def documents(basis: str) -> list[str]:
    """Return the documents named in a taxonomy cell, with step and kind, without remarks.

    Examples
    --------
    >>> documents("CV 2262 bước 1-4 (loại 1); project rule")
    ['CV 2262 bước 1-4 (loại 1)']
    """
    found = (_DOCUMENT.match(part.strip()) for part in basis.split(";"))
    return [match[0] for match in found if match]


def duties(desk: Desk) -> dict[str, Duty]:
    """Return what is to be done about every record.

    Parameters
    ----------
    desk : Desk
        A pack with its key, and what lies beside it.

    Returns
    -------
    dict
        ``ma_ho_so`` -> `Duty`, in the order of ``doi_tuong``.
    """
    rules = _Rules.of(desk)
    return {code: desk.duties.get(code) or rules.duty(code) for code in desk.subjects}


@dataclass(frozen=True)
class _Rules:
    """A desk as the duties are read from it."""

    desk: Desk
    taxonomy: Mapping[str, Mapping[str, str]]
    incidents: Mapping[str, list[Row]]
    decoys: Mapping[str, str]
    #: record -> records of the same person
    twins: Mapping[str, frozenset[str]]
    #: records that another one resembles or shares a number with, by no fault of their own
    drawn_in: Collection[str]

    @classmethod
    def of(cls, desk: Desk) -> _Rules:
        incidents = defaultdict(list)
        for row in desk.pack.ledger.to_pylist():
            incidents[row["ma_ho_so"]].append(row)
        link = desk.pack.link.to_pylist()
        return cls(
            desk,
            {row["error_id"]: row for row in table("error_taxonomy")},
            incidents,
            desk.decoys,
            _twins(link),
            {record for record, others in desk.alike.items() if desk.is_open(record, others)},
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
            may=tuple(_may(found, rows, bool(demands))),
            kind=min(act.action for act in demands[0]) if demands else "",
        )

    def _of_right_record(self, code: str) -> Duty:
        """Return the duty of a record with no error of its own: keep it."""
        decoy = self.decoys.get(code, "")
        row = self.taxonomy.get(decoy, {})
        extra = _acts(row.get("may", "SIGN"))
        twins = self.twins.get(code, frozenset())
        if twins or code in self.drawn_in:
            # the trouble is another record's; to hold this one back is careful, not wrong
            careful = _acts("KEEP|HOLD|REFER_POLICE|CONTACT_CITIZEN")
            merge = [Act("MERGE", related=twins)] if twins else []
            return Duty(title=OTHERS_TROUBLE, may=(*careful, *extra, *merge))
        return Duty(
            causes=(decoy,) if decoy else (),
            title=f"{row['name_vi']}, không phải là lỗi" if decoy else "",
            basis="; ".join(documents(row.get("document_basis", ""))),
            demands=((Act("KEEP"),),),
            may=tuple(extra),
            kind="KEEP",
        )

    def _demands(self, code: str, row: Row) -> list[Demand]:
        """Return what one incident demands; nothing where it cannot be seen."""
        taxonomy = self.taxonomy[row["cause"]]
        if self._has_paper(row) and taxonomy["after_answer"]:
            told = taxonomy["after_answer"]
        elif self._is_seen(code, row):
            told = self._unanswered(taxonomy, row)
        else:
            return []
        parts = [part.split("|") for part in told.split("+") if part]
        return [tuple(self._act(code, action, row) for action in part) for part in parts]

    def _is_seen(self, code: str, row: Row) -> bool:
        """Tell whether anything of an incident can be seen on the desk."""
        if self._has_paper(row):
            return True
        if row["cause"] in OF_DOSES:
            return row["ma_mui"] in self._contradictions(code)
        if row["cause"] == "E56":
            return not row["observed"]
        return row["cause"] not in HIDDEN

    def _contradictions(self, code: str) -> Collection[str]:
        return wrong_doses(self.desk.doses_of[code], self.desk.subjects[code]["ngay_sinh"], TODAY)

    def _doubled_slots(self, code: str) -> int:
        slots = Counter(dose["mui"] for dose in self.desk.doses_of[code])
        return sum(count > 1 for count in slots.values())

    def _unanswered(self, taxonomy: Mapping[str, str], row: Row) -> str:
        """Return the actions demanded before any answer, ``|`` between ways, ``+`` between demands."""
        cause, line = row["cause"], self.desk.doses.get(row["ma_mui"] or "")
        own = line is None or line["don_vi_nhap"] == self.desk.station
        evident = row["recoverability"] in SELF_EVIDENT
        if cause == STALE:
            return f"{taxonomy['must']}|REFER_POLICE|HOLD"
        if cause == "E40" and row["recoverability"] != "from_other_record":
            return "HOLD|REFER_POLICE"
        if cause == "E44" and self._doubled_slots(row["ma_ho_so"]) < TWO_PEOPLE:
            return "REFER_POLICE|ASK_FACILITY|HOLD"  # looks like one dose entered twice
        if cause == "E23" and own and evident and _DAY_FIRST.fullmatch(row["observed"]):
            return f"{taxonomy['must']}|{ASK}|HOLD"  # who doubts which is the day may ask
        if cause == "E31" and not evident:
            return "CONTACT_CITIZEN"
        if not own and taxonomy["must_if_other_unit"]:
            return taxonomy["must_if_other_unit"]
        if (cause == "E23" and not evident) or taxonomy["must"] == PAPER:
            return PAPER if self._has_paper(row) else f"{ASK}|HOLD|CONTACT_CITIZEN"
        return taxonomy["must"]

    def _has_paper(self, row: Row) -> bool:
        """Tell whether a paper on the desk tells what is right about an incident."""
        evidence = row["evidence"] or {}
        names = {row["ma_mui"], evidence.get("key")}
        if row["cause"] == "E40":
            names.add(row["ma_ho_so"])
        return bool(names & self.desk.proofs)

    def _act(self, code: str, action: str, row: Row) -> Act:
        """Return one way to meet a demand, with what it has to name."""
        dose = _dose(row)
        if action == "MERGE":
            return Act(action, related=self.twins.get(code, frozenset()))
        if action == "DELETE_DUP_DOSE":
            return self._delete(row)
        if action in CELL_EDITS and row["column"] not in (None, STATUS):
            return Act(action, dose, row["column"], _accepted(row))
        return Act(action, dose if action in ("REMOVE_DOSE", *CELL_EDITS) else frozenset())

    def _delete(self, row: Row) -> Act:
        """Return the deletion of a double entry: the fuller of two lines stays."""
        known = self.desk.doses
        lines = [line for line in (row["ma_mui"], row["evidence"]["key"]) if line in known]
        filled = {line: sum(map(bool, known[line].values())) for line in lines}
        poorest = frozenset(line for line in lines if filled[line] == min(filled.values()))
        return Act("DELETE_DUP_DOSE", poorest, related=frozenset(lines))


def _may(found: Iterable[Row], rows: Iterable[Mapping[str, str]], due: bool) -> list[Act]:
    """Return what may be done beside; what any error forbids is out."""
    never = {action for row in rows for action in row["never"].split("|")}
    told = {action for row in rows for action in row["may"].split("|") if action}
    if not due:
        # nothing can be expected yet: whoever asks, holds or goes on is right
        told |= {action for row in rows for action in row["must"].split("|") if action}
        told |= {"KEEP", "SIGN", ASK, "HOLD"}
    edits = [
        Act(action, _dose(row), row["column"], _accepted(row))
        for action in sorted((told & CELL_EDITS) - never)
        for row in found
        if row["column"]
    ]
    moved = [act for row in found if row["cause"] == "E08" for act in _moved(row)]
    return [*edits, *moved, *_acts("|".join(sorted(told - CELL_EDITS - never)))]


def _dose(row: Row) -> frozenset[str]:
    return frozenset([row["ma_mui"]] if row["ma_mui"] else [])


def _accepted(row: Row) -> frozenset[str]:
    """Return the values that put a cell right; of a district its name beside its code."""
    codes = frozenset(row["accepted"])
    if row["column"] != "huyen":
        return codes
    return codes | {ward.district for ward in wards().values() if ward.district_code in codes}


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
