"""What a report is counted from, as papers beside its figures: the register and the district's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sosach.review.casefile import Paper

__all__ = ["counted"]

Row = Mapping[str, str]

CITIZEN, RIGHT, MALFORMED = "Việt Nam", "Đúng", "Không có/sai định dạng"
STATION = "trạm y tế"
#: figures of the ward -> the paper on which they are counted; all others are the district's
OF_STATES = ("ho_so", "ho_so_can_xac_minh", "nhom_a", "nhom_b", "nhom_c")
SUMS = {
    "ho_so_can_xac_minh": "Hồ sơ cần xác minh",
    "ho_so_da_gui_cong_an": "Hồ sơ đã gửi công an",
    "mui_da_ky": "Mũi đã ký",
}
IN_TURN = "Lần lượt: cần xác minh · đã gửi công an · có token hay không · mũi đã ký"


def counted(
    subjects: Iterable[Row], doses: Iterable[Row], district: Iterable[Row], sites: Iterable[Row]
) -> dict[str, tuple[Paper, ...]]:
    """Return the papers from which the figures of a report can be read or added up.

    Parameters
    ----------
    subjects, doses : iterable of mapping
        Rows of ``doi_tuong`` and ``mui_tiem``.
    district : iterable of mapping
        Rows of ``tien_do_quan``, a ward each.
    sites : iterable of mapping
        Rows of ``co_so``.

    Returns
    -------
    dict
        Figure of the ward -> papers; ``""`` -> those of the district. Nothing is said here that
        the tables do not show.
    """
    people, station = list(subjects), next(row for row in sites if row["loai"] == STATION)
    states = _paper("Đếm theo trạng thái và ô số giấy tờ", Counter(map(_state, people)))
    open_ones = [row for row in people if row["quoc_tich"] == CITIZEN and not _is_right(row)]
    quarters = _paper(
        "Công dân có trạng thái khác Đúng, đếm theo khu phố",
        Counter(row["khu_pho"] for row in open_ones),
    )
    right = {row["ma_ho_so"] for row in people if _is_right(row)}
    kinds = Counter(_kind(dose, station["don_vi_nhap"], right) for dose in doses)
    return {
        **dict.fromkeys(OF_STATES, (states,)),
        "khu_pho_nhieu_nhat": (quarters,),
        "mui_cho_ky": (_paper("Mũi tiêm, đếm theo đơn vị nhập và trạng thái ký", kinds),),
        "": _of_district(list(district), station["ten_co_so"]),
    }


def _paper(title: str, counts: Mapping[str, int]) -> Paper:
    cells = {name: _written(counts[name]) for name in sorted(counts)}
    return Paper("khac", title, "Sổ của phường", cells)


def _is_right(row: Row) -> bool:
    return row["tt_xac_minh"] == RIGHT


def _state(row: Row) -> str:
    """Name the line in which a record is counted."""
    if row["quoc_tich"] != CITIZEN:
        return "Người nước ngoài"
    if row["tt_xac_minh"] != MALFORMED:
        return row["tt_xac_minh"]
    return f"{MALFORMED}, ô số {'có ghi' if row['so_giay_to'].strip() else 'trống'}"


def _kind(dose: Row, station: str, right: set[str]) -> str:
    """Name the line in which a dose is counted."""
    who = "Trạm nhập" if dose["don_vi_nhap"] == station else "Đơn vị khác nhập"
    state = "Đúng" if dose["ma_ho_so"] in right else "chưa Đúng"
    return f"{who}, {dose['tt_ky'].lower()}, hồ sơ {state}"


def _of_district(rows: list[Row], station: str) -> tuple[Paper, ...]:
    sums = {label: sum(int(row[name]) for row in rows) for name, label in SUMS.items()}
    total = Paper(
        "khac",
        f"Bảng của quận, dòng tổng cộng ({len(rows)} phường)",
        f"Anh/chị làm ở {station}",
        {label: _written(value) for label, value in sums.items()},
    )
    wards = {row["don_vi"]: _in_turn(row) for row in rows}
    return total, Paper("khac", "Bảng của quận, từng phường", IN_TURN, wards)


def _in_turn(row: Row) -> str:
    needing, sent, signed = (_written(int(row[name])) for name in SUMS)
    return f"{needing} · {sent} · {row['nhan_token']} · {signed}"


def _written(value: int) -> str:
    """Return a number as Viet Nam writes it: 18.536."""
    return f"{value:,}".replace(",", ".")
