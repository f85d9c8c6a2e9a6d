"""Templates: how an entry of each kind may begin, the shipped ones and the user's own, and what is filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from sqlalchemy.orm import Session

from app.core import objectives, roadmap, todos
from app.core.errors import FieldError
from app.core.kinds import KINDS
from app.core.model import Setting
from app.core.settings import settings
from app.core.words import normal_text
from app.paths import RESOURCES

_KEY: Final = "templates"
MOST: Final = 60
LONGEST_NAME: Final = 60
LONGEST_TEXT: Final = 20_000
CURSOR: Final = "cursor"
VARIABLES: Final = (
    "date", "weekday", "time", "week", "next_week", "month", "quarter", "year",
    "boxes", "objectives", "focus", CURSOR,
)  # fmt: skip
"""What may stand in a template between double braces, in the order in which it is offered."""

_LISTS: Final = ("boxes", "objectives", "focus")
_VARIABLE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """How an entry of `kind` may begin; the one without a name is the kind's own."""

    kind: str
    name: str
    text: str


class TemplateRefused(FieldError):
    """The template at `place` of those that are to be kept cannot be, for its name or its text."""

    def __init__(self, place: int, field: str, sentence: str) -> None:
        super().__init__(field, sentence)
        self.place = place


@dataclass(frozen=True, slots=True)
class Filled:
    """A template for one day: its text, and where the cursor belongs, in characters."""

    text: str
    at: int


# ---------------------------------------------------------------- queries


@cache
def shipped() -> Mapping[str, str]:
    """The text that comes with the program, for each kind."""
    told: dict[str, str] = json.loads((RESOURCES / "content" / "templates.json").read_text(encoding="utf-8"))
    return told


def templates(session: Session) -> list[Template]:
    """The one of each kind, then the user's own by name."""
    held = _held(session)
    changed = {each.kind: each.text for each in held if not each.name}
    usual = [Template(kind, "", changed.get(kind, shipped().get(kind, ""))) for kind in KINDS]
    own = sorted((each for each in held if each.name), key=lambda each: each.name.casefold())
    return usual + own


def beginning(session: Session, kind: str) -> str:
    """The template that a new entry of `kind` begins with by itself, unfilled; "" for a blank page.

    A note begins blank until the user makes its template his own: writing must not wait for a form.
    """
    if not settings(session).templates:
        return ""
    held = next((each.text for each in _held(session) if each.kind == kind and not each.name), None)
    return held if held is not None else "" if kind == "note" else shipped().get(kind, "")


def lists(session: Session, day: date) -> dict[str, str]:
    """What the journal tells the templates on `day`: Markdown lists, "" where there is nothing to list.

    `boxes` were left open on the last day before that has any; `objectives` are under way; `focus` are steps.
    """
    open_boxes = todos.open_boxes(session, day, limit=200)
    last = max((box.day for box in open_boxes), default=day)
    board = objectives.objective_board(session, today=day)
    steps = roadmap.in_focus(session, today=day)
    return {
        "boxes": "\n".join(f"- [ ] {box.text}" for box in open_boxes if box.day == last),
        "objectives": "\n".join(f"- [[{row.title}]]" for row in board if row.period is None or _is_on(row, day)),
        "focus": "\n".join(f"- [[{row.title}]]" for row in steps),
    }


def calendar_words(session: Session, day: date) -> dict[str, str]:
    """Week, quarter and year of `day` as the journal divides time."""
    calendar = settings(session).calendar
    return {
        "week": str(day.isocalendar().week),
        "next_week": str((day + timedelta(days=7)).isocalendar().week if day.year < date.max.year else 1),
        "quarter": calendar.quarter_of(day).name,
        "year": calendar.year_of(day).name,
    }


def fill(text: str, told: Mapping[str, str]) -> Filled:
    """`text` with what `told` says in place of its variables; a name that is none stays as it is written.

    A line that has nothing but an empty list goes, with the heading above it where nothing else stands below that.
    """
    lines: list[str] = []
    dropped = False
    for line in text.split("\n"):
        named = _VARIABLE.fullmatch(line.strip())
        if named and named[1] in _LISTS and not told.get(named[1], line):
            dropped = True
            if lines and lines[-1].startswith("#"):
                lines.pop()
            continue
        if dropped and not line.strip() and (not lines or not lines[-1].strip()):
            continue  # the gap below what went
        dropped = False
        lines.append(_VARIABLE.sub(_teller(told), line))
    made = "\n".join(lines)
    before, mark, after = made.partition(_MARK)
    return Filled(before + after.replace(_MARK, ""), len(before) if mark else len(made))


def unknown_names(text: str) -> list[str]:
    """What stands between double braces in a template and is no variable."""
    return list(dict.fromkeys(name for name in _VARIABLE.findall(text) if name not in VARIABLES))


# ---------------------------------------------------------------- commands


def put_templates(session: Session, wanted: Sequence[Template]) -> None:
    """Keep exactly these; one that says what is shipped is not kept, so that a better one may come.

    Raises:
        TemplateRefused: one has the name of another or is too long, or there are too many.
    """
    kept, names = [], set()
    for place, each in enumerate(wanted):
        name, text = " ".join(each.name.split()), normal_text(each.text)
        if len(name) > LONGEST_NAME:
            raise TemplateRefused(place, "name", f"A name has at most {LONGEST_NAME} characters.")
        if len(text) > LONGEST_TEXT:
            raise TemplateRefused(place, "text", f"A template has at most {LONGEST_TEXT:,} characters.")
        if name and name.casefold() in names:
            raise TemplateRefused(place, "name", f"Two templates are called “{name}”.")
        names.add(name.casefold())
        if name or text != shipped().get(each.kind, ""):
            kept.append([each.kind, name, text])
    if len(kept) > MOST:
        raise TemplateRefused(len(wanted) - 1, "name", f"There are more than {MOST} templates. Remove one first.")
    held = session.merge(Setting(key=_KEY, value="[]"))
    held.value = json.dumps(kept, ensure_ascii=False)
    session.flush()


# ---------------------------------------------------------------- inside

_MARK: Final = "\x00"


def _held(session: Session) -> list[Template]:
    held = session.get(Setting, _KEY)
    try:
        found = (
            [Template(str(kind), str(name), str(text)) for kind, name, text in json.loads(held.value)]
            if held
            else []
        )
    except (ValueError, TypeError):
        return []
    return [each for each in found if each.kind in KINDS]


def _teller(told: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def tell(match: re.Match[str]) -> str:
        return _MARK if match[1] == CURSOR else told.get(match[1], match[0])

    return tell


def _is_on(row: objectives.ObjectiveRow, day: date) -> bool:
    period = row.period
    return period is not None and period.first <= day <= period.last
