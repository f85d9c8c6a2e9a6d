"""The personal roadmap: steps with what they serve, moved, finished, and followed up to the purpose."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session, aliased

from app.core import items
from app.core.errors import FieldError, UserError
from app.core.model import Item, KeyResult, Link, Objective, Purpose, Step, StepOrder
from app.core.repeating import is_rule, next_day, shifted
from app.core.store import touch
from app.core.words import normal_text

FORMS: Final = (
    "education", "workshop", "conference", "reading", "practice", "mentoring", "coaching", "role", "project",
)  # fmt: skip
STATES: Final = ("idea", "planned", "doing", "done", "dropped")
HORIZONS: Final = ("now", "next", "later")
OPEN: Final = ("idea", "planned", "doing")
UNDER_WAY: Final = ("draft", "active", "paused")
SERVED: Final = ("key_result", "skill", "objective")

LONGEST_TITLE: Final = 300
LONGEST_STEP: Final = timedelta(days=366 * 100)
LARGEST: Final = 1e9
PROOF_AFTER: Final = timedelta(days=30)
"""So long after the end of a step it is worth asking what proves it."""

FOCUS: Final = 3
"""More steps than this at once are none in focus."""

Problems = dict[str, str]


# Past the unit of work: Today reads them at every start, where compiling them would take longest.
_STEPS: Final = """
    SELECT step.id, item.rev, item.title, step.form, step.state, step.horizon, step.first, step.last,
           step.planned_first, step.planned_last, step.apply_by, step.parent_id, step.position,
           step.hours_planned, step.proof, step.done_on, step.repeats
    FROM step CROSS JOIN item ON item.id = step.id WHERE item.deleted_at IS NULL {which}
    ORDER BY step.position, step.first IS NULL, step.first, step.id
"""
_SERVED: Final = """
    SELECT link.source_id, item.title
    FROM step CROSS JOIN link ON link.source_id = step.id CROSS JOIN item ON item.id = link.target_id
    WHERE link.role = 'serves' AND item.deleted_at IS NULL AND item.kind IN ('{kinds}') ORDER BY link.id
"""


_WAITING: Final = """
    SELECT step_order.step_id, item.title
    FROM step_order JOIN step ON step.id = step_order.before_id JOIN item ON item.id = step.id
    WHERE item.deleted_at IS NULL AND step.state NOT IN ('done', 'dropped') ORDER BY step_order.id
"""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What a form holds of a step.

    Attributes:
        serves: Ids of the key results, skills and objectives that it serves.
        hours_*, cost_*: None when not said.
        repeats, repeats_from: see `Step`. after: steps that come before this one.
    """

    title: str = ""
    form: str = "practice"
    notes: str = ""
    state: str = "idea"
    horizon: str = "next"
    first: date | None = None
    last: date | None = None
    apply_by: date | None = None
    parent_id: int | None = None
    hours_planned: float | None = None
    hours_spent: float | None = None
    cost_planned: float | None = None
    cost_spent: float | None = None
    currency: str = ""
    provider: str = ""
    place: str = ""
    url: str = ""
    serves: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    repeats: str = ""
    repeats_from: str = "plan"

    def problems(self) -> Problems:
        """What keeps this step from being saved: field name → sentence."""
        found: Problems = {}
        if not self.title.strip():
            found["title"] = "Say what the step is, such as “Shadow three sales calls”."
        elif len(self.title) > LONGEST_TITLE:
            found["title"] = f"A title has at most {LONGEST_TITLE} characters."
        for name, value, known in (
            ("form", self.form, FORMS),
            ("state", self.state, STATES),
            ("horizon", self.horizon, HORIZONS),
        ):
            if value not in known:
                found[name] = "Choose one of those that are offered."
        if self.repeats and self.first is None:
            found["repeats"] = "Say when it begins first; it comes again from there."
        elif self.repeats and not is_rule(self.repeats, self.first or date.min):
            found["repeats"] = "This rule names no days. Choose one that is offered."
        if self.repeats_from not in ("plan", "done"):
            found["repeats_from"] = "Choose one of those that are offered."
        if self.last is not None and self.first is None:
            found["first"] = "Say when it begins, or leave the end open."
        elif self.first is not None and self.last is not None:
            if self.last < self.first:
                found["last"] = "It cannot end before it begins."
            elif self.last - self.first > LONGEST_STEP:
                found["last"] = "A step of more than a hundred years is none. Check the year."
        for name in ("hours_planned", "hours_spent", "cost_planned", "cost_spent"):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and 0 <= value <= LARGEST):
                found[name] = "Enter a number from 0 to a thousand million."
        return found


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as the board and the timeline show it.

    Attributes:
        planned_first, planned_last: The days of the first plan where they differ from today's.
        serves: Titles of what it serves. parts, parts_done: its sub-steps.
        asks_proof: Whether it is done so long that one may ask what proves it.
        waits_for: Titles of steps that come before it and are not done.
    """

    id: int
    rev: int
    title: str
    form: str
    state: str
    horizon: str
    first: date | None
    last: date | None
    planned_first: date | None
    planned_last: date | None
    apply_by: date | None
    parent_id: int | None
    position: float
    hours_planned: float | None
    serves: tuple[str, ...] = ()
    parts: int = 0
    parts_done: int = 0
    asks_proof: bool = False
    waits_for: tuple[str, ...] = ()
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """What the finish of a step asks; both may stay blank."""

    learned: str = ""
    differently: str = ""


# ---------------------------------------------------------------- queries


def steps(session: Session, *, today: date, with_closed: bool = True) -> list[StepRow]:
    """Every living step, in the order of the board: by place, then by the day it begins."""
    which = "" if with_closed else "AND step.state IN ('" + "', '".join(OPEN) + "')"
    found = session.connection().exec_driver_sql(_STEPS.format(which=which)).all()
    if not found:
        return []
    served = _served(session)
    waiting: dict[int, list[str]] = {}
    for source, title in session.connection().exec_driver_sql(_WAITING):
        waiting.setdefault(source, []).append(title)
    parts: dict[int, list[str]] = {}
    for row in found:
        if row.parent_id is not None:
            parts.setdefault(row.parent_id, []).append(row.state)
    return [
        _row(row, served.get(row.id, ()), parts.get(row.id, []), today, waiting.get(row.id, ())) for row in found
    ]


def in_focus(session: Session, *, today: date) -> list[StepRow]:
    """The steps that are under way, at most `FOCUS`, those that end first."""
    doing = [row for row in steps(session, today=today, with_closed=False) if row.state == "doing"]
    return sorted(doing, key=lambda row: (row.last is None, row.last or date.max, row.position))[:FOCUS]


def proofs_due(session: Session, *, today: date) -> list[StepRow]:
    """Finished steps of which one may ask what proves them, the oldest first."""
    found = [row for row in steps(session, today=today) if row.asks_proof]
    return sorted(found, key=lambda row: row.last or date.min)


def draft_of(session: Session, step_id: int) -> tuple[StepDraft, int]:
    """The step as a form needs it, and its `rev`."""
    step = _living(session, step_id)
    beside = ("notes", "serves", "after")
    own = {each.name: getattr(step, each.name) for each in fields(StepDraft) if each.name not in beside}
    query = select(Link.target_id).where(Link.source_id == step_id, Link.role == "serves").order_by(Link.id)
    serves, after = tuple(session.scalars(query)), tuple(_befores(session, step_id))
    return StepDraft(**own, notes=step.text, serves=serves, after=after), step.rev


def servable(session: Session) -> list[tuple[int, str, str]]:
    """What a step can serve, as (id, kind, title): open key results and objectives, then skills."""
    from app.core.skills.models import usable_skills  # which the first page has no use for

    above = aliased(Objective, flat=True)
    results = (
        select(KeyResult.id, KeyResult.kind, KeyResult.title)
        .join(above, above.id == KeyResult.objective_id)
        .where(KeyResult.deleted_at.is_(None), above.deleted_at.is_(None), above.state.in_(UNDER_WAY))
        .order_by(above.title, KeyResult.position)
    )
    goals = (
        select(Objective.id, Objective.kind, Objective.title)
        .where(Objective.deleted_at.is_(None), Objective.state.in_(UNDER_WAY))
        .order_by(Objective.title)
    )
    found = [(row[0], row[1], row[2]) for query in (results, goals) for row in session.execute(query)]
    return found + [(skill, "skill", title) for skill, title in usable_skills(session)]


def line_of_sight(session: Session, step_id: int) -> list[list[str]]:
    """For each thing that a step serves, the titles from it up to the purpose."""
    query = select(Link.target_id).where(Link.source_id == step_id, Link.role == "serves")
    purpose = session.scalar(
        select(Purpose.text).where(Purpose.deleted_at.is_(None)).order_by(Purpose.moment.desc()).limit(1)
    )
    lines = []
    for target in session.scalars(query):
        line: list[str] = []
        item = session.get(Item, target)
        seen: set[int] = set()
        while item is not None and item.id not in seen and item.deleted_at is None:
            seen.add(item.id)
            line.append(item.title)
            above = (
                item.objective_id
                if isinstance(item, KeyResult)
                else item.parent_id
                if isinstance(item, Objective)
                else None
            )
            item = session.get(Item, above) if above is not None else None
        if line:
            lines.append([*line, *([" ".join(purpose.split())] if purpose else [])])
    return lines


# ---------------------------------------------------------------- commands


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


def _served(session: Session) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    kinds = "', '".join(SERVED)
    for source, title in session.connection().exec_driver_sql(_SERVED.format(kinds=kinds)):
        found.setdefault(source, []).append(title)
    return {source: tuple(titles) for source, titles in found.items()}


def _row(
    step: Row[Any], serves: Sequence[str], parts: Sequence[str], today: date, waits_for: Sequence[str]
) -> StepRow:
    moved = (step.planned_first, step.planned_last) != (step.first, step.last)
    done_on = _day(step.done_on)
    return StepRow(
        id=step.id,
        rev=step.rev,
        title=step.title,
        form=step.form,
        state=step.state,
        horizon=step.horizon,
        first=_day(step.first),
        last=_day(step.last),
        planned_first=_day(step.planned_first) if moved else None,
        planned_last=_day(step.planned_last) if moved else None,
        apply_by=_day(step.apply_by),
        parent_id=step.parent_id,
        position=step.position,
        hours_planned=step.hours_planned,
        serves=tuple(serves),
        parts=len(parts),
        parts_done=sum(state == "done" for state in parts),
        waits_for=tuple(waits_for),
        repeats=step.repeats,
        asks_proof=step.state == "done"
        and not step.proof
        and done_on is not None
        and today - done_on >= PROOF_AFTER,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
