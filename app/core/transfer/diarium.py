"""Diarium: its JSON export, one list or a file an entry, with a media folder for each moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.transfer import json_files
from app.core.transfer.archives import Bundle, open_bundle
from app.core.transfer.decoding import cleaned
from app.core.transfer.enclosures import Enclosures
from app.core.transfer.html_text import escaped, markdown
from app.core.transfer.instants import resolved, written
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.tags import tags_of

name = "Diarium"
takes = "its JSON export (.zip, .json or the folder)"

_KNOWN: Final = ("date", "heading", "html", "tags", "people", "tracker", "rating")
_FOLDER: Final = re.compile(r"(?:^|/)media/(\d{4}-\d\d-\d\d)_(\d\d)(\d\d)(\d\d)(\d{0,7})/[^/]+$")
_MEDIA: Final = re.compile(r"(?:^|/)media/")


def can_read(bundle: Bundle) -> bool:
    return any(_is_diarium(bundle.head(file)) for file in _files(bundle)[:50])


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    keys = Keys("diarium", "entry")
    media = _media_by_moment(bundle)
    files = [file for file in _files(bundle) if _is_diarium(bundle.head(file))]
    for found in json_files.entries(bundle, files, progress):
        if isinstance(found, Skipped | Remark):
            yield found
        else:
            yield from _record(bundle, media, *found, keys, zone)


def _files(bundle: Bundle) -> list[str]:
    return [file for file in bundle.named(".json") if not _MEDIA.search(file)]


def _is_diarium(head: bytes) -> bool:
    keys = json_files.keys_in(head)
    is_other = {"entries", "creationDate", "date_journal", "dateOfJournal", "userEditedTimestampUsec"} & keys
    is_ours = "html" in keys or ("heading" in keys and {"rating", "tracker", "people", "lunar", "sun"} & keys)
    return "date" in keys and bool(is_ours) and not is_other


def _media_by_moment(bundle: Bundle) -> dict[datetime, list[str]]:
    """Files by the moment that their folder is named after, in milliseconds."""
    found: dict[datetime, list[str]] = {}
    for file in bundle.names:
        if match := _FOLDER.search(file):
            day, hour, minute, second, fraction = match.groups()
            if moment := written(f"{day}T{hour}:{minute}:{second}.{(fraction + '000')[:3]}"):
                found.setdefault(moment, []).append(file)
    return found


def _record(
    bundle: Bundle,
    media: dict[datetime, list[str]],
    file: str,
    where: str,
    entry: dict[str, object],
    keys: Keys,
    zone: ZoneInfo,
) -> Iterator[Found]:
    local = written(entry.get("date"))
    enclosures = Enclosures(bundle, file, where)
    parts = list(_parts(entry, enclosures))
    parts += [enclosures.pointer(source) for source in _enclosed(media, local)]
    text, replaced = cleaned("\n\n".join(part for part in parts if part.strip()))
    if replaced:
        yield Remark(where, f"Its text {replaced}")
    yield from enclosures.remarks
    if not text.strip():
        yield Skipped(where, "It has neither words nor pictures.")
        return
    if local is None:
        yield Remark(where, "Its date is none that can be; it comes in without a day.")
    rating = entry.get("rating")
    mood = int(rating) if isinstance(rating, int | float) and 1 <= rating <= 5 else None
    extra = json_files.kept(entry, *_KNOWN)
    for kept in ("people", "tracker", "rating"):
        if entry.get(kept):
            extra.update(json_files.kept({kept: entry[kept]}))
    at = resolved(local, zone) if local else None
    tags = tags_of(entry.get("tags"))
    key = keys.of_text(entry.get("date"), text)
    yield Record(
        key, local.date() if local else None, at, None, text, tags, False, mood, enclosures.attachments, extra
    )


def _parts(entry: dict[str, object], enclosures: Enclosures) -> Iterator[str]:
    """Heading, words, and the people and trackers as Diarium prints them below."""
    heading = " ".join(markdown(json_files.text_of(entry, "heading")).split())
    yield f"# {heading}" if heading else ""
    yield markdown(json_files.text_of(entry, "html"), enclosures.in_line)
    if people := json_files.texts_of(entry.get("people")):
        yield f"People: {', '.join(escaped(person.strip()) for person in people)}"
    if trackers := json_files.texts_of(entry.get("tracker")):
        yield "\n".join(f"- {' '.join(markdown(tracker).split())}" for tracker in trackers)


def _enclosed(media: dict[datetime, list[str]], local: datetime | None) -> list[str]:
    """The folder's name is cut or rounded to milliseconds."""
    if local is None:
        return []
    local = local.replace(tzinfo=None)
    base = local.replace(microsecond=local.microsecond // 1000 * 1000)
    for step in (0, 1, -1):
        try:
            moment = base + timedelta(milliseconds=step)
        except OverflowError:
            continue
        if moment in media:
            return media[moment]
    return []
