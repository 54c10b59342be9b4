"""Three numbers that cannot be divided by one another, and the ratios that say something."""

import itertools
import operator
from datetime import date, timedelta

import pandas as pd
import pytest

from generator.problems import Problem
from sosach.simulation.progress.counts import (
    SAFE,
    Centres,
    CentresWithToken,
    NeedingVerification,
    NoRatioError,
    SentToPolice,
    SignedOfRight,
    Wards,
    WardsReporting,
    WardsSigning,
    WardsWithToken,
    centres_with_token_share,
    mean_per_ward,
    reporting_share,
    sent_share,
    signing_share,
    token_share,
)

DAY = date(2022, 5, 7)
KINDS = (
    *(NeedingVerification, SentToPolice, SignedOfRight, Wards, WardsReporting),
    *(WardsWithToken, WardsSigning, Centres, CentresWithToken),
)
DIVIDE = (operator.truediv, operator.floordiv, operator.mod, divmod)


def _count(kind, first=100, second=50, day=DAY):
    return kind(day, (("26734", first), ("27136", second)))


def test_signed_by_needing():
    """Signed by needing verification is refused with a sentence that says why it has no meaning."""
    with pytest.raises(NoRatioError) as caught:
        _count(SignedOfRight) / _count(NeedingVerification)

    assert str(caught.value) == (
        "Không chia “Mũi tiêm đã ký” cho “Hồ sơ cần xác minh”. Mũi tiêm đã ký thuộc những hồ sơ đã"
        " đúng từ trước; hồ sơ cần xác minh và hồ sơ đã gửi công an là nhóm khác. Số này không phải"
        " một phần của số kia nên tỷ lệ không có nghĩa."
    )


@pytest.mark.parametrize("divide", DIVIDE)
@pytest.mark.parametrize(("part", "whole"), list(itertools.product(KINDS, KINDS)))
def test_operators_refused(part, whole, divide):
    """No operator divides a number by another, not even where a ratio has a name."""
    with pytest.raises(NoRatioError, match=r"^Không chia “.+” cho “.+”\. .+\.$"):
        divide(_count(part), _count(whole))


@pytest.mark.parametrize("divide", DIVIDE)
@pytest.mark.parametrize("kind", KINDS)
def test_operators_bare_number(kind, divide):
    """A bare number neither divides nor is divided: it could be any of the three."""
    with pytest.raises(NoRatioError):
        divide(_count(kind), 312)
    with pytest.raises(NoRatioError):
        divide(374_137, _count(kind))


def test_operators_name_the_safe_one():
    """Where a ratio is safe, the refusal names the function that offers it."""
    with pytest.raises(NoRatioError, match=r"gọi sent_share\(\)"):
        _count(SentToPolice) / _count(NeedingVerification)


def test_frame_column_refused():
    """Columns of a table cannot be divided either."""
    frame = pd.DataFrame(
        {
            "a": pd.Series([_count(SignedOfRight)], dtype=object),
            "b": pd.Series([_count(NeedingVerification)], dtype=object),
        }
    )

    with pytest.raises(NoRatioError):
        frame["a"] / frame["b"]


def test_frame_column_sum():
    """A column of one kind adds up to a number of that kind, with all rows."""
    parts = [NeedingVerification(DAY, ((code, 7),)) for code in ("26734", "27136", "26737")]
    total = pd.Series(parts, dtype=object).sum()

    assert isinstance(total, NeedingVerification)
    assert (int(total), total.units) == (21, ("26734", "26737", "27136"))


@pytest.mark.parametrize(
    ("divide", "part", "whole"),
    [
        (sent_share, SentToPolice, NeedingVerification),
        (reporting_share, WardsReporting, Wards),
        (token_share, WardsWithToken, Wards),
        (signing_share, WardsSigning, WardsWithToken),
        (centres_with_token_share, CentresWithToken, Centres),
    ],
)
def test_named_ratio(divide, part, whole):
    """A named ratio divides its own pair, traces both to their rows, and no other pair."""
    ratio = divide(_count(part, 92, 3), _count(whole, 100, 90))
    rows = ratio.trace()

    assert ratio.share == pytest.approx(0.5)
    assert str(ratio) == "50,0%"
    assert (rows[part.NAME].sum(), rows[whole.NAME].sum()) == (95, 190)
    for other in set(itertools.product(KINDS, KINDS)) - {(part, whole)}:
        with pytest.raises(NoRatioError):
            divide(_count(other[0], 1, 1), _count(other[1]))


def test_named_ratios_all():
    """Six pairs are safe; no signed dose is among them."""
    assert len(SAFE) == 6
    assert not any(SignedOfRight in pair for pair in SAFE)


def test_sent_share_other_wards():
    """Sent by some wards is no part of what other wards have to send."""
    other = NeedingVerification(DAY, (("26734", 100),))

    with pytest.raises(NoRatioError, match="cùng những đơn vị"):
        sent_share(_count(SentToPolice, 1, 1), other)


def test_sent_share_other_day():
    """Sent until today is no part of the list of yesterday."""
    other = _count(NeedingVerification, day=DAY - timedelta(1))

    with pytest.raises(NoRatioError, match="cùng một ngày"):
        sent_share(_count(SentToPolice, 1, 1), other)


def test_sent_share_too_much():
    """A part larger than the whole is a mistake in the rows."""
    with pytest.raises(NoRatioError, match="lớn hơn"):
        sent_share(_count(SentToPolice, 101, 50), _count(NeedingVerification))


def test_sent_share_of_nothing():
    """A ward without anything to send has sent nothing of it."""
    assert sent_share(_count(SentToPolice, 0, 0), _count(NeedingVerification, 0, 0)).share == 0


def test_mean_per_ward_published():
    """The published backlog is 14,365 records per ward."""
    rows = tuple((str(k), 4_481_992 // 312 + (k < 4_481_992 % 312)) for k in range(312))

    assert mean_per_ward(NeedingVerification(DAY, rows)) == 14_365


def test_add_mixed():
    """Numbers of different kinds or days, or a ward counted twice, do not add up."""
    sent = _count(SentToPolice)
    for other in (_count(SignedOfRight), _count(SentToPolice, day=DAY - timedelta(1)), sent, 5):
        with pytest.raises(Problem):
            sent + other


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_compare_mixed(compare):
    """Only numbers of one kind are larger or smaller."""
    assert compare(_count(SentToPolice), _count(SentToPolice)) == compare(1, 1)
    assert compare(_count(SentToPolice, 1), _count(SentToPolice, 2)) == compare(1, 2)
    with pytest.raises(Problem, match="so sánh"):
        compare(_count(SentToPolice), _count(SignedOfRight))


def test_count_written():
    """A number is written as Vietnamese write it; int() gives the bare one."""
    count = _count(NeedingVerification, 4_481_000, 992)

    assert (str(count), f"{count}", int(count)) == ("4.481.992", "4.481.992", 4_481_992)
    assert repr(count) == "Hồ sơ cần xác minh: 4.481.992 (7/5/2022)"
