"""Samuel Pepys' diary as records: nine years of real days to measure with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.core.transfer.records import Record

UNDATED = date(1660, 1, 10)
"""Two pieces stand before the first dated one; they come in on the day before it."""


def records(path: Path) -> Iterator[Record]:
    """Every entry of `pepys.jsonl` (one JSON object a line: id, date, text), in the order of the file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            day = date.fromisoformat(entry["date"]) if entry["date"] else UNDATED
            yield Record(
                key=f"pepys:entry:{entry['id']}", day=day, at=None, zone="Europe/London", text=entry["text"]
            )
