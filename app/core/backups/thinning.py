"""Which backups go as they age: a pure function of their instants."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from typing import Final

ALL_OF: Final = timedelta(days=2)
DAILY: Final = 12
WEEKLY: Final = 10
MONTHLY: Final = 9

_TIERS: Final[tuple[tuple[int, Callable[[datetime], Hashable]], ...]] = (
    (DAILY, lambda at: at.date()),
    (WEEKLY, lambda at: at.isocalendar()[:2]),
    (MONTHLY, lambda at: (at.year, at.month)),
)


def surplus(taken: Iterable[tuple[datetime, bool]], now: datetime) -> set[datetime]:
    """The instants of backups that may go.

    Kept are all of the last two days (and any that a wrong clock dated later than now), the newest of each of the
    last 12 days, 10 weeks and 9 months that have one, and always the newest verified one.

    Args:
        taken: (instant in UTC, whether it was verified), each instant once.
    """
    known = dict(taken)
    newest_first = sorted(known, reverse=True)
    kept = {at for at in newest_first if at > now - ALL_OF}
    kept.update([at for at in newest_first if known[at]][:1])
    for most, span_of in _TIERS:
        spans: dict[Hashable, datetime] = {}
        for at in newest_first:
            # A verified backup stands for its span before a newer one that is not.
            held = spans.get(span_of(at))
            if held is None or (known[at] and not known[held]):
                spans[span_of(at)] = at
        kept.update(sorted(spans.values(), reverse=True)[:most])
    return set(known) - kept
