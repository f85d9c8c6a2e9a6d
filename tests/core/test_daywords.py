"""Days as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.days import Calendar, Span
from app.core.daywords import parse_day_words

TODAY = date(2026, 11, 25)  # a Wednesday
PLAIN = Calendar()
anyday = st.dates()
calendars = st.builds(Calendar, st.integers(0, 6), st.integers(1, 12))


def said(text, today=TODAY, calendar=PLAIN):
    span = parse_day_words(text, today, calendar)
    return None if span is None else (span.first.isoformat(), span.last.isoformat())


def day(text):
    return (text, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", day("2026-11-25")),
        ("  Yesterday ", day("2026-11-24")),
        ("the day before yesterday", day("2026-11-23")),
        ("day after tomorrow", day("2026-11-27")),
        ("3 weeks ago", day("2026-11-04")),
        ("a month ago", day("2026-10-25")),
        ("nine months ago", day("2026-02-25")),
        ("in 2 weeks", day("2026-12-09")),
        ("2 quarters from now", day("2027-05-25")),
        ("monday", day("2026-11-23")),
        ("wednesday", day("2026-11-25")),
        ("thu", day("2026-11-19")),
        ("last monday", day("2026-11-23")),
        ("last wednesday", day("2026-11-18")),
        ("next wednesday", day("2026-12-02")),
        ("this Friday", day("2026-11-27")),
        ("last week", ("2026-11-16", "2026-11-22")),
        ("this week", ("2026-11-23", "2026-11-29")),
        ("next month", ("2026-12-01", "2026-12-31")),
        ("last quarter", ("2026-07-01", "2026-09-30")),
        ("this half year", ("2026-07-01", "2026-12-31")),
        ("previous year", ("2025-01-01", "2025-12-31")),
        ("last 7 days", ("2026-11-19", "2026-11-25")),
        ("next 2 weeks", ("2026-11-26", "2026-12-09")),
        ("2019", ("2019-01-01", "2019-12-31")),
        ("2019-05", ("2019-05-01", "2019-05-31")),
        ("2019-05-17", day("2019-05-17")),
        ("20190517", day("2019-05-17")),
        ("2019/5/7", day("2019-05-07")),
        ("2019-W21", ("2019-05-20", "2019-05-26")),
        ("2019-W21-5", day("2019-05-24")),
        ("17.5.2019", day("2019-05-17")),
        ("23. 11.", day("2026-11-23")),
        ("5/17/2019", day("2019-05-17")),
        ("17/5/2019", day("2019-05-17")),
        ("6/6/2019", day("2019-06-06")),
        ("23 nov", day("2026-11-23")),
        ("23rd of November, 2019", day("2019-11-23")),
        ("Nov 23 2019", day("2019-11-23")),
        ("2 jan", day("2027-01-02")),
        ("29 feb", day("2028-02-29")),
        ("mon 23 nov", day("2026-11-23")),
        ("Monday, 23 November 2026", day("2026-11-23")),
        ("Mar 2020", ("2020-03-01", "2020-03-31")),
        ("february", ("2027-02-01", "2027-02-28")),
        ("sept", ("2026-09-01", "2026-09-30")),
        ("q3 2025", ("2025-07-01", "2025-09-30")),
        ("2025-Q3", ("2025-07-01", "2025-09-30")),
        ("q3", ("2026-07-01", "2026-09-30")),
        ("q1", ("2027-01-01", "2027-03-31")),
        ("h2 2024", ("2024-07-01", "2024-12-31")),
        ("week 48", ("2026-11-23", "2026-11-29")),
        ("w1 2027", ("2027-01-04", "2027-01-10")),
        ("1 oct to 15 nov", ("2026-10-01", "2026-11-15")),
        ("from 2019 to 2021-03", ("2019-01-01", "2021-03-31")),
        ("2019-05-01..2019-06", ("2019-05-01", "2019-06-30")),
        ("since last monday", ("2026-11-23", "2026-11-25")),
    ],
)
def test_what_people_say(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "soon", "5/6/2019", "30 feb", "2019-13", "2019-02-30", "0000", "2019-W60", "31 april 2020",
        "99999 years ago", "in 99999 years", "q5 2025", "h3", "w54 2026", "fri 23 nov 2026", "this 3 weeks",
        "last 0 days", "2021 to 2019", "since tomorrow", "the", "12 12 12", "0 jan", "monday tuesday",
        "٣ weeks ago",
        "today " * 40,
    ],
)  # fmt: skip
def test_what_says_no_day_or_more_than_one(text):
    assert said(text) is None


def test_a_fiscal_year_and_a_week_from_sunday():
    fiscal = Calendar(first_weekday=6, fiscal_start_month=10)
    assert said("fy27 q1", calendar=fiscal) == ("2026-10-01", "2026-12-31")
    assert said("Q2 FY2027", calendar=fiscal) == ("2027-01-01", "2027-03-31")
    assert said("FY27", calendar=fiscal) == ("2026-10-01", "2027-09-30")
    assert said("this quarter", calendar=fiscal) == ("2026-10-01", "2026-12-31")
    assert said("this week", calendar=fiscal) == ("2026-11-22", "2026-11-28")
    assert said("this sunday", calendar=fiscal) == day("2026-11-22")
    assert said("2027", calendar=fiscal) == ("2027-01-01", "2027-12-31")


@given(anyday, anyday, calendars)
def test_an_iso_day_is_that_day(wanted, today, calendar):
    assert parse_day_words(wanted.isoformat(), today, calendar) == Span(wanted, wanted)


@given(anyday, st.integers(0, 4000))
def test_so_many_days_ago_and_ahead(today, count):
    for text, step in ((f"{count} days ago", -count), (f"in {count} days", count)):
        try:
            expected = today + timedelta(days=step)
        except OverflowError:
            assert parse_day_words(text, today, PLAIN) is None
        else:
            assert parse_day_words(text, today, PLAIN) == Span(expected, expected)


@example(date(9999, 2, 1), Calendar(0, 2), "quarter")
@given(
    st.dates(date(1000, 2, 1), date(9999, 11, 30)),
    calendars,
    st.sampled_from(["month", "quarter", "half", "week"]),
)
def test_the_name_of_a_period_leads_back_to_it(wanted, calendar, kind):
    period = calendar.period_of(kind, wanted)
    assert parse_day_words(period.name, TODAY, calendar) == Span(period.first, period.last)


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_without_a_year_it_is_the_nearest(today, month, number):
    span = parse_day_words(f"{number}.{month}.", today, PLAIN)
    assert span
    assert (span.first.month, span.first.day, span.days) == (month, number, 1)
    assert abs((span.first - today).days) <= 183


VOCABULARY = """
    last next this in ago from to since .. q w fy h week weeks year years month a an monday nov feb 29 30 31 0 1
    53 99999 2019 0001 9999 - / . , of the – 5/6/2019 9999-12-31 0001-01-01 2019-w01
"""
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.one_of(st.text(max_size=30), st.lists(WORDS, max_size=6).map(" ".join)), anyday, calendars)
def test_any_text_is_read_or_not_but_never_an_error(text, today, calendar):
    found = parse_day_words(text, today, calendar)
    assert found is None or found.first <= found.last
