"""Whether this installation works: a temporary journal is written, found again, drawn and checked."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app import APP_NAME, __version__

WAIT_MS = 20_000
_PARTS = (("PySide6", "pyside6-essentials"), ("SQLAlchemy", "sqlalchemy"), ("pyqtgraph", "pyqtgraph"))


def run() -> int:
    """Print what was done, and the versions of what did it; 0 when all of it worked, else 1 and the reason."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="northing-self-test-", ignore_cleanup_errors=True) as folder:
        os.environ["NORTHING_HOME"] = folder
        try:
            _write_and_find(Path(folder) / "Test.northing")
            _draw(Path(folder) / "Test.northing")
        except Exception as error:  # whatever it is, this is the place to say it
            print(f"FAILED: {type(error).__name__}: {error}")
            return 1
    for name, version in _versions():
        print(f"{name:12} {version}")
    print("The self-test passed.")
    return 0


def _write_and_find(path: Path) -> None:
    from app.core import clock, demo, integrity, journal
    from app.core.store import open_store

    now, zone = clock.now(), clock.zone()
    store = open_store(path)
    with store.read() as session:
        today = journal.today(session, now, zone)
    demo.load_demo(store, today=today, now=now, zone=zone)
    with store.write() as session:
        journal.add_entry(session, day=today, now=now, zone=zone.key, text="A quetzal was seen. #selftest", at=now)
    with store.read() as session:
        found = journal.entry_ids(session, matching="quetzal")
    store.close()
    if len(found) != 1:
        raise RuntimeError(f"The search found {len(found)} entries instead of one.")
    if integrity.check(path).problems:
        raise RuntimeError("The journal that was just written is not sound.")
    print("A journal was made, written to, searched and checked.")


def _draw(path: Path) -> None:
    from PySide6.QtCore import QSettings

    from app.ui import start
    from app.ui.kit import background

    chosen = QSettings(str(path.with_name("window.ini")), QSettings.Format.IniFormat)
    chosen.setValue("theme", "light")
    start.application()
    window = start.open_window(path, chosen)
    _wait_until(lambda: window.store is not None)
    for name in ("journal", "objectives", "skills", "insights"):
        window.show_page(name)
        _wait_until(lambda: not background.is_busy())
        image = window.grab().toImage()
        colours = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
        if len(colours) < 8:
            raise RuntimeError(f"The page “{name}” stays empty.")
    print("Its pages and charts were drawn.")
    store = window.store
    window.close()
    background.shutdown()
    if store is not None:
        store.close()


def _wait_until(reached: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop, gone = QEventLoop(), 0
    while not reached():
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        gone += 20
        if gone > WAIT_MS:
            raise RuntimeError("The window does not come to rest.")


def _versions() -> list[tuple[str, str]]:
    from importlib.metadata import version

    from app.core.store import sqlite_version

    return [
        (APP_NAME, __version__),
        ("Python", platform.python_version()),
        *((name, version(package)) for name, package in _PARTS),
        ("SQLite", sqlite_version()),
        ("System", platform.platform()),
    ]
