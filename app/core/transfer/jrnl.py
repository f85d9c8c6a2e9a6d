"""jrnl: its text journal (one file, or a folder YYYY/MM/DD.txt) and its JSON export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import json_files
from app.core.transfer.archives import Bundle, open_bundle
from app.core.transfer.decoding import cleaned, decoded
from app.core.transfer.instants import resolved
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.stamps import Order, Stamp, day_order, in_full, is_ambiguous, stamp
from app.core.transfer.tags import tags_of

name = "jrnl"
takes = "its journal file or folder, or what “jrnl --format json” writes"

_KNOWN: Final = ("title", "body", "date", "time", "tags", "starred", "uuid")
_HEADER: Final = re.compile(r"(?m)^\[([^\]\n]{4,60})\](?: |$)")
_OLD_HEADER: Final = re.compile(
    r"(?m)^((?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.]\d\d[-/.]\d{4}) \d{1,2}:\d\d(?::\d\d)?(?: [AaPp][Mm])?) (?=\S)"
)
"""Before version 2, dates stood without brackets."""
_MONTH_ONLY: Final = re.compile(r"^(\d{4})-(\d{1,2})( \d{1,2}:\d\d.*)?$")
_DAY_FILE: Final = re.compile(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})\.\w{1,8}$")
_TAG: Final = re.compile(r"(?<!\S)[@#]([-+*#/\w]+)")
_SENTENCE: Final = re.compile(r"[.!?…‼‽⁇⁈⁉⋯﹒﹖﹗]+['’\"”]?[\])]*\s+|[！．？｡。]")
_ENCRYPTED: Final = re.compile(r"^gAAAAA[\w\-=]{60,}")
"""How a Fernet token begins; jrnl's encrypted journals are one."""


@dataclass(frozen=True, slots=True)
class _Entry:
    where: str
    when: Stamp | None
    title: str
    body: str
    starred: bool
    tags: tuple[str, ...]
    id: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


def can_read(bundle: Bundle) -> bool:
    if len(bundle.names) == 1:
        head = bundle.head(bundle.names[0])
        return _is_json(head) or _is_text(head)
    if any(_is_one(bundle.head(file)) for file in list(bundle.named(".json"))[:24]):
        return True
    days = [file for file in bundle.names if _DAY_FILE.search(file)]
    return any(_is_text(bundle.head(file), in_folder=True) for file in days[:24])


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    files = list(bundle.names)
    if len(files) > 1:
        files = [file for file in files if _DAY_FILE.search(file) or _is_json(bundle.head(file))]
    keys = Keys("jrnl", "entry")
    for done, file in enumerate(files):
        progress(done, len(files))
        found = _json_entries(bundle, file) if _is_json(bundle.head(file)) else _text_entries(bundle, file)
        for entry in found:
            yield _record(entry, keys, zone) if isinstance(entry, _Entry) else entry
            if isinstance(entry, _Entry) and entry.when is None:
                yield Remark(entry.where, "This has no date that could be read; it comes in without a day.")
    progress(len(files), len(files))


def _is_json(head: bytes) -> bool:
    keys = json_files.keys_in(head)
    return {"entries", "title", "body", "date"} <= keys or {"tags", "entries"} == keys or _is_one(head)


def _is_one(head: bytes) -> bool:
    """Whether it is a file for one entry, as jrnl writes into a folder."""
    keys = json_files.keys_in(head)
    return {"title", "body", "date", "time", "starred"} <= keys and "entries" not in keys


def _is_text(head: bytes, *, in_folder: bool = False) -> bool:
    text = decoded(head)[0].lstrip("\r\n\t ")
    if _ENCRYPTED.match(text):
        return True
    if old := _OLD_HEADER.match(text):
        return (stamp(old[1], "dmy") or stamp(old[1], "mdy")) is not None
    first = _HEADER.match(text)
    said = in_full(first[1]) if first else ""
    return bool(first and (in_folder or stamp(said, "dmy") or stamp(said, "mdy")))


def _json_entries(bundle: Bundle, file: str) -> Iterator[_Entry | Found]:
    root, remarks = json_files.load(bundle, file)
    yield from remarks
    entries = root.get("entries", [root]) if isinstance(root, dict) else None
    if not isinstance(entries, list):
        raise UserError(f"“{file}” holds no list of jrnl entries.")
    for number, entry in enumerate(entries, 1):
        where = f"{file}, entry {number}"
        if not isinstance(entry, dict):
            yield Skipped(where, "It is not an entry of jrnl.")
            continue
        title, body = (value if isinstance(value := entry.get(part), str) else "" for part in ("title", "body"))
        yield _Entry(
            where,
            stamp(f"{entry.get('date', '')} {entry.get('time') or ''}"),
            title,
            body,
            entry.get("starred") is True,
            tags_of(entry.get("tags")),
            str(entry.get("uuid") or ""),
            json_files.kept(entry, *_KNOWN),
        )


def _text_entries(bundle: Bundle, file: str) -> Iterator[_Entry | Found]:
    text, remarks = bundle.text(file)
    yield from remarks
    if _ENCRYPTED.match(text.strip()):
        raise UserError("This jrnl journal is encrypted; run “jrnl --decrypt” first, then choose it again.")
    text, _ = cleaned(text)
    of_folder = _day_of(file)
    pattern = _OLD_HEADER if _OLD_HEADER.match(text.lstrip()) else _HEADER
    order = day_order(in_full(found[1]) for found in pattern.finditer(text))
    headers = list(_headers(text, pattern, order, of_folder))
    if order is None and any(is_ambiguous(in_full(found[1])) for found, _ in headers):
        yield Remark(file, "Its dates could be read day first or month first; the day was taken to stand first.")
    start = headers[0][0].start() if headers else len(text)
    if text[:start].strip():
        yield _entry(file, 1, None, text[:start].strip("\n"))
    line, place = 1, 0
    ends = [found.start() for found, _ in headers[1:]] + [len(text)]
    for (found, when), end in zip(headers, ends, strict=False):  # without any header nothing begins or ends
        line, place = line + text.count("\n", place, found.start()), found.start()
        yield _entry(file, line, when, text[found.end() : end])


def _headers(
    text: str, pattern: re.Pattern[str], order: Order | None, of_folder: date | None
) -> Iterator[tuple[re.Match[str], Stamp]]:
    """Where entries begin. A folder's path says the day even where the header gives a time only."""
    for found in pattern.finditer(text):
        said = _MONTH_ONLY.sub(r"\1-\2-01\3", found[1])  # as jrnl itself reads it
        when = stamp(in_full(said), order or "dmy")
        if of_folder is not None:
            when = stamp(f"{of_folder.isoformat()} {found[1]}") or when
            when = Stamp(of_folder, when.time, when.offset) if when else None
        if when:
            yield found, when


def _day_of(file: str) -> date | None:
    if found := _DAY_FILE.search(file):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return None


def _entry(file: str, line: int, when: Stamp | None, text: str) -> _Entry:
    first, _, rest = text.strip("\n").partition("\n")
    bare = first.strip()
    starred = bare.endswith("*") and not bare.endswith("**") and bare.count("*") == 1
    starred = starred or (bare.startswith("*") and bare.count("*") == 1)
    if starred:
        bare = bare.strip("* ")
    title, body = bare, rest.strip("\n")
    if not body.strip() and (end := _SENTENCE.search(bare)):
        title, body = bare[: end.end()].strip(), bare[end.end() :].strip()
    tags = tags_of([tag.rstrip("-+*#/").casefold() for tag in _TAG.findall(text) if not tag.isdecimal()])
    return _Entry(f"{file}, line {line}", when, title, body.rstrip(), starred, tags)


def _record(entry: _Entry, keys: Keys, zone: ZoneInfo) -> Found:
    title, _ = cleaned(entry.title.strip())
    body, _ = cleaned(entry.body.strip("\n"))
    if not title and not body.strip():
        return Skipped(entry.where, "It is empty.")
    title = " ".join(title.split())
    text = f"# {title}\n\n{body}" if title and body.strip() else title or body
    when = f"{entry.when.day} {entry.when.time:%H:%M}" if entry.when and entry.when.time else entry.when
    key: str | None
    if entry.id:
        key = keys.of(entry.id, text)
    else:
        key = keys.of_text(when.day if isinstance(when, Stamp) else when, " ".join(f"{title} {body}".split()))
    if key is None:
        return Skipped(entry.where, "The same entry stands twice in this journal.")
    at = entry.when and entry.when.local
    return Record(
        key,
        entry.when.day if entry.when else None,
        resolved(at, zone) if isinstance(at, datetime) else None,
        None,
        text,
        entry.tags,
        entry.starred,
        extra=entry.extra,
    )
