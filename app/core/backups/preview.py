"""What going back to a backup would change, item by item, without opening it for writing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.core.store import Store, bare, told

_ITEMS: Final = "SELECT uid, kind, title, digest, deleted_at IS NULL, moment FROM item"
_TEXT: Final = "SELECT title, text FROM item WHERE uid = ?"


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that a restore would touch.

    Attributes:
        change: `back` (it would come back), `changed` (its words would) or `gone` (it would go).
        moment: Where it stands in time; see `core.days`.
    """

    uid: str
    kind: str
    title: str
    change: str
    moment: int


def differences(store: Store, backup: Path) -> list[Difference]:
    """Every living item that differs, newest first."""
    now, then = _items(store.path), _items(backup)
    found: list[Difference] = []
    for uid in now.keys() | then.keys():
        here, there = now.get(uid), then.get(uid)
        is_here, is_there = bool(here and here[3]), bool(there and there[3])
        if is_there and not is_here:
            change = "back"
        elif is_here and not is_there:
            change = "gone"
        elif is_here and is_there and here[2] != there[2]:  # type: ignore[index]
            change = "changed"
        else:
            continue
        kind, title, _, _, moment = there if there and change != "gone" else here  # type: ignore[misc]
        found.append(Difference(uid, kind, title, change, moment))
    return sorted(found, key=lambda one: (one.moment, one.uid), reverse=True)


def texts(store: Store, backup: Path, uid: str) -> tuple[str | None, str | None]:
    """What the item says now and what it said then; None where it is not there."""
    return _text(store.path, uid), _text(backup, uid)


def _items(path: Path) -> dict[str, tuple[Any, ...]]:
    with told(path), closing(bare(path)) as connection:
        return {row[0]: row[1:] for row in connection.execute(_ITEMS)}


def _text(path: Path, uid: str) -> str | None:
    with told(path), closing(bare(path)) as connection:
        row = connection.execute(_TEXT, (uid,)).fetchone()
    if row is None:
        return None
    return str(row[1] or row[0])
