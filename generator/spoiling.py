"""From the truth of a ward to its register and answer key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import answer_key, clerks, looks, platform, register, supply
from generator.answer_key import Ids
from generator.campaign import SLOTS
from generator.catalogue import (
    DECOYS,
    DOSE_CAUSES,
    RECORD_CAUSES,
    SIGNATURE_CAUSES,
    STATUS_CAUSES,
    Cause,
)
from generator.cells import one_of, repeat, take, texts
from generator.choosing import choose
from generator.corruption import Plan, Sheet, Strike, Tally, spoil
from generator.entries import Entries, Hit, Owners, enter
from generator.looks import Bools, Known
from generator.randomness import Floats, Ints, Stream
from generator.town import Town
from generator.truth import Role

__all__ = ["Register", "spoil_register"]


@dataclass(frozen=True)
class Register:
    """The register of a ward after its clerks, and the key.

    Attributes
    ----------
    doi_tuong, mui_tiem : Table
    ledger, link : Table
    final_state : list of str
        One per record.
    entries : Entries
        What the rows are.
    decoy : list of str or None
        One per owner.
    tallies : tuple of Tally
    """

    doi_tuong: pa.Table
    mui_tiem: pa.Table
    ledger: pa.Table
    link: pa.Table
    final_state: list[str]
    entries: Entries
    decoy: list[str | None]
    tallies: tuple[Tally, ...]


@dataclass(frozen=True)
class _Desk:
    """Everything that decides what is typed, once the rows stand."""

    town: Town
    known: Known
    entries: Entries
    plan: Plan
    #: owners that are no trap; those of them whom no row incident befell; the same, but for doses
    sound: Bools
    alone: Bools
    complete: Bools
    #: records that have an error already
    struck: Bools
    #: whose number may stand for one's own: the head of household's, a colleague's; -1 = nobody's
    head: Ints
    colleague: Ints

    def spoil(
        self, sheet: Sheet, causes: Sequence[Cause], seen: Mapping[str, Bools], rest: Bools
    ) -> tuple[pa.Table, list[Strike], list[Tally]]:
        """Let causes strike the rows that can have them; `rest` stands for those without a look."""
        open_to = {cause.code: seen.get(cause.code, rest) & rest for cause in causes}
        return spoil(sheet, causes, open_to, self.struck, self.town.draws, self.plan)


def spoil_register(town: Town, rows: Ints, plan: Plan) -> Register:
    """Enter the records and doses of some people, and let errors happen.

    Parameters
    ----------
    town : Town
    rows : ndarray of int, shape (n,)
        Rows of the people, in order.
    plan : Plan

    Returns
    -------
    Register
    """
    known = Known(
        people=town.people,
        residents=town.residents,
        doses=town.doses,
        owners=Owners.of(rows, town.doses, len(town.people.slot)),
        last_day=np.datetime64(town.scenario.as_of),
        listed=supply.listed_sites(town.draws, town.scenario),
    )
    decoy, hits, tallies = choose(known, town.draws, plan)
    entries = enter(town.people, town.doses, known.owners, hits, known.last_day)
    desk = _desk(town, known, entries, plan, decoy, hits)
    subjects, record_strikes, of_records = _spoil_subjects(desk)
    lines, line_strikes, of_lines = _spoil_lines(desk, subjects)
    ids = _ids(town, subjects, lines)
    shown = [None if d < 0 else DECOYS[d].code for d in decoy.tolist()]
    fates = texts(town.residents["tinh_trang"], rows)
    return Register(
        doi_tuong=subjects,
        mui_tiem=lines,
        ledger=answer_key.ledger_table(ids, entries, hits, record_strikes, line_strikes),
        link=answer_key.link_table(ids, entries, shown, hits["E44"].partner),
        final_state=answer_key.final_states(entries, hits, fates, record_strikes, line_strikes),
        entries=entries,
        decoy=shown,
        tallies=(*tallies, *of_records, *of_lines),
    )


def _desk(
    town: Town, known: Known, entries: Entries, plan: Plan, decoy: Ints, hits: Mapping[str, Hit]
) -> _Desk:
    sound = decoy < 0
    alone, complete = sound.copy(), sound.copy()
    for code in ("E40", "E44"):
        alone[hits[code].rows] = alone[hits[code].partner] = False
    for code in hits.keys() - {"E18"}:
        complete[hits[code].rows] = complete[hits[code].partner] = False
    struck = np.zeros(len(entries.records.owner), bool)
    if plan.one_per_record:
        for hit in hits.values():
            struck[entries.own_record[hit.rows]] = True
    merged = hits["E44"].partner
    others = looks.others_head(known, merged), looks.first_colleague(known, merged)
    return _Desk(town, known, entries, plan, sound, alone, complete, struck, *others)


def _ids(town: Town, subjects: pa.Table, lines: pa.Table) -> Ids:
    return Ids(
        ward=int(town.people.households.ward.code),
        record=subjects["ma_ho_so"].combine_chunks(),
        line=lines["ma_mui"].combine_chunks(),
        person=town.residents["person_id"].combine_chunks(),
        dose=town.given["dose_id"].combine_chunks(),
        fate=town.residents["tinh_trang"].combine_chunks(),
    )


def _spoil_subjects(desk: _Desk) -> tuple[pa.Table, list[Strike], list[Tally]]:
    """Type ``doi_tuong``, let errors happen, and let the platform compare."""
    town, known, records = desk.town, desk.known, desk.entries.records
    typed = register.write_subjects(town.people, town.residents, records, town.offset)
    owners = known.owners
    first_dose = owners.nth(np.arange(len(owners.person)), np.zeros_like(owners.person))
    sheet = Sheet(
        table=typed,
        desk=_subject_desk(desk),
        record=np.arange(len(records.owner)),
        origin=records.owner,
        careless=_carelessness(desk)[first_dose][records.owner],
    )
    own = (records.copy == 0) & desk.alone[records.owner]
    citizen = known.citizen[records.owner]
    looks_of = looks.record_looks(known, desk.head, desk.colleague)
    seen = {code: mask[records.owner] for code, mask in looks_of.items()}
    citizens = [cause for cause in RECORD_CAUSES if cause.code != "E70"]
    foreigners = [cause for cause in RECORD_CAUSES if cause.code == "E70"]
    table, strikes, tallies = desk.spoil(sheet, citizens, seen, own & citizen)
    table, more, counted = desk.spoil(replace(sheet, table=table), foreigners, seen, own & ~citizen)
    strikes, tallies = strikes + more, tallies + counted
    shown = platform.shown_statuses(records, ~citizen, strikes)
    table = _with(table, register.VERIFICATION, platform.write_statuses(shown))
    sheet = replace(sheet, table=table)
    right = own & (shown == platform.RIGHT)
    table, more, counted = desk.spoil(sheet, STATUS_CAUSES, {}, right)
    return table, strikes + more, tallies + counted


def _with(table: pa.Table, column: str, cells: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(column), column, cells)


def _subject_desk(desk: _Desk) -> dict[str, pa.Array]:
    """Return what a clerk may mix up with a person's own: the former card, the head, a colleague."""
    person, owner = desk.entries.records.person, desk.entries.records.owner
    residents = desk.town.residents
    return {
        "so_cmnd_cu": take(residents["so_cmnd_cu"], person),
        "so_chu_ho": _some(residents["so_giay_to"], desk.head[owner]),
        "dien_thoai_nhom": _some(residents["so_dien_thoai"], desk.colleague[owner]),
    }


def _some(column: pa.ChunkedArray, rows: Ints) -> pa.Array:
    """Return some cells of a column, "" where the row is -1."""
    return column.combine_chunks().take(pa.array(rows, mask=rows < 0)).fill_null("")


def _carelessness(desk: _Desk) -> Floats:
    doses, town = desk.known.doses, desk.town
    return clerks.carelessness(town.draws, doses.place, doses.clerk, doses.day, town.scenario)


def _spoil_lines(desk: _Desk, subjects: pa.Table) -> tuple[pa.Table, list[Strike], list[Tally]]:
    """Type ``mui_tiem``, let errors happen, and let units sign."""
    town, known, lines = desk.town, desk.known, desk.entries.lines
    ids = subjects["ma_ho_so"].combine_chunks()
    typed = register.write_doses(town.people, desk.entries, ids, town.offset)
    sheet = Sheet(
        table=typed,
        desk=_line_desk(desk, typed),
        record=lines.record,
        origin=np.maximum(lines.dose, 0),  # a dose from elsewhere is never spoiled
        careless=_carelessness(desk)[lines.dose],
    )
    owner = desk.entries.records.owner[lines.record]
    complete = (lines.role == Role.ORIGINAL) & desk.complete[owner] & known.citizen[owner]
    seen = looks.line_looks(known, lines)
    table, strikes, tallies = desk.spoil(sheet, DOSE_CAUSES, seen, complete)
    signed = _signed(desk, subjects, strikes)[lines.record]
    _table, more, counted = desk.spoil(sheet, SIGNATURE_CAUSES, {}, complete & signed)
    table = _with(table, "tt_ky", platform.write_signatures(signed))
    return table, strikes + more, tallies + counted


def _line_desk(desk: _Desk, typed: pa.Table) -> dict[str, pa.Array]:
    """Return what a clerk may see beside a dose: the other doses, the birth date, the place."""
    lines, known, ward = desk.entries.lines, desk.known, desk.town.people.households.ward
    n = len(lines.record)
    given = known.owners.dose_of[known.owners.of_dose[lines.dose]] >= 0
    sets = [" ".join(s for k, s in enumerate(SLOTS) if i >> k & 1) for i in range(2 ** len(SLOTS))]
    return {
        "ngay_sinh": take(desk.town.residents["ngay_sinh"], lines.doses.person),
        "ngay_truoc": take(typed["ngay_tiem"], np.maximum(np.arange(n) - 1, 0)),
        "ngay_sau": take(typed["ngay_tiem"], np.minimum(np.arange(n) + 1, n - 1)),
        "cac_mui": one_of(sets, given @ (1 << np.arange(len(SLOTS)))),
        "ten_noi_tiem": one_of(supply.site_names(ward), lines.doses.place),
        "tram": repeat(supply.unit_codes(ward)[supply.STATION_UNIT], n),
    }


def _signed(desk: _Desk, subjects: pa.Table, strikes: Sequence[Strike]) -> Bools:
    """Draw whose doses are signed: right on the platform, and nothing is wrong with any of them."""
    records, lines = desk.entries.records, desk.entries.lines
    right = take(subjects[register.VERIFICATION], np.arange(len(records.owner)))
    free = pc.equal(right, platform.STATUSES[platform.RIGHT]).to_numpy(zero_copy_only=False)
    free &= (records.copy == 0) & (desk.complete | ~desk.sound)[records.owner]
    for strike in strikes:
        free[lines.record[strike.rows]] = False
    share = desk.town.scenario.signing.signed
    drawn = desk.town.draws.uniform(Stream.SIGNED, len(desk.sound))[records.owner]
    signed: Bools = free & (drawn < share)
    return signed
