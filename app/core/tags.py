"""Tags as a whole: renamed, merged, deleted, in every text that says them, as one action with a way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Integer, cast, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.core.errors import FieldError, UserError
from app.core.model import Item, ItemTag, Tag, Version, digest_of, instant_text
from app.core.store import touch
from app.core.words import facts_of, title_of, word_count

_NAME: Final = re.compile(r"[^\W\d_][\w/\-]*")
_CODE: Final = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
CHUNK: Final = 500

Progress = Callable[[int, int], bool]


class Cancelled(Exception):
    """Somebody asked for an end; nothing was changed."""


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag in use: how many living items carry it, and in how many texts it stands."""

    name: str
    items: int
    texts: int


@dataclass(slots=True)
class TagChange:
    """What a rename, a merge or a deletion changed, for `take_back`."""

    texts: dict[int, tuple[str, str]] = field(default_factory=dict)
    held: list[tuple[int, bool]] = field(default_factory=list)
    old: tuple[str, str] = ("", "")
    new: str = ""
    added: list[int] = field(default_factory=list)


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


def rename_tag(
    session: Session, name: str, new: str, *, now: datetime, progress: Progress = lambda *_: True
) -> TagChange:
    """Call a tag `new` everywhere, also in the texts; where `new` is in use already the two become one.

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
    _rewrite(session, tag, f"#{wanted}", change, now, progress)
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
    _rewrite(session, tag, tag.name, change, now, progress)
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
    kept = 0
    for item_id, (before, after) in change.texts.items():
        item = session.get(Item, item_id)
        if item is None or item.text != after:
            kept += item is not None
            continue
        _write(session, item_id, item.uid, item.kind, item.facts, before, now)
    session.expire_all()
    touch(session, Item, Tag)
    return kept


def _tag(session: Session, name: str) -> Tag:
    tag = session.scalar(select(Tag).where(Tag.key == name.casefold()))
    if tag is None:
        raise UserError(f"There is no tag “{name}” any more.")
    return tag


def _rewrite(session: Session, tag: Tag, said: str, change: TagChange, now: datetime, progress: Progress) -> None:
    """Say `said` in place of #tag in every text, outside code."""
    pattern = re.compile(rf"(?<![\w/#&\[(\]])#{re.escape(tag.name)}(?![\w/\-]*\w)", re.IGNORECASE)
    ids = list(session.scalars(select(ItemTag.item_id).where(ItemTag.tag_id == tag.id, ItemTag.inline.is_(True))))
    query = select(Item.id, Item.uid, Item.kind, Item.facts, Item.title, Item.text, Item.rev)
    for start in range(0, len(ids), CHUNK):
        if not progress(start, len(ids)):
            raise Cancelled
        versions = []
        for row in session.execute(query.where(Item.id.in_(ids[start : start + CHUNK]))).all():
            after = _outside_code(row.text, pattern, said)
            if after == row.text:
                continue
            change.texts[row.id] = (row.text, after)
            versions.append({"item_id": row.id, "at": now, "rev": row.rev, "title": row.title, "text": row.text})
            _write(session, row.id, row.uid, row.kind, row.facts, after, now)
        if versions:
            session.execute(insert(Version), versions)


def _outside_code(text: str, pattern: re.Pattern[str], said: str) -> str:
    made, at = [], 0
    for code in _CODE.finditer(text):
        made += [pattern.sub(said, text[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*made, pattern.sub(said, text[at:])))


def _write(session: Session, item_id: int, uid: str, kind: str, facts: str, text: str, now: datetime) -> None:
    title, beside = title_of(text, facts), facts_of(facts, text)
    session.connection().exec_driver_sql(
        "UPDATE item SET text = ?, title = ?, facts = ?, digest = ?, changed_at = ?, rev = rev + 1 WHERE id = ?",
        (text, title, beside, digest_of(uid, kind, title, text), instant_text(now), item_id),
    )
    session.connection().exec_driver_sql("UPDATE entry SET words = ? WHERE id = ?", (word_count(text), item_id))


def _carry(session: Session, source: int, target: int | None, ids: list[int]) -> None:
    """Give the items the target tag instead of the source; None takes the source from them."""
    for start in range(0, len(ids), CHUNK):
        some = ItemTag.tag_id == source, ItemTag.item_id.in_(ids[start : start + CHUNK])
        if target is None:
            session.execute(delete(ItemTag).where(*some))
        else:
            session.execute(update(ItemTag).where(*some).values(tag_id=target))


def _held(session: Session, tag_id: int) -> list[tuple[int, bool]]:
    query = select(ItemTag.item_id, ItemTag.inline).where(ItemTag.tag_id == tag_id)
    return [(row.item_id, row.inline) for row in session.execute(query)]
