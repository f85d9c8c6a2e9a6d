"""Words typed while no journal could be opened are kept in a file of their own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app import paths
from app.core import clock


def keep_typed(text: str, page: tuple[int, int, str] | None) -> Path | None:
    """Write `text` beside the journals, or where that fails in the temporary folder; where it is kept.

    Nothing is written when nothing was typed beyond the `page` that was read.
    """
    if not text.strip() or (page and text == page[2]):
        return None
    name = clock.now().strftime("Unsaved text %Y-%m-%d %H%M%S.md")
    for folder in (paths.data_dir(), Path.home(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return folder / name
    return None
