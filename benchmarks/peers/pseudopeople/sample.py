"""Copy pseudopeople's sample until it has enough rows: python sample.py FOLDER ROWS.

The sample has some 10,000 persons, and one call costs about a second whatever it is given: on the
sample alone the price of a row would be that second. The copies get numbers of their own.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pseudopeople

YEAR = 2020
IDS = ("household_id", "guardian_1", "guardian_2", "simulant_id")


def blown_up(folder: Path, rows: int) -> None:
    """Write a data folder as pseudopeople wants it, of copies of its sample."""
    sample = Path(pseudopeople.__file__).parent / "data/sample_datasets/decennial_census"
    year = pd.read_parquet(sample / "decennial_census.parquet").query("year == @YEAR")
    categories = [column for column in year if str(year[column].dtype) == "category"]
    copies = [_renumbered(year, k) for k in range(max(1, round(rows / len(year))))]
    everyone = pd.concat(copies, ignore_index=True)
    for column in categories:
        everyone[column] = everyone[column].astype("category")
    (folder / "decennial_census").mkdir(parents=True)
    (folder / "CHANGELOG.rst").write_text("**1.4.2 - 01/01/24**\n", encoding="utf-8")
    everyone.to_parquet(folder / "decennial_census/decennial_census_0.parquet")


def _renumbered(year: pd.DataFrame, k: int) -> pd.DataFrame:
    copy = year.copy()
    for column in IDS:
        ids = copy[column].astype(object)
        copy[column] = ids.where(ids.isna(), f"{k}x" + ids.astype(str))
    return copy


if __name__ == "__main__":
    blown_up(Path(sys.argv[1]), int(sys.argv[2]))
