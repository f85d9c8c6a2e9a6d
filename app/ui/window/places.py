"""Where the window stands, remembered, and never off every screen."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

USUAL = QSize(1280, 820)
SMALLEST = QSize(760, 520)
FRAME = QSize(8, 48)
"""Room that a desktop needs around a window for its frame and title bar."""


def restore(window: QMainWindow, preferences: QSettings) -> None:
    """Put `window` where it was; the first time the desktop finds it a place, with its title bar on the screen."""
    window.setMinimumSize(SMALLEST)
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    kept = preferences.value("geometry")
    if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
        wanted = window.geometry()
        if (within := clamped(wanted, screens)) != wanted:
            window.setGeometry(within)
    else:
        room = min((screen.size() for screen in screens), key=QSize.height, default=USUAL)
        window.resize(USUAL.boundedTo(room - FRAME))


def remember(window: QMainWindow, preferences: QSettings) -> None:
    """Keep the window's place and every named splitter's."""
    preferences.setValue("geometry", window.saveGeometry())
    for splitter in window.findChildren(QSplitter):
        if splitter.objectName():
            preferences.setValue(f"splitter/{splitter.objectName()}", splitter.saveState())
    _free(preferences)
    preferences.sync()


def _free(preferences: QSettings) -> None:
    """Take away a lock that a write of this process could not: Qt would wait for it for half a minute."""
    lock = Path(f"{preferences.fileName()}.lock")
    with suppress(OSError, ValueError):
        if lock.read_text(encoding="utf-8").partition("\n")[0] == str(os.getpid()):
            lock.unlink()


def restore_splitters(page: QWidget, preferences: QSettings) -> None:
    """Put every named splitter of `page` where it was."""
    for splitter in page.findChildren(QSplitter):
        kept = preferences.value(f"splitter/{splitter.objectName()}") if splitter.objectName() else None
        if isinstance(kept, QByteArray):
            splitter.restoreState(kept)


def clamped(wanted: QRect, screens: list[QRect]) -> QRect:
    """`wanted` moved and shrunk until it lies wholly on the screen that it overlaps most."""
    if not screens:
        return wanted

    def overlap(screen: QRect) -> int:
        shared = screen.intersected(wanted)
        return max(shared.width(), 0) * max(shared.height(), 0)

    screen = max(screens, key=overlap)
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.right() - size.width() + 1)
    top = min(max(wanted.top(), screen.top()), screen.bottom() - size.height() + 1)
    return QRect(left, top, size.width(), size.height())
