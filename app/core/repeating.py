"""Steps that come again: recurrence rules of RFC 5545, by days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

SPANS: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
LONGEST_RULE: Final = 200
FARTHEST: Final = timedelta(days=366 * 50)
"""A rule that names no day within so long, such as every 30 February, names none."""


class NoRule(ValueError):
    """The text is no rule by days, or names no day."""


def next_day(rule: str, first: date, after: date) -> date | None:
    """The first day after `after` that `rule` names, counted from `first`; None when it has come to its end.

    Args:
        rule: The value of an RRULE, such as ``FREQ=WEEKLY;INTERVAL=2``.

    Raises:
        NoRule: see there.
    """
    from dateutil.rrule import rrulestr

    text = rule.strip().upper()
    freq = next((part[5:] for part in text.split(";") if part.startswith("FREQ=")), "")
    if len(rule) > LONGEST_RULE or freq not in SPANS or "\n" in rule:
        raise NoRule(rule)
    begins = datetime.combine(first, time())
    try:
        found = rrulestr(text, dtstart=begins, ignoretz=True)
        nearest = found.xafter(datetime.combine(max(after, first), time()), count=1)
        named = next(iter(nearest), None)
    except (ValueError, TypeError, OverflowError) as error:
        raise NoRule(rule) from error
    if named is None or named.date() - max(after, first) > FARTHEST:
        return None
    return named.date()


def is_rule(rule: str, first: date) -> bool:
    """Whether `rule` can be read; one that has ended is a rule all the same."""
    try:
        next_day(rule, first, first)
    except NoRule:
        return False
    return True


def shifted(first: date, last: date | None, to: date) -> tuple[date, date | None]:
    """The same length of days, beginning on `to`; cut where the calendar ends."""
    if last is None:
        return to, None
    return to, date.fromordinal(min(to.toordinal() + (last - first).days, date.max.toordinal()))
