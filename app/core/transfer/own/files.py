"""Attachments of an export into the journal's own folder, where each is called by the SHA-256 of what it holds."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from app.core.backups.taking import PART
from app.core.errors import UserError
from app.core.store import PlaceRefused
from app.core.transfer.records import Attachment


def keep(folder: Path, attachment: Attachment) -> None:
    """Put the attachment there, unless it is.

    Raises:
        UserError: it is not what its name says, or cannot be written.
    """
    target = folder / attachment.name
    if target.exists():
        return
    try:
        raw = attachment.read()
        if hashlib.sha256(raw).hexdigest() != attachment.name:
            raise UserError(f"The attachment “{attachment.name[:12]}…” is damaged; nothing was brought in.")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(f"{target.name}.{os.getpid()}{PART}")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise PlaceRefused(f"“{folder}” cannot be written: {(error.strerror or str(error)).lower()}.") from error
