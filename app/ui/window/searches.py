"""Kept searches in the rail: one click asks again; keys and the context menu rename, move and drop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.core import searches
from app.core.model import Setting
from app.core.searches import SavedSearch
from app.core.store import Store
from app.ui.kit.tips import plain_tip
from app.ui.kit.watch import watch

if TYPE_CHECKING:
    from app.ui.window.main import MainWindow

PREFIX = "search:"


class RailSearches(QObject):
    """Keeps the rail in line with what the journal keeps."""

    def __init__(self, window: MainWindow, store: Store) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._held: list[SavedSearch] = []
        self._dropped: list[tuple[int, SavedSearch]] = []
        self._told = ""
        watch(window, store, [Setting], self._refresh)
        self._refresh()

    def ask(self, name: str) -> QWidget | None:
        """Ask the kept search that stands in the rail as `name`."""
        text = next((held.text for held in self._held if PREFIX + held.name == name), "")
        page = self._window.show_page("journal")
        if page is not None:
            page.search_for(text)  # type: ignore[attr-defined]
        return page

    def ask_name(self, search: SavedSearch) -> None:
        """Ask what else to call a kept search."""
        from app.ui.journal.keeping import KeepSearchDialog

        KeepSearchDialog(self._store, search.text, self._window, called=search.name).open()

    def move(self, search: SavedSearch, places: int) -> None:
        """Put a kept search further down, or up."""
        with self._store.write() as session:
            searches.move_search(session, search.name, places)

    def drop(self, search: SavedSearch) -> None:
        """Forget a kept search, with Undo; one after the other they come back together."""
        if self._told not in self._window.messages.texts:
            self._dropped.clear()
        self._dropped.append((self._held.index(search), search))
        with self._store.write() as session:
            searches.drop_search(session, search.name)
        names = ", ".join(self.tr("“{name}”").format(name=gone.name) for _, gone in self._dropped)
        one, many = self.tr("{names} is no longer kept."), self.tr("{names} are no longer kept.")
        self._told = (one if len(self._dropped) == 1 else many).format(names=names)
        self._window.announce(self._told, self._bring_back)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            search = self._at(watched)
            keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
            if search is not None and (work := self._by_key(search).get(keys)) is not None:
                work()
                return True
        return super().eventFilter(watched, event)

    def _by_key(self, search: SavedSearch) -> dict[str, Callable[[], object]]:
        return {
            "F2": partial(self.ask_name, search),
            "Alt+Up": partial(self.move, search, -1),
            "Alt+Down": partial(self.move, search, 1),
            "Del": partial(self.drop, search),
        }

    def _at(self, entry: QObject) -> SavedSearch | None:
        entries = self._window.rail.entries
        return next((held for held in self._held if entries.get(PREFIX + held.name) is entry), None)

    def _bring_back(self) -> None:
        """Put what was dropped where it stood, the last first."""
        with self._store.write() as session:
            held = searches.saved_searches(session)
            for place, search in reversed(self._dropped):
                if all(each.name.casefold() != search.name.casefold() for each in held):
                    held.insert(place, search)
            searches.put_searches(session, held)
        self._dropped.clear()

    def _refresh(self) -> None:
        with self._store.read() as session:
            kept = searches.saved_searches(session)
        if kept == self._held:
            return
        rail = self._window.rail
        focused = self._at(self._window.focusWidget()) if self._window.focusWidget() else None
        place = self._held.index(focused) if focused else 0
        for name in [name for name in rail.entries if name.startswith(PREFIX)]:
            rail.remove(name)
        self._held = kept
        for search in kept:
            entry = rail.shelve(PREFIX + search.name, search.name, "search")
            entry.setToolTip(plain_tip(f"{search.name}\n{searches.told(search.text)}"))
            entry.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            entry.customContextMenuRequested.connect(partial(self._offer, search, entry))
            entry.installEventFilter(self)
        if focused is not None and kept:
            stays = next((each for each in kept if each.text == focused.text), kept[min(place, len(kept) - 1)])
            rail.entries[PREFIX + stays.name].setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused is not None:
            rail.entries[self._window.preferred_page].setFocus(Qt.FocusReason.OtherFocusReason)
        self._window.menus.show_searches([(each.name, partial(self.ask, PREFIX + each.name)) for each in kept])

    def _offer(self, search: SavedSearch, entry: QWidget, at: QPoint) -> None:
        menu = QMenu(entry)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        works = list(self._by_key(search).items())
        names = (self.tr("Rename…"), self.tr("Move up"), self.tr("Move down"), self.tr("Drop"))
        place = self._held.index(search)
        for (keys, work), name, fits in zip(
            works, names, (True, place > 0, place < len(self._held) - 1, True), strict=True
        ):
            made = menu.addAction(name)
            made.setShortcut(QKeySequence(keys))
            made.setEnabled(fits)
            made.triggered.connect(work)
        menu.popup(entry.mapToGlobal(at))
