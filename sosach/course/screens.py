"""What is shown for each artefact: records of the register, letters, slips or figures, and the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generator.problems import Problem
from sosach.course.cards import cards, doses_to_sign
from sosach.course.counts import counted
from sosach.course.screen_parts import (
    Row,
    Screen,
    listed_sites,
    papers_of,
    rows_of,
    sites_of,
)
from sosach.course.workplace import Workplace
from sosach.grading.rubrics.words import in_words
from sosach.grading.specs import ExerciseSpec
from sosach.review.actions import Choice, Form
from sosach.review.casefile import Column, Paper, Record
from sosach.review.forms import (
    LEAVE_OUT,
    decision_form,
    feedback_form,
    figure_form,
    group_form,
    verdict_form,
    with_rules,
)
from sosach.review.register import (
    DOSE_COLUMNS,
    RECORD_COLUMNS,
    district_names,
    dose_rules,
    register_records,
    seen_queues,
)

__all__ = [
    "DECISION_RULES",
    "FIGURE_COLUMNS",
    "LETTER_COLUMNS",
    "RECEIVERS",
    "SLIP_COLUMNS",
    "screen_of",
    "slip_form",
]

LIST_RULES = {
    "a": "Ô số giấy tờ trống.",
    "b": "Có số, nhưng không phải 9 hay 12 chữ số.",
    "c": "Số đúng định dạng mà trạng thái là Sai hoặc Không xác minh được.",
    LEAVE_OUT: "Hồ sơ không thuộc nhóm nào thì không đưa vào.",
}
#: action -> when it is right, and the document that says so; without one it is ours
DECISION_RULES = {
    "KEEP": ("Mọi ô đều đúng, hoặc trông lạ mà không sai.", ""),
    "NORMALIZE": ("Chỉ sai cách gõ, ý nghĩa đã rõ, không phải hỏi ai.", ""),
    "FIX_FROM_SOURCE": ("Mũi của trạm ghi khác phiếu đang có trong tay.", ""),
    "REFER_POLICE": (
        "Số giấy tờ, họ tên, ngày sinh hoặc giới tính chưa được xác minh đúng.",
        "CV 2262",
    ),
    "IMPORT_ID": ("Công an đã ký và ghi số cho hồ sơ không có số, sai định dạng.", "CV 2262"),
    "UPDATE_FROM_POLICE": ("Công an đã ký và ghi thông tin đúng, khác với hồ sơ.", "CV 2262"),
    "MERGE": ("Có bằng chứng rằng hai hồ sơ là của một người.", ""),
    "ASK_FACILITY": ("Chỉ nơi đã nhập mũi mới trả lời được.", ""),
    "CONTACT_CITIZEN": ("Chỉ người dân mới trả lời được.", ""),
    "FOREIGNER_PATH": ("Người nước ngoài bị nhập như công dân Việt Nam.", "CV 1908"),
    "HOLD": ("Chưa đủ căn cứ, đang chờ trả lời.", ""),
    "REPORT_SYSTEM": ("Mọi thông tin đã khớp mà trạng thái vẫn là Sai.", ""),
    "SIGN": ("Đã xác minh đúng, còn mũi do trạm nhập chưa ký.", "CV 1908"),
    "SPLIT": ("Một hồ sơ chứa hai người, và đã có trả lời ai là ai.", ""),
    "DELETE_DUP_DOSE": ("Một mũi của trạm nhập hai lần, các ô như nhau.", ""),
    "REMOVE_DOSE": ("Phiếu gốc cho thấy mũi trong hồ sơ là của người khác.", ""),
    "ADD_DOSE": ("Có phiếu của một mũi đã tiêm mà sổ chưa có.", ""),
    "TRANSFER": ("Người hoặc mũi thuộc trách nhiệm của đơn vị khác.", ""),
    "REPORT_UP": ("Việc vượt quyền của trạm: người đã mất, nghi giả mạo, token bị khóa.", ""),
    "ACCEPT_FEEDBACK": ("Giấy dùng được, lời khai khớp giấy, mũi do trạm nhập.", "CV 9458"),
    "DEFER_FEEDBACK": ("Phản ánh hợp lệ nhưng mũi do đơn vị khác nhập.", ""),
    "REJECT_FEEDBACK": ("Có ít nhất một trong 13 lý do, nêu đúng lý do ấy.", "CV 9458"),
}
#: who takes what a station hands on (CV 9458 routing), beside the units of the list of sites
RECEIVERS = {"SO_Y_TE": "Sở Y tế", "HCDC": "HCDC", "TRAM_KHAC": "Trạm Y tế nơi cư trú"}
LETTER_COLUMNS = (
    Column("nguoi_gui", "Người gửi"),
    Column("han_tra_loi", "Hạn trả lời"),
    Column("ma_ho_so", "Hồ sơ"),
    Column("don_vi_nhap", "Theo danh mục, mũi này do ai nhập"),
)
SLIP_COLUMNS = (
    Column("ho_ten", "Họ và tên"),
    Column("ngay_sinh", "Ngày sinh", "date"),
    Column("gioi_tinh", "Giới tính"),
    Column("mui", "Mũi", compared=True),
    Column("ten_vac_xin", "Vắc xin", compared=True),
    Column("so_lo", "Số lô", compared=True),
    Column("ngay_tiem", "Ngày tiêm", "date", compared=True),
    Column("noi_tiem", "Nơi tiêm"),
    Column("quan_sat", "Nhìn thấy"),
)
FIGURE_COLUMNS = (Column("noi_dung", "Nội dung"),)
#: what is named with a verdict on a slip: the slot of a dose that is entered, the cell put right
SLIP_REASONS = {
    "ADD_DOSE": {
        "CB1": "Mũi cơ bản 1",
        "CB2": "Mũi cơ bản 2",
        "CB3": "Mũi cơ bản 3",
        "BS": "Mũi bổ sung",
        "NL1": "Mũi nhắc lại 1",
        "NL2": "Mũi nhắc lại 2",
    },
    "FIX_FROM_SOURCE": {
        "ngay_tiem": "Ô ngày tiêm",
        "ten_vac_xin": "Ô vắc xin",
        "so_lo": "Ô số lô",
        "mui": "Ô mũi",
    },
}


SLIP_ASKS = {"ADD_DOSE": "Là mũi nào?", "FIX_FROM_SOURCE": "Sửa ô nào?"}

#: beside a slip whose holder the register does not have
NOBODY = Paper(
    "khac",
    "Tìm theo họ tên và ngày sinh",
    "Trong sổ",
    text="Không thấy hồ sơ nào có đúng họ tên và ngày sinh như trên phiếu.",
)


def screen_of(spec: ExerciseSpec, place: Workplace) -> Screen:
    """Return what the workbench shows for an opened exercise.

    Parameters
    ----------
    spec : ExerciseSpec
        Its first task names the artefact.
    place : Workplace

    Returns
    -------
    Screen

    Raises
    ------
    Problem
        If there is no screen for the artefact.
    """
    artefact = spec.tasks[0].artefact
    if artefact not in _SCREENS:
        message = f"Bài {spec.id}: chưa có màn hình cho tệp {artefact}."
        raise Problem(message)
    return _SCREENS[artefact](spec, place)


def _groups(spec: ExerciseSpec, place: Workplace) -> Screen:
    return _register(group_form(LIST_RULES, "CV 2262"), place)


def _decisions(spec: ExerciseSpec, place: Workplace) -> Screen:
    codes = spec.artefacts["quyet_dinh.csv"].codes["hanh_dong"]
    return _register(decision_form(codes, DECISION_RULES, _receivers(place)), place)


def _register(form: Form, place: Workplace) -> Screen:
    """Show the records of the register with their doses and papers."""
    subjects, doses = rows_of(place.doi_tuong), rows_of(place.mui_tiem)
    return Screen(
        form,
        RECORD_COLUMNS,
        register_records(subjects, doses, papers_of(place)),
        DOSE_COLUMNS,
        seen_queues(subjects),
        {
            **{code: f"{name} ({code})" for code, name in sites_of(place).items()},
            **district_names(),
        },
        dose_rules(),
    )


def _letters(spec: ExerciseSpec, place: Workplace) -> Screen:
    papers, owners = papers_of(place), _owners(place)
    records = tuple(
        Record(
            row["ma_phan_anh"],
            (
                row["khai_ho_ten"],
                _readable(row["han_tra_loi"]),
                row["ma_ho_so"],
                owners.get(row["khai_co_so_tiem"], ""),
            ),
            papers=tuple(papers.get(row["ma_phan_anh"], ())),
        )
        for row in rows_of(place.tables["phan_anh"])
    )
    return Screen(feedback_form(_receivers(place), DECISION_RULES), LETTER_COLUMNS, records)


def slip_form(codes: Sequence[str]) -> Form:
    """Return the form of a pile of slips.

    Parameters
    ----------
    codes : sequence of str
        What may be done with a slip, codes of ``action_codes.csv``.

    Returns
    -------
    Form
        Entering a dose asks for its slot, putting one right for the cell.
    """
    form = verdict_form({code: in_words([code]) for code in codes}, {}, "phiếu")
    actions = (
        replace(
            action,
            needs=("reason",),
            reasons=tuple(SLIP_REASONS[action.code]),
            asks=SLIP_ASKS[action.code],
        )
        if action.code in SLIP_REASONS
        else action
        for action in form.actions
    )
    reasons = {code: label for some in SLIP_REASONS.values() for code, label in some.items()}
    choices = tuple(Choice(code, label) for code, label in reasons.items())
    return replace(
        form,
        question="Phiếu này xử lý thế nào?",
        actions=with_rules(actions, DECISION_RULES),
        reasons=choices,
    )


def _verdicts(spec: ExerciseSpec, place: Workplace) -> Screen:
    return (cards if "can_kiem_tra" in place.tables else _slips)(spec, place)


def _slips(spec: ExerciseSpec, place: Workplace) -> Screen:
    """Show a pile of slips; beside each the doses that its holder's record has already."""
    form = slip_form(spec.artefacts["ket_luan.csv"].codes["ket_luan"])
    holders = _holders(place)
    records = tuple(
        Record(
            row["ma_phieu"],
            tuple(row[column.name] for column in SLIP_COLUMNS),
            papers=_same_slot_first(
                row, holders.get((row["ho_ten"].casefold(), row["ngay_sinh"]), [NOBODY])
            ),
        )
        for row in rows_of(place.tables["chong_phieu"])
    )
    return Screen(form, SLIP_COLUMNS, records)


def _same_slot_first(slip: Row, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return what the register has, the dose of the slip's own slot before the others."""
    return tuple(sorted(papers, key=lambda one: (one.cells or slip)["mui"] != slip["mui"]))


def _figures(spec: ExerciseSpec, place: Workplace) -> Screen:
    papers = counted(
        rows_of(place.doi_tuong),
        rows_of(place.mui_tiem),
        rows_of(place.tables["tien_do_quan"]),
        listed_sites(place),
    )
    records = tuple(
        Record(row["chi_tieu"], (row["noi_dung"],), papers=papers.get(row["chi_tieu"], papers[""]))
        for row in rows_of(place.tables["chi_tieu"])
    )
    return Screen(figure_form(), FIGURE_COLUMNS, records)


_SCREENS: Mapping[str, Callable[[ExerciseSpec, Workplace], Screen]] = {
    "danh_sach.csv": _groups,
    "quyet_dinh.csv": _decisions,
    "phan_anh.csv": _letters,
    "ket_luan.csv": _verdicts,
    "ky_so.json": doses_to_sign,
    "so_lieu.csv": _figures,
}


def _receivers(place: Workplace) -> dict[str, str]:
    """Return to whom something may be handed on: the units that enter doses, and those above."""
    names = sites_of(place)
    units = dict.fromkeys(row["don_vi_nhap"] for row in listed_sites(place))
    return {**RECEIVERS, **{unit: names.get(unit, unit) for unit in units}}


def _owners(place: Workplace) -> dict[str, str]:
    """Return for every site of the official list the name of the unit that enters its doses."""
    names = sites_of(place)
    return {
        row["co_so_tiem"]: names.get(row["don_vi_nhap"], row["don_vi_nhap"])
        for row in listed_sites(place)
    }


def _readable(value: str) -> str:
    """Return a time as people write it: 10:15 ngày 11/05/2022."""
    return f"{value[11:16]} ngày {value[8:10]}/{value[5:7]}/{value[:4]}"


def _holders(place: Workplace) -> dict[tuple[str, str], list[Paper]]:
    """Return for every name and birth date what stands in the register, as papers."""
    doses: dict[str, list[Row]] = {}
    for row in rows_of(place.mui_tiem):
        doses.setdefault(row["ma_ho_so"], []).append(row)
    found: dict[tuple[str, str], list[Paper]] = {}
    for row in rows_of(place.doi_tuong):
        lines = doses.get(row["ma_ho_so"], [])
        found.setdefault((row["ho_ten"].casefold(), row["ngay_sinh"]), []).extend(
            [
                Paper(
                    "khac",
                    f"Hồ sơ {row['ma_ho_so']}",
                    "Trong sổ",
                    text=f"{len(lines)} mũi đã nhập.",
                ),
                *(_dose_paper(dose) for dose in lines),
            ]
        )
    return found


def _dose_paper(dose: Row) -> Paper:
    """Return a dose of the register as it lies beside a slip."""
    names = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem")
    return Paper("khac", f"Mũi đã nhập: {dose['mui']}", "Trong sổ", {n: dose[n] for n in names})
