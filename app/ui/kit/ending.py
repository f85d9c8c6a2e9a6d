"""Ending in order when the system asks for it by a signal: at a log-out, a shutdown, or Ctrl+C in a terminal."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier

ASKED_BY: Final = ("SIGTERM", "SIGHUP", "SIGINT")


class _Bell(QObject):
    """Rings on the GUI thread when a signal came: Python itself would wait until the next event."""

    def __init__(self, owner: QObject, rung: Callable[[], object]) -> None:
        super().__init__(owner)
        self._rung = rung
        self._read, write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(write, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        if os.read(self._read, 64):
            self._rung()


def end_when_told(owner: QObject, end: Callable[[], object]) -> None:
    """Call `end` at the first signal that asks for it; a second one ends the process as it always did.

    Windows has no such signals: there the session asks its windows to close.
    """
    if sys.platform == "win32":
        return
    for name in ASKED_BY:
        signal.signal(getattr(signal, name), _once)
    _Bell(owner, end)


def _once(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
