"""Reminders come when they were asked for, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import reminders
from app.core.reminders import Plan

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]
zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.integers(1_293_840_000, 1_893_456_000).map(lambda at: datetime.fromtimestamp(at, UTC))
plans = st.builds(
    Plan,
    st.frozensets(st.integers(0, 6)),
    st.sets(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=3).map(
        lambda times: tuple(sorted(times))
    ),
)
WORKDAYS = Plan(frozenset(range(5)), (time(17, 30),))
BERLIN = ZoneInfo("Europe/Berlin")


@given(plans)
def test_a_plan_is_read_as_it_was_stored(plan):
    assert reminders.plan_of(plan.stored()) == plan


@pytest.mark.parametrize(
    "stored",
    [None, "", "[]", "{}", '{"weekdays": 3, "times": ["x"]}', "\x00", 7, '{"weekdays": [1], "times": []}'],
)
def test_an_unreadable_plan_is_off(stored):
    assert not reminders.plan_of(stored).is_on


@given(plans, instants, zones)
def test_the_next_one_is_later_on_a_chosen_day_at_most_eight_days_away(plan, after, zone):
    found = reminders.next_after(plan, after, zone)
    if not plan.is_on:
        assert found is None
        return
    assert after < found <= after + timedelta(days=16)  # Apia once left a whole day out
    local = found.astimezone(zone)
    assert local.weekday() in plan.weekdays or abs(_off(local, plan)) <= timedelta(days=1)


def _off(local, plan):
    """How far from the plan's time: only a skipped hour or day is."""
    naive = local.replace(tzinfo=None)
    return min((naive - datetime.combine(local.date(), at) for at in plan.times), key=abs)


@given(plans, instants, zones, st.integers(0, 20 * 24 * 60))
def test_what_was_shown_once_is_not_shown_again(plan, since, zone, minutes):
    now = since + timedelta(minutes=minutes)
    missed = reminders.newest_missed(plan, since=since, now=now, zone=zone)
    if missed is not None:
        assert since < missed <= now
        assert reminders.newest_missed(plan, since=missed, now=now, zone=zone) is None
        following = reminders.next_after(plan, missed, zone)
        assert following > now


@given(plans, instants, zones)
def test_nothing_is_due_once_something_is_written(plan, now, zone):
    assert not reminders.is_due(plan, last=now - timedelta(days=3), now=now, zone=zone, has_written=True)


def test_a_week_away_brings_one_reminder_not_five():
    monday = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
    back = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    missed = reminders.newest_missed(WORKDAYS, since=monday, now=back, zone=BERLIN)
    assert missed == datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    assert reminders.is_due(WORKDAYS, last=monday, now=back, zone=BERLIN, has_written=False)
    assert not reminders.is_due(WORKDAYS, last=back, now=back, zone=BERLIN, has_written=False)


def test_several_times_a_day_come_in_their_order():
    plan = Plan(frozenset({0}), (time(9, 0), time(17, 30)))
    monday = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    first = reminders.next_after(plan, monday, BERLIN)
    assert first == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    second = reminders.next_after(plan, first, BERLIN)
    assert second == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert reminders.next_after(plan, second, BERLIN) == first + timedelta(days=7)


def test_the_time_follows_the_clock_into_winter():
    friday = datetime(2026, 10, 23, 17, 0, tzinfo=UTC)
    assert reminders.next_after(WORKDAYS, friday, BERLIN) == datetime(2026, 10, 26, 16, 30, tzinfo=UTC)
    thursday = datetime(2026, 10, 22, 17, 0, tzinfo=UTC)
    assert reminders.next_after(WORKDAYS, thursday, BERLIN) == datetime(2026, 10, 23, 15, 30, tzinfo=UTC)


def test_a_snoozed_one_comes_back_when_asked_and_not_before():
    now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    later = now + timedelta(hours=1)
    asked: dict[str, Any] = {"last": now, "zone": BERLIN, "snoozed_to": later, "has_written": False}
    assert not reminders.is_due(WORKDAYS, now=now, **asked)
    assert reminders.is_due(WORKDAYS, now=later, **asked)
    assert not reminders.is_due(WORKDAYS, now=later, **{**asked, "has_written": True})
