"""Steps of a roadmap from any table: which column means what can be said, or is guessed; see `csv_files`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from app.core import days
from app.core.model import digest_of, instant_text
from app.core.roadmap import FORMS, STATES, StepDraft
from app.core.transfer.csv_files import Ordered, Table, as_said, in_order, named, order_of
from app.core.transfer.decoding import shown
from app.core.transfer.records import Found, Record, Remark, Skipped, Surroundings
from app.core.transfer.stamps import Order, in_full, stamp
from app.core.transfer.tables import Decimal, decimal_mark, number_in
from app.core.transfer.tags import listed, tags_of
from app.core.words import normal_text

_NAMES: Final = {
    "title": "title|step|action|name|what|task|subject|titel|titre|titulo|título",
    "notes": "notes|note|text|description|details|comment|notizen|beschreibung",
    "form": "form|kind|type|category|art|typ",
    "state": "state|status|progress|stand",
    "first": "first|start|start date|begin|from|starts|beginn|von|date|day|datum",
    "last": "last|end|end date|until|to|due|due date|deadline|ends|ende|bis",
    "hours": "hours|hours_planned|effort|stunden",
    "cost": "cost|cost_planned|price|kosten|preis",
    "provider": "provider|by|vendor|host|anbieter",
    "url": "url|link|address|website",
    "tags": "tags|tag|labels|schlagworte",
}
"""What a column of each meaning is usually called, best first."""
_FORMS: Final = {
    "course": "education", "training": "education", "certificate": "education", "kurs": "education",
    "book": "reading", "article": "reading", "buch": "reading", "talk": "conference", "meetup": "conference",
    "mentor": "mentoring", "coach": "coaching", "job": "role", "rotation": "role",
}  # fmt: skip
_STATES: Final = {
    "todo": "planned", "to do": "planned", "open": "planned", "not started": "idea", "backlog": "idea",
    "in progress": "doing", "started": "doing", "active": "doing", "complete": "done", "completed": "done",
    "finished": "done", "cancelled": "dropped", "canceled": "dropped", "yes": "done", "true": "done", "x": "done",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepColumns(Ordered):
    """Which column, by its name in the first row, says what; None where none does. See `csv_files.Columns`."""

    title: str | None = None
    notes: str | None = None
    form: str | None = None
    state: str | None = None
    first: str | None = None
    last: str | None = None
    hours: str | None = None
    cost: str | None = None
    provider: str | None = None
    url: str | None = None
    tags: str | None = None


PARTS: Final = tuple(_NAMES)


def suggested(read: Table) -> StepColumns:
    """What the columns most likely mean, by their names; where none is called a title, the first is it."""
    found: dict[str, Any] = {part: named(read.names, names.split("|")) for part, names in _NAMES.items()}
    rest = [name for name in read.names if name not in found.values()]
    if found["title"] is None and rest:
        found["title"] = rest[0]
    return with_order(StepColumns(**found), read)


def chosen(read: Table, said: Mapping[str, str], order: Order | None) -> StepColumns:
    """What `suggested` says, but for the parts whose column somebody names; in `order`, where one is given.

    Raises:
        UserError: there is no such column, or steps have no such part.
    """
    return in_order(with_order(as_said(read, suggested(read), said, PARTS, "A step"), read), order)


def with_order(columns: StepColumns, read: Table) -> StepColumns:
    """`columns` with the order of day and month that the dates of the table tell, guessed where they do not."""
    order, is_guess = order_of(read, [columns.first, columns.last])
    return replace(columns, order=order, is_guess=is_guess)


def records(read: Table, columns: StepColumns, *, today: date, now: datetime) -> Iterator[Found]:
    """A step for each row that has a title; what no column of a meaning says stands below its notes."""
    yield Surroundings({}, {}, [])
    yield from read.remarks
    seen: dict[str, int] = {}
    rows = [(line, read.cells(row)) for line, row in read.rows]
    decimal = decimal_mark(
        cells.get(name or "", "") for _, cells in rows for name in (columns.hours, columns.cost)
    )
    for line, cells in rows:
        said = {part: cells.get(getattr(columns, part) or "", "").strip() for part in PARTS}
        where = f"line {line}"
        draft, unread = _draft(said, columns.order, decimal or ".", today)
        if wrong := next(iter(draft.problems().values()), ""):
            yield Skipped(where, "It has no title." if not draft.title else wrong)
            continue
        for remark in unread.values():
            yield Remark(where, remark)
        used = {getattr(columns, part) for part in PARTS if part not in unread}
        rest = [f"- {name}: {cell.strip()}" for name, cell in cells.items() if name not in used and cell.strip()]
        text = normal_text("\n\n".join(part for part in (draft.notes, "\n".join(rest)) if part))
        raw = "\x1f".join(f"{name}\x1e{cell}" for name, cell in sorted(cells.items()))
        seen[raw] = seen.get(raw, 0) + 1
        uid = str(UUID(bytes=sha256(f"step\x1f{raw}\x1f{seen[raw]}".encode()).digest()[:16], version=5))
        tags = tags_of(listed(said["tags"]))
        item = _item(uid, draft, text, tags, now)
        yield Record(f"northing:{uid}", draft.first, None, None, text, tags, item=item)


def _draft(
    said: dict[str, str], order: Order | None, decimal: Decimal, today: date
) -> tuple[StepDraft, dict[str, str]]:
    """The step, and a sentence for each part that says nothing that a step can hold."""
    unread: dict[str, str] = {}

    def day(part: str) -> date | None:
        found = stamp(in_full(said[part]), order) if said[part] else None
        if said[part] and found is None:
            unread[part] = f"“{shown(said[part])}” is no date that can be; it stands in the notes."
        return found.day if found else None

    def number(part: str) -> float | None:
        try:
            return number_in(said[part], decimal)
        except ValueError:
            unread[part] = f"“{shown(said[part])}” is no number; it stands in the notes."
            return None

    def one_of(part: str, known: tuple[str, ...], others: dict[str, str], default: str) -> str:
        word = said[part].casefold()
        if word and word not in known and word not in others:
            unread[part] = f"“{shown(said[part])}” is none of {', '.join(known)}; it stands in the notes."
        return word if word in known else others.get(word, default)

    first, last = day("first"), day("last")
    first = first or last
    state = one_of("state", STATES, _STATES, "planned" if first else "idea")
    is_now = state == "doing" or bool(first and first <= today <= (last or first))
    draft = StepDraft(
        title=normal_text(" ".join(said["title"].split())),
        form=one_of("form", FORMS, _FORMS, "practice"),
        notes=normal_text(said["notes"]),
        state=state,
        horizon="now" if is_now else "next" if first else "later",
        first=first,
        last=last,
        hours_planned=number("hours"),
        cost_planned=number("cost"),
        provider=normal_text(said["provider"]),
        url=normal_text(said["url"]),
    )
    return draft, unread


def _item(uid: str, draft: StepDraft, text: str, tags: tuple[str, ...], now: datetime) -> dict[str, Any]:
    """The step as `docs/format.md` describes an item."""
    at = instant_text(now)
    first, last = (day.isoformat() if day else None for day in (draft.first, draft.last))
    return {
        "uid": uid, "kind": "step", "title": draft.title, "text": text, "starred": False, "private": False,
        "created_at": at, "changed_at": at, "rev": 1, "moment": days.undated_moment(now),
        "digest": digest_of(uid, "step", draft.title, text),
        "tags": [{"name": tag, "inline": False} for tag in tags],
        "form": draft.form, "state": draft.state, "horizon": draft.horizon, "first": first, "last": last,
        "planned_first": first, "planned_last": last, "hours_planned": draft.hours_planned,
        "cost_planned": draft.cost_planned, "provider": draft.provider, "url": draft.url,
        "done_on": (last or first) if draft.state == "done" else None,
    }  # fmt: skip
