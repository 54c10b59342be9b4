"""The calendar of 2022: working days, public holidays, and the 48 hours of a feedback."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

__all__ = [
    "ANSWER_HOURS",
    "HOLIDAYS",
    "VIET_NAM_TIME",
    "add_working_days",
    "answer_deadline",
    "is_overdue",
    "is_working_day",
    "next_working_day",
]

VIET_NAM_TIME = timezone(timedelta(hours=7), "ICT")
#: a feedback is answered within so many hours: CV 9458/BYT-CNTT, 8 November 2021
ANSWER_HOURS = 48
ONE_DAY = timedelta(days=1)
SATURDAY = 5

#: Days off of 2022 beside Saturdays and Sundays. A holiday on a weekly day off moves to the next
#: working day: Bộ luật Lao động 2019, điều 111 khoản 3 and điều 112.
#: April and May: thoidai.com.vn, 19 March 2022, "nghỉ 3 ngày dịp lễ Giỗ Tổ Hùng Vương và 4 ngày
#: dịp 30/4 - 1/5". Tết: CV 245 of Văn phòng Chính phủ, 11 January 2022 (five days, with the
#: weekends before and behind). 3 January and the two days of September: mytour.vn and
#: scon.com.vn, calendars of 2022.
HOLIDAYS = {
    date(2022, 1, 1): "Tết Dương lịch",
    date(2022, 1, 3): "Nghỉ bù Tết Dương lịch",
    **{date(2022, 1, 31) + i * ONE_DAY: "Tết Nguyên đán" for i in range(5)},
    date(2022, 4, 10): "Giỗ Tổ Hùng Vương",
    date(2022, 4, 11): "Nghỉ bù Giỗ Tổ Hùng Vương",
    date(2022, 4, 30): "Ngày Chiến thắng",
    date(2022, 5, 1): "Ngày Quốc tế lao động",
    date(2022, 5, 2): "Nghỉ bù Ngày Chiến thắng",
    date(2022, 5, 3): "Nghỉ bù Ngày Quốc tế lao động",
    date(2022, 9, 1): "Nghỉ lễ Quốc khánh",
    date(2022, 9, 2): "Quốc khánh",
}
#: beyond this year the holidays are not known
FIRST_DAY, LAST_DAY = date(2022, 1, 1), date(2022, 12, 31)


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day of 2022.

    Parameters
    ----------
    day : date

    Returns
    -------
    bool
        False on Saturdays, Sundays and `HOLIDAYS`.

    Raises
    ------
    ValueError
        If the day is not in 2022, whose holidays alone are known.

    Examples
    --------
    >>> is_working_day(date(2022, 5, 3)), is_working_day(date(2022, 5, 4))
    (False, True)
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        message = f"working days are known from {FIRST_DAY} to {LAST_DAY} only, asked for {day}"
        raise ValueError(message)
    return day.weekday() < SATURDAY and day not in HOLIDAYS


def next_working_day(day: date) -> date:
    """Return the first working day after a day.

    Parameters
    ----------
    day : date
        May itself be a day off.

    Returns
    -------
    date

    Raises
    ------
    ValueError
        If there is none in 2022.

    Examples
    --------
    >>> next_working_day(date(2022, 4, 29)).isoformat()
    '2022-05-04'
    """
    day += ONE_DAY
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """Return the day so many working days later.

    Parameters
    ----------
    day : date
    count : int
        0 or more; 0 returns the day itself, though it may be a day off.

    Returns
    -------
    date

    Raises
    ------
    ValueError
        If `count` is negative, or 2022 ends before.
    """
    if count < 0:
        message = f"a number of working days is 0 or more, got {count}"
        raise ValueError(message)
    for _ in range(count):
        day = next_working_day(day)
    return day


def answer_deadline(received: datetime) -> datetime:
    """Return when a feedback must have been answered.

    The hours run on through nights and days off: the dispatch names none that do not count.

    Parameters
    ----------
    received : datetime
        With a time zone.

    Returns
    -------
    datetime
        `ANSWER_HOURS` later.
    """
    return received + timedelta(hours=ANSWER_HOURS)


def is_overdue(received: datetime, now: datetime) -> bool:
    """Tell whether the 48 hours have passed: the last minute still is in time."""
    return now > answer_deadline(received)
