"""The figures of a report: counted in the ward's register and in the district's table."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from generator.places import select_wards
from sosach.cases.desk import Desk, Row
from sosach.grading.rubrics.key import Figure
from sosach.simulation.progress.plan import PUBLISHED, plans, so_far, units

__all__ = ["report"]

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
    desk.figures |= _of_ward(desk) | _of_district(rows)


def _district(desk: Desk) -> list[Row]:
    """Return a row per ward of the own district, as of 7 May 2022."""
    people = sum(int(row["population_2019"]) for row in units().values())
    found = plans(desk.seed, PUBLISHED)
    rows = []
    for ward in select_wards("all"):
        if ward.district_code != desk.pack.ward.district_code:
            continue
        plan = found[ward.code]
        needing = round(PUBLISHED.needing * int(units()[ward.code]["population_2019"]) / people)
        sent = so_far(max(0, needing - plan.unsent), plan.sending, PUBLISHED.day)
        signed = so_far(plan.signed, plan.signing, PUBLISHED.day)
        token = plan.token_from is not None and plan.token_from <= PUBLISHED.day
        rows.append(
            {
                "ma_phuong": ward.code,
                "ten_phuong": ward.name,
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
        name: Figure(title=title, basis=OURS, value=Fraction(n))
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
        **{n: Figure(title=t, basis=OURS, value=Fraction(v)) for n, (v, t) in counts.items()},
        **{
            name: Figure((), title, OURS, Fraction(100 * part, max(1, whole)), ROUNDED)
            for name, (part, whole, title) in shares.items()
        },
        "ty_le_da_ky_tren_can_xac_minh": Figure(title=APART, basis=OURS),
    }
