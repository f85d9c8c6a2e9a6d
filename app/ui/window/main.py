"""The main window: the journal's pages in their frame; painted first, then filled."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from app.core.first import FirstPage
from app.ui.today.view import TodayView
from app.ui.window import places, rescue
from app.ui.window.building import Building
from app.ui.window.commands import Commands
from app.ui.window.daily import Daily
from app.ui.window.frame import Frame
from app.ui.window.habits import Habits
from app.ui.window.helping import Helping
from app.ui.window.indexing import Indexing
from app.ui.window.keeping import Keeping
from app.ui.window.locking import Locking
from app.ui.window.mending import Mending
from app.ui.window.menus import Menus
from app.ui.window.pages import PAGES

if TYPE_CHECKING:
    from app.core.errors import UserError
    from app.core.store import Store
    from app.ui.window.restoring import Restoring
    from app.ui.window.trail import Trail

ELSEWHERE_MS = 2000
KEPT = "search:"
"""What the names of kept searches begin with in the rail."""


class MainWindow(Frame):
    """Shows `first` at once; `open` brings the store when it is there.

    Attributes:
        has_begun: Whether `open` was called, which a window stands only once.

    Signals:
        painted: The first picture is on screen. ready: The store is open and the first page alive.
        reopen_requested: Opening it failed, and is to be tried again.
    """

    painted = Signal()
    ready = Signal()
    reopen_requested = Signal()

    def __init__(self, path: Path, first: FirstPage, preferences: QSettings) -> None:
        super().__init__(path, preferences)
        self.store: Store | None = None
        self.pages: dict[str, QWidget] = {}
        self.has_begun = False
        self._painted = False
        self._is_given_up = False
        self.first_view = TodayView(first, self.stack)
        self.stack.addWidget(self.first_view)
        self.building = Building(self)
        self.commands = Commands(self)
        self.keeping = Keeping(self)
        self.mending = Mending(self)
        Indexing(self)
        Daily(self)
        self.helping = Helping(self)
        self.habits = Habits(self)
        self.locking = Locking(self)
        self.menus = Menus(self)
        self.painted.connect(self._fill_menus, Qt.ConnectionType.QueuedConnection)
        self.rail.chosen.connect(self.show_page)
        self._elsewhere = QTimer(self, interval=ELSEWHERE_MS)
        self._elsewhere.timeout.connect(self._look_elsewhere)
        places.restore(self, preferences)

    @cached_property
    def restoring(self) -> Restoring:
        """Going back to a backup; made when it is first asked for."""
        from app.ui.window.restoring import Restoring

        return Restoring(self)

    @cached_property
    def trail(self) -> Trail:
        """The way back; made with the menus, which offer it."""
        from app.ui.window.trail import Trail

        return Trail(self)

    # ------------------------------------------------------------ pages

    def open(self, store: Store) -> None:
        """Bring the pages to life on `store`."""
        from app.ui.window.searches import RailSearches

        self.store = store
        self.has_begun = True
        page = self.building.adopt_first(store)
        self.pages["today"] = page
        self.building.connect_page(page)
        self.menus.follow(page)
        self._elsewhere.start()
        self.searches = RailSearches(self, store)
        self.ready.emit()

    def show_first(self, first: FirstPage) -> None:
        """Show `first`, which could not be read before, until `open` brings the store."""
        before, self.first_view = self.first_view, TodayView(first)
        self.stack.insertWidget(0, self.first_view)
        self.stack.setCurrentWidget(self.first_view)
        self.stack.removeWidget(before)
        before.deleteLater()
        self.first_view.editor.moveCursor(QTextCursor.MoveOperation.End)
        self.first_view.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, name: str) -> QWidget | None:
        """Show the page `name`, building it when it is new; None before the store is open."""
        if name == "settings":
            self.rail.choose(self.preferred_page)
            self.commands.show_settings()
            return None
        if self.store is None:
            return None
        if name.startswith(KEPT):
            return self.searches.ask(name)
        page = self.pages.get(name) or self._build(name)
        if not self._leave(self.stack.currentWidget()):
            return None
        self.stack.setCurrentWidget(page)
        self.rail.choose(name)
        self.menus.follow(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.preferences.setValue("page", name)
        return page

    @property
    def preferred_page(self) -> str:
        """The name of the page on screen."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self.pages.items() if page is shown), "today")

    def open_item(self, item_id: int) -> None:
        """Show an item on the page that knows its kind."""
        from app.core import items

        assert self.store is not None
        with self.store.read() as session:
            rows = items.item_rows(session, [item_id])
        if not rows:
            self.announce(self.tr("This is no longer in the journal; it may lie in the Trash."))
            return
        name = next((kind.name for kind in PAGES if rows[0].kind in kind.opens), "journal")
        self.trail.leave()
        if page := self.show_page(name):
            page.open_item(item_id)  # type: ignore[attr-defined]

    def search_journal(self, text: str) -> None:
        """Show what the journal says about `text`."""
        self.trail.leave()
        if page := self.show_page("journal"):
            page.search_for(text)  # type: ignore[attr-defined]

    def _build(self, name: str) -> QWidget:
        page = self.building.build(next(kind for kind in PAGES if kind.name == name))
        self.pages[name] = page
        self.building.go_to_place(name, page)
        return page

    def has_all_saved(self) -> bool:
        """Whether all that is typed is committed by now; says so where it is not."""
        has_captured_all = self.commands.capturing.has_captured_all()
        return has_captured_all and all(self._leave(page) for page in self.pages.values())

    def rebuild(self) -> None:
        """Build the pages anew: the journal became another one under them."""
        shown = self.preferred_page
        self.trail.clear()
        self.building.forget()
        self.building.drop(tuple(self.pages))
        self.show_page(shown)

    # ------------------------------------------------------------ words to the user

    def tell(self, error: UserError) -> None:
        """Say what went wrong; of damage also what can be done."""
        if self.store is None or not self.mending.rescue(error):
            self.refuse(str(error))

    def cannot_open(self, error: Exception) -> None:
        """Say why the journal did not open; what is typed meanwhile is kept for `closeEvent`."""
        from app.core.errors import UserError

        self.show()  # whoever was started in the background must be seen now
        if not isinstance(error, UserError):
            raise error
        if self.mending.rescue(error):
            return
        again = self.tr("Try again") if self.mending.may_pass(error) else ""
        other = (self.tr("Open another journal…"), self.habits.choose_journal)
        self.messages.show_message(str(error), again, self.reopen_requested.emit, other=other, lasting=True)

    # ------------------------------------------------------------ life

    def _leave(self, page: QWidget | None) -> bool:
        flush = getattr(page, "flush", None)
        if flush is None or flush():
            return True
        self.refuse(self.tr("What you typed could not be saved yet, so this page stays open. It is tried again."))
        return False

    def _give_up(self) -> None:
        """Close although something cannot be saved, once it stands in a file."""
        if not rescue.keep_unsaved(self, self.commands.capturing.captured):
            self.refuse(self.tr("No file can be written either. Copy what you typed before you close Northing."))
            return
        self.let_go()
        self.close()

    def let_go(self) -> None:
        """Close when told so, although something cannot be saved: it stands in a file."""
        self._is_given_up = True

    def _fill_menus(self) -> None:
        self.menus.fill()

    def _look_elsewhere(self) -> None:
        from app.core.errors import UserError

        if self.store is None or not self.isVisible():
            return
        try:
            changed = self.store.changed_elsewhere()
        except UserError:  # whoever writes is told
            return
        if changed:
            from app.core.model import Item

            self.store.announce(frozenset({Item}))

    def begin(self) -> None:
        """Come to life: with the first picture, or without one when started in the background."""
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.begin()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_elsewhere()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.store is None:
            rescue.keep_typed(self.first_view.editor.text(), self.first_view.page)
        elif not self._is_given_up and not self.has_all_saved():
            event.ignore()
            self.messages.show_message(
                self.tr("Northing can also close and leave what you typed in a file of its own."),
                self.tr("Close and leave it in a file"),
                self._give_up,
                lasting=True,
            )
            return
        places.remember(self, self.preferences)
        if self.habits.keeps_open:
            event.ignore()
            self.hide()
            return
        self.habits.end()
        event.accept()
