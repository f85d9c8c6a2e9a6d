"""Quick capture: one line that says where it belongs by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.core import items, journal, kinds, mentions
from app.core.errors import UserError
from app.core.model import Conversation, Entry, Link, Objective, Person
from app.core.ranking import ranked
from app.core.words import tags_in

_NAMED: Final = r">(?:\"([^\"\n]+)\"|([^\s\">]+))"
_OBJECTIVE: Final = re.compile(rf"(?:^|(?<=\s)){_NAMED}")
_WITHIN: Final = re.compile(rf"(?<=[^\S\n]){_NAMED}")


@dataclass(frozen=True, slots=True)
class Captured:
    """What a line says.

    Attributes:
        text: The line without the objectives that it names.
        tags, people: As they stand in the text. objectives: what stood after ``>``, one word or in quotes.
    """

    text: str
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()


def parsed(line: str) -> Captured:
    """What `line` says of itself: ``#tag``, ``@person``, ``>objective``. A quotation (``> words``) stays one."""
    line = line.strip()
    pattern = _WITHIN if "\n" in line else _OBJECTIVE  # in several lines what begins one is a quotation
    objectives = tuple(quoted or word for quoted, word in pattern.findall(line))
    rest = pattern.sub("", line)
    text = "\n".join(re.sub(r" {2,}", " ", part).rstrip() for part in rest.split("\n")).strip()
    people = tuple(dict.fromkeys(name.rstrip("-") for name in mentions.PERSON.findall(text)))
    return Captured(text, tags_in(text), people, objectives)


def objectives_named(session: Session, words: str) -> list[int]:
    """The objectives under way that `words` fit, first those that begin with them, then those that have them."""
    query = select(Objective.id, Objective.title).where(
        Objective.deleted_at.is_(None), Objective.state.in_(("active", "draft", "paused"))
    )
    rows = list(session.execute(query.order_by(Objective.moment, Objective.id)))
    return [int(rows[place].id) for place in ranked(words, [row.title for row in rows], limit=len(rows))]


def people_named(session: Session, name: str) -> list[str]:
    """The people whose name, or the first part of it, is `name`; one alone where it is the whole name of one."""
    return [person.title for person in _fitting(session, name)]


def capture(session: Session, line: str, *, day: date, now: datetime, zone: str) -> Entry:
    """Write a line down as a note on `day`, linked to the objectives and people that it names.

    People that are not known yet become known; where several are called so, none is linked.

    Raises:
        UserError: the line says nothing, or names an objective that there is not.
    """
    said = parsed(line)
    if not said.text:
        raise UserError("Write something to keep.")
    found = []
    for words in said.objectives:
        fitting = objectives_named(session, words)
        if not fitting:
            raise UserError(f"No objective is called “{words}”. Leave “>{words}” out, or say more of its title.")
        found.append(fitting[0])
    entry = journal.add_entry(session, day=day, now=now, zone=zone, text=said.text, at=now)
    for objective in found:
        items.link(session, entry.id, objective, "serves", now=now)
    for name in said.people:
        known = _fitting(session, name) or [kinds.person_named(session, name.replace("-", " "), now=now)]
        if len(known) == 1:
            items.link(session, entry.id, known[0].id, "mentions", now=now, inline=True)
    session.flush()
    return entry


def take_back(session: Session, entry_id: int, *, now: datetime) -> None:
    """Undo a capture: the entry goes to the Trash, with whoever became known by it and is named nowhere else."""
    entry = items.living(session, entry_id)
    said = select(Link.target_id).where(Link.source_id == entry_id, Link.role == "mentions")
    made = select(Person.id).where(Person.id.in_(said), Person.created_at == entry.created_at)
    elsewhere = exists().where(Link.target_id == Person.id, Link.source_id != entry_id)
    met = exists().where(Conversation.person_id == Person.id)
    new = list(session.scalars(made.where(~elsewhere, ~met)))
    items.trash(session, [entry_id, *new], now=now)


def _fitting(session: Session, name: str) -> list[Person]:
    wanted = name.replace("-", " ").casefold()
    everybody = list(session.scalars(select(Person).where(Person.deleted_at.is_(None))))
    whole = [who for who in everybody if who.title.casefold() == wanted]
    return whole or [who for who in everybody if who.title.casefold().split(" ")[0] == wanted]
