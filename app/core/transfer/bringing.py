"""Bringing records into the journal: first a plan that writes nothing, then one batch that can be undone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import paths
from app.core import attachments, backups, items
from app.core.errors import reason_of
from app.core.model import Attachment, Batch, Item, Origin
from app.core.progress import Progress, in_chunks
from app.core.refusals import PlaceRefused
from app.core.store import Store, touch, tune
from app.core.transfer.built_upon import built_upon
from app.core.transfer.entering import Entrance
from app.core.transfer.own import files as own_files
from app.core.transfer.own import writing as own
from app.core.transfer.own.csv_folder import safe
from app.core.transfer.records import BY_FILE, DATED_BY, Found, Record, Remark, Skipped, Surroundings, called

CHUNK: Final = 500


State = Literal["comes", "known", "skipped", "said"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one record: it `comes`, is `known` here, is `skipped`; or what is `said` about how it comes.

    Attributes:
        where: Its title, or where it stood in the source. why: the reason, or what is said; "" where nothing is.
        record: What comes or is known.
    """

    state: State
    day: date | None
    where: str
    why: str = ""
    record: Record | None = field(default=None, compare=False, repr=False)


@dataclass(slots=True)
class Plan:
    """What an import would do.

    Attributes:
        fresh: Records to bring. known: how many are already there. skipped: what cannot come, and why.
        remarks: What comes differently than it stood in the source.
        outcomes: All of this, record by record, in the order of the source.
    """

    source: str
    name: str
    fresh: list[Record] = field(default_factory=list)
    known: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    surroundings: Surroundings | None = None
    outcomes: list[Outcome] = field(default_factory=list)


def plan(store: Store, source: str, name: str, records: Iterable[Found], *, by_file: bool = True) -> Plan:
    """Read every record and compare it with the journal; nothing is written.

    Args:
        source: The reader's name. name: What the user chose, as the batch will be called.
        by_file: Whether what carries no date stands on the day on which its file was last changed.
    """
    made = Plan(source, name)
    with store.read() as session:
        known = set(session.scalars(select(Origin.key)))
        known.update(f"northing:{uid}" for uid in session.scalars(select(Item.uid)))
    for found in records:
        record = found if by_file else _without_file_day(found)
        if isinstance(record, Skipped):
            made.skipped.append(record)
            made.outcomes.append(Outcome("skipped", None, record.where, record.reason))
        elif isinstance(record, Remark):
            made.remarks.append(record)
            made.outcomes.append(Outcome("said", None, record.where, record.said))
        elif isinstance(record, Surroundings):
            made.surroundings = record
        else:
            is_known = record.key in known
            state: State = "known" if is_known else "comes"
            made.outcomes.append(Outcome(state, record.day, called(record), record=record))
            if is_known:
                made.known += 1
            else:
                known.add(record.key)
                made.fresh.append(record)
    return made


def write_report(made: Plan, target: Path) -> None:
    """What becomes of each record, as a CSV file that runs nothing in a spreadsheet.

    Raises:
        PlaceRefused: it cannot be written there.
    """
    rows = [
        (outcome.state, outcome.day.isoformat() if outcome.day else "", safe(outcome.where), safe(outcome.why))
        for outcome in made.outcomes
    ]
    try:
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("state", "day", "what", "why"), *rows])
    except OSError as error:
        raise PlaceRefused(f"“{target}” cannot be written: {reason_of(error)}.") from error


def bring(
    store: Store,
    made: Plan,
    *,
    now: datetime,
    zone: str,
    progress: Progress = lambda *_: True,
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
    folder = paths.files_dir(store.path)
    with own_files.taken_back(folder) as new_files, store.write() as session:
        batch = Batch(source=made.source, name=made.name, at=now)
        session.add(batch)
        session.flush()
        if made.surroundings is not None:
            _bring_own(session, batch.id, made, folder, new_files, progress)
            tune(session)
            return batch.id
        batch_id = batch.id
        entrance = Entrance(session, batch_id, folder, new_files, now=now, zone=zone)
        entrance.bring(made.fresh, progress)
        made.remarks += entrance.remarks
        tune(session)
        return batch_id


def _without_file_day(found: Found) -> Found:
    """`found` without a day that only its file tells, so that it comes as undated."""
    if isinstance(found, Remark) and found.said.endswith(BY_FILE):
        return Remark(found.where, found.said.removesuffix(BY_FILE) + "no date.")
    if isinstance(found, Record) and DATED_BY in found.extra:
        extra = {name: value for name, value in found.extra.items() if name != DATED_BY}
        return replace(found, day=None, at=None, extra=extra)
    return found


def take_back(store: Store, batch_id: int, *, now: datetime, progress: Progress = lambda *_: True) -> int:
    """`undo` a batch, and remove the files that came with it and are nobody else's.

    Raises:
        Cancelled: `progress` said so; nothing was done.
    """
    folder = paths.files_dir(store.path)
    brought = select(Attachment.sha256).join(Origin, Origin.item_id == Attachment.item_id)
    with store.write() as session:
        shas = session.scalars(brought.where(Origin.batch_id == batch_id).distinct()).all()
        when = attachments.times_of(folder, shas)
        count = undo(session, batch_id, now=now, progress=progress)
    if when:
        with store.write() as session:
            attachments.remove_unheld(session, folder, when)
            touch(session, Attachment)
    return count


def undo(session: Session, batch_id: int, *, now: datetime, progress: Progress = lambda *_: True) -> int:
    """Take a batch back: what nobody touched since is removed, what was edited or built upon goes to the Trash.

    Periods and areas that something else stands in stay as they are.

    Args:
        progress: Called with (done, total); returning False cancels.

    Returns:
        How many items left the journal.

    Raises:
        Cancelled: `progress` said so; the transaction is to be given up.
    """
    rows = session.execute(
        select(Item.id, Item.rev, Origin.key, Origin.extra)
        .join(Origin, Origin.item_id == Item.id)
        .where(Origin.batch_id == batch_id)
    ).all()
    untouched = {item_id for item_id, rev, key, extra in rows if rev == own.rev_brought(key, extra)}
    held = built_upon(session, batch_id, untouched)
    going = sorted(untouched - held)
    for some in in_chunks(going, CHUNK, progress):
        remove(session, some)
    places = set(session.scalars(select(Item.id).where(Item.kind.in_(("period", "area")))))
    staying = {item_id for item_id, *_ in rows} - untouched | held - places
    items.trash(session, sorted(staying), now=now)
    session.execute(delete(Origin).where(Origin.batch_id == batch_id))
    if batch := session.get(Batch, batch_id):
        batch.undone_at = now
    return len(rows)


def last_import(session: Session, *, besides: str) -> tuple[int, str] | None:
    """The newest batch that was not taken back and left something, and its name; not one from `besides`."""
    query = (
        "SELECT id, name FROM batch WHERE undone_at IS NULL AND source <> ?"
        " AND EXISTS (SELECT 1 FROM origin WHERE batch_id = batch.id) ORDER BY id DESC LIMIT 1"
    )
    row = session.connection().exec_driver_sql(query, (besides,)).first()
    return (int(row[0]), str(row[1])) if row else None


def remove(session: Session, ids: Sequence[int]) -> None:
    """Remove items for good, with their tags, links and versions."""
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # some may need each other
    for some in in_chunks(ids, 10_000):
        kinds = session.scalars(select(Item.kind).where(Item.id.in_(some)).distinct()).all()
        session.execute(delete(Item).where(Item.id.in_(some)).execution_options(synchronize_session=False))
        touch(session, Item, *(Item.__mapper__.polymorphic_map[kind].class_ for kind in kinds))
    session.expire_all()


def _bring_own(
    session: Session,
    batch_id: int,
    made: Plan,
    folder: Path,
    new_files: list[str],
    progress: Progress,
) -> None:
    """Items of Northing's own, with all that they were."""
    assert made.surroundings is not None
    session.flush()
    if not session.scalar(select(Item.id).limit(1)):
        own.settle(session, made.surroundings.settings, made.surroundings.tables)
    batches = own.batches_in(session, made.surroundings.batches)
    for record in made.fresh:
        new_files += [one.name for one in record.attachments if own_files.keep(folder, one)]
    arrival = own.Arrival(session, [record.item for record in made.fresh if record.item is not None])
    arrival.add(batch_id, batches, progress)
