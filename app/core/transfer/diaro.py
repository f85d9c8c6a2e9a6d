"""Diaro: its backup archive, tables of rows in one XML file beside the media."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final
from xml.parsers import expat
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import json_files
from app.core.transfer.archives import DAMAGES, Bundle, open_bundle
from app.core.transfer.decoding import cleaned
from app.core.transfer.enclosures import Enclosures
from app.core.transfer.instants import of_epoch, placed
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.tags import tags_of

name = "Diaro"
takes = "its backup (.zip with DiaroBackup.xml)"

_CHUNK: Final = 64 * 1024
_OFFSET: Final = re.compile(r"^([+-])(\d\d):?(\d\d)$")
_UNWRITABLE: Final = re.compile(
    rb"(?P<bare>&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});))"
    rb"|(?P<line>&#(?:11|12);|[\x0b\x0c])"
    rb"|&#(?:[0-8]|1[4-9]|2\d|3[01]);|[\x00-\x08\x0e-\x1f]"
)
"""What Diaro writes and XML cannot hold: & as it is typed, and control characters."""
_LONGEST_MARK: Final = 12
_FACE: Final = re.compile(r"mood_([1-5])(?:happy|smile|neutral|unhappy|teardrop)$")
"""How the icons of its own five moods are called, the best first."""
_KNOWN: Final = ("uid", "title", "text", "date", "tz_offset", "tags", "folder_uid", "location_uid", "archived")

Row = dict[str, str]


@dataclass(slots=True)
class _Backup:
    """The tables by name; `attachments` by the entry they belong to."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def titles(self, table: str) -> dict[str, str]:
        return {row.get("uid", ""): row.get("title", "") for row in self.tables.get(table, [])}

    def by(self, table: str, column: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.tables.get(table, []):
            found.setdefault(row.get(column, ""), []).append(row)
        return found


def can_read(bundle: Bundle) -> bool:
    return _backup_file(bundle) is not None


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    file = _backup_file(bundle)
    if file is None or not file.casefold().endswith(".xml"):
        raise UserError(
            f"“{path.name}” is encrypted by Diaro; turn encryption off there and make the backup again."
        )
    backup = _tables(bundle, file)
    keys = Keys("diaro", "entry")
    tags, folders = backup.titles("diaro_tags"), backup.titles("diaro_folders")
    places, media = backup.by("diaro_locations", "uid"), backup.by("diaro_attachments", "entry_uid")
    moods = backup.by("diaro_moods", "uid")
    rows = backup.tables.get("diaro_entries", [])
    for done, row in enumerate(rows):
        progress(done, len(rows))
        names = [tags.get(uid.strip(), "") for uid in row.get("tags", "").split(",")]
        felt = row.get("mood_uid") or row.get("mood", "")
        mood = (moods.get(felt) or [{}])[0]
        about: dict[str, object] = {
            "folder": folders.get(row.get("folder_uid", ""), ""),
            "location": (places.get(row.get("location_uid", "")) or [{}])[0],
            "mood": mood.get("title") or ("" if felt == "0" else felt),
        }
        rated = _rated(mood.get("icon", "") if mood else felt)
        yield from _record(bundle, file, row, names, about, rated, media.get(row.get("uid", ""), []), keys, zone)
    progress(len(rows), len(rows))


def _backup_file(bundle: Bundle) -> str | None:
    found = [file for file in bundle.names if re.search(r"(?i)(?:^|/)DiaroBackup\.(xml|denc)$", file)]
    return found[0] if found else None


def _record(
    bundle: Bundle,
    file: str,
    row: Row,
    tags: list[str],
    about: dict[str, object],
    mood: int | None,
    media: list[Row],
    keys: Keys,
    zone: ZoneInfo,
) -> Iterator[Found]:
    title, _ = cleaned(" ".join(row.get("title", "").split()))
    body, _ = cleaned(row.get("text", ""))
    where = f"{file}, {title[:60] or row.get('uid', '')[:40]}"
    enclosures = Enclosures(bundle, file, where)
    parts = [f"# {title}" if title else "", body.strip("\n")]
    named = [
        f"media/{medium.get('type') or 'photo'}/{medium['filename']}" for medium in media if medium.get("filename")
    ]
    parts += [enclosures.pointer(file) for file in named]
    text = "\n\n".join(part for part in parts if part.strip())
    yield from enclosures.remarks
    if not text.strip():
        yield Skipped(where, "It is empty.")
        return
    at = of_epoch(row.get("date"))
    if at is None:
        yield Remark(where, "Its date is none that can be; it comes in without a day.")
    key = keys.of(row["uid"], text) if row.get("uid") else keys.of_text(row.get("date"), text)
    if key is None:
        yield Skipped(where, "The same entry stands twice in this backup.")
        return
    day, at = _placed(at, row.get("tz_offset", ""), zone) if at else (None, None)
    extra = json_files.kept({**row, **about}, *_KNOWN)
    yield Record(key, day, at, None, text, tags_of(tags), False, mood, enclosures.attachments, extra)


def _rated(mood: str) -> int | None:
    """A mood by its icon, or by its number where it has none, on a scale on which 5 is the best."""
    found = _FACE.match(mood) or re.fullmatch("([1-5])", mood)
    return 6 - int(found[1]) if found else None


def _placed(at: datetime, offset: str, zone: ZoneInfo) -> tuple[date, datetime | None]:
    found = _OFFSET.match(offset.strip())
    if not found:
        return placed(at, zone)
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    try:
        return at.astimezone(timezone(ahead if found[1] == "+" else -ahead)).date(), at
    except (OverflowError, ValueError):
        return placed(at, zone)


def _tables(bundle: Bundle, file: str) -> _Backup:
    reader = _Rows()
    try:
        with bundle.open(file) as stream:
            rest = b""
            while chunk := stream.read(_CHUNK):
                chunk, rest = _whole(rest + chunk)
                reader.expat.Parse(_UNWRITABLE.sub(_mended, chunk), False)
            reader.expat.Parse(_UNWRITABLE.sub(_mended, rest), True)
    except expat.ExpatError as error:
        raise UserError(f"“{file}” is damaged in line {error.lineno}; make the backup again.") from error
    except DAMAGES as error:
        raise bundle.damage(file) from error
    return reader.backup


def _whole(chunk: bytes) -> tuple[bytes, bytes]:
    """`chunk` up to where a mark may be cut off at its end, and the rest."""
    place = chunk.rfind(b"&", -_LONGEST_MARK)
    return (chunk, b"") if place < 0 else (chunk[:place], chunk[place:])


def _mended(found: re.Match[bytes]) -> bytes:
    return b"&amp;" if found["bare"] else b"\n" if found["line"] else "\ufffd".encode()


class _Rows:
    """<data><table name="…"><r><column>value</column>…</r></table></data>, without any entity."""

    def __init__(self) -> None:
        self.backup = _Backup()
        self._path: list[str] = []
        self._table: list[Row] = []
        self._words: list[str] = []
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = self._refuse
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._words_append

    def _refuse(self, *_: object) -> None:
        raise UserError("This backup declares a document type, as Diaro never does; it was not read.")

    def _words_append(self, words: str) -> None:
        self._words.append(words)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag)
        self._words = []
        if len(self._path) > 20:
            raise UserError("This backup is nested deeper than any of Diaro; it was not read.")
        if tag == "table":
            self._table = self.backup.tables.setdefault(attributes.get("name", ""), [])
        elif tag == "r":
            self._table.append({})

    def _end(self, tag: str) -> None:
        if self._path[-2:-1] == ["r"] and self._table:
            value = "".join(self._words)
            self._table[-1][tag] = "" if value == "null" and tag not in ("title", "text") else value
        self._path.pop()
        self._words = []
