"""Open check-boxes of earlier days: done, taken over to today, or dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from sqlalchemy.orm import Session

from app.core import days, items, journal
from app.core.errors import UserError

BACK: Final = timedelta(days=60)
_BOX: Final = re.compile(r"^(?P<lead>\s*(?:[-*+]|\d+[.)])\s+)\[ \]\s+(?P<text>\S.*)$", re.MULTILINE)
_FENCED: Final = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)

Fate = Literal["done", "moved", "dropped"]
_MARKS: Final[dict[Fate, str]] = {"done": "[x]", "moved": "[>]", "dropped": "[-]"}


_OPEN: Final = """
    SELECT item.id, entry.day, item.text FROM item CROSS JOIN entry ON entry.id = item.id
    WHERE item.deleted_at IS NULL AND item.moment >= ? AND item.moment < ?
      AND instr(item.text, '[ ] ') ORDER BY item.moment DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class OpenBox:
    """One open check-box: its entry, the day, and what is to do."""

    entry_id: int
    day: date
    text: str


def open_boxes(session: Session, before: date, *, limit: int = 20) -> list[OpenBox]:
    """Check-boxes left open in the `BACK` before a day, newest first."""
    low, _ = days.moments_of(before - BACK if before > date.min + BACK else date.min)
    high, _ = days.moments_of(before)
    found = [
        OpenBox(row.id, date.fromisoformat(row.day), match["text"].strip())
        for row in session.connection().exec_driver_sql(_OPEN, (low, high, limit))
        for match in _BOX.finditer(_FENCED.sub("", row.text))
    ]
    return found[:limit]


def settle(session: Session, box: OpenBox, fate: Fate, *, now: datetime) -> str:
    """Mark the box in its entry as done ``[x]``, moved ``[>]`` or dropped ``[-]``; returns the entry's old text.

    Raises:
        UserError: the entry or the box is no longer there.
    """
    entry = items.living(session, box.entry_id)
    before = entry.text
    for match in _BOX.finditer(before):
        if match["text"].strip() == box.text:
            start = match.end("lead")
            after = before[:start] + _MARKS[fate] + before[start + 3 :]
            journal.edit_text(session, entry.id, after, rev=entry.rev, now=now)
            return before
    raise UserError("This check-box is no longer in its entry.")
