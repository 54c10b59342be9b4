"""The figures of the own ward as a read of the platform: what JSON can hold of a `Progress`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from sosach.simulation.platform import states, store
from sosach.simulation.platform.desk import POLICE, Desk
from sosach.simulation.truth import Row
from sosach.simulation.words import written

if TYPE_CHECKING:
    from sosach.simulation.progress.table import Progress

__all__ = ["tien_do"]

#: what is counted of records and doses
SUBJECT = ("ma_ho_so", "trang_thai", "gop_vao", "quoc_tich")
DOSE = ("ma_ho_so", "trang_thai")


def tien_do(desk: Desk) -> Row:
    """Count how far the own ward is.

    Parameters
    ----------
    desk : Desk

    Returns
    -------
    dict
        ``ngay``; ``ten``; ``phuong`` (a `sosach.simulation.progress.table.WardRow`); ``danh_sach``
        (the lists sent to the police); ``mui`` (pairs of a state and how many doses of the own unit
        are in it); ``cau``.
    """
    # a world that nobody asks for figures does not load pandas
    from sosach.simulation.progress.ward import police_lists, ward_figures

    subject, dose = store.subject, store.dose
    mine = subject.select().where(subject.c.don_vi_quan_ly == desk.unit)
    subjects = desk.rows(mine.with_only_columns(*(subject.c[name] for name in SUBJECT)))
    entered = dose.select().where(dose.c.don_vi_nhap == desk.unit)
    doses = desk.rows(entered.with_only_columns(*(dose.c[name] for name in DOSE)))
    sent = desk.requests(store.request.c.loai == POLICE)
    found = ward_figures(desk.ward, desk.day, subjects, doses, sent)
    [ward] = found.wards
    lines = Counter(row["trang_thai"] for row in doses)
    return {
        "ngay": desk.day.isoformat(),
        "ten": found.name,
        "phuong": {**asdict(ward), "states": [list(pair) for pair in ward.states]},
        "danh_sach": police_lists(sent, desk.day),
        "mui": [[s.label, lines[name]] for name, s in states.DOSE_STATES.items() if lines[name]],
        "cau": _told(found),
    }


def _told(found: Progress) -> str:
    from sosach.simulation.progress.counts import sent_share

    share = sent_share(found.sent, found.needing)
    return (
        f"Tính đến ngày {written(found.day)}, {found.name}: {found.needing} hồ sơ cần xác minh, "
        f"đã gửi công an {found.sent} hồ sơ trong số đó ({share}). "
        f"Số khác, không so với hai số này: đã ký {found.signed} mũi tiêm của những hồ sơ "
        "đã đúng từ trước."
    )
