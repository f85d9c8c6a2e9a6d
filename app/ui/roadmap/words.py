"""What forms, states and columns of steps are called, and which icon stands for a form."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.core.roadmap import StepRow
from app.ui.kit import dates

FORM_ICONS: Final = {
    "education": "graduation-cap",
    "workshop": "presentation",
    "conference": "mic",
    "reading": "book-open",
    "practice": "dumbbell",
    "mentoring": "handshake",
    "coaching": "compass",
    "role": "briefcase",
    "project": "rocket",
}
_WORDS: Final[dict[str, Any]] = {
    "education": QT_TRANSLATE_NOOP("steps", "Education"),
    "workshop": QT_TRANSLATE_NOOP("steps", "Workshop"),
    "conference": QT_TRANSLATE_NOOP("steps", "Conference"),
    "reading": QT_TRANSLATE_NOOP("steps", "Reading"),
    "practice": QT_TRANSLATE_NOOP("steps", "Practice"),
    "mentoring": QT_TRANSLATE_NOOP("steps", "Mentoring"),
    "coaching": QT_TRANSLATE_NOOP("steps", "Coaching"),
    "role": QT_TRANSLATE_NOOP("steps", "Role"),
    "project": QT_TRANSLATE_NOOP("steps", "Project"),
    "idea": QT_TRANSLATE_NOOP("steps", "Idea"),
    "planned": QT_TRANSLATE_NOOP("steps", "Planned"),
    "doing": QT_TRANSLATE_NOOP("steps", "Doing"),
    "done": QT_TRANSLATE_NOOP("steps", "Done"),
    "dropped": QT_TRANSLATE_NOOP("steps", "Dropped"),
    "now": QT_TRANSLATE_NOOP("steps", "Now"),
    "next": QT_TRANSLATE_NOOP("steps", "Next"),
    "later": QT_TRANSLATE_NOOP("steps", "Later"),
    "mentor": QT_TRANSLATE_NOOP("steps", "Mentor"),
    "coach": QT_TRANSLATE_NOOP("steps", "Coach"),
    "manager": QT_TRANSLATE_NOOP("steps", "Manager"),
    "peer": QT_TRANSLATE_NOOP("steps", "Peer"),
    "sponsor": QT_TRANSLATE_NOOP("steps", "Sponsor"),
    "customer": QT_TRANSLATE_NOOP("steps", "Customer"),
}


def word(name: str) -> str:
    """A form, a state or a column as the window calls it."""
    return QCoreApplication.translate("steps", _WORDS[name])


def relation_word(name: str) -> str:
    """What somebody is to the user, as the window calls it; blank when it was not said."""
    return word(name) if name else ""


def when(row: StepRow, today: date) -> str:
    """The days of a step in short, or that it has none."""
    if row.first is None:
        return QCoreApplication.translate("steps", "No days yet")
    if row.last is None:
        return QCoreApplication.translate("steps", "from {day}").format(day=dates.short_day(row.first, today))
    if row.first == row.last:
        return dates.short_day(row.first, today)
    return f"{dates.short_day(row.first, today)} – {dates.short_day(row.last, today)}"
