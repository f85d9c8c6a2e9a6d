"""Mini Diary and its successor Mini Diarium: their JSON exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import json_files
from app.core.transfer.archives import Bundle, open_bundle
from app.core.transfer.decoding import cleaned, shown
from app.core.transfer.enclosures import Enclosures
from app.core.transfer.html_text import is_html, markdown
from app.core.transfer.instants import instant, resolved
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.stamps import stamp
from app.core.transfer.tags import tags_of

name = "Mini Diary"
takes = "the file that its JSON export makes (.json)"

_PICTURE: Final = re.compile(r"\s*<img\b")
_KNOWN: Final = ("title", "text", "date", "dateUpdated", "tags", "id")


def can_read(bundle: Bundle) -> bool:
    return len(bundle.names) == 1 and _is_diary(bundle.head(bundle.names[0]))


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    file = bundle.names[0]
    root, remarks = json_files.load(bundle, file)
    yield from remarks
    entries = root.get("entries") if isinstance(root, dict) else None
    if isinstance(entries, dict):
        listed = [(day, entry) for day, entry in entries.items()]
    elif isinstance(entries, list):
        listed = [(entry.get("date") if isinstance(entry, dict) else None, entry) for entry in entries]
    else:
        raise UserError(f"“{file}” holds no entries of Mini Diary.")
    keys = Keys("minidiary", "entry")
    for done, (day, entry) in enumerate(listed):
        progress(done, len(listed))
        yield from _record(
            bundle, f"{file}, {shown(str(day), 40) if day else f'entry {done + 1}'}", day, entry, keys, zone
        )
    progress(len(listed), len(listed))


def _is_diary(head: bytes) -> bool:
    keys = json_files.keys_in(head)
    said = head[:2000]
    return {"metadata", "entries"} <= keys and (
        "dateUpdated" in keys or b'"Mini Diary"' in said or b'"Mini Diarium"' in said
    )


def _record(bundle: Bundle, where: str, day: object, entry: object, keys: Keys, zone: ZoneInfo) -> Iterator[Found]:
    if not isinstance(entry, dict):
        yield Skipped(where, "It is not an entry of Mini Diary.")
        return
    title, _ = cleaned(" ".join(json_files.text_of(entry, "title").split()))
    source = entry.get("text")
    source = source if isinstance(source, str) else ""
    enclosures = Enclosures(bundle, bundle.names[0], where)
    is_marked = is_html(source) or _PICTURE.match(source)
    body, replaced = cleaned(markdown(source, enclosures.in_line) if is_marked else source)
    if replaced:
        yield Remark(where, f"Its text {replaced}")
    yield from enclosures.remarks
    for left in _left_behind(entry.get("attachments")):
        yield Remark(where, f"The file “{shown(left, 120)}” is not in the export.")
    if not title and not body.strip():
        yield Skipped(where, "It is empty.")
        return
    text = f"# {title}\n\n{body}".strip() if title else body
    found = _day(day)
    if found is None:
        yield Remark(where, "Its date is none that can be; it comes in without a day.")
    changed = _changed(entry.get("dateUpdated"), zone)
    extra = json_files.kept(entry, *_KNOWN)
    yield Record(
        keys.of_text(day, text),
        found,
        None,
        None,
        text,
        tags_of(entry.get("tags")),
        attachments=enclosures.attachments,
        extra=extra,
        changed_at=changed,
    )


def _left_behind(attachments: object) -> list[str]:
    """Names of files that an entry of Mini Diarium has; its JSON export holds no more of them."""
    listed = attachments if isinstance(attachments, list) else []
    return [name for one in listed if isinstance(one, dict) and (name := json_files.text_of(one, "name"))]


def _day(day: object) -> date | None:
    found = stamp(day) if isinstance(day, str) else None
    return found.day if found else None


def _changed(said: object, zone: ZoneInfo) -> datetime | None:
    """“Sun Feb 15 2026 15:15:14 GMT+0100 (Central European Standard Time)”, or ISO 8601."""
    if at := instant(said):
        return at
    found = stamp(said.partition("(")[0]) if isinstance(said, str) else None
    return resolved(found.local, zone) if found and found.local else None
