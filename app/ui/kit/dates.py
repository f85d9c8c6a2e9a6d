"""Days and times as the user's locale writes them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime


def qdate(day: date) -> QDate:
    """`day` for Qt."""
    return QDate(day.year, day.month, day.day)


def long_day(day: date) -> str:
    """ "Monday, 23 November 2026", in the order and words of the locale."""
    return QLocale().toString(qdate(day), QLocale.FormatType.LongFormat)


def weekday_and_day(day: date) -> str:
    """ "Monday 23 November"."""
    return QLocale().toString(qdate(day), "dddd d MMMM")


def short_day(day: date, today: date) -> str:
    """ "23 Nov", with the year when it is not this one."""
    return QLocale().toString(qdate(day), "d MMM" if day.year == today.year else "d MMM yyyy")


def relative_day(day: date, today: date) -> str:
    """ "Today", "Yesterday", "Tomorrow", a weekday within the last week, otherwise `short_day`."""
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


def time_text(at: datetime, zone: str | None) -> str:
    """The local time of an instant, such as "09:30"."""
    local = at.astimezone(ZoneInfo(zone) if zone else None)
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
