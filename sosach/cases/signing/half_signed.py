"""A signing session that went wrong: what became of every dose, and what is to be done now.

One batch holds, one was signed with a wrong clock, one was cut off when the token was pulled out,
one went on with a part of it. Since then doses were edited and records found to be double.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sosach.cases.class_pki import TRUST, ClassPki, Holder, at
from sosach.cases.desk import Desk, Paper, Row
from sosach.cases.signing.signable import lay_lookalikes, reasons_of
from sosach.cases.today import written
from sosach.grading.rubrics.key import Choice
from sosach.signing.doses import SIGNED
from sosach.simulation.lots import lot

__all__ = ["FOLDER", "batches"]

#: folder of the batches in ``du_lieu/``
FOLDER = "chu_ky"
GOOD, CLOCK, CUT, RESUMED = "lo_000001", "lo_000002", "lo_000003", "lo_000004"
#: when each batch was sent, as the platform's log has it
SENT = {GOOD: "14:05:00", CLOCK: "14:20:00", CUT: "15:10:00", RESUMED: "15:40:00"}
DAY, WRONG_DAY = "2022-05-06", "2021-05-06"
BEGINS, ENDS = "2022-04-11", "2027-04-10"
OTHER_UNIT, DOUBLE = "MUI_DON_VI_KHAC_KY", "HO_SO_NGHI_TRUNG"
OURS = "Quy ước của khóa học"
INTEGRITY = "NĐ 130/2018/NĐ-CP"
OWNER = "Bộ Y tế ngày 8/4/2022: cơ sở nào nhập mũi tiêm thì chịu trách nhiệm ký duyệt"
EXPLAINED = "Sửa theo phiếu lưu, đã báo cáo Trung tâm Y tế sáng 9/5/2022"


@dataclass(frozen=True)
class Fate:
    """What became of some doses.

    Attributes
    ----------
    share : float
        Of all items [ours]; there are two at least.
    answer : str
        Code of ``verdict_codes.csv``.
    why, basis : str
    sent : tuple of str
        The batches to which it was sent, the last one counts; none: it was not its turn.
    causes : tuple of str
    """

    share: float
    answer: str
    why: str
    basis: str
    sent: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


FATES = {
    "signed": Fate(0.14, "KHONG_KY_NUA", "Đã ký đúng, nội dung không đổi", OURS, (GOOD,)),
    "phone": Fate(
        *(0.08, "KHONG_KY_NUA", "Chỉ sửa số điện thoại, ô này không được ký cùng", OURS, (GOOD,))
    ),
    "resumed": Fate(
        *(0.10, "KHONG_KY_NUA", "Lô đầu bị ngắt nhưng mũi đã được ký trong lô sau", OURS),
        (CUT, RESUMED),
    ),
    "cut": Fate(*(0.12, "KY_TIEP", "Token bị rút, lô này không có chữ ký", OURS, (CUT,), ("E91",))),
    "waiting": Fate(0.08, "KY_TIEP", "Chưa đến lượt thì phiên ký dừng", OURS, (), ("E91",)),
    "explained": Fate(
        *(0.10, "KY_LAI", "Sửa sau khi ký và đã giải trình", INTEGRITY, (GOOD,), ("E92",))
    ),
    "unexplained": Fate(
        *(0.07, "TAM_GIU", "Sửa sau khi ký mà chưa giải trình", INTEGRITY, (GOOD,), ("E92",))
    ),
    "double": Fate(
        *(0.07, "TAM_GIU", "Người này nay có thể còn hồ sơ khác", OURS, (GOOD,), ("E40",))
    ),
    "clock": Fate(
        *(0.12, "CHINH_DONG_HO", "Giờ ký trước ngày chứng thư có hiệu lực", INTEGRITY),
        *((CLOCK,), ("E93",)),
    ),
    "foreign": Fate(0.06, "TRA_DON_VI", "Mũi do đơn vị khác nhập", OWNER, (GOOD,), ("E93",)),
    "twice": Fate(0.06, "BAO_CAO", "Hai mũi của hai người mang cùng một mã", OURS),
}
#: to sign what must not be signed now, or again what holds
SIGNS = frozenset(("KY_TIEP", "KY_LAI"))


@dataclass
class Session:
    """The session as it is laid out.

    Attributes
    ----------
    fates : dict
        ``ma_mui`` -> key of `FATES`, in the order of the list that was to be signed.
    now, signed : dict
        ``ma_mui`` -> the row as it stands in the register, and as it was signed.
    edits : list of dict
        Edits since then.
    """

    fates: dict[str, str]
    now: dict[str, Row]
    signed: dict[str, Row] = field(default_factory=dict)
    edits: list[Row] = field(default_factory=list)

    def members(self, batch: str) -> list[str]:
        """Return the doses that were sent in a batch."""
        return [line for line, name in self.fates.items() if batch in FATES[name].sent]


def batches(desk: Desk) -> None:
    """Lay a half-signed list on the desk, with its log, its batches and what happened since."""
    now = {line: _joined(desk, line) for line in desk.doses}
    session = Session(dict(_dealt(desk)), now)
    for line, name in session.fates.items():
        session.signed[line] = _as_signed(desk, session, line, name)
    lay_lookalikes(desk)
    desk.files |= {
        "can_kiem_tra": [_item(session, line) for line in session.fates],
        "danh_sach_ky": list(_list(desk, session)),
        "lo_ky": [_batch(desk, name) for name in SENT],
        "nhat_ky_ky": list(_log(session)),
        "ban_da_ky": [
            {"lo": name, **session.signed[line]}
            for name in SENT
            for line in session.members(name)
            if name != CUT
        ],
        "nhat_ky_sua": session.edits,
    }
    for line, name in session.fates.items():
        _lay_papers(desk, session, line)
        desk.choices[line] = _choice(FATES[name])
    desk.signed[TRUST] = lambda path, pki: pki.save_trust(path)
    desk.signed[FOLDER] = lambda path, pki: _print(desk, session, path, pki)


def _joined(desk: Desk, line: str) -> Row:
    row = {**desk.subjects[desk.doses[line]["ma_ho_so"]], **desk.doses[line]}
    return {name: row[name] for name in SIGNED}


def _dealt(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield doses with their fates, in the order of the list."""
    by_reason: dict[str, list[str]] = {"": [], OTHER_UNIT: [], DOUBLE: []}
    for line, reasons in reasons_of(desk).items():
        rules = "+".join(sorted({reason["quy_tac"] for reason in reasons}))
        if rules in by_reason:
            by_reason[rules].append(line)
    for some in by_reason.values():
        some.sort(key=lambda line: lot(desk.seed, "lo_ky", line))
    size = len(desk.subjects)
    found: dict[str, str] = {}
    for name, fate in FATES.items():
        pool = by_reason[{"foreign": OTHER_UNIT, "double": DOUBLE}.get(name, "")]
        count = max(2, round(fate.share * size))
        found |= dict.fromkeys(pool[:count], name)
        del pool[:count]
    yield from sorted(found.items(), key=lambda pair: lot(desk.seed, "thu_tu", pair[0]))


def _as_signed(desk: Desk, session: Session, line: str, name: str) -> Row:
    """Return the row as it was signed; note what was edited since."""
    row = session.now[line]
    if name == "phone":
        phone = desk.subjects[row["ma_ho_so"]]["so_dien_thoai"]
        session.edits.append(_edit(row, "so_dien_thoai", "", phone, ""))
    if name not in ("explained", "unexplained"):
        return row
    column = "so_lo" if row["so_lo"] and lot(desk.seed, "o_sua", line) < 0.5 else "ngay_tiem"
    before = _other_lot(row) if column == "so_lo" else _day_before(row["ngay_tiem"])
    why = EXPLAINED if name == "explained" else ""
    session.edits.append(_edit(row, column, before, row[column], why))
    return {**row, column: before}


def _other_lot(row: Row) -> str:
    last = row["so_lo"][-1]
    return row["so_lo"][:-1] + ("1" if last != "1" else "7")


def _day_before(day: str) -> str:
    return f"{datetime.strptime(day, '%d/%m/%Y') - timedelta(days=1):%d/%m/%Y}"  # noqa: DTZ007 - a day has no zone


def _edit(row: Row, column: str, before: str, after: str, why: str) -> Row:
    return {
        "ma_mui": row["ma_mui"],
        "ma_ho_so": row["ma_ho_so"],
        "ngay_sua": "09/05/2022",
        "truong": column,
        "gia_tri_cu": before,
        "gia_tri_moi": after,
        "giai_trinh": why,
    }


def _item(session: Session, line: str) -> Row:
    row, sent = session.now[line], FATES[session.fates[line]].sent
    told = f"{row['mui']} ngày {row['ngay_tiem']} của {row['ho_ten']}"
    cells = {n: row[n] for n in ("ma_ho_so", "ho_ten", "mui", "ngay_tiem", "don_vi_nhap")}
    return {
        "doi_tuong_kiem_tra": line,
        "loai": "mũi tiêm trong danh sách ký ngày 06/05/2022",
        "noi_dung": f"Mũi {told}",
        **cells,
        "lo": sent[-1] if sent else "",
    }


def _list(desk: Desk, session: Session) -> Iterator[Row]:
    """Yield the list that was to be signed; some codes stand in it twice, with two people."""
    shown = ("ho_ten", "ngay_sinh", "mui", "ten_vac_xin", "ngay_tiem")
    lines = list(session.fates)
    rest = [line for line, row in session.now.items() if line not in session.fates]
    rest.sort(key=lambda line: lot(desk.seed, "ma_trung", line))
    lent = iter(rest)
    rows = [(line, line) for line in lines]
    rows += [(line, next(lent)) for line in lines if session.fates[line] == "twice"]
    for number, (code, shows) in enumerate(rows, start=1):
        cells = {name: session.now[shows][name] for name in shown}
        yield {"dong": str(number), "ma_mui": code, **cells}


def _batch(desk: Desk, name: str) -> Row:
    signed = {CUT: "", CLOCK: f"06/05/2021 {SENT[name]}"}.get(name, f"06/05/2022 {SENT[name]}")
    return {
        "lo": name,
        "gui_luc": f"06/05/2022 {SENT[name]}",
        "tep_chu_ky": f"{name}.p7s" if signed else "",
        "gio_tren_chu_ky": signed,
        "chung_thu_cua": desk.station,
        "hieu_luc_tu": written(BEGINS),
        "hieu_luc_den": written(ENDS),
    }


def _log(session: Session) -> Iterator[Row]:
    """Yield the log of the session, dose by dose."""
    for name, hour in SENT.items():
        said = "Token bị rút, lô chưa có chữ ký" if name == CUT else "Đã ký xong lô"
        for line in session.members(name):
            yield {"luc": f"06/05/2022 {hour}", "lo": name, "ma_mui": line, "ket_qua": said}
    for line, name in session.fates.items():
        if name == "twice":
            said = "Phần mềm từ chối: mã này có hai dòng khác nhau trong danh sách"
            yield {"luc": "06/05/2022 15:45:00", "lo": "", "ma_mui": line, "ket_qua": said}


def _lay_papers(desk: Desk, session: Session, line: str) -> None:
    """Lay beside a dose what the tables say of it."""
    files = desk.files
    log = [_said(row) for row in files["nhat_ky_ky"] if row["ma_mui"] == line]
    told = " ".join(log) or "Chưa gửi vào lô nào thì phiên ký dừng."
    desk.lay(line, Paper("nhat_ky", "Nhật ký ký số", "Nền tảng", text=told))
    for row in files["ban_da_ky"]:
        if row["ma_mui"] == line:
            of = next(b for b in files["lo_ky"] if b["lo"] == row["lo"])
            said = f"Giờ trên chữ ký: {of['gio_tren_chu_ky']}. Chứng thư có hiệu lực từ {of['hieu_luc_tu']}."
            cells = {name: row[name] for name in SIGNED if name not in ("ma_mui", "ma_ho_so")}
            desk.lay(line, Paper("ban_da_ky", "Bản đã ký", row["lo"], cells, line, said))
    for row in files["nhat_ky_sua"]:
        if row["ma_mui"] == line:
            said = f"Giải trình: {row['giai_trinh'] or 'chưa có'}."
            cells = {row["truong"]: row["gia_tri_moi"]}
            desk.lay(line, Paper("nhat_ky", "Nhật ký sửa", row["ngay_sua"], cells, line, said))
    record = session.now[line]["ma_ho_so"]
    for paper in desk.papers.get(record, []):
        desk.lay(line, paper)
    if session.fates[line] == "twice":
        _lay_second_line(desk, line)


def _said(row: Row) -> str:
    where = f", {row['lo']}" if row["lo"] else ""
    return f"{row['luc']}{where}: {row['ket_qua']}."


def _lay_second_line(desk: Desk, line: str) -> None:
    *_, row = (row for row in desk.files["danh_sach_ky"] if row["ma_mui"] == line)
    cells = {name: row[name] for name in row if name not in ("dong", "ma_mui")}
    about = f"Dòng {row['dong']} của danh sách ký"
    desk.lay(line, Paper("danh_sach_ky", "Dòng khác mang cùng mã", about, cells, line))


def _choice(fate: Fate) -> Choice:
    harmful = frozenset() if fate.answer in (*SIGNS, "CHINH_DONG_HO") else SIGNS
    return Choice(
        fate.causes,
        fate.why,
        fate.basis,
        answers=frozenset([fate.answer]),
        kind=fate.answer,
        harmful=harmful,
    )


def _print(desk: Desk, session: Session, folder: Path, pki: ClassPki) -> None:
    """Sign the batches for real; the one that was cut off has no signature."""
    from sosach.signing.batches import Entry, write_batch
    from sosach.signing.dose_signing import make_batch
    from sosach.signing.doses import digest, dose_bytes

    name = desk.truth.sites[desk.station]["ten_co_so"]
    signer = pki.signer(Holder("facility", desk.station, name, BEGINS, ENDS))
    for batch, hour in SENT.items():
        content = [(line, dose_bytes(session.signed[line], 1)) for line in session.members(batch)]
        lines = [(Entry(line, 1, digest(data)), data) for line, data in content]
        moment = at(WRONG_DAY if batch == CLOCK else DAY, hour)
        write_batch(folder, make_batch(batch, desk.station, lines, signer, moment))
    (folder / f"{CUT}.p7s").unlink()
