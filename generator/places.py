"""The wards of Ho Chi Minh City as they stood in April 2022, with the census behind them.

Population, households and ages are the census of 1 April 2019 (``SOURCES.md``, places).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator import facts
from generator.problems import Problem

__all__ = [
    "ADDRESS",
    "CITY",
    "Ward",
    "age_shares",
    "district_of_2019",
    "household_sizes",
    "select_wards",
    "streets",
    "wards",
]

#: source: provinces_63.csv, GSO code 79
CITY = "79"
#: where somebody lives: house and street, part of the ward, codes of ward, district and province
ADDRESS = ("dia_chi", "khu_pho", "xa", "huyen", "tinh")


@dataclass(frozen=True)
class Ward:
    """One phường, xã or thị trấn.

    Attributes
    ----------
    code, district_code : str
        GSO codes of 2022, five and three digits.
    name, district : str
        Names with their kind, as ``"Phường Tân Định"``, ``"Quận 1"``.
    index : int
        Place among the 312 wards in code order: which block of numbers the ward owns.
    population : int
        Persons at the census of 2019.
    rural : bool
        True for a xã, whose parts are called ấp; elsewhere they are khu phố.
    """

    code: str
    name: str
    district_code: str
    district: str
    index: int
    population: int
    rural: bool


@cache
def wards() -> dict[str, Ward]:
    """Return the 312 wards by code, in code order."""
    rows = sorted(facts.table("hcmc_units_2022"), key=lambda row: row["ward_code"])
    return {
        row["ward_code"]: Ward(
            code=row["ward_code"],
            name=row["ward_name"],
            district_code=row["district_code"],
            district=row["district_name"],
            index=i,
            population=int(row["population_2019"]),
            rural=row["type"] == "xã",
        )
        for i, row in enumerate(rows)
    }


@cache
def select_wards(text: str) -> tuple[Ward, ...]:
    """Read a choice of wards.

    Parameters
    ----------
    text : str
        ``"all"``, or ward codes separated by commas.

    Returns
    -------
    tuple of Ward
        In code order, each once.

    Raises
    ------
    Problem
        If a code is no ward of 2022.
    """
    known = wards()
    if text.strip() == "all":
        return tuple(known.values())
    codes = {code.strip() for code in text.split(",") if code.strip()}
    for code in sorted(codes):
        if code not in known:
            message = (
                f"Không có phường/xã mã '{code}' ở TP.HCM tháng 4/2022."
                " Mã đúng có 5 chữ số; xem cột ward_code trong"
                " generator/reference/hcmc_units_2022.csv, hoặc viết 'all' cho cả 312 đơn vị."
            )
            raise Problem(message)
    if not codes:
        message = "Chưa chọn phường/xã nào. Hãy viết 'all' hoặc các mã cách nhau bằng dấu phẩy."
        raise Problem(message)
    return tuple(known[code] for code in sorted(codes))


@cache
def household_sizes() -> dict[str, tuple[int, ...]]:
    """Return per ward the number of households of 1, 2, ... 6 and of 7 or more persons."""
    columns = [f"hh_{k}" for k in range(1, 7)] + ["hh_7_plus"]
    return {
        row["ward_code"]: tuple(int(row[c]) for c in columns)
        for row in facts.table("household_size_ward")
    }


@cache
def age_shares() -> dict[str, NDArray[np.float64]]:
    """Return per district the shares of the 18 five-year age groups, youngest first."""
    shares = {}
    for row in facts.table("age_district_hcmc"):
        counts = np.array([float(v) for k, v in row.items() if k.startswith("age_")])
        shares[row["district_code"]] = counts / counts.sum()
    return shares


@cache
def streets() -> dict[str, tuple[str, ...]]:
    """Return per district its well-known streets."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in facts.table("streets_core"):
        found[row["district_code"]].append(row["street"])
    return {district: tuple(names) for district, names in found.items()}


def district_of_2019(ward: Ward) -> str:
    """Return the code of the district in which a ward lay at the census of 2019.

    Parameters
    ----------
    ward : Ward
        A ward of 2022.

    Returns
    -------
    str
        Another one where districts were joined to Thành phố Thủ Đức on 1 January 2021.
    """
    return _districts_of_2019()[ward.code]


@cache
def _districts_of_2019() -> dict[str, str]:
    rows = facts.table("hcmc_wards_2019_to_2022")
    return {row["ward_code_2022"]: row["district_code_2019"] for row in rows}
