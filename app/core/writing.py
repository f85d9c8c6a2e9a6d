"""An entry while it is being written: made at its first word, saved at every pause, never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core import attachments, indexing, items, journal, kinds
from app.core.attachments import AttachmentRow, Kept
from app.core.errors import UserError
from app.core.refusals import ChangedMeanwhile, JournalBusy, JournalDamaged, PlaceRefused
from app.core.store import Store


class Writing:
    """What stands behind an open editor.

    Attributes:
        id: The entry, None until its first word is saved. rev: what was last read or written of it.
        day: The day it belongs to. kind: What it is, or will be when it begins.
        untouched: A template that the page begins with; it alone is nothing to keep.
    """

    def __init__(
        self,
        store: Store,
        day: date,
        *,
        entry: tuple[int, int] | None = None,
        kind: str = "note",
        now: Callable[[], datetime],
        zone: Callable[[], ZoneInfo],
    ) -> None:
        """Write on `day`: the entry (id, rev), or one to be made when there is something to keep."""
        self._store = store
        self._now = now
        self._zone = zone
        self.day = day
        self.kind = kind
        self.untouched = ""
        self._fullest: str | None = None
        self._length = 0
        self.id: int | None = entry[0] if entry else None
        self.rev = entry[1] if entry else 0

    def save(self, text: str) -> None:
        """Keep `text`; it is committed when this returns.

        Where the entry was changed, trashed or removed elsewhere meanwhile, the text is kept as an entry of
        its own, beside it or on its day, and the writing goes on there.

        Raises:
            UserError: it could not be kept (disk full, journal busy …); what was typed is still the editor's.
        """
        if self.untouched and text.strip() == self.untouched.strip():
            return
        self.untouched = ""
        if self.id is None:
            if text.strip():
                self._begin(text)
            return
        try:
            self._keep_fullest(text)
            self.rev = _type(self._store, self.id, text, rev=self.rev, now=self._now())
        except ChangedMeanwhile:
            self._beside(text)
        except (PlaceRefused, JournalBusy, JournalDamaged):
            raise
        except UserError:
            if len(text) > journal.LONGEST_TEXT:
                raise
            self._beside(text)

    def say(self, values: Mapping[str, Any]) -> None:
        """Keep what fields of the kind say, by name; it is committed when this returns.

        Raises:
            FieldError: a value cannot be. UserError: it could not be kept.
        """
        if self.id is None:
            if not any(value not in ("", None) for value in values.values()):
                return
            self._begin("")
        assert self.id is not None
        now = self._now()
        with self._store.write() as session:
            held = journal.entry(session, self.id)
            today = journal.today(session, now, self._zone())
            rev = held.rev if held is not None else self.rev
            after = kinds.change_fields(session, self.id, values, rev=rev, now=now, today=today)
        if rev == self.rev:
            self.rev = after

    def become(self, kind: str) -> None:
        """Make it an entry of another kind; what is written stays."""
        if self.id is not None:
            with self._store.write() as session:
                self.rev = kinds.change_kind(session, self.id, kind, rev=self.rev, now=self._now())
        self.kind = kind

    def mark(self, **marks: bool | int | None) -> None:
        """Star it, keep it private, or say mood and energy; see `journal.set_marks`."""
        if self.id is None:
            self._begin("")
        assert self.id is not None
        with self._store.write() as session:
            journal.set_marks(session, [self.id], **marks)

    def attach(self, kept: Sequence[Kept]) -> list[AttachmentRow]:
        """Make kept files the entry's, committed when this returns; a fresh page becomes an entry by them.

        Raises:
            UserError: the entry is gone, or they could not be kept.
        """
        if self.id is None:
            self._begin("")
        assert self.id is not None
        with self._store.write() as session:
            return attachments.attach(session, self.id, kept, now=self._now())

    def append(self, line: str) -> None:
        """Put a line below the text as it stands in the journal, for an entry that no editor shows any more."""
        assert self.id is not None
        with self._store.read() as session:
            held = journal.entry(session, self.id)
        if held is not None:
            self.rev = held.rev
            self.save(f"{held.text}\n{line}" if held.text.strip() else line)

    def _keep_fullest(self, text: str) -> None:
        """What is erased letter by letter is kept as a version too, as it stood when it was longest."""
        assert self.id is not None
        if self._fullest is None:
            with self._store.read() as session:
                held = journal.entry(session, self.id)
            self._fullest = held.text if held is not None else ""
            self._length = len(self._fullest)
        if len(text) > self._length:
            self._fullest = max(text, self._fullest, key=len)
        elif len(text) * 2 < len(self._fullest):
            with self._store.write() as session:
                items.keep_text(session, self.id, journal.sound(self._fullest), now=self._now())
            self._fullest = ""
        self._length = len(text)

    def _begin(self, text: str) -> None:
        now, zone = self._now(), self._zone()
        with self._store.write() as session:
            is_today = journal.today(session, now, zone) == self.day
            new = kinds.class_of(self.kind)(at=now if is_today else None, zone=zone.key, day=self.day)
            entry = journal.file_entry(session, new, text=text, now=now)
        self.id, self.rev = entry.id, entry.rev

    def _beside(self, text: str) -> None:
        assert self.id is not None
        with self._store.write() as session:
            zone = self._zone().key
            entry = journal.keep_beside(session, self.id, text, day=self.day, zone=zone, now=self._now())
        self.id, self.rev = entry.id, entry.rev


def _type(store: Store, item_id: int, text: str, *, rev: int, now: datetime) -> int:
    """`journal.edit_text` of what is being typed, committed when it returns; quick where only words change."""
    text = journal.sound(text)
    try:
        with store.write_rows() as (connection, touched):
            row = journal.held(connection, item_id)
            if row is None or row.deleted_at is not None or row.rev != rev or text == row.text:
                raise _MoreThanWords
            change = journal.change_of(row, text, now=now)
            if not change.is_of_words_alone:
                raise _MoreThanWords
            indexing.defer_row(connection, item_id)
            journal.put_text(connection, item_id, row, text, change, now=now)
            touched.update((row.kind_class, indexing.Late))
        return rev + 1
    except _MoreThanWords:
        with store.write() as session:
            return journal.edit_text(session, item_id, text, rev=rev, now=now, is_being_typed=True)


class _MoreThanWords(Exception):
    """Not for the short way."""
