"""Attachments of an export into the journal's own folder, where each is called by the SHA-256 of what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core import disk, files
from app.core.errors import UserError, reason_of
from app.core.refusals import PlaceRefused
from app.core.transfer.records import Attachment


def keep(folder: Path, attachment: Attachment) -> bool:
    """Put the attachment there, unless it is; returns whether it was not.

    Raises:
        UserError: it is not what its name says, or cannot be written.
    """
    if files.place(folder, attachment.name) is not None:
        return False
    try:
        raw = attachment.read()
        if hashlib.sha256(raw).hexdigest() != attachment.name:
            raise UserError(f"The attachment “{attachment.name[:12]}…” is damaged; nothing was brought in.")
        disk.make_folder(folder)
        files.write(folder, attachment.name, raw, sealed=files.seals(folder))
        return True
    except OSError as error:
        raise PlaceRefused(f"“{folder}” cannot be written: {reason_of(error)}.") from error


@contextmanager
def taken_back(folder: Path) -> Iterator[list[str]]:
    """A list for the SHA-256 of each file that is new in the folder; they go again if the block fails."""
    new: list[str] = []
    try:
        yield new
    except BaseException:
        for sha in new:
            if place := files.place(folder, sha):
                with suppress(OSError):
                    place.unlink()
        raise
