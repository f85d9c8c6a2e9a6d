"""Measures backups: how long one takes, what whoever types meanwhile notices of it, and whether each is whole."""

from __future__ import annotations

import random
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest

from bench.inside import Heartbeat, opened, quantile, until_painted, wait

if TYPE_CHECKING:
    from app.ui.window import MainWindow

ENTRIES = 100_000
WHILE_TYPING = 100
KEYS = "the quick brown fox jumps over the lazy dog and writes it down "

Figures = dict[str, float]


def measure_backups() -> Figures:
    """Everything about backups: of a long journal in the window, and a hundred of one that is typed into."""
    from bench.generator import journal_of

    return _of_a_long_journal(journal_of(ENTRIES)) | _while_typing(journal_of(1_000))


def _settle() -> None:
    """Wait for whatever the start began."""
    from app.ui.kit import background

    wait(4000)
    while background.is_busy():
        wait(100)


def _of_a_long_journal(journal: Path) -> Figures:
    from app.core import backups, clock

    found: Figures = {}
    with opened(journal) as window:
        assert window.store is not None
        wait(500)
        _settle()
        begun = time.perf_counter()
        backups.take(window.store, reason="asked", now=clock.now(), always=True)
        found["backup of 100,000 entries, nothing else under way (s)"] = time.perf_counter() - begun
        for name, is_backed_up in (("at rest", False), ("a backup under way", True)):
            found |= {f"{what}, {name} (ms)": ms for what, ms in _in_use(window, is_backed_up).items()}
    return found


def _in_use(window: MainWindow, is_backed_up: bool) -> Figures:
    """Typing and opening entries, either of them from the first to the last moment of a backup."""
    page: Any = window.show_page("journal")
    page.new_entry("note")
    wait(500)
    beat = Heartbeat()
    keys = _during(window, is_backed_up, KEYS, lambda key: _pressed(page.desk.editor, key))
    stood_still = beat.longest
    page.desk.flush()
    ids = random.Random(2).sample(page.model.ids, 200)
    opened = _during(window, is_backed_up, ids, lambda one: _turned(page, one))
    return {
        "key press → painted, p99": quantile(keys, 0.99),
        "key press → painted, longest": max(keys),
        "window stood still while typing, longest": stood_still,
        "open an entry → painted, p99": quantile(opened, 0.99),
        "open an entry → painted, longest": max(opened),
    }


def _during(window: MainWindow, is_backed_up: bool, things: Any, act: Any) -> list[float]:
    """What `act` takes with one after the other of `things`, again and again, for a backup or four seconds."""
    keeping = window.keeping
    if is_backed_up:
        _change_something(window)
        keeping.back_up("time")
    until = time.perf_counter() + 4
    taken: list[float] = []
    while keeping.is_busy if is_backed_up else time.perf_counter() < until:
        taken.append(act(things[len(taken) % len(things)]))
    return taken


def _change_something(window: MainWindow) -> None:
    from app.core import clock, journal

    assert window.store is not None
    with window.store.write() as session:
        today = journal.today(session, clock.now(), clock.zone())
        journal.add_entry(session, day=today, now=clock.now(), zone=clock.zone().key, text="Something new")


def _pressed(editor: Any, key: str) -> float:
    taken = until_painted(editor.viewport(), partial(QTest.keyClick, editor, key))
    wait(20)
    return taken


def _turned(page: Any, item_id: int) -> float:
    taken = until_painted(page.desk.editor.viewport(), partial(page.open_item, item_id))
    wait(20)
    return taken


def _while_typing(journal: Path) -> Figures:
    """A hundred backups while the editor is typed into: each must read well and hold all that was saved before."""
    from app.core import backups, clock
    from app.core.store import bare

    corrupt = stale = 0
    with opened(journal) as window:
        assert window.store is not None
        wait(500)
        page: Any = window.show_page("journal")
        page.new_entry("note")
        editor = page.desk.editor
        _settle()
        for number in range(WHILE_TYPING):
            QTest.keyClicks(editor, f" mark{number} ")
            page.desk.flush()
            made: list[Any] = []
            _in_background(
                window, partial(backups.take, window.store, reason="time", now=clock.now()), made.append
            )
            while not made:
                QTest.keyClicks(editor, random.choice("abc de"))
                wait(5)
            try:
                backups.verify(made[0])
                with closing(bare(made[0].path)) as connection:
                    query = "SELECT count(*) FROM item WHERE text LIKE ?"
                    (held,) = connection.execute(query, (f"%mark{number} %",)).fetchone()
                stale += held != 1
            except Exception:
                corrupt += 1
    return {f"corrupt of {WHILE_TYPING} backups while typing": corrupt, "stale of these": stale}


def _in_background(window: MainWindow, work: Any, then: Any) -> None:
    from app.ui.kit.background import run_in_background

    run_in_background(window, work, then)
