"""What citizens write about their doses: the day's queue, and what is right about each letter.

CV 9458: 48 hours, approve, process later or refuse with one of 13 reasons. A reason is true where
the photo itself proves it against what the citizen typed; all true ones are in the key. Every
letter concerns something that really is wrong in the register, so its subject tells nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from generator import facts
from generator.vietnamese import same_spelling, strip_diacritics
from sosach.simulation.lots import lot, numeral
from sosach.simulation.people.feedback_cases import (
    BLUR,
    FLAWS,
    Case,
    Draft,
    Ward,
    find_case,
    spoil,
    start,
)
from sosach.simulation.people.feedback_photos import (
    PERSONAL,
    SCREENING,
    Draw,
    Paper,
    hide_lot,
    photos,
)
from sosach.simulation.people.phrases import SLOTS
from sosach.simulation.truth import Truth
from sosach.simulation.workdays import VIET_NAM_TIME, answer_deadline

__all__ = ["DECK", "Feedback", "feedback_queue", "true_reasons"]

REASONS = tuple(f"tc{i:02}" for i in range(1, 14))
#: what a day's letters are dealt from: valid ones are most (E83, E84), every reason occurs (ours)
DECK = ("E83",) * 15 + ("E84",) * 2 + REASONS + ("tc13",) * 2
#: how often a letter with other words has a second flaw (ours)
SECOND_FLAW = 0.25
#: nobody fits a card: another case is tried so often
TRIES = 5
COMPARED = {
    "ho_ten": "tc02",
    "mui": "tc04",
    "ngay_sinh": "tc05",
    "ngay_tiem": "tc09",
    "ten_vac_xin": "tc12",
}
#: errors of the taxonomy by the reasons of their letters
UNUSABLE = {"tc01", "tc03", "tc06", "tc07", "tc08"}
CHILD_SINCE = 2009
STATION = "trạm y tế"
#: health department and centre for disease control of the city: who takes letters without a place
DEPARTMENT, CDC = "SO_Y_TE", "HCDC"

MESSAGES = {
    "thieu_mui": (
        "{Toi} tiêm rồi mà trên sổ sức khỏe điện tử không thấy {mui}. Nhờ trạm bổ sung giúp.",
        "Tra cứu không thấy {mui} của {toi}. Gửi ảnh để trạm kiểm tra.",
        "{Toi} tiêm {mui} ngày {ngay} mà hệ thống chưa có. Mong được cập nhật sớm.",
    ),
    "ho_ten": (
        "Họ tên của {toi} trên hệ thống bị sai chữ. Nhờ trạm xem lại giúp.",
        "Tên {toi} trên sổ sức khỏe điện tử không đúng. Gửi ảnh để trạm sửa.",
    ),
    "gioi_tinh": (
        "Giới tính của {toi} trên hệ thống bị ghi nhầm. Nhờ trạm sửa lại.",
        "{Toi} là {gioi} mà trên hệ thống ghi ngược lại. Gửi ảnh để trạm kiểm tra.",
    ),
    "ngay_tiem": (
        "Ngày tiêm {mui} của {toi} trên hệ thống không đúng. Nhờ trạm xem lại.",
        "{Toi} tiêm {mui} ngày {ngay}, hệ thống lại ghi ngày khác.",
    ),
    "mui": (
        "Hệ thống ghi nhầm thứ tự mũi của {toi}. Ngày {ngay} là {mui}.",
        "{Toi} tiêm {mui} ngày {ngay}, hệ thống lại ghi là mũi khác.",
    ),
    "ten_vac_xin": (
        "Hệ thống ghi nhầm vắc xin của {toi}. Ngày {ngay} tiêm {vac_xin}.",
        "{Toi} tiêm {vac_xin} mà hệ thống ghi loại khác. Nhờ trạm sửa giúp.",
    ),
}


@dataclass(frozen=True)
class Feedback:
    """One letter of a citizen.

    Attributes
    ----------
    ma_phan_anh : str
    ngay, han : str
        When it came and until when it is to be answered: ISO 8601 with time zone.
    noi_dung : dict
        What the reviewer sees: ``ma_ho_so``, ``loi_nhan``, ``khai`` (what was typed), ``anh``.
    dap_an : dict
        The key, never shown: ``ma_loi`` (E80 to E84), ``ly_do`` (all true reasons), ``hop_le``,
        ``duoc_duyet`` (may be approved by this unit), ``phai`` (any of these actions), ``duoc_them``,
        ``cam``, ``noi_chuyen`` (any of these units; empty = stays here), ``viec``, ``dose_id``.
    """

    ma_phan_anh: str
    ngay: str
    han: str
    noi_dung: dict[str, Any]
    dap_an: dict[str, Any]


def feedback_queue(truth: Truth, seed: int, day: date, n: int, unit: str = "") -> list[Feedback]:
    """Return the letters that come on one day.

    Parameters
    ----------
    truth : Truth
    seed : int
    day : date
    n : int
        How many; fewer come where fewer people have a reason to write. The letters of a smaller
        `n` are among those of a greater one.
    unit : str
        Code of the reviewing unit; by default the ward's station.

    Returns
    -------
    list of Feedback
        By time of arrival. `DECK` is dealt anew every so many letters.
    """
    unit = unit or min(code for code, row in truth.sites.items() if row["loai"] == STATION)
    cards = sorted(
        range(len(DECK)), key=lambda i: lot(seed, "phan_anh", day.isoformat(), "bai", str(i))
    )
    ward = Ward.of(truth)
    queue: list[Feedback] = []
    taken: set[str] = set()
    for i in range(n):
        card = DECK[cards[i % len(DECK)]]
        written = _write(ward, Draw(seed, ("phan_anh", day.isoformat(), str(i))), taken, card)
        if written is None:
            break
        taken.add(written[0].record)
        queue.append(_letter(*written, ward, day, unit))
    return sorted(queue, key=lambda letter: letter.ngay)


def _write(ward: Ward, draw: Draw, taken: set[str], card: str) -> tuple[Case, Draft, Draw] | None:
    """Let somebody write the letter of a card; of another card where none can write that one."""
    for attempt in range(TRIES + 1):
        kind = card if attempt < TRIES else "E83"
        lots = Draw(draw.seed, (*draw.key, str(attempt)))
        case = find_case(ward, lots, taken, missing=kind == "E84")
        if case is None:
            continue
        draft = start(case, ward, lots)
        if kind == "E83" or spoil(kind, case, draft, ward, lots):
            _spoil_more(kind, case, draft, ward, lots)
            if draft.paper is not None:
                hide_lot(draft.paper, lots)
            if draft.paper is None or "so_lo" in draft.paper.unread:
                draft.claim["so_lo"] = ""
            return case, draft, lots
    return None


def _spoil_more(kind: str, case: Case, draft: Draft, ward: Ward, draw: Draw) -> None:
    compared = kind in {"tc02", "tc05", *FLAWS}
    if compared and draw.share("them") < SECOND_FLAW:
        spoil(draw.pick("nua", [flaw for flaw in FLAWS if flaw != kind]), case, draft, ward, draw)


def true_reasons(claim: Mapping[str, str], paper: Paper | None) -> set[str]:
    """Return all reasons for refusal that a photo proves.

    Parameters
    ----------
    claim : mapping
        What the citizen typed.
    paper : Paper or None
        What was photographed; None where there is a portrait alone.

    Returns
    -------
    set of str
        Codes of reason_codes.csv, tc01 to tc13; empty where the letter is in order. What cannot
        be read contradicts nothing. A name without marks or with a word too few also differs
        from the paper; where all six things and the place differ, everything does.
    """
    if paper is None:
        return {"tc03"}
    found = _differences(claim, paper) | ({"tc13"} if paper.altered else set())
    blank, covered = paper.lines_with("blank"), paper.lines_with("covered")
    if paper.kind == SCREENING and blank & {"mui", "ten_vac_xin", "ngay_tiem"}:
        found.add("tc01")
    if paper.kind != SCREENING and blank & {"ho_ten", "gioi_tinh", "ten_vac_xin", "ngay_tiem"}:
        found.add("tc06")
    if covered & set(PERSONAL):
        found.add("tc07")
    if paper.lines_with("blurred") >= set(BLUR):
        found.add("tc08")
    return found


def _differences(claim: Mapping[str, str], paper: Paper) -> set[str]:
    """Compare what was typed with what can be read."""
    readable = [name for name in (*COMPARED, "gioi_tinh", "noi_tiem") if name not in paper.unread]
    other = {name for name in readable if not same_spelling(claim[name], paper.text[name])}
    found = {COMPARED[name] for name in other if name in COMPARED}
    if "ho_ten" in other and _is_poor(claim["ho_ten"], paper.text["ho_ten"]):
        found.add("tc11")
    if other >= {*COMPARED, "gioi_tinh", "noi_tiem"}:
        found.add("tc10")
    return found


def _is_poor(typed: str, full_name: str) -> bool:
    """Tell whether a name is the full one without its marks, or without one of its words."""
    words, whole = typed.casefold().split(), full_name.casefold().split()
    rest = iter(whole)
    short = len(words) < len(whole) and all(word in rest for word in words)
    return short or words == strip_diacritics(full_name).casefold().split()


def _letter(case: Case, draft: Draft, draw: Draw, ward: Ward, day: date, unit: str) -> Feedback:
    midnight = datetime.combine(day, time(), VIET_NAM_TIME)
    came = midnight + timedelta(minutes=int(draw.share("gio") * 24 * 60))
    shown = {
        "ma_ho_so": case.record,
        "loi_nhan": _message(case, draft, draw),
        "khai": draft.claim,
        "anh": photos(draft.paper, draw),
    }
    return Feedback(
        ma_phan_anh="PA" + numeral(draw.seed, *draw.key),
        ngay=came.isoformat(timespec="minutes"),
        han=answer_deadline(came).isoformat(timespec="minutes"),
        noi_dung=shown,
        dap_an=_key(case, draft, ward, unit),
    )


def _message(case: Case, draft: Draft, draw: Draw) -> str:
    """Return what the citizen writes; a parent writes for a child."""
    me = "con tôi" if int(case.person["ngay_sinh"][-4:]) >= CHILD_SINCE else "tôi"
    claim = draft.claim
    return draw.pick("loi", MESSAGES[case.topic]).format(
        toi=me,
        Toi=me.capitalize(),
        mui=SLOTS[claim["mui"]],
        ngay=claim["ngay_tiem"],
        gioi=claim["gioi_tinh"].lower(),
        vac_xin=claim["ten_vac_xin"],
    )


def _key(case: Case, draft: Draft, ward: Ward, unit: str) -> dict[str, Any]:
    """Return what is right: reasons from the photo, actions from the taxonomy, the unit in charge."""
    reasons = true_reasons(draft.claim, draft.paper)
    error = _error(reasons, draft)
    row = next(row for row in facts.table("error_taxonomy") if row["error_id"] == error)
    owner = (draft.other or case).dose["don_vi_nhap"]
    elsewhere = error == "E83" and owner != unit
    return {
        "ma_loi": error,
        "ly_do": sorted(reasons),
        "hop_le": not reasons,
        "duoc_duyet": error == "E83" and not elsewhere,
        "phai": row["must_if_other_unit" if elsewhere else "must"].split("|"),
        "duoc_them": [code for code in row["may"].split("|") if code],
        "cam": [code for code in row["never"].split("|") if code],
        "noi_chuyen": [owner] if elsewhere else _departments(error, draft, ward),
        "viec": "ADD_DOSE" if case.topic == "thieu_mui" else "FIX_FROM_SOURCE",
        "dose_id": (draft.other or case).dose["dose_id"],
    }


def _error(reasons: set[str], draft: Draft) -> str:
    """Return the row of the taxonomy to which a letter belongs."""
    if "tc13" in reasons:
        return "E82"
    if reasons:
        return "E80" if reasons & UNUSABLE else "E81"
    return "E83" if draft.claim["noi_tiem"] else "E84"


def _departments(error: str, draft: Draft, ward: Ward) -> list[str]:
    """Return who takes a letter without a place (CV 9458, routing)."""
    if error != "E84":
        return []
    return [DEPARTMENT, ward.centre] if draft.claim["huyen"] else [DEPARTMENT, CDC]
