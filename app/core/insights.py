"""From plain numbers to series for charts. No database here, and nothing claims cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of days, both ends included, and what was counted in it.

    Attributes:
        entries, words: None where the stretch lies wholly outside what is known (before the first entry
            or after today): unknown is not zero.
    """

    first: date
    last: date
    entries: int | None
    words: int | None


def week_of(day: date, first_weekday: int = 0) -> tuple[date, date]:
    """The week of `day`; 0 begins it on Monday."""
    first = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    return first, first + timedelta(days=6)


def month_of(day: date) -> tuple[date, date]:
    """The calendar month of `day`."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def quarter_of(day: date, fiscal_start_month: int = 1) -> tuple[date, date]:
    """The quarter of `day` in a fiscal year that begins in `fiscal_start_month`."""
    into = (day.month - fiscal_start_month) % 3
    month = day.month - into
    first = date(day.year, month, 1) if month > 0 else date(day.year - 1, month + 12, 1)
    return first, month_of(first + timedelta(days=70))[1]


def buckets(
    counts: Mapping[date, tuple[int, int]],
    first: date,
    last: date,
    stretch: Callable[[date], tuple[date, date]],
    *,
    known: tuple[date, date] | None,
) -> list[Bucket]:
    """Entries and words for each stretch that touches `first` to `last`.

    Args:
        counts: day → (entries, words); a day that is absent within `known` counted nothing.
        stretch: Gives the stretch of a day, as `week_of`.
        known: The days from which anything could have been written; None when there are no entries.
    """
    found: list[Bucket] = []
    day = first
    while day <= last:
        start, end = stretch(day)
        if known is None or end < known[0] or start > known[1]:
            found.append(Bucket(start, end, None, None))
        else:
            inside = [counts[each] for each in _days(start, end) if each in counts]
            found.append(Bucket(start, end, sum(n for n, _ in inside), sum(words for _, words in inside)))
        day = end + timedelta(days=1)
    return found


HALF_LIFE_DAYS: Final = 13.0
"""How fast consistency forgets: after as many days without writing the score halves, as in habit
trackers that smooth exponentially; one bad week takes about a third and is regained in a good fortnight."""


def consistency(written: Iterable[date], first: date, last: date, *, skipped: Iterable[date] = ()) -> list[float]:
    """A score from 0.0 to 1.0 for each day from `first` to `last`: exponential smoothing of written or not.

    A skipped day freezes the score.
    """
    keep = 0.5 ** (1 / HALF_LIFE_DAYS)
    days, skips = set(written), set(skipped)
    scores, score = [], 0.0
    for day in _days(first, last):
        if day not in skips:
            score = score * keep + (1 - keep) * (day in days)
        scores.append(score)
    return scores


def streak(written: Iterable[date], today: date, *, skipped: Iterable[date] = ()) -> int:
    """Days written in a row up to `today`; today still open does not break it, a skip does not count."""
    days, skips = set(written), set(skipped)
    day = today if today in days else today - timedelta(days=1)
    length = 0
    while day in days or day in skips:
        length += day in days
        day -= timedelta(days=1)
    return length


def mean_of(values: Iterable[float | None]) -> tuple[float | None, int]:
    """The mean of what is known, and on how many readings it stands."""
    known = [value for value in values if value is not None]
    return (sum(known) / len(known) if known else None), len(known)


def _days(first: date, last: date) -> Iterable[date]:
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)
