"""Evernote's .enex as a stream of notes: no entity but XML's own, nothing fetched, files left where they are."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from xml.parsers import expat

from app.core.errors import UserError
from app.core.transfer.archives import DAMAGES, Bundle

MOST_CONTENT: Final = 64 * 2**20
_CHUNK: Final = 64 * 1024


@dataclass(slots=True)
class Resource:
    """A file inside a note: where its base64 stands in the .enex, so that it need not be held in memory."""

    start: int = 0
    end: int = 0
    digest: str = ""
    size: int = 0
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Note:
    """A note as it stands there; `tasks` are the fields of each."""

    line: int
    fields: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    tasks: list[dict[str, str]] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)


def notes(bundle: Bundle, file: str) -> Iterator[tuple[Note, int]]:
    """Each note, with how many bytes were read up to it.

    Raises:
        UserError: it is damaged, or does what no Evernote export does.
    """
    parser = _Parser()
    read = 0
    try:
        with bundle.open(file) as stream:
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                parser.expat.Parse(chunk, False)
                for note in parser.ready:
                    yield note, read
                parser.ready.clear()
            parser.expat.Parse(b"", True)
    except expat.ExpatError as error:
        raise UserError(
            f"“{file}” is damaged in line {error.lineno}; nothing was brought in. Export it again."
        ) from error
    except DAMAGES as error:
        raise bundle.damage(file) from error
    if not parser.roots:
        raise UserError(f"“{file}” is no Evernote export.")


class _Parser:
    def __init__(self) -> None:
        self.ready: list[Note] = []
        self.roots = 0
        self._note: Note | None = None
        self._resource: Resource | None = None
        self._path: list[str] = []
        self._key = ""
        self._words: list[str] = []
        self._length = 0
        self._rest = b""
        self._hash = hashlib.md5(usedforsecurity=False)
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = self._doctype
        self.expat.EntityDeclHandler = self._entity
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._characters
        self.expat.SkippedEntityHandler = self._skipped

    def _doctype(self, _name: str, system: str | None, _public: str | None, has_internal: int) -> None:
        host = re.match(r"https?://([\w.]+)/", system or "http://xml.evernote.com/")
        if has_internal or not host or host[1] != "xml.evernote.com":
            raise UserError("This .enex declares entities or another document type, as no Evernote export does.")

    def _entity(self, *_: object) -> None:
        raise UserError("This .enex declares entities, as no Evernote export does; it was not read.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag)
        self._key = attributes.get("key", "")
        if len(self._path) > 40:
            raise UserError("This .enex is nested deeper than any Evernote export; it was not read.")
        self._words, self._length = [], 0
        if tag == "en-export":
            self.roots += 1
        elif self._path[-2:] == ["en-export", "note"]:
            self._note = Note(self.expat.CurrentLineNumber)
        elif tag == "resource":
            self._resource = Resource()
        elif tag == "task" and self._note:
            self._note.tasks.append({})
        elif self._is_file and self._resource:
            self._resource.start = self.expat.CurrentByteIndex
            self._rest = b""
            self._hash = hashlib.md5(usedforsecurity=False)

    @property
    def _is_file(self) -> bool:
        return self._path[-2:] == ["resource", "data"]

    def _characters(self, words: str) -> None:
        if self._is_file:
            self._decode(words)
            return
        self._length += len(words)
        if self._length > MOST_CONTENT:
            raise UserError(
                f"A note is longer than {MOST_CONTENT >> 20} million characters, too long to bring in."
            )
        self._words.append(words)

    def _skipped(self, entity: str, is_parameter: int) -> None:
        if not is_parameter:
            self._characters(unescape(f"&{entity};"))

    def _decode(self, words: str) -> None:
        if self._resource is None:
            return
        raw = self._rest + re.sub(rb"\s+", b"", words.encode("ascii", "ignore"))
        whole = len(raw) - len(raw) % 4
        self._rest = raw[whole:]
        try:
            decoded = base64.b64decode(raw[:whole])
        except binascii.Error:
            decoded = b""
        self._hash.update(decoded)
        self._resource.size += len(decoded)

    def _end(self, tag: str) -> None:
        note, resource = self._note, self._resource
        if note and resource and self._is_file:
            resource.end, resource.digest = self.expat.CurrentByteIndex, self._hash.hexdigest()
        elif note and resource and tag == "resource":
            note.resources.append(resource)
            self._resource = None
        elif note and self._path[-2:] == ["en-export", "note"]:
            self.ready.append(note)
            self._note = None
        elif note and (words := "".join(self._words)):
            self._keep(note, tag, words if tag == "content" else words.strip())
        self._words = []
        self._path.pop()

    def _keep(self, note: Note, tag: str, words: str) -> None:
        above = self._path[-2]
        if self._resource:
            if above in ("resource", "resource-attributes"):
                self._resource.fields[tag] = words
        elif above == "task":
            note.tasks[-1][tag] = words
        elif tag == "tag" and above == "note":
            note.tags.append(words)
        elif above in ("note", "note-attributes") and words:
            note.fields[f"{tag}: {self._key}" if self._key else tag] = words
