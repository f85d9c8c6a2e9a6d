"""What a reader makes of another program's file: records, what it had to skip, and what a person should know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol
from zoneinfo import ZoneInfo

from app.core.words import TITLE_LENGTH, title_in

if TYPE_CHECKING:
    from app.core.transfer.archives import Bundle


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a record, read only when it is brought in.

    Attributes:
        name: File name without folders; the text may point to it as ``![](name)``.
        read: Its bytes, checked; raises UserError when they are damaged or gone.
        kind: MIME type, "" where the source does not tell.
        size: Bytes, None where only reading would tell.
    """

    name: str
    read: Callable[[], bytes]
    kind: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of another program.

    Attributes:
        key: Stable name, ``source:kind:id``; id is the SHA-256 of date and text where the source has none.
        day: Its local day, from its own zone or else as written; None where the source gives no possible day.
        at: Its UTC instant, None where only the day is known.
        zone: IANA name, where the source names one.
        text: Markdown, NFC, LF; a title of its own stands in it as a heading.
        mood: 1 to 5, where the source has a rating that says the same.
        extra: Fields the journal has no place for, JSON-able.
        item: All that an item of Northing's own was, as `docs/format.md` describes it; then the rest is a summary.
    """

    key: str
    day: date | None
    at: datetime | None
    zone: str | None
    text: str
    tags: tuple[str, ...] = ()
    starred: bool = False
    mood: int | None = None
    attachments: tuple[Attachment, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    changed_at: datetime | None = None
    item: Mapping[str, Any] | None = None


def called(record: Record) -> str:
    """Its title; without any, how its words begin, whatever they are."""
    said = (record.item or {}).get("title") or title_in(record.text)
    return str(said or " ".join(record.text[:400].split())[:TITLE_LENGTH] or "Untitled")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one of Northing's own exports holds beside its items; see `transfer.own`."""

    settings: Mapping[str, Any]
    tables: Mapping[str, Any]
    batches: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Skipped:
    """What did not come along: where it stood, and why in one sentence."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What came along differently than it stood there, and how, in one sentence."""

    where: str
    said: str


DATED_BY: Final = "dated by"
"""What `Record.extra` calls how its day is known, where only the file's last change tells one."""
BY_FILE: Final = "no date; the day is the one on which the file was last changed."
"""How a remark about such records ends."""

Found = Record | Skipped | Remark | Surroundings
Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """For callers that do not watch."""


class Reader(Protocol):
    """One format of one program; each is a module of this package.

    Attributes:
        name: As the program's users call it. takes: what to choose, as half a sentence.
    """

    name: str
    takes: str

    def can_read(self, bundle: Bundle) -> bool:
        """Whether these files look like this format; looks at little of them."""
        ...

    def records(self, path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
        """Everything in `path`, in its order; reads only.

        Args:
            zone: In which times without a zone of their own were written.
            progress: Called with (done, total) in whatever unit the format counts.

        Raises:
            UserError: the file as a whole cannot be brought in; nothing of it should be.
        """
        ...
