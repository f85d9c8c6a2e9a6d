"""Where the keyboard goes in a widget that is made of several."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class FocusLead(QObject):
    """Hands the keyboard on to a part of `whole` whenever `whole` is given it.

    A focus proxy does so, too, but then Tab goes to the proxy, past all that stands before it in `whole`.
    """

    def __init__(self, whole: QWidget, part: Callable[[], QWidget]) -> None:
        super().__init__(whole)
        self._part = part
        whole.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._part().setFocus(event.reason())
        return False
