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
from app.core.model import Item, ItemTag, Tag, digest_of, instant_text
from app.core.store import touch
from app.core.words import facts_of, title_of, word_count

_NAME: Final = re.compile(r"[^\W\d_][\w/\-]*")
_CODE: Final = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
CHUNK: Final = 500

_VERSION: Final = "INSERT INTO version (item_id, at, rev, title, text) VALUES (?, ?, ?, ?, ?)"
_TEXT: Final = (
    "UPDATE item SET text = ?, title = ?, facts = ?, digest = ?, changed_at = ?, rev = rev + 1 WHERE id = ?"
)

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
    written: list[_Written] = []
    for item_id, (before, after) in change.texts.items():
        item = session.get(Item, item_id)
        if item is None or item.text != after:
            kept += item is not None
            continue
        written.append(_Written.of(item_id, item.uid, item.kind, item.facts, before, word_count(before)))
    if written:
        _write(session, written, now)
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
    at = instant_text(now)
    is_as_long = said.startswith("#") and word_count(said) == word_count(tag.name)
    for start in range(0, len(ids), CHUNK):
        if not progress(start, len(ids)):
            raise Cancelled
        versions, written = [], []
        for row in session.execute(query.where(Item.id.in_(ids[start : start + CHUNK]))).all():
            after = _outside_code(row.text, pattern, said)
            if after == row.text:
                continue
            change.texts[row.id] = (row.text, after)
            versions.append((row.id, at, row.rev, row.title, row.text))
            words = None if is_as_long else word_count(after)
            written.append(_Written.of(row.id, row.uid, row.kind, row.facts, after, words))
        if versions:
            session.connection().exec_driver_sql(_VERSION, versions)
            _write(session, written, now)


def _outside_code(text: str, pattern: re.Pattern[str], said: str) -> str:
    if "`" not in text and "~~~" not in text:
        return pattern.sub(said, text)
    made, at = [], 0
    for code in _CODE.finditer(text):
        made += [pattern.sub(said, text[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*made, pattern.sub(said, text[at:])))


@dataclass(frozen=True, slots=True)
class _Written:
    """A text as it goes into its row, with what is worked out from it."""

    item_id: int
    text: str
    title: str
    facts: str
    digest: str
    words: int | None

    @classmethod
    def of(cls, item_id: int, uid: str, kind: str, facts: str, text: str, words: int | None) -> _Written:
        """Without `words` their number stays as it is."""
        title = title_of(text, facts)
        return cls(item_id, text, title, facts_of(facts, text), digest_of(uid, kind, title, text), words)


def _write(session: Session, texts: list[_Written], now: datetime) -> None:
    """Put texts into their rows, in two statements: one for each of ten thousand takes as long as the index."""
    at, connection = instant_text(now), session.connection()
    items = [(each.text, each.title, each.facts, each.digest, at, each.item_id) for each in texts]
    connection.exec_driver_sql(_TEXT, items)
    if counts := [(each.words, each.item_id) for each in texts if each.words is not None]:
        connection.exec_driver_sql("UPDATE entry SET words = ? WHERE id = ?", counts)


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
