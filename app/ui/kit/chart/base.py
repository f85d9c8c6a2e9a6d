"""What all charts share: a picture, a table, a tip, a cursor that keys move, and the ring that shows focus."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.kit import theme
from app.ui.kit.chart.spec import Table
from app.ui.kit.chart.tip import Tip


class Chart(QWidget):
    """A focusable drawing with a cursor. `cursor` is the place told about, -1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.tip = Tip(self)
        self.cursor_place = -1
        theme.watch().changed.connect(self.restyle)

    def table(self) -> Table:
        """The numbers that are drawn."""
        return Table((), ())

    def restyle(self) -> None:
        """Take on the theme in force."""
        self.update()

    def draw_on(self, painter: QPainter) -> None:
        """Draw the chart without cursor and tip."""
        place, self.cursor_place = self.cursor_place, -1
        told = self.tip.isVisible()
        self.tip.hide()
        self.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        self.cursor_place = place
        self.tip.setVisible(told)

    def say(self) -> None:
        """Tell screen readers what the tip says."""
        self.setAccessibleDescription(self.tip.text)

    def drop_cursor(self) -> None:
        """Tell about nothing."""
        if self.cursor_place >= 0 or self.tip.isVisible():
            self.cursor_place = -1
            self.tip.hide()
            self.update()

    def paint_focus(self, painter: QPainter) -> None:
        """The ring that says where the keyboard is."""
        if self.hasFocus():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            painter.restore()

    def paint_empty(self, painter: QPainter, text: str) -> None:
        """Say in the middle why there is nothing."""
        painter.setPen(theme.current().text3)
        painter.setFont(theme.font("body"))
        area = self.rect().adjusted(24, 0, -24, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), text)

    def leaveEvent(self, event: QEvent) -> None:
        self.drop_cursor()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.drop_cursor()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)


def near(one: QPointF, other: QPointF) -> float:
    """How far apart two points are, in pixels."""
    return math.hypot(one.x() - other.x(), one.y() - other.y())
