"""Evernote: notes exported as .enex, one file or a folder of them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer.archives import DAMAGES, MOST_ATTACHMENT, Bundle, Damaged, open_bundle
from app.core.transfer.decoding import cleaned
from app.core.transfer.enex import Note, Resource, notes
from app.core.transfer.html_text import escaped, markdown
from app.core.transfer.html_tree import Node
from app.core.transfer.instants import placed
from app.core.transfer.keys import Keys
from app.core.transfer.records import Attachment, Found, Progress, Record, Remark, Skipped, called, no_progress
from app.core.transfer.tags import tags_of

name = "Evernote"
takes = "the notebook's export (.enex), or a folder of them"

_STAMP: Final = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$")
_UNTITLED: Final = re.compile(r"(?i)^untitled( note)?$")
_NOTE_LINK: Final = re.compile(
    r"\[([^\[\]\n]{1,300})\]\((?:evernote:/+view/|https?://(?:www|app)\.evernote\.com/(?:shard|client)/)[^()\s]{1,400}\)"
)
_BRACKET: Final = re.compile(r"[\[\]]")
_GROUP: Final = re.compile(r"--en-id:([\w-]+)")


def can_read(bundle: Bundle) -> bool:
    if len(bundle.names) == 1:
        return _is_enex(bundle.names[0]) or b"<en-export" in bundle.head(bundle.names[0])[:2000]
    return any(_is_enex(file) for file in bundle.names)


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    files = [file for file in bundle.names if _is_enex(file)] or list(bundle.names[:1])
    keys = Keys("evernote", "note")
    total = sum(bundle.size(file) for file in files) or 1
    before = 0
    damaged = 0
    everything: list[Found] = []
    for file in files:
        found: list[Found] = []
        try:
            for note, at in notes(bundle, file):
                found += _record(bundle, file, note, keys, zone)
                progress(before + at, total)
        except Damaged:
            raise
        except UserError as error:
            damaged += 1
            if damaged == len(files):
                raise
            found = [Skipped(file, str(error))]
        everything += found
        before += bundle.size(file)
    titles = {called(one).casefold(): called(one) for one in everything if isinstance(one, Record)}
    yield from (_linked(one, titles) if isinstance(one, Record) else one for one in everything)
    progress(total, total)


def _linked(record: Record, titles: Mapping[str, str]) -> Record:
    """The record with links to other notes of the import by their titles; its key stays that of its words."""

    def near(found: re.Match[str]) -> str:
        title = titles.get(" ".join(found[1].split()).casefold(), "")
        return f"[[{title}]]" if title and not _BRACKET.search(title) else found[0]

    return replace(record, text=_NOTE_LINK.sub(near, record.text)) if "evernote" in record.text else record


def _is_enex(file: str) -> bool:
    return file.casefold().endswith(".enex")


def _record(bundle: Bundle, file: str, note: Note, keys: Keys, zone: ZoneInfo) -> Iterator[Found]:
    title, _ = cleaned(" ".join(note.fields.get("title", "").split()))
    where = f"{file}, “{title[:60]}”" if title else f"{file}, line {note.line}"
    pointed = _Pointers(bundle, file, note, zone)
    body, replaced = cleaned(markdown(note.fields.get("content", ""), pointed.of))
    body = pointed.with_the_rest(body)
    if replaced:
        yield Remark(where, f"Its text {replaced}")
    for said in pointed.remarks:
        yield Remark(where, said)
    heading = "" if _UNTITLED.match(title) else title
    if not heading and not body.strip():
        yield Skipped(where, "It is empty.")
        return
    text = f"# {heading}\n\n{body}".strip() if heading else body
    created, updated = _instant(note.fields.get("created")), _instant(note.fields.get("updated"))
    key = keys.of_text(note.fields.get("created", ""), text)
    moment = created or updated
    if moment is None:
        yield Remark(where, "It has no date; it comes in without a day.")
    day, at = placed(moment, zone) if moment else (None, None)
    extra: dict[str, object] = {
        k: v for k, v in note.fields.items() if k not in ("title", "content", "created", "updated") and v.strip()
    }
    if moment is None and (said := note.fields.get("created", "").strip()):
        extra["created"] = said
    if note.tasks:
        extra["tasks"] = note.tasks
    tags = tags_of(note.tags)
    yield Record(key, day, at, None, text, tags, False, None, tuple(pointed.attachments.values()), extra, updated)


class _Pointers:
    """Answers the HTML writer for what only Evernote has: its files, tasks and encrypted passages."""

    def __init__(self, bundle: Bundle, file: str, note: Note, zone: ZoneInfo) -> None:
        self._zone = zone
        self._bundle, self._file, self._resources = bundle, file, note.resources
        self._tasks = sorted(note.tasks, key=lambda task: task.get("sortWeight", ""))
        self.attachments: dict[str, Attachment] = {}
        self.remarks: list[str] = []

    def of(self, node: Node) -> str | None:
        if node.tag == "div" and (group := _GROUP.search(node.style())) and "task-group:true" in node.style():
            return self._task_list(group[1])
        if node.tag == "en-media":
            digest = node.attributes.get("hash", "").casefold()
            found = next((one for one in self._resources if one.digest == digest), None)
            if found is None:
                self.remarks.append("A file that it shows is not in the export.")
                return ""
            return self._pointer(found)
        if node.tag == "en-crypt":
            hint = node.attributes.get("hint", "")
            self.remarks.append("A passage is encrypted by Evernote and stays unreadable; decrypt it there first.")
            return f"*(encrypted in Evernote{': ' + hint if hint else ''})*"
        if node.tag == "img" and node.attributes.get("src", "").startswith("data:"):
            return self._inline_picture(node)
        return None

    def with_the_rest(self, body: str) -> str:
        """The text, and below it the tasks and pointers to files that it does not show."""
        if self._tasks:
            body = f"{body.rstrip()}\n\n{self._task_list(None)}"
        for resource in self._resources:
            if resource.digest not in self.attachments:
                body = f"{body.rstrip()}\n\n{self._pointer(resource)}"
        return body.strip("\n")

    def _task_list(self, group: str | None) -> str:
        """The tasks of a group (all that are left, without one); each is written once."""
        mine = [task for task in self._tasks if group in (None, task.get("taskGroupNoteLevelID"))]
        self._tasks = [task for task in self._tasks if task not in mine]
        lines = []
        for task in mine:
            mark = "x" if task.get("taskStatus") == "completed" else " "
            due = _instant(task.get("dueDate"))
            until = f" (due {due.astimezone(self._zone).date()})" if due else ""
            lines.append(f"- [{mark}] {escaped(' '.join(task.get('title', '').split()))}{until}")
        return "\n".join(lines)

    def _pointer(self, resource: Resource) -> str:
        if resource.digest not in self.attachments:
            if resource.size > MOST_ATTACHMENT:
                self.remarks.append(
                    f"The file “{resource.fields.get('file-name', '')}” is too large to keep in a journal."
                )
                return ""
            taken = {attachment.name for attachment in self.attachments.values()}
            called = _file_name(resource, taken)
            self.attachments[resource.digest] = Attachment(
                called,
                lambda: _decoded(self._bundle, self._file, resource),
                resource.fields.get("mime", ""),
                resource.size,
            )
        attachment = self.attachments[resource.digest]
        target = re.sub(r"[\s()<>]", lambda found: f"%{ord(found[0]):02X}", attachment.name)
        shown = attachment.name.replace("[", "").replace("]", "")
        return (
            f"![{shown}]({target})"
            if resource.fields.get("mime", "").startswith("image/")
            else f"[{shown}]({target})"
        )

    def _inline_picture(self, node: Node) -> str:
        found = re.match(r"data:(image/[\w.+-]{1,40});base64,([A-Za-z0-9+/=\s]+)$", node.attributes["src"])
        if not found:
            return ""
        try:
            raw = base64.b64decode(found[2])
        except binascii.Error:
            return ""
        digest = hashlib.md5(raw, usedforsecurity=False).hexdigest()
        called = f"picture-{digest[:8]}.{found[1].rpartition('/')[2].partition('+')[0]}"
        self.attachments.setdefault(digest, Attachment(called, lambda: raw, found[1], len(raw)))
        return f"![]({called})"


def _file_name(resource: Resource, taken: set[str]) -> str:
    plain, _ = cleaned(
        re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]", "_", resource.fields.get("file-name", ""))
    )
    called = plain.strip(". ")[-120:]
    if not called:
        ending = resource.fields.get("mime", "").rpartition("/")[2].partition("+")[0] or "bin"
        called = f"{resource.digest[:8]}.{ending}"
    if called in taken:
        stem, dot, ending = called.rpartition(".")
        called = f"{stem or ending}-{resource.digest[:8]}{dot}{ending if stem else ''}"
    return called


def _decoded(bundle: Bundle, file: str, resource: Resource) -> bytes:
    try:
        with bundle.open(file) as stream:
            _skip(stream, resource.start)
            raw = stream.read(resource.end - resource.start)
        return base64.b64decode(raw[raw.index(b">") + 1 :], validate=False)
    except (*DAMAGES, binascii.Error) as error:
        raise bundle.damage(file) from error


def _skip(stream: IO[bytes], count: int) -> None:
    if stream.seekable():
        stream.seek(count)
        return
    while count > 0:
        count -= len(stream.read(min(count, 65_536))) or count


def _instant(stamp: str | None) -> datetime | None:
    if not (found := _STAMP.match((stamp or "").strip())):
        return None
    try:
        return datetime(*(int(part) for part in found.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
