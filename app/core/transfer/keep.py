"""Google Keep: the notes of a Takeout archive, the unpacked folder, or one note's JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.transfer import json_files
from app.core.transfer.archives import Bundle, open_bundle
from app.core.transfer.decoding import cleaned
from app.core.transfer.enclosures import Enclosures
from app.core.transfer.html_text import markdown
from app.core.transfer.instants import of_epoch, placed
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.tags import tags_of

name = "Google Keep"
takes = "the archive from Google Takeout (.zip), or its Keep folder"

_KNOWN: Final = (
    "title", "textContent", "textContentHtml", "listContent", "labels", "attachments", "annotations", "isPinned",
    "isTrashed", "createdTimestampUsec", "userEditedTimestampUsec",
)  # fmt: skip

_RICH: Final = re.compile(
    r"(?i)<(?:h[1-6]|b|i|s|strong|em|a|ul|ol|table)\b|font-weight:\s*(?:bold|[6-9]00)|font-style:\s*italic|line-through"
)


def can_read(bundle: Bundle) -> bool:
    return any(_is_note(bundle.head(file)) for file in list(bundle.named(".json"))[:50])


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    keys = Keys("keep", "note")
    files = [file for file in bundle.named(".json") if _is_note(bundle.head(file))]
    for found in json_files.entries(bundle, files, progress):
        if isinstance(found, Skipped | Remark):
            yield found
        else:
            yield from _record(bundle, *found, keys, zone)


def _is_note(head: bytes) -> bool:
    keys = json_files.keys_in(head)
    return bool({"userEditedTimestampUsec", "createdTimestampUsec"} & keys) and bool(
        {"textContent", "listContent", "isTrashed", "title"} & keys
    )


def _record(
    bundle: Bundle, file: str, where: str, note: dict[str, object], keys: Keys, zone: ZoneInfo
) -> Iterator[Found]:
    if note.get("isTrashed") is True:
        yield Skipped(where, "It lies in Keep's trash.")
        return
    enclosures = Enclosures(bundle, file, where)
    title, _ = cleaned(" ".join(json_files.text_of(note, "title").split()))
    body, replaced = cleaned("\n\n".join(part for part in _parts(note, enclosures) if part.strip()))
    if not title and not body.strip():
        yield Skipped(where, "It is empty.")
        return
    if replaced:
        yield Remark(where, f"Its text {replaced}")
    yield from enclosures.remarks
    text = f"# {title}\n\n{body}".strip() if title else body
    created = of_epoch(note.get("createdTimestampUsec") or None, unit=1_000_000)
    edited = of_epoch(note.get("userEditedTimestampUsec") or None, unit=1_000_000)
    moment = created or edited
    if moment is None:
        yield Remark(where, "It has no date; it comes in without a day.")
    key = keys.of(note["createdTimestampUsec"], text) if created else keys.of_text(edited, text)
    if key is None:
        yield Skipped(where, "The same note stands twice in this export.")
        return
    day, at = placed(moment, zone) if moment else (None, None)
    extra = json_files.kept(note, *_KNOWN)
    tags, pinned = tags_of(note.get("labels")), note.get("isPinned") is True
    yield Record(key, day, at, None, text, tags, pinned, None, enclosures.attachments, extra, edited)


def _parts(note: dict[str, object], enclosures: Enclosures) -> Iterator[str]:
    """What a note says, lists, links and pictures after the words."""
    yield _words(note, "textContent", "textContentHtml")
    lines = []
    for item in _dicts(note.get("listContent")):
        mark = "x" if item.get("isChecked") is True else " "
        lines.append(f"- [{mark}] {' '.join(_words(item, 'text', 'textHtml').split())}")
    yield "\n".join(lines)
    links = []
    for link in _dicts(note.get("annotations")):
        if url := json_files.text_of(link, "url"):
            title = json_files.text_of(link, "title").replace("[", "(").replace("]", ")")
            links.append(f"[{' '.join(title.split())}]({url})" if title else url)
    yield "\n".join(f"- {link}" for link in links if link)
    for enclosed in _dicts(note.get("attachments")):
        if file := json_files.text_of(enclosed, "filePath"):
            yield _pointer(file, json_files.text_of(enclosed, "mimetype"), enclosures)


def _words(fields: dict[str, object], plain: str, rich: str) -> str:
    """The words, with their marks where the rich text has any; else as they were typed."""
    html, text = fields.get(rich), fields.get(plain)
    if isinstance(html, str) and (_RICH.search(html) or not isinstance(text, str)):
        return markdown(html)
    return text.strip("\n") if isinstance(text, str) else ""


def _pointer(file: str, kind: str, enclosures: Enclosures) -> str:
    """Keep writes .jpeg in the note and .jpg in the archive, or the other way round."""
    stem = file.rpartition(".")[0] or file
    for other in (".jpg", ".jpeg", ".png", ".3gp", ".amr", ".aac"):
        if found := enclosures.pointer(stem + other, kind=kind, ask=False):
            return found
    return enclosures.pointer(file, kind=kind)


def _dicts(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
