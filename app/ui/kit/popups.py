"""Lists that come up under a text while one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QWidget

CLICK = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)


def handed_on(popup: QWidget, event: QEvent) -> bool:
    """Whether `event` is a click beside the list: it closes the list and goes to what lies there; Qt eats it."""
    if not isinstance(event, QMouseEvent) or event.type() not in CLICK:
        return False
    where = event.globalPosition()
    if popup.isVisible() and popup.rect().contains(popup.mapFromGlobal(where).toPoint()):
        return False
    popup.hide()
    meant = QGuiApplication.topLevelAt(where.toPoint())
    if meant is not None:  # by its window, which then knows whose the release is
        at = QPointF(meant.mapFromGlobal(where.toPoint()))
        again = QMouseEvent(event.type(), at, where, event.button(), event.buttons(), event.modifiers())
        QGuiApplication.postEvent(meant, again)
    return True
