"""What clerks enter, before it is written: who has a record, and which doses stand in it.

Most people have one record with all their doses. Row incidents change that: a second record, two
people in one, a dose that is missing, entered twice or somebody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from generator import supply
from generator.campaign import MAX_DOSES, SLOTS, Doses, vaccine_index
from generator.population import People
from generator.randomness import Floats, Ints
from generator.truth import Role

__all__ = ["Entries", "Hit", "Lines", "Number", "Owners", "Records", "enter"]

CB1, CB2, NL1 = SLOTS.index("CB1"), SLOTS.index("CB2"), SLOTS.index("NL1")
#: a dose of somebody else comes so many days after the last one, at least and at most (ours)
INTRUDER_DAYS = (60, 100)
#: two versions of a dose lie at most so many days apart (ours)
VERSION_DAYS = 6
#: what a dose is taken for when its second version says another vaccine
USUAL = ("AZ", "PFZ", "MOD", "VERO")


class Number(IntEnum):
    """Which number a record bears: the person's, that of the former CMND, none."""

    OWN, FORMER, NONE = range(3)


@dataclass(frozen=True)
class Owners:
    """Those who have doses; row = person with a record of their own.

    Attributes
    ----------
    person : ndarray of int, shape (n,)
        Row of the person, ascending.
    dose_of : ndarray of int, shape (n, slots)
        Row of the dose by slot, -1 = none.
    of_dose : ndarray of int, shape (m,)
        Whose dose each one is; -1 = of somebody who is left out.
    """

    person: Ints
    dose_of: Ints
    of_dose: Ints

    @classmethod
    def of(cls, rows: Ints, doses: Doses, n_people: int) -> Owners:
        """Sort doses by their owners."""
        place = np.full(n_people, -1)
        place[rows] = np.arange(len(rows))
        of_dose = place[doses.person]
        own = np.flatnonzero(of_dose >= 0)
        dose_of = np.full((len(rows), len(SLOTS)), -1)
        dose_of[of_dose[own], doses.slot[own]] = own
        return cls(rows, dose_of, of_dose)

    @property
    def count(self) -> Ints:
        """Doses of each."""
        found: Ints = (self.dose_of >= 0).sum(axis=1)
        return found

    def nth(self, rows: Ints, k: Ints) -> Ints:
        """Return the k-th dose of some owners, counted from 0."""
        have = np.cumsum(self.dose_of[rows] >= 0, axis=1)
        found: Ints = self.dose_of[rows, np.argmax(have > k[:, None], axis=1)]
        return found

    @property
    def last(self) -> Ints:
        """The last dose of each."""
        return self.nth(np.arange(len(self.person)), self.count - 1)


@dataclass(frozen=True)
class Hit:
    """Owners that one row incident befell, with two draws each; for pairs also the other one."""

    rows: Ints
    u: Floats
    v: Floats
    partner: Ints


@dataclass(frozen=True)
class Records:
    """Rows of ``doi_tuong``.

    Attributes
    ----------
    owner, person : ndarray of int, shape (n,)
        Row of the owner, row of the person.
    copy : ndarray of int, shape (n,)
        0 = the owner's own record, 1 = a second one.
    number : ndarray of int, shape (n,)
        A `Number`.
    keep : ndarray of int, shape (n,)
        Row of the record that remains where this is a second one, else -1.
    """

    owner: Ints
    person: Ints
    copy: Ints
    number: Ints
    keep: Ints


@dataclass(frozen=True)
class Lines:
    """Rows of ``mui_tiem``.

    Attributes
    ----------
    doses : Doses
        What is entered; `person` decides the id of the line alone.
    record : ndarray of int, shape (n,)
        Row of `Records`.
    role : ndarray of int, shape (n,)
        A `generator.truth.Role`.
    copy : ndarray of int, shape (n,)
        0 = first entry, 1 = second one.
    dose : ndarray of int, shape (n,)
        Row of the dose that was given; -1 = none of this ward.
    """

    doses: Doses
    record: Ints
    role: Ints
    copy: Ints
    dose: Ints


@dataclass(frozen=True)
class Entries:
    """The register as rows.

    Attributes
    ----------
    owners : Owners
    records : Records
    lines : Lines
    own_record : ndarray of int
        Row of `Records` by owner; of a merged person the record that took the doses.
    second_record : ndarray of int
        Row of the second record by owner, -1 = none.
    missing : ndarray of int
        Row of the dose that was never entered, by owner; -1 = none.
    """

    owners: Owners
    records: Records
    lines: Lines
    own_record: Ints
    second_record: Ints
    missing: Ints


def enter(
    people: People, doses: Doses, owners: Owners, hits: Mapping[str, Hit], last_day: np.datetime64
) -> Entries:
    """Let the row incidents happen.

    Parameters
    ----------
    people : People
    doses : Doses
        The true ones.
    owners : Owners
    hits : mapping
        Code of the incident -> whom it befell; nobody twice.
    last_day : datetime64
        The day on which the register is looked at.

    Returns
    -------
    Entries
    """
    records, own_record, second_record = _records(people, owners, hits)
    missing = _missing(owners, hits["E50"])
    entered = np.flatnonzero(
        (owners.of_dose >= 0) & ~np.isin(np.arange(len(doses.person)), missing)
    )
    owner = owners.of_dose[entered]
    early = _early(owners, hits["E40"])[entered]
    first = Lines(
        doses=doses.take(entered),
        record=np.where(early, second_record[owner], own_record[owner]),
        role=np.where(np.isin(owner, hits["E44"].partner), Role.SPLIT, Role.ORIGINAL),
        copy=np.zeros_like(entered),
        dose=entered,
    )
    again = [
        _twice(doses, owners, hits["E41"], own_record),
        _versions(people, doses, owners, hits["E42"], own_record, last_day),
        _intruders(people, doses, owners, hits["E43"], own_record),
    ]
    return Entries(owners, records, _in_order(first, *again), own_record, second_record, missing)


def _records(people: People, owners: Owners, hits: Mapping[str, Hit]) -> tuple[Records, Ints, Ints]:
    """Return the records, and where each owner's own and second one stand."""
    n, second = len(owners.person), hits["E40"]
    alone = np.ones(n, bool)
    alone[hits["E44"].partner] = False
    own = np.flatnonzero(alone)
    # a second record lies anywhere among the others
    place = np.concatenate([own.astype(float), second.u * n])
    order = np.argsort(place, kind="stable")
    owner = np.concatenate([own, second.rows])[order]
    copy = np.repeat([0, 1], [len(own), len(second.rows)])[order]
    number = np.concatenate(
        [np.full(len(own), Number.OWN), _second_numbers(people, owners, second)]
    )
    own_record, second_record = np.full(n, -1), np.full(n, -1)
    own_record[owner[copy == 0]] = np.flatnonzero(copy == 0)
    second_record[owner[copy == 1]] = np.flatnonzero(copy == 1)
    own_record[hits["E44"].partner] = own_record[hits["E44"].rows]
    keep = np.where(copy == 1, own_record[owner], -1)
    return (
        Records(owner, owners.person[owner], copy, number[order], keep),
        own_record,
        second_record,
    )


def _second_numbers(people: People, owners: Owners, hit: Hit) -> Ints:
    """Choose what a second record bears: the former card's number where there is one, none, the same."""
    kinds = np.array([Number.FORMER, Number.NONE, Number.OWN])
    chosen = kinds[(hit.v * 3).astype(np.int64)]
    has_former = people.former_card[owners.person[hit.rows]] >= 0
    return np.where((chosen == Number.FORMER) & ~has_former, Number.NONE, chosen)


def _early(owners: Owners, hit: Hit) -> NDArray[np.bool_]:
    """Tell which doses stand in a second record: the first ones, never all."""
    early = np.zeros(len(owners.of_dose), bool)
    count = owners.count[hit.rows]
    share = hit.v * 3 % 1.0
    last = (share * (count - 1)).astype(np.int64)  # of those in the second record
    for k in range(len(SLOTS)):
        here = last >= k
        early[owners.nth(hit.rows[here], np.full(int(here.sum()), k))] = True
    return early


def _missing(owners: Owners, hit: Hit) -> Ints:
    missing = np.full(len(owners.person), -1)
    missing[hit.rows] = _any_dose(owners, hit)
    return missing


def _any_dose(owners: Owners, hit: Hit) -> Ints:
    """Return one dose of each, drawn."""
    return owners.nth(hit.rows, (hit.u * owners.count[hit.rows]).astype(np.int64))


def _twice(doses: Doses, owners: Owners, hit: Hit, own_record: Ints) -> Lines:
    """Enter a dose again: half of them by another unit and without its lot, the others as they are."""
    dose = _any_dose(owners, hit)
    entered = doses.take(dose)
    elsewhere = hit.v < 0.5
    by_station = entered.unit != supply.STATION_UNIT
    site = np.where(by_station, supply.STATION, supply.CENTRE)
    unit = np.where(by_station, supply.STATION_UNIT, supply.CENTRE_UNIT)
    again = replace(
        entered,
        lot=np.where(elsewhere, -1, entered.lot),
        site=np.where(elsewhere, site, entered.site),
        unit=np.where(elsewhere, unit, entered.unit),
    )
    return _extra(again, own_record[hit.rows], Role.DUPLICATE, dose)


def _versions(
    people: People,
    doses: Doses,
    owners: Owners,
    hit: Hit,
    own_record: Ints,
    last_day: np.datetime64,
) -> Lines:
    """Enter a dose again on another day, half of them with another vaccine and its lot."""
    dose = _any_dose(owners, hit)
    entered = doses.take(dose)
    shift = 1 + (hit.v * VERSION_DAYS).astype(np.int64)
    later = entered.day + shift <= last_day
    day = np.where(later, entered.day + shift, entered.day - shift)
    fine = hit.v * VERSION_DAYS % 1.0
    usual = np.array([vaccine_index(v) for v in USUAL])
    other = usual[(fine * 2 % 1.0 * len(USUAL)).astype(np.int64)]
    vaccine = np.where(fine < 0.5, other, entered.vaccine)
    lot = supply.choose_lots(fine, vaccine, day, entered.place, people.households.ward)
    lot = np.where(vaccine == entered.vaccine, entered.lot, lot)
    again = replace(entered, day=day, vaccine=vaccine, lot=lot)
    return _extra(again, own_record[hit.rows], Role.DUPLICATE, dose)


def _intruders(people: People, doses: Doses, owners: Owners, hit: Hit, own_record: Ints) -> Lines:
    """Enter a dose of somebody from elsewhere, as the next one of the course."""
    last = doses.take(owners.last[hit.rows])
    first, latest = INTRUDER_DAYS
    day = last.day + first + (hit.u * (latest - first)).astype(np.int64)
    vaccine = np.where(last.slot == CB1, last.vaccine, vaccine_index("PFZ"))
    ward = people.households.ward
    dose = replace(
        last,
        slot=np.where(last.slot == CB1, CB2, NL1),
        vaccine=vaccine,
        lot=supply.choose_lots(hit.v, vaccine, day, last.place, ward),
        day=day,
    )
    return _extra(dose, own_record[hit.rows], Role.INTRUDER, np.full(len(hit.rows), -1))


def _extra(doses: Doses, record: Ints, role: Role, dose: Ints) -> Lines:
    copy = np.full(len(record), int(role == Role.DUPLICATE))
    return Lines(doses, record, np.full(len(record), role), copy, dose)


def _in_order(*parts: Lines) -> Lines:
    """Put lines together: by record and slot, of one slot in an order that tells nothing."""
    doses = Doses(
        **{
            name: np.concatenate([getattr(p.doses, name) for p in parts])
            for name in vars(parts[0].doses)
        }
    )
    rest = {
        name: np.concatenate([getattr(p, name) for p in parts])
        for name in ("record", "role", "copy", "dose")
    }
    tie = (rest["copy"] + doses.person) % 2
    order = np.argsort((rest["record"] * MAX_DOSES + doses.slot) * 2 + tie, kind="stable")
    return Lines(doses.take(order), **{name: column[order] for name, column in rest.items()})
