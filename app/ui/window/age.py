"""How old the newest backup is, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.ui.kit import dates

OLD: Final = timedelta(hours=2)


def age_text(at: datetime | None, *, now: datetime, has_failed: bool, has_written: bool) -> str:
    """What the status line says of the newest backup.

    Args:
        at: When it was taken; None while there is none.
        has_failed: Whether the last attempt did.
        has_written: Whether anything was written since the start.
    """
    if at is None:
        return _tr("Not backed up")
    said = _since(at, now)
    if has_failed:
        return _tr("Last backup failed; the one before is from {when}").format(when=said)
    if not has_written and at < now - OLD:
        return _tr("Backed up {when}, nothing written since").format(when=said)
    return _tr("Backed up {when}").format(when=said)


def _since(at: datetime, now: datetime) -> str:
    minutes = int((now - at).total_seconds() // 60)
    if minutes < -1:  # the clock was wrong then, or is now
        return _tr("on {day}").format(day=dates.day_and_year(at.astimezone().date()))
    if minutes < 2:
        return _tr("just now")
    if minutes < 60:
        return _tr("{count} minutes ago").format(count=minutes)
    if minutes < 48 * 60:
        hours = minutes // 60
        return _tr("an hour ago") if hours == 1 else _tr("{count} hours ago").format(count=hours)
    return _tr("{count} days ago").format(count=minutes // 1440)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BackupAge", text)
