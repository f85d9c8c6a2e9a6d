"""The way back: what a link, a search or the palette led away from, and forth again, as in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit.actions import action

if TYPE_CHECKING:
    from app.ui.window.main import MainWindow

LONGEST: Final = 100
KEYS: Final = QKeySequence.StandardKey
PRESSES: Final = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)

Place = tuple[str, int | None, str]
"""A page, the item on it where it shows one, and what is searched for there."""


class Trail(QObject):
    """Two actions, `back` and `ahead`; the buttons for it at the side of a mouse do the same."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._behind: list[Place] = []
        self._before: list[Place] = []
        self.back = action(
            window, self.tr("Back"), slot=self._go_back, shortcut=_first_of(KEYS.Back), icon="arrow-left"
        )
        self.ahead = action(
            window, self.tr("Forward"), slot=self._go_ahead, shortcut=_first_of(KEYS.Forward), icon="arrow-right"
        )
        self._follow()
        window.winId()  # makes the handle, before which no press comes to a list that would take it
        if (handle := window.windowHandle()) is not None:
            handle.installEventFilter(self)

    def leave(self) -> None:
        """Something else is about to be shown: remember where one is."""
        here = self._here()
        if self._behind[-1:] != [here]:
            self._behind = [*self._behind, here][-LONGEST:]
        self._before.clear()
        self._follow()

    def clear(self) -> None:
        """Another journal: nothing of this one is gone back to."""
        self._behind.clear()
        self._before.clear()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() in PRESSES:
            for button, made in (
                (Qt.MouseButton.BackButton, self.back),
                (Qt.MouseButton.ForwardButton, self.ahead),
            ):
                if event.button() == button:
                    made.trigger()
                    return True
        return False

    def _here(self) -> Place:
        return self.place_on(self._window.preferred_page)

    def place_on(self, name: str) -> Place:
        """Where one is on the page `name`, whether it is on screen or not."""
        page = self._window.pages.get(name)
        return name, getattr(page, "shown_item", None), getattr(page, "asked", "")

    def _go_back(self) -> None:
        self._go(self._behind, self._before)

    def _go_ahead(self) -> None:
        self._go(self._before, self._behind)

    def _go(self, there: list[Place], here: list[Place]) -> None:
        left = self._here()
        while there and there[-1] == left:  # one went there by another way
            there.pop()
        if there and (page := self._window.show_page(there[-1][0])) is not None:
            go_to(page, there.pop())
            here.append(left)
        self._follow()

    def _follow(self) -> None:
        self.back.setEnabled(bool(self._behind))
        self.ahead.setEnabled(bool(self._before))


def go_to(page: QWidget, place: Place) -> None:
    """Show on its page what a place says."""
    _, item_id, asked = place
    if getattr(page, "asked", "") != asked:
        page.search_for(asked)  # type: ignore[attr-defined]
    if item_id not in (None, getattr(page, "shown_item", None)):
        page.open_item(item_id)  # type: ignore[attr-defined]


def _first_of(keys: QKeySequence.StandardKey) -> QKeySequence:
    """The first of its keys only: on Windows Backspace is another."""
    bound = QKeySequence.keyBindings(keys)
    return bound[0] if bound else QKeySequence()
