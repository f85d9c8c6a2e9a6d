"""Files that the user asks for, outside the journal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

_FORBIDDEN: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


def file_name(title: str, suffix: str) -> str:
    """A name that every file system takes."""
    return f"{' '.join(_FORBIDDEN.sub(' ', title).split())}.{suffix}"


def refusal(file: Path, error: OSError) -> str:
    """A sentence that says why `file` cannot be written."""
    said = QCoreApplication.translate("saving", "“{file}” cannot be written: {reason}.")
    return said.format(file=file.name, reason=(error.strerror or str(error)).lower())
