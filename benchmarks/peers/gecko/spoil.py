"""Spoil a table of persons with gecko: python spoil.py PERSONS.csv."""

from __future__ import annotations

import string
import sys

import numpy as np
import pandas as pd
from gecko import mutator
from measure import RATES, measured, require

LETTERS = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
PERSONS = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)


def spoiled() -> pd.DataFrame:
    """Mutate the columns, one weighted list of mutators each."""
    rng = np.random.default_rng(2022)
    kinds = {
        ("ho_ten", "typo"): mutator.with_substitute(charset=LETTERS, rng=rng),
        ("ho_ten", "order"): mutator.with_transpose(rng=rng),  # two letters: words it cannot
        ("ho_ten", "encoding"): mutator.with_uppercase(rng=rng),  # it knows no encodings
        ("so_giay_to", "typo"): mutator.with_substitute(charset=string.digits, rng=rng),
        ("so_giay_to", "blank"): mutator.with_missing_value(value="", rng=rng),
        ("ngay_sinh", "typo"): mutator.with_substitute(charset=string.digits, rng=rng),
        ("gioi_tinh", "other"): mutator.with_categorical_values(
            pd.DataFrame({"gioi_tinh": ["Nam", "Nữ"]}), value_column="gioi_tinh", rng=rng
        ),
        ("so_dien_thoai", "typo"): mutator.with_delete(rng=rng),
    }
    columns = dict.fromkeys(column for column, _kind in RATES)
    plan = [(c, [(RATES[key], kinds[key]) for key in RATES if key[0] == c]) for c in columns]
    return mutator.mutate_data_frame(PERSONS, plan)


def told(table: pd.DataFrame) -> str:
    """Count the changed cells: there is no list of them to compare with."""
    changed = int((table.to_numpy() != PERSONS.to_numpy()).sum())
    require(changed, "nothing changed")
    return f"{changed:,} cells changed; no truth"


if __name__ == "__main__":
    measured(spoiled, len, told)
