"""Days in every zone, periods in every calendar, from the year 1 to the year 9999."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.core import days
from app.core.days import Calendar, Period, Span
from app.core.errors import UserError

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # clocks move by half an hour
    "Atlantic/Azores",  # 01:00 becomes 00:00
    "Pacific/Apia",  # no 30 December 2011
    "Pacific/Kiritimati",  # UTC+14, no 31 December 1994
    "America/Sao_Paulo",  # 00:00 became 01:00
    "America/St_Johns",  # 00:01 became 23:01 of the day before
    "America/Nuuk",  # 23:00 becomes 00:00 of the day after
    "Africa/Casablanca",  # winter time in Ramadan
    "Asia/Kathmandu",
    "America/Havana",
)
zones = st.sampled_from(ZONES)
hours = st.integers(0, 12)
all_days = st.dates()
recent = st.dates(date(1900, 1, 1), date(2037, 12, 31))
instants = st.datetimes(timezones=st.just(UTC))
recent_instants = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001
    datetime(2037, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
calendars = st.builds(Calendar, st.integers(0, 6), st.integers(1, 12), hours)
calendar_kinds = st.sampled_from(days.KINDS[:-1])


def at(text: str, zone: str = "UTC", *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


# ---------------------------------------------------------------- the journal's day


def test_the_night_belongs_to_the_day_before():
    assert days.journal_day(at("2026-11-23T01:30"), "UTC", 4) == date(2026, 11, 22)
    assert days.journal_day(at("2026-11-23T04:00"), "UTC", 4) == date(2026, 11, 23)
    assert days.journal_day(at("2026-11-23T04:15"), "UTC", time(4, 30)) == date(2026, 11, 22)
    assert days.journal_day(at("2026-01-01T03:59"), ZoneInfo("UTC"), 4) == date(2025, 12, 31)


@given(instants, zones)
def test_without_a_day_start_it_is_what_the_wall_calendar_shows(now, zone):
    assume(date(1, 1, 3) < now.date() < date(9999, 12, 29))
    assert days.journal_day(now, zone) == now.astimezone(ZoneInfo(zone)).date()


@given(recent_instants, zones, hours)
def test_the_journal_day_is_the_wall_day_or_the_last_one_before(now, zone, start):
    wall = now.astimezone(ZoneInfo(zone))
    day = days.journal_day(now, zone, start)
    assert day <= wall.date()
    assert (day == wall.date()) == (wall.hour >= start)
    assert (wall.date() - day).days <= (2 if wall.date() in (date(2011, 12, 31), date(1995, 1, 1)) else 1)


@given(instants, zones, hours)
@example(datetime.min.replace(tzinfo=UTC), "America/New_York", 4)
@example(datetime.max.replace(tzinfo=UTC), "Pacific/Kiritimati", 0)
def test_every_instant_of_the_calendar_has_a_day_and_a_moment(now, zone, start):
    day = days.journal_day(now, zone, start)
    assert days.day_of_moment(days.moment_of(day, now, zone)) == day


@given(recent, st.times(), zones, hours)
@example(date(2026, 3, 29), time(2, 30), "Europe/Berlin", 0)
@example(date(2026, 10, 25), time(2, 30), "Europe/Berlin", 4)
@example(date(2018, 11, 4), time(0, 30), "America/Sao_Paulo", 0)
@example(date(2011, 12, 29), time(1, 0), "Pacific/Apia", 4)
@example(date(2026, 4, 5), time(1, 45), "Australia/Lord_Howe", 0)
def test_a_typed_time_leads_back_to_its_day_and_time(day, typed, zone, start):
    instant = days.instant_of(day, typed, zone, start)
    wall = instant.astimezone(ZoneInfo(zone))
    if wall.time() == typed:  # else the clocks skipped it
        assume(day not in (date(2011, 12, 30), date(1994, 12, 31)))
        assert days.journal_day(instant, zone, start) == day
        assert wall.fold == 0
    else:
        assert wall.replace(tzinfo=None) > datetime.combine(day, typed)


@pytest.mark.parametrize(
    ("zone", "day", "typed", "utc"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T01:30"),  # skipped: 03:30
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),  # twice: the first
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:45"),  # skipped: 02:45
        ("Atlantic/Azores", date(2026, 10, 25), time(0, 30), "2026-10-25T00:30"),
        ("America/Sao_Paulo", date(2018, 11, 4), time(0, 0), "2018-11-04T03:00"),  # midnight itself is skipped
        ("Africa/Casablanca", date(2026, 2, 15), time(2, 30), "2026-02-15T01:30"),
        ("Pacific/Apia", date(2011, 12, 30), time(12, 0), "2011-12-30T22:00"),  # the 31st at noon
    ],
)
def test_gaps_move_forward_and_folds_take_the_first(zone, day, typed, utc):
    assert days.instant_of(day, typed, zone) == at(utc)


def test_the_day_that_apia_never_had_is_not_yesterday():
    after = at("2011-12-31T01:00", "Pacific/Apia")
    assert days.journal_day(after, "Pacific/Apia", 4) == date(2011, 12, 29)
    assert days.instant_of(date(2011, 12, 29), time(1), "Pacific/Apia", 4) == after


@given(recent_instants, st.timedeltas(timedelta(0), timedelta(hours=20)), zones)
def test_moments_of_a_day_rise_with_time_even_when_clocks_go_back(now, later, zone):
    day = days.journal_day(now, zone)
    assert days.moment_of(day, now, zone) <= days.moment_of(day, now + later, zone)


def test_the_hour_that_comes_twice_keeps_its_order():
    first, second = (at("2026-10-25T02:30", "Europe/Berlin", fold=fold) for fold in (0, 1))
    day = date(2026, 10, 25)
    apart = days.moment_of(day, second, "Europe/Berlin") - days.moment_of(day, first, "Europe/Berlin")
    assert apart == 3_600_000


def test_a_moment_counts_milliseconds_from_midnight_and_beyond_24_hours():
    day = date(2026, 11, 23)
    start = days.moment_of(day, None, "UTC")
    assert start == day.toordinal() * 200_000_000
    assert days.moment_of(day, at("2026-11-23T00:00:01.250"), "UTC") == start + 1250
    assert days.moment_of(day, at("2026-11-24T02:00"), "UTC") == start + 26 * 3_600_000
    assert days.moment_of(day, at("2020-01-01T00:00"), "UTC") == start
    assert days.day_of_moment(days.moment_of(day, at("2030-01-01T00:00"), "UTC")) == day


@given(instants, instants)
def test_undated_moments_are_negative_and_rise(one, other):
    early, late = sorted((one, other))
    assert days.undated_moment(early) <= days.undated_moment(late) < 0
    assert days.day_of_moment(days.undated_moment(early)) is None


def test_a_naive_instant_is_a_mistake_and_a_zone_nobody_knows_a_sentence():
    with pytest.raises(ValueError, match="offset"):
        days.journal_day(datetime(2026, 11, 23), "UTC")  # noqa: DTZ001
    for name in ("Mars/Olympus", "America", "", "../UTC", "a\0b"):
        with pytest.raises(UserError, match="time zone"):
            days.journal_day(at("2026-11-23T00:00"), name)


# ---------------------------------------------------------------- spans and periods


@given(all_days, all_days, all_days, all_days)
def test_overlap_is_what_both_contain(a, b, c, d):
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    both = one.overlap(other)
    assert both == other.overlap(one)
    for day in (a, b, c, d):
        assert (both is not None and day in both) == (day in one and day in other)


def test_a_span_counts_both_ends_and_cannot_run_backwards():
    span = Span(date(2026, 2, 27), date(2026, 3, 2))
    assert list(span) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)]
    assert span.days == 4
    with pytest.raises(ValueError, match="before"):
        Span(date(2026, 3, 2), date(2026, 3, 1))


@given(calendars, calendar_kinds, all_days)
@example(Calendar(6, 4), "week", date.min)
@example(Calendar(4, 2), "year", date.max)
@settings(max_examples=200)
def test_periods_of_a_kind_cover_every_day_once(calendar, kind, day):
    period = calendar.period_of(kind, day)
    assert day in period
    assert calendar.period_of(kind, period.first) == calendar.period_of(kind, period.last) == period
    following, before = calendar.next(period), calendar.previous(period)
    assert (following is None) == (period.last == date.max)
    assert (before is None) == (period.first == date.min)
    if following:
        assert following.first == period.last + timedelta(days=1)
        assert calendar.previous(following) == period
    if before:
        assert before.last == period.first - timedelta(days=1)
        assert calendar.next(before) == period


@given(calendars, all_days)
def test_smaller_periods_fit_into_larger_ones(calendar, day):
    chain = [calendar.period_of(kind, day) for kind in ("month", "quarter", "half", "year")]
    for inner, outer in pairwise(chain):
        assert outer.first <= inner.first <= inner.last <= outer.last


@given(calendars, st.sampled_from(["month", "quarter", "half", "year"]), recent)
def test_a_period_is_found_by_its_year_and_place(calendar, kind, day):
    count = {"month": 12, "quarter": 4, "half": 2, "year": 1}[kind]
    period = calendar.period_of(kind, day)
    year = day.year if kind == "month" else calendar.year_of(day).last.year
    assert period in [calendar.nth(kind, year, place) for place in range(1, count + 1)]
    assert calendar.nth(kind, year, count + 1) is None
    assert calendar.nth(kind, year, 0) is None


@given(recent)
def test_weeks_from_monday_are_those_of_iso_8601(day):
    year, week, _ = day.isocalendar()
    assert Calendar().week_of(day).name == f"W{week:02} {year}"
    assert Calendar().nth("week", year, week) == Calendar().week_of(day)


def test_names_say_the_year_in_which_a_fiscal_year_ends():
    day = date(2026, 11, 23)
    plain, fiscal = Calendar(), Calendar(fiscal_start_month=10)
    named = [getattr(plain, f"{kind}_of")(day).name for kind in ("week", "month", "quarter", "half", "year")]
    assert named == ["W48 2026", "November 2026", "Q4 2026", "H2 2026", "2026"]
    assert [fiscal.quarter_of(day).name, fiscal.half_of(day).name, fiscal.year_of(day).name] == [
        "FY27 Q1",
        "FY27 H1",
        "FY27",
    ]
    assert fiscal.year_of(date(1987, 1, 1)).name == "FY1987"
    assert fiscal.quarter_of(day) == Period(date(2026, 10, 1), date(2026, 12, 31), "quarter", "FY27 Q1")


def test_weeks_begin_where_the_user_says():
    day = date(2026, 11, 23)  # a Monday
    assert Calendar(first_weekday=0).week_of(day).first == day
    assert Calendar(first_weekday=6).week_of(day).first == date(2026, 11, 22)
    assert Calendar(first_weekday=5).week_of(day).first == date(2026, 11, 21)


def test_what_one_plans_in_comes_first_what_is_now():
    names = [period.name for period in Calendar().periods_around(date(2026, 11, 23))]
    assert names == ["Q4 2026", "Q1 2027", "H2 2026", "H1 2027", "2026", "2027", "Q3 2026"]
    assert [period.name for period in Calendar().periods_around(date.max)] == [
        "Q4 9999",
        "H2 9999",
        "9999",
        "Q3 9999",
    ]


def test_a_custom_period_moves_by_its_own_length():
    days_of_100 = Period(date(2026, 1, 1), date(2026, 4, 10), "custom", "First 100 days")
    following = Calendar().next(days_of_100)
    assert following
    assert (following.first, following.days) == (date(2026, 4, 11), 100)
    before = Calendar().previous(following)
    assert before
    assert before.first == days_of_100.first
    with pytest.raises(ValueError, match="custom"):
        Calendar().period_of("custom", date(2026, 1, 1))


def test_periods_in_a_span_are_all_that_touch_it():
    names = [p.name for p in Calendar().periods_in("month", Span(date(2026, 1, 31), date(2026, 3, 1)))]
    assert names == ["January 2026", "February 2026", "March 2026"]


@pytest.mark.parametrize("wrong", [(7, 1, 0), (0, 13, 0), (0, 0, 0), (0, 1, 24), (-1, 1, 0)])
def test_a_calendar_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="weekdays"):
        Calendar(*wrong)


@given(recent, zones, hours)
def test_the_day_of_a_calendar_begins_at_its_hour(day, zone, start):
    assume(day not in (date(2011, 12, 30), date(1994, 12, 31)))
    instant = days.instant_of(day, time(13), zone, start)
    assert Calendar(day_start=start).day_of(instant, zone) == day
