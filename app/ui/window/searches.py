"""Kept searches in the rail: one click asks again; the context menu renames or drops."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.core import searches
from app.core.model import Setting
from app.core.searches import SavedSearch
from app.core.store import Store
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
        watch(window, store, [Setting], self._refresh)
        self._refresh()

    def ask(self, name: str) -> QWidget | None:
        """Ask the kept search that stands in the rail as `name`."""
        text = next((held.text for held in self._held if PREFIX + held.name == name), "")
        page = self._window.show_page("journal")
        if page is not None:
            page.search_for(text)  # type: ignore[attr-defined]
        return page

    def rename(self, search: SavedSearch, name: str) -> None:
        """Call a kept search something else."""
        with self._store.write() as session:
            held = [each for each in searches.saved_searches(session) if each.name != search.name]
            searches.put_searches(session, held)
            searches.keep_search(session, SavedSearch(name, search.text))

    def drop(self, search: SavedSearch) -> None:
        """Forget a kept search, with Undo."""
        before = list(self._held)
        with self._store.write() as session:
            searches.drop_search(session, search.name)
        said = self.tr("“{name}” is no longer kept.").format(name=search.name)
        self._window.announce(said, lambda: self._put(before))

    def _put(self, held: list[SavedSearch]) -> None:
        with self._store.write() as session:
            searches.put_searches(session, held)

    def _refresh(self) -> None:
        with self._store.read() as session:
            kept = searches.saved_searches(session)
        if kept == self._held:
            return
        rail = self._window.rail
        for name in [name for name in rail.entries if name.startswith(PREFIX)]:
            rail.remove(name)
        self._held = kept
        for search in kept:
            entry = rail.add(PREFIX + search.name, search.name, "search")
            entry.setToolTip(search.text)
            entry.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            entry.customContextMenuRequested.connect(partial(self._offer, search, entry))

    def _offer(self, search: SavedSearch, entry: QWidget, at: QPoint) -> None:
        menu = QMenu(entry)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Rename…")).triggered.connect(partial(self._ask_name, search))
        menu.addAction(self.tr("Drop")).triggered.connect(partial(self.drop, search))
        menu.popup(entry.mapToGlobal(at))

    def _ask_name(self, search: SavedSearch) -> None:
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename the search"))
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextValue(search.name)
        dialog.textValueSelected.connect(partial(self.rename, search))
        dialog.open()
