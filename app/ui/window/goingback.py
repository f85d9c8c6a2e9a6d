"""A damaged or missing journal becomes what a backup or another file holds."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.core import clock
from app.ui.kit.background import run_in_background
from app.ui.window.locking import NOTICE
from app.ui.window.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.core.backups import Backup
    from app.core.store import Store


class GoingBack(Part):
    """Within the file where that is open, else by another file; what could not be saved is kept aside first."""

    def start(self, source: Path, failed: Callable[[Exception], None]) -> None:
        """Make the journal what `source` holds."""
        from app.ui.window import rescue

        window = self._window
        is_kept_aside = not window.has_all_saved()
        if is_kept_aside and not rescue.keep_unsaved(window, window.commands.capturing.captured):
            return  # it is said, and the words are on screen
        store, path, now = self._store, window.path, clock.now()
        run_in_background(
            self,
            lambda: _become(store, path, source, now),
            lambda made: self._go_on(*made, is_kept_aside=is_kept_aside),
            failed=failed,
        )

    def _go_on(self, made: Backup | Store, lacks_passphrase: bool, *, is_kept_aside: bool) -> None:
        from app.core.backups import Backup

        window = self._window
        aside = self.tr("What could not be saved stands in a file of its own (File → Where is my data?).")
        bare = self.tr("This backup has no passphrase: the journal is not encrypted until it gets one.")
        window.mending.settle()
        if isinstance(made, Backup):
            window.restoring.restored(made)
        elif not window.has_begun:
            window.open(made)
        else:
            made.close()
            if told := [*([aside] if is_kept_aside else []), *([bare] if lacks_passphrase else [])]:
                window.preferences.setValue(NOTICE, " ".join(told))
            if is_kept_aside:
                window.let_go()
            window.locking.start_over()
            return
        if is_kept_aside or lacks_passphrase:
            window.messages.clear()
        if is_kept_aside:
            window.refuse(aside)
        if lacks_passphrase:
            way = self.tr("Passphrase…")
            window.messages.show_message(bare, way, window.locking.show_passphrase, lasting=True)


def _become(store: Store | None, path: Path, source: Path, now: datetime) -> tuple[Backup | Store, bool]:
    """Do it, and tell whether the passphrase is gone by it. On another thread."""
    from app.core import backups
    from app.core.refusals import JournalDamaged
    from app.core.store import open_store

    if store is not None and not store.is_read_only:
        with suppress(JournalDamaged):
            return backups.restore(store, source, now=now), False
    if store is not None:
        store.close()
    backups.replace_damaged(path, source, now=now)
    lacks_passphrase = backups.lost_its_passphrase(path, source)
    return open_store(path), lacks_passphrase
