"""From plain numbers to series for charts. No database here, and nothing claims cause.

Every statistic says how many readings it stands on (`n`). Unknown is not zero: a day before the first entry or
after today is None, and what was never said is left out of means.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from app.core.days import Calendar, Kind, Period, Span

# ---------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class Bucket:
    """A period and what was counted in it.

    Attributes:
        entries, words, written: How many entries, words, and days with an entry; None where the period lies wholly
            outside what is known.
        days: How many of its days are known: fewer than it has in the first and in the current period.
    """

    period: Period
    entries: int | None
    words: int | None
    written: int | None
    days: int


@dataclass(frozen=True, slots=True)
class Total:
    """What was counted in a span, of whose days `days` are known."""

    entries: int
    words: int
    written: int
    days: int


Counts = Mapping[date, tuple[int, int]]
"""Day → (entries, words); a day that is absent but known counted nothing."""


def total(counts: Counts, span: Span, known: Span | None) -> Total | None:
    """Entries, words and days written on in `span`; None where nothing of it is known.

    Args:
        known: The days on which anything could have been written; None when there are no entries.
    """
    seen = span.overlap(known) if known else None
    if seen is None:
        return None
    if len(counts) < seen.days:
        inside = [said for day, said in counts.items() if day in seen]
    else:
        inside = [counts[day] for day in seen if day in counts]
    entries, words = sum(said[0] for said in inside), sum(said[1] for said in inside)
    return Total(entries, words, sum(said[0] > 0 for said in inside), seen.days)


def buckets(counts: Counts, kind: Kind, span: Span, calendar: Calendar, *, known: Span | None) -> list[Bucket]:
    """What was counted in each whole period of a kind that touches `span`, in order; `known` as for `total`."""
    found: list[Bucket] = []
    for period in calendar.periods_in(kind, span):
        inside = total(counts, period, known)
        if inside is None:
            found.append(Bucket(period, None, None, None, 0))
        else:
            found.append(Bucket(period, inside.entries, inside.words, inside.written, inside.days))
    return found


def heat(counts: Mapping[date, int], span: Span, known: Span | None) -> dict[date, int | None]:
    """Each day of `span` with its count: 0 where nothing was written, None where nothing could have been."""
    return {day: counts.get(day, 0) if known and day in known else None for day in span}


def previous_span(span: Span, calendar: Calendar) -> Span | None:
    """What to compare `span` with: the period before a period, whole months before whole months, else days.

    None at the beginning of the calendar.
    """
    for kind in ("week", "month", "quarter", "half", "year"):
        period = calendar.period_of(kind, span.first)
        if (period.first, period.last) == (span.first, span.last):
            before = calendar.previous(period)
            return Span(before.first, before.last) if before else None
    if span.first.toordinal() <= span.days:
        return None
    last = date.fromordinal(span.first.toordinal() - 1)
    months = calendar.periods_in("month", span)
    if (months[0].first, months[-1].last) != (span.first, span.last):
        return Span(date.fromordinal(span.first.toordinal() - span.days), last)
    first = span.first.year * 12 + span.first.month - 1 - len(months)
    return Span(date(first // 12, first % 12 + 1, 1), last) if first >= 12 else None


HALF_LIFE_DAYS: Final = 13
"""How fast consistency forgets: after as many days without writing the score halves. One bad week takes about a
third of it, and a good fortnight brings that back."""


def consistency(
    written: Collection[date], span: Span, *, skipped: Collection[date] = ()
) -> list[tuple[date, float]]:
    """A score from 0.0 to 1.0 for each day of `span`: exponential smoothing of written (1) or not (0).

    ``score = score × m + written × (1 − m)`` with ``m = 0.5 ^ (1 / HALF_LIFE_DAYS)``, R. G. Brown, Exponential
    Smoothing for Predicting Demand (1956); the half-life is that of the habit tracker Loop. A skip freezes it.
    """
    days, skips = frozenset(written), frozenset(skipped)
    keep = 0.5 ** (1 / HALF_LIFE_DAYS)
    scores: list[tuple[date, float]] = []
    score = 0.0
    for day in span:
        if day in days or day not in skips:
            score = score * keep + (1 - keep) * (day in days)
        scores.append((day, score))
    return scores


def streak(written: Collection[date], today: date, *, skipped: Collection[date] = ()) -> int:
    """Days written in a row up to `today`; today still open breaks nothing, a skip neither counts nor breaks."""
    days = {day.toordinal() for day in written}
    skips = {day.toordinal() for day in skipped}
    day = today.toordinal()
    if day not in days:
        day -= 1
    length = 0
    while day in days or day in skips:
        length += day in days
        day -= 1
    return length


# ---------------------------------------------------------------- readings


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of what is known, None when nothing is, and on how many readings it stands."""

    value: float | None
    n: int


ROLLING_DAYS: Final = 28
"""Four weeks, so that every weekday weighs alike."""

FEWEST: Final = 3
"""Below so many readings a mean is an anecdote."""


def mean_of(values: Iterable[float | None]) -> Mean:
    """The mean of what is known."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    return Mean(math.fsum(known) / len(known) if known else None, len(known))


def rolling_mean(
    readings: Iterable[tuple[date, float | None]], span: Span, *, window: int = ROLLING_DAYS
) -> list[tuple[date, Mean]]:
    """For each day of `span` the mean of the last `window` days, that day included; unknown readings are left out.

    Several readings of a day are one, their mean, so that a day with much to say weighs no more than others. The
    value is None where fewer than `FEWEST` days of the window are known.
    """
    of_day = _day_means(readings)
    inside: deque[tuple[int, float]] = deque()
    found: list[tuple[date, Mean]] = []
    start = max(span.first.toordinal() - window + 1, 1)
    for ordinal in range(start, span.last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day in of_day:
            inside.append((ordinal, of_day[day]))
        while inside and inside[0][0] <= ordinal - window:
            inside.popleft()
        if day >= span.first:
            mean = math.fsum(value for _, value in inside) / len(inside) if len(inside) >= FEWEST else None
            found.append((day, Mean(mean, len(inside))))
    return found


def means_by(
    readings: Iterable[tuple[date, float | None]], kind: Kind, span: Span, calendar: Calendar
) -> list[tuple[Period, Mean]]:
    """The mean of each period of a kind that touches `span`; of several readings a day, their mean counts once."""
    found: list[tuple[Period, Mean]] = []
    waiting = deque(sorted(_day_means(readings).items()))
    for period in calendar.periods_in(kind, span):
        inside: list[float] = []
        while waiting and waiting[0][0] <= period.last:
            day, value = waiting.popleft()
            if day >= period.first:
                inside.append(value)
        found.append((period, mean_of(inside)))
    return found


def _day_means(readings: Iterable[tuple[date, float | None]]) -> dict[date, float]:
    of_day: dict[date, list[float]] = {}
    for day, value in readings:
        if value is not None and math.isfinite(value):
            of_day.setdefault(day, []).append(value)
    return {day: math.fsum(values) / len(values) for day, values in of_day.items()}


# ---------------------------------------------------------------- effort and knowledge


@dataclass(frozen=True, slots=True)
class Effort:
    """What an objective got beside what it should have got.

    Attributes:
        objective: Its id; None is all that serves no objective.
        amount: Entries, hours or whatever was counted. share: of all that was counted.
        priority: Share of the weights of all objectives; None for what serves none.
    """

    objective: int | None
    amount: float
    share: float | None
    priority: float | None

    @property
    def surplus(self) -> float | None:
        """How far the share lies above the priority (below: negative); None where either is unknown."""
        return None if self.share is None or self.priority is None else self.share - self.priority


def effort(spent: Iterable[tuple[int | None, float]], weights: Mapping[int, float]) -> list[Effort]:
    """How effort went to objectives against their weights, the most neglected first, unserving effort last.

    Args:
        spent: (objective or None, amount); what serves two objectives comes twice, with a part for each.
        weights: Objective → its weight. All of them are told, also those that got nothing.
    """
    amounts: dict[int | None, float] = dict.fromkeys(weights, 0.0)
    for objective, amount in spent:
        key = objective if objective in weights else None
        amounts[key] = amounts.get(key, 0.0) + amount
    whole, heavy = math.fsum(amounts.values()), math.fsum(weights.values())
    found = [
        Effort(
            objective,
            amount,
            amount / whole if whole > 0 else None,
            None if objective is None or heavy <= 0 else weights[objective] / heavy,
        )
        for objective, amount in amounts.items()
    ]
    return sorted(found, key=lambda each: (each.objective is None, each.surplus or 0.0))


def freshness(pieces: Iterable[tuple[date, float]], on: date) -> tuple[float, int]:
    """How fresh a shelf of insights is on a day, and how many it stands on: the sum of 0.5 ^ (age / half-life).

    A piece of today counts 1, one as old as its half-life 1/2; what is dated later is not known yet.

    Args:
        pieces: (day, half-life in days, above 0).
    """
    known = [0.5 ** ((on - day).days / half_life) for day, half_life in pieces if day <= on]
    return math.fsum(known), len(known)


# ---------------------------------------------------------------- foresight


@dataclass(frozen=True, slots=True)
class Said:
    """Forecasts of about the same probability, and what became of them.

    Attributes:
        first, last: The probabilities that belong here. said: their mean. happened: the share that came true.
        low, high: Where that share may lie, 80 %: Wilson's interval, wide while `n` is small.
    """

    first: float
    last: float
    said: float
    happened: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well probabilities were judged.

    Attributes:
        brier: Mean squared difference of probability and outcome: 0 is clairvoyance, 0.25 is always saying 50 %.
            None while nothing was decided.
        n: Forecasts decided. open: those that nobody could tell, or whose day has not come.
    """

    brier: float | None
    n: int
    open: int
    groups: tuple[Said, ...]


FIFTHS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Few and wide groups: a person makes dozens of decisions, not thousands."""


def calibration(forecasts: Iterable[tuple[float, bool | None]]) -> Calibration:
    """How probabilities compare with outcomes.

    G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).

    Args:
        forecasts: (probability from 0 to 1, whether it happened; None where nobody can tell).
    """
    said = list(forecasts)
    decided = [(probability, happened) for probability, happened in said if happened is not None]
    brier = math.fsum((p - happened) ** 2 for p, happened in decided) / len(decided) if decided else None
    groups: list[Said] = []
    for first, last in pairwise(FIFTHS):
        inside = [each for each in decided if first <= each[0] < last or each[0] == last == 1]
        if inside:
            hits, count = sum(happened for _, happened in inside), len(inside)
            low, high = share_interval(hits, count)
            mean = math.fsum(p for p, _ in inside) / count
            groups.append(Said(first, last, mean, hits / count, low, high, count))
    return Calibration(brier, len(decided), len(said) - len(decided), tuple(groups))


def share_interval(hits: int, n: int, *, z: float = 1.2816) -> tuple[float, float]:
    """Where a true share may lie when `hits` of `n` came true; 80 % unless told. Without trials it is anywhere.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    if n == 0:
        return 0.0, 1.0
    share, square = hits / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    reach = z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    # The share itself always lies within; rounding must not say otherwise.
    return max(min(middle - reach, share), 0.0), min(max(middle + reach, share), 1.0)
