"""What a reader makes of another program's file: records, and what it had to skip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a record, read only when it is brought in."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of another program.

    Attributes:
        key: Stable name, ``source:kind:id``, or the SHA-256 of date and text where there is no id.
        day: Its local day. at: its UTC instant, None where only the day is known.
        text: Markdown, NFC, LF; a title of its own stands in it as a heading.
        extra: Fields we have no place for, kept as JSON.
    """

    key: str
    day: date
    at: datetime | None
    zone: str | None
    text: str
    tags: tuple[str, ...] = ()
    starred: bool = False
    mood: int | None = None
    attachments: tuple[Attachment, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """What did not come along: where it stood, and why in one sentence."""

    where: str
    reason: str


class Reader(Protocol):
    """One format of one program."""

    name: str

    def can_read(self, path: Path) -> bool: ...

    def records(
        self, path: Path, *, zone: ZoneInfo, progress: Callable[[int, int], None] = ...
    ) -> Iterator[Record | Skipped]: ...
