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
select 'backlog', count(*) from doi_tuong
  where tt_xac_minh <> 'Đúng' and quoc_tich = 'Việt Nam' union all
select 'ledger_cells', count(*) from ledger union all
select 'decoys', count(*) from link where decoy is not null
"""

# decoys are drawn before the causes, each among records that are none yet; a cause strikes cells
# of its column that no earlier cause has spoiled; the last two strike records that are all right
_ELIGIBLE = """
with struck as (
  select ma_ho_so, any_value(cause) filter ("column" = 'so_giay_to') as number,
         any_value(cause) filter ("column" = 'ho_ten') as name,
         any_value(cause) filter ("column" = 'tt_xac_minh') as status,
         bool_or("column" <> 'tt_xac_minh') as spoiled
  from ledger group by ma_ho_so
), open as (
  select true_number, true_ward, coalesce(number, 'none') as number, coalesce(name, 'none') as name,
         coalesce(status, 'none') as status, coalesce(spoiled, false) as spoiled
  from record left join struck using (ma_ho_so)
  where decoy is null and not foreigner
)
select unnest(['E01', 'E02', 'E03', 'E04', 'E05', 'E08',
               'E10', 'E14', 'E15', 'E16', 'E20', 'E21', 'E11', 'E12', 'E31', 'E33', 'E09', 'E90']),
       unnest([
  count(*),
  count(*) filter (number >= 'E02'),
  count(*) filter (number >= 'E03' and left(true_number, 1) = '0'),
  count(*) filter (number >= 'E04' and is_cccd(true_number)),
  count(*) filter (number >= 'E05' and is_cccd(true_number)),
  count(*) filter (number >= 'E08'),
  count(*),
  count(*) filter (name >= 'E14'),
  count(*) filter (name >= 'E15'),
  count(*) filter (name >= 'E16'),
  count(*) filter (name >= 'E20'),
  count(*) filter (name >= 'E21'),
  count(*),
  count(*),
  count(*),
  count(*) filter (true_ward in (select xa from old_district)),
  count(*) filter (not spoiled),
  count(*) filter (not spoiled and status >= 'E90')])
from open
union all
select kind, count(*) filter (decoy is null or decoy >= kind) from lookalike group by kind
"""

_CELLS = """
select cause, count(*), count(*) filter (defined and derived) from proof group by cause
union all
select r.decoy, count(*), count(a.kind)
from record r left join lookalike a on a.ma_ho_so = r.ma_ho_so and a.kind = r.decoy
where r.decoy is not null group by r.decoy
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
