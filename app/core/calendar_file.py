"""Steps, deadlines and the rhythm of check-ins as a calendar file (RFC 5545), for any calendar program."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy.orm import Session

from app.core import objectives, roadmap
from app.core.objectives.drafts import one_line

if TYPE_CHECKING:
    from icalendar import Calendar

Part = Literal["steps", "deadlines", "check_ins", "people"]
PARTS: Final[tuple[Part, ...]] = ("steps", "deadlines", "check_ins", "people")
MAKER: Final = "-//Northing//Northing//EN"
OPEN_END: Final = timedelta(days=13)
"""A step without an end is drawn and written so long."""

_TEXTS: Final = """
    SELECT item.id, item.uid, item.text, item.private, step.place, step.url
    FROM step CROSS JOIN item ON item.id = step.id WHERE item.deleted_at IS NULL
"""
_RESULTS: Final = "SELECT id, uid FROM item WHERE kind = 'key_result'"
_PEOPLE: Final = """
    SELECT item.uid, item.title, person.cadence_days, substr(item.created_at, 1, 10), (
        SELECT max(entry.day) FROM conversation JOIN entry ON entry.id = conversation.id
        JOIN item AS talk ON talk.id = conversation.id
        WHERE conversation.person_id = person.id AND talk.deleted_at IS NULL
    )
    FROM person CROSS JOIN item ON item.id = person.id
    WHERE item.deleted_at IS NULL AND NOT item.private AND person.cadence_days > 0 ORDER BY item.title
"""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The text of a calendar file, and how many events it holds."""

    text: bytes
    events: int


def calendar_file(
    session: Session,
    *,
    parts: Collection[Part] = PARTS,
    today: date,
    now: datetime,
    step_ids: Collection[int] | None = None,
) -> CalendarFile:
    """Everything of `parts` that has a day; what is private or dropped stays out, notes of steps come along.

    Events are whole days: a diary knows no hours of the future. A calendar that imports the file again
    recognises each by its uid.

    Args:
        step_ids: Only these steps; None is all.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    if "steps" in parts or "deadlines" in parts:
        _add_steps(made, session, parts, today=today, now=now, step_ids=step_ids)
    if "check_ins" in parts:
        _add_check_ins(made, session, today=today, now=now)
    if "people" in parts:
        _add_people(made, session, today=today, now=now)
    return CalendarFile(made.to_ical(), len(made.subcomponents))


def _add_steps(
    made: Calendar,
    session: Session,
    parts: Collection[Part],
    *,
    today: date,
    now: datetime,
    step_ids: Collection[int] | None,
) -> None:
    texts = {row[0]: row for row in session.connection().exec_driver_sql(_TEXTS)}
    for row in roadmap.steps(session, today=today):
        _, uid, notes, is_private, place, url = texts[row.id]
        if is_private or row.state == "dropped" or (step_ids is not None and row.id not in step_ids):
            continue
        said = "\n".join([*(f"→ {title}" for title in row.serves), notes]).strip()
        if "steps" in parts and row.first is not None:
            last = row.last or row.first + OPEN_END
            event = _event(f"{uid}@northing", row.title, row.first, last, now, said)
            event.add("categories", [row.form])
            event.add("status", "CONFIRMED" if row.state in ("doing", "done") else "TENTATIVE")
            if place:
                event.add("location", one_line(place))
            if url:
                event.add("url", one_line(url))
            made.add_component(event)
        if "deadlines" in parts and row.apply_by is not None and row.state in roadmap.OPEN:
            title = f"Apply by today: {row.title}"
            made.add_component(_event(f"{uid}-apply@northing", title, row.apply_by, row.apply_by, now, said))


def _add_check_ins(made: Calendar, session: Session, *, today: date, now: datetime) -> None:
    uids = {row[0]: row[1] for row in session.connection().exec_driver_sql(_RESULTS)}
    for row in objectives.objective_board(session, today=today, scope="open"):
        for result in row.key_results:
            if row.state != "active" or not result.rhythm_days or result.due_on is None:
                continue
            ends = result.due or (row.period.last if row.period else None)
            event = _event(
                f"{uids[result.id]}@northing",
                f"Check in: {result.title}",
                max(result.due_on, today),
                max(result.due_on, today),
                now,
                row.title,
            )
            rule: dict[str, Any] = {"freq": "daily", "interval": result.rhythm_days}
            if ends is not None:
                rule["until"] = max(ends, result.due_on, today)
            event.add("rrule", rule)
            made.add_component(event)


def _add_people(made: Calendar, session: Session, *, today: date, now: datetime) -> None:
    for uid, name, cadence, created, last in session.connection().exec_driver_sql(_PEOPLE):
        next_one = date.fromisoformat(last or created) + timedelta(days=cadence)
        event = _event(f"{uid}@northing", f"Meet {name}", max(next_one, today), max(next_one, today), now, "")
        event.add("rrule", {"freq": "daily", "interval": cadence})
        made.add_component(event)


def _event(uid: str, title: str, first: date, last: date, now: datetime, said: str) -> Any:
    from icalendar import Event

    made = Event()
    made.add("uid", uid)
    made.add("dtstamp", now)
    made.add("summary", title)
    made.add("dtstart", first)
    made.add("dtend", last + timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    if said:
        made.add("description", said)
    return made
