"""The figures of a report: counted in the ward's register and in the district's table."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

from generator.places import select_wards
from sosach.cases.desk import Desk, Row
from sosach.grading.rubrics.key import Figure
from sosach.simulation.lots import lot
from sosach.simulation.progress.plan import PUBLISHED, plans, so_far, units

__all__ = ["report"]

#: what is asked; a share that should not be computed is refused, and the question does not tell
IF_IT_MAKES_SENSE = "phần trăm; nếu phép chia không có nghĩa thì ghi: không tính"
QUESTIONS = {
    "ho_so": "Phường: tổng số hồ sơ trong sổ",
    "ho_so_can_xac_minh": "Phường: số hồ sơ của công dân có trạng thái khác Đúng",
    "nhom_a": "Phường: số hồ sơ nhóm a",
    "nhom_b": "Phường: số hồ sơ nhóm b",
    "nhom_c": "Phường: số hồ sơ nhóm c",
    "khu_pho_nhieu_nhat": "Phường: khu phố có nhiều hồ sơ cần xác minh nhất có bao nhiêu hồ sơ",
    "mui_cho_ky": "Phường: số mũi do trạm nhập, chưa ký, của hồ sơ đã Đúng",
    "quan_can_xac_minh": "Quận: tổng số hồ sơ cần xác minh",
    "quan_da_gui": "Quận: tổng số hồ sơ đã gửi công an",
    "quan_mui_da_ky": "Quận: tổng số mũi đã ký",
    "tram_nhan_token": "Quận: số trạm đã nhận token",
    "tram_da_ky": "Quận: số trạm đã ký ít nhất một mũi",
    "ty_le_da_gui": f"Hồ sơ đã gửi công an trên hồ sơ cần xác minh ({IF_IT_MAKES_SENSE})",
    "ty_le_tram_da_ky": f"Trạm đã ký trên trạm đã nhận token ({IF_IT_MAKES_SENSE})",
    "ty_le_da_ky_tren_can_xac_minh": f"Mũi đã ký trên hồ sơ cần xác minh ({IF_IT_MAKES_SENSE})",
    "ho_so_moi_nguoi_moi_ngay": (
        "Kế hoạch: hồ sơ cần xác minh của phường (bảng quận) chia cho 5 người, "
        "16 ngày làm việc từ 10/5 đến 31/5/2022, mỗi người mỗi ngày bao nhiêu hồ sơ (làm tròn lên)"
    ),
}
#: fixed by the recipe or by the ward, and so the same in many packs
COMMON = (
    *("ho_so", "ho_so_can_xac_minh", "nhom_a", "nhom_b", "nhom_c", "quan_can_xac_minh"),
    "tram_nhan_token",
)
#: the plan: so many people, and working days from 10 to 31 May 2022
PEOPLE, DAYS = 5, 16
#: a share may be rounded to one decimal of a percent
ROUNDED = Fraction(6, 100)
OURS = "Đếm trên dữ liệu của bài"
APART = (
    "Số mũi đã ký đếm trong những hồ sơ đã đúng từ trước, không nằm trong số hồ sơ cần xác minh, "
    "nên không chia cho nhau"
)


def report(desk: Desk) -> None:
    """Put the district's table on the desk and count what the report asks for."""
    desk.files["tien_do_quan"] = rows = _district(desk)
    desk.figures |= _of_ward(desk) | _of_district(rows) | _plan(desk, rows)
    desk.files["chi_tieu"] = [
        {"chi_tieu": name, "noi_dung": QUESTIONS[name]} for name in desk.figures
    ]


def _district(desk: Desk) -> list[Row]:
    """Return a row per ward of the own district, as of 7 May 2022.

    The others bear numbers and stand in an order that tells nothing: what is invented here is
    not to be read as a real ward's.
    """
    people = sum(int(row["population_2019"]) for row in units().values())
    found = plans(desk.seed, PUBLISHED)
    own = desk.pack.ward
    wards = [ward for ward in select_wards("all") if ward.district_code == own.district_code]
    wards.sort(key=lambda ward: (ward.code != own.code, lot(desk.seed, "bang_quan", ward.code)))
    rows = []
    for i, ward in enumerate(wards, start=1):
        plan = found[ward.code]
        needing = round(PUBLISHED.needing * int(units()[ward.code]["population_2019"]) / people)
        sent = so_far(max(0, needing - plan.unsent), plan.sending, PUBLISHED.day)
        signed = so_far(plan.signed, plan.signing, PUBLISHED.day)
        token = plan.token_from is not None and plan.token_from <= PUBLISHED.day
        rows.append(
            {
                "don_vi": ward.name if i == 1 else f"Đơn vị {i:02}",
                "ho_so_can_xac_minh": str(needing),
                "ho_so_da_gui_cong_an": str(sent),
                "nhan_token": "có" if token else "không",
                "mui_da_ky": str(signed),
            }
        )
    return rows


def _of_ward(desk: Desk) -> dict[str, Figure]:
    """Count the ward's register by what can be seen."""
    states = Counter(row["tt_xac_minh"] for row in desk.subjects.values())
    malformed = [
        row for row in desk.subjects.values() if row["tt_xac_minh"] == "Không có/sai định dạng"
    ]
    quarters = Counter(row["khu_pho"] for row in desk.subjects.values() if _needs(row))
    ready = [
        dose
        for dose in desk.doses.values()
        if dose["don_vi_nhap"] == desk.station
        and dose["tt_ky"] == "Chưa ký"
        and desk.subjects[dose["ma_ho_so"]]["tt_xac_minh"] == "Đúng"
    ]
    counts = {
        "ho_so": (len(desk.subjects), "số hồ sơ trong sổ của phường"),
        "ho_so_can_xac_minh": (sum(quarters.values()), "số hồ sơ có trạng thái khác Đúng"),
        "nhom_a": (sum(not r["so_giay_to"].strip() for r in malformed), "số hồ sơ không có số"),
        "nhom_b": (sum(bool(r["so_giay_to"].strip()) for r in malformed), "số sai định dạng"),
        "nhom_c": (states["Sai"] + states["Không xác minh được"], "sai thông tin cơ bản"),
        "khu_pho_nhieu_nhat": (
            max(quarters.values(), default=0),
            "số hồ sơ cần xác minh của khu phố có nhiều nhất",
        ),
        "mui_cho_ky": (len(ready), "số mũi do trạm nhập, chưa ký, của hồ sơ đã Đúng"),
    }
    return {
        name: Figure(title=title, basis=OURS, value=Fraction(n), common=name in COMMON)
        for name, (n, title) in counts.items()
    }


def _needs(row: Row) -> bool:
    return row["quoc_tich"] == "Việt Nam" and row["tt_xac_minh"] != "Đúng"


def _of_district(rows: list[Row]) -> dict[str, Figure]:
    """Count the district's table; one share of it makes no sense."""
    needing = sum(int(row["ho_so_can_xac_minh"]) for row in rows)
    sent = sum(int(row["ho_so_da_gui_cong_an"]) for row in rows)
    signed = sum(int(row["mui_da_ky"]) for row in rows)
    tokens = sum(row["nhan_token"] == "có" for row in rows)  # noqa: S105 - a column, no secret
    signing = sum(row["mui_da_ky"] != "0" for row in rows)
    counts = {
        "quan_can_xac_minh": (needing, "tổng hồ sơ cần xác minh của quận"),
        "quan_da_gui": (sent, "tổng hồ sơ quận đã gửi công an"),
        "quan_mui_da_ky": (signed, "tổng số mũi đã ký của quận"),
        "tram_nhan_token": (tokens, "số trạm có token"),
        "tram_da_ky": (signing, "số trạm đã ký"),
    }
    shares = {
        "ty_le_da_gui": (sent, needing, "hồ sơ đã gửi trên hồ sơ cần xác minh, phần trăm"),
        "ty_le_tram_da_ky": (signing, tokens, "số trạm đã ký trên số trạm có token, phần trăm"),
    }
    return {
        **{
            name: Figure(title=title, basis=OURS, value=Fraction(n), common=name in COMMON)
            for name, (n, title) in counts.items()
        },
        **{
            name: Figure((), title, OURS, Fraction(100 * part, max(1, whole)), ROUNDED)
            for name, (part, whole, title) in shares.items()
        },
        "ty_le_da_ky_tren_can_xac_minh": Figure(title=APART, basis=OURS),
    }


def _plan(desk: Desk, rows: list[Row]) -> dict[str, Figure]:
    """Share out the own ward's work, the first row, rounded up: less would not be done in time."""
    own = rows[0]
    each = math.ceil(int(own["ho_so_can_xac_minh"]) / (PEOPLE * DAYS))
    title = "số hồ sơ của phường chia cho 5 người và 16 ngày, làm tròn lên"
    return {
        "ho_so_moi_nguoi_moi_ngay": Figure(
            title=title, basis=OURS, value=Fraction(each), common=True
        )
    }
