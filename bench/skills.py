"""Skills that nobody has: 200 of them, rated each quarter for 20 years by three sources, over 100,000 entries."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop
from sqlalchemy import insert

from app.core import clock, days, domain, skills
from app.core.model import Item, Link, Rating, digest_of, new_uid
from app.core.model.entries import Entry
from app.core.skills import SkillDraft
from app.core.store import Store, open_store
from app.ui import start
from app.ui.kit import background
from app.ui.window.keeping import SETTLED_MS
from bench.generator import journal_of
from bench.inside import Figures, quantile, until_painted, wait

ENTRIES: Final = 100_000
SKILLS: Final = 200
QUARTERS: Final = 80
SOURCES: Final = ("self", "manager", "mentor")
SEED: Final = 27


def measure_skills() -> Figures:
    """All figures of the skills' page."""
    folder = Path(tempfile.mkdtemp(prefix="northing-bench-skills-"))
    try:
        path = folder / "Skills.northing"
        shutil.copy(journal_of(ENTRIES), path)
        with open_store(path) as store:
            _fill(store)
        return _inside(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(store: Store) -> None:
    chance = random.Random(SEED)
    with store.write() as session:
        skills.plant_model(session, now=clock.now())
        areas = skills.board(session, on=clock.wall().date()).areas
        for number in range(SKILLS - 27):
            words = (f"Water people {number}", areas[number % 7].id, ("One", "Two", "Three", "Four", "Five"))
            skills.add_skill(session, SkillDraft(*words), now=clock.now())
        skills.set_target_role(session, skills.roles(session)[2].id)
    with store.read() as session:
        ids = [row.id for row in skills.board(session, on=clock.wall().date()).skills]
    stamp = clock.now()
    last = datetime.combine(stamp.date(), datetime.min.time(), UTC) - timedelta(days=1)
    number = ENTRIES * 2
    for quarter in range(QUARTERS):
        rows: tuple[list[dict[str, Any]], ...] = ([], [], [], [])
        at = last - timedelta(days=91 * (QUARTERS - 1 - quarter))
        for place, (skill, source) in enumerate((skill, source) for skill in ids for source in SOURCES):
            number += 1
            level, uid = chance.randint(2, 10) / 2, new_uid()
            title = f"Rated {level:g}"
            rows[0].append({
                "id": number, "uid": uid, "kind": "rating", "title": title, "text": title, "starred": False,
                "private": False, "created_at": stamp, "changed_at": stamp, "rev": 1, "deleted_at": None,
                "moment": days.moment_of(at.date(), at, "UTC") + 3_600_000 + place,
                "digest": digest_of(uid, "rating", title, title),
            })  # fmt: skip
            rows[1].append({"id": number, "day": at.date(), "at": at, "zone": "UTC", "words": 2})
            rows[2].append({"id": number, "skill_id": skill, "level": level, "source": source})
            if source == "self":
                piece = chance.randint(1, ENTRIES)
                rows[3].append(
                    {
                        "source_id": piece,
                        "target_id": number,
                        "role": "proves",
                        "inline": False,
                        "created_at": stamp,
                    }
                )
        with store.write() as session:
            for mapped, values in zip((Item, Entry, Rating, Link), rows, strict=True):
                session.execute(insert(mapped.__table__), values)  # type: ignore[arg-type]


def _inside(path: Path) -> Figures:
    start.application()
    window = start.open_window(path, start.preferences())
    while window.store is None:
        wait(10)
    wait(500)
    try:
        window.resize(1280, 900)
        page: Any = window.show_page("skills")
        wait(SETTLED_MS + 1000)
        while background.is_busy():  # the backup of a new journal, which takes a while at this size
            wait(100)
        overview = page.overview
        reads = [_read(page) for _ in range(100)]
        found: Figures = {"page read and drawn, p99 (ms)": quantile([whole for whole, _ in reads], 0.99)}
        found["… of it on the window's own thread, p99 (ms)"] = quantile([own for _, own in reads], 0.99)
        found["date slider → radar painted, p99 (ms)"] = _slide(overview)
        found["candidate evidence, p99 (ms)"] = _candidates(window.store, page)
        found["domain notebook read (ms)"] = _taken(partial(_notebook, window.store))
        return found
    finally:
        window.close()
        if window.store is not None:
            window.store.close()


def _read(page: Any) -> tuple[float, float]:
    """How long it takes from asking for everything anew until it stands there, and how much the window waits."""
    shown: list[float] = []
    loop = QEventLoop()
    told = page._boards.read
    told.disconnect(page._show)

    def show(found: Any) -> None:
        shown.append(_taken(partial(page._show, found)))
        shown.append(_taken(page.repaint))
        loop.quit()

    told.connect(show)
    begun = time.perf_counter()
    page._boards.ask()
    loop.exec()
    whole = (time.perf_counter() - begun) * 1000
    told.disconnect(show)
    told.connect(page._show)
    return whole, sum(shown)


def _slide(overview: Any) -> float:
    lowest = overview.past.minimum()
    moves = [
        until_painted(overview.radar, partial(overview.past.setValue, -(1 + step * 2 % -lowest)))
        for step in range(200)
    ]
    return quantile(moves, 0.99)


def _candidates(store: Any, page: Any) -> float:
    taken = []
    for skill in page._board.skills[::4]:
        with store.read() as session:
            taken.append(_taken(partial(skills.candidate_evidence, session, skill.id, today=page._today)))
    return quantile(taken, 0.99)


def _notebook(store: Any) -> None:
    with store.read() as session:
        domain.notebook(session, today=clock.wall().date())


def _taken(act: Any) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
