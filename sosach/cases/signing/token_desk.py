"""Situations with tokens and certificates at a station's desk, and the next step that is right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from sosach.cases.class_pki import TRUST, ClassPki
from sosach.cases.desk import Desk, Paper, Row
from sosach.cases.signing.authorities import (
    AUTHORITIES,
    NEIGHBOUR,
    NEIGHBOUR_NAME,
    STRANGE_AUTHORITIES,
    listed,
)
from sosach.cases.signing.dealing import MOMENT, Kind, choice, days, deal, drawn
from sosach.cases.signing.token_kinds import KINDS
from sosach.cases.today import TODAY
from sosach.simulation.lots import lot, numeral

__all__ = ["situations"]

#: folder of the certificates in ``du_lieu/``
CERTIFICATES = "chung_thu"
COLLEAGUES = ("Chị Lan", "Chị Hạnh", "Anh Tuấn", "Chị Thu", "Anh Phúc", "Cô Sáu")
PERSONS = ("Nguyễn Thị Thu Hà", "Trần Văn Phúc", "Lê Thị Mỹ Hạnh", "Phạm Anh Tuấn")
CERTIFICATE = (
    *("chu_the", "loai_chung_thu", "don_vi", "noi_cap", "hieu_luc_tu", "hieu_luc_den", "so_seri"),
)
TOKEN = ("vi_tri", "may_nhan", "pin", "so_lan_sai", "so_lan_cho_phep", "con_lai", "ban_phim")
#: answers that let somebody sign or try where it does harm
SIGN, TRY, UNLOCK = "KY_DUOC", "THU_LAI", "MO_KHOA"


def situations(desk: Desk) -> None:
    """Put situations on the desk: a token, its certificate, a computer, and what happened."""
    rows = []
    for number, kind in enumerate(deal(KINDS, len(desk.subjects), desk.seed), start=1):
        name = f"TH{number:04}"
        row = _row(desk, name, kind)
        rows.append(row)
        desk.choices[name] = choice(kind, (SIGN, TRY) if kind.code == UNLOCK else (SIGN,))
        for paper in _papers(row):
            desk.lay(name, paper)
    desk.files["can_kiem_tra"] = rows
    desk.files["noi_cap"] = listed()
    desk.signed[CERTIFICATES] = lambda path, pki: _print(rows, path, pki)
    desk.signed[TRUST] = lambda path, pki: _print_trust(rows, path, pki)


def _row(desk: Desk, name: str, kind: Kind) -> Row:
    """Return all that can be seen of one situation."""
    facts, seed = kind.facts, desk.seed
    now = _time_of_day(seed, name)
    colleague = drawn(COLLEAGUES, seed, "nguoi", name)
    begins, ends = _validity(seed, name, kind)
    issuer = facts.get("nha_cap", "cong_vu")
    known = AUTHORITIES.get(issuer, AUTHORITIES["cong_vu"])
    strange = drawn(STRANGE_AUTHORITIES, seed, "noi_cap", name)
    wrong = int(facts.get("so_lan_sai", "0"))
    serial = numeral(seed, "so_seri", name, digits=16)
    return {
        "doi_tuong_kiem_tra": name,
        "loai": "Tình huống",
        "noi_dung": drawn(kind.said, seed, "chuyen", name).format(ten=colleague),
        "luc": f"{now:{MOMENT}}",
        "dong_ho_may": f"{_clock(seed, name, now, begins, ends, kind):{MOMENT}}",
        "don_vi_ky": desk.station,
        **_holder(desk, name, kind),
        "noi_cap": known.name if issuer in AUTHORITIES else strange,
        "hieu_luc_tu": f"{begins:{MOMENT}}",
        "hieu_luc_den": f"{ends:{MOMENT}}",
        "so_seri": serial,
        **_revocation(seed, name, now, serial, kind),
        "vi_tri": facts.get("vi_tri", "cắm ở máy trạm"),
        "may_nhan": facts.get("may_nhan", "" if "vi_tri" in facts else "có"),
        "pin": facts.get("pin", "trạm đã đổi"),
        "so_lan_sai": str(wrong),
        "so_lan_cho_phep": str(known.tries),
        "con_lai": str(known.tries - wrong),
        "ban_phim": facts.get("ban_phim", "tiếng Anh"),
    }


def _time_of_day(seed: int, name: str) -> datetime:
    """Return a minute of the working day."""
    return datetime.combine(TODAY, time(7, 30)) + timedelta(minutes=int(lot(seed, name) * 540))


def _validity(seed: int, name: str, kind: Kind) -> tuple[datetime, datetime]:
    """Return from when to when a certificate is valid; from midnight to midnight."""
    midnight = datetime.combine(TODAY, time())
    life = timedelta(days=3 * 365 if kind.facts.get("nha_cap") == "cong_cong" else 5 * 365)
    begins = midnight - days(seed, name, 60, 700)
    if kind.facts.get("bat_dau"):
        begins = midnight + days(seed, name, 3, 8)
    if kind.facts.get("het_han"):
        near = days(seed, name, 3, 8)
        ends = midnight + near if kind.facts["het_han"] == "tuần sau" else midnight - near
        return ends - life, ends
    return begins, begins + life


def _clock(
    seed: int, name: str, now: datetime, begins: datetime, ends: datetime, kind: Kind
) -> datetime:
    """Return what the clock of the computer shows."""
    far = days(seed, f"{name} dong_ho", 200, 900)
    shown = {
        "chậm vài phút": now - timedelta(minutes=3),
        "lùi nhiều năm": datetime.combine(begins - far, now.time()),
        "nhanh nhiều năm": datetime.combine(ends + far, now.time()),
    }
    return shown.get(kind.facts.get("dong_ho", ""), now)


def _holder(desk: Desk, name: str, kind: Kind) -> Row:
    """Return whose certificate it is."""
    whose = kind.facts.get("chu_the", "")
    station = desk.truth.sites[desk.station]["ten_co_so"]
    holder, unit = {
        "cá nhân": (drawn(PERSONS, desk.seed, "ca_nhan", name), desk.station),
        "đơn vị khác": (NEIGHBOUR_NAME, NEIGHBOUR),
    }.get(whose, (station, desk.station))
    sort = "cá nhân" if whose == "cá nhân" else "đơn vị"
    return {"chu_the": holder, "loai_chung_thu": sort, "don_vi": unit}


def _revocation(seed: int, name: str, now: datetime, serial: str, kind: Kind) -> Row:
    """Return the entry of the revocation list that comes nearest, none in most cases."""
    told = kind.facts.get("thu_hoi", "")
    since = now - days(seed, f"{name} thu_hoi", 2, 25)
    listed = {"số này": serial, "số khác": serial[:-2] + f"{(int(serial[-2:]) + 37) % 100:02}"}
    return {
        "seri_thu_hoi": listed.get(told, ""),
        "thu_hoi_tu": f"{since:{MOMENT}}" if told else "",
    }


def _papers(row: Row) -> list[Paper]:
    """Return the certificate, the revocation list and the token of a situation."""
    listed = {name: row[name] for name in ("seri_thu_hoi", "thu_hoi_tu")}
    near = row["seri_thu_hoi"]
    text = "" if near else "Không có số seri nào gần giống số của chứng thư này."
    source = f"Nơi cấp công bố ngày {TODAY:%d/%m/%Y}"
    clock = {"luc": row["luc"], "dong_ho_may": row["dong_ho_may"]}
    return [
        Paper("token", "Token và máy tính", row["luc"], {n: row[n] for n in TOKEN} | clock),
        Paper("chung_thu", "Chứng thư", "Trong token", {name: row[name] for name in CERTIFICATE}),
        Paper("thu_hoi", "Danh sách thu hồi", source, listed if near else {}, text=text),
    ]


def _print(rows: Sequence[Row], folder: Path, pki: ClassPki) -> None:
    from sosach.cases.signing.prints_certificates import write_certificates

    write_certificates(rows, folder, pki)


def _print_trust(rows: Sequence[Row], folder: Path, pki: ClassPki) -> None:
    from sosach.cases.signing.prints_certificates import write_trust

    write_trust(rows, folder, pki)
