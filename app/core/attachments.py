"""Files of entries: kept once each by SHA-256 beside the journal, named in the text, swept when unused."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import disk, files, items
from app.core.errors import UserError, reason_of
from app.core.filenames import address, free_name, is_picture, media_type, sound_name
from app.core.model import Attachment, Item, Version
from app.core.refusals import PlaceRefused
from app.core.store import touch

LARGEST: Final = 500 * 2**20
SETTLED_S: Final = 24 * 3600
"""A file that nothing points to is left alone for a day: its entry may just be on the way."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the folder of the journal, on the disk for good; `attach` makes it an entry's."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file of an entry; see `model.Attachment`."""

    id: int
    name: str
    sha256: str
    media: str
    size: int

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at."""
        return is_picture(self.name) or self.media.startswith("image/")

    @property
    def pointer(self) -> str:
        """Markdown that shows the picture, or links to the file."""
        said = self.name.replace("[", "").replace("]", "")
        return f"![]({address(self.name)})" if self.is_picture else f"[{said}]({address(self.name)})"


@dataclass(frozen=True, slots=True)
class Unused:
    """What a sweep would remove: names that no text mentions, files that no entry has, and their size in bytes."""

    rows: tuple[int, ...]
    files: tuple[Path, ...]
    size: int


# ---------------------------------------------------------------- queries


_OF_ITEM: Final = "SELECT id, name, sha256, media, size FROM attachment WHERE item_id = ? ORDER BY id"


def attachments_of(session: Session, item_id: int) -> list[AttachmentRow]:
    """The item's files, in the order in which they came."""
    session.flush()
    return [AttachmentRow(*row) for row in session.connection().exec_driver_sql(_OF_ITEM, (item_id,))]


_NAMED_BEFORE: Final = """
    SELECT 1 FROM version WHERE item_id = ? AND (instr(text, ?) OR instr(text, ?)) LIMIT 1
"""


def on_show(session: Session, item_id: int, text: str) -> list[AttachmentRow]:
    """The item's files but for those that an earlier text pointed to and `text` no longer does."""
    return [
        row
        for row in attachments_of(session, item_id)
        if _names(text, row.name) or not _was_named(session, item_id, row.name)
    ]


def without(text: str, row: AttachmentRow) -> str:
    """`text` without what points to a file; a line that says nothing else goes with it."""
    place = "|".join(re.escape(said) for said in {row.name, address(row.name)})
    pointer = rf"!?\[[^\[\]\n]*\]\((?:{place})(?: \"[^\"\n]*\")?\)"
    found = re.compile(rf"{pointer}, |, {pointer}|{pointer}", re.IGNORECASE)
    lines = [(line, found.sub("", line)) for line in text.split("\n")]
    return "\n".join(after for line, after in lines if after == line or after.strip())


def named(rows: Sequence[AttachmentRow], target: str) -> AttachmentRow | None:
    """The file that a link of the text points to, None where it points elsewhere."""
    wanted = unquote(target).casefold()
    return next((row for row in rows if row.name.casefold() == wanted), None)


def kept_files(folder: Path) -> tuple[int, int]:
    """How many files lie in the journal's folder, and their size in bytes."""
    sizes = [file.stat().st_size for file in folder.iterdir() if _is_ours(file.name)] if folder.is_dir() else []
    return len(sizes), sum(sizes)


def times_of(folder: Path, shas: Iterable[str]) -> dict[str, float]:
    """When the files that lie in the folder came, the last time."""
    places = {sha: files.place(folder, sha) for sha in shas}
    return {sha: file.stat().st_mtime for sha, file in places.items() if file is not None}


def unused(session: Session, folder: Path) -> Unused:
    """What neither the text nor a version of any item mentions any more.

    Args:
        folder: The journal's folder of files, see `paths.files_dir`.
    """
    rows: list[int] = []
    used: set[str] = set()
    found = session.execute(select(Attachment.id, Attachment.item_id, Attachment.name, Attachment.sha256)).all()
    texts: dict[int, str] = {}
    for row_id, item_id, name, sha in found:
        if item_id not in texts:
            versions = session.scalars(select(Version.text).where(Version.item_id == item_id))
            texts[item_id] = "\n".join(
                [session.scalar(select(Item.text).where(Item.id == item_id)) or "", *versions]
            )
        if _names(texts[item_id], name):
            used |= {sha, files.sealed_name(sha)}
        else:
            rows.append(row_id)
    settled = time.time() - SETTLED_S
    idle = [
        file
        for file in (sorted(folder.iterdir()) if folder.is_dir() else ())
        if file.is_file() and _is_ours(file.name) and file.name not in used and file.stat().st_mtime < settled
    ]
    return Unused(tuple(rows), tuple(idle), sum(file.stat().st_size for file in idle))


# ---------------------------------------------------------------- commands


def keep(folder: Path, name: str, raw: bytes) -> Kept:
    """Put what a file holds into the journal's folder, on the disk for good, before any row tells of it.

    Raises:
        UserError: it is too large, or the folder cannot be written.
    """
    if len(raw) > LARGEST:
        raise _too_large(name)
    sha = hashlib.sha256(raw).hexdigest()
    _put(folder, sha, raw)
    return Kept(sound_name(name), sha, len(raw))


def keep_file(folder: Path, source: Path) -> Kept:
    """Copy a file of this computer into the journal's folder; see `keep`."""
    try:
        size = source.stat().st_size
        if not source.is_file():
            raise UserError(f"“{source.name}” is no file.")
        if size > LARGEST:
            raise _too_large(source.name)
        return keep(folder, source.name, source.read_bytes())
    except OSError as error:
        raise UserError(f"“{source}” cannot be read: {reason_of(error)}.") from error


def attach(session: Session, item_id: int, kept: Sequence[Kept], *, now: datetime) -> list[AttachmentRow]:
    """Make kept files an item's, each under a name that is free there; the same again is not added twice."""
    items.living(session, item_id)
    held = attachments_of(session, item_id)
    rows = []
    for one in kept:
        known = next((row for row in held if row.sha256 == one.sha256 and row.name == one.name), None)
        if known is None:
            name = free_name(one.name, [row.name for row in held])
            new = Attachment(
                item_id=item_id, name=name, sha256=one.sha256, media=media_type(name), size=one.size, added_at=now
            )
            session.add(new)
            session.flush()
            known = AttachmentRow(new.id, name, new.sha256, new.media, new.size)
            held.append(known)
        rows.append(known)
    return rows


def detach(session: Session, item_id: int, row: AttachmentRow) -> None:
    """Take a file off an item, unless a version points to it: it is needed when that comes back."""
    if not _was_named(session, item_id, row.name):
        session.execute(delete(Attachment).where(Attachment.id == row.id))
    touch(session, Attachment, Item)


def bring_back(session: Session, item_id: int, row: AttachmentRow, *, now: datetime) -> None:
    """Give an item the file again that `detach` took off it, in its place among the others."""
    held = session.get(Attachment, row.id)
    if held is None or held.item_id != item_id or held.name != row.name:
        facts = {"name": row.name, "sha256": row.sha256, "media": row.media, "size": row.size}
        place = {"id": row.id} if held is None else {}
        session.add(Attachment(item_id=item_id, added_at=now, **facts, **place))
        touch(session, Item)


def sweep(session: Session, folder: Path) -> Unused:
    """Remove for good what is `unused`; returns what that was."""
    found = unused(session, folder)
    if found.rows:
        session.execute(delete(Attachment).where(Attachment.id.in_(found.rows)))
    if found.rows or found.files:
        touch(session, Attachment)
    for file in found.files:
        with suppress(FileNotFoundError):
            file.unlink()
    return found


def remove_unheld(session: Session, folder: Path, when: Mapping[str, float]) -> None:
    """Remove the files of these SHA-256 that no item has any more, but none that came again later than `when`."""
    held = set(session.scalars(select(Attachment.sha256)))
    for sha in when.keys() - held:
        file = files.place(folder, sha)
        with suppress(OSError):
            if file is not None and file.stat().st_mtime <= when[sha]:
                file.unlink()


# ---------------------------------------------------------------- inside


def _put(folder: Path, sha: str, raw: bytes) -> None:
    try:
        if held := files.place(folder, sha):
            os.utime(held)
            return
        disk.make_folder(folder)
        files.write(folder, sha, raw, sealed=files.seals(folder))
    except OSError as error:
        raise PlaceRefused(f"“{folder}” cannot be written: {reason_of(error)}.") from error


def _names(text: str, name: str) -> bool:
    return name in text or address(name) in text


def _was_named(session: Session, item_id: int, name: str) -> bool:
    asked = (item_id, name, address(name))
    return session.connection().exec_driver_sql(_NAMED_BEFORE, asked).first() is not None


def _is_ours(name: str) -> bool:
    return len(name.partition(".")[0]) == 64 and (name.endswith(disk.PART) or files.is_name(name))


def _too_large(name: str) -> UserError:
    return UserError(f"“{name}” is larger than {LARGEST // 2**20} MB. Keep it elsewhere and write down where.")
