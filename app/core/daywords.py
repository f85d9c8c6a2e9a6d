"""Days as people say them: "last monday", "3 weeks ago", "2019-05", "23 nov", "q3 2025", "1 oct to today".

English words and international notation, whatever the locale. What could mean two days, as 5/6/2019, is no day.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final, cast

from app.core.days import MONTHS, Calendar, Kind, Span

LONGEST: Final = 80
"""Characters; nobody says a day in more."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS: Final = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_NEAR: Final = {
    "today": 0,
    "now": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "day before yesterday": -2,
    "day after tomorrow": 2,
}
_STEP: Final = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_MONTHS_IN: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}

_N: Final = r"(?P<n>\d{1,5}|an?|" + "|".join(_COUNTS) + ")"
_UNIT: Final = r"(?P<unit>day|week|month|quarter|year)s?"
_MONTH: Final = (
    r"(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in map(str.casefold, MONTHS)) + r"|sept)\.?"
)
_WEEKDAY: Final = (
    r"(?P<weekday>" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _WEEKDAYS) + r"|tues|thurs?)"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR: Final = r"(?P<year>\d{4})"
_PLACE: Final = r"(?P<letter>[qhw])(?P<place>\d{1,2})"

_Reading = Callable[[re.Match[str], date, Calendar], Span | None]


def parse_day_words(text: str, today: date, calendar: Calendar) -> Span | None:
    """The days that `text` speaks of, seen from `today`; None where it speaks of none, or of several.

    A day, month or quarter without its year is the one nearest to today; a bare weekday the latest up to today.
    "last week" and its like are whole weeks of the calendar, "last 7 days" end with today.
    """
    words = " ".join(unicodedata.normalize("NFKC", text[: LONGEST + 1]).casefold().split()).strip(" ,;!?")
    if not words or len(text) > LONGEST:
        return None
    return _single(words, today, calendar) or _range(words, today, calendar)


def _single(words: str, today: date, calendar: Calendar) -> Span | None:
    words = words.removeprefix("on ").removeprefix("the ")
    if words in _NEAR:
        return _shifted(today, "day", _NEAR[words])
    for pattern, reading in _READINGS:
        if match := pattern.fullmatch(words):
            try:
                return reading(match, today, calendar)
            except (ValueError, OverflowError):  # 30 February, the year 0, 99999 years ago
                return None
    return _with_weekday(words, today, calendar)


def _range(words: str, today: date, calendar: Calendar) -> Span | None:
    if words.startswith("since "):
        begun = _single(words[6:], today, calendar)
        return Span(begun.first, today) if begun and begun.first <= today else None
    bare = words.removeprefix("from ").removeprefix("between ")
    for joint in ("..", " to ", " until ", " till ", " – ", " - ", " and ", "–"):
        first, found, last = bare.partition(joint)
        if found and (begin := _single(first.strip(), today, calendar)):
            end = _single(last.strip(), today, calendar)
            return Span(begin.first, end.last) if end and begin.first <= end.last else None
    return None


def _with_weekday(words: str, today: date, calendar: Calendar) -> Span | None:
    """A day said with its weekday, if they agree."""
    match = re.fullmatch(_WEEKDAY + r"[, ]\s*(?P<rest>.*\d.*)", words)
    rest = match and _single(match["rest"], today, calendar)
    return rest if match and rest and rest.days == 1 and rest.first.weekday() == _weekday(match) else None


# ---------------------------------------------------------------- readings


def _ago(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    return _shifted(today, match["unit"], -_count(match))


def _ahead(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    return _shifted(today, match["unit"], _count(match))


def _last_few(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    step, count = _STEP[match["step"]], _count(match)
    if step == 0 or count == 0:
        return None
    far = _shifted(today, match["unit"], step * count).first
    day = timedelta(days=1)
    return Span(far + day, today) if step < 0 else Span(today + day, far)


def _neighbour(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    period = calendar.period_of(cast(Kind, match["kind"]), today)
    step = _STEP[match["step"]]
    found = calendar.previous(period) if step < 0 else calendar.next(period) if step else period
    return found and Span(found.first, found.last)


def _on_weekday(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    wanted, step = _weekday(match), _STEP.get(match["step"] or "")
    back = (today.weekday() - wanted) % 7
    if step is None:
        return _shifted(today, "day", -back)
    if step == 0:
        return next((Span(day, day) for day in calendar.week_of(today) if day.weekday() == wanted), None)
    return _shifted(today, "day", -(back or 7) if step < 0 else 7 - back)


def _iso_day(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    return _one(date(int(match["year"]), int(match["number"]), int(match["day"])))


def _slashed(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    """Day first or month first: read only where both mean the same day, or only one is a day at all."""
    one, other, year = int(match["one"]), int(match["other"]), int(match["year"])
    if one <= 12 and other <= 12 and one != other:
        return None
    return _one(date(year, min(one, other), max(one, other)))


def _dotted(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    return _day_in_month(int(match["number"]), int(match["day"]), match["year"], today)


def _named_day(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    return _day_in_month(_month(match), int(match["day"]), match["year"], today)


def _year(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    year = int(match["year"])
    return Span(date(year, 1, 1), date(year, 12, 31))


def _iso_month(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    return _whole_month(int(match["year"]), int(match["number"]))


def _named_month(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    number = _month(match)
    if match["year"]:
        return _whole_month(int(match["year"]), number)
    return _nearest((_whole_month(year, number) for year in _years_around(today)), today)


def _iso_week(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    year, week = int(match["year"]), int(match["week"])
    if match["weekday"]:
        return _one(date.fromisocalendar(year, week, int(match["weekday"])))
    return Span(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7))


def _fiscal_year(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    return _nth(calendar, "year", _fiscal(match), 1)


def _place(match: re.Match[str], today: date, calendar: Calendar) -> Span | None:
    """A quarter, half or week by its number, in the year said or in the nearest."""
    kind = cast(Kind, {"q": "quarter", "h": "half", "w": "week"}[match["letter"]])
    place = int(match["place"])
    said = match.groupdict()
    if said.get("fiscal"):
        return None if kind == "week" else _nth(calendar, kind, _fiscal(match), place)
    if said.get("year"):
        return _nth(calendar, kind, int(said["year"]), place)
    return _nearest((_nth(calendar, kind, year, place) for year in _years_around(today)), today)


# ---------------------------------------------------------------- what readings are made of


def _count(match: re.Match[str]) -> int:
    said = match["n"]
    return int(said) if said.isdigit() else _COUNTS.index(said) + 1 if said in _COUNTS else 1


def _weekday(match: re.Match[str]) -> int:
    return next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(match["weekday"][:3]))


def _month(match: re.Match[str]) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(match["month"][:3]))


def _fiscal(match: re.Match[str]) -> int:
    year = int(match["fiscal"])
    return 2000 + year if year < 100 else year


def _one(day: date) -> Span:
    return Span(day, day)


def _shifted(day: date, unit: str, count: int) -> Span:
    """The day `count` units from `day`; in a shorter month its last day."""
    if unit in ("day", "week"):
        return _one(day + timedelta(days=count * (7 if unit == "week" else 1)))
    year, month = divmod(day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit], 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError("beyond the calendar")
    return _one(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


def _whole_month(year: int, month: int) -> Span:
    first = date(year, month, 1)
    return Span(first, first.replace(day=monthrange(year, month)[1]))


def _day_in_month(month: int, day: int, year: str | None, today: date) -> Span | None:
    if year:
        return _one(date(int(year), month, day))
    leap = 8 if (month, day) == (2, 29) else 1  # from 1896 to 1904 there was no leap year
    date(2000, month, day)  # a day that no year has is an error
    years = _years_around(today, leap)
    return _nearest((_one(date(y, month, day)) for y in years if day <= monthrange(y, month)[1]), today)


def _nth(calendar: Calendar, kind: Kind, year: int, place: int) -> Span | None:
    found = calendar.nth(kind, year, place)
    return found and Span(found.first, found.last)


def _years_around(today: date, reach: int = 1) -> range:
    return range(max(today.year - reach, date.min.year), min(today.year + reach, date.max.year) + 1)


def _nearest(spans: Iterable[Span | None], today: date) -> Span | None:
    """The span with the fewest days between it and `today`; of two as near, the earlier."""
    known = [span for span in spans if span]
    return min(known, key=lambda span: max((span.first - today).days, (today - span.last).days, 0), default=None)


_STEPS: Final = "(?P<step>" + "|".join(_STEP) + ")"
_KIND: Final = r"(?P<kind>week|month|quarter|half|year)"
# Years are called by their end, and the last one ends after the calendar does.
_FISCAL: Final = r"fy ?(?P<fiscal>10000|\d{4}|\d{2})"

_READINGS: Final[tuple[tuple[re.Pattern[str], _Reading], ...]] = tuple(
    (re.compile(pattern, re.ASCII), reading)
    for pattern, reading in (
        (rf"{_N} {_UNIT} ago", _ago),
        (rf"in {_N} {_UNIT}", _ahead),
        (rf"{_N} {_UNIT} from (?:now|today)", _ahead),
        (rf"{_STEPS} {_N} {_UNIT}", _last_few),
        (rf"{_STEPS} {_KIND}(?: year)?", _neighbour),
        (rf"(?:{_STEPS} )?{_WEEKDAY}", _on_weekday),
        (rf"{_YEAR}-(?P<number>\d{{1,2}})-(?P<day>\d{{1,2}})", _iso_day),
        (rf"{_YEAR}(?P<number>\d{{2}})(?P<day>\d{{2}})", _iso_day),
        (rf"{_YEAR}/(?P<number>\d{{1,2}})/(?P<day>\d{{1,2}})", _iso_day),
        (rf"(?P<one>\d{{1,2}})/(?P<other>\d{{1,2}})/{_YEAR}", _slashed),
        (rf"(?P<day>\d{{1,2}})\. ?(?P<number>\d{{1,2}})\.?(?: ?{_YEAR})?", _dotted),
        (rf"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?", _named_day),
        (rf"{_MONTH} (?:the )?{_DAY}(?:,? {_YEAR})?", _named_day),
        (_YEAR, _year),
        (rf"{_YEAR}-(?P<number>\d{{1,2}})", _iso_month),
        (rf"{_MONTH}(?:,? {_YEAR})?", _named_month),
        (rf"{_YEAR}-?w(?P<week>\d{{2}})(?:-?(?P<weekday>[1-7]))?", _iso_week),
        (_FISCAL, _fiscal_year),
        (_PLACE, _place),
        (rf"{_PLACE}[ /-]?{_YEAR}", _place),
        (rf"{_YEAR}[ /-]?{_PLACE}", _place),
        (rf"{_PLACE} {_FISCAL}", _place),
        (rf"{_FISCAL} {_PLACE}", _place),
        (rf"(?P<letter>w)eek (?P<place>\d{{1,2}})(?:,? (?:of )?{_YEAR})?", _place),
    )
)
