"""The clock of all runners: standard library only, so that every environment can read it."""

from __future__ import annotations

import json
import re
import resource
import time
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["COLUMNS", "RATES", "check_people", "measured", "require"]

#: the table of persons that is made and spoiled
COLUMNS = ("ho_ten", "gioi_tinh", "ngay_sinh", "so_giay_to", "so_dien_thoai", "dia_chi")
#: what is spoiled: column, kind of mistake, share of the cells; in this order
RATES = {
    ("ho_ten", "typo"): 0.02,
    ("ho_ten", "order"): 0.01,
    ("ho_ten", "encoding"): 0.01,
    ("so_giay_to", "typo"): 0.01,
    ("so_giay_to", "blank"): 0.02,
    ("ngay_sinh", "typo"): 0.01,
    ("gioi_tinh", "other"): 0.005,
    ("so_dien_thoai", "typo"): 0.01,
}


def measured(
    work: Callable[[], Any], rows: Callable[[Any], int], told: Callable[[Any], str]
) -> None:
    """Do the work and print one line of JSON.

    Parameters
    ----------
    work : callable
        What is timed, one-off pools included; imports lie behind us.
    rows, told : callable
        Result -> its rows, and what was checked in it; neither is timed.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {"rows": rows(result), "cpu": cpu, "wall": wall, "mb": peak, "told": told(result)}
        )
    )


def require(condition: object, message: str) -> None:
    """Stop the measurement: what was timed is not what it should be."""
    if not condition:
        raise SystemExit(message)


def check_people(rows: Sequence[Sequence[str]]) -> str:
    """Check that rows are persons, and count the different names.

    Parameters
    ----------
    rows : sequence of sequence of str
        Cells in the order of `COLUMNS`.

    Returns
    -------
    str
        What stands beside the figures.
    """
    for row in rows:
        whole = len(row) == len(COLUMNS) and all(row) and row[1] in ("Nam", "Nữ")
        require(whole and re.fullmatch(r"\d\d/\d\d/\d{4}", row[2]), f"not a person: {row}")
        require(re.fullmatch(r"\d{12}", row[3]), f"not a person: {row}")
    return f"{len({row[0] for row in rows}) / len(rows):.0%} of the names differ"
