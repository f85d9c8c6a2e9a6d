"""Tags as a whole: renamed, merged, deleted, in every text that says them, as one action with a way back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Integer, cast, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.core import rewriting, searches
from app.core.errors import FieldError, UserError
from app.core.model import Item, ItemTag, Tag
from app.core.progress import Progress, in_chunks
from app.core.rewriting import Texts
from app.core.searches import Retold
from app.core.store import touch

_NAME: Final = re.compile(r"[^\W\d_][\w/\-]*")
CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag in use: how many living items carry it, and in how many texts it stands."""

    name: str
    items: int
    texts: int


@dataclass(slots=True)
class TagChange:
    """What a rename, a merge or a deletion changed, for `take_back`."""

    texts: Texts = field(default_factory=dict)
    held: list[tuple[int, bool]] = field(default_factory=list)
    old: tuple[str, str] = ("", "")
    new: str = ""
    added: list[int] = field(default_factory=list)
    searches: Retold = field(default_factory=dict)


def tag_rows(session: Session) -> list[TagRow]:
    """Every tag in use, most used first."""
    query = (
        select(Tag.name, func.count(), func.sum(cast(ItemTag.inline, Integer)))
        .join(ItemTag, ItemTag.tag_id == Tag.id)
        .join(Item, Item.id == ItemTag.item_id)
        .where(Item.deleted_at.is_(None))
        .group_by(Tag.id)
        .order_by(func.count().desc(), Tag.key)
    )
    return [TagRow(name, count, int(texts or 0)) for name, count, texts in session.execute(query)]


def has_tags_below(session: Session, name: str) -> bool:
    """Whether something carries a tag such as ``name/part``."""
    below = f"{name.casefold()}/"
    query = select(Tag.id).join(ItemTag).where(func.substr(Tag.key, 1, len(below)) == below)
    return session.scalar(query.limit(1)) is not None


def given_tags(session: Session, item_id: int) -> list[tuple[int, str]]:
    """The tags that an item has beside those in its text: number and name, by name."""
    query = select(Tag.id, Tag.name).join(ItemTag, ItemTag.tag_id == Tag.id)
    rows = session.execute(query.where(ItemTag.item_id == item_id, ItemTag.inline.is_(False)).order_by(Tag.key))
    return [(tag_id, name) for tag_id, name in rows]


def rename_tag(
    session: Session, name: str, new: str, *, now: datetime, progress: Progress = lambda *_: True
) -> TagChange:
    """Call a tag `new` everywhere, in texts and kept searches; where `new` is in use already the two become one.

    Each text that changes leaves a version.

    Raises:
        FieldError: `new` cannot be a tag, or is the same. UserError: there is no such tag.
        Cancelled: `progress`, called with (done, total), said so; roll the transaction back.
    """
    wanted = new.strip().lstrip("#").rstrip("/-")
    if not _NAME.fullmatch(wanted):
        raise FieldError("new", "A tag begins with a letter and has letters, digits, - or / after it.")
    if wanted == name:
        raise FieldError("new", "It is called so already.")
    tag = _tag(session, name)
    key = wanted.casefold()
    other = session.scalar(select(Tag).where(Tag.key == key, Tag.id != tag.id))
    change = TagChange(old=(tag.name, tag.key), new=wanted)
    change.texts = _rewrite(session, tag, f"#{wanted}", now, progress)
    with_old = has_tags_below(session, tag.name)
    change.searches = searches.asking_for_tag(session, tag.name, wanted, with_old=with_old)
    searches.retell(session, change.searches)
    if other is None:
        tag.name, tag.key = wanted, key
    else:
        carried = set(session.scalars(select(ItemTag.item_id).where(ItemTag.tag_id == other.id)))
        change.held = _held(session, tag.id)
        change.added = [item_id for item_id, _ in change.held if item_id not in carried]
        _carry(session, tag.id, other.id, change.added)
        session.execute(delete(Tag).where(Tag.id == tag.id))
    session.flush()
    session.expire_all()
    touch(session, Item, Tag)
    return change


def delete_tag(session: Session, name: str, *, now: datetime, progress: Progress = lambda *_: True) -> TagChange:
    """Take a tag from everything that carries it; in the texts the word stays without its #."""
    tag = _tag(session, name)
    change = TagChange(old=(tag.name, tag.key))
    change.texts = _rewrite(session, tag, tag.name, now, progress)
    change.held = _held(session, tag.id)
    session.execute(delete(Tag).where(Tag.id == tag.id))
    session.flush()
    session.expire_all()
    touch(session, Item, Tag)
    return change


def take_back(session: Session, change: TagChange, *, now: datetime) -> int:
    """Undo a change: tags and texts as they were. Texts edited since keep their words; returns how many."""
    name, key = change.old
    tag = session.scalar(select(Tag).where(Tag.key == key))
    if tag is None:
        renamed = session.scalar(select(Tag).where(Tag.key == change.new.casefold())) if not change.held else None
        if renamed is not None:
            renamed.name, renamed.key = name, key
            tag = renamed
        else:
            tag = Tag(name=name, key=key)
            session.add(tag)
        session.flush()
    else:
        tag.name = name
    other = session.scalar(select(Tag).where(Tag.key == change.new.casefold(), Tag.id != tag.id))
    if other is not None and change.added:
        _carry(session, other.id, None, change.added)
    here = set(session.scalars(select(ItemTag.item_id).where(ItemTag.tag_id == tag.id)))
    alive = set(session.scalars(select(Item.id)))
    rows = [
        {"item_id": item_id, "tag_id": tag.id, "inline": inline}
        for item_id, inline in change.held
        if item_id not in here and item_id in alive
    ]
    if rows:
        session.execute(insert(ItemTag), rows)
    session.flush()
    kept = rewriting.put_back(session, change.texts, now=now)
    searches.retell(session, {called: (after, before) for called, (before, after) in change.searches.items()})
    touch(session, Tag)
    return kept


def _tag(session: Session, name: str) -> Tag:
    tag = session.scalar(select(Tag).where(Tag.key == name.casefold()))
    if tag is None:
        raise UserError(f"There is no tag “{name}” any more.")
    return tag


def _rewrite(session: Session, tag: Tag, said: str, now: datetime, progress: Progress) -> Texts:
    """Say `said` in place of #tag in every text, outside code."""
    pattern = re.compile(rf"(?<![\w/#&\[(\]])#{re.escape(tag.name)}(?![\w/\-]*\w)", re.IGNORECASE)
    ids = list(session.scalars(select(ItemTag.item_id).where(ItemTag.tag_id == tag.id, ItemTag.inline.is_(True))))
    return rewriting.rewrite(session, ids, partial(pattern.sub, said), now=now, progress=progress)


def _carry(session: Session, source: int, target: int | None, ids: list[int]) -> None:
    """Give the items the target tag instead of the source; None takes the source from them."""
    for chunk in in_chunks(ids, CHUNK):
        some = ItemTag.tag_id == source, ItemTag.item_id.in_(chunk)
        if target is None:
            session.execute(delete(ItemTag).where(*some))
        else:
            session.execute(update(ItemTag).where(*some).values(tag_id=target))


def _held(session: Session, tag_id: int) -> list[tuple[int, bool]]:
    query = select(ItemTag.item_id, ItemTag.inline).where(ItemTag.tag_id == tag_id)
    return [(row.item_id, row.inline) for row in session.execute(query)]
