"""People who come to the station and ask why there is no passport yet, with all doses had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sosach.cases.desk import Desk, Paper, Row
from sosach.cases.signing.dealing import Kind, choice, drawn
from sosach.cases.signing.invented import DAY, day_by_lot, lot_of, person
from sosach.cases.signing.passport_kinds import OPEN, SIGNED
from sosach.cases.today import TODAY
from sosach.simulation.lots import lot, numeral

__all__ = ["ask"]

#: vaccines of which the primary course has two doses, with the days between
TWO_DOSES = {"AstraZeneca": 70, "Pfizer": 28, "Moderna": 30, "Vero Cell": 25}
#: slots of the confirmation slip -> days after the first dose of the primary course
BOOSTER = 190
GRANT = "CAP_DUOC"
RECORD = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "quoc_tich", "tt_xac_minh")
DOSE = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "don_vi_nhap", "tt_ky")
SAID = (
    "{ten} hỏi: tôi tiêm rồi, sao trong ứng dụng chưa thấy hộ chiếu vắc xin?",
    "{ten} sắp đi nước ngoài, hỏi vì sao chưa có hộ chiếu vắc xin.",
    "Người nhà của {ten} gọi điện hỏi bao giờ thì có hộ chiếu vắc xin.",
)


def ask(desk: Desk, kinds: Sequence[Kind]) -> tuple[list[Row], list[Row]]:
    """Lay those who ask on the desk.

    Parameters
    ----------
    desk : Desk
    kinds : sequence of Kind
        Of `sosach.cases.signing.passport_kinds.ASKING`.

    Returns
    -------
    tuple of list of dict
        Rows of the people, and rows of their doses.
    """
    people, doses = [], []
    for number, kind in enumerate(kinds, start=1):
        item = f"HC{number:04}"
        who = person(desk, item, foreign="nuoc_ngoai" in kind.facts)
        row = {**who, "tt_xac_minh": kind.facts.get("tt_xac_minh", "Đúng")}
        said = drawn(SAID, desk.seed, "hoi", item).format(ten=who["ho_ten"])
        told = {"doi_tuong_kiem_tra": item, "loai": "Người dân hỏi", "noi_dung": said}
        people.append({**told, "ngay_kiem_tra": f"{TODAY:{DAY}}", **row})
        own = _doses(desk, item, who["ma_ho_so"], kind)
        doses += own
        desk.choices[item] = choice(kind, (GRANT,))
        _lay(desk, item, row, own)
    return people, doses


def _doses(desk: Desk, item: str, record: str, kind: Kind) -> list[Row]:
    """Return the doses of one person, as the platform has them."""
    seed = desk.seed
    named = kind.facts.get("vac_xin") or drawn(list(TWO_DOSES), seed, "vac_xin", item)
    first = day_by_lot(seed, f"{item} ngay_tiem", date(2021, 6, 20), date(2021, 9, 10))
    rows = []
    for i, told in enumerate(kind.facts["mui"].split()):
        slot, signed = told[:-1], told[-1] == "+"
        vaccine = named.split("|")[min(i, named.count("|"))]
        unit = desk.centre if kind.facts.get("noi_khac") == slot else desk.station
        after = BOOSTER if slot.startswith("NL") else i * TWO_DOSES.get(vaccine, 30)
        rows.append(
            {
                "doi_tuong_kiem_tra": item,
                "ma_mui": f"MU{numeral(seed, 'mui', item, slot, digits=10)}",
                "ma_ho_so": record,
                "mui": slot,
                "ten_vac_xin": vaccine,
                "so_lo": lot_of(vaccine, seed, item, slot),
                "ngay_tiem": f"{first + timedelta(days=after + int(lot(seed, item, slot) * 9)):{DAY}}",
                "co_so_tiem": unit,
                "don_vi_nhap": unit,
                "tt_ky": SIGNED if signed else OPEN,
            }
        )
    return rows


def _lay(desk: Desk, item: str, row: Row, doses: Sequence[Row]) -> None:
    """Lay the record and its doses beside a question."""
    about = f"Hồ sơ {row['ma_ho_so']}"
    desk.lay(item, Paper("ho_so", "Hồ sơ trên nền tảng", about, {n: row[n] for n in RECORD}))
    for dose in doses:
        cells = {name: dose[name] for name in DOSE}
        desk.lay(item, Paper("mui_tiem", f"Mũi {dose['mui']}", about, cells, dose["ma_mui"]))
