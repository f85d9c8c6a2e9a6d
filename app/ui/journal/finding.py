"""What a search of the journal finds: the newest at each key, all of it once the typing pauses."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.core import journal, mentions
from app.core.query import Query
from app.core.store import Store
from app.ui.kit.background import run_in_background

FIRST_MATCHES: Final = 300
"""Newest matches shown at each key; the rest follows when the typing pauses."""

PAUSE_MS: Final = 250


class Finding(QObject):
    """One search at a time. `found` tells the ids of entries, newest or best first, and whether these are all."""

    found = Signal(object, bool)

    def __init__(self, store: Store, today: date, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._today = store, today
        self._query, self._best_first = Query(), False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._find_all)
        self.is_busy = False

    def understand(self, text: str) -> Query:
        """What was typed as a query: kinds, days and tags as this journal knows them."""
        with self._store.read() as session:
            return journal.query_for(session, text, today=self._today)

    def tag_names(self) -> list[str]:
        """Tags in use, to be offered."""
        with self._store.read() as session:
            return mentions.tag_names(session, "", limit=1000)

    def titles(self, typed: str) -> list[str]:
        """Titles of items that fit some words, to be offered."""
        with self._store.read() as session:
            return mentions.item_titles(session, typed, limit=20)

    def look(self, query: Query, *, best_first: bool = False) -> None:
        """Find what fits; without a query every entry. The best can only be told among all, in the background."""
        self._query, self._best_first = query, best_first
        if best_first and query.node is not None:
            self._find_all()
            return
        with self._store.read() as session:
            if query.node is None:
                ids = journal.timeline_ids(session)
            else:
                ids = journal.entry_ids(session, matching=query, limit=FIRST_MATCHES)
        has_more = query.node is not None and len(ids) == FIRST_MATCHES
        self.found.emit(ids, not has_more)
        if has_more:
            self._pause.start()
        else:
            self._pause.stop()

    def _find_all(self) -> None:
        """Keys come faster than all matches of a common word are found: asked anew, it looks again after."""
        if self.is_busy:
            return
        self.is_busy = True
        query, best_first = self._query, self._best_first

        def work() -> list[int]:
            with self._store.read() as session:
                return journal.entry_ids(session, matching=query, best_first=best_first)

        def then(ids: list[int]) -> None:
            self.is_busy = False
            if query is self._query and best_first == self._best_first:
                self.found.emit(ids, True)
            elif self._query.node is not None:
                self._find_all()

        def fail(error: Exception) -> None:
            self.is_busy = False
            raise error

        run_in_background(self, work, then, failed=fail)
