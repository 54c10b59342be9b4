"""What may be signed today, why not, and the signature that comes back from the signing program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, func, select

from sosach.simulation.platform import store
from sosach.simulation.platform.desk import Desk
from sosach.simulation.platform.doubles import all_doubles, doubles_of
from sosach.simulation.platform.gate import Gate, read_certificate
from sosach.simulation.platform.rules import Reason, general, refuse
from sosach.simulation.truth import Row

__all__ = ["duoc_ky_hom_nay", "ky", "vi_sao_chua_ky"]

READY = ("DUNG", "NGUOI_NUOC_NGOAI")
SIGNABLE = ("DA_NHAP_CHUA_KY", "PHAI_KY_LAI")
#: what is told of a dose that may be signed
SHOWN = ("ma_mui", "ma_ho_so", "mui", "ten_vac_xin", "so_lo", "ngay_tiem")


def duoc_ky_hom_nay(desk: Desk, chung_thu: dict[str, str] | None = None) -> Row:
    """List the doses that the own unit may sign today.

    Parameters
    ----------
    desk : Desk
    chung_thu : dict or None
        The certificate (``don_vi, tu, den, thu_hoi``); None leaves it unchecked.

    Returns
    -------
    dict
        ``dong``: the doses, each with the ``ho_ten`` of its record; ``so_luong``; ``chua_duoc``:
        how many unsigned doses of the own unit (``so_mui``) wait for what (the first reason: rule,
        sentence, document); ``cau``.
    """
    gate = _gate(desk, chung_thu)
    doubles = all_doubles(desk)
    ready: list[Row] = []
    waiting: dict[str, int] = defaultdict(int)
    for subject, doses in _records_to_sign(desk):
        told = gate.record(subject, doses, doubles.get(subject["ma_ho_so"], []))
        for dose in doses:
            if dose["don_vi_nhap"] != desk.unit or dose["trang_thai"] not in SIGNABLE:
                continue
            reasons = told[dose["ma_mui"]]
            if reasons:
                waiting[reasons[0]["quy_tac"]] += 1
            else:
                ready.append({**{n: dose[n] for n in SHOWN}, "ho_ten": subject["ho_ten"]})
    waiting["CHUA_XAC_MINH_DUNG"] += _unverified(desk)
    ready.sort(key=lambda row: row["ma_mui"])
    most_first = sorted(waiting.items(), key=lambda item: (-item[1], item[0]))
    return {
        "dong": ready,
        "so_luong": len(ready),
        "chua_duoc": [{**general(code), "so_mui": n} for code, n in most_first if n],
        "cau": f"Hôm nay trạm được ký {len(ready)} mũi; {sum(waiting.values())} mũi chưa ký được.",
    }


def _own_waiting(desk: Desk) -> list[ColumnElement[bool]]:
    return [
        store.dose.c.don_vi_nhap == desk.unit,
        store.dose.c.trang_thai.in_(SIGNABLE),
        store.subject.c.gop_vao == "",
    ]


def _unverified(desk: Desk) -> int:
    """Count the doses that wait for the verification of their subject."""
    joined = store.dose.join(store.subject)
    statement = (
        select(func.count())
        .select_from(joined)
        .where(*_own_waiting(desk), store.subject.c.trang_thai.not_in(READY))
    )
    return desk.con.scalar(statement) or 0


def _records_to_sign(desk: Desk) -> list[tuple[Row, list[Row]]]:
    """Return verified records with a dose that waits for the own signature, and all their doses."""
    joined = store.dose.join(store.subject)
    ids = (
        select(store.dose.c.ma_ho_so)
        .select_from(joined)
        .where(*_own_waiting(desk), store.subject.c.trang_thai.in_(READY))
    )
    subjects = desk.rows(select(store.subject).where(store.subject.c.ma_ho_so.in_(ids)))
    table = store.dose
    lines = desk.rows(
        select(table).where(table.c.ma_ho_so.in_(ids)).order_by(table.c.ma_ho_so, table.c.ma_mui)
    )
    doses = {record: list(own) for record, own in groupby(lines, lambda row: row["ma_ho_so"])}
    return [(row, doses[row["ma_ho_so"]]) for row in subjects]


def _gate(desk: Desk, certificate: dict[str, str] | None) -> Gate:
    return Gate(desk.unit, desk.day, desk.sites, read_certificate(certificate))


def _reasons(
    desk: Desk, lines: Sequence[str], certificate: dict[str, str] | None
) -> dict[str, list[Reason]]:
    """Return every reason why each of some doses may not be signed today."""
    found = {row["ma_mui"]: row for row in desk.by_keys(store.dose, "ma_mui", lines)}
    missing = sorted(set(lines) - set(found))
    if missing:
        refuse("KHONG_CO_MUI", ma_mui=missing[0] or "trống")
    records = {row["ma_ho_so"] for row in found.values()}
    subjects = desk.by_keys(store.subject, "ma_ho_so", records)
    doses = desk.doses_of(records)
    alone = len(subjects) == 1
    doubles = {} if alone else all_doubles(desk)
    gate = _gate(desk, certificate)
    told: dict[str, list[Reason]] = {}
    for subject in subjects:
        record = subject["ma_ho_so"]
        others = doubles_of(desk, subject) if alone else doubles.get(record, [])
        told |= gate.record(subject, doses[record], others)
    return {line: told[line] for line in lines}


def vi_sao_chua_ky(desk: Desk, ma_mui: str, chung_thu: dict[str, str] | None = None) -> Row:
    """Tell every reason why a dose may not be signed today.

    Parameters
    ----------
    desk : Desk
    ma_mui : str
    chung_thu : dict or None
        As of `duoc_ky_hom_nay`.

    Returns
    -------
    dict
        ``duoc_ky``; ``ly_do``: a list of rule, sentence, document; ``cau``.
    """
    told = _reasons(desk, [ma_mui], chung_thu)[ma_mui]
    why = " ".join(each["cau"] for each in told)
    cau = f"Mũi {ma_mui} hôm nay chưa ký được: {why}" if told else f"Mũi {ma_mui} được ký hôm nay."
    return {"duoc_ky": not told, "ly_do": told, "cau": cau}


def ky(desk: Desk, ma_mui: list[str], chung_thu: dict[str, str]) -> Row:
    """Take the signatures of doses over from the signing program; the gate is looked at once more.

    Parameters
    ----------
    desk : Desk
    ma_mui : list of str
    chung_thu : dict
        The certificate with which they were signed.

    Returns
    -------
    dict
        ``da_ky``, ``dong_tu_choi`` (``ma_mui`` and its reasons), ``cau``.
    """
    told = _reasons(desk, sorted(set(ma_mui)), chung_thu)
    signed = [line for line, reasons in told.items() if not reasons]
    refused = [{"ma_mui": line, "ly_do": reasons} for line, reasons in told.items() if reasons]
    edits = [(dose, {"giai_trinh": ""}) for dose in desk.by_keys(store.dose, "ma_mui", signed)]
    desk.change_doses(edits, "du_dieu_kien_ky", "ky")
    cau = f"Đã ghi chữ ký số của {len(signed)} mũi lên nền tảng."
    if not signed:
        cau = "Chưa ghi chữ ký số nào lên nền tảng."
    if refused:
        cau += f" Từ chối {len(refused)} mũi, mỗi mũi có lý do."
    return {"da_ky": signed, "dong_tu_choi": refused, "cau": cau}
