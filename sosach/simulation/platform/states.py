"""What a record and a dose can be on the platform, and what leads from one state to another.

One table declares every step: nothing changes a state but an event of this table. The categories
stand in the ministry's statistics (domain.md 5); their names in the code are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.problems import Problem

__all__ = [
    "DOSE_STATES",
    "STEPS",
    "SUBJECT_STATES",
    "State",
    "Step",
    "after",
    "dose_state",
    "subject_state",
]

VIETNAM = "Việt Nam"


@dataclass(frozen=True)
class State:
    """One state.

    Attributes
    ----------
    name : str
        In the store.
    label : str
        What people read.
    shown : mapping
        Column of the register -> word of its closed list in this state.
    """

    name: str
    label: str
    shown: Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One step: in state `source` the event leads to `target`, because a rule says so.

    A record's or dose's life begins and ends in the state of which the store keeps no row.
    """

    source: str
    event: str
    target: str
    rule: str
    document: str


def _compared(name: str, shown: str, label: str = "") -> State:
    return State(name, label or shown, {"tt_xac_minh": shown})


def _signed(name: str, label: str, signed: bool, issued: bool = False) -> State:
    words = {
        "tt_ky": "Đã ký" if signed else "Chưa ký",
        "tt_hcvx": "Đã cấp" if issued else "Chưa cấp",
    }
    return State(name, label, words)


SUBJECT_STATES = {
    state.name: state
    for state in (
        _compared("CHUA_GUI", "Chưa gửi"),
        _compared("SAI_DINH_DANG", "Không có/sai định dạng"),
        _compared("DUNG", "Đúng"),
        _compared("SAI", "Sai"),
        _compared("KHONG_XAC_MINH_DUOC", "Không xác minh được"),
        _compared("NGUOI_NUOC_NGOAI", "Chưa gửi", "Người nước ngoài"),
    )
}
DOSE_STATES = {
    state.name: state
    for state in (
        _signed("CHUA_NHAP", "Chưa nhập", signed=False),
        _signed("DA_NHAP_CHUA_KY", "Đã nhập, chưa ký", signed=False),
        _signed("DA_KY_CO_SO", "Cơ sở đã ký", signed=True),
        _signed("DA_CAP_HO_CHIEU", "Đã cấp hộ chiếu vắc xin", signed=True, issued=True),
        _signed("PHAI_KY_LAI", "Phải ký lại", signed=False),
        _signed("TREO", "Tạm giữ, chưa ký", signed=False),
    )
}

_CITIZENS = tuple(name for name in SUBJECT_STATES if name != "NGUOI_NUOC_NGOAI")
_ENTERED = tuple(name for name in DOSE_STATES if name not in ("CHUA_NHAP", "TREO"))
_SIGNED = ("DA_KY_CO_SO", "DA_CAP_HO_CHIEU")
#: what the comparison with the population database can say
_RESULTS = ("DUNG", "SAI", "SAI_DINH_DANG", "KHONG_XAC_MINH_DUOC")


def _steps() -> tuple[Step, ...]:
    compare = ("Nền tảng đối chiếu lại với dữ liệu dân cư", "CV 9438/BYT-CNTT")
    edited = ("Sửa thông tin định danh thì phải đối chiếu lại", "CV 9438/BYT-CNTT")
    foreign = ("Người nước ngoài dùng hộ chiếu, không đối chiếu dân cư", "CV 1908/BYT-CNTT")
    enter = ("Mũi thiếu được nhập theo giấy xác nhận", "CV 9458/BYT-CNTT")
    remove = ("Mũi nhập trùng hoặc không có thật được gỡ", "CV 9458/BYT-CNTT")
    sign = ("Cơ sở nhập mũi thì ký", "CV 1908/BYT-CNTT")
    issue = ("Ký tập trung sau khi cơ sở đã ký đủ liều cơ bản", "QĐ 5772/QĐ-BYT")
    again = (
        "Dữ liệu đã ký mà sửa, hoặc chữ ký không còn giá trị, thì phải ký lại",
        "Quy ước của lớp học",
    )
    hold = ("Chưa rõ thì tạm giữ, chưa ký", "CV 1908/BYT-CNTT")
    return (
        *(Step(s, "sua_dinh_danh", "CHUA_GUI", *edited) for s in _CITIZENS),
        *(Step(s, f"doi_chieu_{r}", r, *compare) for s in _CITIZENS for r in _RESULTS),
        *(Step(s, "nguoi_nuoc_ngoai", "NGUOI_NUOC_NGOAI", *foreign) for s in _CITIZENS),
        Step("NGUOI_NUOC_NGOAI", "sua_dinh_danh", "NGUOI_NUOC_NGOAI", *foreign),
        Step("NGUOI_NUOC_NGOAI", "la_cong_dan", "CHUA_GUI", *edited),
        Step("CHUA_NHAP", "nhap", "DA_NHAP_CHUA_KY", *enter),
        *(Step(s, "go", "CHUA_NHAP", *remove) for s in (*_ENTERED, "TREO")),
        *(Step(s, "ky", "DA_KY_CO_SO", *sign) for s in ("DA_NHAP_CHUA_KY", "PHAI_KY_LAI")),
        Step("DA_KY_CO_SO", "cap_ho_chieu", "DA_CAP_HO_CHIEU", *issue),
        *(Step(s, "sua", s, *enter) for s in ("DA_NHAP_CHUA_KY", "PHAI_KY_LAI", "TREO")),
        *(Step(s, "sua", "PHAI_KY_LAI", *again) for s in _SIGNED),
        *(Step(s, "chu_ky_hong", "PHAI_KY_LAI", *again) for s in _SIGNED),
        Step("PHAI_KY_LAI", "giai_trinh", "PHAI_KY_LAI", *again),
        *(Step("TREO", event, "TREO", *again) for event in ("chu_ky_hong", "giai_trinh")),
        *(Step(s, "tam_giu", "TREO", *hold) for s in _ENTERED),
        *(Step("TREO", f"bo_tam_giu_{s}", s, *hold) for s in _ENTERED),
    )


STEPS = _steps()
_NEXT = {(step.source, step.event): step.target for step in STEPS}


def after(state: str, event: str) -> str:
    """Return the state to which an event leads.

    Parameters
    ----------
    state, event : str

    Returns
    -------
    str

    Raises
    ------
    Problem
        If no rule has such a step.

    Examples
    --------
    >>> after("DA_KY_CO_SO", "sua")
    'PHAI_KY_LAI'
    """
    try:
        return _NEXT[state, event]
    except KeyError as error:
        message = f"Trạng thái {state} không có bước '{event}'."
        raise Problem(message) from error


def subject_state(shown: str, nationality: str) -> str:
    """Return the state of a record of the register.

    Parameters
    ----------
    shown : str
        Its ``tt_xac_minh``.
    nationality : str
        Its ``quoc_tich``; foreigners are never sent (CV 1908).

    Returns
    -------
    str
        A name of `SUBJECT_STATES`.
    """
    if shown == "Chưa gửi" and nationality != VIETNAM:
        return "NGUOI_NUOC_NGOAI"
    return next(s.name for s in SUBJECT_STATES.values() if s.shown["tt_xac_minh"] == shown)


def dose_state(signed: str, issued: str) -> str:
    """Return the state of a line of the register from its ``tt_ky`` and ``tt_hcvx``."""
    if issued == "Đã cấp":
        return "DA_CAP_HO_CHIEU"
    return "DA_KY_CO_SO" if signed == "Đã ký" else "DA_NHAP_CHUA_KY"
