"""When to be reminded of writing: days and times of the wall clock, as pure functions of instants.

Kind by rule: a reminder is silent once something is written on its day, and of all that were missed while Northing
was closed only the newest is shown, once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOOK_BACK = timedelta(days=7)
"""A reminder missed longer ago than this is not worth a word any more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which days, at which times.

    Attributes:
        weekdays: 0 Monday … 6 Sunday; none is off.
        times: By the wall clock of wherever the computer is; at least one.
    """

    weekdays: frozenset[int] = frozenset()
    times: tuple[time, ...] = (time(17, 30),)

    @property
    def is_on(self) -> bool:
        """Whether there is any day."""
        return bool(self.weekdays)

    def stored(self) -> str:
        """As text that `plan_of` reads."""
        return json.dumps(
            {"weekdays": sorted(self.weekdays), "times": [f"{at:%H:%M}" for at in sorted(set(self.times))]}
        )


def plan_of(stored: object) -> Plan:
    """The plan that `Plan.stored` wrote; the usual one, off, for anything else."""
    try:
        read = json.loads(str(stored))
        days = frozenset(day for day in read["weekdays"] if type(day) is int and 0 <= day <= 6)
        times = {time.fromisoformat(at).replace(second=0, microsecond=0, tzinfo=None) for at in read["times"]}
        return Plan(days, tuple(sorted(times))) if times else Plan()
    except (ValueError, TypeError, KeyError):
        return Plan()


def instant_of(at: time, day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant of the wall clock's `at` on `day`.

    A time that the clock skips that day is taken as if it had not been put forward; of one that comes twice, the
    first.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def next_after(plan: Plan, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The first reminder later than `after` (aware), in UTC; None when the plan is off."""
    day = after.astimezone(zone).date() - timedelta(days=1)
    for ahead in range(10 if plan.is_on else 0):
        there = day + timedelta(days=ahead)
        if there.weekday() in plan.weekdays:
            later = [at for at in (instant_of(each, there, zone) for each in plan.times) if at > after]
            if later:
                return min(later)
    return None


def newest_missed(plan: Plan, *, since: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The newest reminder after `since` and not after `now`, at most a week old; None when none was missed."""
    newest = None
    at = next_after(plan, max(since, now - LOOK_BACK), zone)
    while at is not None and at <= now:
        newest, at = at, next_after(plan, at, zone)
    return newest


def is_due(
    plan: Plan,
    *,
    last: datetime,
    now: datetime,
    zone: ZoneInfo,
    snoozed_to: datetime | None = None,
    has_written: bool,
) -> bool:
    """Whether to remind now.

    Args:
        last: The instant up to which all reminders were shown or let go.
        snoozed_to: When it was asked to come back; that one comes though its plan's time is over.
        has_written: Whether anything stands on today's pages.
    """
    if has_written or not plan.is_on:
        return False
    if snoozed_to is not None:
        return now >= snoozed_to
    return newest_missed(plan, since=last, now=now, zone=zone) is not None
