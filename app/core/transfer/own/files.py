"""Attachments of an export into the journal's own folder, where each is called by the SHA-256 of what it holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.core import files
from app.core.errors import UserError
from app.core.store import PlaceRefused
from app.core.transfer.records import Attachment


def keep(folder: Path, attachment: Attachment) -> None:
    """Put the attachment there, unless it is.

    Raises:
        UserError: it is not what its name says, or cannot be written.
    """
    if files.place(folder, attachment.name) is not None:
        return
    try:
        raw = attachment.read()
        if hashlib.sha256(raw).hexdigest() != attachment.name:
            raise UserError(f"The attachment “{attachment.name[:12]}…” is damaged; nothing was brought in.")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.write(folder, attachment.name, raw, sealed=files.seals(folder))
    except OSError as error:
        raise PlaceRefused(f"“{folder}” cannot be written: {(error.strerror or str(error)).lower()}.") from error
