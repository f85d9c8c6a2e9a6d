"""Records as notes of the journal, hundreds at a time: past the unit of work, which needs ten times as long."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.core import attachments, days, files, journal, mentions
from app.core.errors import UserError
from app.core.journal import LONGEST_TEXT
from app.core.model import Entry, Item, ItemTag, Model, Origin, Tag, digest_of, new_uid
from app.core.moments import FreeMoments
from app.core.progress import Progress, go_on
from app.core.store import touch
from app.core.transfer.records import Record, Remark, called
from app.core.words import facts_of, normal_text, tags_in, title_of, word_count

CHUNK: Final = 500
UNDATED: Final = "undated"
"""The tag of what came without a possible day; it stands on the day of the import."""
CHANGED: Final = "changed at"
"""What `Origin.extra` calls the instant at which the source says that a record was last changed."""

Rows = dict[type[Model], list[dict[str, Any]]]


class Entrance:
    """Writes records as one batch into a session.

    Attributes:
        remarks: What came differently than it stood there.
    """

    def __init__(
        self, session: Session, batch_id: int, folder: Path, new_files: list[str], *, now: datetime, zone: str
    ) -> None:
        """`folder` is the journal's folder of files; the SHA-256 of what is new in it goes into `new_files`."""
        self.remarks: list[Remark] = []
        self._new_files = new_files
        self._session = session
        self._batch_id = batch_id
        self._folder = folder
        self._now = now
        self._zone = zone
        self._today = journal.today(session, now, ZoneInfo(zone))
        self._next_id = (session.scalar(select(func.max(Item.id))) or 0) + 1
        self._tags = {tag.key: tag.id for tag in session.execute(select(Tag.key, Tag.id))}
        self._last_tag_id = max(self._tags.values(), default=0)
        self._moments = FreeMoments(session.scalars(select(Item.moment)))
        self._rows: Rows = defaultdict(list)
        self._naming: dict[int, str] = {}
        self._with_files: list[tuple[int, Record]] = []

    def bring(self, records: Sequence[Record], progress: Progress) -> None:
        """Write them all.

        Raises:
            Cancelled: `progress` said so.
        """
        for start in range(0, len(records), CHUNK):
            for done, record in enumerate(records[start : start + CHUNK], start):
                if done == start or len(record.text) > CHUNK * 1000:
                    go_on(progress, done, len(records))
                self._add(record)
            self._write()
            for item_id, record in self._with_files:
                go_on(progress, start, len(records))
                self.remarks += self._bring_files(item_id, record)
            self._with_files.clear()
            self._session.flush()
            self._session.expunge_all()
        mentions.follow_new(self._session, self._naming, now=self._now)
        touch(self._session, Item, Entry, ItemTag, Tag, Origin)
        go_on(progress, len(records), len(records))

    def _add(self, record: Record) -> None:
        text = normal_text(record.text)
        parts = list(_parts(text))
        if len(parts) > 1:
            said = f"It is longer than one entry can hold, and comes as {len(parts)} entries of its day."
            self.remarks.append(Remark(called(record), said))
        for number, part in enumerate(parts, 1):
            key = record.key if number == 1 else f"{record.key}#{number}"
            item_id = self._add_entry(record, key, part)
            if number == 1 and record.attachments:
                self._with_files.append((item_id, record))

    def _add_entry(self, record: Record, key: str, text: str) -> int:
        item_id = self._next_id
        self._next_id += 1
        day, zone = record.day or self._today, record.zone or self._zone
        facts = facts_of("", text)
        said = {"uid": new_uid(), "kind": "note", "title": title_of(text, facts), "text": text}
        created, changed = self._instants(record)
        self._rows[Item].append(
            {
                "id": item_id, **said, "facts": facts, "digest": digest_of(**said), "starred": record.starred,
                "private": False, "created_at": created, "changed_at": changed, "rev": 1,
                "moment": self._moments.take(days.moment_of(day, record.at, zone)),
            }
        )  # fmt: skip
        self._rows[Entry].append(
            {
                "id": item_id, "day": day, "at": record.at, "zone": zone, "mood": record.mood,
                "words": word_count(text),
            }
        )  # fmt: skip
        origin = {"key": key, "item_id": item_id, "batch_id": self._batch_id, "extra": _extra(record)}
        self._rows[Origin].append(origin)
        self._add_tags(item_id, tags_in(text), record.tags if record.day else (*record.tags, UNDATED))
        if any(mentions.mentions_in(text)):
            self._naming[item_id] = text
        return item_id

    def _instants(self, record: Record) -> tuple[datetime, datetime]:
        """When it was made and last changed as far as its source tells, never after now.

        So a first change in the journal is no part of the session of writing in which it came.
        """
        made = record.at
        if made is None and record.day is not None:
            made = datetime.combine(record.day, time(), UTC)
        made = min(made or self._now, self._now)
        return made, max(made, min(record.changed_at or made, self._now))

    def _add_tags(self, item_id: int, inline: Sequence[str], beside: Sequence[str]) -> None:
        written: set[str] = set()
        for names, is_inline in ((inline, True), (beside, False)):
            for name in names:
                key = name.casefold()
                if key in written:
                    continue
                written.add(key)
                if key not in self._tags:
                    self._last_tag_id += 1
                    self._tags[key] = self._last_tag_id
                    self._rows[Tag].append({"id": self._last_tag_id, "name": name, "key": key})
                row = {"item_id": item_id, "tag_id": self._tags[key], "inline": is_inline}
                self._rows[ItemTag].append(row)

    def _write(self) -> None:
        for mapped in (Item, Entry, Tag, ItemTag, Origin):
            if rows := self._rows.pop(mapped, None):
                table: Any = mapped.__table__
                self._session.execute(insert(table), rows)

    def _bring_files(self, item_id: int, record: Record) -> Iterator[Remark]:
        """The record's files under the names that its text points to; what cannot be read is told, not fatal."""
        kept = []
        for attachment in record.attachments:
            try:
                raw = attachment.read()
            except UserError as error:
                yield Remark(called(record), f"“{attachment.name}” did not come along: {error}")
                continue
            sha = hashlib.sha256(raw).hexdigest()
            if files.place(self._folder, sha) is None:
                self._new_files.append(sha)
            one = attachments.keep(self._folder, attachment.name, raw)
            kept.append(replace(one, name=attachment.name or "file"))
        if kept:
            attachments.attach(self._session, item_id, kept, now=self._now)


def _extra(record: Record) -> str | None:
    extra = dict(record.extra)
    if record.changed_at is not None:
        extra[CHANGED] = record.changed_at.isoformat()
    return json.dumps(extra, ensure_ascii=False, default=str) if extra else None


def _parts(text: str) -> Iterator[str]:
    """The text in pieces that an entry can hold, cut where a line ends if there is one."""
    start = 0
    while len(text) - start > LONGEST_TEXT:
        end = text.rfind("\n", start + LONGEST_TEXT // 2, start + LONGEST_TEXT) + 1 or start + LONGEST_TEXT
        yield text[start:end]
        start = end
    yield text[start:]
