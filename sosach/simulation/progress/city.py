"""A whole city: what there is to do, counted in a generated folder, and what was done until a day.

The folder is read in one pass, one ward at a time. What the stations have done is simulated
(`plan`), so that a few wards have the same figures as in the whole city.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from generator.problems import Problem
from sosach.publish.report_words import day as written
from sosach.simulation.progress.plan import (
    PUBLISHED,
    Plan,
    Published,
    first_by_lot,
    plans,
    so_far,
    units,
)
from sosach.simulation.progress.table import Progress, WardRow, district_names
from sosach.simulation.progress.ward import CITIZEN, FOREIGN, RIGHT, in_order

__all__ = ["CityCounts", "WardCounts", "city_figures", "count_wards"]

#: even the slowest of the wards that report has sent some of its records (ours)
MOST_LEFT = 0.8

#: passes wards on one by one and may show how far it has come; the second value is their number
Told = Callable[[Iterable[str], int], Iterable[str]]


@dataclass(frozen=True)
class WardCounts:
    """What lies in the files of one ward.

    Attributes
    ----------
    code, district : str
    states : tuple of (str, int)
        State as the platform shows it -> records.
    right_doses : int
        Lines entered by the ward's own units that stand in right records.
    """

    code: str
    district: str
    states: tuple[tuple[str, int], ...]
    right_doses: int

    @property
    def records(self) -> int:
        """All records."""
        return sum(count for _, count in self.states)

    @property
    def needing(self) -> int:
        """Records of citizens that are not right."""
        return sum(count for state, count in self.states if state not in (RIGHT, FOREIGN))


@dataclass(frozen=True)
class CityCounts:
    """What lies in a folder.

    Attributes
    ----------
    as_of : date
        On which the register was looked at.
    scale : float
        Share of the households that were made.
    wards : tuple of WardCounts
        In the order of their codes.
    """

    as_of: date
    scale: float
    wards: tuple[WardCounts, ...]

    def at(self, day: date, seed: int, published: Published = PUBLISHED) -> Progress:
        """Return the figures at the end of a day.

        The records needing verification are those of the folder on every day: one list was made.

        Parameters
        ----------
        day : date
            From the first day of the campaign to the day of the published figures: nothing is
            known of later ones.
        seed : int
            Of the lots.
        published : Published

        Returns
        -------
        Progress

        Raises
        ------
        Problem
            If the day lies outside, or the register is of another day than the figures.
        """
        if self.as_of != published.day:
            message = (
                f"Bộ dữ liệu này là của ngày {written(self.as_of)}; số liệu công bố là của ngày"
                f" {written(published.day)}. Tạo dữ liệu theo kịch bản tp-hcm-2022."
            )
            raise Problem(message)
        if not published.sending_from <= day <= published.day:
            message = (
                f"Tiến độ của thành phố chỉ có từ {written(published.sending_from)} đến"
                f" {written(published.day)}, ngày có số liệu công bố; không có ngày {written(day)}."
            )
            raise Problem(message)
        planned = plans(seed, published)
        wards = tuple(_ward_on(ward, planned[ward.code], day, self.scale) for ward in self.wards)
        whole = len(wards) == published.wards
        name = "thành phố" if whole else "các phường, xã của bộ dữ liệu này"
        holders = first_by_lot(seed, "token", district_names(), published.centres)
        districts = sorted({ward.district for ward in self.wards})
        return Progress(name, day, wards, tuple((code, code in holders) for code in districts))


def city_figures(folder: Path, seed: int, day: date = PUBLISHED.day) -> Progress:
    """Count a folder and return the figures of a day.

    Parameters
    ----------
    folder : Path
        As ``sosach generate`` leaves it; any wards, any scale.
    seed : int
        Of the lots.
    day : date
        As for `CityCounts.at`.

    Returns
    -------
    Progress

    Raises
    ------
    Problem
        If the folder is no data set, a file of it is missing or broken, or the day lies outside.
    """
    return count_wards(folder).at(day, seed)


def _silent(wards: Iterable[str], total: int) -> Iterable[str]:
    return wards


def count_wards(folder: Path, told: Told = _silent) -> CityCounts:
    """Count every ward of a folder once, one at a time.

    Parameters
    ----------
    folder : Path
        As ``sosach generate`` leaves it; any wards, any scale.
    told : callable
        Told of each ward.

    Returns
    -------
    CityCounts

    Raises
    ------
    Problem
        If the folder is no data set, or a file of it is missing or broken.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        scale = float(manifest["scale"])
        names = [Path(name) for name in manifest["files"]]
        codes = sorted({name.stem for name in names if name.parent.name == "doi_tuong"})
        if not codes:
            message = f"Bộ dữ liệu trong {folder} không có phường, xã nào. Hãy tạo lại bằng sosach generate."
            raise Problem(message)
        as_of = date.fromisoformat(manifest["as_of"])
        wards = tuple(_count(folder, code) for code in told(codes, len(codes)))
        return CityCounts(as_of, scale, wards)
    except Problem:
        raise
    except (ValueError, KeyError, TypeError, OSError) as error:
        message = (
            f"Không đọc được bộ dữ liệu trong {folder}: tệp thiếu, hỏng hoặc không phải do bản"
            f" sosach này ghi ({type(error).__name__}: {error}). Chạy 'sosach verify {folder}' để"
            " biết tệp nào, hoặc tạo lại bằng sosach generate."
        )
        raise Problem(message) from error


def _count(folder: Path, code: str) -> WardCounts:
    def read(name: str, *columns: str) -> pa.Table:
        return pq.read_table(folder / name / f"{code}.parquet", columns=list(columns))

    subjects = read("doi_tuong", "ma_ho_so", "quoc_tich", "tt_xac_minh")
    citizen = pc.equal(subjects["quoc_tich"], CITIZEN)
    shown = pc.if_else(
        pc.and_(pc.invert(citizen), pc.not_equal(subjects["tt_xac_minh"], RIGHT)),
        FOREIGN,
        subjects["tt_xac_minh"],
    )
    states = {entry["values"]: entry["counts"] for entry in pc.value_counts(shown).to_pylist()}
    lines = read("mui_tiem", "ma_ho_so", "don_vi_nhap")
    own = lines.filter(pc.starts_with(lines["don_vi_nhap"], f"CS{code}-"))
    right = subjects.filter(pc.equal(shown, RIGHT))["ma_ho_so"].combine_chunks()
    inside = pc.sum(pc.is_in(own["ma_ho_so"], value_set=right)).as_py() or 0
    return WardCounts(code, units()[code]["district_code"], in_order(states), int(inside))


def _ward_on(ward: WardCounts, plan: Plan, day: date, scale: float) -> WardRow:
    """Return what a ward has done at the end of a day."""
    unsent = min(round(plan.unsent * scale), round(MOST_LEFT * ward.needing))
    sent = so_far(ward.needing - unsent, plan.sending, day)
    signed = so_far(min(round(plan.signed * scale), ward.right_doses), plan.signing, day)
    return WardRow(
        code=ward.code,
        district=ward.district,
        records=ward.records,
        needing=ward.needing,
        sent=sent,
        right_doses=ward.right_doses,
        signed=signed,
        token=plan.token_from is not None and plan.token_from <= day,
        signing=signed > 0,
        states=ward.states,
    )
