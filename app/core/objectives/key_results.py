"""Key results: the measures of an objective."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import UserError
from app.core.model import CheckIn, Goalpost, KeyResult
from app.core.objectives.drafts import KeyResultDraft, one_line, plain, refuse
from app.core.objectives.objective import open_objective, period_draft
from app.core.words import normal_text


def key_result_draft(session: Session, key_result_id: int) -> tuple[KeyResultDraft, int]:
    """The key result as its form holds it, and the `rev` to hand back with the change.

    Raises:
        UserError: it is gone or in the Trash.
    """
    found = living_key_result(session, key_result_id)
    return draft_of(found), found.rev


def draft_of(result: KeyResult) -> KeyResultDraft:
    """`result` as a form holds it."""
    return KeyResultDraft(
        title=result.title,
        measure=result.measure,
        baseline=result.baseline,
        target=result.target,
        unit=result.unit,
        unit_kind=result.unit_kind,
        due=result.due,
        weight=result.weight,
        rhythm_days=result.rhythm_days,
        guard=result.guard,
        text=result.text,
    )


def living_key_result(session: Session, key_result_id: int, *, rev: int | None = None) -> KeyResult:
    """The mapped key result, ready to be changed by somebody who last saw `rev`.

    Raises:
        UserError: it is gone, in the Trash or no key result. ChangedMeanwhile: it is no longer at `rev`.
    """
    found = items.living(session, key_result_id, rev=rev)
    if not isinstance(found, KeyResult):
        raise UserError("This is not a key result.")
    return found


def goalposts(session: Session, key_result_id: int) -> list[Goalpost]:
    """How the key result was measured before, oldest first; each held up to and with its `until`."""
    query = select(Goalpost).where(Goalpost.key_result_id == key_result_id)
    return list(session.scalars(query.order_by(Goalpost.until, Goalpost.id)))


# ---------------------------------------------------------------- commands


def add_key_result(session: Session, objective_id: int, draft: KeyResultDraft, *, now: datetime) -> KeyResult:
    """A new key result at the end of an open objective's list.

    Raises:
        FieldError: the draft is not sound. UserError: the objective is closed or gone.
    """
    objective = open_objective(session, objective_id)
    last = session.scalar(select(func.max(KeyResult.position)).where(KeyResult.objective_id == objective_id))
    new = KeyResult(objective_id=objective_id, position=0 if last is None else last + 1)
    refuse(draft.problems(period_draft(objective.period)))
    _take(new, draft)
    return items.add_item(session, new, now=now)


def edit_key_result(
    session: Session, key_result_id: int, draft: KeyResultDraft, *, rev: int, today: date, now: datetime
) -> KeyResult:
    """Change a key result last seen at `rev`, of an open objective.

    Once it has a check-in, a changed measure, number or due day leaves a goalpost: what held until today.

    Raises:
        FieldError: the draft is not sound. UserError: the objective is closed, or something is gone.
    """
    found = living_key_result(session, key_result_id, rev=rev)
    objective = open_objective(session, found.objective_id)
    refuse(draft.problems(period_draft(objective.period)))
    text = normal_text(draft.text)
    if text != found.text:
        items.keep_version(session, found, now=now, new_text=text)
    before = Goalpost(
        key_result_id=found.id,
        until=today,
        measure=found.measure,
        baseline=found.baseline,
        target=found.target,
        due=found.due,
        at=now,
    )
    _take(found, draft)
    _keep_goalpost(session, found, before)
    found.changed_at = now
    session.flush()
    return found


def order_key_results(session: Session, objective_id: int, ids: Sequence[int]) -> None:
    """Show the key results of an objective in the order of `ids`; those left out follow in their old order."""
    objective = open_objective(session, objective_id)
    rank = {key_result_id: place for place, key_result_id in enumerate(ids)}
    held = sorted(objective.key_results, key=lambda result: (rank.get(result.id, len(rank)), result.position))
    for place, result in enumerate(held):
        result.position = place
    session.flush()


def trash_key_result(session: Session, key_result_id: int, *, now: datetime) -> list[int]:
    """Move a key result to the Trash; its check-ins stay in the journal.

    Returns:
        What went, to hand to `items.restore`.
    """
    found = living_key_result(session, key_result_id)
    open_objective(session, found.objective_id)
    items.trash(session, [key_result_id], now=now)
    return [key_result_id]


def _keep_goalpost(session: Session, result: KeyResult, before: Goalpost) -> None:
    """Keep `before` when it differs from what `result` says now; of one day, what stood first is kept."""
    with session.no_autoflush:
        if _aim(result) == _aim(before):
            return
        measured = select(CheckIn.id).where(CheckIn.key_result_id == result.id, CheckIn.deleted_at.is_(None))
        moved = select(Goalpost).where(Goalpost.key_result_id == result.id, Goalpost.until == before.until)
        kept = session.scalar(moved)
        if kept is not None and _aim(kept) == _aim(result):
            session.delete(kept)
        elif kept is None and session.scalar(measured.limit(1)):
            session.add(before)


def _aim(held: KeyResult | Goalpost) -> tuple[str, float | None, float | None, date | None]:
    return held.measure, held.baseline, held.target, held.due


def _take(result: KeyResult, draft: KeyResultDraft) -> None:
    milestone, counted = draft.measure == "milestone", draft.measure in ("milestone", "checklist")
    result.title, result.text = one_line(draft.title), normal_text(draft.text)
    result.measure = draft.measure
    result.baseline = None if counted else plain(draft.baseline)
    result.target = None if milestone else plain(draft.target)
    result.unit, result.unit_kind = ("", "number") if counted else (one_line(draft.unit), draft.unit_kind)
    result.due, result.weight = draft.due, draft.weight
    result.rhythm_days, result.guard = draft.rhythm_days, one_line(draft.guard)
