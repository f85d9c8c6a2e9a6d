"""What a desktop expects of a program: a place in the tray, quitting for good, files opened by double click."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QFileOpenEvent, QGuiApplication

from app import APP_NAME, paths

if TYPE_CHECKING:
    from app.ui.kit.tray import Tray
    from app.ui.window.main import MainWindow
    from app.ui.window.reminding import Reminding

PLAN: Final = "reminders/plan"
TRAY: Final = "tray"
"""Names of choices of this computer."""


class Habits(QObject):
    """Carried out for the window; the tray and the reminders are made when they are wanted.

    Attributes:
        is_ending: Whether closing the window ends Northing whatever was chosen: Quit, or the session ends.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.is_ending = False
        self.tray: Tray | None = None
        self.reminding: Reminding | None = None
        window.ready.connect(self.apply)
        qapp = QCoreApplication.instance()
        if isinstance(qapp, QGuiApplication):
            qapp.commitDataRequest.connect(self._end_session, Qt.ConnectionType.DirectConnection)
            if sys.platform == "darwin":  # only there are files told by events; a filter costs each key a little
                qapp.installEventFilter(self)

    @property
    def keeps_open(self) -> bool:
        """Whether closing the window leaves Northing in the tray; never where nobody could get it back from."""
        return self.tray is not None and self.tray.is_at_hand and not self.is_ending

    def apply(self) -> None:
        """Follow what is chosen on this computer."""
        from app.core.reminders import plan_of

        preferences, is_kept = self._window.preferences, wants_tray(self._window)
        if self.tray is None or self.reminding is None:
            if not is_kept and not plan_of(preferences.value(PLAN)).is_on:
                return
            self.tray, self.reminding = self._made()
        self.tray.set_shown(shown=is_kept)
        QGuiApplication.setQuitOnLastWindowClosed(not is_kept)
        self.reminding.apply()

    def rise(self) -> None:
        """Bring the window to the front, from the tray too."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def write(self) -> None:
        """Let one thing be written down, from the tray or from outside: the small box comes alone."""
        capturing = self._window.commands.capturing
        if self._window.store is None or (capturing.box is not None and capturing.box.parent() is not None):
            self.rise()  # and it says why nothing can be written, or the box lies over it
        capturing.capture(alone=not self._window.isActiveWindow())

    def quit(self) -> None:
        """End Northing, tray or not; it stays where something could not be saved."""
        self.is_ending = True
        if not self._window.close():
            self.is_ending = False

    def end(self) -> None:
        """The window is closed for good: so is the program."""
        if self.tray is not None:
            self.tray.set_shown(shown=False)
        if box := self._window.commands.capturing.box:
            box.reject()
        if not QGuiApplication.quitOnLastWindowClosed():
            QGuiApplication.setQuitOnLastWindowClosed(True)
            QCoreApplication.exit()

    def choose_journal(self) -> None:
        """Ask for another journal, or for a name to begin one under."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, self.tr("Open another journal, or type a name for a new one"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(self.tr("Journals (*{suffix})").format(suffix=paths.JOURNAL_SUFFIX))
        dialog.setDefaultSuffix(paths.JOURNAL_SUFFIX.removeprefix("."))
        dialog.setDirectory(str(self._window.path.parent))
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Open"))
        dialog.fileSelected.connect(self.open_journal)
        dialog.open()

    def open_journal(self, path: str) -> None:
        """Show the journal at `path`: this window, or a Northing of its own beside it."""
        if Path(path).absolute() == self._window.path.absolute():
            self.rise()
            return
        program, *words = paths.program()
        from PySide6.QtCore import QProcess

        has_begun, _ = QProcess.startDetached(program, [*words, "--journal", path])
        if not has_begun:
            self._window.refuse(self.tr("{app} could not be started once more.").format(app=APP_NAME))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):  # how macOS says what was double-clicked
            if event.file().endswith(paths.JOURNAL_SUFFIX):
                self.open_journal(event.file())
            return True
        return False

    def _made(self) -> tuple[Tray, Reminding]:
        from app.ui.kit.icons import app_icon
        from app.ui.kit.tray import Tray
        from app.ui.window.reminding import Reminding

        tray = Tray(self._window, APP_NAME, app_icon())
        tray.chosen.connect(self.rise)
        tray.add(self.tr("Open {app}").format(app=APP_NAME), self.rise)
        tray.add(self.tr("Write it down…"), self.write)
        tray.menu.addSeparator()
        tray.add(self.tr("Quit"), self.quit)
        return tray, Reminding(self._window, tray)

    def _end_session(self) -> None:
        self.is_ending = True


def wants_tray(window: MainWindow) -> bool:
    """Whether closing the window shall leave Northing in the tray, as chosen on this computer."""
    return str(window.preferences.value(TRAY)).lower() == "true"
