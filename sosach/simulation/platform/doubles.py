"""Records that may be of one person: equal number, equal name and birth date, or tied by the police."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby, permutations

from sqlalchemy import func, or_, select

from sosach.simulation.platform import store
from sosach.simulation.platform.desk import Desk, open_number
from sosach.simulation.truth import Row

__all__ = ["all_doubles", "doubles_of"]


#: what is looked at to tell whether two records are of one person
CELLS = ("ma_ho_so", "so_giay_to", "khoa", "trang_thai", "trung_voi")


def _double(one: Row, two: Row) -> bool:
    """Tell whether two records that share something may be of one person."""
    if one["ma_ho_so"] == two["trung_voi"] or two["ma_ho_so"] == one["trung_voi"]:
        return True
    numbers = {open_number(one["so_giay_to"]), open_number(two["so_giay_to"])}
    if len(numbers) == 1 and "" not in numbers:
        return True
    # two verified records with numbers of their own are two people of one name
    verified = one["trang_thai"] == "DUNG" == two["trang_thai"]
    return one["khoa"] == two["khoa"] != "" and not verified


def doubles_of(desk: Desk, row: Row) -> list[str]:
    """Return the other live records that may be of the person of one record."""
    table, record = store.subject, row["ma_ho_so"]
    shares = [table.c.trung_voi == record]
    for column, value in (
        (table.c.so_giay_to, open_number(row["so_giay_to"])),
        (table.c.khoa, row["khoa"]),
        (table.c.ma_ho_so, row["trung_voi"]),
    ):
        if value:
            shares.append(column == value)
    found = desk.rows(
        select(*(table.c[name] for name in CELLS)).where(
            or_(*shares), table.c.ma_ho_so != record, table.c.gop_vao == ""
        )
    )
    return sorted(other["ma_ho_so"] for other in found if _double(row, other))


def all_doubles(desk: Desk) -> Mapping[str, list[str]]:
    """Return the records that may be double, each with the others."""
    table = store.subject
    live = [table.c.gop_vao == ""]
    columns = [table.c[name] for name in CELLS]
    groups: list[list[Row]] = []
    for column in (table.c.so_giay_to, table.c.khoa):
        shared = select(column).where(column != "", *live).group_by(column).having(func.count() > 1)
        rows = desk.rows(select(*columns).where(column.in_(shared), *live).order_by(column))
        groups += [list(some) for _, some in groupby(rows, lambda row: row[column.name])]  # noqa: B023 - used at once
    tied = desk.rows(select(*columns).where(table.c.trung_voi != "", *live))
    others = desk.by_keys(table, "ma_ho_so", (row["trung_voi"] for row in tied), *live)
    by_record = {row["ma_ho_so"]: row for row in others}
    groups += [[row, by_record[row["trung_voi"]]] for row in tied if row["trung_voi"] in by_record]
    found: dict[str, set[str]] = defaultdict(set)
    for some in groups:
        for one, two in permutations(some, 2):
            if _double(one, two):
                found[one["ma_ho_so"]].add(two["ma_ho_so"])
    return {record: sorted(seen) for record, seen in found.items()}
