"""Values in words that no locale changes, for files and explanations; screens write them by the user's locale."""

from __future__ import annotations

import math
from typing import Final

NUMBER: Final = "number"
PERCENT: Final = "percent"
CURRENCY: Final = "currency"
DURATION: Final = "duration"

GROUP: Final = "\u202f"
GAP: Final = "\u00a0"
UNKNOWN: Final = "–"

SIGNIFICANT: Final = 6
"""Digits that are told of a fraction; whole numbers are told whole."""

_SECONDS: Final = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
}


def format_value(value: float | None, kind: str = NUMBER, unit: str = "") -> str:
    """A value as ISO 80000-1 writes it: "1240.5", "−12 500 €", "62 %", "1 h 30 min"; an en dash for None.

    Point for decimals, narrow space between thousands from five digits on, a real minus, and a space that does not
    break before the unit. Hours, minutes and seconds are told in each other; other durations in their own unit.
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if kind == DURATION and (seconds := _SECONDS.get(unit.strip().casefold())):
        return _duration(value, seconds)
    if kind == PERCENT:
        unit = "%"
    if kind == CURRENCY and value != int(value) and abs(value) >= 1:
        number = _signed(f"{abs(value):.2f}", value)
    else:
        number = format_number(value)
    return f"{number}{GAP}{unit.strip()}" if unit.strip() else number


def format_number(value: float) -> str:
    """As few digits as tell it: at most `SIGNIFICANT` where there is a fraction."""
    size = abs(value)
    if not size:
        return "0"
    decimals = min(max(SIGNIFICANT - 1 - math.floor(math.log10(size)), 0), 12)
    digits = f"{size:.{decimals}f}"
    return _signed(digits.rstrip("0").rstrip(".") if "." in digits else digits, value)


def format_share(share: float | None) -> str:
    """A share of the way as whole percent, halves up: "62 %"."""
    return format_value(None if share is None else math.floor(share * 100 + 0.5), PERCENT)


def _signed(digits: str, value: float) -> str:
    whole, point, fraction = digits.partition(".")
    if len(whole) > 4:
        first = len(whole) % 3
        whole = GROUP.join(part for part in (whole[:first], *_threes(whole[first:])) if part)
    is_nought = not digits.strip("0.")
    return ("−" if value < 0 and not is_nought else "") + whole + point + fraction


def _threes(digits: str) -> list[str]:
    return [digits[place : place + 3] for place in range(0, len(digits), 3)]


def _duration(value: float, seconds: int) -> str:
    """Hours and minutes from an hour on, minutes and seconds from a minute on, else seconds."""
    size = abs(value) * seconds
    if size < 60:
        return f"{format_number(value * seconds)}{GAP}s"
    large, small, names = (3600, 60, ("h", "min")) if size >= 3600 else (60, 1, ("min", "s"))
    many, few = divmod(math.floor(size / small + 0.5), large // small)
    parts = [f"{_signed(str(many), value)}{GAP}{names[0]}"] + ([f"{few}{GAP}{names[1]}"] if few else [])
    return GAP.join(parts)
