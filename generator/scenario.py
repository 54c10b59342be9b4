"""A scenario: which city, which day, which campaign and how many errors, read from TOML.

A scenario may rest on another one: ``base = "tp-hcm-2022"``, then only what differs.
What a scenario does not say is not guessed: every key is required except the rates of errors
and decoys, whose defaults stand in the catalogue.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from generator import facts
from generator.catalogue import CAUSES, DECOYS, ERRORS
from generator.places import select_wards
from generator.problems import Problem, nearest
from generator.strict import Share, check_names, read, read_toml

__all__ = [
    "Additional",
    "Booster",
    "Clerks",
    "Group",
    "People",
    "Scenario",
    "Signing",
    "Sites",
    "Wave",
    "load_scenario",
]

#: domain.md 13: who decides what digit 4 of an invented number looks like
ID_SCHEMES = ("realistic", "unreal")


@dataclass(frozen=True)
class People:
    """Shares of the population that no census table gives; all of them parameters."""

    born_in_city: Share
    old_card: Share
    old_card_elderly: Share
    former_card: Share
    own_phone: Share
    workplace: Share
    cross_sex_name: Share
    mothers_surname: Share
    lodgers: Share
    lone_parents: Share
    three_generations: Share
    twins: Share
    namesakes: Share
    ede: Share
    foreigners: Share
    permanent: Share
    kt3: Share
    died_until_59: Share
    died_from_60: Share
    moved: Share
    year_only: Share
    insured: Share


@dataclass(frozen=True)
class Wave:
    """A stretch of the campaign: until which day, which share of a group, which vaccines."""

    until: date
    share: Share
    vaccines: Mapping[str, Share]


@dataclass(frozen=True)
class Group:
    """An age group of the campaign.

    Attributes
    ----------
    min_age : int
        Full years.
    start : date
    coverage, second_coverage : float
        Who comes at all, and who of them comes again.
    late_second : float
        Share of the second doses that come weeks after the others (decoy D03).
    second_gap_days : mapping
        Vaccine -> days to the second dose, and to the third of a course of three.
    waves : tuple of Wave
    short_gap_days, short_from : mapping, date
        Gaps of those who came early enough to profit from a shorter rule from that day on.
    mixed_second, mixed_from, mixed_gap_days : mapping, date, int
        First vaccine -> second vaccine -> share of the courses, from when, after how many days.
    """

    min_age: int
    start: date
    coverage: Share
    second_coverage: Share
    late_second: Share
    second_gap_days: Mapping[str, int]
    waves: tuple[Wave, ...]
    short_gap_days: Mapping[str, int] = field(default_factory=dict)
    short_from: date = date.max
    mixed_second: Mapping[str, Mapping[str, Share]] = field(default_factory=dict)
    mixed_from: date = date.max
    mixed_gap_days: int = 0


@dataclass(frozen=True)
class Additional:
    """The additional dose: for which share of whose courses, from when, in which days after."""

    min_age: int
    start: date
    gap_days: int
    within_days: int
    coverage: Mapping[str, Share]
    vaccines: Mapping[str, Share]


@dataclass(frozen=True)
class Booster:
    """A booster: from which age and day, how long after the last dose, for how many.

    Attributes
    ----------
    mean_delay_days : float
        How much later than allowed people come on average.
    az_after_mrna : date
        Until that day nobody has AstraZeneca after a course of Pfizer or Moderna.
    """

    min_age: int
    start: date
    gap_days: int
    coverage: Share
    mean_delay_days: float
    vaccines: Mapping[str, Share]
    az_after_mrna: date = date.min


@dataclass(frozen=True)
class Sites:
    """Where doses are given, and who enters them: shares of the doses, or of the mobile points."""

    mobile: Share
    district_centre: Share
    elsewhere: Share
    unlisted: Share
    entered_by_centre: Share


@dataclass(frozen=True)
class Clerks:
    """How much the error rates of places, of their clerks and of days differ.

    Each factor has mean 1; its standard deviation stands here, 0 to 1.
    """

    place: Share
    clerk: Share
    day: Share


@dataclass(frozen=True)
class Signing:
    """How far signing has come: the share of the verified records whose doses are signed."""

    signed: Share


@dataclass(frozen=True)
class Scenario:
    """One city on one day.

    Attributes
    ----------
    residents : int
        Residents of the whole city at scale 1.
    as_of : date
        The day on which the register is looked at; nothing happens later.
    id_scheme : str
        ``"realistic"`` or ``"unreal"``; see `generator.identity`.
    groups : tuple of Group
        Youngest first, no two of one age.
    errors, decoys : mapping
        Cause or decoy -> share of the eligible records; what is not named keeps the rate of
        the catalogue.
    wards : tuple of str
        Codes of the wards that ``all`` means; every ward of the city where it is empty.
    sha256 : str
        Of everything that was read, its base included.
    """

    name: str
    title: str
    residents: int
    as_of: date
    id_scheme: str
    people: People
    groups: tuple[Group, ...]
    additional: Additional
    booster: Booster
    second_booster: Booster
    sites: Sites
    clerks: Clerks
    signing: Signing
    errors: Mapping[str, Share] = field(default_factory=dict)
    decoys: Mapping[str, Share] = field(default_factory=dict)
    wards: tuple[str, ...] = ()
    sha256: str = ""


def load_scenario(source: str | Path) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    source : str or Path
        The name of a shipped scenario (``"tp-hcm-2022"``) or the path of a TOML file.

    Returns
    -------
    Scenario
        With a rate for every cause and decoy of the catalogue.

    Raises
    ------
    Problem
        If there is no such file, or it is no TOML, or a key or value is not right.
    """
    path = _find(source)
    raw = _layered(path, ())
    canonical = json.dumps(raw, sort_keys=True, default=str)
    raw["sha256"] = hashlib.sha256(canonical.encode()).hexdigest()
    scenario = read(Scenario, raw, path.name)
    _check(scenario, path.name)
    errors = {error.code: error.rate for error in ERRORS} | dict(scenario.errors)
    _check_columns(errors, path.name)
    decoys = {decoy.code: decoy.rate for decoy in DECOYS} | dict(scenario.decoys)
    return Scenario(**{**scenario.__dict__, "errors": errors, "decoys": decoys})


def _layered(path: Path, above: tuple[Path, ...]) -> dict[str, Any]:
    """Read a scenario over the one that its key ``base`` names: tables merge, all else replaces."""
    raw, _ = read_toml(path)
    base = raw.pop("base", None)
    if base is None:
        return raw
    under = _find(base)
    if under in (path, *above):
        message = f"{path.name}, base: các kịch bản dựa vòng vào nhau ({under.name}). Hãy bỏ một khóa base."
        raise Problem(message)
    return _over(_layered(under, (*above, path)), raw)


def _over(under: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in upper.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _over(merged[key], value) if both else value
    return merged


def _find(source: str | Path) -> Path:
    folder = Path(str(files("generator"))) / "scenarios"
    shipped = sorted(path.stem for path in folder.glob("*.toml"))
    if source in shipped:
        return folder / f"{source}.toml"
    if Path(source).is_file():
        return Path(source)
    message = (
        f"Không tìm thấy kịch bản '{source}'.{nearest(str(source), shipped)} Kịch bản có sẵn: "
        f"{', '.join(shipped)}. Cũng có thể ghi đường dẫn của một tệp .toml."
    )
    raise Problem(message)


def _check(scenario: Scenario, where: str) -> None:
    """Check what a type cannot say: closed lists of names."""
    check_names([scenario.id_scheme], ID_SCHEMES, f"{where}, id_scheme", "cách đặt số")
    check_names(scenario.errors, [e.code for e in ERRORS], f"{where}, errors", "mã lỗi")
    check_names(scenario.decoys, [d.code for d in DECOYS], f"{where}, decoys", "mã bẫy")
    if scenario.wards:
        select_wards(",".join(scenario.wards))
    vaccines = facts.column("vaccines", "vaccine_id")
    for mix in _mixes(scenario):
        check_names(mix, vaccines, where, "vắc xin")


def _check_columns(errors: Mapping[str, float], where: str) -> None:
    """Check that the errors of one column leave room for each other: a cell has one at most."""
    wanted: dict[str, dict[str, float]] = {}
    for cause in CAUSES:
        if cause.rate_of_all:
            for column in cause.columns:
                wanted.setdefault(column, {})[cause.code] = errors[cause.code]
    for column, rates in wanted.items():
        if sum(rates.values()) > 1:
            told = " + ".join(f"{code} {rate:g}" for code, rate in rates.items() if rate)
            message = (
                f"{where}, errors: các tỷ lệ lỗi của cột {column} mâu thuẫn: {told} ="
                f" {sum(rates.values()):g}, quá 1. Mỗi ô chỉ có một lỗi; hãy giảm bớt."
            )
            raise Problem(message)


def _mixes(scenario: Scenario) -> Iterator[Mapping[str, object]]:
    """Yield every table whose keys are vaccines."""
    for group in scenario.groups:
        yield from (wave.vaccines for wave in group.waves)
        yield from (group.second_gap_days, group.short_gap_days, group.mixed_second)
        yield from group.mixed_second.values()
    yield from (scenario.additional.coverage, scenario.additional.vaccines)
    yield from (scenario.booster.vaccines, scenario.second_booster.vaccines)
