"""The real window, filled and painted without a screen, always the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QPixmap

from app.core import clock, demo
from app.core.store import open_store
from app.ui import start
from app.ui.kit import background, theme
from app.ui.window import MainWindow
from app.ui.window.pages import PAGES

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SIZE = (1280, 820)
SETTLED_MS = 60
GIVEN_UP_MS = 15_000

PAGE_NAMES = tuple(kind.name for kind in PAGES)


def wait_until(reached: Callable[[], bool]) -> None:
    """Let events go on until `reached`; a bug when it takes longer than `GIVEN_UP_MS`."""
    loop, gone = QEventLoop(), 0
    while not reached():
        QTimer.singleShot(10, loop.quit)
        loop.exec()
        gone += 10
        assert gone < GIVEN_UP_MS, "the window does not come to rest"


def wait(milliseconds: int) -> None:
    """Let events go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def make_demo(path: Path) -> None:
    """A journal at `path` with the demo in it."""
    store = open_store(path)
    demo.load_demo(store, today=NOW.date(), now=NOW, zone=clock.zone())
    store.close()


@contextmanager
def opened(path: Path, preferences: Path) -> Iterator[MainWindow]:
    """The window on the journal at `path`, in the light, alive."""
    chosen = QSettings(str(preferences), QSettings.Format.IniFormat)
    chosen.setValue("theme", "light")
    window = start.open_window(path, chosen)
    window.resize(*SIZE)
    try:
        wait_until(lambda: window.store is not None)
        yield window
    finally:
        window.close()
        background.shutdown()
        if window.store is not None:
            window.store.close()
        window.deleteLater()


def picture(window: MainWindow, page: str, look: theme.Choice) -> QPixmap:
    """`page` as it looks when everything on it has been read."""
    theme.watch().choose(look)
    shown = window.show_page(page)
    assert shown is not None
    wait_until(lambda: not background.is_busy())
    wait(SETTLED_MS)
    wait_until(lambda: not background.is_busy())
    return window.grab()
