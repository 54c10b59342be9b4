"""A scenario: which city, which day, which campaign and how many errors, read from TOML.

What a scenario does not say is not guessed: every key is required except the rates of errors
and decoys, whose defaults stand in the catalogue.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path

from generator import facts
from generator.catalogue import CAUSES, DECOYS
from generator.problems import Problem, nearest
from generator.strict import Share, check_names, read, read_toml

__all__ = ["Booster", "Group", "People", "Scenario", "Wave", "load_scenario"]

#: domain.md 13: who decides what digit 4 of an invented number looks like
ID_SCHEMES = ("realistic", "unreal")


@dataclass(frozen=True)
class People:
    """Shares of the population that no census table gives; all of them parameters."""

    born_in_city: Share
    old_card: Share
    own_phone: Share
    workplace: Share
    cross_sex_name: Share


@dataclass(frozen=True)
class Wave:
    """A stretch of the campaign: until which day, which share of a group, which vaccines."""

    until: date
    share: Share
    vaccines: Mapping[str, Share]


@dataclass(frozen=True)
class Group:
    """An age group of the campaign: from which age and day, what share of it comes."""

    min_age: int
    start: date
    coverage: Share
    second_gap_days: Mapping[str, int]
    waves: tuple[Wave, ...]


@dataclass(frozen=True)
class Booster:
    """The first booster: from which age and day, how long after the course, for how many."""

    min_age: int
    start: date
    gap_days: int
    coverage: Share
    vaccines: Mapping[str, Share]


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
    sha256 : str
        Of the scenario file's bytes.
    """

    name: str
    title: str
    residents: int
    as_of: date
    id_scheme: str
    people: People
    groups: tuple[Group, ...]
    booster: Booster
    errors: Mapping[str, Share] = field(default_factory=dict)
    decoys: Mapping[str, Share] = field(default_factory=dict)
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
    raw, data = read_toml(path)
    raw["sha256"] = hashlib.sha256(data).hexdigest()
    scenario = read(Scenario, raw, path.name)
    _check(scenario, path.name)
    errors = {cause.code: cause.rate for cause in CAUSES} | dict(scenario.errors)
    decoys = {decoy.code: decoy.rate for decoy in DECOYS} | dict(scenario.decoys)
    return Scenario(**{**scenario.__dict__, "errors": errors, "decoys": decoys})


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
    check_names(scenario.errors, [c.code for c in CAUSES], f"{where}, errors", "mã lỗi")
    check_names(scenario.decoys, [d.code for d in DECOYS], f"{where}, decoys", "mã bẫy")
    vaccines = facts.column("vaccines", "vaccine_id")
    mixes = [w.vaccines for g in scenario.groups for w in g.waves] + [scenario.booster.vaccines]
    for mix in [*mixes, *(g.second_gap_days for g in scenario.groups)]:
        check_names(mix, vaccines, where, "vắc xin")
