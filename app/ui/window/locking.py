"""The lock of the window: asks for the passphrase, locks again, and starts anew so that no key stays in memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app import paths
from app.core import clock, keys
from app.core.errors import UserError
from app.ui.kit.background import run_in_background

if TYPE_CHECKING:
    from app.core.first import FirstPage
    from app.ui.kit.idle import IdleWatch
    from app.ui.locking.dialog import Renewal
    from app.ui.locking.view import LockedView
    from app.ui.window.main import MainWindow

FREE_TRIES: Final = 3
LONGEST_WAIT_S: Final = 30
NOTICE: Final = "notice"
"""The name under which a sentence waits for the next start."""


class Locking(QObject):
    """Carried out for the window; an unencrypted journal costs nothing.

    Attributes:
        view: What asks for the passphrase, while it does.
        ends_for: Why the window is closed: "lock", "renewal", "look" or "again", or "" while it is not.

    Signals:
        unlocked: The journal can be opened.
    """

    unlocked = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._tries = 0
        self._was_shown = True
        self._is_by_code = False
        self.view: LockedView | None = None
        self.idle: IdleWatch | None = None
        self.renewal: Renewal | None = None
        self.ends_for = ""
        window.ready.connect(self._begin)

    # ------------------------------------------------------------ unlocking

    def ask(self) -> None:
        """Show nothing but a field for the passphrase."""
        from app.ui.locking.view import LockedView

        window = self._window
        self.view = LockedView(window.path.stem, has_code=os.path.exists(paths.recovery_file(window.path)))
        self.view.entered.connect(self._try)
        window.stack.addWidget(self.view)
        window.stack.setCurrentWidget(self.view)
        window.rail.hide()

    def _try(self, said: str) -> None:
        path, wall = self._window.path, clock.wall()

        def work() -> FirstPage:
            from app.core import passphrase
            from app.core.first import first_page

            passphrase.unlock(path, said)
            return first_page(path, wall=wall)

        run_in_background(self, work, self._open, failed=self._refuse)

    def _open(self, first: FirstPage) -> None:
        from app.core import passphrase

        window, view = self._window, self.view
        assert view is not None
        self._is_by_code = passphrase.is_like_code(view.field.text())
        self.view = None
        window.show_first(first)
        window.stack.removeWidget(view)
        view.deleteLater()
        window.rail.show()
        self.unlocked.emit()

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._tries += 1
        wait_s = min(2 ** (self._tries - FREE_TRIES + 1), LONGEST_WAIT_S) if self._tries >= FREE_TRIES else 0
        if self.view is not None:
            self.view.refuse(str(error), wait_s=wait_s)

    # ------------------------------------------------------------ locking

    @property
    def can_lock(self) -> bool:
        """Whether the journal is open and has a passphrase."""
        return self._window.store is not None and self._window.store.key is not None

    def lock(self) -> bool:
        """Save what is typed, end, and start again: locked, with nothing of the journal in memory.

        Returns whether it ends: not without a passphrase, nor while something cannot be saved.
        """
        return self.can_lock and self._end("lock")

    def lock_now(self) -> None:
        """Lock, or offer to choose a passphrase where there is none."""
        if not self.lock() and not self.can_lock:
            self.show_passphrase()

    def lock_when_asked(self) -> str:
        """Lock because another process asks for it; the answer to that, see `kit.instance.Claim.answer`."""
        return "locked" if self.view is not None else "ends" if self.lock() else "no"

    def look_only(self) -> None:
        """End, and start again on the same journal for reading only."""
        self._end("look")

    def start_over(self) -> None:
        """End, and start again: the journal became another one under the window."""
        self._end("again")

    def show_passphrase(self) -> None:
        """Choose, change or remove the passphrase."""
        from app.ui.locking.dialog import PassphraseDialog

        store = self._window.store
        if store is None or store.is_read_only or not self._window.has_all_saved():
            return
        dialog = PassphraseDialog(store, self._window)
        dialog.renewal_wanted.connect(self._renew)
        dialog.lock_after_changed.connect(self._watch)
        dialog.open()

    def carry_on(self) -> None:
        """After the window is closed: work on the file if that is wanted, then start Northing again."""
        window = self._window
        if self.renewal is not None:
            from app.ui.locking.renewing import carry_out

            window.preferences.setValue(NOTICE, carry_out(window.path, self.renewal, now=clock.now()))
            window.preferences.sync()

    def start_again(self) -> None:
        """Show the journal in a process of its own, which knows no key."""
        from PySide6.QtCore import QProcess

        keys.forget()
        program, *words = paths.program()
        how = ["--look"] if self.ends_for == "look" else []
        if not self._was_shown:
            how.append("--in-background")
        QProcess.startDetached(program, [*words, "--journal", str(Path(self._window.path).absolute()), *how])

    def _renew(self, renewal: Renewal) -> None:
        self.renewal = renewal
        if not self._end("renewal"):
            self.renewal = None

    def _end(self, why: str) -> bool:
        self._was_shown = self._window.isVisible()
        self.ends_for = why
        self._window.habits.quit()
        if not self._window.habits.is_ending:  # something could not be saved, which is said
            self.ends_for = ""
        return bool(self.ends_for)

    # ------------------------------------------------------------ while it is open

    def _begin(self) -> None:
        if notice := self._window.preferences.value(NOTICE):
            self._window.preferences.remove(NOTICE)
            self._window.refuse(str(notice))
        if self.can_lock:
            from app.core.settings import settings

            assert self._window.store is not None
            self._tries = 0
            with self._window.store.read() as session:
                self._watch(settings(session).lock_after)
        if self._is_by_code:
            self._window.messages.show_message(
                self.tr("The recovery code opened the journal. If the passphrase is forgotten, choose a new one."),
                self.tr("Passphrase…"),
                self.show_passphrase,
                lasting=True,
            )

    def _watch(self, minutes: int) -> None:
        if self.idle is None:
            from app.ui.kit.idle import IdleWatch

            self.idle = IdleWatch(self)
            self.idle.idle.connect(self._lock_unless_asked)
        self.idle.watch(minutes)

    def _lock_unless_asked(self) -> None:
        """What is typed in a dialog would be lost, so that one keeps the journal open."""
        if QApplication.activeModalWidget() is None:
            self.lock()
