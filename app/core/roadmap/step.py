"""A step: made, edited, moved, finished, proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError, UserError
from app.core.model import Link, Step, StepOrder
from app.core.repeating import next_day, shifted
from app.core.roadmap.drafts import STATES, Finish, Problems, StepDraft
from app.core.store import touch
from app.core.words import normal_text


def draft_of(session: Session, step_id: int) -> tuple[StepDraft, int]:
    """The step as a form needs it, and its `rev`."""
    step = _living(session, step_id)
    beside = ("notes", "serves", "after")
    own = {each.name: getattr(step, each.name) for each in fields(StepDraft) if each.name not in beside}
    query = select(Link.target_id).where(Link.source_id == step_id, Link.role == "serves").order_by(Link.id)
    serves, after = tuple(session.scalars(query)), tuple(_befores(session, step_id))
    return StepDraft(**own, notes=step.text, serves=serves, after=after), step.rev


def add_step(session: Session, draft: StepDraft, *, now: datetime) -> Step:
    """Put a step on the roadmap, at the end of its column.

    Raises:
        FieldError: the draft is not sound.
    """
    _refuse(draft.problems())
    last = session.scalar(select(func.max(Step.position)))
    step = Step(position=(last or 0.0) + 1.0)
    _fill(step, draft)
    step.planned_first, step.planned_last = draft.first, draft.last
    items.add_item(session, step, now=now)
    _serve(session, step.id, draft.serves, now)
    _come_after(session, step.id, draft.after)
    _check_parent(session, step)
    return step


def edit_step(session: Session, step_id: int, draft: StepDraft, *, rev: int, today: date, now: datetime) -> int:
    """Change a step last seen at `rev`; returns the new one.

    Raises:
        FieldError: the draft is not sound, or makes a step a part of itself. ChangedMeanwhile: see `items.living`.
    """
    _refuse(draft.problems())
    step = _living(session, step_id, rev=rev)
    if step.text.strip() and step.text != draft.notes:
        items.keep_version(session, step, now=now, new_text=draft.notes)
    _fill(step, draft)
    if step.planned_first is None:
        step.planned_first, step.planned_last = draft.first, draft.last
    _set_state(step, draft.state, today)
    step.changed_at = now
    _serve(session, step_id, draft.serves, now)
    _come_after(session, step_id, draft.after)
    _check_parent(session, step)
    _check_order(session, step_id)
    session.flush()
    return step.rev


def move_step(
    session: Session,
    step_id: int,
    *,
    first: date | None,
    last: date | None,
    today: date,
    now: datetime,
) -> tuple[date | None, date | None]:
    """Move or stretch a step in time; returns where it stood."""
    draft, rev = draft_of(session, step_id)
    before = draft.first, draft.last
    edit_step(session, step_id, _with(draft, first=first, last=last), rev=rev, today=today, now=now)
    return before


def change_step(
    session: Session, step_id: int, values: Mapping[str, Any], *, today: date, now: datetime
) -> StepDraft:
    """Say something else in some fields of a step; returns what all of them said before.

    Raises:
        FieldError: a value cannot be.
    """
    draft, rev = draft_of(session, step_id)
    edit_step(session, step_id, _with(draft, **values), rev=rev, today=today, now=now)
    return draft


def place_step(
    session: Session,
    step_id: int,
    *,
    horizon: str | None,
    state: str,
    before_id: int | None = None,
    today: date,
    now: datetime,
) -> tuple[str, str, float]:
    """Put a step into a column of the board, before another or at its end; returns (horizon, state, position)."""
    step = _living(session, step_id)
    was = step.horizon, step.state, step.position
    if horizon is not None:
        step.horizon = horizon
    _set_state(step, state, today)
    step.position = _position(session, step_id, before_id)
    step.changed_at = now
    session.flush()
    return was


def put_back(session: Session, step_id: int, was: tuple[str, str, float], *, today: date, now: datetime) -> None:
    """Take `place_step` back."""
    step = _living(session, step_id)
    step.horizon, step.position = was[0], was[2]
    _set_state(step, was[1], today)
    step.changed_at = now
    session.flush()


def finish_step(session: Session, step_id: int, finish: Finish, *, today: date, now: datetime) -> int | None:
    """Mark a step as done today, with what was learned and what is done differently now.

    Returns:
        The id of the step that comes next where this one repeats; it waits in Next with its own days.
    """
    step = _living(session, step_id)
    _set_state(step, "done", today)
    step.learned, step.differently = normal_text(finish.learned).strip(), normal_text(finish.differently).strip()
    step.changed_at = now
    session.flush()
    return _come_again(session, step_id, today=today, now=now) if step.repeats and step.first else None


def prove_step(session: Session, step_id: int, proof: str, *, now: datetime) -> None:
    """Say what proves a finished step, or that nothing does ("-")."""
    step = _living(session, step_id)
    step.proof, step.changed_at = normal_text(proof).strip(), now
    session.flush()


# ---------------------------------------------------------------- inside


def _with(draft: StepDraft, **changes: Any) -> StepDraft:
    own = {each.name: getattr(draft, each.name) for each in fields(StepDraft)}
    return StepDraft(**(own | changes))


def _refuse(problems: Problems) -> None:
    for name, sentence in problems.items():
        raise FieldError(name, sentence)


def _living(session: Session, step_id: int, *, rev: int | None = None) -> Step:
    found = items.living(session, step_id, rev=rev)
    if not isinstance(found, Step):
        raise UserError("This is not a step.")
    return found


def _fill(step: Step, draft: StepDraft) -> None:
    for each in fields(StepDraft):
        if each.name not in ("title", "notes", "serves", "after", "state"):
            setattr(step, each.name, getattr(draft, each.name))
    step.title = " ".join(normal_text(draft.title).split())
    step.text = normal_text(draft.notes)
    step.facts = "\n".join(part for part in ("", draft.provider, draft.place) if part)
    step.state = step.state or draft.state


def _set_state(step: Step, state: str, today: date) -> None:
    if state not in STATES:
        raise FieldError("state", "Choose one of those that are offered.")
    if state != step.state:
        step.done_on = today if state == "done" else None
    step.state = state


def _come_again(session: Session, step_id: int, *, today: date, now: datetime) -> int | None:
    draft, _ = draft_of(session, step_id)
    assert draft.first is not None
    begun = today if draft.repeats_from == "done" else draft.first
    next_first = next_day(draft.repeats, begun, max(begun, today if draft.repeats_from == "done" else draft.first))
    if next_first is None:
        return None
    first, last = shifted(draft.first, draft.last, next_first)
    spent = {"hours_spent": None, "cost_spent": None, "apply_by": None, "after": ()}
    again = _with(draft, first=first, last=last, state="planned", horizon="next", **spent)
    return add_step(session, again, now=now).id


def _befores(session: Session, step_id: int) -> list[int]:
    query = select(StepOrder.before_id).where(StepOrder.step_id == step_id).order_by(StepOrder.id)
    return list(session.scalars(query))


def _come_after(session: Session, step_id: int, befores: Sequence[int]) -> None:
    """Make the steps that come before this one exactly `befores`."""
    known = _befores(session, step_id)
    gone = [each for each in known if each not in befores]
    session.execute(delete(StepOrder).where(StepOrder.step_id == step_id, StepOrder.before_id.in_(gone)))
    session.add_all(StepOrder(step_id=step_id, before_id=each) for each in befores if each not in known)
    session.flush()
    touch(session, Step)


def _serve(session: Session, step_id: int, targets: Iterable[int], now: datetime) -> None:
    query = select(Link).where(Link.source_id == step_id, Link.role == "serves")
    held = {link.target_id: link for link in session.scalars(query)}
    wanted = set(targets)
    for target, link in held.items():
        if target not in wanted:
            session.delete(link)
    for target in sorted(wanted - held.keys()):
        items.link(session, step_id, target, "serves", now=now)
    session.flush()
    touch(session, Link)


def _check_parent(session: Session, step: Step) -> None:
    seen, above = {step.id}, step.parent_id
    while above is not None:
        if above in seen:
            raise FieldError("parent_id", "A step cannot be a part of itself.")
        seen.add(above)
        above = session.scalar(select(Step.parent_id).where(Step.id == above))


def _check_order(session: Session, step_id: int) -> None:
    """Refuse a step that comes after itself, over whatever others."""
    before: dict[int, list[int]] = {}
    for source, target in session.execute(select(StepOrder.step_id, StepOrder.before_id)):
        before.setdefault(source, []).append(target)
    seen, waiting = set[int](), list(before.get(step_id, ()))
    while waiting:
        at = waiting.pop()
        if at == step_id:
            raise FieldError("after", "A step cannot come after itself, not even over others.")
        if at not in seen:
            seen.add(at)
            waiting += before.get(at, [])


def _position(session: Session, step_id: int, before_id: int | None) -> float:
    query = select(Step.position).where(Step.id != step_id, Step.deleted_at.is_(None))
    if before_id is None:
        return (session.scalar(query.order_by(Step.position.desc()).limit(1)) or 0.0) + 1.0
    after = session.scalar(select(Step.position).where(Step.id == before_id)) or 0.0
    below = session.scalar(query.where(Step.position < after).order_by(Step.position.desc()).limit(1))
    return (after + below) / 2 if below is not None else after - 1.0
