"""Markdown files: an Obsidian vault, a Logseq graph, any folder or archive of notes, one file; text files too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import day_headings, front_matter, org_mode
from app.core.transfer.archives import Bundle, Damaged, SingleFile, open_bundle
from app.core.transfer.dated_names import changed, dated
from app.core.transfer.decoding import cleaned
from app.core.transfer.enclosures import Enclosures, pointed
from app.core.transfer.front_matter import Fields
from app.core.transfer.instants import placed, resolved
from app.core.transfer.keys import Keys
from app.core.transfer.records import BY_FILE, DATED_BY, Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.stamps import stamp
from app.core.transfer.tags import listed, tags_of

name = "Markdown"
takes = "a folder or archive of notes (Obsidian, Logseq, Joplin …), or one .md or .org file"

_NOTES: Final = (".md", ".markdown", ".mdown", ".org")
_ASIDE: Final = re.compile(r"(?:^|/)logseq/(?:bak|\.recycle|config|custom)")
_TAGS: Final = ("tags", "tag", "keywords", "categories", "category")
_STARRED: Final = ("starred", "star", "favorite", "favourite", "pinned", "bookmarked")
_TITLE: Final = ("title",)
_USED: Final = frozenset((*_TAGS, *_STARRED))
_WORDS: Final = (".txt", ".text", ".html", ".htm", ".rtf", ".doc", ".docx", ".odt", ".pages")
_TAG_LINE: Final = re.compile(r"(?m)\A(?:.*\n)?\*Tags: ([^*\n]+)\*$")
"""How Mini Diarium writes the tags of a day."""
_PAGE: Final = re.compile(r"(?:^|/)pages/[^/]+$")
_SAYS_NOTHING: Final = re.compile(r"[\s\-*#+]*\Z")


def can_read(bundle: Bundle) -> bool:
    return bool(notes_in(bundle))


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    files = notes_in(bundle)
    keys = Keys("markdown", "note")
    undated = 0
    shown: set[str] = set()
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
        is_one_of_many = not isinstance(bundle, SingleFile)
        if not is_one_of_many and (days := list(_diary(bundle, file, text, keys, zone))):
            yield from days
            continue
        for found in note(bundle, file, text, keys, zone, is_one_of_many=is_one_of_many):
            if isinstance(found, Record):
                undated += DATED_BY in found.extra
                shown.update(attachment.name.casefold() for attachment in found.attachments)
            yield found
    if undated:
        one = "This note carries" if len(files) == 1 else "One note carries"
        whose = one if undated == 1 else f"{undated} notes carry"
        yield Remark(path.name, f"{whose} {BY_FILE}")
    yield from _left(bundle, files, shown)
    progress(len(files), len(files))


def _left(bundle: Bundle, files: list[str], shown: set[str]) -> Iterator[Found]:
    """What lies beside the notes and is none, nor in any of them."""
    notes = set(files)
    left = [
        file
        for file in bundle.names
        if file not in notes and not _ASIDE.search(file) and file.rpartition("/")[2].casefold() not in shown
    ]
    for file in left:
        if file.casefold().endswith(_WORDS):
            yield Skipped(file, "It is no Markdown; import it by itself.")
    others = [file.rpartition("/")[2] for file in left if not file.casefold().endswith(_WORDS)]
    if others:
        some = ", ".join(f"“{name[:60]}”" for name in others[:3]) + (" …" if len(others) > 3 else "")
        which = f"{len(others)} other files stay where they are, for no note shows them"
        if len(others) == 1:
            which = "One other file stays where it is, for no note shows it"
        yield Remark(bundle.path.name, f"{which}: {some}.")


def notes_in(bundle: Bundle) -> list[str]:
    """The files that are notes by their endings."""
    return [file for file in bundle.named(*_NOTES) if not _ASIDE.search(file)]


def note(
    bundle: Bundle, file: str, source: str, keys: Keys, zone: ZoneInfo, *, is_one_of_many: bool, called: str = ""
) -> Iterator[Found]:
    """The record that one note makes, and remarks.

    `extra` has `DATED_BY` where only the file's last change tells a day.
    """
    text, replaced = cleaned(source)
    if replaced:
        yield Remark(file, f"The file {replaced}")
    if _SAYS_NOTHING.match(text) and (text.strip() or not text or is_one_of_many):
        yield Skipped(file, "It is empty.")
        return
    fields, body, wrong = _parted(file, text)
    if wrong:
        yield Remark(file, wrong)
    found = dated(called or file, fields, zone)
    day, at = found.day, found.at
    extra: dict[str, object] = {k: v for k, v in fields.items() if k.casefold() not in _USED}
    if day is None and (touched := bundle.changed(file, zone)):
        day, at = placed(touched, zone)
        extra[DATED_BY] = "file"
    heading = _heading(fields, _called(file, found.title) if is_one_of_many else "", body)
    if heading == front_matter.word(fields, _TITLE):
        extra = {k: v for k, v in extra.items() if k.casefold() not in _TITLE}
    body = pointed(body, enclosures := Enclosures(bundle, file, file))
    yield from enclosures.remarks
    if heading:
        body = f"# {heading}" if _SAYS_NOTHING.match(body) else f"# {heading}\n\n{body}"
    tags = tags_of(front_matter.words(fields, _TAGS))
    starred = front_matter.is_true(fields, _STARRED)
    key = keys.of_text("" if DATED_BY in extra else day, body)
    changed_at: datetime | None = changed(fields, zone)
    if is_one_of_many or file != bundle.path.name:
        extra["file"] = file
    yield Record(key, day, at, None, body, tags, starred, None, enclosures.attachments, extra, changed_at)


def _diary(bundle: Bundle, file: str, source: str, keys: Keys, zone: ZoneInfo) -> Iterator[Found]:
    """The days of a file that is a diary, a record each; nothing of any other."""
    text, replaced = cleaned(source)
    fields, body, wrong = _parted(file, text)
    if not (diary := day_headings.diary(body)):
        return
    said = [f"The file {replaced}"] if replaced else []
    if diary.is_guess:
        said.append("Its dates could be read day first or month first; the day was taken to stand first.")
    yield from (Remark(file, one) for one in (*said, wrong) if one)
    above = text.count("\n") - body.count("\n")
    for day in diary.days:
        where = f"{file}, line {day.line + above}"
        enclosures = Enclosures(bundle, file, where)
        words = pointed(day.text, enclosures)
        if not words.strip():
            yield Skipped(where, "It has a date but no words.")
            continue
        yield from enclosures.remarks
        local = day.when.local
        at = resolved(local, zone) if local else None
        marked = _TAG_LINE.search(words)
        tags = tags_of([*front_matter.words(fields, _TAGS), *(listed(marked[1]) if marked else [])])
        key = keys.of_text(local or day.when.day, words)
        extra = {k: v for k, v in fields.items() if k.casefold() not in _USED}
        extra |= {"journal": diary.title} if diary.title else {}
        yield Record(key, day.when.day, at, None, words, tags, False, None, enclosures.attachments, extra)


def _called(file: str, title: str) -> str:
    """The title that a file's name gives: Logseq writes the / in that of a page as ___, other signs as %3A."""
    return unquote(title.replace("___", "/")) if _PAGE.search(file) else title


def _parted(file: str, text: str) -> tuple[Fields, str, str]:
    fields, body, wrong = front_matter.parted(text)
    if not body.strip() and isinstance(said := fields.get("body"), str):  # as jrnl writes
        fields, body = {name: value for name, value in fields.items() if name != "body"}, said
    if file.casefold().endswith(".org"):
        keywords, body = org_mode.markdown(body)
        fields = {**keywords, **fields}
    return fields, body, wrong


def _heading(fields: Fields, of_name: str, body: str) -> str:
    """The title where it is more than the date and the text does not begin with it already."""
    title = front_matter.word(fields, _TITLE) or of_name
    title, _ = cleaned(" ".join(title.split()))
    if not title or (stamp(title) and not _SAYS_NOTHING.match(body)):
        return ""
    first = body.lstrip().partition("\n")[0].strip()
    if first.startswith("# ") or first.lstrip("#").strip().casefold() == title.casefold():
        return ""
    return title
