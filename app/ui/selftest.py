"""Whether this installation works: everything that was installed is tried, on a journal of its own."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from app import APP_NAME, __version__, paths
from app.core import machine

WAIT_MS: Final = 20_000
PARTS: Final = ("SQLAlchemy", "alembic", "sqlcipher3", "pyqtgraph", "numpy", "markdown-it-py", "RapidFuzz")


def run() -> int:
    """Try each part and say what is found; 0 when all of it works, else 1. No journal of the user is opened."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"{APP_NAME} {__version__}, Python {platform.python_version()}, {machine.system()}")
    failed = []
    with tempfile.TemporaryDirectory(prefix="northing-self-test-", ignore_cleanup_errors=True) as folder:
        os.environ["NORTHING_HOME"] = folder
        for name, part in _PARTS.items():
            try:
                print(f"ok      {name}: {part(Path(folder))}", flush=True)
            except Exception:  # whatever it is, this is the place to say it; the next part may tell more
                failed.append(name)
                print(f"FAILED  {name}\n{traceback.format_exc()}", flush=True)
    print(f"The self-test failed: {', '.join(failed)}." if failed else "The self-test passed.")
    return 1 if failed else 0


def _files(_folder: Path) -> str:
    found = {
        name: len(list((paths.RESOURCES / name).glob(pattern)))
        for name, pattern in (
            ("icons", "*.svg"),
            ("fonts", "*.ttf"),
            ("themes", "*"),
            ("content", "*"),
            ("guide/pictures", "*.png"),
        )
    }
    if not all(found.values()):
        raise FileNotFoundError(f"resources are missing: {found}")
    return ", ".join(f"{count} {name}" for name, count in found.items())


def _database(_folder: Path) -> str:
    """Versions of the library that the store uses; whether it could encrypt."""
    from app.core.store import cipher_version, sqlite_version

    if not (cipher := cipher_version()):
        raise LookupError("the SQLite library cannot encrypt")
    return f"SQLCipher {cipher} on SQLite {sqlite_version()}"


def _journal(folder: Path) -> str:
    """A journal is made by every migration, filled, opened again, searched and checked."""
    from app.core import clock, demo, integrity, journal, migrations
    from app.core.store import open_store

    path, now, zone = folder / "Test.northing", clock.now(), clock.zone()
    with open_store(path) as store:
        with store.read() as session:
            today = journal.today(session, now, zone)
        demo.load_demo(store, today=today, now=now, zone=zone)
        with store.write() as session:
            journal.add_entry(session, day=today, now=now, zone=zone.key, text="A quétzal was seen. #selftest")
        integrity.seal(store)
    with open_store(path, read_only=True) as store, store.read() as session:
        found = journal.entry_ids(session, matching="quetz")
    if len(found) != 1:
        raise LookupError(f"the search found {len(found)} entries instead of one")
    report = integrity.check(path)
    if report.problems:
        raise OSError("; ".join(report.problems))
    return f"schema {migrations.HEAD}, {report.items} items written, searched and checked"


def _window(folder: Path) -> str:
    """The window opens on the journal, and every page of it is painted."""
    from PySide6.QtCore import QSettings, qVersion

    from app.ui import start
    from app.ui.kit import background
    from app.ui.window.pages import PAGES

    chosen = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    chosen.setValue("theme", "light")
    qapp = start.application()
    window = start.open_window(folder / "Test.northing", chosen)
    _wait_until(lambda: window.store is not None)
    for kind in PAGES:
        window.show_page(kind.name)
        _wait_until(lambda: not background.is_busy())
        image = window.grab().toImage()
        colours = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
        if len(colours) < 8:
            raise ValueError(f"the page “{kind.name}” stays empty")
    store = window.store
    window.close()
    background.shutdown()
    if store is not None:
        store.close()
    return f"{len(PAGES)} pages painted by Qt {qVersion()} on {qapp.platformName()}"


def _chart(folder: Path) -> str:
    """A line is drawn and saved as a picture, with the libraries that a page would import beside the window."""
    from PySide6.QtGui import QImage

    from app.ui.kit.chart import ChartSpec, Series, TimeChart, preload

    preload()
    chart = TimeChart()
    chart.resize(480, 240)
    chart.show_spec(ChartSpec([Series("Self-test", [(float(x), float(x * x)) for x in range(9)])]))
    picture = folder / "chart.png"
    if not (chart.is_drawn and chart.grab().save(str(picture))):
        raise ValueError("the chart was not drawn")
    drawn = QImage(str(picture))
    colours = {drawn.pixel(x, y) for x in range(0, drawn.width(), 3) for y in range(0, drawn.height(), 3)}
    if len(colours) < 8:
        raise ValueError("the chart stays empty")
    return f"{drawn.width()} × {drawn.height()} points in {len(colours)} colours"


def _words(_folder: Path) -> str:
    """Spelling is judged, Markdown becomes a page, and a name is found by letters that are not quite right."""
    from rapidfuzz import process

    from app.core import guide
    from app.ui.kit.editor.dictionaries import SHIPPED, SpellBook
    from app.ui.kit.editor.preview import html_of

    judged = SpellBook(SHIPPED / "en_US").judged(["measure", "mesure"])
    if judged != {"measure": True, "mesure": False}:
        raise ValueError("the dictionary does not know its words")
    pages = guide.pages()
    if not pages or not all("<h1>" in html_of(page.text) for page in pages):
        raise ValueError("the guide cannot be read")
    likeliest, _, _ = process.extractOne("bakcups", [page.name for page in pages])
    if likeliest != "backups":
        raise ValueError("what is almost right is not found")
    return f"spelling judged, {len(pages)} pages of the guide read"


def _calendar(folder: Path) -> str:
    """What has a day goes into a calendar file."""
    from app.core import calendar_file, clock, journal
    from app.core.store import open_store

    now, zone = clock.now(), clock.zone()
    with open_store(folder / "Test.northing", read_only=True) as store, store.read() as session:
        made = calendar_file.calendar_file(session, today=journal.today(session, now, zone), now=now)
    if not made.events or made.text.count(b"BEGIN:VEVENT") != made.events:
        raise ValueError("the calendar file holds no events")
    return f"{made.events} events"


def _versions(_folder: Path) -> str:
    return ", ".join(f"{name} {version(name)}" for name in PARTS)


def _wait_until(reached: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop, gone = QEventLoop(), 0
    while not reached():
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        gone += 20
        if gone > WAIT_MS:
            raise TimeoutError("the window does not come to rest")


_PARTS: Final[dict[str, Callable[[Path], str]]] = {
    "files": _files,
    "database": _database,
    "journal": _journal,
    "calendar": _calendar,
    "window": _window,
    "chart": _chart,
    "words": _words,
    "versions": _versions,
}
