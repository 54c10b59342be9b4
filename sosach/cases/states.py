"""What the state of a record says about who acts next: sign, refer, report, or leave it alone."""

from __future__ import annotations

from sosach.cases.desk import Desk, Row
from sosach.cases.police import lay_answers
from sosach.cases.today import TODAY
from sosach.grading.rubrics.key import Act, Duty
from sosach.simulation.lots import lot
from sosach.simulation.platform.gate import Gate
from sosach.simulation.platform.states import dose_state, subject_state

__all__ = ["READY", "who_acts"]

GATE_BASIS = "CV 1908/BYT-CNTT ngày 15/4/2022"
#: how many of the records that the police can help with have their answer already
ANSWERED = 0.5
STALE = "E90"
#: the mistake that can be made where everything is right: not to sign
READY = "E91"
FOREIGN = ("E70", "D12")


def who_acts(desk: Desk) -> None:
    """Say for every record who acts next; the police have answered about some of the wrong ones.

    All whose status alone is stale have an answer, and as many others, so that an answer by
    itself tells nothing.
    """
    wrong = [r for r, row in desk.subjects.items() if row["tt_xac_minh"] != "Đúng"]
    asked = [r for r in wrong if STALE in desk.truth.causes(r) or _drawn(desk, r)]
    lay_answers(desk, [record for record in asked if not _is_foreign(desk, record)])
    for record, row in desk.subjects.items():
        if record not in desk.duties:
            desk.duties[record] = _duty(desk, record, row)


def _drawn(desk: Desk, record: str) -> bool:
    return lot(desk.seed, "da_tra_loi", record) < ANSWERED


def _is_foreign(desk: Desk, record: str) -> bool:
    person = desk.truth.person(record)
    return person is not None and person["quoc_tich"] != "Việt Nam"


def _duty(desk: Desk, record: str, row: Row) -> Duty:
    decoy = desk.decoys.get(record)
    causes = tuple(sorted(desk.truth.causes(record))) or ((decoy,) if decoy else ())
    if "E70" in causes:
        title = "Người nước ngoài nhập vào luồng công dân"
        return Duty(causes, title, GATE_BASIS, ((Act("FOREIGNER_PATH"),),), (), "FOREIGNER_PATH")
    if row["tt_xac_minh"] not in ("Đúng", "Chưa gửi"):
        title = "Chưa xác minh đúng, phải nhờ công an đối chiếu"
        basis = "CV 2262/BYT-CNTT ngày 4/5/2022"
        return Duty(
            causes,
            title,
            basis,
            ((Act("REFER_POLICE"),),),
            (Act("CONTACT_CITIZEN"),),
            "REFER_POLICE",
        )
    if _may_sign(desk, row):
        title = "Đủ điều kiện, có mũi do trạm nhập chưa ký"
        return Duty(causes or (READY,), title, GATE_BASIS, ((Act("SIGN"),),), (), "SIGN")
    title = "Không còn mũi nào trạm được ký"
    return Duty(causes, title, GATE_BASIS, ((Act("KEEP"),),), (), "KEEP")


def _may_sign(desk: Desk, row: Row) -> bool:
    """Tell whether the station may sign a dose of a record today."""
    subject = {
        **row,
        "trang_thai": subject_state(row["tt_xac_minh"], row["quoc_tich"]),
        "treo": "",
    }
    state = {"treo": "", "truoc_treo": "", "giai_trinh": ""}
    doses = [
        {**dose, **state, "trang_thai": dose_state(dose["tt_ky"], dose["tt_hcvx"])}
        for dose in desk.doses_of[row["ma_ho_so"]]
    ]
    sites = {c: s for c, s in desk.truth.sites.items() if s["trong_danh_muc"] == "true"}
    told = Gate(desk.station, TODAY, sites).record(subject, doses, [])
    return any(not reasons for reasons in told.values())
