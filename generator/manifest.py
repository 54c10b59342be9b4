"""What a city on disk says of itself: counts, files, and errors asked for and achieved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from generator.platform import RIGHT, STATUSES
from generator.register import VERIFICATION
from generator.scenario import Scenario

__all__ = ["counts", "make_manifest"]

#: a rate is called missed when it is off by such a share, and by so many rows (ours)
FAR, MANY = 0.25, 20


def counts(tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """Count what a ward's tables hold.

    Parameters
    ----------
    tables : mapping
        Table name -> table.

    Returns
    -------
    dict
    """
    shown, nation = (tables["doi_tuong"][name].to_numpy() for name in (VERIFICATION, "quoc_tich"))
    decoys = tables["link"]["decoy"]
    return {
        "households": tables["ho_gia_dinh"].num_rows,
        "persons": tables["dan_cu"].num_rows,
        "doses": tables["mui_that"].num_rows,
        "records": tables["doi_tuong"].num_rows,
        "dose_records": tables["mui_tiem"].num_rows,
        "backlog": int(np.sum((shown != STATUSES[RIGHT]) & (nation == "Việt Nam"))),
        "ledger_cells": tables["ledger"].num_rows,
        "decoys": len(decoys) - decoys.null_count,
    }


def make_manifest(
    label: Mapping[str, Any], scenario: Scenario, receipts: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Sum up the receipts of wards.

    Parameters
    ----------
    label : mapping
        What decided the bytes, and the versions that made them.
    scenario : Scenario
    receipts : iterable of mapping
        ``counts``, ``errors`` and ``files`` of each ward.

    Returns
    -------
    dict
        The content of ``manifest.json``.
    """
    receipts = list(receipts)
    totals: dict[str, int] = {"wards": len(receipts)}
    errors: dict[str, dict[str, float]] = {}
    files: dict[str, Any] = {}
    for receipt in receipts:
        for key, count in receipt["counts"].items():
            totals[key] = totals.get(key, 0) + count
        for tally in receipt["errors"]:
            total = errors.setdefault(tally["code"], dict.fromkeys(tally.keys() - {"code"}, 0))
            for key in total:
                total[key] += tally[key]
        files |= receipt["files"]
    wanted = {**scenario.errors, **scenario.decoys}
    told = [_error(code, wanted[code], total) for code, total in errors.items()]
    return {
        **label,
        "as_of": scenario.as_of.isoformat(),
        "id_scheme": scenario.id_scheme,
        "counts": totals,
        "files": files,
        "errors": told,
        "warnings": [sentence for error in told if (sentence := _warning(error))],
    }


def _error(code: str, asked: float, total: Mapping[str, float]) -> dict[str, Any]:
    return {
        "cause": code,
        "eligible": total["eligible"],
        "asked": asked,
        "expected": total["expected"],
        "achieved": total["met"] / total["eligible"] if total["eligible"] else 0.0,
        "not_applicable": total["hit"] - total["met"],
    }


def _warning(error: Mapping[str, Any]) -> str | None:
    """Return a sentence with both numbers where a rate could not be met."""
    asked, achieved = error["asked"], error["achieved"]
    missed = abs(achieved - asked) * error["eligible"]
    if not asked or (error["eligible"] and missed < max(FAR * asked * error["eligible"], MANY)):
        return None
    if not error["eligible"]:
        return f"Mã {error['cause']}: yêu cầu {asked:.4f} nhưng không có dòng nào có thể mắc."
    return (
        f"Mã {error['cause']}: yêu cầu {asked:.4f}, đạt {achieved:.4f} trên"
        f" {error['eligible']} dòng có thể mắc; {error['not_applicable']} dòng không áp dụng được."
    )
