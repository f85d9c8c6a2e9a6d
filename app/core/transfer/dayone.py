"""Day One: its JSON export, as the archive it makes, the unpacked folder, or one journal's file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import dayone_rich, json_files
from app.core.transfer.archives import Bundle, Damaged, open_bundle
from app.core.transfer.decoding import cleaned, shown
from app.core.transfer.instants import instant, local_of, placed, resolved, written, zone_named
from app.core.transfer.keys import Keys
from app.core.transfer.records import Attachment, Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.tags import tags_of
from app.core.words import title_in

name = "Day One"
takes = "the archive that File → Export → JSON makes (.zip), unpacked or not"

_BRACKET: Final = re.compile(r"[\[\]]")
_MEDIA: Final = {"photos": "photo", "videos": "video", "audios": "audio", "pdfAttachments": "pdfAttachment"}
_KNOWN: Final = ("uuid", "creationDate", "modifiedDate", "timeZone", "text", "richText", "starred", "tags")
_MOMENT: Final = re.compile(
    r"!?\[([^\[\]\n]*)\]\(dayone2?-"
    r"(?:moment:/+(?:(photo|video|audio|pdfAttachment)/)?|(?:photo|video|audio|pdf):/+)([\w-]+)\)"
)
_NEAR: Final = re.compile(r"\[([^\[\]\n]*)\]\(dayone2?:/+view\?entryId=([0-9A-Fa-f]{32})[^()\s]*\)")
_CODE: Final = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|`[^`\n]+`|\]\([^()\s]*\)", re.MULTILINE | re.DOTALL)
_PLAIN_ESCAPE: Final = re.compile(r"\\([.,:;?!'\"@$%^&/{}()=+\-#>_~])")
_SPACE_OF_NONE: Final = re.compile("(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b")
"""A zero-width space, except in scripts that part their words by it."""


@dataclass(slots=True)
class _Export:
    """What all journals of an export share: a picture may be listed at one entry and shown in another."""

    bundle: Bundle
    zone: ZoneInfo
    keys: Keys = field(default_factory=lambda: Keys("dayone", "entry"))
    stems: dict[str, str] = field(default_factory=dict)
    media: dict[str, tuple[str, Mapping[str, object]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    is_one_of_many: bool = False


def can_read(bundle: Bundle) -> bool:
    return any(_is_journal(bundle.head(file)) for file in _journals(bundle))


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    export = _Export(bundle, zone)
    export.stems = {file.rpartition("/")[2].partition(".")[0].casefold(): file for file in bundle.names}
    journals = [file for file in _journals(bundle) if _is_journal(bundle.head(file))]
    export.is_one_of_many = sum("creationDate" in json_files.keys_in(bundle.head(file)) for file in journals) > 1
    failed: list[UserError] = []
    for done, file in enumerate(journals):
        progress(done, len(journals))
        try:
            yield from _journal(export, file)
        except Damaged:
            raise
        except UserError as error:
            failed.append(error)
            if len(failed) == len(journals):
                raise
            yield Skipped(file, str(error))
    progress(len(journals), len(journals))


def _journals(bundle: Bundle) -> list[str]:
    return [file for file in bundle.named(".json") if file.count("/") <= 2]


def _is_journal(head: bytes) -> bool:
    keys = json_files.keys_in(head)
    return ({"metadata", "entries"} <= keys and "application" not in keys) or {"entries", "creationDate"} <= keys


def _journal(export: _Export, file: str) -> Iterator[Found]:
    root, remarks = json_files.load(export.bundle, file)
    yield from remarks
    entries = root.get("entries") if isinstance(root, dict) else None
    if (
        not isinstance(root, dict)
        or not isinstance(entries, list)
        or any(isinstance(one, list) for one in entries[:1])
    ):
        raise UserError(f"“{file}” holds no list of Day One entries.")
    meta = root.get("metadata")
    version = meta.get("version") if isinstance(meta, dict) else None
    if isinstance(version, str) and not version.startswith("1."):
        yield Remark(
            file, f"It was written by a newer Day One (format {shown(version, 20)}); what is known of it comes in."
        )
    for entry in entries:
        if isinstance(entry, dict):
            _note(export, entry)
    journal = file.rpartition("/")[2].removesuffix(".json")
    for number, entry in enumerate(entries, 1):
        yield from _entry(export, f"{file}, entry {number}", journal, entry)


def _note(export: _Export, entry: dict[str, object]) -> None:
    """Keep what other entries may point to: its media and its title."""
    if isinstance(uuid := entry.get("uuid"), str) and isinstance(text := entry.get("text"), str):
        export.titles[uuid.upper()] = title_in(unescaped(text[:4000]))
    for listed, kind in _MEDIA.items():
        for medium in _dicts(entry.get(listed)):
            if isinstance(identifier := medium.get("identifier"), str):
                export.media[identifier.upper()] = (kind, medium)


def _entry(export: _Export, where: str, journal: str, entry: object) -> Iterator[Found]:
    if not isinstance(entry, dict):
        yield Skipped(where, "It is not an entry of Day One.")
        return
    uuid = entry.get("uuid")
    where = f"{where} ({shown(uuid)})" if isinstance(uuid, str) else where
    source = entry.get("text")
    if source is not None and not isinstance(source, str):
        yield Skipped(where, "Its text is no text.")
        return
    rich = entry.get("richText")
    if not (source or "").strip() and rich:
        source = dayone_rich.markdown(rich)
    text, replaced = cleaned(_SPACE_OF_NONE.sub("", source or ""))
    if replaced:
        yield Remark(where, f"Its text {replaced}")
    text = _NEAR.sub(lambda found: _near(export, found), unescaped(text))
    text, attachments, missing = _with_media(export, text, entry)
    for lost in missing:
        yield Remark(where, lost)
    text = text if text.strip() else _place(entry) or text
    if not text.strip() and not entry.get("tags") and entry.get("starred") is not True:
        yield Skipped(where, "It is blank.")
        return
    key = (
        export.keys.of(uuid, text)
        if isinstance(uuid, str) and uuid
        else export.keys.of_text(entry.get("creationDate"), text)
    )
    if key is None:
        yield Skipped(where, "The same entry stands twice in this export.")
        return
    day, at, zone, said = _when(entry, export.zone)
    if said:
        yield Remark(where, said)
    tags = tags_of(entry.get("tags"), *([journal] if export.is_one_of_many else []))
    extra = json_files.kept({**entry, "journal": journal}, *_KNOWN)
    starred = entry.get("starred") is True
    changed = instant(entry.get("modifiedDate"))
    yield Record(key, day, at, zone, text, tags, starred, None, attachments, extra, changed)


def _when(entry: dict[str, object], fallback: ZoneInfo) -> tuple[date | None, datetime | None, str | None, str]:
    """Day, instant and zone, and a sentence if one of them had to be given up."""
    named = zone_named(entry.get("timeZone"))
    zone = named or fallback
    name = named.key if named else None
    local = written(entry.get("creationDate"))
    at = resolved(local, zone) if local else None
    if local is None or (at is None and local.tzinfo is None):
        return None, None, name, "Its date is none that can be; it comes in without a day."
    said = ""
    if named is None and entry.get("timeZone"):
        said = f"Its time zone “{shown(str(entry['timeZone']))}” is unknown; its day is the one in {fallback.key}."
    if at is None:
        return local.date(), None, name, said
    if entry.get("isAllDay") is True:
        return _all_day(at, zone), None, name, said
    return *placed(at, zone), name, said


def _all_day(at: datetime, zone: ZoneInfo) -> date:
    """An all-day entry stands at midnight, or at 23:00 where summer time came between: the day to come."""
    local = local_of(at, zone)
    if local is None:
        return at.date()
    is_shifted = (local.hour, local.minute, local.second) == (23, 0, 0)
    return (local.replace(tzinfo=None) + timedelta(hours=is_shifted)).date()


def unescaped(text: str) -> str:
    """`text` without the backslashes that Markdown does not need; Day One sets one before every mark.

    Kept are those without which a word would become a list, a heading, a link or emphasis.
    """
    if "\\" not in text:
        return text
    pieces: list[str] = []
    last = 0
    for code in _CODE.finditer(text):
        pieces += [_unescaped(text[last : code.start()]), code[0]]
        last = code.end()
    return "".join([*pieces, _unescaped(text[last:])])


def _unescaped(text: str) -> str:
    def bare(found: re.Match[str]) -> str:
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip()
        mark, after = found[1], text[found.end() : found.end() + 1]
        at_start = not before or set(before) <= set("\\-=+ >")
        needed = (
            (mark in "-+=#>" and at_start)
            or (mark == "_" and not (before[-1:].isalnum() and after.isalnum()))
            or (mark == "~" and ("~" in (before[-1:], after) or after == "\\"))
            or (mark in ".)" and before.isdecimal())
            or (mark == "!" and after == "[")
            or (mark == "(" and before.endswith("]"))
            or before.endswith("\\")
        )
        return found[0] if needed else mark

    return _PLAIN_ESCAPE.sub(bare, text)


def _near(export: _Export, found: re.Match[str]) -> str:
    """A link to another entry of the export by its title; one to any other stays as it is."""
    title, said = export.titles.get(found[2].upper(), ""), found[1].strip()
    if not title or "[" in title or "]" in title:
        return found[0]
    return f"[[{title}]]" if said.casefold() in ("", title.casefold()) else f"{said} ([[{title}]])"


def _with_media(
    export: _Export, text: str, entry: dict[str, object]
) -> tuple[str, tuple[Attachment, ...], list[str]]:
    """The text pointing to file names, the files, and sentences about those that are not there."""
    attachments: dict[str, Attachment] = {}
    missing: list[str] = []
    seen: set[str] = set()

    def pointed(found: re.Match[str]) -> str:
        identifier = found[3].upper()
        seen.add(identifier)
        export.media.setdefault(identifier, (found[2] or "photo", {}))
        return _pointer(export, identifier, found[1], attachments, missing) or found[0]

    text = _MOMENT.sub(pointed, text)
    for listed in _MEDIA:
        for medium in _dicts(entry.get(listed)):
            identifier = str(medium.get("identifier") or medium.get("md5") or "").upper()
            if identifier and identifier not in seen:
                export.media.setdefault(identifier, (_MEDIA[listed], medium))
                if pointer := _pointer(export, identifier, "", attachments, missing, in_text=False):
                    text = f"{text.rstrip()}\n\n{pointer}".lstrip("\n")
    return text, tuple(attachments.values()), missing


def _pointer(
    export: _Export,
    identifier: str,
    alt: str,
    attachments: dict[str, Attachment],
    missing: list[str],
    *,
    in_text: bool = True,
) -> str:
    """Markdown that points to a medium, "" where its file is not there."""
    kind, medium = export.media.get(identifier, ("photo", {}))
    stems = (str(medium.get("md5") or "").casefold(), identifier.casefold())
    file = next((export.stems[stem] for stem in stems if stem in export.stems), None)
    called = shown(str(medium.get("pdfName") or medium.get("title") or medium.get("filename") or alt or ""), 120)
    word = {"pdfAttachment": "PDF"}.get(kind, kind)
    if file is None:
        still = "; the text still points to it" if in_text else ""
        missing.append(f"The {word} {called or shown(identifier)} is not in the export{still}.")
        return ""
    if file not in attachments:
        attachment = export.bundle.attachment(file)
        if isinstance(attachment, Skipped):
            missing.append(f"{attachment.where}: {attachment.reason}")
            return ""
        attachments[file] = attachment
    target = attachments[file].name
    return f"![{alt}]({target})" if kind == "photo" else f"[{_BRACKET.sub('', called or target)}]({target})"


def _place(entry: dict[str, object]) -> str:
    """What an entry without words says: where it was."""
    location = entry.get("location")
    if not isinstance(location, dict):
        return ""
    names = [location.get(part) for part in ("placeName", "localityName", "country")]
    return ", ".join(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def _dicts(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
