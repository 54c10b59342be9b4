"""Counts over all wards, held against what the manifest says."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter

import duckdb

from sosach.verification.eligible import ELIGIBLE
from sosach.verification.manifest import Manifest, Promise
from sosach.verification.result import CauseProof, Check, found

__all__ = ["Tallies", "far_from_asked", "implausible"]

#: chance that a sound generator's rate of one cause is called a fault
FALSE_ALARM = 1e-6

#: decoys that are marked together -> how many at most: twins; people of one name and birth date
TOGETHER = {"D06": 2, "D07": 3}

#: so many cases must be asked for before clerks' carelessness evens out
ENOUGH = 50

#: last day of the scenarios that are known here
AS_OF = {
    "tp-hcm-2022": dt.date(2022, 5, 7),
    "phuong-mau": dt.date(2022, 5, 7),
    "tp-hcm-2022-08": dt.date(2022, 8, 6),
}

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

# what one incident spoiled counts once
_CELLS = """
select cause, count(*), count(*) filter (proved)
from (select cause, bool_and(defined and derived and answered) as proved
      from proof group by cause, coalesce(group_id, err_id))
group by cause
union all
select r.decoy, count(*), count(a.kind)
from registered r left join lookalike a on a.person_id = r.person_id and a.kind = r.decoy
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
        self.eligible.update(dict(connection.execute(ELIGIBLE).fetchall()))
        for cause, cells, rederived in connection.execute(_CELLS).fetchall():
            self.cells[cause] += cells
            self.rederived[cause] += rederived

    def checks(self, manifest: Manifest) -> tuple[Check, ...]:
        """Return how the manifest's day, counts and rates fare."""
        kinds = sorted(manifest.errors.keys() | self.cells.keys() | self.eligible.keys())
        wrong = [
            f"{name}: {manifest.counts.get(name)} / {self.counts[name]}"
            for name in manifest.counts.keys() | self.counts.keys()
            if manifest.counts.get(name) != self.counts[name]
        ]
        promises = manifest.errors.items()
        return (
            found(
                "as_of_known",
                "Ngày của dữ liệu đúng là ngày của kịch bản.",
                [str(manifest.as_of)]
                * (manifest.as_of != AS_OF.get(manifest.scenario, manifest.as_of)),
            ),
            found("counts_recounted", "Số đếm trong manifest.json đúng khi đếm lại.", wrong),
            found(
                "rates_recounted",
                "Tỉ lệ đạt được của mỗi mã lỗi và bẫy đúng khi đếm lại.",
                [kind for kind in kinds if not self._agrees(kind, manifest.errors.get(kind))],
            ),
            found(
                "rates_as_expected",
                "Số lần xảy ra không lệch số lần mong đợi quá mức ngẫu nhiên (một phần triệu).",
                [kind for kind, promise in promises if self._implausible(kind, promise)],
            ),
            found(
                "expected_as_asked",
                "Số lần mong đợi nằm trong khoảng 0,3 đến 3 lần tỉ lệ yêu cầu.",
                [kind for kind, promise in promises if far_from_asked(promise)],
            ),
        )

    def _implausible(self, kind: str, promise: Promise) -> bool:
        size, eligible = TOGETHER.get(kind, 1), self.eligible[kind]
        if not 0 <= promise.expected <= eligible:
            return True
        chance = promise.expected / eligible if eligible else 0.0
        hits = self.cells[kind] + promise.not_applicable
        if size == 1:
            return implausible(hits, eligible, chance)
        # at least two together: as many trials as there can be groups
        return implausible(hits / size, eligible / 2, chance * 2 / size)

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


def far_from_asked(promise: Promise) -> bool:
    """Tell whether careless clerks cannot explain what was expected.

    Parameters
    ----------
    promise : Promise
        Of one cause or decoy.

    Returns
    -------
    bool
        True below 0.3 and above 3 times the rate that was asked for; few records may differ more.
    """
    asked = promise.asked * promise.eligible
    return asked >= ENOUGH and not 0.3 * asked <= promise.expected <= 3 * asked


def implausible(hits: float, trials: float, chance: float) -> bool:
    """Tell whether a count cannot be chance.

    Parameters
    ----------
    hits : float
        How often it happened.
    trials : float
        How often it could have happened.
    chance : float
        Of each time, in [0, 1]; the mean, where the times differ.

    Returns
    -------
    bool
        True when both tails of the distribution together, as far out as `hits`, weigh less than
        one in a million by Chernoff's bound 2 exp(-n KL(hits/n, chance)). Hoeffding (1963) showed
        that it holds as well where the chances differ, and where several hits fall together if
        they are counted in shares of the largest group.
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
