"""The journal is not in its place any more while the window is open: what can be done, and what was kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings
from shiboken6 import isValid

from app.core import clock
from app.core.errors import UserError
from app.core.moved import write_out
from app.ui.kit.background import on_gui_thread, run_in_background
from app.ui.window import rescue
from app.ui.window.mending import KEPT
from app.ui.window.part import Part

if TYPE_CHECKING:
    from app.core.refusals import JournalMoved
    from app.ui.window.main import MainWindow


class Moving(Part):
    """Says it until the file is back or kept; made when it is first found."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._said = ""

    def tell(self, error: JournalMoved) -> None:
        """Say what happened and offer what can be done."""
        if self._store is None or self._store.is_in_place:
            return
        said = (
            self.tr("{reason} Programs that sync folders do that. What you type is not saved until you choose.")
            if error.is_replaced
            else self.tr("{reason} Put it back, or let it be written there again; until then nothing is saved.")
        )
        act = self.tr("Keep both") if error.is_replaced else self.tr("Write it again")
        if not self._said:
            self._wait_until_saved()
        self._window.messages.take_back(self._said)
        self._said = said.format(reason=error)
        self._window.messages.show_message(self._said, act, lambda: self._keep(error), lasting=True)

    def _wait_until_saved(self) -> None:
        assert self._store is not None

        def saved(_: object) -> None:
            stop()
            on_gui_thread(lambda: self._settle() if isValid(self) else None)

        stop = self._store.listen(saved)

    def _settle(self) -> None:
        self._window.messages.take_back(self._said)
        self._said = ""

    def _keep(self, error: JournalMoved) -> None:
        """Keep all that is open, what was typed since included, and start again on what stands in its place."""
        window, store, now = self._window, self._store, clock.now()
        assert store is not None
        store.write_unseen(True)
        is_kept_aside = not window.has_all_saved()
        if is_kept_aside:
            store.write_unseen(False)
            if window.has_all_saved():  # it is the same drive, connected again, which the first try found out
                self._settle()
                return
            if not rescue.keep_unsaved(window, window.commands.capturing.captured):
                return  # it is said, and the words are on screen
            store.write_unseen(True)
        window.stack.setEnabled(False)  # nothing is typed that the copy would lack

        def go_on(made: Path) -> None:
            remember(window.preferences, made)
            if is_kept_aside:
                window.let_go()
            window.locking.start_over()

        def failed(problem: Exception) -> None:
            window.stack.setEnabled(True)
            store.write_unseen(False)
            if not isinstance(problem, UserError):
                raise problem
            window.refuse(str(problem))
            self.tell(error)

        run_in_background(self, lambda: write_out(store, now=now), go_on, failed=failed)


def keep_unchosen(window: MainWindow) -> None:
    """At the end: what was saved last would stand in a log beside nothing, or beside another file.

    Raises:
        UserError: it cannot be kept.
    """
    assert window.store is not None
    remember(window.preferences, write_out(window.store, now=clock.now()))


def remember(preferences: QSettings, kept: Path) -> None:
    """Let the next start tell where the journal was kept."""
    preferences.setValue(KEPT, str(kept))
    preferences.sync()


def tell_kept(window: MainWindow) -> None:
    """After a start: where all is that was open before, and what it has that the journal has not."""
    kept = Path(str(window.preferences.value(KEPT)))
    window.preferences.remove(KEPT)
    if kept == window.path:
        window.announce(_tr("The journal was written to “{path}” again, with all in it.").format(path=kept))
        return
    said = _tr("All that was open when the journal was moved or replaced is kept in “{path}”.").format(path=kept)
    window.messages.show_message(said, _tr("Compare…"), lambda: window.restoring.compare(kept), lasting=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("moving", text)
