"""Numbers of a progress report that cannot be mixed: each has a type of its own and its rows.

Three numbers of 7 May 2022 were often divided by one another although they count different things
(domain.md 8). Here no operator divides; the few ratios that say something have a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NoReturn, Self

import pandas as pd

from generator.problems import Problem
from sosach.publish.report_words import day as written
from sosach.publish.report_words import number, percent

__all__ = [
    "Centres",
    "CentresWithToken",
    "Count",
    "NeedingVerification",
    "NoRatioError",
    "Ratio",
    "SentToPolice",
    "SignedOfRight",
    "Wards",
    "WardsReporting",
    "WardsSigning",
    "WardsWithToken",
    "centres_with_token_share",
    "mean_per_ward",
    "reporting_share",
    "sent_share",
    "signing_share",
    "token_share",
]


class NoRatioError(Problem):
    """Two numbers were divided that are not part and whole; the message says why."""


@dataclass(frozen=True)
class Count:
    """A number that is the sum of rows, one per ward or centre.

    Sums of the same kind and day may be added where no unit stands twice, and compared. ``int()``
    gives the bare number to those who know what they do.

    Attributes
    ----------
    day : date
        Counted at the end of this day.
    rows : tuple of (str, int)
        Code of the ward or centre -> what it adds, also where that is 0.
    """

    day: date
    rows: tuple[tuple[str, int], ...]

    NAME: ClassVar[str] = "Số"
    COUNTS: ClassVar[str] = ""
    NOT: ClassVar[str] = ""
    UNIT: ClassVar[str] = "Mã phường, xã"

    @property
    def value(self) -> int:
        """The number."""
        return sum(count for _, count in self.rows)

    @property
    def units(self) -> tuple[str, ...]:
        """Codes of the wards or centres that are counted, in order."""
        return tuple(sorted(code for code, _ in self.rows))

    def trace(self) -> pd.DataFrame:
        """Return the rows of which the number is the sum."""
        return pd.DataFrame(list(self.rows), columns=[self.UNIT, self.NAME])

    def __int__(self) -> int:
        return self.value

    def __str__(self) -> str:
        return number(self.value)

    def __repr__(self) -> str:
        return f"{self.NAME}: {self} ({written(self.day)})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __add__(self, other: object) -> Self:
        if isinstance(other, int) and other == 0:
            return self
        more = self._same_kind(other, "cộng")
        twice = sorted(set(self.units) & set(more.units))
        if twice:
            message = f"Không cộng hai lần số của cùng một đơn vị: {', '.join(twice[:5])}."
            raise Problem(message)
        return type(self)(self.day, tuple(sorted(self.rows + more.rows)))

    __radd__ = __add__

    def __lt__(self, other: object) -> bool:
        return self.value < self._same_kind(other, "so sánh").value

    def __gt__(self, other: object) -> bool:
        return self.value > self._same_kind(other, "so sánh").value

    def __le__(self, other: object) -> bool:
        return self.value <= self._same_kind(other, "so sánh").value

    def __ge__(self, other: object) -> bool:
        return self.value >= self._same_kind(other, "so sánh").value

    def __truediv__(self, other: object) -> NoReturn:
        _no_ratio(self, other)

    def __rtruediv__(self, other: object) -> NoReturn:
        _no_ratio(other, self)

    __floordiv__ = __mod__ = __divmod__ = __truediv__
    __rfloordiv__ = __rmod__ = __rdivmod__ = __rtruediv__

    def _same_kind(self, other: object, verb: str) -> Count:
        if not isinstance(other, Count) or type(other) is not type(self):
            message = (
                f"Không {verb} được {name_of(self)} với {name_of(other)}: chúng đếm khác nhau."
            )
            raise Problem(message)
        if other.day != self.day:
            message = (
                f"Không {verb} được số của ngày {written(self.day)} với số của ngày"
                f" {written(other.day)}. Lấy cả hai của cùng một ngày."
            )
            raise Problem(message)
        return other


class NeedingVerification(Count):
    """Records of residents that need verification: the list that the ministry made."""

    NAME = "Hồ sơ cần xác minh"
    COUNTS = "hồ sơ của người dân mà nền tảng chưa xác minh đúng, theo danh sách của Bộ Y tế"
    NOT = "không phải mọi hồ sơ, không phải mũi tiêm"


class SentToPolice(Count):
    """Records needing verification that were sent to the police."""

    NAME = "Hồ sơ đã gửi công an"
    COUNTS = "hồ sơ cần xác minh mà trạm đã gửi công an đối chiếu"
    NOT = "chưa phải đã sửa, chưa phải đã xác minh"


class SignedOfRight(Count):
    """Dose lines signed out of the pool that was right already."""

    NAME = "Mũi tiêm đã ký"
    COUNTS = "mũi tiêm đã ký số, chỉ của những hồ sơ đã đúng từ trước"
    NOT = "không phải tiến độ của số hồ sơ cần xác minh"


class Wards(Count):
    """Wards that are looked at."""

    NAME = "Phường, xã"
    COUNTS = "phường, xã đang xem"


class WardsReporting(Count):
    """Wards that sent records to the police."""

    NAME = "Phường, xã đã gửi"
    COUNTS = "phường, xã đã gửi công an ít nhất một hồ sơ"


class WardsWithToken(Count):
    """Wards whose station holds a token."""

    NAME = "Trạm có token"
    COUNTS = "trạm y tế phường, xã đã nhận chứng thư số (token)"


class WardsSigning(Count):
    """Wards whose station has signed."""

    NAME = "Trạm đã ký"
    COUNTS = "trạm y tế có token đã ký ít nhất một mũi tiêm"


class Centres(Count):
    """Health centres of the districts."""

    NAME = "Trung tâm y tế"
    COUNTS = "trung tâm y tế quận, huyện của các phường, xã đang xem"
    UNIT = "Mã quận, huyện"


class CentresWithToken(Count):
    """Health centres with a token."""

    NAME = "Trung tâm y tế có token"
    COUNTS = "trung tâm y tế đã nhận chứng thư số (token)"
    UNIT = "Mã quận, huyện"


#: part, whole -> name of the function that divides them
SAFE: dict[tuple[type[Count], type[Count]], str] = {
    (SentToPolice, NeedingVerification): "sent_share",
    (WardsReporting, Wards): "reporting_share",
    (WardsWithToken, Wards): "token_share",
    (WardsSigning, WardsWithToken): "signing_share",
    (CentresWithToken, Centres): "centres_with_token_share",
    (NeedingVerification, Wards): "mean_per_ward",
}


def name_of(value: object) -> str:
    """Return what a person calls a number of this kind."""
    return f"“{value.NAME}”" if isinstance(value, Count) else f"“{value}”"


def _no_ratio(part: object, whole: object) -> NoReturn:
    """Refuse a division and say why."""
    refused = f"Không chia {name_of(part)} cho {name_of(whole)}."
    kinds = {type(part), type(whole)}
    safe = [name for pair, name in SAFE.items() if set(pair) == kinds]
    if safe:
        reason = f"Nếu cần tỷ lệ của hai số này, gọi {safe[0]}(): hàm đó kiểm tra thứ tự, đơn vị và ngày."
    elif SignedOfRight in kinds and kinds & {NeedingVerification, SentToPolice}:
        reason = (
            "Mũi tiêm đã ký thuộc những hồ sơ đã đúng từ trước; hồ sơ cần xác minh và hồ sơ đã gửi"
            " công an là nhóm khác. Số này không phải một phần của số kia nên tỷ lệ không có nghĩa."
        )
    else:
        reason = "Hai số không phải một phần và toàn bộ của cùng một nhóm nên tỷ lệ không có nghĩa."
    message = f"{refused} {reason}"
    raise NoRatioError(message)


@dataclass(frozen=True)
class Ratio:
    """A part of a whole, both counted in the same units on the same day.

    Attributes
    ----------
    part, whole : Count
    """

    part: Count
    whole: Count

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 of nothing is 0."""
        return self.part.value / self.whole.value if self.whole.value else 0.0

    def trace(self) -> pd.DataFrame:
        """Return the rows of both, side by side."""
        return self.part.trace().merge(self.whole.trace(), on=self.part.UNIT, how="outer")

    def __str__(self) -> str:
        return percent(self.share)

    def __lt__(self, other: Ratio) -> bool:
        return self.share < other.share


def _ratio(part: Count, whole: Count, name: str) -> Ratio:
    """Divide where the types, the day and the units allow it."""
    if SAFE.get((type(part), type(whole))) != name:
        _no_ratio(part, whole)
    if part.day != whole.day or part.units != whole.units:
        message = (
            f"Không chia {name_of(part)} ngày {written(part.day)} của {len(part.units)} đơn vị cho"
            f" {name_of(whole)} ngày {written(whole.day)} của {len(whole.units)} đơn vị."
            " Lấy hai số của cùng những đơn vị và cùng một ngày."
        )
        raise NoRatioError(message)
    if part.value > whole.value:
        message = f"{name_of(part)} ({part}) lớn hơn {name_of(whole)} ({whole}): xem lại các dòng."
        raise NoRatioError(message)
    return Ratio(part, whole)


def sent_share(sent: SentToPolice, needing: NeedingVerification) -> Ratio:
    """Return which part of the records needing verification was sent to the police.

    Parameters
    ----------
    sent, needing : Count
        Of the same wards on the same day.

    Returns
    -------
    Ratio

    Raises
    ------
    NoRatioError
        If they are other numbers, or of other wards or days.
    """
    return _ratio(sent, needing, "sent_share")


def reporting_share(reporting: WardsReporting, wards: Wards) -> Ratio:
    """Return which part of the wards has sent records to the police."""
    return _ratio(reporting, wards, "reporting_share")


def token_share(with_token: WardsWithToken, wards: Wards) -> Ratio:
    """Return which part of the wards has a token."""
    return _ratio(with_token, wards, "token_share")


def signing_share(signing: WardsSigning, with_token: WardsWithToken) -> Ratio:
    """Return which part of the stations with a token has signed."""
    return _ratio(signing, with_token, "signing_share")


def centres_with_token_share(with_token: CentresWithToken, centres: Centres) -> Ratio:
    """Return which part of the health centres has a token."""
    return _ratio(with_token, centres, "centres_with_token_share")


def mean_per_ward(needing: NeedingVerification) -> int:
    """Return the mean number of records needing verification per ward, to the nearest one."""
    return round(needing.value / len(needing.rows)) if needing.rows else 0
