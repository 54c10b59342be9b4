"""Which doses on a desk may be signed today: the platform's gate, asked about every record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sosach.cases.desk import Desk, Paper, Row
from sosach.cases.today import TODAY
from sosach.simulation.platform.gate import Gate
from sosach.simulation.platform.rules import Reason
from sosach.simulation.platform.states import dose_state, subject_state

__all__ = ["doubles", "lay_lookalikes", "reasons_of"]

VERIFIED = "Đúng"
#: what a search by name and number shows of another record
SHOWN = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "tt_xac_minh")


def reasons_of(desk: Desk) -> dict[str, list[Reason]]:
    """Return every reason why each dose may not be signed today, an empty list where it may."""
    told = partial(_of_record, desk, _gate(desk))
    return {line: why for record in desk.subjects for line, why in told(record).items()}


def _gate(desk: Desk) -> Gate:
    sites = {c: s for c, s in desk.truth.sites.items() if s["trong_danh_muc"] == "true"}
    return Gate(desk.station, TODAY, sites)


def _of_record(desk: Desk, gate: Gate, record: str) -> Mapping[str, list[Reason]]:
    row = desk.subjects[record]
    subject = {**row, "trang_thai": subject_state(row["tt_xac_minh"], row["quoc_tich"]), "treo": ""}
    state = {"treo": "", "truoc_treo": "", "giai_trinh": ""}
    doses = [
        {**dose, **state, "trang_thai": dose_state(dose["tt_ky"], dose["tt_hcvx"])}
        for dose in desk.doses_of[record]
    ]
    return gate.record(subject, doses, doubles(desk, record))


def doubles(desk: Desk, record: str) -> list[str]:
    """Return the records that may be of the same person, as the platform asks it.

    Two verified records with numbers of their own are two people of one name.
    """
    own = desk.subjects[record]
    return sorted(o for o in desk.alike.get(record, ()) if _is_double(own, desk.subjects[o]))


def _is_double(one: Row, two: Row) -> bool:
    same_number = one["so_giay_to"] == two["so_giay_to"] != ""
    return same_number or not one["tt_xac_minh"] == VERIFIED == two["tt_xac_minh"]


def lay_lookalikes(desk: Desk) -> None:
    """Lay beside every record what a search for its name, birth date and number finds."""
    rows = []
    for record in desk.subjects:
        for other in sorted(desk.alike.get(record, ())):
            cells = {name: desk.subjects[other][name] for name in SHOWN}
            about = f"Hồ sơ {other} giống họ tên và ngày sinh, hoặc giống số giấy tờ"
            desk.lay(record, Paper("tim_thay", "Tìm thấy hồ sơ giống", about, cells))
            rows.append({"ma_ho_so": record, "ma_ho_so_khac": other, **cells})
    desk.files["ho_so_giong"] = rows
