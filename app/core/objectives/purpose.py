"""Purpose: why this career, in the user's own words, each wording with the day from which it held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError
from app.core.model import Purpose
from app.core.words import normal_text, title_in

ASK_AFTER: Final = timedelta(days=90)
_PURPOSES: Final = """
    SELECT purpose.id, item.text, purpose.since, purpose.asked_on
    FROM purpose CROSS JOIN item ON item.id = purpose.id
    WHERE item.deleted_at IS NULL ORDER BY purpose.since DESC, purpose.id DESC
"""


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """A wording of the purpose.

    Attributes:
        since: The day from which it held. confirmed: When it was last written or confirmed.
    """

    id: int
    text: str
    since: date
    confirmed: date


def purposes(session: Session) -> list[PurposeRow]:
    """Every wording, newest first; the first is what holds now."""
    return [
        PurposeRow(row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3] or row[2]))
        for row in session.connection().exec_driver_sql(_PURPOSES)
    ]


def is_worth_asking(purpose: PurposeRow, today: date) -> bool:
    """Whether nobody touched the purpose for 90 days, so that "still true?" may be asked, once."""
    return today - purpose.confirmed >= ASK_AFTER


# ---------------------------------------------------------------- commands


def say_purpose(session: Session, text: str, *, today: date, now: datetime) -> Purpose:
    """Give the purpose a new wording from today on; a second one on the same day replaces the first.

    Raises:
        FieldError: it says nothing.
    """
    text = normal_text(text).strip()
    if not text:
        raise FieldError("text", "Say in a sentence why you do this work, and for whom.")
    held = session.scalar(
        select(Purpose).where(Purpose.deleted_at.is_(None)).order_by(Purpose.since.desc(), Purpose.id.desc())
    )
    if held is not None and held.text == text:
        confirm_purpose(session, held.id, today=today)
        return held
    if held is not None and held.since == today:
        items.keep_version(session, held, now=now, new_text=text)
        held.text, held.title, held.changed_at = text, title_in(text), now
        session.flush()
        return held
    new = Purpose(text=text, title=title_in(text), since=today, asked_on=today)
    return items.add_item(session, new, now=now)


def confirm_purpose(session: Session, purpose_id: int, *, today: date) -> None:
    """Keep that the wording is still true today, so that nobody asks again for 90 days."""
    held = items.living(session, purpose_id)
    assert isinstance(held, Purpose)
    held.asked_on = today
    session.flush()
