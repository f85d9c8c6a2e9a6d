"""Instants, zones and the local day they fall on; nothing here raises for a date that cannot be."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_FROM_GMT = re.compile(r"(?:GMT|UTC)([+-])0?(1?\d)(?::?00)?")
_HALF_HOURS = {
    "+4:30": "Asia/Kabul", "+5:30": "Asia/Kolkata", "+5:45": "Asia/Kathmandu", "+6:30": "Asia/Yangon",
    "+9:30": "Australia/Darwin", "-9:30": "Pacific/Marquesas",
}  # fmt: skip
"""Offsets that no zone is named after, by a zone that always has them; `Etc` knows whole hours only."""
_HALF_FROM_GMT = re.compile(r"(?:GMT|UTC)([+-])0?(\d):?(\d\d)")
_NOBODYS = re.compile(r"(?:Etc|SystemV|posix|right)/")
_FRACTION = re.compile(r"([.,]\d{1,6})\d*")


def instant(text: object) -> datetime | None:
    """The UTC instant that an ISO 8601 text with Z or an offset names; None if it names none."""
    local = written(text)
    if local is None or local.tzinfo is None:
        return None
    try:
        return local.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def written(text: object) -> datetime | None:
    """Date and time of an ISO 8601 text as they stand there, aware if it says its offset."""
    if not isinstance(text, str) or len(text) > 60:
        return None
    text = _FRACTION.sub(r"\1", text.strip().replace(",", "."), count=1)
    text = re.sub(r":60(?=\.|Z|[+-]|$)", ":59", text)  # a leap second
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def of_epoch(number: object, *, unit: int = 1000) -> datetime | None:
    """The instant so many units (1,000 to a second unless said) after 1970."""
    if isinstance(number, str) and re.fullmatch(r"-?\d{1,18}", number.strip()):
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number * 1000 / unit)
    except (OverflowError, ValueError):
        return None


@cache
def zone_names() -> tuple[str, ...]:
    """Every zone that somebody lives in, by its IANA name, and UTC."""
    return ("UTC", *sorted(name for name in available_timezones() if "/" in name and not _NOBODYS.match(name)))


def zone_named(name: object) -> ZoneInfo | None:
    """The zone with this IANA name, None if there is none."""
    if isinstance(name, str) and (found := _FROM_GMT.fullmatch(name)):
        name = f"Etc/GMT{'-' if found[1] == '+' else '+'}{int(found[2])}"  # IANA counts them the other way round
    elif isinstance(name, str) and (half := _HALF_FROM_GMT.fullmatch(name)):
        name = _HALF_HOURS.get(f"{half[1]}{half[2]}:{half[3]}")
    elif isinstance(name, str):
        name = name.replace("\\/", "/")
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+\-/]{1,60}", name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local_of(at: datetime, zone: ZoneInfo) -> datetime | None:
    """`at` on the clocks of `zone`; None before year 1 and after 9999."""
    try:
        return at.astimezone(zone)
    except (OverflowError, ValueError):
        return None


def placed(at: datetime, zone: ZoneInfo) -> tuple[date, datetime | None]:
    """The local day of an instant and the instant itself, which is left out where `zone` has no such time."""
    local = local_of(at, zone)
    return (local.date(), at.astimezone(UTC)) if local else (at.date(), None)


def resolved(local: datetime, zone: ZoneInfo) -> datetime | None:
    """The UTC instant of a time that stands without a zone (the first of two where clocks are set back)."""
    try:
        return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
