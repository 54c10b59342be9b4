"""The list that the police hand back: what it says of every record, and what that makes right.

What is right follows from the list as it lies on the desk, faults included: a row that is
missing, that nobody asked for, that speaks of somebody else, a page without signature.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial

from generator.problems import Problem
from generator.vietnamese import same_spelling
from sosach.cases.desk import Desk, Paper, Row, Writer
from sosach.grading.rubrics.key import Act, Demand, Duty
from sosach.simulation.papers.handover import CLASSES, write_list, write_sheet
from sosach.simulation.people import police
from sosach.simulation.people.likeness import ANSWERED_BY, speaks_of_another
from sosach.simulation.people.ministry import wrong_subjects
from sosach.simulation.platform.states import subject_state

__all__ = ["hand_over", "lay_answers"]

SENT_ON, SIGNED_ON = date(2022, 5, 9), date(2022, 5, 13)
LIST = "CA-{:03d}"
#: how often each fault is wanted: a row in twenty, at least one; a page in five [ours]
ROWS, PAGES = 0.05, 0.20
#: at most this share of the rows may be spoiled [ours]
MOST_SPOILED = 0.5
TRIES = 999
#: pages; nobody leafs through more, and printing them takes seconds [ours]
MOST_PRINTED = 5
RETURNED = "danh_sach_cong_an"
#: basis of what a hand-over makes right
HAND_OVER = "CV 2262/BYT-CNTT ngày 4/5/2022, bước 3"
IMPORT = "CV 2262/BYT-CNTT ngày 4/5/2022, bước 4"
DUTY_SPLIT = "CV 9438/BYT-CNTT ngày 5/11/2021"
NONE = police.Faultiness(not_found=0, missing=0, unasked=0, mixed=0, unsigned=0)

#: identity cell -> how an answer about it is taken over where the number could not be sent
NUMBER = "so_giay_to"
UNSENDABLE = ("KHONG_CO_SO", "SAI_DINH_DANG")


def lay_answers(desk: Desk, records: Collection[str]) -> None:
    """Lay the police's answer beside some records, without faults of the hand-over."""
    asked = {record: row for record, row in _asked(desk).items() if record in records}
    _lay(desk, asked, _answer(desk, asked, LIST.format(1), NONE))


def hand_over(desk: Desk) -> None:
    """Lay a hand-over on the desk: the list that was sent and the one that came back, with faults.

    Every kind of fault occurs at least once; an unsigned page where there is more than one.

    Raises
    ------
    Problem
        If the list is too short for that.
    """
    asked = _asked(desk)
    share = max(ROWS, 1.5 / max(1, len(asked)))
    faulty = police.Faultiness(
        not_found=share, missing=share, unasked=share, mixed=share, unsigned=PAGES
    )
    tried = (_answer(desk, asked, LIST.format(i), faulty) for i in range(1, TRIES + 1))
    answered = next((found for found in tried if _is_wanted(found, len(asked))), None)
    if answered is None:
        message = (
            f"Danh sách gửi công an chỉ có {len(asked)} hồ sơ, không đủ chỗ cho mọi kiểu lỗi của "
            "bản bàn giao. Hãy tăng số hồ sơ hoặc tỷ lệ lỗi trong đặc tả bài."
        )
        raise Problem(message)
    desk.files["danh_sach_da_gui"] = list(asked.values())
    for record, row in asked.items():
        desk.lay(record, _note_of_sending(row))
    _lay(desk, asked, answered)


def _asked(desk: Desk) -> dict[str, Row]:
    """Return the rows of the list that the station sent: whoever needs verification."""
    subjects = [
        {**row, "trang_thai": subject_state(row["tt_xac_minh"], row["quoc_tich"])}
        for row in desk.subjects.values()
    ]
    return {row["ma_ho_so"]: row for row in wrong_subjects(subjects)}


def _answer(
    desk: Desk, asked: Mapping[str, Row], list_id: str, faulty: police.Faultiness
) -> police.PoliceList:
    return police.answer(
        list(asked.values()),
        desk.truth,
        desk.seed,
        list_id,
        day=SIGNED_ON,
        neighbours=desk.subjects.values(),
        faultiness=faulty,
    )


def _note_of_sending(row: Row) -> Paper:
    """Return the station's own note: only by it a row that did not come back is missed."""
    told = f"Dòng {row['stt']}, loại sai: {CLASSES[row['loai_sai']].lower()}."
    return Paper("khac", "Danh sách trạm đã gửi công an", f"Gửi ngày {SENT_ON:%d/%m/%Y}", text=told)


def _prints(answered: police.PoliceList) -> dict[str, Writer]:
    """Return the list as it was handed over, a workbook and a paper, where it is not too long."""
    if len(answered.rows) > MOST_PRINTED * police.ROWS_PER_PAGE:
        return {}
    return {
        f"{RETURNED}.xlsx": partial(write_list, answered.rows, day=answered.day),
        f"{RETURNED}.pdf": partial(write_sheet, answered),
    }


def _is_wanted(answered: police.PoliceList, n_asked: int) -> bool:
    """Tell whether a hand-over has every kind of fault, and is not spoiled as a whole."""
    kinds = {fault.kind for fault in answered.faults}
    spoiled = sum(not row["da_ky"] for row in answered.rows) + sum(
        fault.kind in ("missing", "mixed") for fault in answered.faults
    )
    wanted = {"missing", "unasked", "mixed"}
    if n_asked > police.ROWS_PER_PAGE:
        wanted.add("unsigned")
    return kinds >= wanted and 0 < spoiled <= MOST_SPOILED * n_asked


def _lay(desk: Desk, asked: Mapping[str, Row], answered: police.PoliceList) -> None:
    """Put the list on the desk and every row beside its record, and note what that makes right."""
    desk.files[RETURNED] = [
        {name: row.get(name, "") for name in police.LAYOUT} for row in answered.rows
    ]
    desk.prints |= _prints(answered)
    rows = {row["ma_ho_so"]: row for row in answered.rows}
    for record, row in rows.items():
        desk.lay(record, _paper(row, answered, record in asked))
    for record in asked:
        desk.duties[record] = _duty(desk, record, rows.get(record))


def _paper(row: Row, answered: police.PoliceList, asked: bool) -> Paper:
    cells = {cell: row[column] for cell, column in ANSWERED_BY.items() if row[column]}
    signed = row["ca_ky"] or "trang này chưa có chữ ký"
    told = [f"Kết quả: {row['ket_qua']}.", row["ghi_chu"]]
    if not asked:
        told.append("Hồ sơ này không có trong danh sách trạm đã gửi.")
    return Paper(
        "cong_an",
        "Danh sách công an đã trả",
        f"{answered.list_id}, trang {row['trang']}, {signed}",
        cells,
        text=" ".join(filter(None, told)),
    )


def _duty(desk: Desk, record: str, row: Row | None) -> Duty:
    """Return what the row of a record, or its absence, makes right."""
    subject = desk.subjects[record]
    causes = tuple(sorted(desk.truth.causes(record)))
    if row is None:
        return _again(causes, "Công an trả thiếu dòng này, chưa có gì để sửa")
    if not row["da_ky"]:
        return _again(causes, f"Trang {row['trang']} chưa có chữ ký của công an")
    if speaks_of_another(subject, row):
        return _again(causes, "Thông tin công an ghi ở dòng này là của người khác")
    if subject["quoc_tich"] != police.CITIZEN or "E70" in causes:
        return _one(causes, "FOREIGNER_PATH", "Người nước ngoài, không đối chiếu dân cư", "CV 1908")
    return _by_result(desk, subject, row, causes)


def _by_result(desk: Desk, subject: Row, row: Row, causes: tuple[str, ...]) -> Duty:
    """Return what a signed row about the right person makes right."""
    result = row["ket_qua"]
    if result == police.NOT_FOUND:
        title = "Công an không tìm thấy người này"
        return _any(causes, ("HOLD", "CONTACT_CITIZEN"), title, HAND_OVER)
    if result == police.NOT_HERE:
        return _one(causes, "TRANSFER", "Công an trả lời: không cư trú tại phường", HAND_OVER)
    if result == police.DEAD:
        demands: tuple[Demand, ...] = ((Act("HOLD"),), (Act("REPORT_UP"),))
        title = "Công an trả lời: người này đã mất"
        return Duty(causes, title, HAND_OVER, demands, (), "HOLD")
    if result == police.DOUBLE:
        merge = Act("MERGE", related=frozenset([row["trung_voi"]]))
        title = f"Công an trả lời: cùng một người với hồ sơ {row['trung_voi']}"
        return Duty(causes, title, HAND_OVER, ((merge,),), (Act("HOLD"),), "MERGE")
    return _take_over(desk, subject, row, causes)


def _take_over(desk: Desk, subject: Row, row: Row, causes: tuple[str, ...]) -> Duty:
    """Return the edits by which a record takes over what the police wrote."""
    new = {
        cell: row[column]
        for cell, column in ANSWERED_BY.items()
        if row[column] and not _same(cell, subject[cell], row[column])
    }
    if not new and row["ket_qua"] == police.RIGHT:
        title = "Mọi thông tin khớp với công an, nền tảng vẫn chưa cập nhật trạng thái"
        return _one(causes, "REPORT_SYSTEM", title, DUTY_SPLIT)
    if not new:
        title = "Công an đã bổ sung dữ liệu dân cư, hồ sơ không có ô nào phải sửa"
        return _any(causes, ("KEEP", "REPORT_SYSTEM", "UPDATE_FROM_POLICE"), title, DUTY_SPLIT)
    state = "SAI_DINH_DANG" if row["loai_sai"] in UNSENDABLE else ""
    demands = tuple(
        (
            Act(
                "IMPORT_ID" if cell == NUMBER and state else "UPDATE_FROM_POLICE",
                column=cell,
                values=frozenset([value]),
            ),
        )
        for cell, value in new.items()
    )
    title = "Công an đã ký và ghi thông tin đúng"
    return Duty(causes, title, IMPORT, demands, (), demands[0][0].action)


def _same(cell: str, one: str, two: str) -> bool:
    return same_spelling(one, two) if cell == "ho_ten" else one == two


def _again(causes: tuple[str, ...], title: str) -> Duty:
    """Return the duty where the list cannot be used: ask again, or hold; never edit."""
    return _any(causes, ("REFER_POLICE", "HOLD"), title, HAND_OVER)


def _one(causes: tuple[str, ...], action: str, title: str, basis: str) -> Duty:
    return _any(causes, (action,), title, basis)


def _any(causes: tuple[str, ...], actions: tuple[str, ...], title: str, basis: str) -> Duty:
    return Duty(causes, title, basis, (tuple(map(Act, actions)),), (), actions[0])
