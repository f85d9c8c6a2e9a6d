"""What surrounds the pages: the rail, the line with the journal's place, and the bar of messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app import APP_NAME
from app.ui.kit.rail import Rail
from app.ui.window.known import Known
from app.ui.window.pages import PAGES

if TYPE_CHECKING:
    from app.ui.kit.toast import MessageBar

ROOM_FOR_WORDS = 1080
"""In a window narrower than this the rail shows icons only."""


class Frame(QMainWindow):
    """A window that knows its places, and nothing of what is in them.

    Attributes:
        path: Where the journal is kept. preferences: Choices of this computer. known: Those of this journal alone.
        rail: The places. stack: Their pages.
    """

    def __init__(self, path: Path, preferences: QSettings) -> None:
        super().__init__()
        self.path = path
        self.preferences = preferences
        self.known = Known(preferences, path)
        self._messages: MessageBar | None = None
        self._is_folded = preferences.value("rail") == "narrow"
        self.setWindowTitle(APP_NAME)
        self._lay_out()
        self._show_place()
        self.rail.folded.connect(self._fold)

    @property
    def messages(self) -> MessageBar:
        """Where sentences to the user appear."""
        if self._messages is None:
            from app.ui.kit.toast import MessageBar

            self._messages = MessageBar(self._content)
        return self._messages

    def announce(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Say something in the message bar, with an Undo where there is one."""
        self.messages.show_message(sentence, self.tr("Undo") if undo else "", undo)

    def undo(self) -> None:
        """Do what the newest message offers, without the mouse."""
        if self._messages is not None:
            self._messages.act()

    def refuse(self, sentence: str) -> None:
        """Say what cannot be done; it stays until it is closed."""
        self.messages.show_message(sentence, lasting=True)

    def _lay_out(self) -> None:
        """From outside in: Qt dresses a tree of widgets again at each level that it is hung into."""
        whole = QWidget(self)
        self.setCentralWidget(whole)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(APP_NAME, whole)
        row.addWidget(self.rail)
        content = self._content = QWidget(whole)
        row.addWidget(content, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.stack = QStackedWidget(content)
        column.addWidget(self.stack, 1)
        for kind in PAGES:
            self.rail.add(kind.name, self.tr(kind.text), kind.icon)
        self.rail.add("settings", self.tr("Settings"), "settings", at_bottom=True)
        self.rail.choose("today")

    def _show_place(self) -> None:
        home = str(Path.home())
        shown = str(self.path)
        place = QLabel(f"~{shown[len(home) :]}" if shown.startswith(home + "/") else shown)
        place.setToolTip(self.tr("Where your journal is kept"))
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place.setProperty("role", "secondary")
        place.setContentsMargins(12, 0, 12, 2)
        self.statusBar().addWidget(place, 1)
        self.statusBar().setSizeGripEnabled(False)

    def _fold(self, folded: bool) -> None:
        self._is_folded = folded
        self.preferences.setValue("rail", "narrow" if folded else "wide")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        collapsed = self._is_folded or self.width() < ROOM_FOR_WORDS
        if collapsed != self.rail.is_collapsed:
            self.rail.set_collapsed(collapsed=collapsed)
