from datetime import date, datetime, timedelta

import pytest

from sosach.simulation.workdays import (
    HOLIDAYS,
    VIET_NAM_TIME,
    add_working_days,
    answer_deadline,
    is_overdue,
    is_working_day,
    next_working_day,
)

#: Written by hand from a wall calendar of 2022 and thoidai.com.vn, 19 March 2022: off from 9 to 11
#: April (Giỗ Tổ on Sunday, Monday off) and from 30 April to 3 May (Saturday and Sunday, so Monday
#: and Tuesday off); none in June.
WORKING_DAYS = {
    4: "1 4 5 6 7 8 12 13 14 15 18 19 20 21 22 25 26 27 28 29",
    5: "4 5 6 9 10 11 12 13 16 17 18 19 20 23 24 25 26 27 30 31",
    6: "1 2 3 6 7 8 9 10 13 14 15 16 17 20 21 22 23 24 27 28 29 30",
}


@pytest.mark.parametrize("month", WORKING_DAYS)
def test_is_working_day_from_april_to_june(month):
    """The working days of the campaign's months are those of the wall calendar."""
    first = date(2022, month, 1)
    days = [first + timedelta(days=i) for i in range(31)]

    found = [str(d.day) for d in days if d.month == month and is_working_day(d)]
    assert " ".join(found) == WORKING_DAYS[month]


def test_is_working_day_tet():
    """Tết is off from Monday 31 January to Friday 4 February; Monday 7 is a working day."""
    week = [date(2022, 1, 31) + timedelta(days=i) for i in range(8)]

    assert [is_working_day(day) for day in week] == [False] * 7 + [True]


def test_holidays_moved_days_follow_a_weekly_day_off():
    """Whoever has a day off in place of another had that one on a Saturday or Sunday."""
    moved = {day: name for day, name in HOLIDAYS.items() if name.startswith("Nghỉ bù ")}
    right = {name.removeprefix("Nghỉ bù ") for name in moved.values()}

    assert all(day.weekday() < 5 for day in moved)
    assert {name for day, name in HOLIDAYS.items() if day.weekday() >= 5} == right


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2023, 1, 2)])
def test_is_working_day_of_another_year(day):
    """The holidays of other years are not known, and not guessed."""
    with pytest.raises(ValueError, match="2022-01-01 to 2022-12-31"):
        is_working_day(day)


@pytest.mark.parametrize(
    ("day", "after"),
    [("2022-04-08", "2022-04-12"), ("2022-05-01", "2022-05-04"), ("2022-05-09", "2022-05-10")],
)
def test_next_working_day(day, after):
    """Weekends, Giỗ Tổ and the long weekend of May are stepped over, from whatever day."""
    assert next_working_day(date.fromisoformat(day)).isoformat() == after


@pytest.mark.parametrize(("count", "day"), [(0, "29"), (1, "04"), (3, "06"), (4, "09")])
def test_add_working_days(count, day):
    """From Friday 29 April the first working day is Wednesday 4 May."""
    assert f"{add_working_days(date(2022, 4, 29), count):%d}" == day


def test_add_working_days_backwards():
    """Nobody answers before being asked."""
    with pytest.raises(ValueError, match="0 or more, got -1"):
        add_working_days(date(2022, 4, 29), -1)


def test_answer_deadline_runs_through_a_holiday():
    """48 hours are 48 hours: from Friday evening to Sunday evening."""
    came = datetime(2022, 4, 29, 18, 30, tzinfo=VIET_NAM_TIME)

    assert answer_deadline(came).isoformat() == "2022-05-01T18:30:00+07:00"


def test_is_overdue_from_the_first_second_after():
    """The last second is in time, the next one is not."""
    came = datetime(2022, 5, 9, 8, tzinfo=VIET_NAM_TIME)
    end = came + timedelta(hours=48)

    assert not is_overdue(came, end)
    assert is_overdue(came, end + timedelta(seconds=1))
