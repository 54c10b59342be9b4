"""The station's own slips of doses, and the pile of slips that nobody has entered yet."""

from __future__ import annotations

from collections.abc import Iterator

from sosach.cases.desk import Desk, Paper, Row
from sosach.grading.rubrics.key import Choice
from sosach.simulation.lots import lot, numeral
from sosach.simulation.people import sites
from sosach.simulation.people.phrases import SLOTS, place_name

__all__ = ["kept_slips", "pile"]

#: cells of a slip that are cells of a dose
CELLS = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem")
WHO = ("ho_ten", "ngay_sinh", "gioi_tinh")
#: the slip of a dose bears another name
OTHERS = "nguoi_khac"
#: cells of a dose that a slip can put right, as a person says them
CHECKED = {"mui": "mũi", "ten_vac_xin": "vắc xin", "so_lo": "số lô", "ngay_tiem": "ngày tiêm"}
#: what cannot be read on a slip, as a person sees it, and what is then missing
UNREADABLE = {
    "ngay_tiem": "Dòng ngày tiêm để trống.",
    "ten_vac_xin": "Dòng vắc xin bị nhòe, không ra chữ.",
    "mui": "Dòng mũi tiêm bị rách mất.",
    "ho_ten": "Dòng họ và tên bị mực đổ lên, không đọc được.",
}
#: shares of a pile: never entered; entered and right; entered otherwise; unusable; of nobody here
SHARES = {"ADD_DOSE": 0.3, "KEEP": 0.25, "FIX_FROM_SOURCE": 0.2, "CONTACT_CITIZEN": 0.15}
TITLES = {
    "ADD_DOSE": "Phiếu của một mũi chưa nhập",
    "KEEP": "Mũi trên phiếu đã có trong hồ sơ, không có gì khác",
    "FIX_FROM_SOURCE": "Mũi trên phiếu đã có trong hồ sơ nhưng nhập khác phiếu",
    "CONTACT_CITIZEN": "Phiếu thiếu thông tin, chưa dùng được",
    "HOLD": "Không có hồ sơ nào của người trên phiếu",
}
BASIS = "CV 9458/BYT-CNTT ngày 8/11/2021: mũi tiêm nhập và sửa theo giấy tờ gốc"


def kept_slips(desk: Desk) -> None:
    """Lay the station's slip beside every dose that it entered itself.

    Of right and wrong doses alike, so that a slip is no hint; a few are lost.
    """
    for line, dose in desk.doses.items():
        if dose["don_vi_nhap"] != desk.station:
            continue
        question = {"ma_ho_so": dose["ma_ho_so"], "ma_mui": line, "co_so": desk.station}
        told = sites.answer(question, desk.truth, desk.seed, desk.station)
        cells = {name: told.facts[name] for name in CELLS if name in told.facts}
        about = f"Phiếu của mũi đang ghi {dose['mui']}, ngày {dose['ngay_tiem']}"
        paper = Paper("phieu_sang_loc", "Phiếu lưu tại trạm", about, cells, line, told.sentence)
        desk.lay(dose["ma_ho_so"], paper)
        if cells or told.kind == OTHERS:
            desk.proofs.add(line)
    desk.files["phieu_luu"] = [
        {"ma_ho_so": record, "ma_mui": paper.dose, **_blank(paper), "ghi_chu": paper.text}
        for record, papers in desk.papers.items()
        for paper in papers
        if paper.kind == "phieu_sang_loc"
    ]


def _blank(paper: Paper) -> Row:
    return {name: paper.cells.get(name, "") for name in CELLS}


def pile(desk: Desk) -> None:
    """Put a pile of slips on the desk: some never entered, some entered already, some unusable."""
    rows = []
    dealt = list(_dealt(desk, len(desk.subjects)))
    dealt.sort(key=lambda slip: lot(desk.seed, "chong_phieu", slip[1]["dose_id"], slip[0]))
    for number, (kind, slip) in enumerate(dealt, start=1):
        name = f"PH{numeral(desk.seed, 'phieu', str(number))}"
        desk.choices[name] = _choice(kind, slip)
        cells = {cell: slip[cell] for cell in (*WHO, *CELLS, "noi_tiem")}
        rows.append({"ma_phieu": name, **cells, "quan_sat": slip["thay"]})
        about = Paper("phieu_sang_loc", "Phiếu chưa nhập", "Chồng phiếu", cells, text=slip["thay"])
        desk.lay(name, about)
    desk.files["chong_phieu"] = rows


def _dealt(desk: Desk, most: int) -> Iterator[tuple[str, Row]]:
    """Yield slips by what is right about them, as many as the shares allow."""
    own = [row for row in _given(desk) if row["don_vi_nhap"] == desk.station]
    own.sort(key=lambda row: lot(desk.seed, "chong_phieu", row["dose_id"]))
    by_kind: dict[str, list[Row]] = {kind: [] for kind in (*SHARES, "HOLD")}
    for row in own:
        by_kind[row["kind"]].append(row)
    counts = {kind: max(2, round(share * most)) for kind, share in SHARES.items()}
    unusable, right = counts["CONTACT_CITIZEN"], by_kind["KEEP"]
    for kind in ("ADD_DOSE", "FIX_FROM_SOURCE"):
        yield from ((kind, row) for row in by_kind[kind][: counts[kind]])
    yield from (("CONTACT_CITIZEN", _spoilt(desk, row)) for row in right[:unusable])
    yield from (("KEEP", row) for row in right[unusable : unusable + counts["KEEP"]])
    rest = right[unusable + counts["KEEP"] :]
    yield from (("HOLD", _stranger(desk, row)) for row in rest[: max(2, round(0.1 * most))])


def _given(desk: Desk) -> Iterator[Row]:
    """Yield the slip of every dose that somebody of the records was given.

    Of nobody who has a namesake born on the same day: a slip bears no number that tells them apart.
    """
    for record, subject in desk.subjects.items():
        person = desk.truth.person(record)
        if person is None or subject["tt_xac_minh"] != "Đúng" or desk.alike.get(record):
            continue
        for dose in desk.truth.given(record):
            line = desk.doses.get(dose["ma_mui"])
            facts = {name: dose[name] for name in (*CELLS, "dose_id", "don_vi_nhap")}
            who = {name: person[name] for name in WHO}
            place = place_name(desk.truth, dose["noi_tiem"])
            yield {
                **facts,
                **who,
                "ma_ho_so": record,
                "noi_tiem": place,
                "thay": "",
                "kind": _kind(dose, line),
                "sai": ",".join(c for c in CHECKED if line and line[c] != dose[c]),
            }


def _kind(dose: Row, line: Row | None) -> str:
    if line is None:
        return "ADD_DOSE"
    return "KEEP" if all(line[cell] == dose[cell] for cell in CHECKED) else "FIX_FROM_SOURCE"


def _spoilt(desk: Desk, slip: Row) -> Row:
    """Return a slip on which something that is needed cannot be read."""
    cells = list(UNREADABLE)
    cell = cells[int(lot(desk.seed, "phieu_hong", slip["dose_id"]) * len(cells))]
    return {**slip, cell: "", "thay": UNREADABLE[cell]}


def _stranger(desk: Desk, slip: Row) -> Row:
    """Return the slip with another holder: somebody who has no record here."""
    surname, *rest = slip["ho_ten"].split()
    year = int(slip["ngay_sinh"][-4:]) - 7
    names = [row["ho_ten"] for row in desk.subjects.values()]
    given = names[int(lot(desk.seed, "nguoi_la", slip["dose_id"]) * len(names))].split()[-1]
    name = " ".join([surname, *rest[:-1], given, rest[-1] if rest else given])
    return {**slip, "ho_ten": name, "ngay_sinh": f"{slip['ngay_sinh'][:-4]}{year}"}


def _choice(kind: str, slip: Row) -> Choice:
    reasons, about = {}, SLOTS.get(slip["mui"], "")
    if kind == "ADD_DOSE":
        reasons = {kind: frozenset([slip["mui"]])}
    elif kind == "FIX_FROM_SOURCE":
        wrong = slip["sai"].split(",")
        reasons = {kind: frozenset(wrong)}
        about += f", ô {' và ô '.join(CHECKED[cell] for cell in wrong)}"
    causes = {"ADD_DOSE": ("E50",), "CONTACT_CITIZEN": ("E80",)}.get(kind, ())
    named = f"{TITLES[kind]} ({about})" if about else TITLES[kind]
    harmful = frozenset() if kind in ("ADD_DOSE", "FIX_FROM_SOURCE") else frozenset(["ADD_DOSE"])
    answers = frozenset(["HOLD", "TRANSFER"] if kind == "HOLD" else [kind])
    return Choice(causes, named, BASIS, answers, reasons, {}, kind, harmful)
