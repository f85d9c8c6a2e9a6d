"""Looking at a journal without changing a byte of it, also at a damaged one."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from app import paths
from app.core import integrity
from app.core.refusals import JournalDamaged, NotAJournal
from app.core.salvage import salvage
from app.core.store import Store, open_store

_copies: Final[list[tempfile.TemporaryDirectory[str]]] = []
"""What could be read of damaged journals; gone when this process ends."""


def look_at(journal: Path) -> Store:
    """The journal, open for reading only; of a damaged one a copy of what can be read, which lies elsewhere.

    Raises:
        UserError: it cannot be opened, or nothing of a journal is found in it.
    """
    try:
        store = open_store(journal, read_only=True)
        if not integrity.quick_check(journal).problems:
            return store
        store.close()
    except (JournalDamaged, NotAJournal):
        pass
    folder = tempfile.TemporaryDirectory(prefix="northing-look-", ignore_cleanup_errors=True)
    _copies.append(folder)
    copy = Path(folder.name, journal.name)
    salvage(journal, copy, with_files=False)
    with suppress(OSError):  # without the right to make links, pictures are not shown
        paths.files_dir(copy).symlink_to(paths.files_dir(journal).absolute(), target_is_directory=True)
    return open_store(copy, read_only=True)
