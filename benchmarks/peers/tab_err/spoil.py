"""Spoil a table of persons with tab_err: python spoil.py PERSONS.csv."""

from __future__ import annotations

import random
import sys
import warnings
from itertools import count

import pandas as pd
from measure import RATES, measured, require
from tab_err import ErrorModel, error_mechanism, error_type
from tab_err.api import mid_level

PERSONS = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
PERSONS["gioi_tinh"] = PERSONS["gioi_tinh"].astype("category")  # CategorySwap asks for it


def spoiled() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Apply error models to the columns: where (completely at random), what, how often."""
    random.seed(2022)
    seeds = count(1)  # one seed on two columns would hit the same rows
    to_latin = {"encoding_sender": "utf_8", "encoding_receiver": "windows-1252"}
    kinds = {
        ("ho_ten", "typo"): error_type.Typo(),
        ("ho_ten", "order"): error_type.Permutate(),
        ("ho_ten", "encoding"): error_type.Mojibake(to_latin),
        ("so_giay_to", "typo"): error_type.Typo(),
        ("so_giay_to", "blank"): error_type.MissingValue({"missing_value": ""}),
        ("ngay_sinh", "typo"): error_type.Typo(),
        ("gioi_tinh", "other"): error_type.CategorySwap(),
        ("so_dien_thoai", "typo"): error_type.Typo(),
    }
    plan: dict[int | str, list[ErrorModel]] = {}
    for key, rate in RATES.items():
        where = error_mechanism.ECAR(seed=next(seeds))
        plan.setdefault(key[0], []).append(ErrorModel(where, kinds[key], rate))
    return mid_level.create_errors(PERSONS, mid_level.MidLevelConfig(plan))


def told(result: tuple[pd.DataFrame, pd.DataFrame]) -> str:
    """Compare the changed cells with the mask that it returns."""
    table, mask = result
    changed = table.astype(object).to_numpy() != PERSONS.astype(object).to_numpy()
    marked = mask.to_numpy()
    require(changed.any(), "nothing changed")
    require(not (changed & ~marked).any(), "changed cells that the mask does not know")
    unchanged = int((marked & ~changed).sum())
    return f"{int(changed.sum()):,} cells changed; mask, {unchanged:,} marked cells unchanged"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    measured(spoiled, lambda result: len(result[0]), told)
