"""The figures of one ward, counted from the rows of the platform's store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from generator import facts
from generator.problems import Problem, nearest
from sosach.simulation.platform.states import DOSE_STATES, SUBJECT_STATES
from sosach.simulation.progress.table import Progress, WardRow

__all__ = ["CITIZEN", "FOREIGN", "RIGHT", "STATES", "in_order", "police_lists", "ward_figures"]

#: machine name of a subject's state -> what people read, in the order of a report
STATES = {
    name: SUBJECT_STATES[name].label
    for name in (
        *("DUNG", "SAI", "SAI_DINH_DANG"),
        *("KHONG_XAC_MINH_DUOC", "CHUA_GUI", "NGUOI_NUOC_NGOAI"),
    )
}
RIGHT, FOREIGN = STATES["DUNG"], STATES["NGUOI_NUOC_NGOAI"]
CITIZEN = "Việt Nam"
SIGNED = "Đã ký"
#: kind of request that hands records to the police
TO_POLICE = "cong_an"
#: a request without an answer; its ``tra_ngay`` is the day on which the answer is due
WAITING = "cho_tra_loi"

Row = Mapping[str, Any]


def ward_figures(
    code: str,
    day: date,
    subjects: Iterable[Row],
    doses: Iterable[Row] = (),
    requests: Iterable[Row] = (),
    *,
    listed: Collection[str] | None = None,
    token: bool = False,
) -> Progress:
    """Count one ward from the rows of the platform's store.

    A record that was sent while it needed verification goes on counting as such when the police
    have answered: otherwise good work would make the number sent larger than the number to be sent.
    What is signed of such a record does not count as signed of those that were right already.

    Parameters
    ----------
    code : str
        Code of the ward.
    day : date
        Requests of later days do not count.
    subjects, doses, requests : iterable of mapping
        Rows of the tables ``subject``, ``dose`` (those that the ward's unit signs) and ``request``.
    listed : collection of str, optional
        Ids on the ministry's list; without it, records of citizens that are not right or were sent.
    token : bool
        The station holds a token.

    Returns
    -------
    Progress
    """
    state_of = {str(row["ma_ho_so"]): _state(row) for row in subjects if not row.get("gop_vao")}
    handed = {record for row in requests for record in _handed_over(row, day)} & set(state_of)
    if listed is None:
        needing = {r for r, state in state_of.items() if state not in (RIGHT, FOREIGN)} | handed
    else:
        needing = set(listed) & set(state_of)
    lines = [row for row in doses if str(row["ma_ho_so"]) in state_of]
    right = {r for r, state in state_of.items() if state == RIGHT} - needing
    to_sign = [row for row in lines if str(row["ma_ho_so"]) in right]
    signing = any(map(_is_signed, lines))
    ward = WardRow(
        code=code,
        district=_district_of(code),
        records=len(state_of),
        needing=len(needing),
        sent=len(needing & handed),
        right_doses=len(to_sign),
        signed=sum(_is_signed(row) for row in to_sign),
        token=token or signing,
        signing=signing,
        states=in_order(Counter(state_of.values())),
    )
    return Progress(_ward_name(code), day, (ward,))


def police_lists(requests: Iterable[Row], day: date) -> list[dict[str, Any]]:
    """Return one row per list that went to the police, with what became of it.

    Parameters
    ----------
    requests : iterable of mapping
        Rows of the table ``request``.
    day : date
        What happened later is not known yet.

    Returns
    -------
    list of dict
        ``ma_danh_sach``, ``gui_ngay``, ``so_ho_so`` and ``tra_ngay`` ("" while it is not back), in
        the order in which they were sent.
    """
    rows = []
    for request in requests:
        records = len(set(_handed_over(request, day)))
        if records:
            back = str(request.get("tra_ngay") or "")
            waits = request.get("tinh_trang") == WAITING
            returned = bool(back) and _day(back) <= day and not waits
            rows.append(
                {
                    "ma_danh_sach": str(request["ma_yeu_cau"]),
                    "gui_ngay": _day(str(request["gui_ngay"])).isoformat(),
                    "so_ho_so": records,
                    "tra_ngay": _day(back).isoformat() if returned else "",
                }
            )
    return sorted(rows, key=lambda row: (row["gui_ngay"], row["ma_danh_sach"]))


def _state(row: Row) -> str:
    """Return the state of a record as the platform shows it."""
    state = str(row.get("trang_thai") or row.get("tt_xac_minh") or "")
    state = STATES.get(state, state)
    if state not in STATES.values():
        message = (
            f"Hồ sơ {row['ma_ho_so']} có trạng thái '{state}' không ai biết."
            f"{nearest(state, STATES.values())}"
        )
        raise Problem(message)
    unsent = state == STATES["CHUA_GUI"] and row.get("quoc_tich", CITIZEN) != CITIZEN
    return FOREIGN if unsent else state


def _is_signed(row: Row) -> bool:
    """Tell whether a line bears a valid signature: one to be signed again does not."""
    state = DOSE_STATES.get(str(row.get("trang_thai") or ""))
    return (state.shown["tt_ky"] if state else str(row.get("tt_ky") or "")) == SIGNED


def _handed_over(request: Row, last: date) -> Iterator[str]:
    """Yield the records that a request hands to the police until a day."""
    if request["loai"] == TO_POLICE and _day(str(request["gui_ngay"])) <= last:
        content = request["noi_dung"]
        yield from _records(json.loads(content) if isinstance(content, str) else content)


def _records(content: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield the ids of records in a request: the platform's lines, or a bare list of ids."""
    for line in content["dong"] if isinstance(content, Mapping) else content:
        yield line if isinstance(line, str) else line["ma_ho_so"]


def _day(text: str) -> date:
    """Read yyyy-mm-dd or dd/mm/yyyy."""
    if "/" in text:
        return date(int(text[6:10]), int(text[3:5]), int(text[:2]))
    return date.fromisoformat(text[:10])


def in_order(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return the records by state in the order of a report, without the states of nobody."""
    return tuple((state, counts[state]) for state in STATES.values() if counts.get(state))


def _unit(code: str) -> dict[str, str]:
    return next((row for row in facts.table("hcmc_units_2022") if row["ward_code"] == code), {})


def _district_of(code: str) -> str:
    return _unit(code).get("district_code", "")


def _ward_name(code: str) -> str:
    unit = _unit(code)
    return f"{unit['ward_name']}, {unit['district_name']}" if unit else f"Phường, xã {code}"
