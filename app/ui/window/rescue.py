"""Words typed while no journal could be opened are kept in a file of their own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import paths
from app.core import clock


def keep_unsaved(window: QWidget, *more: str) -> bool:
    """Write all that could not be saved in any editor of the window, and `more`, into one file.

    False where that fails too.
    """
    from app.ui.kit.editor.autosave import Autosaver

    texts = (*(one.unsaved_text for one in window.findChildren(Autosaver)), *more)
    unsaved = [text for text in texts if text.strip()]
    return not unsaved or keep_typed("\n\n---\n\n".join(unsaved), None) is not None


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
