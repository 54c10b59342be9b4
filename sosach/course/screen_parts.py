"""What every screen is made of: the tables of a workplace as rows, its papers, its sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from sosach.course.paper_pictures import as_address
from sosach.course.workplace import Workplace
from sosach.review.actions import Form
from sosach.review.casefile import Column, DoseRule, Paper, Queue, Record

__all__ = ["Row", "Screen", "listed_sites", "papers_of", "rows_of", "sites_of"]

Row = Mapping[str, str]


@dataclass(frozen=True)
class Screen:
    """The part of a case file that depends on the artefact."""

    form: Form
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    dose_columns: tuple[Column, ...] = ()
    queues: tuple[Queue, ...] = ()
    names: Mapping[str, str] | None = None
    dose_rules: tuple[DoseRule, ...] = ()


def rows_of(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return cast("list[dict[str, str]]", frame.to_dict("records"))


def papers_of(place: Workplace) -> dict[str, list[Paper]]:
    """Return what lies beside each item, pictures as addresses that hold them."""
    return {item: [_paper(told, place) for told in some] for item, some in place.papers.items()}


def _paper(told: Mapping[str, Any], place: Workplace) -> Paper:
    picture = told.get("picture")
    return Paper(**{**told, "picture": as_address(place.pictures[picture]) if picture else ""})


def sites_of(place: Workplace) -> dict[str, str]:
    """Return the name of every site by its code."""
    return {row["co_so_tiem"]: row["ten_co_so"] for row in listed_sites(place)}


def listed_sites(place: Workplace) -> list[dict[str, str]]:
    """Return the official list of sites; none where the exercise has none."""
    return rows_of(place.tables["co_so"]) if "co_so" in place.tables else []
