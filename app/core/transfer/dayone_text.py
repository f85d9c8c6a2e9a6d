"""Day One's plain text export: a file, or an archive or folder of it with pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.transfer.archives import Bundle, open_bundle
from app.core.transfer.decoding import cleaned, decoded
from app.core.transfer.enclosures import Enclosures, pointed
from app.core.transfer.instants import resolved
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.stamps import Order, Stamp, day_order, stamp
from app.core.transfer.tags import listed, tags_of

name = "Day One text"
takes = "the file that File → Export → Plain Text makes (.txt), or its archive or folder"

_LABEL: Final = re.compile(r"^\t([^\t:：\n]{1,40})[:：]\t(.*)$")
_LABEL_LINE: Final = re.compile(r"(?m)^\t[^\t:：\n]{1,40}[:：]\t[^\n]*\d")
_NAMED_ZONE: Final = re.compile(r"(?<=\d)(\s*[AaPp]\.?\s?[Mm]\.?)?\s+[^\d]{2,60}$")
_ABBREVIATION: Final = re.compile(r"\b([A-Z]{3,5})\s*$")
_HOURS: Final = {
    "UTC": 0, "GMT": 0, "BST": 1, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "MSK": 3, "JST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""How far zones are ahead of UTC; abbreviations that mean several are read as in North America and Europe."""


@dataclass(slots=True)
class _Entry:
    line: int
    label: str
    said: str
    labels: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def can_read(bundle: Bundle) -> bool:
    return any(_is_export(bundle.head(file)) for file in list(bundle.named(".txt"))[:50])


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    keys = Keys("dayone", "text")
    files = [file for file in bundle.named(".txt") if _is_export(bundle.head(file))]
    for done, file in enumerate(files):
        progress(done, len(files))
        text, remarks = bundle.text(file)
        yield from remarks
        text, replaced = cleaned(text)
        if replaced:
            yield Remark(file, f"The file {replaced}")
        before, entries = _parted(text)
        if before.strip():
            yield Skipped(f"{file}, line 1", "What stands before the first date belongs to no entry.")
        for entry in entries:
            yield from _record(bundle, file, entry, keys, zone)
    progress(len(files), len(files))


def _is_export(head: bytes) -> bool:
    text = decoded(head)[0].replace("\r\n", "\n")
    return any(_date_of(found[0]) for found in list(_LABEL_LINE.finditer(text))[:20])


def _date_of(line: str) -> tuple[str, Stamp] | None:
    """Label and date of a line such as “<TAB>Date:<TAB>June 24, 2016 at 10:59:06 AM MDT”, in any language."""
    found = _LABEL.match(line)
    if not found:
        return None
    order: Order = "mdy" if day_order([found[2]]) != "dmy" else "dmy"
    when = stamp(found[2], order)
    if when is None and (bare := stamp(_NAMED_ZONE.sub(r"\1", found[2].strip()), order)):
        when = Stamp(bare.day)  # “Pacific Daylight Time” and the like, in any language
    return (found[2].strip(), when) if when else None


def _parted(text: str) -> tuple[str, list[_Entry]]:
    """What stands before the first date, and the entries. Labels below a date, before any words, belong to it."""
    before: list[str] = []
    entries: list[_Entry] = []
    in_labels = False
    for number, line in enumerate(text.split("\n"), 1):
        label = _LABEL.match(line)
        if label and (not in_labels or label[1] == entries[-1].label) and (found := _date_of(line)):
            entries.append(_Entry(number, label[1], found[0]))
            in_labels = True
        elif label and in_labels:
            entries[-1].labels[label[1].strip()] = label[2].strip()
        elif not line.strip() and in_labels:
            continue
        else:
            in_labels = False
            (entries[-1].lines if entries else before).append(line)
    return "\n".join(before), entries


def _record(bundle: Bundle, file: str, entry: _Entry, keys: Keys, zone: ZoneInfo) -> Iterator[Found]:
    where = f"{file}, line {entry.line}"
    body = "\n".join(entry.lines).strip("\n")
    if not body.strip():
        yield Skipped(where, "It has a date but no words.")
        return
    enclosures = Enclosures(bundle, file, where)
    text = pointed(body, enclosures)
    yield from enclosures.remarks
    found = _date_of(f"\tDate:\t{entry.said}")
    when = found[1] if found else None
    day, at = (when.day, _instant(when, entry.said, zone)) if when else (None, None)
    key = keys.of_text(entry.said, text)
    tags = tags_of(listed(entry.labels.get("Tags", "")))
    yield Record(key, day, at, None, text, tags, attachments=enclosures.attachments, extra=dict(entry.labels))


def _instant(when: Stamp, said: str, zone: ZoneInfo) -> datetime | None:
    """The instant, where the abbreviation of the zone says which; the day stays as written in any case."""
    local = when.local
    if local is None or local.tzinfo is not None:
        return resolved(local, zone) if local else None
    found = _ABBREVIATION.search(said)
    if found is None or found[1] in ("AM", "PM"):
        return resolved(local, zone)
    hours = _HOURS.get(found[1])
    return None if hours is None else resolved(local.replace(tzinfo=timezone(timedelta(hours=hours))), zone)
