"""Menus, read back from what the window and the page on screen can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit.actions import action
from app.ui.window.pages import PAGES

if TYPE_CHECKING:
    from app.ui.window.main import MainWindow


class Menus:
    """The menu bar of a window; `follow` shows what the page on screen can do."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        bar = window.menuBar()
        self._file = bar.addMenu(_tr("&File"))
        self._page = bar.addMenu(_tr("Today"))
        self._go = bar.addMenu(_tr("&Go"))
        self._help = bar.addMenu(_tr("&Help"))
        self._elsewhere: dict[str, QAction] = {}

    def fill(self) -> None:
        """List what the window can do; after the first picture, which needs only their names."""
        window, commands = self._window, self._window.commands
        if not self._go.isEmpty():
            return
        self._go.addAction(
            action(window, _tr("Find anything…"), slot=window.show_palette, shortcut="Ctrl+K", icon="search")
        )
        self._go.addSeparator()
        for number, kind in enumerate(PAGES, start=1):
            made = action(
                window,
                window.tr(kind.text),
                slot=lambda _checked=False, name=kind.name: window.show_page(name),
                shortcut=f"Ctrl+{number}",
                icon=kind.icon,
            )
            self._go.addAction(made)
        self._file.addAction(
            action(window, _tr("Write it down…"), slot=commands.capture, shortcut="Ctrl+Shift+N", icon="pencil")
        )
        self._elsewhere["objectives"] = action(
            window, _tr("Check in…"), slot=commands.check_in, shortcut="Ctrl+Shift+C", icon="circle-check"
        )
        self._elsewhere["objectives"].setVisible(window.preferred_page != "objectives")
        self._file.addAction(self._elsewhere["objectives"])
        self._file.addAction(
            action(window, _tr("Rate a skill…"), slot=commands.rate, shortcut="Ctrl+Shift+R", icon="radar")
        )
        self._file.addSeparator()
        for text, slot, shortcut, icon in (
            (_tr("Open another journal…"), window.habits.choose_journal, "Ctrl+O", "book-open"),
            (_tr("Import a file…"), commands.import_file, "Ctrl+Shift+I", "import"),
            (_tr("Import a folder…"), commands.import_folder, "", "folder-open"),
            (_tr("Export…"), commands.export, "Ctrl+Shift+X", "upload"),
            (_tr("Fill with the demo journal"), commands.load_demo, "", "sparkles"),
            (_tr("Remove the demo journal"), commands.remove_demo, "", "x"),
            (_tr("Passphrase…"), window.locking.show_passphrase, "", "key-round"),
            (_tr("Lock now"), window.locking.lock_now, "Ctrl+L", "lock"),
            (_tr("Backups…"), window.keeping.show_backups, "", "archive-restore"),
            (_tr("Back up now"), window.keeping.back_up_now, "", "shield-check"),
            (_tr("Where is my data?"), window.keeping.show_places, "", "folder-open"),
            (_tr("Trash…"), commands.show_trash, "", "trash-2"),
            (_tr("Settings…"), commands.show_settings, "Ctrl+,", "settings"),
        ):
            self._file.addAction(action(window, text, slot=slot, shortcut=shortcut, icon=icon))
        self._file.addSeparator()
        keys = QKeySequence(QKeySequence.StandardKey.Quit)
        quitting = keys if not keys.isEmpty() else QKeySequence("Ctrl+Q")  # Windows names none
        self._file.addAction(action(window, _tr("Quit"), slot=window.habits.quit, shortcut=quitting))

        window.helping.fill(self._help)

    def follow(self, page: QWidget) -> None:
        """List the actions of `page` in a menu of its name."""
        kind = next((kind for kind in PAGES if self._window.pages.get(kind.name) is page), None)
        self._page.setTitle(self._window.tr(kind.text) if kind else "")
        for name, made in self._elsewhere.items():  # that page has one with the same keys
            made.setVisible(kind is None or kind.name != name)
        for old in self._page.actions():  # `clear` would take them from their page, which loses them
            self._page.removeAction(old)
        for made in page.actions():
            self._page.addAction(made)
        self._page.menuAction().setVisible(bool(page.actions()))

    def titled(self) -> list[tuple[str, list[QAction]]]:
        """Every menu's name with what can be done in it now."""
        return [(made.text(), _within(made)) for made in self._window.menuBar().actions() if made.isVisible()]

    def actions(self) -> list[QAction]:
        """Everything that can be done now, for the palette."""
        bar = self._window.menuBar()
        return [made for menu in bar.actions() for made in _within(menu)]


def _within(of: QAction) -> list[QAction]:
    """The actions of a menu that can be done now, those of its own menus too."""
    menu = of.menu()
    if not isinstance(menu, QMenu):
        return [of] if of.text() and of.isEnabled() else []
    return [made for inner in menu.actions() for made in _within(inner)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
