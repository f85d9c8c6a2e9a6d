"""What can be done on the journal's page, said once: its actions, and the dialogs that they open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from app.core import clock, items, journal, tags
from app.core.kinds import KINDS
from app.core.query import retagged
from app.core.store import Store
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import icons
from app.ui.kit.actions import action, separator
from app.ui.kit.background import run_in_background
from app.ui.kit.editor.menu import comfort_menu, format_menu

if TYPE_CHECKING:
    from app.ui.journal.page import JournalPage


class JournalCommands(QObject):
    """Carried out for the page; a dialog is imported when it is first opened."""

    def __init__(self, store: Store, page: JournalPage) -> None:
        super().__init__(page)
        self._store, self._page = store, page
        self._asked: dict[str, str] = {}

    def add_actions(self) -> None:
        """Give the page everything that it can do, in the order of its menu."""
        page, desk, tr = self._page, self._page.desk, self.tr
        action(page, tr("New entry"), slot=page.new_note, shortcut=QKeySequence.StandardKey.New, icon="plus")
        page.addAction(self._kinds().menuAction())
        for row in (
            (tr("New entry of a kind…"), self.offer_kinds, "Ctrl+Shift+K", "plus"),
            None,
            (tr("Star"), lambda: desk.head.toggle_mark("starred"), "Ctrl+D", "star"),
            (tr("Keep out of reports"), lambda: desk.head.toggle_mark("private"), "Ctrl+Shift+L", "lock"),
            None,
            (tr("Search the journal"), page.focus_search, "Ctrl+F", "search"),
            (tr("Keep this search…"), self.keep_search, "Ctrl+Shift+S", "save"),
            (tr("Next match"), desk.matches.ahead, "F3", "chevron-down"),
            (tr("Match before"), desk.matches.back, "Shift+F3", "chevron-up"),
            None,
            (tr("Go to a day…"), self.ask_day, "Ctrl+G", "calendar"),
            (tr("The year…"), self.show_year, "Ctrl+Shift+Y", "calendar-days"),
            (tr("Tags…"), self.show_tags, "Ctrl+Shift+T", "tag"),
            (tr("People…"), self.show_people, "Ctrl+Shift+J", "users"),
            None,
            (tr("Give the selected a tag…"), lambda: self._with_selected(page.many.ask_tag), "Ctrl+T", "tag"),
            (tr("Move the selected to a day…"), lambda: self._with_selected(page.many.ask_day), "", "calendar"),
            (tr("Export the selected…"), lambda: self._with_selected(page.export_requested.emit), "", "upload"),
            None,
            (tr("Find and replace in this entry"), desk.find_bar.rise, "Ctrl+R", "search"),
            (tr("Begin with a template…"), desk.templates.offer, "Ctrl+Shift+M", "clipboard-check"),
            (tr("Templates…"), desk.templates.edit, "", "pencil"),
            (tr("Attach files…"), desk.filing.choose, "Ctrl+Shift+A", "paperclip"),
            None,
            (tr("Preview"), lambda: desk.sheets.toggle("read"), "Ctrl+Shift+P", "eye"),
            (tr("Preview beside the source"), lambda: desk.sheets.toggle("beside"), "Ctrl+Shift+B", "columns-2"),
            None,
            (tr("Versions…"), self.show_versions, "Ctrl+Shift+H", "history"),
            (tr("Move to the Trash"), self.trash_selected, "Ctrl+Shift+Del", "trash-2"),
        ):
            if row is None:
                separator(page)
            else:
                text, slot, keys, icon = row
                action(page, text, slot=slot, shortcut=keys, icon=icon)
        separator(page)
        for menu in (format_menu(desk.editor, page), comfort_menu(desk.editor, page)):
            page.addAction(menu.menuAction())
        away = QShortcut(QKeySequence(Qt.Key.Key_Delete), page.timeline)
        away.setContext(Qt.ShortcutContext.WidgetShortcut)
        away.activated.connect(self.trash_selected)
        for number in range(1, 6):
            for name, keys in (("mood", "Alt+"), ("energy", "Alt+Shift+")):
                shortcut = QShortcut(QKeySequence(f"{keys}{number}"), page)
                shortcut.activated.connect(lambda name=name, number=number: self._feel(name, number))

    def _kinds(self) -> QMenu:
        menu = QMenu(self.tr("New"), self._page)
        menu.setIcon(icons.icon("plus"))
        for kind in KINDS:
            if kind != "note":
                text = self.tr("New {kind}").format(kind=kind_word(kind).lower())
                menu.addAction(icons.icon(kind_icon(kind)), text).triggered.connect(self._beginner(kind))
        return menu

    def offer_kinds(self) -> None:
        """Open the menu of kinds under the New button."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in KINDS:
            made = menu.addAction(icons.icon(kind_icon(kind)), kind_word(kind))
            made.triggered.connect(self._beginner(kind))
        under = self._page.column.new_button
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def offer_many(self, at: QPoint) -> None:
        """Open the menu of what can be done with the selected entries, at a place on the screen."""
        if (ids := self._page.selected_ids()) and self._page.desk.flush():
            self._page.many.offer(ids, at)

    def keep_search(self) -> None:
        """Ask for a name to keep the search by."""
        from app.ui.journal.keeping import KeepSearchDialog

        if not self._page.search.text().strip():
            self._page.announced.emit(self.tr("Search for something first, then keep it."), None)
            self._page.focus_search()
            return
        KeepSearchDialog(self._store, self._page.search.text(), self._page).open()

    def ask_day(self) -> None:
        """Ask for a day, also in words, and go there."""
        from app.ui.journal.goto import GoToDayDialog

        with self._store.read() as session:
            calendar = journal.calendar(session)
        dialog = GoToDayDialog(self._page.today, calendar, self._page)
        dialog.chosen.connect(self._page.go_to_day)
        dialog.open()

    def show_year(self) -> None:
        """The year of the chosen day at a glance."""
        from app.ui.journal.year import YearDialog

        dialog = YearDialog(self._store, self._page.calendar.day, self._page)
        dialog.chosen.connect(self._page.go_to_day)
        dialog.open()

    def show_tags(self) -> None:
        """All tags, to be renamed, merged, deleted."""
        from app.ui.journal.tagsdialog import TagsDialog

        if self._page.desk.flush():
            dialog = TagsDialog(self._store, self._page)
            dialog.changed.connect(self._announce)
            dialog.called.connect(self._ask_for_tag)
            dialog.taken_back.connect(self._ask_as_before)
            dialog.open()

    def show_people(self) -> None:
        """Everybody that is named, to be renamed, merged, taken away."""
        from app.ui.journal.peopledialog import PeopleDialog

        if self._page.desk.flush():
            dialog = PeopleDialog(self._store, self._page)
            dialog.changed.connect(self._announce)
            dialog.open()

    def show_versions(self) -> None:
        """What the entry on the desk said before."""
        from app.ui.journal.versions import VersionsDialog

        page = self._page
        if page.desk.entry_id is not None and page.desk.flush():
            dialog = VersionsDialog(self._store, page.desk.entry_id, page)
            said = self.tr("The version is back. What stood here is a version now.")
            dialog.restored.connect(lambda: page.announced.emit(said, None))
            dialog.open()

    def trash(self, item_id: int) -> None:
        """Move an entry to the Trash, with Undo; the one that takes its place is opened."""
        with self._store.write() as session:
            items.trash(session, [item_id], now=clock.now())
        self._page.refresh()
        self._page.announced.emit(self.tr("Moved to the Trash."), lambda: self.restore(item_id))

    def restore(self, item_id: int) -> None:
        """Bring an entry back from the Trash and open it."""
        with self._store.write() as session:
            items.restore(session, [item_id])
        self._page.refresh()
        self._page.open_item(item_id)

    def trash_selected(self) -> None:
        """Move the entry on the desk, or all that are selected, to the Trash."""
        page, chosen = self._page, self._page.selected_ids()
        if not page.desk.flush():
            return
        if len(chosen) > 1:
            page.many.trash(chosen)
        elif page.desk.entry_id is not None:
            self.trash(page.desk.entry_id)

    def go_to_item(self, item_id: int) -> None:
        """Show the item that a link leads to."""
        if self._page.desk.flush():
            self._page.item_requested.emit(item_id)

    def _announce(self, said: str, take_back: Callable[[], int]) -> None:
        """Offer to take back, in the background, what may have changed ten thousand texts."""

        def tell(kept: int) -> None:
            self._ask_as_before()
            if kept:
                left = self.tr("Texts edited since, which stay as they are: {count}.").format(count=f"{kept:,}")
                self._page.announced.emit(left, None)

        self._page.announced.emit(said, lambda: run_in_background(self, take_back, tell))

    def _ask_for_tag(self, old: str, new: str) -> None:
        """Let the search ask for a tag by its new name."""
        asked = self._page.search.text()
        with self._store.read() as session:
            asks = retagged(asked, old, new, with_old=tags.has_tags_below(session, old))
        if asks != asked:
            self._asked[asks] = asked
            self._page.box.set_text(asks)

    def _ask_as_before(self) -> None:
        """A change of tags was taken back: so is what the search asks since."""
        if asked := self._asked.pop(self._page.search.text(), None):
            self._page.box.set_text(asked)

    def _with_selected(self, work: Callable[[list[int]], object]) -> None:
        page = self._page
        ids = page.selected_ids() or ([page.desk.entry_id] if page.desk.entry_id is not None else [])
        if ids and page.desk.flush():
            work(ids)

    def _beginner(self, kind: str) -> Callable[[], None]:
        return lambda: self._page.new_entry(kind)

    def _feel(self, name: str, value: int) -> None:
        if self._page.desk.writing is not None:
            self._page.desk.feelings.press(name, value)
