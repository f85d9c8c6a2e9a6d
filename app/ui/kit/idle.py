"""Tells when nobody has touched mouse or keyboard for a while; asks no other program about it."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOOK_MS: Final = 10_000
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Watches the windows of this program only, and only while `minutes` are set.

    Wall time counts, so that a computer that slept for longer was idle.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.minutes = 0
        self._touched = time.time()
        self._followed: QWindow | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(lambda: self.look(time.time()))

    def watch(self, minutes: int) -> None:
        """Tell after so many minutes from now on; 0 ends that."""
        qapp = QGuiApplication.instance()
        if not isinstance(qapp, QGuiApplication):
            return
        if minutes and not self.minutes:
            qapp.focusWindowChanged.connect(self._follow)
            self._follow(QGuiApplication.focusWindow())
        elif self.minutes and not minutes:
            qapp.focusWindowChanged.disconnect(self._follow)
            self._follow(None)
        self.minutes = minutes
        self._touched = time.time()
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self, now: float) -> None:
        """Tell if it is time to; `now` in seconds as `time.time` has it."""
        if self.minutes and now - self._touched >= self.minutes * 60:
            self._touched = now
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = time.time()
        return False

    def _follow(self, window: QWindow | None) -> None:
        self._touched = time.time()
        if self._followed is not None:
            self._followed.removeEventFilter(self)
        self._followed = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._lose)

    def _lose(self) -> None:
        self._followed = None
