"""The desk of a ward station: one call's view of the platform, and the ways to change something.

The functions that staff use (``platform_*.py``) read and change records and doses through a `Desk`
only: it keeps states and shown words together, and remembers before and after for the audit trail.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select

from generator import facts
from generator.problems import nearest
from generator.vietnamese import nfc, strip_diacritics
from sosach.simulation import workdays
from sosach.simulation.people.outside import Outside
from sosach.simulation.platform import states, store
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row, Truth
from sosach.simulation.words import listed, reason_name

__all__ = [
    "ANSWERED",
    "HIGHER",
    "IDENTITY",
    "POLICE",
    "WAITING",
    "Desk",
    "check_reason",
    "closed",
    "consequences",
    "identity_key",
    "open_number",
    "read_feedback",
]

#: compared with the population database (CV 2262); changed by police or approved feedback alone
IDENTITY = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to")
#: state of a request
WAITING, ANSWERED = "cho_tra_loi", "da_tra_loi"
#: kind of a request: a list for the ward police
POLICE = "cong_an"
#: units beside the sites of the ward: health department, centre for disease control (CV 9458)
HIGHER = {"SO_Y_TE": "Sở Y tế", "HCDC": "HCDC"}


@dataclass
class Desk:
    """What one call works with.

    Attributes
    ----------
    con : Connection
        The call's transaction.
    truth : Truth
        For those who answer; the platform itself never looks at it.
    seed : int
    unit : str
        The own unit: code of the ward's station.
    day : date
        Today.
    outside : Outside
        Police, sites, people, ministry.
    changes : list of dict
        What the call has changed so far: rows of the table ``changed``.
    """

    con: Connection
    truth: Truth
    seed: int
    unit: str
    day: date
    outside: Outside
    changes: list[Row] = field(default_factory=list)

    @cached_property
    def sites(self) -> Mapping[str, Row]:
        """The official list of sites, which everybody has: code -> row of ``co_so``."""
        listed = self.truth.sites.items()
        return {code: row for code, row in listed if row["trong_danh_muc"] == "true"}

    @property
    def ward(self) -> str:
        """The own ward's code, which stands in the unit's; a centre's code where it is no station."""
        return self.unit.removeprefix("CS").partition("-")[0]

    def place(self, code: str) -> str:
        """Return what people call a site or unit, with its code; the code where nobody lists it."""
        if code in self.sites:
            return f"{self.sites[code]['ten_co_so']} ({code})"
        return HIGHER.get(code, code)

    def rows(self, statement: Any) -> list[Row]:  # noqa: ANN401 - any select
        """Return what a statement selects, as dicts."""
        return store.rows(self.con, statement)

    def by_keys(
        self, table: Table, column: str, keys: Iterable[str], *where: ColumnElement[bool]
    ) -> list[Row]:
        """Return the rows of a table in which a column has one of many values, by their key."""
        wanted = store.unpacked(self.con.dialect.name, [table.c[column]])
        statement = select(table).where(table.c[column].in_(wanted), *where)
        cells = store.as_json([[key] for key in {*keys}])
        return store.rows(self.con, statement.order_by(*table.primary_key), cells=cells)

    def subject(self, record: str) -> Row:
        """Return a record, merged or of whatever unit; refused where there is none."""
        found = self.rows(select(store.subject).where(store.subject.c.ma_ho_so == record))
        return found[0] if found else refuse("KHONG_CO_HO_SO", ma_ho_so=record)

    def own_subject(self, record: str) -> Row:
        """Return a record that the own unit may work on; else refused."""
        row = self.subject(record)
        if row["gop_vao"]:
            refuse("HO_SO_DA_GOP", ma_ho_so=record, vao=row["gop_vao"])
        if row["don_vi_quan_ly"] != self.unit:
            refuse("HO_SO_DON_VI_KHAC", ma_ho_so=record, don_vi=row["don_vi_quan_ly"])
        return row

    def dose(self, line: str) -> Row:
        """Return a dose's line; refused where there is none."""
        found = self.rows(select(store.dose).where(store.dose.c.ma_mui == line))
        return found[0] if found else refuse("KHONG_CO_MUI", ma_mui=line)

    def doses(self, record: str) -> list[Row]:
        """Return the lines of a record by date of entry of their ids."""
        table = store.dose
        return self.rows(select(table).where(table.c.ma_ho_so == record).order_by(table.c.ma_mui))

    def doses_of(self, records: Iterable[str]) -> dict[str, list[Row]]:
        """Return the lines of many records, by record and by id of the line."""
        found: dict[str, list[Row]] = {record: [] for record in records}
        for row in self.by_keys(store.dose, "ma_ho_so", found):
            found[row["ma_ho_so"]].append(row)
        return found

    def change_subjects(
        self, edits: Sequence[tuple[Row, Mapping[str, str]]], why: str, event: str = ""
    ) -> None:
        """Change cells of records; with an event also their state.

        A signed dose of a record whose identity cells change has to be signed again.

        Parameters
        ----------
        edits : sequence of (row, mapping)
            The record as it is, its new cells.
        why : str
            Reason code for the audit trail.
        event : str
            An event of `sosach.simulation.platform.states`, "" for none.
        """
        ready = [(row, _with_state(row, cells, event)) for row, cells in edits]
        self._update(store.subject, "ma_ho_so", ready)
        self.changes += [
            _change(row["ma_ho_so"], "", {n: row[n] for n in cells}, cells, why)
            for row, cells in ready
        ]
        touched = [row["ma_ho_so"] for row, cells in edits if set(cells) & set(IDENTITY)]
        signed = [d for d in self.by_keys(store.dose, "ma_ho_so", touched) if _was_signed(d)]
        self.change_doses([(d, {}) for d in signed], why, "sua")

    def change_doses(
        self, edits: Sequence[tuple[Row, Mapping[str, str]]], why: str, event: str
    ) -> None:
        """Change cells of doses by an event of `sosach.simulation.platform.states`, as `change_subjects`."""
        ready = [(row, {**cells, **_dose_state(row, event)}) for row, cells in edits]
        self._update(store.dose, "ma_mui", ready)
        self.changes += [
            _change(row["ma_ho_so"], row["ma_mui"], {n: row[n] for n in new}, new, why)
            for row, new in ready
        ]

    def add_subject(self, row: Row, why: str) -> None:
        """Enter a record."""
        full = {**row, "khoa": identity_key(row), **states.SUBJECT_STATES[row["trang_thai"]].shown}
        store.fill(self.con, store.subject, [full])
        self.changes.append(_change(row["ma_ho_so"], "", {}, full, why))

    def add_dose(self, row: Row, why: str) -> None:
        """Enter a dose, not signed."""
        state = states.after("CHUA_NHAP", "nhap")
        full = {**row, "trang_thai": state, **states.DOSE_STATES[state].shown}
        store.fill(self.con, store.dose, [full])
        self.changes.append(_change(row["ma_ho_so"], row["ma_mui"], {}, full, why))

    def remove_dose(self, row: Row, why: str) -> None:
        """Take a dose away: as if it had never been entered, but for the audit trail."""
        states.after(row["trang_thai"], "go")
        self.con.execute(delete(store.dose).where(store.dose.c.ma_mui == row["ma_mui"]))
        self.changes.append(_change(row["ma_ho_so"], row["ma_mui"], row, {}, why))

    def note(self, record: str, line: str, what: Mapping[str, str], why: str = "") -> None:
        """Write something into the audit trail that changes no cell."""
        self.changes.append(_change(record, line, {}, what, why))

    def ask(self, request_id: str, kind: str, content: Row, **cells: str) -> None:
        """Send a request; `cells` are further columns of the table ``request``."""
        today = self.day.isoformat()
        row = {"ma_yeu_cau": request_id, "loai": kind, "gui_ngay": today, "tinh_trang": WAITING}
        store.fill(self.con, store.request, [{**row, **cells, "noi_dung": content}])

    def due(self, days: int) -> str:
        """Return the day so many working days from today, as the store writes days."""
        try:
            return workdays.add_working_days(self.day, days).isoformat()
        except ValueError:
            refuse("HET_LICH")

    def request(self, request_id: str) -> Row | None:
        """Return a request, its ``noi_dung`` and ``tra_loi`` read; None where there is none."""
        table = store.request
        found = self.rows(select(table).where(table.c.ma_yeu_cau == request_id))
        return _read(found[0]) if found else None

    def requests(self, *conditions: Any) -> list[Row]:  # noqa: ANN401 - SQL conditions
        """Return requests by id, read as `request` does."""
        table = store.request
        found = self.rows(select(table).where(*conditions).order_by(table.c.ma_yeu_cau))
        return [_read(row) for row in found]

    def feedback(self, feedback_id: str) -> Row | None:
        """Return a citizen's feedback, its content and result read; None where there is none."""
        table = store.feedback
        found = self.rows(select(table).where(table.c.ma_phan_anh == feedback_id))
        return read_feedback(found[0]) if found else None

    def settle(self, request_id: str, answer: object) -> None:
        """Write the answer to a request."""
        told = {"tra_loi": answer, "tra_ngay": self.day.isoformat(), "tinh_trang": ANSWERED}
        store.change(self.con, store.request, [{"ma_yeu_cau": request_id, **told}])

    def _update(
        self, table: Table, key: str, edits: Sequence[tuple[Row, Mapping[str, str]]]
    ) -> None:
        alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row, cells in edits:
            if cells:
                alike[tuple(cells)].append({key: row[key], **cells})
        for some in alike.values():
            store.change(self.con, table, some)


def _change(
    record: str, line: str, before: Mapping[str, str], after: Mapping[str, str], why: str
) -> Row:
    return {"ma_ho_so": record, "ma_mui": line, "truoc": before, "sau": after, "ly_do": why}


def consequences(changes: Iterable[Row]) -> str:
    """Tell what follows from the changes of a call; nothing where nothing does."""
    compared, again = set(), set()
    for row in changes:
        old, new = row["truoc"], row["sau"]
        if not row["ma_mui"] and new.get("trang_thai") == "CHUA_GUI":
            compared.add(row["ma_ho_so"])
        if {new.get("trang_thai"), new.get("truoc_treo")} & {"PHAI_KY_LAI"} and _was_signed(old):
            again.add(row["ma_mui"])
    told = [f" Đêm nay nền tảng đối chiếu lại {len(compared)} hồ sơ."] if compared else []
    if again:
        told.append(f" {len(again)} mũi đã ký nay phải ký lại, sau khi báo cáo tuyến trên.")
    return "".join(told)


def _with_state(row: Row, cells: Mapping[str, str], event: str) -> Row:
    """Return new cells of a record together with what follows from them."""
    new = dict(cells)
    if set(cells) & {"ho_ten", "ngay_sinh"}:
        new["khoa"] = identity_key({**row, **cells})
    if event:
        state = states.after(row["trang_thai"], event)
        new |= {"trang_thai": state, **states.SUBJECT_STATES[state].shown}
    return new


def _was_signed(dose: Row) -> bool:
    signed = ("DA_KY_CO_SO", "DA_CAP_HO_CHIEU")
    return dose["trang_thai"] in signed or dose.get("truoc_treo") in signed


def _dose_state(row: Row, event: str) -> Row:
    """Return the cells of a dose that say its state after an event; a held one stays held."""
    state = states.after(row["trang_thai"], event)
    cells = {"trang_thai": state, **states.DOSE_STATES[state].shown}
    if event in ("sua", "chu_ky_hong"):
        cells["giai_trinh"] = ""
    if event == "tam_giu":
        return {**cells, "truoc_treo": row["trang_thai"]}
    if row["trang_thai"] != "TREO":
        return cells
    held = state == "TREO"
    before = states.after(row["truoc_treo"], event) if held else ""
    return {**cells, "truoc_treo": before}


def _read(row: Row, *names: str) -> Row:
    for name in names or ("noi_dung", "tra_loi"):
        row[name] = json.loads(row[name]) if row[name] else {}
    return row


def read_feedback(row: Row) -> Row:
    """Return a row of the table ``feedback`` with its content and result read."""
    return _read(row, "noi_dung", "ket_qua")


def identity_key(row: Mapping[str, str]) -> str:
    """Return name and birth date so that spellings of one name agree, "" where one is missing.

    Examples
    --------
    >>> identity_key({"ho_ten": " nguyễn  thị Lan", "ngay_sinh": "12/03/1985"})
    'NGUYEN THI LAN|12/03/1985'
    """
    name = " ".join(strip_diacritics(nfc(row["ho_ten"])).upper().split())
    return f"{name}|{row['ngay_sinh']}" if name and row["ngay_sinh"] else ""


def open_number(number: str) -> str:
    """Return a number that two records may share only by mistake; "" where it is none."""
    text = number.strip()
    return text if text.isascii() and text.isdigit() and len(text) in (9, 12) else ""


def check_reason(code: str) -> str:
    """Return a reason code of ``reason_codes.csv``; refused where it is none."""
    known = facts.column("reason_codes", "code")
    if code not in known:
        codes = listed(known, reason_name)
        refuse("LY_DO_LA", ly_do=code, gan_giong=nearest(code, known), cac_ma=codes)
    return code


def closed(answer: Row | None, *kinds: str) -> bool:
    """Tell whether a request of one of these kinds has been answered."""
    return answer is not None and answer["loai"] in kinds and answer["tinh_trang"] == ANSWERED
