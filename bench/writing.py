"""Measures writing in long entries, opening and scrolling, searches of every kind, and tags as a whole."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.kit import background

if TYPE_CHECKING:
    from app.ui.window import MainWindow

KEYS = "the quick brown fox jumps over the lazy dog and writes it down " * 3
WORDS = [
    "the", "quick", "pricing", "**call**", "with", "#tag", "@ana", "and", "[[Item one]]", "`code`", "people",
    "wanted", "*something*", "else", "roadmap", "review", "of", "outcomes",
]  # fmt: skip
OPENED = 60
PASTED = 50_000_000
OPERATORS = (
    "tag:often from:2010 to:2020 the",
    "tag:often from:2024-01 mood:3",
    "is:starred from:2000 to:2026 of",
    "is:starred kind:note mood:4",
    "kind:note mood:2 from:2015 and",
    "the of -and from:2018",
    "-tag:often to:2005 is:starred",
)

Painted = Callable[[Any, Callable[[], object]], float]
Quantile = Callable[[list[float], float], float]
Figures = dict[str, float]


def prose(size: int) -> str:
    """Markdown of `size` characters as somebody may write it: paragraphs, headings, lists, quotations."""
    chance = random.Random(1)
    lines, length = [], 0
    while length < size:
        line = " ".join(chance.choices(WORDS, k=chance.choice((3, 12, 60, 90))))
        line = chance.choices((line, f"## {line[:40]}", f"- [ ] {line}", f"> {line}", ""), (50, 5, 15, 10, 20))[0]
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines)[:size]


def measure_writing(
    window: MainWindow, painted: Painted, quantile: Quantile, wait: Callable[[int], None]
) -> Figures:
    """Figures of the desk; saving goes on meanwhile, as it does when somebody writes."""
    page: Any = window.show_page("journal")
    desk, found = page.desk, {}
    wait(300)
    while background.is_busy():  # the backup of the start, which `python -m bench backups` measures beside typing
        wait(100)
    ids = random.Random(2).sample(page.model.ids, min(OPENED, len(page.model.ids)))
    opened = [painted(desk.editor.viewport(), partial(page.open_item, item_id)) for item_id in ids]
    found["open an entry → painted, p99 (ms)"] = quantile(opened, 0.99)
    bar = page.timeline.verticalScrollBar()
    page.timeline.scrollToTop()
    frames = [painted(page.timeline.viewport(), partial(bar.setValue, bar.value() + 120)) for _ in range(400)]
    found["scroll frame, p99 (ms)"] = quantile(frames, 0.99)
    for name, size in (("100 kB", 100_000), ("2 MB", 2_000_000)):
        page.new_entry("note")
        desk.editor.apply_text(prose(size))
        desk.flush()
        wait(2500)
        taken = []
        for share in (0.02, 0.5, 0.98):
            cursor = desk.editor.textCursor()
            cursor.setPosition(int(size * share))
            desk.editor.setTextCursor(cursor)
            wait(200)
            taken += [painted(desk.editor.viewport(), partial(QTest.keyClick, desk.editor, key)) for key in KEYS]
        found[f"key press in {name} → painted, p50 (ms)"] = median(taken)
        found[f"key press in {name} → painted, p99 (ms)"] = quantile(taken, 0.99)
        wait(6000)
    page.new_entry("note")
    copied = QMimeData()
    copied.setText("word " * (PASTED // 5))
    begun = time.perf_counter()
    desk.editor.insertFromMimeData(copied)
    found["paste of 50 MB → answered (ms)"] = (time.perf_counter() - begun) * 1000
    return found


def measure_operators(window: MainWindow, quantile: Quantile) -> Figures:
    """Queries of three operators, as the list asks them: the newest 300 and the rows in sight."""
    from app.core import journal

    assert window.store is not None
    page: Any = window.show_page("journal")
    taken: dict[str, list[float]] = {text: [] for text in OPERATORS}
    for _ in range(30):
        for text in OPERATORS:
            begun = time.perf_counter()
            with window.store.read() as session:
                query = journal.query_for(session, text, today=page.today)
                ids = journal.entry_ids(session, matching=query, limit=300)
                journal.entry_rows(session, ids[:12], matching=query)
            taken[text].append((time.perf_counter() - begun) * 1000)
    worst = max(taken, key=lambda text: median(taken[text]))
    return {
        "search, three operators, p50 (ms)": median([each for some in taken.values() for each in some]),
        "search, three operators, the worst, p50 (ms)": median(taken[worst]),
        "search, three operators, p99 (ms)": quantile([each for some in taken.values() for each in some], 0.99),
    }


def measure_best_match(window: MainWindow, painted: Painted, quantile: Quantile) -> Figures:
    """The best matches of the commonest words, and the keys typed while they are looked for."""
    page: Any = window.show_page("journal")
    page.box.order(True)
    answered, keys = [], []
    for word in ("the", "water people", "of and"):
        page.search.clear()
        page.box.set_text("")
        before = page.model.ids
        begun = time.perf_counter()
        page.box.set_text(word)
        while page.model.ids is before and time.perf_counter() - begun < 10:
            QApplication.processEvents()
        answered.append((time.perf_counter() - begun) * 1000)
        page.box.set_text("")
        page.search.setFocus()
        keys += [painted(page.search, partial(QTest.keyClick, page.search, key)) for key in word * 3]
    page.box.order(False)
    page.box.set_text("")
    return {
        "search, best match of the commonest words (ms)": max(answered),
        "key press meanwhile → painted, p99 (ms)": quantile(keys, 0.99),
    }


def measure_tags(window: MainWindow) -> Figures:
    """A tag of every tenth entry called otherwise, in their texts too."""
    from app.core import clock, indexing, tags

    assert window.store is not None
    begun = time.perf_counter()
    with window.store.write() as session:
        changed = tags.rename_tag(session, "often", "seldom", now=clock.now())
    taken = time.perf_counter() - begun
    begun = time.perf_counter()
    indexing.catch_up(window.store)
    return {
        "tag renamed in the texts of every tenth entry (s)": taken,
        "… texts changed": len(changed.texts),
        "… until the search says so too, in the background (s)": time.perf_counter() - begun,
    }
