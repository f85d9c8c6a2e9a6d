"""Menus, read back from what the window and the page on screen can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit import icons
from app.ui.kit.actions import action
from app.ui.window.pages import PAGES

if TYPE_CHECKING:
    from app.ui.window.main import MainWindow


LONGEST: Final = 40
"""Letters of a name in a menu."""

Row = tuple[str, Callable[..., object], str, str] | QAction | None
"""What stands in a menu: text, slot, shortcut and icon; something that exists; None is a line."""


class Menus:
    """The menu bar of a window; `follow` shows what the page on screen can do."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        bar = window.menuBar()
        self._file = bar.addMenu(_tr("&File"))
        self._page = bar.addMenu(_tr("&Today"))
        self._go = bar.addMenu(_tr("&Go"))
        self._help = bar.addMenu(_tr("&Help"))
        self._elsewhere: dict[str, QAction] = {}
        self._demo: list[QAction] = []
        self._need_store: list[QAction] = []
        self._backups: QAction | None = None
        self._searches: QMenu | None = None
        self._kept: Sequence[tuple[str, Callable[[], object]]] = ()

    def fill(self) -> None:
        """List what the window can do; after the first picture, which needs only their names."""
        window = self._window
        if not self._go.isEmpty():
            return
        self._fill_go()
        self._fill_writing()
        self._fill_keeping()
        self._file.addSeparator()
        keys = QKeySequence(QKeySequence.StandardKey.Quit)
        quitting = keys if not keys.isEmpty() else QKeySequence("Ctrl+Q")  # Windows names none
        quits = action(window, _tr("Quit"), slot=window.habits.quit, shortcut=quitting)
        self._file.addAction(quits)
        always = (self._other, quits, window.trail.back, window.trail.ahead)
        self._need_store = [made for made in (*self._file.actions(), *self._go.actions()) if made not in always]
        window.ready.connect(lambda: self.follow_store())
        self.follow_store()
        window.helping.fill(self._help)
        self._yield_to(window.stack.currentWidget())

    def _fill_go(self) -> None:
        window, commands = self._window, self._window.commands
        find = (_tr("Find anything…"), commands.show_palette, "Ctrl+K", "search")
        self._search = action(window, _tr("Search the journal"), slot=commands.search_journal, icon="search")
        self._add(self._go, find, self._search, None, window.trail.back, window.trail.ahead, None)
        for number, kind in enumerate(PAGES, start=1):

            def show(_checked: bool = False, name: str = kind.name) -> None:
                window.show_page(name)

            self._add(self._go, (window.tr(kind.text), show, f"Ctrl+{number}", kind.icon))
        self._searches = self._go.addMenu(icons.icon("search"), _tr("Kept searches"))
        self.show_searches(self._kept)

    def _fill_writing(self) -> None:
        window, commands = self._window, self._window.commands
        self._add(self._file, (_tr("Write it down…"), commands.capturing.capture, "Ctrl+Shift+N", "pencil"))
        self._kinds = self._file.addMenu(icons.icon("plus"), _tr("New"))
        check_in = action(
            window, _tr("Check in…"), slot=commands.check_in, shortcut="Ctrl+Shift+C", icon="circle-check"
        )
        self._elsewhere = {"journal": self._kinds.menuAction(), "objectives": check_in}
        self._add(
            self._file,
            check_in,
            (_tr("Rate a skill…"), commands.rate, "Ctrl+Shift+R", "radar"),
            (_tr("Steps for my gaps…"), lambda _checked=False: commands.plan_step(), "Ctrl+Shift+G", "lightbulb"),
            (_tr("Undo, as the message offers"), window.undo, "F6", "undo-2"),
            None,
        )

    def _fill_keeping(self) -> None:
        window, commands = self._window, self._window.commands
        self._demo = [
            action(window, _tr("Fill with the demo journal"), slot=commands.demo.load, icon="sparkles"),
            action(window, _tr("Remove the demo journal"), slot=commands.demo.remove, icon="x"),
        ]
        self._taking_back = action(window, "", slot=commands.importing.undo_import, icon="undo-2")
        self._file.aboutToShow.connect(lambda: self.show_batches())
        self._file.aboutToShow.connect(lambda: self.follow_store())
        choose = window.habits.choose_journal
        self._other = action(
            window, _tr("Open another journal…"), slot=choose, shortcut="Ctrl+O", icon="book-open"
        )
        self._backups = action(window, _tr("Backups…"), slot=window.restoring.show_backups, icon="archive-restore")
        self._add(
            self._file,
            self._other,
            (_tr("Import a file…"), commands.importing.import_file, "Ctrl+Shift+I", "import"),
            (_tr("Import a folder…"), commands.importing.import_folder, "", "folder-open"),
            self._taking_back,
            (_tr("Export…"), commands.export, "Ctrl+Shift+X", "upload"),
            *self._demo,
            None,
            self._backups,
            (_tr("Back up now"), window.keeping.back_up_now, "", "shield-check"),
            (_tr("Where is my data?"), window.keeping.show_places, "", "folder-open"),
            (_tr("Trash…"), commands.show_trash, "", "trash-2"),
            None,
            (_tr("Passphrase…"), window.locking.show_passphrase, "", "key-round"),
            (_tr("Lock now"), window.locking.lock_now, "Ctrl+L", "lock"),
            None,
            (_tr("Questions to write on…"), commands.show_questions, "", "circle-question-mark"),
            (_tr("Dark or light"), commands.switch_look, "", "moon"),
            (_tr("Settings…"), commands.show_settings, "Ctrl+,", "settings"),
        )

    def _add(self, menu: QMenu, *rows: Row) -> None:
        for row in rows:
            if row is None:
                menu.addSeparator()
            elif isinstance(row, QAction):
                menu.addAction(row)
            else:
                text, slot, shortcut, icon = row
                menu.addAction(action(self._window, text, slot=slot, shortcut=shortcut, icon=icon))

    def follow_store(self) -> None:
        """Let be chosen what can be done: little while the journal is locked or could not be opened."""
        for made in self._need_store:
            made.setEnabled(self._window.store is not None)
        if self._backups is not None:
            self._backups.setEnabled(self._window.store is not None or self._window.mending.has_ways)

    def _fill_kinds(self) -> None:
        """List what can be written, each on a fresh page of the journal; once the store is there, which knows."""
        from app.core.kinds import KINDS
        from app.ui.kinds import kind_icon, kind_word

        for kind in KINDS:
            text = _tr("New {kind}").format(kind=kind_word(kind).lower())
            made = self._kinds.addAction(icons.icon(kind_icon(kind)), text)
            made.triggered.connect(lambda _checked=False, kind=kind: self._window.commands.write(kind))

    def show_searches(self, kept: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """List the searches that are kept, by name, and what asks each again."""
        self._kept = kept
        if self._searches is not None:
            self._searches.clear()
            for name, ask in kept:
                made = self._searches.addAction(icons.icon("search"), name.replace("&", "&&"))
                made.triggered.connect(ask)
            self._searches.menuAction().setVisible(bool(kept))

    def show_batches(self) -> None:
        """Offer to take the last import back, and to bring the demo, or to remove it where it is."""
        name = self._window.commands.importing.last_import()
        shown = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
        self._taking_back.setText(_tr("Take back the import of “{name}”").format(name=shown.replace("&", "&&")))
        self._taking_back.setVisible(bool(name))
        is_there = self._window.commands.demo.is_there()
        for made, wanted in zip(self._demo, (not is_there, is_there), strict=True):
            made.setVisible(wanted)

    def follow(self, page: QWidget) -> None:
        """List the actions of `page` in a menu of its name."""
        kind = next((kind for kind in PAGES if self._window.pages.get(kind.name) is page), None)
        self._page.setTitle(f"&{self._window.tr(kind.text)}" if kind else "")  # Alt and its letter open it
        self._yield_to(page)
        for old in self._page.actions():  # `clear` would take them from their page, which loses them
            self._page.removeAction(old)
        for made in page.actions():
            self._page.addAction(made)
        self._page.menuAction().setVisible(bool(page.actions()))

    def _yield_to(self, page: QWidget | None) -> None:
        """Leave to the page on screen what it does itself, with the same keys."""
        if not self._elsewhere:
            return
        if self._kinds.isEmpty() and self._window.store is not None:
            self._fill_kinds()
        shown = self._window.preferred_page
        for name, made in self._elsewhere.items():
            made.setVisible(name != shown)
        finds = QKeySequence("Ctrl+F")
        has_own = page is not None and any(made.shortcut() == finds for made in page.actions())
        self._search.setShortcut(QKeySequence() if has_own else finds)
        self._search.setVisible(shown != "journal")

    def titled(self) -> list[tuple[str, list[QAction]]]:
        """Every menu's name with what can be done in it now."""
        return [(made.text(), _within(made)) for made in self._window.menuBar().actions() if made.isVisible()]

    def actions(self) -> list[QAction]:
        """Everything that can be done now, for the palette."""
        bar = self._window.menuBar()
        self.show_batches()
        self.follow_store()
        return [made for menu in bar.actions() for made in _within(menu)]


def _within(of: QAction) -> list[QAction]:
    """The actions of a menu that can be done now, those of its own menus too."""
    menu = of.menu()
    if not of.isVisible():
        return []
    if not isinstance(menu, QMenu):
        return [of] if of.text() and of.isEnabled() else []
    return [made for inner in menu.actions() for made in _within(inner)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
