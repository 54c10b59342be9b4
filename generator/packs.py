"""The records of one exercise for one trainee, with their key: made directly, in exact numbers.

A pack is a few households of one ward, not a sample of a whole ward. Same recipe, number and
seed: same pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from generator import register
from generator.campaign import Doses
from generator.catalogue import CAUSES, DECOYS
from generator.corruption import Plan, Spoiled, by_count
from generator.places import Ward, select_wards
from generator.problems import Problem
from generator.randomness import Draws, Ints, Stream, below
from generator.scenario import Scenario
from generator.strict import Share, check_names
from generator.town import Town, link_table, make_town, registered, spoil_records

__all__ = ["Pack", "Recipe", "make_pack"]

#: every cause and decoy asked for occurs at least so often (course.md: 2 at the smaller size)
AT_LEAST = 2
MAX_RECORDS = 20_000
#: how often a bigger neighbourhood is tried before a recipe is called impossible
TRIES = 4


@dataclass(frozen=True)
class Recipe:
    """What a pack holds.

    Attributes
    ----------
    scenario : Scenario
    wards : tuple of str
        Codes of the wards of which the seed chooses one.
    errors, decoys : mapping
        Cause or decoy -> share of the records, in [0, 1]; together at most 1.

    Raises
    ------
    Problem
        If a ward, cause or decoy is unknown, or the shares do not fit.
    """

    scenario: Scenario
    wards: tuple[str, ...]
    errors: Mapping[str, float]
    decoys: Mapping[str, float]

    def __post_init__(self) -> None:
        select_wards(",".join(self.wards))
        check_names(self.errors, [cause.code for cause in CAUSES], "Công thức bài", "mã lỗi")
        check_names(self.decoys, [decoy.code for decoy in DECOYS], "Công thức bài", "mã bẫy")
        shares = [*self.errors.values(), *self.decoys.values()]
        if any(not 0 <= share <= 1 for share in shares) or sum(shares) > 1:
            message = (
                f"Công thức bài: tổng tỷ lệ lỗi và bẫy phải từ 0 đến 1, đang là {sum(shares):g}."
                " Hãy giảm bớt các tỷ lệ."
            )
            raise Problem(message)

    def counts(self, n_records: int) -> dict[str, int]:
        """Return how many records each cause and decoy gets.

        Parameters
        ----------
        n_records : int
            Records in the pack.

        Returns
        -------
        dict
            Every cause and decoy of the catalogue; 0 where the recipe does not name it.
        """
        shares = {**self.errors, **self.decoys}
        codes = [entry.code for entry in (*CAUSES, *DECOYS)]
        return {
            code: max(AT_LEAST, round(shares[code] * n_records)) if shares.get(code) else 0
            for code in codes
        }


@dataclass(frozen=True)
class Pack:
    """What a trainee gets, and the key that stays with the trainer.

    Attributes
    ----------
    ward : Ward
    doi_tuong, mui_tiem : Table
        The register that the trainee gets.
    ledger, link, final_state : Table
        The key.
    corrected : Table
        ``doi_tuong`` as the truth has it.
    """

    ward: Ward
    doi_tuong: pa.Table
    mui_tiem: pa.Table
    ledger: pa.Table
    link: pa.Table
    final_state: pa.Table
    corrected: pa.Table


def make_pack(recipe: Recipe, n_records: int, seed: int) -> Pack:
    """Make one trainee's records.

    Parameters
    ----------
    recipe : Recipe
    n_records : int
        1 to 20,000.
    seed : int
        0 <= seed < 2**64.

    Returns
    -------
    Pack
        Exactly `n_records` records and exactly `Recipe.counts` of each cause and decoy, at most
        one cause per record.

    Raises
    ------
    Problem
        If the number is out of range or too small for the recipe.
    """
    wanted = recipe.counts(n_records)
    if not sum(wanted.values()) <= n_records <= MAX_RECORDS or n_records < 1:
        message = (
            f"Không tạo được gói {n_records} hồ sơ: công thức cần ít nhất "
            f"{max(1, sum(wanted.values()))} và nhiều nhất {MAX_RECORDS} hồ sơ."
        )
        raise Problem(message)
    wards = select_wards(",".join(recipe.wards))
    ward = wards[int(below(Draws(seed, 0).uniform(Stream.PACK_WARD, 1), len(wards))[0])]
    scenario = _with_enough_names(recipe.scenario, wanted["D10"] / n_records)
    plan = Plan(wanted, by_count, one_per_record=True)
    for attempt in range(TRIES):
        town = make_town(seed, ward, scenario, n_households=(n_records + 20) << attempt)
        rows = registered(town)
        rows = rows[~(town.people.foreign | town.people.gone)[rows]]
        if len(rows) < n_records:
            continue
        spoiled = spoil_records(town, rows, plan)
        if all(tally.met == wanted[tally.code] for tally in spoiled.tallies):
            return _cut(town, rows, spoiled, ward, n_records)
    message = (
        f"Công thức bài không thực hiện được với {n_records} hồ sơ: không đủ hồ sơ phù hợp"
        f" cho {', '.join(code for code, count in wanted.items() if count)}. Hãy giảm tỷ lệ."
    )
    raise Problem(message)


def _with_enough_names(scenario: Scenario, share: float) -> Scenario:
    """Let more names suggest the other sex than in life, so that a small pack has its traps."""
    wanted = Share(min(1.0, max(scenario.people.cross_sex_name, 2 * share)))
    return replace(scenario, people=replace(scenario.people, cross_sex_name=wanted))


def _cut(town: Town, rows: Ints, spoiled: Spoiled, ward: Ward, n_records: int) -> Pack:
    """Keep all records with an error or a trap, and clean ones in household order."""
    special = np.array([d is not None for d in spoiled.decoy])
    struck = set(spoiled.ledger["ma_ho_so"].to_pylist())
    special |= np.array([r in struck for r in spoiled.register["ma_ho_so"].to_pylist()])
    plain = np.flatnonzero(~special)[: n_records - int(special.sum())]
    kept = np.sort(np.concatenate([np.flatnonzero(special), plain]))
    people, doses = rows[kept], _doses_of(town.doses, rows[kept])
    link = link_table(town, people, doses, [spoiled.decoy[i] for i in kept.tolist()])
    records = spoiled.register["ma_ho_so"].take(pa.array(kept))
    states = pa.array([spoiled.final_state[i] for i in kept.tolist()])
    return Pack(
        ward=ward,
        doi_tuong=spoiled.register.take(pa.array(kept)),
        mui_tiem=register.register_doses(town.people, doses, town.offset),
        ledger=spoiled.ledger,
        link=link,
        final_state=pa.table({"ma_ho_so": records, "final_state": states}),
        corrected=register.register_subjects(town.people, people, town.offset),
    )


def _doses_of(doses: Doses, people: Ints) -> Doses:
    """Return the doses of some people."""
    own = np.isin(doses.person, people)
    return Doses(**{name: column[own] for name, column in vars(doses).items()})
