"""An entry while it is being written: made at its first word, saved at every pause, never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core import journal
from app.core.errors import UserError
from app.core.store import ChangedMeanwhile, JournalBusy, JournalDamaged, PlaceRefused, Store


class Writing:
    """What stands behind an open editor.

    Attributes:
        id: The entry, None until its first word is saved. rev: what was last read or written of it.
        day: The day it belongs to.
    """

    def __init__(
        self,
        store: Store,
        day: date,
        *,
        entry: tuple[int, int] | None = None,
        now: Callable[[], datetime],
        zone: Callable[[], ZoneInfo],
    ) -> None:
        """Write on `day`: the entry (id, rev), or one to be made when there is something to keep."""
        self._store = store
        self._now = now
        self._zone = zone
        self.day = day
        self.id: int | None = entry[0] if entry else None
        self.rev = entry[1] if entry else 0

    def save(self, text: str) -> None:
        """Keep `text`; it is committed when this returns.

        Where the entry was changed or trashed elsewhere meanwhile, the text is kept as an entry of its own
        beside it, and the writing goes on there.

        Raises:
            UserError: it could not be kept (disk full, journal busy …); what was typed is still the editor's.
        """
        if self.id is None:
            if text.strip():
                self._begin(text)
            return
        try:
            with self._store.write() as session:
                self.rev = journal.edit_text(session, self.id, text, rev=self.rev, now=self._now())
        except ChangedMeanwhile:
            self._beside(text)
        except (PlaceRefused, JournalBusy, JournalDamaged):
            raise
        except UserError:
            if len(text) > journal.LONGEST_TEXT:
                raise
            self._beside(text)

    def _begin(self, text: str) -> None:
        now, zone = self._now(), self._zone()
        with self._store.write() as session:
            is_today = journal.today(session, now, zone) == self.day
            entry = journal.add_entry(
                session, day=self.day, now=now, zone=zone.key, text=text, at=now if is_today else None
            )
        self.id, self.rev = entry.id, entry.rev

    def _beside(self, text: str) -> None:
        assert self.id is not None
        with self._store.write() as session:
            entry = journal.keep_beside(session, self.id, text, now=self._now())
        self.id, self.rev = entry.id, entry.rev
