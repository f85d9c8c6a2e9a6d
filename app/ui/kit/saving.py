"""Files that the user asks for, outside the journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.core.errors import UserError


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Say in a sentence why `file` cannot be written, where the disk refuses it within.

    Raises:
        UserError: it cannot be written.
    """
    try:
        yield
    except OSError as error:
        said = QCoreApplication.translate("saving", "“{file}” cannot be written: {reason}.")
        reason = (error.strerror or str(error)).lower()
        raise UserError(said.format(file=file.name, reason=reason)) from error
