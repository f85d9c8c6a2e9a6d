"""Which day it is in the journal, where an entry stands in time, and the calendar's weeks, quarters and years.

Days are those of the proleptic Gregorian calendar, years 1 to 9999. What would lie beyond is cut off at the first
or last of them, so that no function here raises an OverflowError.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from app.core.errors import UserError

MOMENTS_A_DAY: Final = 200_000_000
"""Milliseconds of 55 hours: a journal day may go on after midnight, and 25 or 26 hours long days exist."""

_NOON: Final = time(12)
_MIDNIGHT: Final = time(0)
_MS: Final = timedelta(milliseconds=1)
_UNDATED: Final = 10**15


# ---------------------------------------------------------------- the journal's day


def zone_named(name: str) -> ZoneInfo:
    """The time zone of an IANA name.

    Raises:
        UserError: this computer knows no such zone.
    """
    try:
        return ZoneInfo(name)
    except (
        KeyError,
        ValueError,
        OSError,
    ):  # KeyError: unknown; ValueError: no name; OSError: "America" is a folder
        raise UserError(
            f"This computer does not know the time zone “{name}”. Choose one such as Europe/Berlin."
        ) from None


def journal_day(now: datetime, zone: ZoneInfo | str, day_start: int | time = 0) -> date:
    """The day that the wall calendar in `zone` shows at `now`, where days begin at `day_start`.

    Before `day_start` it is still the day before, or the last one that there was: Apia never had 30 December 2011.

    Args:
        now: An aware instant. day_start: An hour of the day, or a time of day.
    """
    zone = _zone(zone)
    local = _local(now, zone)
    day = local.date()
    begins = day_start if isinstance(day_start, time) else time(day_start)
    return _day_before(day, zone) if local.time() < begins else day


def instant_of(
    day: date, local_time: time = _MIDNIGHT, zone: ZoneInfo | str = "UTC", day_start: int | time = 0
) -> datetime:
    """The instant (UTC) at which clocks in `zone` show `local_time` on the journal day `day`.

    A time before `day_start` is that of the night after, so that `journal_day` leads back to `day`. A time that
    the clocks skip is moved forward by what they skip (02:30 becomes 03:30); one that comes twice is the first.
    """
    begins = day_start if isinstance(day_start, time) else time(day_start)
    zone = _zone(zone)
    if local_time < begins:
        day = _day_after(day, zone)
    return _utc(datetime.combine(day, local_time.replace(tzinfo=None, fold=0)), zone)


def moment_of(day: date, at: datetime | None, zone: ZoneInfo | str) -> int:
    """An integer that sorts by `day`, then by `at`: the milliseconds gone since the day's local midnight.

    Milliseconds that went by, not those that the clock shows, so what was written in the hour that comes twice
    keeps its order. Writing after midnight counts beyond 24 hours. Without `at` it is the day's beginning.
    """
    start = day.toordinal() * MOMENTS_A_DAY
    if at is None:
        return start
    gone = (_aware(at) - instant_of(day, _MIDNIGHT, zone)) // _MS
    return start + min(max(gone, 0), MOMENTS_A_DAY - 1)


def months_before(day: date, months: int) -> date:
    """The same day of a month `months` before, or that month's last; never before the first day there is."""
    index = day.year * 12 + day.month - 1 - months
    if index < 12:
        return date.min
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def moments_of(day: date) -> tuple[int, int]:
    """The first moment of `day`, and the first that is no longer its own."""
    start = day.toordinal() * MOMENTS_A_DAY
    return start, start + MOMENTS_A_DAY


def day_of_moment(moment: int) -> date | None:
    """The day of a moment that `moment_of` made; None for that of an undated item."""
    return date.fromordinal(moment // MOMENTS_A_DAY) if moment >= MOMENTS_A_DAY else None


def undated_moment(created_at: datetime) -> int:
    """The moment of what has no day: negative, rising with the instant it was made."""
    return (_aware(created_at) - datetime(1970, 1, 1, tzinfo=UTC)) // _MS - _UNDATED


def _zone(zone: ZoneInfo | str) -> ZoneInfo:
    return zone_named(zone) if isinstance(zone, str) else zone


def _aware(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("an instant needs its offset from UTC")
    return instant


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in `zone` show, without the zone."""
    try:
        return _aware(instant).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return _end(instant).replace(tzinfo=None)


def _utc(local: datetime, zone: ZoneInfo) -> datetime:
    try:
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return _end(local)


def _end(beyond: datetime) -> datetime:
    """The end of the calendar that `beyond` is next to."""
    return datetime.min.replace(tzinfo=UTC) if beyond.year < 5000 else datetime.max.replace(tzinfo=UTC)


def _day_before(day: date, zone: ZoneInfo) -> date:
    while day > date.min:
        day -= timedelta(days=1)
        if _exists(day, zone):
            break
    return day


def _day_after(day: date, zone: ZoneInfo) -> date:
    while day < date.max:
        day += timedelta(days=1)
        if _exists(day, zone):
            break
    return day


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the day was ever on the wall in `zone`: who crosses the date line skips one."""
    noon = datetime.combine(day, _NOON)
    return day in (date.min, date.max) or _local(_utc(noon, zone), zone).date() == day


# ---------------------------------------------------------------- spans and periods

Kind = Literal["week", "month", "quarter", "half", "year", "custom"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English, for names and typed words; on screen months are written by the locale."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included; iterates over them, and knows what is `in` it."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a span cannot end before it begins")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return map(date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1))

    @property
    def days(self) -> int:
        """How many days it has; at least one."""
        return (self.last - self.first).days + 1

    def overlap(self, other: Span) -> Span | None:
        """The days in both; None when there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class Period(Span):
    """A span with a name, such as "Q4 2026", "FY27 Q1" or "W48 2026"."""

    kind: Kind = "custom"
    name: str = ""


_MONTHS_IN: Final[dict[Kind, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_LETTER: Final[dict[Kind, str]] = {"quarter": "Q", "half": "H"}
_END_OF_MONTHS: Final = 12 * (date.max.year + 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How the user divides time.

    A fiscal year that does not begin in January is named by the year in which it ends. A week belongs to the year
    that has most of its days, which for weeks from Monday is ISO 8601.

    Attributes:
        first_weekday: 0 Monday … 6 Sunday. fiscal_start_month: 1 January … 12 December.
        day_start: The hour at which a journal day begins.
    """

    first_weekday: int = 0
    fiscal_start_month: int = 1
    day_start: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.first_weekday <= 6 and 1 <= self.fiscal_start_month <= 12 and 0 <= self.day_start <= 23):
            raise ValueError("weekdays go from 0 to 6, months from 1 to 12, hours from 0 to 23")

    def day_of(self, now: datetime, zone: ZoneInfo | str) -> date:
        """The journal day of an instant."""
        return journal_day(now, zone, self.day_start)

    def week_of(self, day: date) -> Period:
        """The week of `day`, cut off at the ends of the calendar."""
        return self.period_of("week", day)

    def month_of(self, day: date) -> Period:
        """The calendar month of `day`."""
        return self.period_of("month", day)

    def quarter_of(self, day: date) -> Period:
        """The quarter of the fiscal year."""
        return self.period_of("quarter", day)

    def half_of(self, day: date) -> Period:
        """The half of the fiscal year."""
        return self.period_of("half", day)

    def year_of(self, day: date) -> Period:
        """The fiscal year."""
        return self.period_of("year", day)

    def period_of(self, kind: Kind, day: date) -> Period:
        """The week, month, quarter, half or year of `day`.

        Raises:
            ValueError: custom periods are not the calendar's.
        """
        return self._week(self._week_number(day)) if kind == "week" else self._months(kind, _month_number(day))

    def next(self, period: Period) -> Period | None:
        """The period of the same kind that follows; None at the end of the calendar."""
        if period.last == date.max:
            return None
        day = period.last + timedelta(days=1)
        if period.kind != "custom":
            return self.period_of(period.kind, day)
        last = date.fromordinal(min(period.last.toordinal() + period.days, date.max.toordinal()))
        return Period(day, last)

    def previous(self, period: Period) -> Period | None:
        """The period of the same kind before it; None at the beginning of the calendar."""
        if period.first == date.min:
            return None
        day = period.first - timedelta(days=1)
        if period.kind != "custom":
            return self.period_of(period.kind, day)
        return Period(date.fromordinal(max(period.first.toordinal() - period.days, 1)), day)

    def periods_around(self, day: date) -> list[Period]:
        """What one plans in: the quarter, half and year of `day`, each with the next; then the quarter before."""
        quarter = self.quarter_of(day)
        found: list[Period | None] = []
        for period in (quarter, self.half_of(day), self.year_of(day)):
            found += [period, self.next(period)]
        return [period for period in (*found, self.previous(quarter)) if period]

    def periods_in(self, kind: Kind, span: Span) -> list[Period]:
        """All periods of a kind that touch `span`, in order."""
        found: list[Period] = []
        period: Period | None = self.period_of(kind, span.first)
        while period and period.first <= span.last:
            found.append(period)
            period = self.next(period)
        return found

    def nth(self, kind: Kind, year: int, place: int = 1) -> Period | None:
        """The `place`-th period of a kind in the year called `year`, if there is one.

        ``nth("quarter", 2027, 1)`` is "Q1 2027", or "FY27 Q1"; weeks and months count in calendar years.
        """
        if kind == "week":
            return self._nth_week(year, place)
        length = _MONTHS_IN[kind]
        if not (1 <= place <= 12 // length and 0 <= year <= date.max.year + 1):
            return None
        shift = 0 if kind == "month" else self.fiscal_start_month - 1
        first = 12 * (year - bool(shift)) + shift + length * (place - 1)
        reaches = first + length > 12 and first < _END_OF_MONTHS
        return self._months(kind, max(first, 12)) if reaches else None

    def _months(self, kind: Kind, number: int) -> Period:
        """The period of a kind around the month `number`, counted from January of the year 0."""
        if kind not in _MONTHS_IN:
            raise ValueError(f"the calendar has no periods of the kind {kind}")
        length = _MONTHS_IN[kind]
        shift = 0 if kind == "month" else self.fiscal_start_month - 1
        first = number - (number - shift) % length
        last = date.max if first + length >= _END_OF_MONTHS else _first_of(first + length) - timedelta(days=1)
        return Period(_first_of(max(first, 12)), last, kind, self._name(kind, first))

    def _name(self, kind: Kind, first: int) -> str:
        if kind == "month":
            return f"{MONTHS[first % 12]} {first // 12:04}"
        into = (first - (self.fiscal_start_month - 1)) % 12
        year = (first - into + 11) // 12
        place = f"{_LETTER[kind]}{into // _MONTHS_IN[kind] + 1}" if kind in _LETTER else ""
        if self.fiscal_start_month == 1:
            return f"{place} {year:04}".strip()
        return f"FY{year % 100:02} {place}".strip() if 2000 <= year < 2100 else f"FY{year:04} {place}".strip()

    def _week_number(self, day: date) -> int:
        return (day.toordinal() - 1 - self.first_weekday) // 7

    def _week(self, number: int) -> Period:
        """A week by its number, counted from the first one that begins in the year 1."""
        ordinal = number * 7 + self.first_weekday + 1
        first, middle, last = (_cut_off(ordinal + days) for days in (0, 3, 6))
        place = (middle.timetuple().tm_yday - 1) // 7 + 1
        return Period(first, last, "week", f"W{place:02} {middle.year:04}")

    def _nth_week(self, year: int, place: int) -> Period | None:
        if not (1 <= place <= 53 and date.min.year <= year <= date.max.year):
            return None
        begins = date(year, 1, 1).toordinal()
        middle = begins + (self.first_weekday + 3 - date(year, 1, 1).weekday()) % 7 + 7 * (place - 1)
        if middle > date(year, 12, 31).toordinal():
            return None
        return self._week(self._week_number(date.fromordinal(middle)))


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month_number: int) -> date:
    return date(month_number // 12, month_number % 12 + 1, 1)


def _cut_off(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
