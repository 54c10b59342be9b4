"""Noise a decennial census with pseudopeople's own settings: python census.py FOLDER.

FOLDER is what sample.py wrote.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings

os.environ["TQDM_DISABLE"] = "1"

import pandas as pd
import pseudopeople
from measure import measured, require

YEAR = 2020


def noised() -> pd.DataFrame:
    """Read the census and let its 15 kinds of noise loose on it."""
    return pseudopeople.generate_decennial_census(source=sys.argv[1], year=YEAR, seed=2022)


def told(table: pd.DataFrame) -> str:
    """Check that cells were spoiled, and count the columns."""
    require(table["first_name"].isna().any(), "nothing was left blank")
    return f"{table.shape[1]} columns, rows added and lost, person id"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    measured(noised, len, told)
