"""A radar: one outline each for now, expected and a day in the past."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from app.ui.kit import theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.chart.base import Chart, near
from app.ui.kit.chart.legend import paint_legend
from app.ui.kit.chart.spec import Shape, Table, plain_number
from app.ui.kit.chart.tip import TipLine

LABEL_WIDTH = 116
LABEL_GAP = 12
LEGEND = 28


class RadarChart(Chart):
    """Axes around a centre, outlines across them; names wrap and are never cut. `axis_clicked` tells the place."""

    axis_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes: Sequence[str] = ()
        self._shapes: Sequence[Shape] = ()
        self._most, self._rings = 5.0, 5
        self._text: Callable[[float], str] = plain_number
        self._empty = ""
        self._axis_text = ""
        self._boxes: dict[tuple[str, int], QRectF] = {}
        self._fitted: tuple[object, float] | None = None

    def show_shapes(
        self,
        axes: Sequence[str],
        shapes: Sequence[Shape],
        *,
        most: float = 5.0,
        rings: int = 5,
        value_text: Callable[[float], str] = plain_number,
        empty: str = "",
        axis_text: str = "",
    ) -> None:
        """Show `shapes` over at least three `axes`, from nought in the middle to `most`.

        Args:
            axis_text: What an axis is, over the first column of the table.
        """
        self._axes, self._shapes = tuple(axes), tuple(shapes)
        self._most, self._rings, self._text, self._empty = most, rings, value_text, empty
        self._axis_text = axis_text or self.tr("Axis")
        self.drop_cursor()
        self.update()

    def table(self) -> Table:
        columns = [self._axis_text, *(shape.name for shape in self._shapes)]
        rows = [[axis, *(shape.values[place] for shape in self._shapes)] for place, axis in enumerate(self._axes)]
        return Table(columns, rows)

    def sizeHint(self) -> QSize:
        return QSize(460, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(290, 300)

    @property
    def is_empty(self) -> bool:
        """Whether there is no value at all."""
        return len(self._axes) < 3 or all(value is None for shape in self._shapes for value in shape.values)

    def _centre(self) -> QPointF:
        return QPointF(self.width() / 2, (self.height() - LEGEND) / 2)

    def _radius(self) -> float:
        """As large as the names around it leave room for."""
        wanted = (self._axes, self.size(), theme.px(LABEL_WIDTH))
        if self._fitted is None or self._fitted[0] != wanted:
            self._fitted = (wanted, self._fit())
        return self._fitted[1]

    def _fit(self) -> float:
        found = min(self.width() / 2, (self.height() - LEGEND) / 2) - LABEL_GAP - 4
        room = QRectF(2, 2, self.width() - 4, self.height() - LEGEND - 2)
        while found > 40:
            if all(room.contains(self._label_area(place, found)) for place in range(len(self._axes))):
                break
            found -= 4
        return found

    def _spoke(self, place: int, length: float) -> QPointF:
        angle = 2 * math.pi * place / len(self._axes) - math.pi / 2
        centre = self._centre()
        return QPointF(centre.x() + math.cos(angle) * length, centre.y() + math.sin(angle) * length)

    def _label_area(self, place: int, radius: float) -> QRectF:
        """Where the name of an axis is written, outside the end of its spoke."""
        box = self._box(self._axes[place])
        angle = 2 * math.pi * place / len(self._axes) - math.pi / 2
        end = self._spoke(place, radius + LABEL_GAP)
        across, down = math.cos(angle), math.sin(angle)
        x = end.x() - box.width() / 2 if abs(across) < 0.15 else end.x() if across > 0 else end.x() - box.width()
        y = end.y() - box.height() / 2 + down * box.height() / 2
        return QRectF(x, y, box.width(), box.height())

    def _box(self, name: str) -> QRectF:
        """The room that a name takes; kept, because breaking its lines takes longer than drawing all shapes."""
        wanted = (name, theme.px(LABEL_WIDTH))
        if wanted not in self._boxes:
            metrics = QFontMetricsF(theme.font(12))
            room = QRectF(0, 0, wanted[1], 200)
            self._boxes[wanted] = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), name)
        return self._boxes[wanted]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self._axes) < 3:
            self.paint_empty(painter, self._empty)
        else:
            radius = self._radius()
            self._paint_web(painter, radius)
            for shape in reversed(self._shapes):
                self._paint_shape(painter, shape, radius)
            row = QRectF(6, self.height() - LEGEND, self.width() - 12, LEGEND)
            kinds = [(shape.name, shape.style, shape.color) for shape in self._shapes]
            paint_legend(painter, row, kinds, centred=True)
        self.paint_focus(painter)

    def _paint_web(self, painter: QPainter, radius: float) -> None:
        look = theme.current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring in range(1, self._rings + 1):
            painter.setPen(QPen(look.border2 if ring == self._rings else look.grid, 1))
            painter.drawPolygon(
                QPolygonF([self._spoke(place, radius * ring / self._rings) for place in range(len(self._axes))])
            )
        painter.setFont(theme.font(12))
        for place, name in enumerate(self._axes):
            is_told = place == self.cursor_place
            painter.setPen(QPen(look.accent if is_told else look.grid, 1.5 if is_told else 1))
            painter.drawLine(self._centre(), self._spoke(place, radius))
            painter.setPen(look.text if is_told else look.text2)
            area = self._label_area(place, radius).adjusted(-1, -1, 1, 1)
            angle = math.cos(2 * math.pi * place / len(self._axes) - math.pi / 2)
            side = Qt.AlignmentFlag.AlignHCenter
            if abs(angle) >= 0.15:
                side = Qt.AlignmentFlag.AlignLeft if angle > 0 else Qt.AlignmentFlag.AlignRight
            painter.drawText(area, int(side | Qt.TextFlag.TextWordWrap), name)

    def _points(self, shape: Shape, radius: float) -> list[tuple[int, QPointF]]:
        return [
            (place, self._spoke(place, radius * min(max(value / self._most, 0), 1)))
            for place, value in enumerate(shape.values)
            if value is not None
        ]

    def _paint_shape(self, painter: QPainter, shape: Shape, radius: float) -> None:
        look = theme.current()
        ink = look.color(shape.color)
        pen = QPen(ink, 2 if shape.style == "filled" else 1.5)
        if shape.style == "dashed":
            pen.setDashPattern([4, 3])
        points = self._points(shape, radius)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        known = {place for place, _ in points}
        if len(known) == len(self._axes):
            if shape.style == "filled":
                ground = QColor(ink)
                ground.setAlphaF(0.16)
                painter.setBrush(ground)
            painter.drawPolygon(QPolygonF([point for _, point in points]))
        else:
            # An unknown value breaks the outline: it is a gap, not nought.
            for (place, point), (after, other) in zip(points, points[1:] + points[:1], strict=True):
                if (place + 1) % len(self._axes) == after:
                    painter.drawLine(point, other)
        if shape.style == "dashed":
            return
        for place, point in points:
            painter.setPen(QPen(ink if place in shape.hollow else look.surface, 2))
            painter.setBrush(look.surface if place in shape.hollow else ink)
            size = 5.5 if place == self.cursor_place else 4
            painter.drawEllipse(point, size, size)

    def _tell(self, place: int) -> None:
        self.cursor_place = place
        lines = []
        for shape in self._shapes:
            value = shape.values[place]
            said = self.tr("unknown") if value is None else self._text(value)
            if value is not None and place in shape.hollow:
                said = self.tr("{level} (claimed)").format(level=said)
            lines.append(TipLine(shape.name, said, shape.color))
        radius = self._radius()
        self.tip.tell(self._spoke(place, radius * 0.6), self._axes[place], lines)
        self.say()
        self.update()

    def _axis_at(self, point: QPointF) -> int:
        """The axis whose spoke or name is under the mouse; -1 outside."""
        radius = self._radius()
        for place in range(len(self._axes)):
            if self._label_area(place, radius).adjusted(-4, -4, 4, 4).contains(point):
                return place
        centre = self._centre()
        far = near(centre, point)
        if len(self._axes) < 3 or far < 6 or far > radius + 10:
            return -1
        angle = math.atan2(point.y() - centre.y(), point.x() - centre.x()) + math.pi / 2
        return round(angle / (2 * math.pi) * len(self._axes)) % len(self._axes)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._axis_at(event.position())
        if place < 0:
            self.drop_cursor()
        elif place != self.cursor_place:
            self._tell(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self._axis_at(event.position())
        if place >= 0:
            self.axis_clicked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Right: 1, keys.Key_Down: 1, keys.Key_Left: -1, keys.Key_Up: -1}
        if len(self._axes) >= 3 and event.key() in steps:
            step = steps[keys(event.key())]
            at = self.cursor_place if self.cursor_place >= 0 else (-1 if step > 0 else 0)
            self._tell((at + step) % len(self._axes))
        elif event.key() in ENTERS and self.cursor_place >= 0:
            self.axis_clicked.emit(self.cursor_place)
        elif event.key() == keys.Key_Escape and self.cursor_place >= 0:
            self.drop_cursor()
        else:
            super().keyPressEvent(event)
