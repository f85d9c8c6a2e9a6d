"""When a long journal is read anew: not under the hands of somebody who types, but at the next breath."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.ui.kit.editor import Autosaver

TYPING_MS: Final = 400
LATEST_MS: Final = 10_000


class Breath(QObject):
    """Calls `refresh` at once, or, while somebody types and `is_long` says so, when the typing pauses."""

    def __init__(self, typed: Autosaver, is_long: Callable[[], bool], refresh: Callable[[], None]) -> None:
        super().__init__(typed)
        self._typed, self._is_long, self._refresh = typed, is_long, refresh
        self.typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self.later = QTimer(self, singleShot=True, interval=LATEST_MS)
        self.typing.timeout.connect(self._catch_up)
        self.later.timeout.connect(self._refresh)

    def follow(self) -> None:
        """Something changed."""
        if self.typing.isActive() and self._is_long():
            if not self.later.isActive():
                self.later.start()
        else:
            self._refresh()

    def done(self) -> None:
        """All was read anew; nothing waits any more."""
        self.later.stop()

    def note_typing(self) -> None:
        """A key was pressed, or another entry was opened."""
        if self._typed.has_unsaved:
            self.typing.start()

    def _catch_up(self) -> None:
        if self.later.isActive():
            self._refresh()
