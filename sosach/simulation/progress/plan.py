"""The campaign until 7 May 2022: which wards send to the police, hold a token, sign, and when.

The published figures are the parameters, lots decide which wards are ahead. A ward's part depends
on the seed and on the ward alone. Lots say nothing about real wards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from generator import facts
from sosach.simulation.lots import lot
from sosach.simulation.workdays import is_working_day

__all__ = ["PUBLISHED", "Plan", "Published", "first_by_lot", "plans", "so_far", "units"]


@dataclass(frozen=True)
class Published:
    """What HCDC published of 7 May 2022, and the days on which the work began.

    The figures are given in the project's founding text and were not checked again; see
    domain.md 8. The backlog is no parameter: it is counted in the folder.

    Attributes
    ----------
    day : date
        Of the figures.
    needing, sent : int
        Records needing verification; sent to the police. Their difference is what was left.
    signed : int
        Data signed since `signing_from`, of the pool that was right already. The unit was not
        published; here it is the dose line, as every dose bears a signature of its own.
    wards, reporting, with_token, signing, centres : int
        Wards of the city; that sent; with a token; that signed; centres, all with a token.
    sending_from : date
        The city's campaign began: Sở Y tế, 13 April 2022 (nguoiduatin a552256).
    signing_from : date
        Since when `signed` counts.
    """

    day: date = date(2022, 5, 7)
    needing: int = 4_481_992
    sent: int = 4_124_156
    signed: int = 374_137
    wards: int = 312
    reporting: int = 310
    with_token: int = 273
    signing: int = 133
    centres: int = 22
    sending_from: date = date(2022, 4, 13)
    signing_from: date = date(2022, 4, 23)


PUBLISHED = Published()
#: so many times the mean is the most that is left in a ward, or signed by one (ours)
MOST = 4.0


@dataclass(frozen=True)
class Plan:
    """How one ward's campaign runs in a city at scale 1.

    Attributes
    ----------
    unsent, signed : int
        Records that are not sent, lines that are signed in the end.
    token_from : date or None
        When the station received its token.
    sending, signing : tuple of date
        Working days of equal amounts; none = nothing was done.
    """

    unsent: int
    signed: int
    token_from: date | None
    sending: tuple[date, ...]
    signing: tuple[date, ...]


@cache
def units() -> dict[str, dict[str, str]]:
    """Return the row of every ward of the city by its code."""
    return {row["ward_code"]: row for row in facts.table("hcmc_units_2022")}


@cache
def plans(seed: int, published: Published) -> dict[str, Plan]:
    """Draw the campaign of every ward of the city: the same whatever wards are looked at."""
    codes = sorted(units())
    days = _working_days(published.sending_from, published.day)
    sending = _reporting(seed, codes, published)
    with_token = first_by_lot(seed, "token", codes, published.with_token)
    signing = first_by_lot(seed, "ký", sorted(with_token), published.signing)
    unsent = _unsent(seed, sending, published)
    signed = _signed(seed, signing, published)
    return {
        code: Plan(
            unsent=unsent.get(code, 0),
            signed=signed.get(code, 0),
            token_from=_token_day(seed, code, days) if code in with_token else None,
            sending=_sending_days(seed, code, days) if code in sending else (),
            signing=_signing_days(seed, code, days, published) if code in signing else (),
        )
        for code in codes
    }


def first_by_lot(seed: int, what: str, codes: Iterable[str], count: int) -> set[str]:
    """Choose some wards by lot."""
    return set(sorted(codes, key=lambda code: lot(seed, "tiến độ", what, code))[:count])


def _reporting(seed: int, codes: list[str], published: Published) -> set[str]:
    """Choose who sends anything; who does not is small: a large ward would move the city's share."""
    small = sorted(codes, key=_people)[: len(codes) // 2]
    return set(codes) - first_by_lot(seed, "không gửi", small, len(codes) - published.reporting)


def _people(code: str) -> int:
    return int(units()[code]["population_2019"])


def _skewed(seed: int, what: str, code: str) -> float:
    """Draw from the exponential distribution of mean 1, cut off: many small, few large."""
    return min(-math.log(1 - lot(seed, "tiến độ", what, code)), MOST)


def _unsent(seed: int, codes: set[str], published: Published) -> dict[str, int]:
    """Share out what has not been sent: most wards have little left, a few much.

    Wards that sent nothing keep all their records; the others share the rest of the published
    difference.
    """
    others = [code for code in units() if code not in codes]
    kept = published.needing * sum(map(_people, others)) / sum(map(_people, units()))
    left = max(0, round(published.needing - published.sent - kept))
    return _shared_out(left, {code: _skewed(seed, "còn lại", code) for code in codes})


def _signed(seed: int, codes: set[str], published: Published) -> dict[str, int]:
    """Share out the signatures: some stations sign much more than others."""
    return _shared_out(
        published.signed, {code: 0.2 + _skewed(seed, "siêng", code) for code in codes}
    )


def _shared_out(total: int, factors: Mapping[str, float]) -> dict[str, int]:
    """Share out a number by people and a factor; rounded so that the parts add up to it."""
    weights = {code: _people(code) * factor for code, factor in sorted(factors.items())}
    whole, running, before = sum(weights.values()), 0.0, 0
    parts = {}
    for code, weight in weights.items():
        running += weight
        until = round(total * running / whole)
        parts[code], before = until - before, until
    return parts


def _working_days(first: date, last: date) -> tuple[date, ...]:
    span = (last - first).days + 1
    days = (first + timedelta(days=k) for k in range(span))
    return tuple(day for day in days if is_working_day(day))


def _sending_days(seed: int, code: str, days: tuple[date, ...]) -> tuple[date, ...]:
    """Begin in the first half of the time, end in the last quarter."""
    n = len(days)
    first = int(lot(seed, "tiến độ", "bắt đầu gửi", code) * n / 2)
    left = int(lot(seed, "tiến độ", "thôi gửi", code) * n / 4)
    return days[first : n - left]


def _token_day(seed: int, code: str, days: tuple[date, ...]) -> date:
    return days[int(lot(seed, "tiến độ", "nhận token", code) * len(days))]


def _signing_days(
    seed: int, code: str, days: tuple[date, ...], published: Published
) -> tuple[date, ...]:
    """Begin in the first half of the days on which the token is there and signatures count."""
    token = _token_day(seed, code, days)
    possible = [day for day in days if day >= max(token, published.signing_from)]
    first = int(lot(seed, "tiến độ", "bắt đầu ký", code) * (len(possible) + 1) / 2)
    return tuple(possible[first:])


def so_far(total: int, days: tuple[date, ...], last: date) -> int:
    """Return the part of a total that was done until a day, in equal amounts."""
    return total * sum(day <= last for day in days) // len(days) if days else 0
