"""A roadmap that nobody has: 1,000 steps over 20 years, in lanes."""

from __future__ import annotations

import random
import shutil
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core import clock, roadmap
from app.core.roadmap import FORMS, StepDraft
from app.core.store import open_store
from app.ui import start
from bench.inside import Figures, quantile, until_painted, wait

STEPS: Final = 1000
YEARS: Final = 20
SEED: Final = 9


def measure_roadmap() -> Figures:
    """All figures of the timeline."""
    folder = Path(tempfile.mkdtemp(prefix="northing-bench-roadmap-"))
    try:
        path = folder / "Roadmap.northing"
        _fill(path)
        return _inside(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(path: Path) -> None:
    chance = random.Random(SEED)
    today = clock.wall().date()
    with open_store(path) as store, store.write() as session:
        for number in range(STEPS):
            first = today + timedelta(days=chance.randint(-365 * YEARS // 2, 365 * YEARS // 2))
            draft = StepDraft(
                f"Step {number} towards something",
                chance.choice(FORMS),
                state="done" if first < today else "planned",
                first=first,
                last=first + timedelta(days=chance.randint(1, 120)),
            )
            roadmap.add_step(session, draft, now=clock.now())


def _inside(path: Path) -> Figures:
    start.application()
    window = start.open_window(path, start.preferences())
    while window.store is None:
        wait(10)
    wait(500)
    try:
        window.resize(1280, 900)
        page: Any = window.show_page("roadmap")
        wait(500)
        timeline = page.timeline
        viewport = timeline.viewport()
        opened = []
        for _ in range(8):
            page.show_view("board")
            wait(50)
            opened.append(until_painted(viewport, partial(page.show_view, "timeline")))
        found: Figures = {"timeline open → painted, p99 (ms)": quantile(opened, 0.99)}
        found["drag frame, p99 (ms)"] = _drag(timeline)
        found["zoom frame, p99 (ms)"] = _zoom(timeline)
        return found
    finally:
        window.close()
        if window.store is not None:
            window.store.close()


def _drag(timeline: Any) -> float:
    viewport = timeline.viewport()
    boxes = [timeline.box_of(bar).center().toPoint() for bar in timeline.bars()]
    here = next(point for point in boxes if viewport.rect().adjusted(200, 80, -200, -80).contains(point))
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=here)
    taken = []
    for step in range(120):
        place = here + QPoint(8 + step, 0)
        taken.append(until_painted(viewport, partial(QTest.mouseMove, viewport, place)))
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=here)
    QApplication.processEvents()
    return quantile(taken, 0.99)


def _zoom(timeline: Any) -> float:
    viewport = timeline.viewport()
    middle = QPointF(viewport.rect().center())
    taken = []
    for turn in range(60):
        event = QWheelEvent(
            middle,
            QPointF(viewport.mapToGlobal(middle.toPoint())),
            QPoint(0, 0),
            QPoint(0, 120 if turn % 6 < 3 else -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        before = timeline.zoom
        time_taken = until_painted(viewport, partial(QApplication.sendEvent, viewport, event))
        if timeline.zoom != before:
            taken.append(time_taken)
    return quantile(taken, 0.99)
