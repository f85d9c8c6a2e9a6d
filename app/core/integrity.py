"""Looking for damage: SQLite's own check, and every item's digest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from app.core.model import digest_of
from app.core.store import Store


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found; `problems` are sentences."""

    path: Path
    items: int
    entries: int
    problems: tuple[str, ...]


def check(store: Store) -> Report:
    """Read every page and every item; nothing is written."""
    problems: list[str] = []
    count = entries = 0
    with store.read() as session:
        for (said,) in session.execute(text("PRAGMA integrity_check(20)")):
            if said != "ok":
                problems.append(f"The file's structure: {said}")
        rows = session.execute(
            text("SELECT uid, kind, title, text, digest, moment FROM item").execution_options(yield_per=1000)
        )
        for uid, kind, title, said, digest, moment in rows:
            count += 1
            entries += moment > 0
            if digest_of(uid, kind, title, said) != digest:
                problems.append(f"The text of {kind} “{title[:60]}” is not what was saved")
        for table, row, target, _ in session.execute(text("PRAGMA foreign_key_check")):
            problems.append(f"Row {row} of {table} points to a {target} that is not there")
    return Report(store.path, count, entries, tuple(problems))
