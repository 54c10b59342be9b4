"""A new world: the register as the ward finds it on the first day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from generator.problems import Problem
from sosach.simulation import workdays
from sosach.simulation.platform import states, store
from sosach.simulation.platform.desk import identity_key
from sosach.simulation.truth import COLUMNS, Row, Truth, as_text

__all__ = ["FIRST_DAY", "Tables", "fill_register", "rows_of", "station", "ward_rows"]

Tables = Mapping[str, Iterable[Mapping[str, Any]]]

#: Monday after the day of the scenario tp-hcm-2022
FIRST_DAY = date(2022, 5, 9)
STATION = "trạm y tế"


def fill_register(con: Connection, tables: Tables, unit: str, first_day: date) -> None:
    """Write the register into an empty database.

    Raises
    ------
    Problem
        If the first day is a day off.
    """
    if not workdays.is_working_day(first_day):
        message = f"Ngày bắt đầu {first_day:%d/%m/%Y} không phải ngày làm việc."
        raise Problem(message)
    store.fill(con, store.subject, (_subject(row, unit) for row in tables["doi_tuong"]))
    store.fill(con, store.dose, map(_dose, tables["mui_tiem"]))
    con.execute(insert(store.clock), [{"ngay": first_day.isoformat()}])


def _subject(raw: Mapping[str, Any], unit: str) -> Row:
    row = as_text(raw)
    state = states.subject_state(row["tt_xac_minh"], row["quoc_tich"])
    return {**row, "trang_thai": state, "don_vi_quan_ly": unit, "khoa": identity_key(row)}


def _dose(raw: Mapping[str, Any]) -> Row:
    row = as_text(raw)
    return {**row, "trang_thai": states.dose_state(row["tt_ky"], row["tt_hcvx"])}


def station(truth: Truth) -> str:
    """Return the code of the ward's only health station.

    Raises
    ------
    Problem
        If there is none, or more than one.
    """
    stations = [code for code, row in truth.sites.items() if row["loai"] == STATION]
    if len(stations) != 1:
        message = f"Cần đúng một trạm y tế trong co_so, đang có {len(stations)}. Hãy nêu đơn vị."
        raise Problem(message)
    return stations[0]


def ward_rows(folder: Path, table: str, ward: str) -> Iterator[Row]:
    """Return one table of a ward of a folder that `sosach generate` wrote; read when it is needed."""
    import pyarrow.parquet as pq

    path = folder / table / f"{ward}.parquet"
    yield from rows_of(pq.read_table(path, columns=COLUMNS.get(table)))


def rows_of(table: Any, columns: list[str] | None = None) -> Iterator[Row]:  # noqa: ANN401 - of pyarrow
    """Return the rows of a pyarrow table as dicts, with some of its columns or all."""
    names = columns or table.column_names
    cells = [_shared(table[name].to_pylist()) for name in names]
    return (dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True))


def _shared(values: list[Any]) -> list[Any]:
    """Let equal texts be one object: most columns have few different words."""
    seen: dict[str, str] = {}
    return [seen.setdefault(v, v) if isinstance(v, str) else v for v in values]
