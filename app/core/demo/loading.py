"""Bringing the demo in as one batch, and taking it out again without a trace or a loss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import items, journal, kinds, objectives, people, posts, roadmap, skills
from app.core.days import Span
from app.core.demo import story
from app.core.model import Batch, Entry, Item, Origin
from app.core.objectives import CheckInDraft, ClosingDraft, KeyResultDraft, ObjectiveDraft, PeriodDraft
from app.core.roadmap import Finish, StepDraft
from app.core.store import Store
from app.core.transfer import bringing

SOURCE: Final = "demo"
UNTRACKED: Final = {"synchronize_session": False}
BACKLOG: Final = 99
RATED_AGO: Final = (372, 210, 95, 24)


def load_demo(store: Store, *, today: date, now: datetime, zone: ZoneInfo) -> int:
    """Fill the journal with the demo, all or nothing; returns the batch's id."""
    told = story.script()
    with store.write() as session:
        if not skills.has_model(session):
            skills.plant_model(session, now=now)
        before = set(session.scalars(select(Item.id)))
        batch = Batch(source=SOURCE, name="Demo", at=now)
        session.add(batch)
        session.flush()
        _tell_purpose(session, told, today, now)
        _set_objectives(session, told, today, now, zone.key)
        _write_entries(session, told, today, now, zone)
        _rate_skills(session, told, today, now, zone.key)
        _map_parts(session, told, today, now, zone.key)
        _plan_steps(session, told, today, now)
        _know_people(session, told, now)
        _hold_posts(session, told, today, now)
        session.flush()
        made = [item_id for item_id in session.scalars(select(Item.id)) if item_id not in before]
        session.add_all(Origin(key=f"demo:{batch.id}:{each}", item_id=each, batch_id=batch.id) for each in made)
        session.flush()
        # Nobody has seen them yet: what stands at 1 later was never touched, and leaves without a trace.
        session.execute(update(Item).where(Item.id.in_(made)).values(rev=1), execution_options=UNTRACKED)
        session.expire_all()
        return batch.id


def remove_demo(session: Session, *, now: datetime) -> int:
    """Take the demo out: what nobody touched is gone, what was edited or built upon goes to the Trash.

    Returns:
        How many items left the journal.
    """
    batch = items.standing_batch(session, SOURCE)
    if batch is None:
        return 0
    skills.set_target_role(session, None)
    return bringing.undo(session, batch, now=now)


def _tell_purpose(session: Session, told: Mapping[str, Any], today: date, now: datetime) -> None:
    for said in told["purpose"]:
        objectives.say_purpose(session, said["text"], today=today - timedelta(days=said["ago"]), now=now)


def _write_entries(session: Session, told: Mapping[str, Any], today: date, now: datetime, zone: ZoneInfo) -> None:
    targets = {row.title: row.id for row in objectives.objective_board(session, today=today, scope="all")}
    for said in story.entries(told, today):
        at = datetime.combine(said.day, time(said.hour, said.minute), zone)
        new = kinds.class_of(said.kind)(day=said.day, at=at, zone=zone.key, mood=said.mood, energy=said.energy)
        journal.file_entry(session, new, text=said.text, now=now)
        if said.fields:
            day = said.fields.get("review_on") or said.fields.get("know_on")
            kinds.change_fields(session, new.id, said.fields, rev=new.rev, now=now, today=day)
        for title in said.serves:
            items.link(session, new.id, targets[title], "serves", now=now)


def _set_objectives(session: Session, told: Mapping[str, Any], today: date, now: datetime, zone: str) -> None:
    for number, said in enumerate(told["objectives"]):
        period = None
        if said["quarter"] != BACKLOG:
            span = story.quarter(today, said["quarter"])
            name = f"Q{(span.first.month - 1) // 3 + 1} {span.first.year}"
            period = PeriodDraft("quarter", span.first, span.last, name)
        draft = ObjectiveDraft(said["title"], said["why"], said["area"], period, said["commitment"])
        objective = objectives.add_objective(session, draft, now=now)
        for place, result in enumerate(said.get("key_results", ())):
            _measure(session, told, objective.id, result, period, today, now, zone, seed=100 * number + place)
        if period is None:
            continue
        if "grade" in said:
            end = min(period.last, today)
            closing = ClosingDraft(said["grade"], reason=said["reason"])
            objectives.close_objective(session, objective.id, closing, today=end, now=now, zone=zone)
        elif "dropped" in said:
            ended = period.first + timedelta(days=40)
            objectives.drop_objective(session, objective.id, reason=said["dropped"], today=ended, now=now)


def _measure(
    session: Session,
    told: Mapping[str, Any],
    objective_id: int,
    said: Mapping[str, Any],
    period: PeriodDraft | None,
    today: date,
    now: datetime,
    zone: str,
    *,
    seed: int,
) -> None:
    draft = KeyResultDraft(
        said["title"],
        said["measure"],
        said.get("baseline"),
        said.get("target"),
        said.get("unit", ""),
        said.get("unit_kind", "number"),
        period.last if period else None,
    )
    result = objectives.add_key_result(session, objective_id, draft, now=now)
    if period is None:
        return
    span = Span(period.first, period.last)
    for reading in story.check_ins(told, said, span, today, seed):
        check_in = CheckInDraft(result.id, reading.day, reading.value, reading.confidence, reading.note)
        objectives.check_in(session, check_in, now=now, zone=zone)


def _plan_steps(session: Session, told: Mapping[str, Any], today: date, now: datetime) -> None:
    titles = {title: item_id for item_id, _, title in roadmap.servable(session)}
    for said in told["steps"]:
        first = today + timedelta(days=said["start"]) if "start" in said else None
        last = first + timedelta(days=said["length"] - 1) if first else None
        slip = timedelta(days=said.get("slip", 0))
        draft = StepDraft(
            title=said["title"],
            form=said["form"],
            state="planned" if said["state"] == "done" else said["state"],
            horizon=said.get("horizon", "now"),
            first=first - slip if first else None,
            last=last - slip if last else None,
            apply_by=today + timedelta(days=said["apply_in"]) if "apply_in" in said else None,
            hours_planned=said.get("hours"),
            cost_planned=said.get("cost"),
            currency="EUR" if "cost" in said else "",
            serves=tuple(titles[title] for title in said.get("serves", ()) if title in titles),
        )
        step = roadmap.add_step(session, draft, now=now)
        if slip:
            roadmap.move_step(session, step.id, first=first, last=last, today=today, now=now)
        if said["state"] == "done":
            finish = Finish(said.get("learned", ""), said.get("differently", ""))
            roadmap.finish_step(session, step.id, finish, today=last or today, now=now)


def _know_people(session: Session, told: Mapping[str, Any], now: datetime) -> None:
    known = {row.name: row for row in people.people_rows(session)}
    for said in told["persons"]:
        draft = people.PersonDraft(**said)
        if draft.name in known:
            row = known[draft.name]
            people.edit_person(session, row.id, draft, rev=row.rev, now=now)
        else:
            people.add_person(session, draft, now=now)


def _hold_posts(session: Session, told: Mapping[str, Any], today: date, now: datetime) -> None:
    for said in told["posts"]:
        days = {name: today - timedelta(days=said[name]) for name in ("first", "last") if name in said}
        posts.add_post(session, posts.PostDraft(**(said | days)), now=now)


def _rate_skills(session: Session, told: Mapping[str, Any], today: date, now: datetime, zone: str) -> None:
    role = next((role for role in skills.roles(session) if role.title == told["role"]), None)
    if role is not None:
        skills.set_target_role(session, role.id)
    notes = list(session.scalars(select(Entry.id).where(Entry.kind == "note").order_by(Entry.moment)))
    board = skills.board(session, on=today)
    for number, skill in enumerate(board.skills):
        start = 1.5 + (number * 7 % 5) * 0.5
        for step, ago in enumerate(RATED_AGO):
            if step and (number + step) % 3 == 0:
                continue
            level = min(4.5, start + 0.5 * (step * (number % 4 != 0) * 2 // 3))
            pieces = notes[-(ago * len(notes) // story.YEAR) :][: (number + step) % 4] if number % 6 else []
            draft = skills.RatingDraft(skill.id, level, today - timedelta(days=ago), evidence=tuple(pieces))
            skills.rate(session, draft, today=today, now=now, zone=zone)
        if number % 2 == 0:
            level = min(5.0, start + 0.5 * (number % 3))
            draft = skills.RatingDraft(skill.id, level, today - timedelta(days=8), source="manager")
            skills.rate(session, draft, today=today, now=now, zone=zone)


def _map_parts(session: Session, told: Mapping[str, Any], today: date, now: datetime, zone: str) -> None:
    """Parts of the product, known more or less deep; a note that speaks of one proves its depth."""
    for said in told["parts"]:
        part = skills.add_part(session, said["name"], tuple(told["depths"]), area=told["map"], now=now)
        if "depth" in said:
            draft = skills.RatingDraft(part, float(said["depth"]), today - timedelta(days=30))
            skills.rate(session, draft, today=today, now=now, zone=zone)
        if "said" in said:
            query = select(Entry.id).where(Entry.kind == "note", Entry.text.contains(said["said"]))
            piece = session.scalar(query.order_by(Entry.moment.desc()).limit(1))
            if piece is not None:
                skills.prove(session, [piece], part, now=now)
