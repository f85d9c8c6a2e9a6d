"""Where the keyboard goes in a widget that is made of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget


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
    return next(_reached_in(widget), None)


def _reached(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (inner := item.layout()) is not None:
            yield from _reached(inner)
        elif (widget := item.widget()) is not None:
            yield from _reached_in(widget)


def _reached_in(widget: QWidget) -> Iterator[QWidget]:
    is_reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    if is_reached:
        yield widget
    if isinstance(widget, QSplitter):
        for place in range(widget.count()):
            if (part := widget.widget(place)) is not None:
                yield from _reached_in(part)
    elif isinstance(widget, QScrollArea):
        if (held := widget.widget()) is not None:
            yield from _reached_in(held)
    elif not is_reached and (inner := widget.layout()) is not None:
        yield from _reached(inner)
