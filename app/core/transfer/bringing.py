"""Bringing records into the journal: first a plan that writes nothing, then one batch that can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import paths
from app.core import attachments, backups, days, items, journal
from app.core.errors import UserError
from app.core.model import Batch, Entry, Item, Origin
from app.core.store import Store, touch, tune
from app.core.transfer.own import files as own_files
from app.core.transfer.own import writing as own
from app.core.transfer.records import Found, Record, Remark, Skipped, Surroundings

CHUNK: Final = 500
UNDATED: Final = "undated"
"""The tag of what came without a possible day; it stands on the day of the import."""


class Cancelled(Exception):
    """The user stopped it; nothing was written."""


@dataclass(slots=True)
class Plan:
    """What an import would do.

    Attributes:
        fresh: Records to bring. known: how many are already there. skipped: what cannot come, and why.
        remarks: What comes differently than it stood in the source.
    """

    source: str
    name: str
    fresh: list[Record] = field(default_factory=list)
    known: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    surroundings: Surroundings | None = None


def plan(store: Store, source: str, name: str, records: Iterable[Found]) -> Plan:
    """Read every record and compare it with the journal; nothing is written.

    Args:
        source: The reader's name. name: What the user chose, as the batch will be called.
    """
    made = Plan(source, name)
    with store.read() as session:
        known = set(session.scalars(select(Origin.key)))
        known.update(f"northing:{uid}" for uid in session.scalars(select(Item.uid)))
    for record in records:
        if isinstance(record, Skipped):
            made.skipped.append(record)
        elif isinstance(record, Remark):
            made.remarks.append(record)
        elif isinstance(record, Surroundings):
            made.surroundings = record
        elif record.key in known:
            made.known += 1
        else:
            known.add(record.key)
            made.fresh.append(record)
    return made


def bring(
    store: Store,
    made: Plan,
    *,
    now: datetime,
    zone: str,
    progress: Callable[[int, int], bool] = lambda *_: True,
) -> int | None:
    """Write a plan's records as one batch, all or nothing; returns the batch's id, None if there was nothing.

    The journal is backed up before.

    Args:
        progress: Called with (done, total); returning False cancels.

    Raises:
        Cancelled: `progress` said so; the journal is as it was.
    """
    if not made.fresh:
        return None
    with store.read() as session:
        is_empty = session.scalar(select(Item.id).limit(1)) is None
    if not is_empty:
        backups.take(store, reason="import", now=now)
    with store.write() as session:
        batch = Batch(source=made.source, name=made.name, at=now)
        session.add(batch)
        session.flush()
        if made.surroundings is not None:
            _bring_own(session, batch.id, made, store.path, progress)
            tune(session)
            return batch.id
        for done, record in enumerate(made.fresh):
            if (done % CHUNK == 0 or record.attachments) and not progress(done, len(made.fresh)):
                raise Cancelled
            entry = _bring_one(session, batch.id, record, now, zone)
            made.remarks += _bring_files(session, paths.files_dir(store.path), entry.id, record, now)
            if done % CHUNK == CHUNK - 1:
                session.flush()
                session.expunge_all()
        session.flush()
        tune(session)
        if not progress(len(made.fresh), len(made.fresh)):
            raise Cancelled
        return batch.id


def undo(session: Session, batch_id: int, *, now: datetime) -> int:
    """Take a batch back: what nobody touched since is removed, what was edited goes to the Trash.

    Returns:
        How many items left the journal.
    """
    rows = session.execute(
        select(Item.id, Item.rev, Origin.key, Origin.extra)
        .join(Origin, Origin.item_id == Item.id)
        .where(Origin.batch_id == batch_id)
    ).all()
    untouched = [item_id for item_id, rev, key, extra in rows if rev == own.rev_brought(key, extra)]
    edited = [item_id for item_id, rev, key, extra in rows if rev != own.rev_brought(key, extra)]
    remove(session, untouched)
    items.trash(session, edited, now=now)
    session.execute(delete(Origin).where(Origin.batch_id == batch_id))
    if batch := session.get(Batch, batch_id):
        batch.undone_at = now
    return len(rows)


def remove(session: Session, ids: Sequence[int]) -> None:
    """Remove items for good, with their tags, links and versions."""
    for start in range(0, len(ids), 10_000):
        some = ids[start : start + 10_000]
        kinds = session.scalars(select(Item.kind).where(Item.id.in_(some)).distinct()).all()
        session.execute(delete(Item).where(Item.id.in_(some)).execution_options(synchronize_session=False))
        touch(session, Item, *(Item.__mapper__.polymorphic_map[kind].class_ for kind in kinds))
    session.expire_all()


def _bring_own(
    session: Session, batch_id: int, made: Plan, journal_path: Path, progress: Callable[[int, int], bool]
) -> None:
    """Items of Northing's own, with all that they were."""
    assert made.surroundings is not None
    session.flush()
    if not session.scalar(select(Item.id).limit(1)):
        own.settle(session, made.surroundings.settings, made.surroundings.tables)
    batches = own.batches_in(session, made.surroundings.batches)
    for record in made.fresh:
        for attachment in record.attachments:
            own_files.keep(paths.files_dir(journal_path), attachment)
    try:
        arrival = own.Arrival(session, [record.item for record in made.fresh if record.item is not None])
        arrival.add(batch_id, batches, progress)
    except own.Stopped:
        raise Cancelled from None


def _bring_one(session: Session, batch_id: int, record: Record, now: datetime, zone: str) -> Entry:
    day, tags = record.day, record.tags
    if day is None:
        day, tags = days.journal_day(now, zone), (*tags, UNDATED)
    new = Entry(day=day, at=record.at, zone=record.zone or zone, starred=record.starred, mood=record.mood)
    journal.file_entry(session, new, text=record.text, now=now)
    if tags:
        items.set_tags(session, new, tags, inline=False)
    extra = json.dumps(dict(record.extra), ensure_ascii=False, default=str) if record.extra else None
    session.add(Origin(key=record.key, item_id=new.id, batch_id=batch_id, extra=extra))
    return new


def _bring_files(session: Session, folder: Path, item_id: int, record: Record, now: datetime) -> Iterator[Remark]:
    """The record's files under the names that its text points to; one that cannot be read is told, not fatal."""
    kept = []
    for attachment in record.attachments:
        try:
            raw = attachment.read()
        except UserError as error:
            yield Remark(record.key, f"“{attachment.name}” did not come along: {error}")
            continue
        kept.append(replace(attachments.keep(folder, attachment.name, raw), name=attachment.name or "file"))
    if kept:
        attachments.attach(session, item_id, kept, now=now)
