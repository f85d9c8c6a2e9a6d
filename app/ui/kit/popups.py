"""Lists that come up under a text while one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


def handed_on(popup: QWidget, event: QEvent) -> bool:
    """Whether `event` is a press beside the list, which closes it and goes to what lies there; Qt would eat it."""
    if not isinstance(event, QMouseEvent) or event.type() != QEvent.Type.MouseButtonPress:
        return False
    where = event.globalPosition()
    if popup.rect().contains(popup.mapFromGlobal(where).toPoint()):
        return False
    popup.hide()
    meant = QApplication.widgetAt(where.toPoint())
    if meant is not None:
        at = meant.mapFromGlobal(where)
        press = QMouseEvent(event.type(), at, where, event.button(), event.buttons(), event.modifiers())
        QApplication.postEvent(meant, press)
    return True
