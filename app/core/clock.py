"""The only place that asks the computer what time it is.

Everything below the window takes `now` and `today` as arguments; tests put `fixed` in front of these.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_fixed: tuple[datetime, ZoneInfo] | None = None


def now() -> datetime:
    """This instant in UTC, cut to milliseconds: what the journal stores."""
    instant = _fixed[0] if _fixed else datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def wall() -> datetime:
    """This instant by the wall clock, with its offset; quicker to have than the zone's name."""
    return now().astimezone(_fixed[1] if _fixed else None)


def zone() -> ZoneInfo:
    """The computer's time zone by its IANA name; UTC where the system does not tell."""
    if _fixed:
        return _fixed[1]
    from zoneinfo import ZoneInfo

    import tzlocal

    try:
        return tzlocal.get_localzone()
    except Exception:  # tzlocal raises what its platform code raises; a diary must open all the same
        return ZoneInfo("UTC")


def fix(instant: datetime | None, in_zone: str = "UTC") -> None:
    """Stop the clock at `instant` (aware), or with None let it run again. For tests and the demo."""
    from zoneinfo import ZoneInfo

    global _fixed
    _fixed = (instant.astimezone(UTC), ZoneInfo(in_zone)) if instant else None
