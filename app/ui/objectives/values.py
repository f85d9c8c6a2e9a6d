"""Values of key results as the user's locale writes them, and the words for how they stand."""

from __future__ import annotations

import math
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from app.ui.kit.dates import short_day

NARROW_SPACE: Final = "\u202f"
NO_BREAK: Final = "\u00a0"

STATUS_ROLES: Final = {"on_track": "good", "done": "good", "at_risk": "warn", "behind": "bad"}
"""Token of the colour for each status; see `kit.theme`."""


def tr(text: str) -> str:
    """`text` in the user's language, from the context that all of this page shares."""
    return QCoreApplication.translate("objectives", text)


def status_text(status: str) -> str:
    """How something stands, in words."""
    return {
        "on_track": tr("On track"),
        "at_risk": tr("At risk"),
        "behind": tr("Behind"),
        "done": tr("Reached"),
    }[status]


def measure_texts() -> dict[str, str]:
    """The measures of key results by their names, the usual ones first."""
    return {
        "increase": tr("Increase"),
        "decrease": tr("Decrease"),
        "milestone": tr("Milestone"),
        "hold_above": tr("Hold at or above"),
        "hold_below": tr("Hold at or below"),
        "checklist": tr("Checklist"),
    }


def unit_kind_texts() -> dict[str, str]:
    """How numbers are written."""
    return {
        "number": tr("Number"),
        "percent": tr("Percent"),
        "currency": tr("Money"),
        "duration": tr("Duration"),
    }


def plain_number(value: float) -> str:
    """As few digits as say it: "1,240", "6.2", "0.0125"; four significant ones below a thousand."""
    size = abs(value)
    decimals = 0 if size >= 1000 else min(max(3 - math.floor(math.log10(size)), 0), 8) if size else 0
    rounded = round(value, decimals)
    while decimals and rounded == round(value, decimals - 1):
        decimals -= 1
    return QLocale().toString(float(rounded), "f", decimals)


def value_text(value: float | None, unit_kind: str, unit: str) -> str:
    """A reading with its unit: "41%", "€1,240", "6.2 min"; an en dash where there is none."""
    if value is None:
        return "–"
    number = plain_number(value)
    if unit_kind == "percent" or unit == "%":
        return f"{number}%" if _percent_is_close() else f"{number}{NARROW_SPACE}%"
    if unit_kind == "currency" and len(unit) <= 1:
        sign, digits = ("−", plain_number(-value)) if value < 0 else ("", number)
        symbol = unit or QLocale().currencySymbol()
        return f"{sign}{symbol}{digits}" if _symbol_leads() else f"{sign}{digits}{NO_BREAK}{symbol}"
    return f"{number}{NO_BREAK}{unit}" if unit else number


def standing_text(measure: str, value: float | None, target: float | None, unit_kind: str, unit: str) -> str:
    """What a key result last said, large on its card."""
    if value is None:
        return tr("No reading yet")
    if measure == "milestone":
        return tr("Reached") if value else tr("Not yet")
    if measure == "checklist":
        return tr("{done} of {all}").format(done=plain_number(value), all=plain_number(target or 0))
    return value_text(value, unit_kind, unit)


def way_text(measure: str, baseline: float | None, target: float | None, unit_kind: str, unit: str) -> str:
    """Where a key result comes from and goes to: "from 32% to 50%"."""
    if measure == "milestone":
        return tr("Milestone")
    if measure == "checklist":
        return tr("Checklist of {count}").format(count=plain_number(target or 0))
    goal = value_text(target, unit_kind, unit)
    if measure == "hold_above":
        return tr("hold at or above {goal}").format(goal=goal)
    if measure == "hold_below":
        return tr("hold at or below {goal}").format(goal=goal)
    plain = unit_kind in ("number", "duration")
    start = plain_number(baseline or 0) if plain else value_text(baseline, unit_kind, unit)
    return tr("from {start} to {goal}").format(start=start, goal=goal)


def share_text(share: float | None) -> str:
    """A share of the way as whole percent: "62%"; an en dash where it is unknown."""
    return value_text(None if share is None else math.floor(share * 100 + 0.5), "percent", "")


def grade_text(grade: float) -> str:
    """A grade with one place, or two where it has them: "0.7", "0.95"."""
    return QLocale().toString(grade, "f", 1 if abs(grade * 10 - round(grade * 10)) < 1e-6 else 2)


def days_left_text(days: int | None) -> str:
    """ "38 days left", "last day", "ended 3 days ago"; nothing without a period."""
    if days is None:
        return ""
    if days == 0:
        return tr("last day")
    if days == 1:
        return tr("1 day left")
    if days > 1:
        return tr("{count} days left").format(count=plain_number(days))
    if days == -1:
        return tr("ended yesterday")
    return tr("ended {count} days ago").format(count=plain_number(-days))


def due_text(due: date | None, today: date) -> str:
    """ "Due 31 Dec"."""
    return tr("Due {day}").format(day=short_day(due, today)) if due else ""


def _percent_is_close() -> bool:
    """Whether the locale writes "5%" rather than "5 %" (CLDR's percent patterns; Qt does not expose them)."""
    spaced = {"de", "fr", "es", "sv", "fi", "da", "nb", "nn", "cs", "sk", "ru", "uk", "bg", "sl", "hr", "sr", "be"}
    return QLocale().name().split("_")[0] not in spaced


def _symbol_leads() -> bool:
    return QLocale().toCurrencyString(1.0, "¤").startswith("¤")
