"""Days and times as the user's locale writes them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime


def qdate(day: date) -> QDate:
    """`day` for Qt."""
    return QDate(day.year, day.month, day.day)


def long_day(day: date) -> str:
    """As in "Monday, 23 November 2026", in the order and words of the locale."""
    return QLocale().toString(qdate(day), QLocale.FormatType.LongFormat)


def weekday_and_day(day: date) -> str:
    """As in "Monday 23 November"."""
    return _text(day, "dddd {}", "MMMM")


def day_and_year(day: date) -> str:
    """As in "23 November 2026"."""
    return _text(day, "{} yyyy", "MMMM")


def short_day(day: date, today: date) -> str:
    """As in "23 Nov", with the year when it is not this one."""
    return _text(day, "{}", "MMM") if day.year == today.year else short_day_and_year(day)


def short_day_and_year(day: date) -> str:
    """As in "23 Nov 2026"."""
    return _text(day, "{} yyyy", "MMM")


def weekday_and_short_day(day: date, today: date) -> str:
    """As in "Mon 23 Nov", with the year when it is not this one."""
    return _text(day, "ddd {}" if day.year == today.year else "ddd {} yyyy", "MMM")


def month_text(day: date) -> str:
    """As in "November 2026"."""
    locale = QLocale()
    return f"{locale.standaloneMonthName(day.month)} {day.year}"


def period_text(first: date, last: date) -> str:
    """Both ends of a period with the year said once where it is one: "1 Oct – 31 Dec 2026"."""
    begin = _text(first, "{}" if first.year == last.year else "{} yyyy", "MMM")
    return begin + " – " + short_day_and_year(last)


def _text(day: date, pattern: str, month: str) -> str:
    """`day` by a Qt pattern in which {} is day and month, in the locale's order."""
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    month_first = "M" in short and short.index("M") < short.find("d")
    parts = f"{month} d" if month_first else f"d {month}"
    return QLocale().toString(
        qdate(day), pattern.format(parts + "," if month_first and "yyyy" in pattern else parts)
    )


def relative_day(day: date, today: date) -> str:
    """One of "Today", "Yesterday", "Tomorrow", a weekday within the last week, otherwise `short_day`."""
    apart = (today - day).days
    near = {
        0: QCoreApplication.translate("dates", "Today"),
        1: QCoreApplication.translate("dates", "Yesterday"),
        -1: QCoreApplication.translate("dates", "Tomorrow"),
    }
    if apart in near:
        return near[apart]
    if 0 < apart < 7:
        return QLocale().toString(qdate(day), "dddd")
    return short_day(day, today)


def distance(then: date, day: date) -> str:
    """How long `then` was before `day`, as in "2 years ago" or "3 months ago"."""
    months = (day.year - then.year) * 12 + day.month - then.month
    years = months // 12
    if months % 12 == 0 and years:
        said = QCoreApplication.translate("dates", "A year ago" if years == 1 else "{count} years ago")
        return said.format(count=years)
    said = QCoreApplication.translate("dates", "A month ago" if months == 1 else "{count} months ago")
    return said.format(count=months)


def time_text(at: datetime, zone: str | None) -> str:
    """The local time of an instant, such as "09:30"."""
    from zoneinfo import ZoneInfo

    local = at.astimezone(ZoneInfo(zone) if zone else None)
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
