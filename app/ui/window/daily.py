"""Another day begins while the window is open: pages that were made on the one before are made anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from app.core import clock
from app.ui.kit.pause import what_is_typed
from app.ui.window.part import Part

if TYPE_CHECKING:
    from app.ui.window.main import MainWindow

LOOK_MS: Final = 30_000


class Daily(Part):
    """Looks twice a minute; never under the hands of somebody, beside a dialog, or while Undo is offered."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._day: date | None = None
        self._typed: object = None
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)
        window.ready.connect(self._begin)

    def _begin(self) -> None:
        self._day = self._today()
        self._looks.start()

    def look(self) -> None:
        """Turn the pages where it is another day, and nothing has been typed since the last look."""
        if self._store is None or (today := self._today()) == self._day:
            return
        typed, before = what_is_typed(), self._typed
        self._typed = typed
        if typed == before and self._is_quiet():
            self._day = today
            self._window.building.renew()

    def _today(self) -> date:
        from app.core import journal

        assert self._store is not None
        with self._store.read() as session:
            return journal.today(session, clock.now(), clock.zone())

    def _is_quiet(self) -> bool:
        opened = any(
            isinstance(one, QDialog | QMenu) and one.isVisible() for one in QApplication.topLevelWidgets()
        )
        pages = self._window.pages.values()
        return (
            not opened
            and not self._window.messages.is_passing
            and all(getattr(page, "flush", lambda: True)() for page in pages)
        )
