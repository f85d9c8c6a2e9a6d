"""Objects from a file as records that an import can plan with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from app.core.model import Item, digest_of
from app.core.model.entries import Entry
from app.core.transfer.own import shape
from app.core.transfer.own.writing import fault_of
from app.core.transfer.records import Attachment, Found, Record, Remark, Skipped, Surroundings
from app.core.words import tags_in, title_in, word_count

VERSION: Final = 1
_SHA: Final = re.compile(r"[0-9a-f]{64}")


def surroundings(head: Mapping[str, Any]) -> Surroundings:
    """What stands beside the items, whatever nonsense the file holds there."""
    settings, tables, batches = head.get("settings"), head.get("tables"), head.get("batches")
    return Surroundings(
        settings if isinstance(settings, dict) else {},
        tables if isinstance(tables, dict) else {},
        [one for one in batches if isinstance(one, dict)] if isinstance(batches, list) else [],
    )


def found(
    objects: Sequence[object], where: Sequence[str], open_file: Callable[[str], Attachment | None]
) -> Iterator[Found]:
    """A record for each object, or why it cannot come.

    Args:
        where: Where each stood. open_file: The attachment with this SHA-256, None where the export has it not.
    """
    uids = {one["uid"] for one in objects if isinstance(one, dict) and isinstance(one.get("uid"), str)}
    seen: set[str] = set()
    for one, place in zip(objects, where, strict=True):
        if fault := fault_of(one, uids):
            yield Skipped(place, fault)
            continue
        assert isinstance(one, dict)
        if one["uid"] in seen:
            yield Skipped(place, "It stands in the file twice.")
            continue
        seen.add(one["uid"])
        if one.get("digest") != digest_of(one["uid"], one["kind"], one["title"], one["text"]):
            yield Remark(place, "Its text is not the one that was exported; it comes as it stands in the file.")
            _catch_up(one)
        files = [open_file(sha) for sha in sorted(shas_in(one))]
        yield _record(one, tuple(file for file in files if file is not None))


def shas_in(one: Mapping[str, Any]) -> set[str]:
    """The SHA-256 of every file that hangs on the item."""
    rows = [row for part in shape.hanging() for row in one.get(part.table, ()) if isinstance(row, dict)]
    return {value for row in rows for value in row.values() if isinstance(value, str) and _SHA.fullmatch(value)}


def is_entry(kind: str) -> bool:
    """Whether items of this kind stand on a day."""
    mapper = Item.__mapper__.polymorphic_map.get(kind)
    return mapper is not None and issubclass(mapper.class_, Entry)


def _record(one: dict[str, Any], files: tuple[Attachment, ...]) -> Record:
    day = None
    if isinstance(one.get("day"), str):
        try:
            day = date.fromisoformat(one["day"])
        except ValueError:
            day = None
    key = f"northing:{one['uid']}"
    return Record(key, day, None, None, one["text"], attachments=files, item=one)


def _catch_up(one: dict[str, Any]) -> None:
    """What follows from an entry's text follows the text that somebody changed outside."""
    if is_entry(one["kind"]):
        one["title"] = title_in(one["text"])
        one["words"] = word_count(one["text"])
        beside = [tag for tag in one.get("tags", ()) if isinstance(tag, dict) and not tag.get("inline")]
        one["tags"] = beside + [{"name": name, "inline": True} for name in tags_in(one["text"])]
