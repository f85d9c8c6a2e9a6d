"""An icon in the system's tray, where there is one, and the system's own notifications."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

SETTLED_MS: Final = 1000
"""A tray needs a moment to place an icon; a message before that appears where nobody looks."""
SHOWN_FOR_MS: Final = 20_000


def has_tray() -> bool:
    """Whether this desktop shows tray icons at this moment; it may begin or cease to."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The icon with its menu; nothing is in the tray until `set_shown`.

    Signals:
        chosen: The icon was clicked. message_chosen: A notification was clicked.
    """

    chosen = Signal()
    message_chosen = Signal()

    def __init__(self, owner: QWidget, name: str, icon: QIcon) -> None:
        super().__init__(owner)
        self.menu = QMenu(owner)
        self._is_kept = False
        self._icon = QSystemTrayIcon(icon, self)
        self._icon.setToolTip(name)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.message_chosen)
        self._said = ("", "")
        self._soon = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._soon.timeout.connect(self._say)

    @property
    def is_at_hand(self) -> bool:
        """Whether somebody can reach the icon now."""
        return self._is_kept and has_tray()

    def add(self, text: str, slot: Callable[[], object]) -> None:
        """One more line of the menu."""
        self.menu.addAction(text).triggered.connect(lambda: slot())

    def set_shown(self, *, shown: bool) -> None:
        """Show the icon, or take it away; a tray that appears later gets it then."""
        self._is_kept = shown
        self._icon.setVisible(shown)

    def notify(self, title: str, text: str) -> bool:
        """Show a notification of the system; whether there was a way to."""
        if has_tray() and QSystemTrayIcon.supportsMessages():
            self._icon.show()
            self._said = (title, text)
            self._soon.start()
            return True
        if sys.platform == "linux" and (found := shutil.which("notify-send")):
            has_begun, _ = QProcess.startDetached(found, ["--app-name", title, "--icon", "northing", title, text])
            return has_begun
        return False

    def withdraw(self) -> None:
        """What was notified is settled: an icon that came for it alone goes."""
        self._soon.stop()
        if not self._is_kept:
            self._icon.hide()

    def _say(self) -> None:
        self._icon.showMessage(*self._said, self._icon.icon(), SHOWN_FOR_MS)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.chosen.emit()
