"""How far the cleaning has come: figures of a ward, a district, the city; three numbers kept apart.

A ward is counted from the rows of the platform's store (`ward`), districts and the city
from a generated folder (`city`). Either way the result is a `Progress`: rows of wards, of
which every figure is a sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from generator import facts
from generator.problems import Problem
from sosach.simulation.progress.counts import (
    Centres,
    CentresWithToken,
    Count,
    NeedingVerification,
    SentToPolice,
    SignedOfRight,
    Wards,
    WardsReporting,
    WardsSigning,
    WardsWithToken,
    sent_share,
)

__all__ = [
    "Progress",
    "WardRow",
    "district_names",
    "district_table",
    "summary_table",
    "trace",
    "ward_table",
]


@dataclass(frozen=True)
class WardRow:
    """What one ward adds to every figure on one day.

    Attributes
    ----------
    code, district : str
    records : int
        All records on the platform.
    needing, sent : int
        Records needing verification; of these, sent to the police.
    right_doses, signed : int
        Dose lines that the ward's unit has to sign, of records that were right already; of these,
        signed.
    token, signing : bool
        The station holds a token; it has signed, no matter which lines.
    states : tuple of (str, int)
        State as the platform shows it -> records.
    """

    code: str
    district: str
    records: int
    needing: int
    sent: int
    right_doses: int
    signed: int
    token: bool
    signing: bool
    states: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Progress:
    """The figures of some wards at the end of one day.

    Attributes
    ----------
    name : str
        Of the ward, district or city, as a sentence needs it.
    day : date
    wards : tuple of WardRow
        In the order of their codes.
    centres : tuple of (str, bool)
        Code of a district -> its health centre holds a token.
    """

    name: str
    day: date
    wards: tuple[WardRow, ...]
    centres: tuple[tuple[str, bool], ...] = ()

    def _rows(self, value: Callable[[WardRow], int]) -> tuple[tuple[str, int], ...]:
        return tuple((ward.code, int(value(ward))) for ward in self.wards)

    @property
    def needing(self) -> NeedingVerification:
        """Records needing verification."""
        return NeedingVerification(self.day, self._rows(lambda ward: ward.needing))

    @property
    def sent(self) -> SentToPolice:
        """Of these, sent to the police."""
        return SentToPolice(self.day, self._rows(lambda ward: ward.sent))

    @property
    def signed(self) -> SignedOfRight:
        """Dose lines signed out of the pool that was right already."""
        return SignedOfRight(self.day, self._rows(lambda ward: ward.signed))

    @property
    def all_wards(self) -> Wards:
        """The wards looked at."""
        return Wards(self.day, self._rows(lambda _: 1))

    @property
    def reporting(self) -> WardsReporting:
        """Wards that sent anything to the police."""
        return WardsReporting(self.day, self._rows(lambda ward: ward.sent > 0))

    @property
    def with_token(self) -> WardsWithToken:
        """Wards whose station holds a token."""
        return WardsWithToken(self.day, self._rows(lambda ward: ward.token))

    @property
    def signing(self) -> WardsSigning:
        """Wards whose station has signed."""
        return WardsSigning(self.day, self._rows(lambda ward: ward.signing))

    @property
    def all_centres(self) -> Centres:
        """Health centres of the districts looked at."""
        return Centres(self.day, tuple((code, 1) for code, _ in self.centres))

    @property
    def centres_with_token(self) -> CentresWithToken:
        """Health centres with a token."""
        return CentresWithToken(self.day, tuple((code, int(has)) for code, has in self.centres))

    @property
    def states(self) -> Counter[str]:
        """Records by the state that the platform shows."""
        found: Counter[str] = Counter()
        for ward in self.wards:
            found.update(dict(ward.states))
        return found

    def district(self, code: str) -> Progress:
        """Return the figures of one district.

        Parameters
        ----------
        code : str
            As ``"770"``.

        Returns
        -------
        Progress

        Raises
        ------
        Problem
            If no ward of that district was counted.
        """
        wards = tuple(ward for ward in self.wards if ward.district == code)
        if not wards:
            names = district_names()
            codes = sorted({ward.district for ward in self.wards})
            known = ", ".join(f"{names.get(found, '?')} (mã {found})" for found in codes)
            message = (
                f"Không có phường, xã nào của quận, huyện '{code}' trong số liệu này."
                f" Các quận, huyện có: {known}."
            )
            raise Problem(message)
        name = district_names().get(code, f"Quận, huyện {code}")
        centres = tuple(centre for centre in self.centres if centre[0] == code)
        return replace(self, name=name, wards=wards, centres=centres)

    def districts(self) -> list[Progress]:
        """Return the figures of every district, in the order of their codes."""
        return [self.district(code) for code in sorted({ward.district for ward in self.wards})]


def district_names() -> dict[str, str]:
    """Return the name of every district by its code."""
    return {
        row["district_code"]: row["district_name"] for row in facts.table("hcmc_districts_2022")
    }


def trace(figure: Count) -> pd.DataFrame:
    """Return the rows of which a figure is the sum: one per ward or health centre."""
    return figure.trace()


def summary_table(progress: Progress) -> pd.DataFrame:
    """Return the three numbers below one another: what each counts, and what it does not.

    Parameters
    ----------
    progress : Progress

    Returns
    -------
    DataFrame
        The cells of "Giá trị" are `Count`: they cannot be divided by one another.
    """
    counts: list[Count] = [progress.needing, progress.sent, progress.signed]
    return pd.DataFrame(
        {
            "Số": [count.NAME for count in counts],
            "Giá trị": pd.Series(counts, dtype=object),
            "Đếm": [count.COUNTS for count in counts],
            "Không phải là": [count.NOT for count in counts],
        }
    )


def ward_table(progress: Progress) -> pd.DataFrame:
    """Return one row per ward, by code: no name beside what was drawn by lot.

    Parameters
    ----------
    progress : Progress

    Returns
    -------
    DataFrame
        The three numbers are `Count` cells; ``.map(int)`` makes bare numbers of a column.
    """
    names = district_names()
    return pd.DataFrame(
        [
            {
                "Mã phường, xã": ward.code,
                "Quận, huyện": names.get(ward.district, ward.district),
                "Hồ sơ": ward.records,
                **_cells(replace(progress, wards=(ward,))),
                "Có token": "có" if ward.token else "chưa",
                "Đã ký số": "có" if ward.signing else "chưa",
            }
            for ward in progress.wards
        ]
    )


def district_table(progress: Progress) -> pd.DataFrame:
    """Return one row per district.

    Parameters
    ----------
    progress : Progress

    Returns
    -------
    DataFrame
        The numbers are `Count` cells, as in `ward_table`.
    """
    return pd.DataFrame(
        [
            {
                "Quận, huyện": part.name,
                "Hồ sơ": sum(ward.records for ward in part.wards),
                **_cells(part),
                Wards.NAME: part.all_wards,
                WardsReporting.NAME: part.reporting,
                WardsWithToken.NAME: part.with_token,
                WardsSigning.NAME: part.signing,
            }
            for part in progress.districts()
        ]
    )


def _cells(part: Progress) -> dict[str, object]:
    return {
        NeedingVerification.NAME: part.needing,
        SentToPolice.NAME: part.sent,
        "Tỷ lệ đã gửi": sent_share(part.sent, part.needing),
        SignedOfRight.NAME: part.signed,
    }
