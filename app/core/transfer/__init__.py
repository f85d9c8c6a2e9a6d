"""Bringing in what other programs wrote: a reader for each format, found by looking at the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer import (
    csv_files,
    dayone,
    dayone_classic,
    dayone_text,
    diarium,
    diaro,
    evernote,
    journey,
    jrnl,
    keep,
    loop_habits,
    markdown_files,
    minidiary,
    northing_journal,
    northing_json,
    northing_markdown,
    rednotebook,
    text_files,
    textbundle,
)
from app.core.transfer.archives import open_bundle
from app.core.transfer.records import Found, Progress, Reader, Skipped, no_progress

READERS: Final[tuple[Reader, ...]] = (
    northing_json,
    northing_markdown,
    northing_journal,
    minidiary,
    dayone,
    dayone_classic,
    journey,
    diarium,
    diaro,
    keep,
    evernote,
    rednotebook,
    jrnl,
    dayone_text,
    csv_files,
    textbundle,
    markdown_files,
    text_files,
)
"""In the order in which they are asked: what is told apart easily before what could be anything."""
_TAKE_NOTES: Final[tuple[Reader, ...]] = (
    northing_markdown,
    rednotebook,
    jrnl,
    textbundle,
    markdown_files,
    text_files,
)
"""To which Markdown that lies there is their own, or an attachment of it."""
_PACKED: Final = (".tgz", ".tar", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar")
"""Endings of archives that are not read in place."""


def reader_for(path: Path) -> Reader:
    """The reader whose format `path` (file or folder) looks like.

    Raises:
        UserError: it is not there, damaged, or nobody knows it; the sentence says what can be read.
    """
    if not path.exists():
        raise UserError(f"“{path}” is not there.")
    bundle = open_bundle(path)
    for reader in READERS:
        if reader.can_read(bundle):
            return reader
    if not any(bundle.size(name) for name in bundle.names):
        raise UserError(f"“{path.name}” is empty.")
    if bundle.damaged:
        raise bundle.damage(bundle.damaged[0])
    if path.suffix.casefold() == ".jex":
        raise UserError(
            f"“{path.name}” is Joplin's own format: export “MD - Markdown + Front Matter” there instead."
        )
    if path.suffix.casefold() in _PACKED:
        raise UserError(f"“{path.name}” is no ZIP archive: unpack it first, then choose the folder.")
    if loop_habits.is_export(path):
        raise UserError(
            f"“{path.name}” comes from Loop Habit Tracker: bring its habits in by Objectives → Import check-ins."
        )
    known = ", ".join(dict.fromkeys(reader.name for reader in READERS))
    raise UserError(f"“{path.name}” is in none of the formats that can be brought in: {known}.")


def found_by(reader: Reader, path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    """What the reader finds in `path`, and the notes that lie there and are none of its own.

    Raises:
        UserError: as `Reader.records`.
    """
    yield from reader.records(path, zone=zone, progress=progress)
    if reader not in _TAKE_NOTES:
        for file in markdown_files.notes_in(open_bundle(path)):
            said = f"It is a note beside what {reader.name} wrote; import it from a folder of its own."
            yield Skipped(file, said)


def all_formats() -> list[tuple[str, str]]:
    """Name of each format, and what to choose for it."""
    return [(reader.name, reader.takes) for reader in READERS]
