"""The next working day: the platform compares at night, answers come in the morning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import and_, exists, or_, select, update

from sosach.simulation import workdays
from sosach.simulation.lots import numeral
from sosach.simulation.platform import states, store
from sosach.simulation.platform.desk import WAITING, Desk
from sosach.simulation.platform.rules import refuse
from sosach.simulation.truth import Row
from sosach.simulation.words import few, named_day

__all__ = ["night"]

PRIMARY = ("CB1", "CB2", "CB3")
#: doses of a full basic course (vaccines.csv)
COURSE = {"Janssen": 1, "Abdala": 3}
USUAL_COURSE = 2
BROKEN = {"E92", "E93"}
SIGNED = ("DA_KY_CO_SO", "DA_CAP_HO_CHIEU")
#: what decides whether a passport is issued, and what changes by it
SIGNATURE = (
    *("ma_mui", "ma_ho_so", "mui", "ten_vac_xin", "trang_thai", "truoc_treo"),
    *("tt_ky", "tt_hcvx"),
)
COMPLETED, DOUBLE = "Đã bổ sung", "Trùng"
#: kind of a request -> what is said when its answers have come
ARRIVED = {
    "cong_an": "Công an đã trả danh sách",
    "co_so": "Đã có kết quả hỏi cơ sở",
    "nguoi_dan": "Đã có kết quả mời người dân",
    "bao_cao": "Tuyến trên đã trả lời báo cáo",
    "bao_loi": "Đã có trả lời về lỗi hệ thống",
}
#: records beside the asked ones, of which a row may slip into a list
NEIGHBOURS = 40


def night(desk: Desk, letters: int) -> Row:
    """Move on to the next working day.

    Parameters
    ----------
    desk : Desk
        Its `day` is moved.
    letters : int
        How many citizens write a day.

    Returns
    -------
    dict
        ``ngay``, ``tra_loi`` (ids of the requests answered), ``phan_anh_moi``, ``doi_chieu`` (new
        state -> records), ``cap_ho_chieu``, ``cau``.
    """
    compared = _compare(desk)
    issued = _issue(desk)
    try:
        desk.day = workdays.next_working_day(desk.day)
    except ValueError:
        refuse("HET_LICH")
    desk.con.execute(update(store.clock).values(ngay=desk.day.isoformat()))
    table = store.request
    due = desk.requests(table.c.tra_ngay <= desk.day.isoformat(), table.c.tinh_trang == WAITING)
    for asked in due:
        _answer(desk, asked)
    new = _receive(desk, letters)
    news = [*_answered(due), *_happened(new, compared, issued)] or ["Không có gì mới."]
    return {
        "ngay": desk.day.isoformat(),
        "tra_loi": [asked["ma_yeu_cau"] for asked in due],
        "phan_anh_moi": new,
        "doi_chieu": dict(sorted(compared.items())),
        "cap_ho_chieu": issued,
        "cau": " ".join([f"Hôm nay là {named_day(desk.day)}.", *news]),
    }


def _answered(due: Sequence[Row]) -> Iterator[str]:
    """Tell whose answers have come."""
    for kind, told in ARRIVED.items():
        ids = [asked["ma_yeu_cau"] for asked in due if asked["loai"] == kind]
        if ids:
            yield f"{told} {few(ids)}."


def _happened(letters: int, compared: Mapping[str, int], issued: int) -> Iterator[str]:
    """Tell what else is new."""
    if letters:
        yield f"{letters} phản ánh mới của người dân."
    right = states.SUBJECT_STATES["DUNG"].label
    if right in compared:
        yield f"{compared[right]} hồ sơ vừa được xác minh đúng."
    others = [f"{count} hồ sơ “{x}”" for x, count in sorted(compared.items()) if x != right]
    if others:
        yield f"Vừa đối chiếu lại: {', '.join(others)}."
    if issued:
        yield f"{issued} mũi vừa được cấp hộ chiếu vắc xin."


def _compare(desk: Desk) -> Counter[str]:
    """Compare changed, completed and reported records with the population database."""
    table, back = store.subject, store.listed
    completed = exists().where(back.c.ma_ho_so == table.c.ma_ho_so, back.c.ket_qua == COMPLETED)
    settled = table.c.trang_thai.in_(("DUNG", "NGUOI_NUOC_NGOAI"))
    found = desk.rows(
        select(table, completed.label("bo_sung"))
        .where(
            table.c.gop_vao == "",
            or_(
                table.c.trang_thai == "CHUA_GUI",
                and_(table.c.trang_thai == "KHONG_XAC_MINH_DUOC", completed),
                and_(table.c.bao_loi == "1", ~settled),
            ),
        )
        .order_by(table.c.ma_ho_so)
    )
    results: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        known = bool(row["bo_sung"]), bool(row["bao_loi"])
        results[desk.outside.recheck(row, desk.truth, *known)].append(row)
    for result, rows in sorted(results.items()):
        event = result if result == "NGUOI_NUOC_NGOAI" else f"doi_chieu_{result}"
        edits = [(row, {"bao_loi": "2" if row["bao_loi"] else ""}) for row in rows]
        desk.change_subjects(edits, "", event.lower() if result == "NGUOI_NUOC_NGOAI" else event)
    return Counter({states.SUBJECT_STATES[k].label: len(rows) for k, rows in results.items()})


def _issue(desk: Desk) -> int:
    """Let the ministry sign passports for full courses of which every dose is signed (QĐ 5772)."""
    table, holder = store.dose, store.subject
    ids = (
        select(table.c.ma_ho_so)
        .join(holder)
        .where(
            table.c.trang_thai == "DA_KY_CO_SO",
            holder.c.gop_vao == "",
            holder.c.trang_thai.in_(("DUNG", "NGUOI_NUOC_NGOAI")),
        )
    )
    lines = desk.rows(
        select(*(table.c[name] for name in SIGNATURE))
        .where(table.c.ma_ho_so.in_(ids))
        .order_by(table.c.ma_mui)
    )
    records: dict[str, list[Row]] = defaultdict(list)
    for line in lines:
        records[line["ma_ho_so"]].append(line)
    ready = [d for doses in records.values() if _is_full(desk, doses) for d in doses]
    new = [dose for dose in ready if dose["trang_thai"] == "DA_KY_CO_SO"]
    desk.change_doses([(dose, {}) for dose in new], "", "cap_ho_chieu")
    return len(new)


def _is_full(desk: Desk, doses: Iterable[Row]) -> bool:
    basic = [dose for dose in doses if dose["mui"] in PRIMARY]
    signed = {d["mui"] for d in basic if d["trang_thai"] in SIGNED and not _broken(desk, d)}
    needed = max((COURSE.get(d["ten_vac_xin"], USUAL_COURSE) for d in basic), default=USUAL_COURSE)
    return len(signed) >= needed and len(signed) == len(basic)


def _broken(desk: Desk, dose: Row) -> bool:
    """Tell whether the signature of a dose does not verify: the ministry's system sees that."""
    return bool(desk.truth.causes(dose["ma_ho_so"], dose["ma_mui"]) & BROKEN)


def _answer(desk: Desk, asked: Row) -> None:
    answers = {
        "cong_an": _police,
        "co_so": _site,
        "nguoi_dan": _visit,
        "bao_cao": _report,
        "bao_loi": _fault,
    }
    desk.settle(asked["ma_yeu_cau"], answers[asked["loai"]](desk, asked))


def _police(desk: Desk, asked: Row) -> Row:
    list_id, wanted = asked["ma_yeu_cau"], asked["noi_dung"]["dong"]
    table = store.subject
    start = "HS" + numeral(desk.seed, "hang_xom", list_id)
    others = desk.rows(
        select(table)
        .where(table.c.ma_ho_so >= start, table.c.gop_vao == "")
        .order_by(table.c.ma_ho_so)
        .limit(NEIGHBOURS)
    )
    rows = desk.outside.police(wanted, desk.truth, desk.seed, list_id, desk.day, others)
    asked_for = {row["ma_ho_so"] for row in wanted}
    back = (
        {
            "ma_danh_sach": list_id,
            "ma_ho_so": row["ma_ho_so"],
            "da_hoi": "1" if row["ma_ho_so"] in asked_for else "",
            "ket_qua": row["ket_qua"],
            "noi_dung": row,
        }
        for row in rows
    )
    store.fill(desk.con, store.listed, back)
    _tie(desk, rows)
    return {"ngay": desk.day.isoformat(), "so_dong": len(rows), "phuong": desk.ward}


def _tie(desk: Desk, rows: Iterable[Row]) -> None:
    """Mark which records are one person's by the police."""
    other = {row["ma_ho_so"]: row["trung_voi"] for row in rows if row["ket_qua"] == DOUBLE}
    found = desk.by_keys(store.subject, "ma_ho_so", other, store.subject.c.gop_vao == "")
    tied = [(row, {"trung_voi": other[row["ma_ho_so"]]}) for row in found]
    desk.change_subjects(tied, "trung_ho_so")


def _site(desk: Desk, asked: Row) -> Row:
    return desk.outside.sites(asked["noi_dung"], desk.truth, desk.seed, desk.unit)[1]


def _visit(desk: Desk, asked: Row) -> Row:
    time = int(asked["noi_dung"]["lan"])
    return desk.outside.visit(asked["ma_ho_so"], desk.truth, desk.seed, time)[1]


def _report(desk: Desk, asked: Row) -> Row:
    """Let the higher level take note; it checks a signature where it is asked to."""
    table = store.dose
    lines = desk.rows(select(table).where(table.c.ma_mui == asked["ma_mui"]))
    if not lines:
        return {"loi": "Tuyến trên đã nhận báo cáo."}
    line = lines[0]
    if "PHAI_KY_LAI" in (line["trang_thai"], line["truoc_treo"]):
        desk.change_doses([(line, {"giai_trinh": "1"})], "", "giai_trinh")
        return {"loi": "Tuyến trên đã nhận giải trình. Mũi này được ký lại khi đủ điều kiện."}
    was_signed = {line["trang_thai"], line["truoc_treo"]} & set(SIGNED)
    if asked["noi_dung"]["ly_do"] != "chung_thu" or not was_signed:
        return {"loi": "Tuyến trên đã nhận báo cáo."}
    if _broken(desk, line):
        desk.change_doses([(line, {})], "chung_thu", "chu_ky_hong")
        return {"loi": "Chữ ký số của mũi này không còn giá trị. Mũi này phải ký lại."}
    return {"loi": "Đã kiểm tra: chữ ký số của mũi này còn giá trị."}


def _fault(desk: Desk, asked: Row) -> Row:
    row = desk.subject(asked["ma_ho_so"])
    label = states.SUBJECT_STATES[row["trang_thai"]].label
    return {"loi": f"Nền tảng đã đối chiếu lại. Trạng thái hiện nay: {label}."}


def _receive(desk: Desk, count: int) -> int:
    letters = desk.outside.letters(desk.truth, desk.seed, desk.day, count) if count else []
    store.fill(desk.con, store.feedback, letters)
    return len(letters)
