"""Which day it is in the journal, and where an entry stands in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MOMENTS_A_DAY: Final = 200_000_000


def journal_day(now: datetime, zone: ZoneInfo | str, day_start: int = 0) -> date:
    """The local day of `now`, where days begin at `day_start` o'clock."""
    local = now.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    day = local.date()
    return day - timedelta(days=1) if local.hour < day_start and day > date.min else day


def moment_of(day: date, at: datetime | None, zone: ZoneInfo | str) -> int:
    """An integer that sorts by `day`, then by local time; milliseconds since the day's local midnight."""
    if at is None:
        return day.toordinal() * MOMENTS_A_DAY
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).replace(tzinfo=None)
    ms = (local - datetime.combine(day, datetime.min.time())) // timedelta(milliseconds=1)
    return day.toordinal() * MOMENTS_A_DAY + min(max(ms, 0), MOMENTS_A_DAY - 1)


def undated_moment(created_at: datetime) -> int:
    """The moment of what has no day: negative, rising with the instant it was made."""
    return (created_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1) - 10**15
