"""The first page's rows, read by the SQLite module itself, so that they show before SQLAlchemy is imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from app.core import keys
from app.core.rows import ENTRY_ROW, IS_READ, EntryRow, entry_row


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the window shows at once.

    Attributes:
        day: Today by the journal's own day start. page: (id, rev, text) of today's page, if there is one.
        newest: The newest entries. settings: The journal's choices as stored (see `core.settings`).
        is_locked: The journal is encrypted and its passphrase was not entered yet; nothing was read.
    """

    day: date
    page: tuple[int, int, str] | None = None
    newest: tuple[EntryRow, ...] = ()
    settings: dict[str, object] | None = None
    is_locked: bool = False


def first_page(path: Path, *, wall: datetime, limit: int = 40) -> FirstPage:
    """Read the journal at `path` without writing a byte.

    Args:
        wall: Now, as the wall clock shows it.

    A missing, foreign, newer or damaged file gives an empty page here; opening the store says why.
    """
    today = wall.date()
    try:
        if not path.is_file() or path.stat().st_size == 0:
            return FirstPage(today)
    except OSError:
        return FirstPage(today)
    if keys.is_locked(path):
        return FirstPage(today, is_locked=True)
    import json

    from sqlcipher3 import dbapi2 as sqlite

    try:
        connection = keys.connect(keys.reading_uri(path), keys.key_of(path), uri=True, timeout=1)
    except sqlite.Error:
        return FirstPage(today)
    try:
        chosen = {key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM setting")}
        day_start = chosen.get("day_start", 0)
        today = (wall - timedelta(hours=day_start if isinstance(day_start, int) else 0)).date()
        page = connection.execute(
            "SELECT item.id, item.rev, item.text FROM entry CROSS JOIN item ON item.id = entry.id "
            "WHERE entry.day = ? AND item.kind = 'note' AND item.deleted_at IS NULL ORDER BY item.moment LIMIT 1",
            (today.isoformat(),),
        ).fetchone()
        newest = connection.execute(
            f"{ENTRY_ROW} WHERE item.deleted_at IS NULL AND item.moment > 0 AND {IS_READ} "
            "ORDER BY item.moment DESC LIMIT ?",
            (limit,),
        ).fetchall()
        return FirstPage(today, tuple(page) if page else None, tuple(map(entry_row, newest)), chosen)
    except (sqlite.Error, ValueError):
        return FirstPage(today)
    finally:
        connection.close()
