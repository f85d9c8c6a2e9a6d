"""Going back: the list of backups, the whole journal or single items as they were, and the way back from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.core import clock
from app.core.errors import UserError
from app.ui.kit.background import run_in_background
from app.ui.kit.numbers import counted

if TYPE_CHECKING:
    from pathlib import Path

    from app.core.backups import Backup, BroughtBack
    from app.core.store import Store
    from app.ui.settings.backups import BackupsDialog
    from app.ui.window.main import MainWindow


class Restoring(QObject):
    """Makes the window's journal what it was."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_busy = False

    @property
    def _store(self) -> Store:
        assert self._window.store is not None
        return self._window.store

    def show_backups(self) -> None:
        """List the backups and what going back would change."""
        self._opened_backups()

    def compare(self, *others: Path) -> None:
        """Show what other files of the journal have that this one has not, the first one first."""
        if dialog := self._opened_backups():
            dialog.compare(*others)

    def _opened_backups(self) -> BackupsDialog | None:
        from app.ui.settings.backups import BackupsDialog

        if self._window.store is None or self._window.mending.is_copy:
            self._window.mending.offer()
            return None
        if not self._window.has_all_saved():
            return None
        dialog = BackupsDialog(self._store, self._window)
        dialog.restore_requested.connect(self.restore)
        dialog.backup_requested.connect(self._window.keeping.back_up_now)
        dialog.place_changed.connect(self._window.keeping.moved)
        dialog.open()
        return dialog

    def restore(self, source: Path, uids: list[str]) -> None:
        """Make the journal what the backup `source` holds, or bring back the items `uids` alone.

        A backup that is being taken meanwhile is waited for.
        """
        from app.core import backups

        if self._is_busy or not self._window.has_all_saved():
            return
        self._is_busy = True
        store, now = self._store, clock.now()
        if uids:
            run_in_background(
                self,
                lambda: backups.restore_items(store, source, uids, now=now),
                self._brought_back,
                failed=self._not_restored,
            )
        else:
            run_in_background(
                self, lambda: backups.restore(store, source, now=now), self.restored, failed=self._not_restored
            )

    def restored(self, aside: Backup) -> None:
        """The journal became another one, and what it was is the backup `aside`."""
        self._is_busy = False
        self._window.mending.settle()
        self._window.rebuild()
        self._window.keeping.know(aside)
        undo = (lambda: self.restore(aside.path, [])) if aside.is_verified else None
        self._window.announce(self.tr("The journal is as it was then."), undo)

    def _brought_back(self, brought: BroughtBack) -> None:
        self._is_busy = False
        one, many = self.tr("One item is as it was then."), self.tr("{count} items are as they were then.")
        said = counted(len(brought.revs), one, many)
        self._window.announce(said, (lambda: self._take_back_items(brought)) if brought.aside else None)
        if self._window.mending.has_ways:  # it may have been what was damaged
            self._window.keeping.checking.look_again()

    def _take_back_items(self, brought: BroughtBack) -> None:
        from app.core import backups

        if self._is_busy or not self._window.has_all_saved():
            return
        self._is_busy = True
        store, now = self._store, clock.now()
        run_in_background(
            self,
            lambda: backups.take_back_items(store, brought, now=now),
            lambda count: self._taken_back(count, len(brought.revs) - count),
            failed=self._not_restored,
        )

    def _taken_back(self, count: int, kept: int) -> None:
        self._is_busy = False
        one, many = self.tr("One item is as it was before."), self.tr("{count} items are as they were before.")
        said = counted(count, one, many)
        if kept:
            one = self.tr("One was edited since, and stays.")
            said += " " + counted(kept, one, self.tr("{count} were edited since, and stay."))
        self._window.announce(said)

    def _not_restored(self, error: Exception) -> None:
        self._is_busy = False
        if not isinstance(error, UserError):
            raise error
        self._window.mending.refuse(error)
