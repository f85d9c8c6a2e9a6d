"""Plain text: a file an entry, or one file with a line for each date; Diarium's text export is such a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer.archives import Bundle, Damaged, open_bundle
from app.core.transfer.dated_names import dated
from app.core.transfer.decoding import cleaned, decoded
from app.core.transfer.enclosures import Enclosures, pointed
from app.core.transfer.html_text import markdown
from app.core.transfer.instants import placed, resolved
from app.core.transfer.keys import Keys
from app.core.transfer.records import BY_FILE, DATED_BY, Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.stamps import Order, Stamp, day_order, is_ambiguous, stamp
from app.core.transfer.tags import listed, tags_of

name = "Plain text"
takes = "a .txt or .html file, or a folder or archive of them"

_HTML: Final = (".html", ".htm")
_ENDINGS: Final = (".txt", ".text", *_HTML)
_OTHER_ENDINGS: Final = ("", ".journal", ".diary", ".log", ".note", ".rst", ".adoc")
_NO_WORDS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]|\A\s*(?:[{<%]|\[(?!\w[^\[\]{}\"\n]*\] ))")
_LABEL: Final = re.compile(r"^(Tags|People|Tracker|Location|Weather|Rating):[ \t]*(.*)$")


def can_read(bundle: Bundle) -> bool:
    return any(True for _ in bundle.named(*_ENDINGS)) or _is_words(bundle)


def _is_words(bundle: Bundle) -> bool:
    """Whether one file of no telling name holds words all the same."""
    if len(bundle.names) != 1 or Path(bundle.names[0]).suffix.casefold() not in _OTHER_ENDINGS:
        return False
    text, _ = decoded(bundle.head(bundle.names[0]))
    return bool(text.strip()) and not _NO_WORDS.search(text)


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    files = list(bundle.named(*_ENDINGS)) or list(bundle.names[:1])
    keys = Keys("text", "entry")
    order = day_order(decoded(bundle.head(file)[:200])[0].strip().partition("\n")[0] for file in files)
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            text, remarks = bundle.text(file)
        except Damaged:
            raise
        except UserError as error:
            yield Skipped(file, str(error))
            continue
        yield from remarks
        if file.casefold().endswith(_HTML):
            text = markdown(text)
        yield from _entries(bundle, file, text, order, keys, zone)
    progress(len(files), len(files))


def _entries(
    bundle: Bundle, file: str, source: str, order: Order | None, keys: Keys, zone: ZoneInfo
) -> Iterator[Found]:
    text, replaced = cleaned(source)
    if replaced:
        yield Remark(file, f"The file {replaced}")
    if not text.strip():
        yield Skipped(file, "It is empty.")
        return
    lines = text.split("\n")
    order = order or day_order(line for line in lines if len(line) <= 60)
    starts = _starts(lines, order or "dmy")
    if starts and order is None and any(is_ambiguous(lines[place]) for place, _ in starts):
        yield Remark(file, "Its dates could be read day first or month first; the day was taken to stand first.")
    if not starts:
        yield from _undated(bundle, file, text, keys, zone)
        return
    for (place, when), (end, _) in zip(starts, [*starts[1:], (len(lines), None)], strict=True):
        enclosures = Enclosures(bundle, file, where := f"{file}, line {place + 1}")
        yield from _entry(where, when, lines[place + 1 : end], enclosures, keys, zone)


def _starts(lines: list[str], order: Order) -> list[tuple[int, Stamp]]:
    """Lines that are a date and nothing else. They count only if the first line with words is one."""
    found: list[tuple[int, Stamp]] = []
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        when = stamp(line.lstrip("#").strip(), order) if len(line) <= 60 else None
        if when and (not found or not lines[place - 1].strip()):
            found.append((place, when))
        elif not found:
            return []
    return found


def _entry(
    where: str, when: Stamp, lines: list[str], enclosures: Enclosures, keys: Keys, zone: ZoneInfo
) -> Iterator[Found]:
    labels: dict[str, str] = {}
    while lines and (not lines[-1].strip() or _LABEL.match(lines[-1])):
        if found := _LABEL.match(lines.pop()):
            labels[found[1]] = found[2].strip()
    body = pointed("\n".join(lines).strip("\n"), enclosures)
    yield from enclosures.remarks
    kept = "\n".join(f"{label}: {labels[label]}" for label in ("People", "Tracker") if labels.get(label))
    text = "\n\n".join(part for part in (body, kept) if part.strip())
    if not text:
        yield Skipped(where, "It has a date but no words.")
        return
    local = when.local
    at = resolved(local, zone) if local else None
    tags = tags_of(listed(labels.get("Tags", "")))
    key, files = keys.of_text(local or when.day, text), enclosures.attachments
    yield Record(key, when.day, at, None, text, tags, attachments=files, extra=dict(labels))


def _undated(bundle: Bundle, file: str, text: str, keys: Keys, zone: ZoneInfo) -> Iterator[Found]:
    """The whole file as one entry, on the day of its name or of its last change."""
    found = dated(file, {}, zone)
    text = pointed(text, enclosures := Enclosures(bundle, file, file))
    yield from enclosures.remarks
    day, at = found.day, found.at
    extra = {"file": file}
    if day is None and (touched := bundle.changed(file, zone)):
        day, at = placed(touched, zone)
        extra[DATED_BY] = "file"
        yield Remark(file, f"It carries {BY_FILE}")
    key = keys.of_text(found.day or "", text)
    yield Record(key, day, at, None, text, attachments=enclosures.attachments, extra=extra)
