"""Where the keyboard goes in a widget that is made of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLayout, QWidget


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


def tab_as_laid_out(layout: QLayout) -> None:
    """Let Tab go through what `layout` holds in the order in which it stands there, also what came later."""
    for before, after in pairwise(_reached(layout)):
        QWidget.setTabOrder(before, after)


def reached_first(widget: QWidget) -> QWidget | None:
    """What Tab reaches first of a widget and what it is made of; None where it reaches nothing."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return widget
    inner = widget.layout()
    return next(_reached(inner), None) if inner is not None else None


def _reached(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = widget.layout() if widget is not None else item.layout() if item is not None else None
        if widget is not None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        elif inner is not None:
            yield from _reached(inner)
