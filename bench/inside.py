"""Measures inside the running window: keys, saves, searches, lists, charts, and how long it stood still."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlcipher3 import dbapi2 as sqlite

from app.ui import start
from app.ui.window import MainWindow
from bench.writing import measure_best_match, measure_operators, measure_tags, measure_writing

Figures = dict[str, float]


def quantile(values: list[float], share: float) -> float:
    """The value that `share` of `values` stay at or below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def wait(ms: int) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Heartbeat(QObject):
    """Notes the longest time in which the GUI thread did not answer."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


class _Painted(QObject):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def until_painted(widget: QWidget, act: Callable[[], object]) -> float:
    """Milliseconds from `act` until `widget` has painted again."""
    painted = _Painted(widget)
    begun = time.perf_counter()
    act()
    while not painted.count and time.perf_counter() - begun < 2:
        QApplication.processEvents()
    widget.removeEventFilter(painted)
    return (time.perf_counter() - begun) * 1000


@contextmanager
def opened(journal: Path, *, painted: Callable[[], object] = lambda: None) -> Iterator[MainWindow]:
    """The window on a copy of a journal, which goes with it; `painted` is called at its first picture."""
    folder = Path(tempfile.mkdtemp(prefix="northing-bench-"))
    path = folder / "Bench.northing"
    shutil.copy(journal, path)
    if hasattr(os, "sync"):
        os.sync()
    start.application()
    window = start.open_window(path, start.preferences())
    window.painted.connect(painted)
    try:
        while window.store is None:
            wait(10)
        yield window
    finally:
        window.close()
        if window.store is not None:
            window.store.close()
        shutil.rmtree(folder, ignore_errors=True)


def measure(journal: Path) -> Figures:
    """All figures of one journal, measured on a copy."""
    found: Figures = {}
    with opened(journal) as window:
        wait(300)
        found |= _typing(window)
        found |= _saving(window, window.path.parent)
        found |= _listing(window)
        found |= _searching(window)
        found |= measure_operators(window, quantile)
        found |= measure_best_match(window, until_painted, quantile)
        found |= measure_writing(window, until_painted, quantile, wait)
        found |= measure_tags(window)
    return found


def _typing(window: MainWindow) -> Figures:
    editor = window.first_view.editor
    editor.setFocus()
    keys = "the quick brown fox jumps over the lazy dog and writes it down " * 4
    taken = [until_painted(editor.viewport(), partial(QTest.keyClick, editor, key)) for key in keys]
    return {"key press → painted, p99 (ms)": quantile(taken, 0.99)}


def _saving(window: MainWindow, folder: Path) -> Figures:
    view = window.first_view
    view.autosaver.flush()
    ours, bare = [], []
    connection = sqlite.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("INSERT INTO note VALUES (1, '')")
    page = window.pages["today"]
    for number in range(60):
        text = view.editor.text() + f" {number}"
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE note SET text = ? WHERE id = 1", (text,))
        connection.execute("COMMIT")
        bare.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        page._save(text)  # type: ignore[attr-defined]
        ours.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return {
        "save, p50 (ms)": median(ours),
        "bare SQLite commit, p50 (ms)": median(bare),
        "save ÷ bare commit": median(ours) / median(bare),
    }


def _listing(window: MainWindow) -> Figures:
    page = window.show_page("journal")
    assert page is not None
    wait(200)
    timeline = page.timeline  # type: ignore[attr-defined]
    ends = []
    for _ in range(10):
        ends.append(until_painted(timeline.viewport(), lambda: QTest.keyClick(timeline, Qt.Key.Key_End)))
        until_painted(timeline.viewport(), lambda: QTest.keyClick(timeline, Qt.Key.Key_Home))
    refreshed = []
    for _ in range(20):
        begun = time.perf_counter()
        page.refresh()  # type: ignore[attr-defined]
        refreshed.append((time.perf_counter() - begun) * 1000)
    return {"End key → painted (ms)": median(ends), "timeline refreshed after a save (ms)": median(refreshed)}


def _searching(window: MainWindow) -> Figures:
    from app.core import journal

    assert window.store is not None
    found: Figures = {}
    for name, words in (
        ("commonest word", ["the", "of", "and"]),
        ("rare word", ["zotiwasa", "vezoti", "wezosa"]),
        ("two letters", ["th", "be", "ma", "ze"]),
    ):
        taken = []
        for number in range(60):
            word = words[number % len(words)]
            begun = time.perf_counter()
            with window.store.read() as session:
                ids = journal.entry_ids(session, matching=word, limit=300)
                journal.entry_rows(session, ids[:12], matching=word)
            taken.append((time.perf_counter() - begun) * 1000)
        found[f"search, {name}, p50 (ms)"] = median(taken)
        found[f"search, {name}, p99 (ms)"] = quantile(taken, 0.99)
    return found


def longest_stall(journal: Path) -> float:
    """Milliseconds in which the window of a fresh process did not answer, from its first picture to a chart."""
    beat: list[Heartbeat] = []
    with opened(journal, painted=lambda: beat.append(Heartbeat())) as window:
        wait(2500)
        window.show_page("insights")
        wait(2500)
    return beat[0].longest
