"""Day One Classic: a folder (Journal.dayone) of property lists, one an entry, and photos named after them."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import json_files
from app.core.transfer.archives import Bundle, Damaged, open_bundle
from app.core.transfer.decoding import cleaned
from app.core.transfer.enclosures import Enclosures
from app.core.transfer.instants import instant, placed, zone_named
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.tags import tags_of

name = "Day One Classic"
takes = "the journal's folder (Journal.dayone), or an archive of it"

MOST_ENTRY: Final = 16 * 2**20
_KNOWN: Final = ("Creation Date", "Entry Text", "Starred", "Tags", "Time Zone", "UUID")


def can_read(bundle: Bundle) -> bool:
    return any(True for _ in bundle.named(".doentry"))


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    files = list(bundle.named(".doentry"))
    keys = Keys("dayone", "entry")
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            entry = _entry(bundle, file)
        except Damaged:
            raise
        except UserError as error:
            yield Skipped(file, str(error))
            continue
        yield from _record(bundle, file, entry, keys, zone)
    progress(len(files), len(files))


def _entry(bundle: Bundle, file: str) -> dict[str, object]:
    raw = bundle.read(file, most=MOST_ENTRY)
    try:
        root = plistlib.loads(raw, fmt=plistlib.FMT_XML)
    except (
        ExpatError,
        ValueError,
        TypeError,
        LookupError,
        OverflowError,
        AttributeError,
        RecursionError,
    ) as error:
        raise UserError("It is no entry of Day One: its property list is broken.") from error
    if not isinstance(root, dict):
        raise UserError("It is no entry of Day One: its property list holds no fields.")
    return root


def _record(bundle: Bundle, file: str, entry: dict[str, object], keys: Keys, zone: ZoneInfo) -> Iterator[Found]:
    source = entry.get("Entry Text")
    text, replaced = cleaned(source if isinstance(source, str) else "")
    if replaced:
        yield Remark(file, f"Its text {replaced}")
    uuid = str(entry.get("UUID") or file.rpartition("/")[2].rpartition(".")[0])
    enclosures = Enclosures(bundle, file, file)
    for ending in ("jpg", "jpeg", "png", "gif"):
        if pointer := enclosures.pointer(f"photos/{uuid}.{ending}", ask=False):
            text = f"{pointer}\n\n{text}".rstrip("\n")
    if not text.strip() and not entry.get("Tags") and entry.get("Starred") is not True:
        yield Skipped(file, "It has neither words nor a picture.")
        return
    named = zone_named(entry.get("Time Zone"))
    at = _moment(entry.get("Creation Date"))
    if at is None:
        yield Remark(file, "Its date is none that can be; it comes in without a day.")
    day, at = placed(at, named or zone) if at else (None, None)
    key = keys.of(uuid, text)
    if key is None:
        yield Skipped(file, "The same entry stands twice in this journal.")
        return
    extra = json_files.kept(_plain(entry), *_KNOWN)
    tags, zone_key = tags_of(entry.get("Tags")), named.key if named else None
    yield Record(
        key, day, at, zone_key, text, tags, entry.get("Starred") is True, None, enclosures.attachments, extra
    )


def _moment(value: object) -> datetime | None:
    """Property lists hold UTC without saying so."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return instant(value)


def _plain(entry: dict[str, object]) -> dict[str, object]:
    """The fields as JSON can hold them."""

    def plain(value: object, depth: int) -> object:
        if isinstance(value, dict) and depth:
            return {str(name): plain(one, depth - 1) for name, one in value.items()}
        if isinstance(value, list) and depth:
            return [plain(one, depth - 1) for one in value]
        if isinstance(value, datetime):
            return value.isoformat()
        return value if isinstance(value, str | int | float | bool | None) else str(value)[:1000]

    return {name: plain(value, 20) for name, value in entry.items()}
