"""Count a city once, ward by ward: everything that its report shows, and no more than that.

Only the columns that are counted are read, and only one ward lies in memory, so that a whole city
takes little of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from generator import facts
from generator.problems import Problem
from generator.supply import OUTSIDE

__all__ = ["AGE_GROUPS", "SEXES", "City", "WardCounts", "count_city"]

#: five-year groups of the census tables; the last is 85 and more
AGE_GROUPS = 18
SEXES = ("Nam", "Nữ")
LARGEST_HOUSEHOLD = 7
#: cells that no clerk typed: status of the comparison, of the signature, of the person
NOT_TYPED = ("tt_xac_minh", "tt_ky", "tinh_trang")
#: for people of whom only the year of birth is known (ours)
MIDDLE_OF_YEAR = "01/07/"

#: passes wards on one by one and may show how far it has come; the second value is their number
Progress = Callable[[Iterable[str], int], Iterable[str]]


@dataclass(frozen=True)
class WardCounts:
    """One ward.

    Attributes
    ----------
    code, district : str
    ages : tuple of int, 36
        People by five-year group, men first.
    records, backlog, doses : int
        Records; those of citizens that are not "Đúng"; doses given.
    """

    code: str
    district: str
    ages: tuple[int, ...]
    records: int
    backlog: int
    doses: int

    @property
    def people(self) -> int:
        """Residents."""
        return sum(self.ages)


@dataclass(frozen=True)
class City:
    """What was counted.

    Attributes
    ----------
    manifest : dict
    as_of : date
    wards : list of WardCounts
    surnames : Counter
        Surname -> people of the Kinh.
    households : Counter
        Members (7 = 7 and more) -> households.
    doses : Counter
        (day written dd/mm/yyyy, vaccine, slot) -> doses given.
    units : Counter
        (entering unit, "records" | "doses" | "spoiled records" | "spoiled doses") -> number.
    """

    manifest: dict[str, Any]
    as_of: date
    wards: list[WardCounts] = field(default_factory=list)
    surnames: Counter[str] = field(default_factory=Counter)
    households: Counter[int] = field(default_factory=Counter)
    doses: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    units: Counter[tuple[str, str]] = field(default_factory=Counter)

    @cached_property
    def people(self) -> int:
        """Residents of all wards."""
        return sum(ward.people for ward in self.wards)

    @cached_property
    def ages(self) -> list[int]:
        """People by five-year group, men first."""
        return [sum(groups) for groups in zip(*(ward.ages for ward in self.wards), strict=True)]

    def doses_until(self, last: date) -> Counter[str]:
        """Return the doses given up to a day by slot; "" = all."""
        found: Counter[str] = Counter()
        for (text, _, slot), count in self.doses.items():
            if written_day(text) <= last:
                found[slot] += count
                found[""] += count
        return found


def written_day(text: str) -> date:
    """Read dd/mm/yyyy."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def count_city(folder: Path, progress: Progress) -> City:
    """Count a data set.

    Parameters
    ----------
    folder : Path
        As ``sosach generate`` leaves it.
    progress : callable
        Told of each ward.

    Returns
    -------
    City

    Raises
    ------
    Problem
        If the folder is no data set, or a file of it is missing or broken.
    """
    manifest = _read_manifest(folder)
    try:
        city = City(manifest, date.fromisoformat(manifest["as_of"]))
        codes = sorted(Path(name).stem for name in manifest["files"] if name.startswith("dan_cu/"))
        codes = list(dict.fromkeys(codes))
        for code in progress(codes, len(codes)):
            _count_ward(folder, code, city)
    except (ValueError, KeyError, TypeError, OSError) as error:
        message = (
            f"Không đọc được bộ dữ liệu trong {folder}: tệp thiếu, hỏng hoặc không phải do bản"
            f" sosach này ghi ({type(error).__name__}: {error}). Chạy 'sosach verify {folder}' để"
            " biết tệp nào, hoặc tạo lại bằng sosach generate."
        )
        raise Problem(message) from error
    if not city.people:
        message = f"Bộ dữ liệu trong {folder} không có người nào. Hãy tạo lại bằng sosach generate."
        raise Problem(message)
    return city


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    if not folder.is_dir():
        message = f"Không thấy thư mục {folder}. Kiểm tra lại đường dẫn."
        raise Problem(message)
    if not path.is_file():
        message = (
            f"Thư mục {folder} không có manifest.json nên không phải bộ dữ liệu hoàn chỉnh."
            " Chọn đúng thư mục, hoặc tạo lại dữ liệu bằng sosach generate."
        )
        raise Problem(message)
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        missing = {"as_of", "counts", "errors", "files", "scenario", "seed", "scale"} - set(
            manifest
        )
    except (ValueError, TypeError) as error:
        message = f"Không đọc được {path}: không phải JSON ({error}). Hãy tạo lại dữ liệu."
        raise Problem(message) from error
    if missing:
        message = (
            f"{path} thiếu {', '.join(sorted(missing))}: không phải do bản sosach này ghi."
            " Hãy tạo lại dữ liệu bằng sosach generate."
        )
        raise Problem(message)
    return manifest


def _count_ward(folder: Path, code: str, city: City) -> None:
    def read(name: str, *columns: str) -> pa.Table:
        return pq.read_table(folder / name / f"{code}.parquet", columns=list(columns))

    people = read("dan_cu", "ho_ten", "ngay_sinh", "gioi_tinh", "dan_toc")
    subjects = read("doi_tuong", "ma_ho_so", "quoc_tich", "tt_xac_minh")
    doses = read("mui_that", "ngay_tiem", "ten_vac_xin", "mui")
    city.wards.append(
        WardCounts(
            code=code,
            district=_district_of()[code],
            ages=_ages(people, city.as_of),
            records=subjects.num_rows,
            backlog=_backlog(subjects),
            doses=doses.num_rows,
        )
    )
    city.surnames.update(_surnames(people))
    sizes = pc.min_element_wise(read("ho_gia_dinh", "so_nguoi")["so_nguoi"], LARGEST_HOUSEHOLD)
    city.households.update(_values(sizes))
    for key, count in _rows(doses.group_by(doses.column_names).aggregate([([], "count_all")])):
        city.doses[key] += count
    lines = read("mui_tiem", "ma_mui", "ma_ho_so", "don_vi_nhap")
    _count_units(lines, read("ledger", "ma_mui", "ma_ho_so", "column"), city.units)


@cache
def _district_of() -> dict[str, str]:
    return {row["ward_code"]: row["district_code"] for row in facts.table("hcmc_units_2022")}


def _values(column: pa.ChunkedArray) -> Counter[Any]:
    """Count the values of a column."""
    return Counter(
        {entry["values"]: entry["counts"] for entry in pc.value_counts(column).to_pylist()}
    )


def _rows(grouped: pa.Table) -> Iterator[tuple[Any, int]]:
    """Yield the keys of a grouped table with the number of their rows."""
    *keys, counts = (column.to_pylist() for column in _keys_first(grouped).columns)
    yield from zip(zip(*keys, strict=True), counts, strict=True)


def _keys_first(grouped: pa.Table) -> pa.Table:
    """Put the count last: older versions of Arrow write it first."""
    names = [name for name in grouped.column_names if name != "count_all"]
    return grouped.select([*names, "count_all"])


def _ages(people: pa.Table, as_of: date) -> tuple[int, ...]:
    """Count people by five-year group on a day, men first."""
    born = people["ngay_sinh"]
    year_only = pc.equal(pc.binary_length(born), 4)
    born = pc.if_else(year_only, pc.binary_join_element_wise(MIDDLE_OF_YEAR, born, ""), born)
    number = [
        pc.utf8_slice_codeunits(born, *cut).cast(pa.int32()) for cut in ((0, 2), (3, 5), (6, 10))
    ]
    within_year = pc.add(pc.multiply(number[1], 100), number[0])
    not_yet = pc.greater(within_year, as_of.month * 100 + as_of.day).cast(pa.int32())
    age = pc.subtract(pc.subtract(as_of.year, number[2]), not_yet)
    group = pc.min_element_wise(pc.divide(pc.max_element_wise(age, 0), 5), AGE_GROUPS - 1)
    female = pc.equal(people["gioi_tinh"], SEXES[1]).cast(pa.int32())
    found = _values(pc.add(group, pc.multiply(female, AGE_GROUPS)))
    return tuple(found[cell] for cell in range(2 * AGE_GROUPS))


def _surnames(people: pa.Table) -> Counter[str]:
    kinh = people.filter(pc.equal(people["dan_toc"].cast(pa.string()), "Kinh"))
    words = pc.split_pattern(kinh["ho_ten"], " ", max_splits=1)
    return _values(pc.list_element(words, 0))


def _backlog(subjects: pa.Table) -> int:
    """Count the records of citizens that still need verification."""
    citizen = pc.equal(subjects["quoc_tich"], "Việt Nam")
    open_ = pc.and_(citizen, pc.not_equal(subjects["tt_xac_minh"], "Đúng"))
    return int(pc.sum(open_.cast(pa.int64())).as_py() or 0)


def _count_units(lines: pa.Table, ledger: pa.Table, units: Counter[tuple[str, str]]) -> None:
    """Count records and doses with a typed error by the unit that entered them.

    A record belongs to the unit that entered its first line.
    """
    typed = pc.invert(pc.is_in(ledger["column"], pa.array(NOT_TYPED)))
    ledger = ledger.filter(typed)
    of_record = pc.is_null(ledger["ma_mui"])
    lines = lines.filter(pc.not_equal(lines["don_vi_nhap"], OUTSIDE))
    first = lines.group_by("ma_ho_so", use_threads=False).aggregate([("don_vi_nhap", "first")])
    first = first.rename_columns(
        [name.replace("don_vi_nhap_first", "don_vi_nhap") for name in first.column_names]
    )
    for what, table, key, spoiled in (
        ("records", first, "ma_ho_so", ledger.filter(of_record)["ma_ho_so"]),
        ("doses", lines, "ma_mui", ledger.filter(pc.invert(of_record))["ma_mui"]),
    ):
        hit = table.filter(pc.is_in(table[key], spoiled.combine_chunks()))
        for label, rows in ((what, table), (f"spoiled {what}", hit)):
            for unit, count in _values(rows["don_vi_nhap"]).items():
                units[unit, label] += count
