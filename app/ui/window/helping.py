"""Help for the window: the guide, the keyboard sheet, About."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app import paths
from app.ui.kit.actions import action

if TYPE_CHECKING:
    from app.ui.window.main import MainWindow


class Helping(QObject):
    """Carried out for the window; what it shows is imported when first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def fill(self, menu: QMenu) -> None:
        """List the kinds of help."""
        window = self._window
        for text, slot, shortcut, icon in (
            (self.tr("Guide…"), self.show_guide, "", "book-open"),
            (self.tr("About this page…"), self.show_guide_here, "Shift+F1", "circle-question-mark"),
            (self.tr("Keyboard…"), self.show_keys, "F1", "keyboard"),
            (self.tr("Copy diagnostics"), self.copy_diagnostics, "", "copy"),
            (self.tr("Show the log"), self.show_log, "", "folder-open"),
            (self.tr("About Northing…"), self.show_about, "", "info"),
        ):
            menu.addAction(action(window, text, slot=slot, shortcut=shortcut, icon=icon))

    def show_guide(self) -> None:
        """The user guide, beside the window."""
        from app.ui.help.guide import GuideDialog

        GuideDialog(self._window).show()

    def show_guide_here(self) -> None:
        """The guide, opened where it tells of the page on screen."""
        from app.ui.help.guide import GuideDialog

        GuideDialog(self._window, self._window.preferred_page).show()

    def show_keys(self) -> None:
        """Every shortcut that works now."""
        from app.ui.help.keys import KeysDialog, groups_of

        KeysDialog(groups_of(self._window.menus.titled()), self._window).open()

    def copy_diagnostics(self) -> None:
        """Versions, places and sizes to the clipboard; not a word of the journal."""
        from app.ui.help.facts import facts

        window = self._window
        QGuiApplication.clipboard().setText(facts(window.store))
        window.announce(
            self.tr("Copied: versions, places and sizes, not a word of yours. Paste it where you ask.")
        )

    def show_log(self) -> None:
        """The folder of the log, in the system's own file list."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        place = paths.log_file().parent
        if not (os.path.isdir(place) and QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))):
            self._window.refuse(self.tr("The log is kept in “{place}”.").format(place=place))

    def show_about(self) -> None:
        """Version, licences, diagnostics."""
        from app.ui.help.about import AboutDialog

        AboutDialog(self._window.store, self._window).open()
