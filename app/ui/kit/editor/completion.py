"""Completion while one types: after a sign such as # or [[ a short list of what may follow."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QTextEdit

from app.ui.kit.actions import ENTERS
from app.ui.kit.editor.text import as_units, from_units
from app.ui.kit.popups import handed_on

MOST: Final = 8
WIDTH: Final = 300
SLOW_S: Final = 0.004
PAUSE_MS: Final = 80
_BEFORE: Final = re.compile(
    r"(?:(?<![\w/&])(?P<sign>[#@])(?P<word>[\w/\-]{1,40})|(?P<open>\[\[)(?P<title>[^\[\]\n]{0,60}))$"
)

Offer = Callable[[str], Sequence[str]]


class Completion(QObject):
    """Offers what `offers` (sign → what fits the words typed so far) say; Enter or Tab takes the chosen one."""

    def __init__(self, edit: QTextEdit, offers: Mapping[str, Offer]) -> None:
        super().__init__(edit)
        self._edit, self._offers = edit, offers
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setWidget(edit)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[str].connect(self._take)  # type: ignore[index]
        self._typed = ("", "")
        self._is_slow = False
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._offer_now)
        edit.textChanged.connect(self._offer)
        self.popup.installEventFilter(self)  # before the completer, which would hand Enter to the text

    @property
    def popup(self) -> QAbstractItemView:
        """The list on show."""
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def words(self) -> list[str]:
        """What is offered now; nothing while the list is hidden."""
        return self._words.stringList() if self.popup.isVisible() else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.popup and handed_on(self.popup, event):
            return True
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not self.popup.isVisible():
            return False
        if event.key() in (*ENTERS, Qt.Key.Key_Tab):
            if self._soon.isActive():
                self._offer_now()
                if not self.popup.isVisible():
                    return False
            index = self.popup.currentIndex()
            if index.isValid():
                self.popup.hide()
                self._take(index.data())
                return True
        return False

    def _offer(self) -> None:
        """Offer at once; in a pause where the last offer took long, so that no key waits for it."""
        cursor = self._edit.textCursor()
        before = from_units(as_units(cursor.block().text())[: cursor.positionInBlock()])
        match = _BEFORE.search(before) if self._edit.hasFocus() and not cursor.hasSelection() else None
        sign = (match["sign"] or match["open"]) if match else ""
        typed = (match["word"] or match["title"] or "") if match else ""
        if sign != self._typed[0]:
            self._is_slow = False
        self._typed = (sign, typed)
        if self._is_slow:
            self._soon.start()
        else:
            self._find()

    def _offer_now(self) -> None:
        self._is_slow = False
        self._offer()

    def _find(self) -> None:
        self._soon.stop()
        sign, typed = self._typed
        begun = time.perf_counter()
        found = list(self._offers[sign](typed))[:MOST] if sign in self._offers else []
        self._is_slow = time.perf_counter() - begun > SLOW_S
        if not found or found == [typed]:
            if self.popup.isVisible():
                self.popup.hide()
            return
        self._words.setStringList(found)
        place = self._edit.cursorRect().translated(self._edit.viewport().pos())
        place.setWidth(WIDTH)
        self._completer.complete(place)
        self.popup.setCurrentIndex(self._words.index(0))

    def _take(self, word: str) -> None:
        sign, typed = self._typed
        cursor = self._edit.textCursor()
        for _ in range(len(as_units(typed))):
            cursor.deletePreviousChar()
        rest = as_units(cursor.block().text())[cursor.positionInBlock() :]
        end = (
            "]]"
            if sign == "[[" and not rest.startswith("]]")
            else " "
            if sign != "[[" and not rest[:1].isspace()
            else ""
        )
        cursor.insertText(word + end)
        self._edit.setTextCursor(cursor)
