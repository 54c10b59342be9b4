"""Counts over all wards, held against what the manifest says."""

from __future__ import annotations

import math
from collections import Counter

import duckdb

from sosach.verification.manifest import Manifest, Promise
from sosach.verification.result import CauseProof, Check, found

__all__ = ["Tallies", "implausible"]

#: chance that a sound generator's rate of one cause is called a fault
FALSE_ALARM = 1e-6

_COUNTS = """
select 'households', count(*) from ho_gia_dinh union all
select 'persons', count(*) from dan_cu union all
select 'doses', count(*) from mui_that union all
select 'records', count(*) from doi_tuong union all
select 'dose_records', count(*) from mui_tiem union all
select 'backlog', count(*) from doi_tuong where tt_xac_minh <> 'Đúng' union all
select 'ledger_cells', count(*) from ledger union all
select 'decoys', count(*) from link where decoy is not null
"""

# a decoy stays clean and is one thing only; a missing number has no wrong form; only what is all
# right can be stale
_ELIGIBLE = """
with struck as (
  select r.*, array_agg(cause) filter (cause is not null) as causes
  from record r left join ledger using (ma_ho_so) group by all
)
select 'E01', count(*) from struck where decoy is null union all
select 'E02', count(*) from struck
  where decoy is null and not list_contains(coalesce(causes, []), 'E01') union all
select 'E10', count(*) from struck where decoy is null union all
select 'E90', count(*) from struck where decoy is null and coalesce(causes, ['E90']) = ['E90']
union all
select 'D01', count(*) from struck where is_d01(true_number) union all
select 'D10', count(*) from struck
  where is_d10(true_name, true_sex) and decoy is distinct from 'D01'
"""

_CELLS = """
select cause, count(*), count(*) filter (defined and derived) from proof group by cause
union all
select decoy, count(*), count(*) filter (
  case decoy when 'D01' then is_d01(true_number)
  when 'D10' then is_d10(true_name, true_sex) end)
from record where decoy is not null group by decoy
"""


class Tallies:
    """What was counted, ward after ward."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.eligible: Counter[str] = Counter()
        self.cells: Counter[str] = Counter()
        self.rederived: Counter[str] = Counter()

    def add(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Count the ward that the connection holds."""
        self.counts["wards"] += 1
        self.counts.update(dict(connection.execute(_COUNTS).fetchall()))
        self.eligible.update(dict(connection.execute(_ELIGIBLE).fetchall()))
        for cause, cells, rederived in connection.execute(_CELLS).fetchall():
            self.cells[cause] += cells
            self.rederived[cause] += rederived

    def checks(self, manifest: Manifest) -> tuple[Check, ...]:
        """Return how the manifest's counts and rates fare."""
        kinds = sorted(manifest.errors.keys() | self.cells.keys() | self.eligible.keys())
        wrong = [
            f"{name}: {manifest.counts.get(name)} / {self.counts[name]}"
            for name in manifest.counts.keys() | self.counts.keys()
            if manifest.counts.get(name) != self.counts[name]
        ]
        return (
            found("counts_recounted", "Số đếm trong manifest.json đúng khi đếm lại.", wrong),
            found(
                "rates_recounted",
                "Tỉ lệ đạt được của mỗi mã lỗi và bẫy đúng khi đếm lại.",
                [kind for kind in kinds if not self._agrees(kind, manifest.errors.get(kind))],
            ),
            found(
                "rates_as_asked",
                "Tỉ lệ đạt được không lệch tỉ lệ yêu cầu quá mức ngẫu nhiên (một phần triệu).",
                [
                    kind
                    for kind, promise in manifest.errors.items()
                    if implausible(
                        self.cells[kind] + promise.not_applicable,
                        self.eligible[kind],
                        promise.asked,
                    )
                ],
            ),
        )

    def _agrees(self, kind: str, promise: Promise | None) -> bool:
        return (
            promise is not None
            and promise.eligible == self.eligible[kind]
            and math.isclose(
                promise.achieved * promise.eligible, self.cells[kind], rel_tol=1e-9, abs_tol=1e-6
            )
        )

    def causes(self, manifest: Manifest) -> tuple[CauseProof, ...]:
        """Return one line per cause and decoy of the manifest, by id."""
        return tuple(
            CauseProof(
                kind,
                self.cells[kind],
                self.rederived[kind],
                self.eligible[kind],
                promise.asked,
                self.cells[kind] / self.eligible[kind] if self.eligible[kind] else 0.0,
            )
            for kind, promise in sorted(manifest.errors.items())
        )


def implausible(hits: int, trials: int, chance: float) -> bool:
    """Tell whether a count cannot be chance.

    Parameters
    ----------
    hits : int
        How often it happened.
    trials : int
        How often it could have happened.
    chance : float
        Of each time, in [0, 1].

    Returns
    -------
    bool
        True when both tails of the binomial distribution together, as far out as `hits`, weigh
        less than one in a million by Chernoff's bound 2 exp(-n KL(hits/n, chance)).
    """
    if not 0 <= hits <= trials:
        return True
    if trials == 0:
        return False
    expected = (trials * chance, trials * (1 - chance))
    seen = (hits, trials - hits)
    if any(s > 0 and e <= 0 for s, e in zip(seen, expected, strict=True)):
        return True
    divergence = sum(s * math.log(s / e) for s, e in zip(seen, expected, strict=True) if s > 0)
    return 2 * math.exp(-divergence) < FALSE_ALARM
