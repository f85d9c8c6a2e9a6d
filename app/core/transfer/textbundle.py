"""TextBundle and TextPack: a note with its pictures, alone, many in an archive (Ulysses, Bear) or in a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import json_files
from app.core.transfer.archives import Archive, Bundle, Folder, open_bundle
from app.core.transfer.instants import instant, placed
from app.core.transfer.keys import Keys
from app.core.transfer.markdown_files import note
from app.core.transfer.records import BY_FILE, DATED_BY, Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.tags import tags_of

name = "TextBundle"
takes = "a .textbundle or .textpack, an archive (Ulysses, Bear's backup) or a folder of them"

_TEXT: Final = re.compile(r"(?i)(?:^|/)text\.(?:md|markdown|mdown|txt|fountain)$")
_WIDE_TAG: Final = re.compile(
    r"(?<![^\s(])#([^\s#](?:[^#\n]{0,80}\s[^#\n]{0,80})?[^\s#])#(?=[\s.,;:!?)]|$)", re.MULTILINE
)
"""Bear's tags of several words: a second # ends them."""
_PACKS: Final = (".textpack", ".bearbk", ".bear2bk")


def can_read(bundle: Bundle) -> bool:
    return any(True for _ in _texts(bundle)) or any(True for _ in _packs(bundle))


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    outer = open_bundle(path)
    yield from outer.left_out
    keys = Keys("textbundle", "note")
    found: list[tuple[Bundle, str]] = [(outer, text) for text in _texts(outer)]
    for pack in _packs(outer):
        try:
            inner = open_bundle(path / pack)
            found += [(inner, text) for text in _texts(inner)]
        except UserError as error:
            yield Skipped(pack, str(error))
    for done, (bundle, text) in enumerate(found):
        progress(done, len(found))
        yield from _note(bundle, text, keys, zone)
    progress(len(found), len(found))


def _texts(bundle: Bundle) -> Iterator[str]:
    """The text of each bundle: it has an info.json beside it."""
    known = set(bundle.names)
    return (
        file
        for file in bundle.names
        if _TEXT.search(file) and (f"{_beside(file)}info.json" in known or ".textbundle/" in file.casefold())
    )


def _packs(bundle: Bundle) -> Iterator[str]:
    """Packed notes in a folder; in an archive none is looked for, for archives are not unpacked in archives."""
    if not isinstance(bundle, Folder):
        return
    for file in bundle.names:
        if file.casefold().endswith((*_PACKS, ".zip")):
            try:
                inner = open_bundle(bundle.path / file)
            except UserError:
                continue
            if isinstance(inner, Archive) and any(True for _ in _texts(inner)):
                yield file


def _beside(file: str) -> str:
    return file.rpartition("/")[0] + "/" if "/" in file else ""


def _note(bundle: Bundle, file: str, keys: Keys, zone: ZoneInfo) -> Iterator[Found]:
    where = _beside(file).rstrip("/") or bundle.path.name
    about = _about(bundle, f"{_beside(file)}info.json")
    bear = about.get("net.shinyfrog.bear")
    bear = bear if isinstance(bear, dict) else {}
    if bear.get("trashed"):
        yield Skipped(where, "It lies in Bear's trash.")
        return
    text, remarks = bundle.text(file)
    yield from remarks
    for found in note(bundle, file, text, keys, zone, is_one_of_many=False, called=where):
        yield _as_bear_says(found, bear, about, zone) if isinstance(found, Record) else found
        if isinstance(found, Record) and DATED_BY in found.extra and not instant(bear.get("creationDate")):
            yield Remark(where, f"It carries {BY_FILE}")


def _about(bundle: Bundle, file: str) -> dict[str, object]:
    if file not in bundle.names:
        return {}
    try:
        root, _ = json_files.load(bundle, file)
    except UserError:
        return {}
    return root if isinstance(root, dict) else {}


def _as_bear_says(record: Record, bear: dict[str, object], about: dict[str, object], zone: ZoneInfo) -> Record:
    """The record with what Bear notes beside the text."""
    extra = {**record.extra, **json_files.kept(about, "transient", "type", "version", "creatorURL")}
    created = instant(bear.get("creationDate"))
    if created and DATED_BY in extra:
        day, at = placed(created, zone)
        extra.pop(DATED_BY)
        record = replace(record, day=day, at=at)
    if isinstance(identity := bear.get("uniqueIdentifier"), str) and identity:
        record = replace(record, key=Keys("bear", "note").of(identity, record.text) or record.key)
    changed = instant(bear.get("modificationDate")) or record.changed_at
    tags = tags_of([*record.tags, *_WIDE_TAG.findall(record.text)]) if bear else record.tags
    starred = record.starred or bool(bear.get("pinned"))
    return replace(record, extra=extra, changed_at=changed, starred=starred, tags=tags)
