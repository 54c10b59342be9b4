"""Choose the traps, and whom the row incidents befall."""

from __future__ import annotations

import numpy as np

from generator import looks
from generator.catalogue import DECOYS, INCIDENTS
from generator.corruption import Plan, Tally
from generator.entries import Hit
from generator.looks import Bools, Known
from generator.randomness import Draws, Ints, Stream, split

__all__ = ["choose"]


def choose(known: Known, draws: Draws, plan: Plan) -> tuple[Ints, dict[str, Hit], list[Tally]]:
    """Choose traps and row incidents: nobody has two of them.

    Parameters
    ----------
    known : Known
    draws : Draws
        Of the ward.
    plan : Plan

    Returns
    -------
    tuple of ndarray of int, dict and list of Tally
        Decoy of each owner by its place in the catalogue, -1 = none; incident -> whom it befalls.
    """
    twins, namesakes = looks.groups(known)
    decoy, tallies = _decoys(known, {"D06": twins, "D07": namesakes}, draws, plan)
    free = decoy < 0
    first, partner = _pairs(namesakes, free)
    seen = {**looks.incident_looks(known), "E44": first}
    hits: dict[str, Hit] = {}
    for incident in INCIDENTS:
        pairs = incident.code == "E44"
        eligible = seen[incident.code] & free
        if pairs:  # whoever died or moved keeps a record of their own
            here = np.isin(np.arange(len(free)), hits["E18"].rows, invert=True) & free
            eligible &= here & here[partner]
        u = draws.uniform(Stream.ERROR_HIT + incident.slot, len(free))
        choice = plan.chosen(u, plan.wanted[incident.code], eligible, np.ones(len(free)))
        rows = np.sort(choice.rows[: choice.count])
        arguments = draws.uniform(Stream.ERROR_ARGUMENT + incident.slot, len(free))[rows]
        hits[incident.code] = Hit(rows, *split(arguments), partner[rows] if pairs else rows[:0])
        tallies.append(
            Tally(incident.code, int(eligible.sum()), choice.count, len(rows), choice.expected)
        )
        if incident.code != "E18" or plan.one_per_record:
            free[rows] = free[hits[incident.code].partner] = False
    return decoy, hits, tallies


def _pairs(group: Ints, free: Bools) -> tuple[Bools, Ints]:
    """Return who is the first of exactly two that are alike and no traps, and who is the other one."""
    alike = np.flatnonzero((group >= 0) & free)
    start, last = np.full((2, len(group)), -1)
    start[group[alike][::-1]], last[group[alike]] = alike[::-1], alike
    two = np.flatnonzero(np.bincount(group[alike], minlength=len(group)) == 2)
    first, partner = np.zeros(len(group), bool), np.zeros(len(group), np.int64)
    first[start[two]], partner[start[two]] = True, last[two]
    return first, partner


def _decoys(
    known: Known, groups: dict[str, Ints], draws: Draws, plan: Plan
) -> tuple[Ints, list[Tally]]:
    """Choose the traps; -1 marks the owners that are none. Those of a group are chosen together."""
    n = len(known.owners.person)
    decoy, tallies = np.full(n, -1), []
    seen = looks.decoy_looks(known, *groups.values())
    for i, trap in enumerate(DECOYS):
        free, u = decoy < 0, draws.uniform(Stream.DECOY + trap.slot, n)
        if trap.pairs:
            first = np.where(groups[trap.code] >= 0, groups[trap.code], np.arange(n))
            free, u = _all_free(free, first), u[first]
        eligible = seen[trap.code] & free
        choice = plan.chosen(u, plan.wanted[trap.code], eligible, np.ones(n))
        rows = choice.rows[: choice.count]
        decoy[rows] = i
        tallies.append(
            Tally(trap.code, int(eligible.sum()), choice.count, len(rows), choice.expected)
        )
    return decoy, tallies


def _all_free(free: Bools, first: Ints) -> Bools:
    """Tell whose whole group is free."""
    busy = np.zeros(len(free), bool)
    np.logical_or.at(busy, first, ~free)
    return ~busy[first]
