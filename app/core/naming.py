"""People as a whole: called otherwise, two made one; with every text that names them, and a way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from app.core import items, kinds, rewriting
from app.core.errors import FieldError, UserError
from app.core.mentions import PERSON
from app.core.model import Conversation, Entry, Item, Link, Person
from app.core.progress import Progress
from app.core.rewriting import Texts
from app.core.store import touch
from app.core.words import normal_text

LONGEST_NAME: Final = 120
_USES: Final = """
    SELECT item.id, item.title,
        (SELECT count(*) FROM conversation JOIN item AS talk ON talk.id = conversation.id
         WHERE conversation.person_id = item.id AND talk.deleted_at IS NULL),
        (SELECT count(DISTINCT link.source_id) FROM link JOIN item AS said ON said.id = link.source_id
         WHERE link.target_id = item.id AND link.inline AND said.deleted_at IS NULL)
    FROM person CROSS JOIN item ON item.id = person.id WHERE item.deleted_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class PersonUse:
    """Somebody, how many conversations are with them, and how many texts name them."""

    id: int
    name: str
    talks: int
    texts: int


@dataclass(slots=True)
class PersonChange:
    """What a new name or a merger changed, for `take_back`."""

    person_id: int
    name: str
    merged: bool = False
    texts: Texts = field(default_factory=dict)
    talks: list[int] = field(default_factory=list)
    moved: list[tuple[int, int, int]] = field(default_factory=list)
    dropped: list[dict[str, Any]] = field(default_factory=list)


def uses(session: Session) -> list[PersonUse]:
    """Everybody, those who are named most first."""
    found = [PersonUse(*row) for row in session.connection().exec_driver_sql(_USES)]
    return sorted(found, key=lambda each: (-each.talks - each.texts, each.name.casefold()))


def rename_person(
    session: Session, person_id: int, new: str, *, now: datetime, progress: Progress = lambda *_: True
) -> PersonChange:
    """Call somebody `new` in everything that names them; where somebody is called so already the two become one.

    Each text that changes leaves a version. Of two, the one who was called so before goes to the Trash.

    Raises:
        FieldError: `new` cannot be a name, or is the same. UserError: the person is gone.
        Cancelled: `progress`, called with (done, total), said so; roll the transaction back.
    """
    person = items.living(session, person_id)
    if not isinstance(person, Person):
        raise UserError("This is not a person.")
    wanted = " ".join(normal_text(new).split())
    if not wanted or len(wanted) > LONGEST_NAME or not PERSON.fullmatch("@" + wanted.replace(" ", "-")):
        raise FieldError("new", "A name begins with a letter and has letters, digits and - after it.")
    if wanted == person.title:
        raise FieldError("new", "They are called so already.")
    others = session.scalars(select(Person).where(Person.deleted_at.is_(None), Person.id != person_id)).all()
    other = next((each for each in others if each.title.casefold() == wanted.casefold()), None)
    change = PersonChange(person_id, person.title, merged=other is not None)
    change.talks = list(session.scalars(select(Conversation.id).where(Conversation.person_id == person_id)))
    naming = select(Link.source_id).where(Link.target_id == person_id, Link.inline.is_(True)).distinct()
    ids = list(session.scalars(naming))
    said = _spoken(person.title, [each.title for each in others])
    if other is None:
        person.title, person.changed_at = wanted, now
    else:
        wanted = other.title
        _hand_over(session, change, other.id)
        items.trash(session, [person_id], now=now)
    session.flush()
    called = _calling(change, said, wanted)
    change.texts = rewriting.rewrite(session, ids, called, now=now, progress=progress)
    _retell(session, change.talks, now)
    touch(session, Person, Link, Entry)
    return change


def take_back(session: Session, change: PersonChange, *, now: datetime) -> int:
    """Undo a change. Texts edited since keep their words; returns how many."""
    if change.merged:
        items.restore(session, [change.person_id])
        for link_id, source, target in change.moved:
            session.execute(update(Link).where(Link.id == link_id).values(source_id=source, target_id=target))
        if change.dropped:
            session.execute(insert(Link), change.dropped)
        talks = update(Conversation).where(Conversation.id.in_(change.talks))
        session.execute(talks.values(person_id=change.person_id).execution_options(synchronize_session=False))
        session.expire_all()
    else:
        person = items.living(session, change.person_id)
        person.title, person.changed_at = change.name, now
        session.flush()
    kept = rewriting.put_back(session, change.texts, now=now)
    _retell(session, change.talks, now)
    touch(session, Person, Link, Entry)
    return kept


# ---------------------------------------------------------------- inside


def _spoken(name: str, others: list[str]) -> frozenset[str]:
    """What stands after @ where a text means this person: the whole name, and the first where nobody shares it."""
    whole = name.casefold()
    first = whole.split(" ")[0]
    shared = {other.casefold().split(" ")[0] for other in others} | {other.casefold() for other in others}
    return frozenset({whole} if first in shared else {whole, first})


def _calling(change: PersonChange, said: frozenset[str], wanted: str) -> Callable[[str], str]:
    """What calls the person `wanted` wherever a text says one of `said` after an @."""
    mention = "@" + wanted.replace(" ", "-")
    is_same_first = not change.merged and wanted.casefold().split(" ")[0] == change.name.casefold().split(" ")[0]

    def called(match: re.Match[str]) -> str:
        key = match[1].replace("-", " ").strip().casefold()
        is_brief = is_same_first and " " not in key and key != change.name.casefold()
        return match[0] if key not in said or is_brief else mention

    return partial(PERSON.sub, called)


def _hand_over(session: Session, change: PersonChange, other_id: int) -> None:
    """Give what belongs to the person to the other: conversations, and links from and to them."""
    gone = change.person_id
    talks = update(Conversation).where(Conversation.person_id == gone).values(person_id=other_id)
    session.execute(talks.execution_options(synchronize_session=False))
    for link in session.scalars(select(Link).where(or_(Link.source_id == gone, Link.target_id == gone))).all():
        source = other_id if link.source_id == gone else link.source_id
        target = other_id if link.target_id == gone else link.target_id
        same = select(Link.id).where(Link.source_id == source, Link.target_id == target, Link.role == link.role)
        if source == target or session.scalar(same) is not None:
            row = {column.key: getattr(link, column.key) for column in Link.__table__.columns}
            change.dropped.append(row)
            session.execute(delete(Link).where(Link.id == link.id))
        else:
            change.moved.append((link.id, link.source_id, link.target_id))
            session.execute(update(Link).where(Link.id == link.id).values(source_id=source, target_id=target))
    session.expire_all()


def _retell(session: Session, talks: list[int], now: datetime) -> None:
    for talk_id in talks:
        talk = session.get(Item, talk_id)
        if isinstance(talk, Conversation) and talk.deleted_at is None:
            kinds.retell(session, talk, now)
    session.flush()
