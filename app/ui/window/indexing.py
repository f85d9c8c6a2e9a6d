"""Telling the search index, in the background, of texts that changed many at once or are being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.core.errors import UserError
from app.ui.kit.background import run_in_background

if TYPE_CHECKING:
    from app.ui.window.main import MainWindow

SETTLED_MS: Final = 4000
"""What an end on the way left behind can wait until the start is over."""

REST_MS: Final = 700
"""Who types saves often; the index hears of it when there is a rest."""


class Indexing(QObject):
    """Catches up after each change of many texts, in each pause of typing, and after a start."""

    _changed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_busy = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._catch_up)
        self._changed.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        window.ready.connect(self._begin)

    def _begin(self) -> None:
        assert self._window.store is not None
        stop = self._window.store.listen(self._changed.emit)
        self.destroyed.connect(lambda: stop())
        QTimer.singleShot(SETTLED_MS, self, self._catch_up)

    def _hear(self, changes: frozenset[type]) -> None:
        from app.core.indexing import Late

        if Late in changes:
            self._rest.start()

    def _catch_up(self) -> None:
        from app.core import indexing

        store = self._window.store
        if store is None or store.is_read_only:
            return
        if self._is_busy:
            self._rest.start()
            return
        self._is_busy = True
        run_in_background(self, lambda: indexing.catch_up(store), lambda _: self._end(), failed=self._failed)

    def _end(self) -> None:
        self._is_busy = False

    def _failed(self, error: Exception) -> None:
        """What could not be indexed now is indexed at the next occasion; a bug ends where bugs end."""
        from app.core.refusals import JournalDamaged

        self._is_busy = False
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, JournalDamaged):
            self._window.tell(error)
