"""Objectives at a size that nobody reaches: 200 of them, 5 key results each, 200 check-ins on each of those."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractScrollArea
from sqlalchemy import event

from app.core import clock, measure, objectives
from app.core.measure import Reading
from app.core.objectives import CheckInDraft, KeyResultDraft, ObjectiveDraft, PeriodDraft
from app.core.store import Store, open_store
from app.core.transfer.check_ins_csv import CheckInPlan, bring_check_ins
from app.ui import start
from app.ui.kit import background
from app.ui.window.keeping import SETTLED_MS
from bench.inside import Figures, quantile, until_painted, wait

OBJECTIVES: Final = 200
RESULTS: Final = 5
CHECK_INS: Final = 200
SEED: Final = 5


def measure_objectives() -> Figures:
    """All figures of the objectives' page."""
    folder = Path(tempfile.mkdtemp(prefix="northing-bench-objectives-"))
    try:
        path = folder / "Objectives.northing"
        found = _fill(path)
        return found | _inside(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(path: Path) -> Figures:
    chance = random.Random(SEED)
    today = clock.wall().date()
    store = open_store(path)
    plan = CheckInPlan("bench")
    for number in range(OBJECTIVES):
        year = today.year - number % 10
        period = PeriodDraft("year", date(year, 1, 1), date(year, 12, 31), str(year))
        with store.write() as session:
            made = objectives.add_objective(
                session, ObjectiveDraft(f"Outcome {number} for someone", period=period), now=clock.now()
            )
            for place in range(RESULTS):
                draft = KeyResultDraft(f"Measure {place} of {number}", "increase", 0.0, 100.0)
                result = objectives.add_key_result(session, made.id, draft, now=clock.now()).id
                for week in range(CHECK_INS):
                    day = min(period.first + timedelta(days=week), today)
                    plan.fresh.append(CheckInDraft(result, day, week / 2 + chance.random() * 8, 5))
    half = CheckInPlan("bench", plan.fresh[: len(plan.fresh) // 2])
    rest = CheckInPlan("bench", plan.fresh[len(plan.fresh) // 2 :])
    taken = _timed(lambda: bring_check_ins(store, half, now=clock.now(), zone="UTC"))
    bring_check_ins(store, rest, now=clock.now(), zone="UTC")
    store.close()
    return {"import of 100,000 check-ins (s)": taken / 1000}


def _inside(path: Path) -> Figures:
    start.application()
    window = start.open_window(path, start.preferences())
    while window.store is None:
        wait(10)
    wait(300)
    try:
        store = window.store
        window.resize(1280, 900)
        page = window.show_page("objectives")
        assert page is not None
        wait(SETTLED_MS + 1000)
        while background.is_busy():  # the backup of a new journal, which takes a while at this size
            wait(100)
        found: Figures = {}
        opened = []
        for _ in range(40):
            wait(5)  # what the one before threw away goes
            opened.append(_timed(page.refresh))  # type: ignore[attr-defined]
        found["objectives page ready, p99 (ms)"] = quantile(opened, 0.99)
        view, model = page.list.view, page.list.model  # type: ignore[attr-defined]
        while not page.view.chart.is_drawn:  # type: ignore[attr-defined]
            wait(20)
        drawing = page.view.chart.findChild(QAbstractScrollArea)  # type: ignore[attr-defined]
        shown = []
        for place in range(1, min(40, model.rowCount())):
            index: QModelIndex = model.index(place)
            wait(5)
            shown.append(until_painted(drawing.viewport(), partial(view.setCurrentIndex, index)))
        found["another objective → its chart painted, p99 (ms)"] = quantile(shown, 0.99)
        found |= _forecasts(store)
        found["statements of the page, 200 ÷ 20 objectives"] = _statements(store)
        return found
    finally:
        window.close()
        if window.store is not None:
            window.store.close()


def _forecasts(store: Store) -> Figures:
    with store.read() as session:
        ids = objectives.objective_ids(session, "all")[:20]
        details = [objectives.objective_detail(session, item_id, clock.wall().date()) for item_id in ids]
    taken = []
    for detail in details:
        assert detail is not None
        for result in detail.row.key_results:
            readings: list[Reading] = measure.last_of_each_day(detail.readings_of(result.id))
            until = readings[-1][0] + timedelta(days=90)
            taken.append(_timed(partial(measure.forecast, readings, until)))
    return {"forecast of one key result, p50 (ms)": median(taken), "… p99 (ms)": quantile(taken, 0.99)}


def _statements(store: Store) -> float:
    """How many more statements ten times the objectives need: 1.00 is none."""
    counts = []
    today = clock.wall().date()
    for part in (10, 1):
        with store.read() as session:
            ids = objectives.objective_ids(session, "all")
            engine = session.get_bind()
            count = [0]

            def note(*_: object, count: list[int] = count) -> None:
                count[0] += 1

            event.listen(engine, "before_cursor_execute", note)
            objectives.objective_rows(session, ids[: len(ids) // part], today)
            event.remove(engine, "before_cursor_execute", note)
            counts.append(count[0])
    return counts[1] / counts[0]


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
