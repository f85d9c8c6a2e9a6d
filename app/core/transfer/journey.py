"""Journey (journey.cloud): its exports, the old one with flat files and the newer one with a folder an entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.transfer import json_files
from app.core.transfer.archives import Bundle, open_bundle
from app.core.transfer.decoding import cleaned
from app.core.transfer.enclosures import Enclosures, pointed
from app.core.transfer.html_text import is_html, markdown
from app.core.transfer.instants import instant, of_epoch, placed, zone_named
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.tags import tags_of

name = "Journey"
takes = "the archive that its export makes (.zip), unpacked or not"

_KNOWN: Final = (
    "id", "text", "preview_text", "tags", "photos", "attachments", "favourite", "timezone", "encrypted", "type",
    "date_journal", "date_modified", "dateOfJournal", "updatedAt", "schemaVersion",
)  # fmt: skip


_FELT: Final = {0.25: 1, 0.75: 2, 1: 3, 1.25: 4, 1.75: 5}
"""Its five moods; any other number is no mood."""


def can_read(bundle: Bundle) -> bool:
    return any(_is_entry(bundle.head(file)) for file in list(bundle.named(".json"))[:50])


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    keys = Keys("journey", "entry")
    files = [file for file in bundle.named(".json") if _is_entry(bundle.head(file))]
    for found in json_files.entries(bundle, files, progress):
        if isinstance(found, Skipped | Remark):
            yield found
        else:
            yield from _record(bundle, *found, keys, zone)


def _is_entry(head: bytes) -> bool:
    keys = json_files.keys_in(head)
    return "date_journal" in keys or "dateOfJournal" in keys


def _record(
    bundle: Bundle, file: str, where: str, entry: dict[str, object], keys: Keys, zone: ZoneInfo
) -> Iterator[Found]:
    if entry.get("encrypted") is True:
        yield Skipped(where, "It is encrypted by Journey; turn encryption off there and export again.")
        return
    enclosures = Enclosures(bundle, file, where)
    text, replaced = cleaned(_text(entry, enclosures))
    for enclosed in _enclosed(bundle, file, entry):
        source = bundle.find(enclosed, beside=file)
        if (source is None or not enclosures.has(source)) and (pointer := enclosures.pointer(enclosed)):
            text = f"{text.rstrip()}\n\n{pointer}".lstrip("\n")
    if replaced:
        yield Remark(where, f"Its text {replaced}")
    yield from enclosures.remarks
    if not text.strip():
        yield Skipped(where, "It has neither words nor pictures.")
        return
    moment = _moment(entry, "dateOfJournal", "date_journal")
    named = zone_named(entry.get("timezone"))
    if moment is None:
        yield Remark(where, "Its date is none that can be; it comes in without a day.")
    day, at = placed(moment, named or zone) if moment else (None, None)
    identity = json_files.text_of(entry, "id")
    key = keys.of(identity, text) if identity else keys.of_text(moment, text)
    if key is None:
        yield Skipped(where, "The same entry stands twice in this export.")
        return
    tags, starred = tags_of(entry.get("tags")), entry.get("favourite") is True
    changed, extra = _moment(entry, "updatedAt", "date_modified"), json_files.kept(entry, *_KNOWN)
    zone_key = named.key if named else None
    felt = entry.get("sentiment")
    mood = _FELT.get(felt) if isinstance(felt, int | float) and entry.get("mood", 1) == 1 else None
    yield Record(key, day, at, zone_key, text, tags, starred, mood, enclosures.attachments, extra, changed)


def _enclosed(bundle: Bundle, file: str, entry: dict[str, object]) -> Iterator[str]:
    """Names of the entry's files: those that it lists, and what else lies in a folder of its own."""
    for listed in (entry.get("photos"), entry.get("attachments")):
        for one in listed if isinstance(listed, list) else []:
            name = json_files.text_of(one, "fileName", "name", "path", "id") if isinstance(one, dict) else one
            if isinstance(name, str) and name:
                yield name
    folder, _, own = file.rpartition("/")
    if folder and folder.rpartition("/")[2] == own.removesuffix(".json"):
        yield from (name for name in bundle.names if name.startswith(f"{folder}/") and not name.endswith(".json"))


def _text(entry: dict[str, object], enclosures: Enclosures) -> str:
    text = entry.get("text")
    if not isinstance(text, str):
        text = ""
    kind = json_files.text_of(entry, "type").casefold()
    if kind == "html" or (kind != "markdown" and is_html(text)):
        text = markdown(text, enclosures.in_line)
    return pointed(text, enclosures).strip("\n")


def _moment(entry: dict[str, object], iso: str, epoch: str) -> datetime | None:
    """The newer schema writes ISO 8601, the old one milliseconds; some exports mix them."""
    for value in (entry.get(iso), entry.get(epoch)):
        if value is not None and (found := instant(value) or of_epoch(value)):
            return found
    return None
