"""Check-ins: what a key result stood at on a day, how sure one was, and why; entries of the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import days, items, journal
from app.core.errors import UserError
from app.core.model import CheckIn, KeyResult, Objective, Version
from app.core.objectives.drafts import CheckInDraft, plain, refuse
from app.core.objectives.key_results import living_key_result
from app.core.objectives.objective import CLOSED_STATES, living_objective
from app.core.settings import settings
from app.core.words import normal_text


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """A check-in as lists and charts show it; `value` and `confidence` are None where nothing was said."""

    id: int
    key_result_id: int
    day: date
    value: float | None
    confidence: int | None
    note: str


# ---------------------------------------------------------------- queries


def check_ins(session: Session, key_result_id: int) -> list[CheckInRow]:
    """The living check-ins on a key result, oldest first; of one day, the last is what counts."""
    query = (
        select(CheckIn.id, CheckIn.key_result_id, CheckIn.day, CheckIn.value, CheckIn.confidence, CheckIn.text)
        .where(CheckIn.key_result_id == key_result_id, CheckIn.deleted_at.is_(None))
        .order_by(CheckIn.moment)
    )
    return [CheckInRow(*row) for row in session.execute(query)]


def check_in_draft(session: Session, check_in_id: int) -> tuple[CheckInDraft, int]:
    """The check-in as its form holds it, and the `rev` to hand back with the change.

    Raises:
        UserError: it is gone or in the Trash.
    """
    found = _living_check_in(session, check_in_id)
    draft = CheckInDraft(found.key_result_id, found.day, found.value, found.confidence, found.text)
    return draft, found.rev


def place_of(session: Session, item_id: int) -> tuple[int, int | None] | None:
    """(objective, key result) that show the item: an objective, a key result or a check-in; None for others."""
    if result_id := session.scalar(select(CheckIn.key_result_id).where(CheckIn.id == item_id)):
        item_id = result_id
    if objective_id := session.scalar(select(KeyResult.objective_id).where(KeyResult.id == item_id)):
        return objective_id, item_id
    found = session.scalar(select(Objective.id).where(Objective.id == item_id))
    return None if found is None else (found, None)


# ---------------------------------------------------------------- commands


def check_in(session: Session, draft: CheckInDraft, *, now: datetime, zone: str) -> CheckIn:
    """Write a check-in into the journal, on any day up to today.

    Raises:
        FieldError: the draft is not sound. UserError: the objective is closed, or something is gone.
    """
    _refuse(session, draft, now=now, zone=zone)
    today = _today(session, now, zone)
    new = CheckIn(
        key_result_id=draft.key_result_id,
        day=draft.day,
        at=now if draft.day == today else None,
        zone=zone,
        value=plain(draft.value),
        confidence=draft.confidence,
    )
    journal.file_entry(session, new, text=draft.note, now=now)
    return new


def edit_check_in(
    session: Session, check_in_id: int, draft: CheckInDraft, *, rev: int, now: datetime, zone: str
) -> CheckIn:
    """Change a check-in last seen at `rev`; it may move to another day, or to another key result.

    What it said before is kept as a version.

    Raises:
        FieldError: the draft is not sound. UserError: the objective is closed, or something is gone.
    """
    found = _living_check_in(session, check_in_id, rev=rev)
    _refuse(session, draft, now=now, zone=zone)
    _keep_version(session, found, draft, now=now)
    if draft.day != found.day:
        journal.move_to_day(session, check_in_id, draft.day, now=now)
    found.key_result_id, found.value, found.confidence = draft.key_result_id, plain(draft.value), draft.confidence
    found.changed_at = now
    session.flush()  # the note is saved against the `rev` that these numbers got
    if normal_text(draft.note) != found.text:
        journal.edit_text(session, check_in_id, draft.note, rev=found.rev, now=now)
    session.flush()
    return found


def _living_check_in(session: Session, check_in_id: int, *, rev: int | None = None) -> CheckIn:
    found = items.living(session, check_in_id, rev=rev)
    if not isinstance(found, CheckIn):
        raise UserError("This is not a check-in.")
    return found


def _keep_version(session: Session, found: CheckIn, draft: CheckInDraft, *, now: datetime) -> None:
    """Keep the numbers with their note, which tells what they meant, when the numbers change."""
    before = {"day": found.day.isoformat(), "value": found.value, "confidence": found.confidence}
    after = {"day": draft.day.isoformat(), "value": plain(draft.value), "confidence": draft.confidence}
    if before != after:
        extra = json.dumps(before)
        session.add(
            Version(item_id=found.id, at=now, rev=found.rev, title=found.title, text=found.text, extra=extra)
        )


def _refuse(session: Session, draft: CheckInDraft, *, now: datetime, zone: str) -> None:
    result = living_key_result(session, draft.key_result_id)
    if living_objective(session, result.objective_id).state in CLOSED_STATES:
        raise UserError("This objective is closed, so it takes no check-ins. Reopen it first.")
    today = _today(session, now, zone)
    refuse(draft.problems(measure=result.measure, target=result.target, unit_kind=result.unit_kind, today=today))


def _today(session: Session, now: datetime, zone: str) -> date:
    return days.journal_day(now, zone, settings(session).day_start)
