"""The progress as a notebook shows it: sentence, tables and drawings of a ward, a district, the city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.problems import Problem
from sosach.simulation.progress import charts
from sosach.simulation.progress.city import count_wards
from sosach.simulation.progress.paragraph import newspaper
from sosach.simulation.progress.plan import PUBLISHED
from sosach.simulation.progress.table import (
    Progress,
    WardRow,
    district_names,
    district_table,
    summary_table,
    ward_table,
)
from sosach.simulation.results import KetQua
from sosach.simulation.tables import table
from sosach.simulation.words import written

__all__ = ["shown_ward", "tien_do"]

THREE = "Ba số, không chia cho nhau"
LIST = ("ma_danh_sach", "gui_ngay", "so_ho_so", "tra_ngay")


def shown_ward(told: KetQua) -> KetQua:
    """Return the platform's answer about the own ward with its tables and its drawing.

    Parameters
    ----------
    told : KetQua
        The answer of `sosach.simulation.progress.figures.tien_do`.

    Returns
    -------
    KetQua
        With the three numbers, the lists of the police and the unit's doses by state.
    """
    answer = told.tra_loi
    ward = WardRow(**{**answer["phuong"], "states": tuple(map(tuple, answer["phuong"]["states"]))})
    found = Progress(answer["ten"], date.fromisoformat(answer["ngay"]), (ward,))
    doses = [{"trang_thai": state, "so_mui": count} for state, count in answer["mui"]]
    tables = {
        THREE: summary_table(found),
        "Danh sách đã gửi công an": table(map(_list, answer["danh_sach"]), LIST),
        "Mũi tiêm do trạm nhập": table(doses, ("trang_thai", "so_mui")),
    }
    return replace(told, cac_bang=tables, hinh=charts.chart_states(found))


def _list(row: Mapping[str, Any]) -> Mapping[str, Any]:
    back = written(row["tra_ngay"]) or "chưa trả"
    return {**row, "gui_ngay": written(row["gui_ngay"]), "tra_ngay": back}


def tien_do(thu_muc: str | Path, seed: int, huyen: str = "") -> KetQua:
    """Tiến độ của thành phố, hay của một quận, huyện (tên hoặc mã), đến hết ngày 7/5/2022.

    Parameters
    ----------
    thu_muc : Path
        A folder as ``sosach generate`` leaves it.
    seed : int
        Of the lots.
    huyen : str
        Name or code of a district; "" for all wards of the folder.

    Returns
    -------
    KetQua
    """
    try:
        return _shown(_days(Path(thu_muc), seed, huyen))
    except Problem as problem:
        return KetQua(False, str(problem))


def _days(folder: Path, seed: int, district: str) -> list[Progress]:
    """Return the figures of every day of the campaign."""
    counts = count_wards(folder)
    first = PUBLISHED.sending_from
    length = (PUBLISHED.day - first).days
    days = [counts.at(first + timedelta(days), seed) for days in range(length + 1)]
    if not district:
        return days
    codes = {name: code for code, name in district_names().items()}
    return [found.district(codes.get(district, district)) for found in days]


def _shown(days: Sequence[Progress]) -> KetQua:
    last = days[-1]
    several = len({ward.district for ward in last.wards}) > 1
    tables = {THREE: summary_table(last)}
    if several:
        tables["Theo quận, huyện"] = district_table(last)
    tables["Theo phường, xã"] = ward_table(last)
    drawn = [
        charts.chart_sent_by_day(days),
        charts.chart_districts(last) if several else "",
        charts.chart_shares(last),
        charts.chart_states(last),
        charts.chart_signed_by_day(days),
        charts.chart_stations(last),
    ]
    return KetQua(True, newspaper(last), tables, hinh="".join(drawn))
