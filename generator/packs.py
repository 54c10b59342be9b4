"""The records of one exercise for one trainee, with their key: made directly, in exact numbers.

A pack is a few households of one ward, not a sample of a whole ward. Same recipe, number and
seed: same pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import register, supply
from generator.catalogue import CODES, DECOYS, ERRORS, INCIDENTS
from generator.cells import plain
from generator.corruption import Plan, by_count
from generator.entries import Hit, Owners, enter
from generator.looks import Bools
from generator.places import Ward, select_wards
from generator.problems import Problem
from generator.randomness import Draws, Ints, Stream, below
from generator.scenario import Scenario
from generator.spoiling import Register, spoil_register
from generator.strict import Share, check_names
from generator.town import Town, make_town, owners_of

__all__ = ["Pack", "Recipe", "make_pack"]

#: every error and decoy asked for occurs at least so often (course.md: 2 at the smaller size)
AT_LEAST = 2
MAX_RECORDS = 20_000
#: how often a bigger neighbourhood is tried before a recipe is called impossible
TRIES = 6
#: what is rare in life is made frequent in the neighbourhood of a pack that wants it: error or
#: decoy -> part of the scenario, share in it, value
FREQUENT = {
    "D06": ("people", "twins", 0.05),
    "D07": ("people", "namesakes", 0.10),
    "D09": ("people", "ede", 0.05),
    "D10": ("people", "cross_sex_name", 0.20),
    "D12": ("people", "foreigners", 0.10),
    "E13": ("people", "year_only", 0.60),
    "E18": ("people", "moved", 0.10),
    "E44": ("people", "namesakes", 0.10),
    "E59": ("sites", "unlisted", 1.00),  # a ward has only four mobile points
    "E60": ("sites", "elsewhere", 0.10),
    "E70": ("people", "foreigners", 0.10),
    "E92": ("signing", "signed", 0.50),
    "E93": ("signing", "signed", 0.50),
}
#: the same for Abdala, whose three doses make D04: its share of every wave for adults
ABDALA_SHARE = 0.10
#: boosters where AstraZeneca after another vaccine is wanted (D05)
AZ_BOOSTERS = {"AZ": Share(0.70), "PFZ": Share(0.20), "MOD": Share(0.10)}


@dataclass(frozen=True)
class Recipe:
    """What a pack holds.

    Attributes
    ----------
    scenario : Scenario
    wards : tuple of str
        Codes of the wards of which the seed chooses one.
    errors, decoys : mapping
        Error or decoy -> share of the records, in [0, 1]; together at most 1.

    Raises
    ------
    Problem
        If a ward, error or decoy is unknown, or the shares do not fit.
    """

    scenario: Scenario
    wards: tuple[str, ...]
    errors: Mapping[str, float]
    decoys: Mapping[str, float]

    def __post_init__(self) -> None:
        select_wards(",".join(self.wards))
        check_names(self.errors, [error.code for error in ERRORS], "Công thức bài", "mã lỗi")
        check_names(self.decoys, [decoy.code for decoy in DECOYS], "Công thức bài", "mã bẫy")
        shares = [*self.errors.values(), *self.decoys.values()]
        if any(not 0 <= share <= 1 for share in shares) or sum(shares) > 1:
            message = (
                f"Công thức bài: tổng tỷ lệ lỗi và bẫy phải từ 0 đến 1, đang là {sum(shares):g}."
                " Hãy giảm bớt các tỷ lệ."
            )
            raise Problem(message)

    def counts(self, n_records: int) -> dict[str, int]:
        """Return how many records each error and decoy gets.

        Parameters
        ----------
        n_records : int
            Records in the pack.

        Returns
        -------
        dict
            Every code of the catalogue; 0 where the recipe does not name it. Decoys that are
            made of two records have an even number.
        """
        shares = {**self.errors, **self.decoys}
        counts = dict.fromkeys(CODES, 0)
        for code, share in shares.items():
            if share:
                counts[code] = max(AT_LEAST, round(share * n_records))
        for decoy in DECOYS:
            counts[decoy.code] += decoy.pairs * counts[decoy.code] % 2
        return counts


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
    corrected, corrected_doses : Table
        ``doi_tuong`` and ``mui_tiem`` as the truth has them.
    people, given, sites : Table
        ``dan_cu`` and ``mui_that`` of those behind the records, and ``co_so``.
    """

    ward: Ward
    doi_tuong: pa.Table
    mui_tiem: pa.Table
    ledger: pa.Table
    link: pa.Table
    final_state: pa.Table
    corrected: pa.Table
    corrected_doses: pa.Table
    people: pa.Table
    given: pa.Table
    sites: pa.Table


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
        Exactly `n_records` records and exactly `Recipe.counts` of each error and decoy, at most
        one error per record. What makes an error visible, as the other record of a number that
        two share, is among the records.

    Raises
    ------
    Problem
        If the number is out of range or too small for the recipe.
    """
    wanted = recipe.counts(n_records)
    # whoever has two records needs room for both
    least = max(1, sum(wanted.values()) + wanted["E40"])
    if not least <= n_records <= MAX_RECORDS:
        message = (
            f"Không tạo được gói {n_records} hồ sơ: công thức cần ít nhất {least} và nhiều nhất"
            f" {MAX_RECORDS} hồ sơ."
        )
        raise Problem(message)
    wards = select_wards(",".join(recipe.wards))
    ward = wards[int(below(Draws(seed, 0).uniform(Stream.PACK_WARD, 1), len(wards))[0])]
    scenario = _with_enough(recipe.scenario, wanted)
    plan = Plan(wanted, by_count, one_per_record=True)
    for attempt in range(TRIES):
        town = make_town(seed, ward, scenario, n_households=(n_records + 20) << attempt)
        rows = owners_of(town)
        made = spoil_register(town, rows[_asked_for(town, wanted)[rows]], plan)
        if all(tally.met == wanted[tally.code] for tally in made.tallies):
            kept = _kept(town, made, n_records)
            if len(kept) == n_records:
                return _cut(town, made, kept, ward)
    message = (
        f"Công thức bài không thực hiện được với {n_records} hồ sơ: không đủ hồ sơ phù hợp"
        f" cho {', '.join(code for code, count in wanted.items() if count)}. Hãy giảm tỷ lệ."
    )
    raise Problem(message)


def _with_enough(scenario: Scenario, wanted: Mapping[str, int]) -> Scenario:
    """Let what the pack wants be frequent in its neighbourhood."""
    for code, (part, name, share) in FREQUENT.items():
        if wanted[code]:
            shares = replace(getattr(scenario, part), **{name: Share(share)})
            scenario = replace(scenario, **{part: shares})
    if wanted["D05"]:
        boosters = replace(scenario.booster, vaccines=AZ_BOOSTERS)
        scenario = replace(scenario, booster=boosters)
    return _with_abdala(scenario) if wanted["D04"] else scenario


def _with_abdala(scenario: Scenario) -> Scenario:
    groups = tuple(
        replace(
            group,
            waves=tuple(
                replace(wave, vaccines={**wave.vaccines, "ABD": Share(ABDALA_SHARE)})
                for wave in group.waves
            ),
        )
        if "ABD" in group.second_gap_days
        else group
        for group in scenario.groups
    )
    return replace(scenario, groups=groups)


def _asked_for(town: Town, wanted: Mapping[str, int]) -> Bools:
    """Tell who may be in a pack: foreigners, the dead and those who moved only where asked for."""
    people = town.people
    foreign = wanted["D12"] + wanted["E70"] > 0
    mask: Bools = (foreign | ~people.foreign) & ((wanted["E18"] > 0) | ~people.gone)
    return mask


def _kept(town: Town, made: Register, n_records: int) -> Ints:
    """Return the records with an error or a trap, what shows them, and clean ones in household order."""
    records, link = made.entries.records, made.link
    decoys = link.filter(pc.is_valid(link["decoy"]))["ma_ho_so"]
    kept_by_second = pc.drop_null(link["keep_ma_ho_so"])
    special = np.zeros(len(records.owner), bool)
    for names in (decoys, made.ledger["ma_ho_so"], kept_by_second):
        special |= _among(made.doi_tuong["ma_ho_so"], names)
    for column in (register.NUMBER, "so_dien_thoai"):
        shared = made.ledger.filter(pc.equal(made.ledger["column"], column))["observed"]
        shared = shared.filter(pc.not_equal(shared, ""))
        special |= _among(made.doi_tuong[column], shared)
    person, people = records.person, town.people
    plain_ones = np.flatnonzero(~special & ~(people.foreign | people.gone)[person])
    missing = n_records - int(special.sum())
    return np.sort(np.concatenate([np.flatnonzero(special), plain_ones[: max(missing, 0)]]))


def _among(column: pa.ChunkedArray, values: pa.ChunkedArray) -> Bools:
    found: Bools = pc.is_in(column.cast(pa.string()), values).to_numpy()
    return found


def _cut(town: Town, made: Register, kept: Ints, ward: Ward) -> Pack:
    """Keep some records, with everything that belongs to them."""
    subjects = plain(made.doi_tuong.take(pa.array(kept)))
    records = subjects["ma_ho_so"]

    def own(table: pa.Table) -> pa.Table:
        return table.filter(pc.is_in(table["ma_ho_so"], records))

    owners = np.flatnonzero(np.isin(made.entries.own_record, kept))
    corrected, corrected_doses = _corrected(town, made, owners)
    people = town.residents.take(pa.array(made.entries.owners.person[owners]))
    return Pack(
        ward=ward,
        doi_tuong=subjects,
        mui_tiem=plain(own(made.mui_tiem)),
        ledger=own(made.ledger),
        link=own(made.link),
        final_state=pa.table(
            {
                "ma_ho_so": records,
                "final_state": pa.array([made.final_state[i] for i in kept.tolist()]),
            }
        ),
        corrected=corrected,
        corrected_doses=corrected_doses,
        people=plain(people),
        given=plain(town.given.filter(pc.is_in(town.given["person_id"], people["person_id"]))),
        sites=supply.site_table(town.draws, ward, town.scenario),
    )


def _corrected(town: Town, made: Register, owners: Ints) -> tuple[pa.Table, pa.Table]:
    """Write the register of some people as if nothing had gone wrong."""
    rows = made.entries.owners.person[owners]
    none = np.empty(0, np.int64)
    nobody = Hit(none, np.empty(0), np.empty(0), none)
    entries = enter(
        town.people,
        town.doses,
        Owners.of(rows, town.doses, len(town.people.slot)),
        {incident.code: nobody for incident in INCIDENTS},
        np.datetime64(town.scenario.as_of),
    )
    subjects = register.write_subjects(town.people, town.residents, entries.records, town.offset)
    ids = subjects["ma_ho_so"].combine_chunks()
    doses = register.write_doses(town.people, entries, ids, town.offset)
    return plain(subjects), plain(doses)
