"""Keeping the journal safe while one works: backups and checks in the background, their age in the status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPushButton

from app.core import clock
from app.core.errors import UserError
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import label
from app.ui.window.checking import Checking

if TYPE_CHECKING:
    from app.core.backups import Backup
    from app.core.integrity import Report
    from app.core.store import Store
    from app.core.whereabouts import Whereabouts
    from app.ui.window.main import MainWindow

EVERY_MS: Final = 30 * 60_000
MINUTE_MS: Final = 60_000
SETTLED_MS: Final = 3000
"""After a start somebody wants to type; looking for damage can wait that long."""
PLACE: Final = "backups/place"
"""The name under which this computer remembers where the backups of a journal go."""
FAILURES: Final = "backups/failures"

NOTICE_FROM: Final = 2
"""Failures in a row after which a notice stays on screen."""


class Keeping(QObject):
    """Looks after the window's journal until the window is gone.

    Attributes:
        age: In the status line once it is known; a click lists the backups.
        newest: The newest verified backup, None so far.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.checking = Checking(window)
        self._is_busy = self._is_known = False
        self._notice = ""
        self.newest: Backup | None = None
        self.age: QPushButton | None = None
        self._every = QTimer(self, interval=EVERY_MS)
        self._every.timeout.connect(self._back_up_by_time)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._show_age)
        window.ready.connect(self._begin)

    @property
    def is_busy(self) -> bool:
        """Whether a backup is under way."""
        return self._is_busy

    @property
    def _store(self) -> Store:
        assert self._window.store is not None
        return self._window.store

    def _begin(self) -> None:
        if self.age is None:
            self.age = button(role="link", slot=self._window.restoring.show_backups)
            self._window.statusBar().addPermanentWidget(self.age)
            self.age.hide()
            self._window.statusBar().setContentsMargins(0, 0, 8, 0)
            if self._store.is_read_only:
                self._window.statusBar().addPermanentWidget(label(self.tr("For reading only"), "strong"))
        self._every.start()
        self._minute.start()
        QTimer.singleShot(SETTLED_MS, self, self.start)

    def start(self) -> None:
        """Look at the journal quickly, then back it up where something was written since the last time."""
        from app.core import backups, integrity

        if self._window.store is None or self._window.mending.is_copy:
            return
        store = self._store
        run_in_background(
            self,
            lambda: backups.latest(backups.place_of(store), store.path),
            self._show_known,
            failed=self.checking.cannot,
        )
        path = store.path
        run_in_background(self, lambda: integrity.quick_check(path), self._looked, failed=self.checking.cannot)
        if store.is_read_only:
            return
        from app.core.whereabouts import whereabouts

        run_in_background(self, lambda: whereabouts(path), self._warn_of_place)

    def back_up(self, reason: str) -> None:
        """Take a backup now; unless somebody asks for it, one that is being taken will do."""
        from app.core import backups

        if (self._is_busy and reason != "asked") or self._store.is_read_only:
            return
        self._is_busy = True
        store, now = self._store, clock.now()
        run_in_background(
            self,
            lambda: backups.take(store, reason=reason, now=now),
            lambda made: self._made(made, is_asked=reason == "asked"),
            failed=self._failed,
        )

    def back_up_now(self) -> None:
        """Take a backup because somebody asks for it."""
        self.back_up("asked")

    def after_backup(self, reason: str, then: Callable[[], None]) -> None:
        """Take a backup, then do what cannot be taken back; where it fails, say so and do nothing."""
        from app.core import backups

        store, now = self._store, clock.now()

        def go_on(made: Backup) -> None:
            self.know(made)
            then()

        run_in_background(self, lambda: backups.take(store, reason=reason, now=now), go_on, failed=self._not_taken)

    def know(self, made: Backup) -> None:
        """This backup was taken elsewhere in the window."""
        self.newest = made if made.is_verified else self.newest
        self._show_age()

    def moved(self, made: Backup) -> None:
        """Backups go to another place from now on, and this is the first one there."""
        self._made(made, is_asked=False)

    def show_places(self) -> None:
        """Where everything is kept."""
        from app.ui.settings.places import PlacesDialog

        if self._window.store is not None:
            PlacesDialog(self._store, self._window).open()

    def _warn_of_place(self, place: Whereabouts) -> None:
        """Say once for each journal what its place brings with it."""
        from app.ui.settings.places import sentences

        said = sentences(place, self._window)
        warned = "\n".join(said)
        if said and self._window.known.value("places") != warned:
            act, slot = (
                (self.tr("Compare…"), lambda: self._window.restoring.compare(*place.conflicts))
                if place.conflicts
                else (self.tr("Where is my data?"), self.show_places)
            )
            self._window.messages.show_message(" ".join(said), act, slot, lasting=True)
        self._window.known.keep("places", warned)

    # ------------------------------------------------------------ what the work says

    def _looked(self, report: Report) -> None:
        self._window.mending.judge(report)
        if not report.problems and not self._store.is_read_only:
            self.back_up("start")
            if self.checking.is_due():
                self.checking.check_all()

    def _not_taken(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._window.mending.refuse(error)

    def _made(self, made: Backup, *, is_asked: bool) -> None:
        self._is_busy = False
        self.newest = made
        self._remember_place(made)
        self._window.known.keep(FAILURES, 0)
        self._window.messages.take_back(self._notice)
        self._show_age()
        if is_asked:
            one, said = (
                self.tr("Backed up and read again: one item."),
                self.tr("Backed up and read again: {count} items."),
            )
            self._window.announce(one if made.items == 1 else said.format(count=made.items))

    def _failed(self, error: Exception) -> None:
        self._is_busy = False
        if not isinstance(error, UserError):
            raise error
        if self._window.mending.rescue(error, waits=True):
            return
        self._is_known = True
        failures = self._window.known.number(FAILURES) + 1
        self._window.known.keep(FAILURES, failures)
        self._show_age()
        self._window.messages.take_back(self._notice)
        self._notice = str(error)
        if failures >= NOTICE_FROM:
            self._window.messages.show_message(
                str(error), self.tr("Backups…"), self._window.restoring.show_backups, lasting=True
            )
        else:
            self._window.announce(str(error))

    # ------------------------------------------------------------ the status line

    def _back_up_by_time(self) -> None:
        self.back_up("time")
        if self.checking.is_due():
            self.checking.check_all()

    def _show_known(self, newest: Backup | None) -> None:
        """What the start found; what was taken meanwhile is newer."""
        self._is_known = True
        self.newest = self.newest or newest
        if newest is not None:
            self._remember_place(newest)
        self._show_age()

    def _remember_place(self, made: Backup) -> None:
        """Where backups go, for the day when the journal cannot be asked."""
        self._window.known.keep(PLACE, str(made.path.parent.parent))

    def _show_age(self) -> None:
        if self.age is None:
            return
        from app.ui.window.age import age_text

        self._is_known = self._is_known or self.newest is not None
        has_failed = self._window.known.number(FAILURES) > 0
        self.age.setVisible(self._is_known)
        self.age.setText(
            age_text(
                self.newest.at if self.newest else None,
                now=clock.now(),
                has_failed=has_failed,
                has_written=self._store.has_written,
            )
        )
        self.age.setToolTip(
            self.tr("The newest backup: {path}").format(path=self.newest.path)
            if self.newest
            else self.tr("There is no verified backup of this journal yet")
        )
