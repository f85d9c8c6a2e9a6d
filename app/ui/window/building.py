"""How the window's pages come to be and what they may ask of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.kit.lead import tab_as_laid_out
from app.ui.window import places
from app.ui.window.pages import PageKind
from app.ui.window.part import Part

if TYPE_CHECKING:
    from app.core.store import Store
    from app.ui.today.page import TodayPage
    from app.ui.window.main import MainWindow
    from app.ui.window.trail import Place


class Building(Part):
    """Builds pages when they are first shown."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._left: dict[str, Place] = {}

    def adopt_first(self, store: Store) -> TodayPage:
        """Bring the first picture to life; who writes in it goes on writing."""
        from app.ui.today.page import TodayPage

        stack, first = self._window.stack, self._window.first_view
        had_focus = self._window.focusWidget() is first.editor  # also where the desktop is slow to give it
        page = TodayPage(store, stack, view=first)
        stack.insertWidget(0, page)
        if stack.currentWidget() is not page and stack.currentWidget() in (None, first):
            stack.setCurrentWidget(page)
        if had_focus:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def build(self, kind: PageKind) -> QWidget:
        """A page that hangs in the window; where it cannot be built nothing of it stays."""
        assert self._store is not None
        stack = self._window.stack
        before = set(stack.children())
        try:
            page = kind.build(self._store, stack)
        except Exception:
            for half in set(stack.children()) - before:
                half.deleteLater()
            raise
        stack.addWidget(page)
        if (laid_out := page.layout()) is not None:
            tab_as_laid_out(laid_out)
        self.connect_page(page)
        places.restore_splitters(page, self._window.preferences)
        return page

    def renew(self) -> None:
        """Make the pages anew that know the day they were made on, each at its place; Today turns its own."""
        window = self._window
        shown, old = window.preferred_page, [name for name in window.pages if name != "today"]
        self._left.update((name, window.trail.place_on(name)) for name in old)
        self.drop(old)
        if shown != "today":
            window.show_page(shown)

    def drop(self, names: Iterable[str]) -> None:
        """Take pages away, to be built anew when they are shown."""
        window = self._window
        places.remember(window, window.preferences)
        for name in names:
            page = window.pages.pop(name)
            window.stack.removeWidget(page)
            page.deleteLater()

    def forget(self) -> None:
        """Another journal: nothing stands where it was left."""
        self._left.clear()

    def go_to_place(self, name: str, page: QWidget) -> None:
        """Show on a page that was made anew what it showed before."""
        if (place := self._left.pop(name, None)) is not None:
            from app.ui.window.trail import go_to

            go_to(page, place)

    def connect_page(self, page: QWidget) -> None:
        """Do what the page asks for."""
        window = self._window
        wished = {
            "announced": window.announce,
            "item_requested": window.open_item,
            "search_requested": window.search_journal,
            "step_requested": window.commands.plan_step,
            "import_requested": window.commands.importing.import_file,
            "import_folder_requested": window.commands.importing.import_folder,
            "export_requested": window.commands.export_only,
            "demo_requested": window.commands.demo.load,
            "demo_removal_requested": window.commands.demo.remove,
        }
        for signal, slot in wished.items():
            if hasattr(page, signal):
                getattr(page, signal).connect(slot)
