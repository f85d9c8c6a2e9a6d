"""What going back to a backup would change, item by item, without opening it for writing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.core import migrations
from app.core.days import MOMENTS_A_DAY
from app.core.refusals import told
from app.core.store import Store, bare, schema_of

_ITEMS: Final = "SELECT id, uid, kind, title, moment, digest, deleted_at IS NULL FROM item"
_ITEM: Final = "SELECT id, title, text, moment FROM item WHERE uid = ? AND deleted_at IS NULL"
_BESIDE: Final = frozenset(
    {
        "uid", "kind", "title", "text", "facts", "words", "digest", "moment", "at_moment", "rev", "created_at",
        "changed_at", "deleted_at", "zone", "versions", "origins",
    }
)  # fmt: skip
"""Of an item's object: what is shown otherwise, follows from the rest, or only says how it was kept."""

_TIME: Final = ("Day", "At")
_INSTANT: Final = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\.\d{3}Z$")


_ORDER: Final = ("back", "changed", "gone")


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that a restore would touch.

    Attributes:
        change: `back` (it would come back), `changed` (its words, or what else it holds, would) or `gone`
            (it would go).
        moment: Where it stands in time; see `core.days`.
    """

    uid: str
    kind: str
    title: str
    change: str
    moment: int


@dataclass(frozen=True, slots=True)
class _Living:
    kind: str
    title: str
    moment: int
    mark: bytes


def differences(store: Store, backup: Path) -> list[Difference]:
    """Every living item that differs; of a backup with an older schema by its words alone.

    Newest first; of the same day what would come back stands before what would go.
    """
    in_full = _is_of_today(backup)
    now, then = _living(store.path, in_full=in_full), _living(backup, in_full=in_full)
    found: list[Difference] = []
    for uid in now.keys() | then.keys():
        here, there = now.get(uid), then.get(uid)
        shown = there or here
        assert shown is not None
        change = "gone" if there is None else "back" if here is None else "changed"
        if here is not None and there is not None:
            if here.mark == there.mark:
                continue
            shown = there if there.title else here
        found.append(Difference(uid, shown.kind, shown.title, change, shown.moment))
    return sorted(
        found, key=lambda one: (-(one.moment // MOMENTS_A_DAY), _ORDER.index(one.change), -one.moment, one.uid)
    )


def texts(store: Store, backup: Path, uid: str) -> tuple[str | None, str | None]:
    """What the item says now and what it said then, to be read; None where it is not there or in the Trash.

    Below the words stands, a line each, what else it holds: what differs, or where it is in one all but its time.
    """
    in_full = _is_of_today(backup)
    (here, now), (there, then) = (_told(path, uid, in_full=in_full) for path in (store.path, backup))
    if here is None or there is None:
        names = [name for name in {**then, **now} if name not in _TIME]
    else:
        names = [name for name in {**then, **now} if now.get(name, "") != then.get(name, "")]
    return _worded(here, now, names), _worded(there, then, names)


def _is_of_today(path: Path) -> bool:
    with told(path):
        return schema_of(path) == migrations.HEAD


def _living(path: Path, *, in_full: bool) -> dict[str, _Living]:
    from app.core.transfer.own import reading

    with told(path), closing(bare(path)) as connection:
        rows = [row for row in connection.execute(_ITEMS) if row[6]]
        marks = {uid: str(digest).encode() for _, uid, _, _, _, digest, _ in rows}
        if in_full:
            for one in reading.objects(connection, [row[0] for row in rows]):
                # Its words themselves, too: of a damaged one the digest is as it was.
                said = reading.line([one["title"], one["text"], _held(one)])
                marks[one["uid"]] = hashlib.sha256(said.encode("utf-8", "replace")).digest()
    return {uid: _Living(kind, title, moment, marks[uid]) for _, uid, kind, title, moment, _, _ in rows}


def _told(path: Path, uid: str, *, in_full: bool) -> tuple[str | None, dict[str, str]]:
    """The words of the item, and what else it holds by name; no words where it is not there."""
    from app.core.transfer.own import reading

    with told(path), closing(bare(path)) as connection:
        row = connection.execute(_ITEM, (uid,)).fetchone()
        if row is None:
            return None, {}
        item_id, title, text, moment = row
        words = text if text and moment > 0 else "\n\n".join(part for part in (title, text) if part)
        if not in_full:
            return words, {}
        one = next(reading.objects(connection, [item_id]))
        held = _held(one)
        titles = dict(connection.execute("SELECT uid, title FROM item").fetchall())
    return words, {_named(name): _said(value, titles) for name, value in held.items()}


def _held(one: Mapping[str, Any]) -> dict[str, Any]:
    """What an item holds beside its words; tags and links that stand in the text are words."""
    return {
        name: [part for part in value if not part.get("inline")] if isinstance(value, list) else value
        for name, value in one.items()
        if name not in _BESIDE
    }


def _worded(words: str | None, held: Mapping[str, str], names: list[str]) -> str | None:
    if words is None:
        return None
    lines = sorted(f"{name}: {said}" for name in names if (said := held.get(name, "")))
    return "\n\n".join(part for part in (words, "\n".join(lines)) if part)


def _named(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _said(value: Any, titles: Mapping[str, str]) -> str:
    """The value as words, what it points to by its title; "" for none."""
    if isinstance(value, list):
        return "; ".join(sorted(said for one in value if (said := _said(one, titles))))
    if isinstance(value, dict):
        if "sha256" in value:
            return str(value["name"])
        parts = sorted(value.items(), key=lambda part: part[0] != "role")  # a link reads "serves …"
        shown = [_said(part, titles) for name, part in parts if name not in ("inline", "created_at", "uid")]
        return " ".join(part for part in shown if part)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:g}"
    said = "" if value is None else titles.get(str(value), str(value))
    return _INSTANT.sub(r"\1 \2 UTC", said)
