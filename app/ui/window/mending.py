"""A damaged journal in the window: what is damaged, what is safe, and the ways on, which stay at hand."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.core.errors import UserError
from app.ui.kit.background import on_gui_thread, run_in_background
from app.ui.kit.pause import when_nobody_types
from app.ui.window.keeping import PLACE

if TYPE_CHECKING:
    from pathlib import Path

    from app.core.integrity import Report
    from app.core.refusals import JournalMoved
    from app.core.store import Store
    from app.ui.window.main import MainWindow
    from app.ui.window.moving import Moving


KEPT: Final = "kept"
"""The preference that tells the next start in which file a journal was kept that was moved or replaced."""


class Mending(QObject):
    """Offers what can be done about the window's journal; the search index, which holds nothing, is made again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._damage: UserError | None = None
        self._is_mending = False
        self._said = ""
        window.ready.connect(self._begin)

    @property
    def is_copy(self) -> bool:
        """Whether the window shows what could be read of a damaged journal, not the journal itself."""
        return self._window.store is not None and self._window.store.path != self._window.path

    @property
    def backup_place(self) -> str:
        """Where the backups of the window's journal went when they were last seen; "" where nobody knows."""
        return str(self._window.known.value(PLACE) or "")

    def may_pass(self, error: Exception) -> bool:
        """Whether it may be otherwise in a moment, as with a drive that is connected again."""
        from app.core.refusals import JournalBusy, PlaceRefused

        return isinstance(error, JournalBusy | PlaceRefused)

    def rescue(self, error: Exception, *, waits: bool = False) -> bool:
        """Say what is damaged, what is safe and what can be done; False where it is not about damage.

        Args:
            waits: Nobody asked just now, so no dialog comes before whoever types pauses.
        """
        from app.core import backups
        from app.core.refusals import JournalDamaged, JournalMissing, NotAJournal, PlaceRefused, SearchDamaged

        path, is_open = self._window.path, self._window.store is not None
        if isinstance(error, PlaceRefused) and not is_open and _can_be_looked_at(path):
            self._window.refuse(self.tr("{reason} It is open for reading only.").format(reason=str(error)))
            self._look()
            return True
        if isinstance(error, SearchDamaged) and is_open:
            self._mend_search()
            return True
        if isinstance(error, JournalMissing):
            self._offer_missing(error)
            return True
        if not isinstance(error, JournalDamaged | NotAJournal) or not os.path.isfile(path):
            return False
        if isinstance(error, NotAJournal) and not (backups.found_for(path) or self.backup_place):
            return False  # somebody chose a wrong file
        self._damage = error
        if waits:
            when_nobody_types(self, lambda: self._offer_damaged(error) if self._damage is error else None)
        else:
            self._offer_damaged(error)
        return True

    def judge(self, report: Report) -> None:
        """Do about what a check found what is to be done."""
        from app.core.refusals import JournalDamaged

        if report.problems:
            said = self.tr("“{path}” is damaged: {problem}.")
            self.rescue(JournalDamaged(said.format(path=report.path, problem=report.problems[0])), waits=True)
        elif report.is_search_damaged:
            self._mend_search()

    def refuse(self, error: UserError) -> None:
        """Say what could not be done, with the ways on where it was about damage."""
        if self._damage is None:
            self._window.tell(error)
        else:
            self._say(str(error))

    def settle(self) -> None:
        """Nothing is damaged any more."""
        self._damage = None
        if self._said:
            self._window.messages.take_back(self._said)

    @property
    def has_ways(self) -> bool:
        """Whether something is damaged, and something can be done about it."""
        return self._damage is not None

    def offer(self) -> None:
        """Show what can be done."""
        if self._damage is not None:
            self.rescue(self._damage)

    def _begin(self) -> None:
        from app.core.refusals import JournalDamaged

        self._store.when_moved = self._hear_moved
        if self._window.preferences.contains(KEPT):
            from app.ui.window.moving import tell_kept

            tell_kept(self._window)
        if self.is_copy:
            self._damage = JournalDamaged(self.tr("“{path}” is damaged.").format(path=self._window.path))
            self._say(self.tr("The journal is damaged. Here is what can be read of it, and for reading only."))

    def _hear_moved(self, error: JournalMoved) -> None:
        """On whatever thread found it."""
        on_gui_thread(lambda: self._moving.tell(error) if isValid(self) else None)

    @cached_property
    def _moving(self) -> Moving:
        from app.ui.window.moving import Moving

        return Moving(self._window)

    @property
    def _store(self) -> Store:
        assert self._window.store is not None
        return self._window.store

    # ------------------------------------------------------------ the ways on

    def _offer_damaged(self, damage: UserError) -> None:
        from app.ui.settings.rescue import RescueDialog

        self._damage = damage
        if self._window.findChild(RescueDialog) is not None:
            return
        is_open = self._window.store is not None and not self.is_copy
        dialog = RescueDialog(
            self._window.path, str(damage), self._window, place=self.backup_place, is_open=is_open
        )
        dialog.look_requested.connect(self._look)
        dialog.items_requested.connect(self._window.restoring.show_backups)
        dialog.restore_requested.connect(self._go_back)
        dialog.rejected.connect(self._leave)
        dialog.open()

    def _offer_missing(self, damage: UserError) -> None:
        from app.ui.settings.rescue import MissingDialog

        self._damage = damage
        dialog = MissingDialog(self._window.path, str(damage), self._window, place=self.backup_place)
        dialog.again_requested.connect(self._window.reopen_requested)
        dialog.begin_requested.connect(self._begin_empty)
        dialog.restore_requested.connect(self._go_back)
        dialog.rejected.connect(lambda: self._say(str(damage)))
        dialog.open()

    def _begin_empty(self) -> None:
        from app.core.store import open_store

        path = self._window.path
        self.settle()
        run_in_background(self, lambda: open_store(path), self._window.open, failed=self._not_done)

    def _leave(self) -> None:
        """Keep the ways on at hand for whoever closed the dialog."""
        self._say(
            self.tr("The journal is damaged and was not opened. What you write here is kept in a file of its own.")
            if self._window.store is None
            else self.tr("The journal is damaged. What is written into it now may be lost.")
        )

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._window.messages.show_message(
            sentence,
            self.tr("What can be done…"),
            lambda: self._damage and self.rescue(self._damage),
            lasting=True,
        )

    def _look(self) -> None:
        """Open for reading only what can be read; a window that was alive is replaced by one that starts anew."""
        from app.core.looking import look_at

        if self._window.has_begun:
            self._window.locking.look_only()
            return
        path = self._window.path

        def go_on(store: Store) -> None:
            if self._window.has_begun:  # it could be opened meanwhile
                store.close()
            else:
                self._window.open(store)

        run_in_background(self, lambda: look_at(path), go_on, failed=self._not_done)

    def _go_back(self, source: Path) -> None:
        from app.ui.window.goingback import GoingBack

        GoingBack(self._window).start(source, self._not_done)

    def _not_done(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.refuse(error)

    # ------------------------------------------------------------ the search index

    def _mend_search(self) -> None:
        from app.core import integrity

        store = self._store
        if store.is_read_only or self._is_mending:
            return
        self._is_mending = True
        run_in_background(self, lambda: integrity.mend_search(store), self._mended, failed=self._not_mended)

    def _mended(self, _was_damaged: bool) -> None:
        self._is_mending = False
        self._window.announce(
            self.tr("The search index was damaged and was made again. Your texts were not touched.")
        )

    def _not_mended(self, error: Exception) -> None:
        self._is_mending = False
        self._not_done(error)


def _can_be_looked_at(path: Path) -> bool:
    from app.core.refusals import told
    from app.core.store import schema_of

    try:
        with told(path):
            return bool(schema_of(path))
    except UserError:
        return False
