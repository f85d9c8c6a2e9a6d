"""All key results of a list side by side, each as a small line on its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.core.measure import Reading
from app.core.objectives import KeyResultRow, ObjectiveRow
from app.ui.kit import theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.chart import Chart, Table
from app.ui.kit.chart.tip import TipLine
from app.ui.kit.dates import short_day
from app.ui.objectives.values import STATUS_ROLES, share_text, standing_text, status_text

NARROWEST: Final = 190
TALL: Final = 112
GAP: Final = 12
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Small:
    """A key result of `objective` with its readings, oldest first, one a day."""

    objective: ObjectiveRow
    result: KeyResultRow
    readings: Sequence[Reading]


class SmallMultiples(Chart):
    """A small line for each key result; arrows go from one to the next, `chosen` tells (objective, key result)."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._smalls: tuple[Small, ...] = ()
        self._today = date.min

    def show_smalls(self, smalls: Sequence[Small], today: date) -> None:
        """Show `smalls`, in this order."""
        self._smalls, self._today = tuple(smalls), today
        self.drop_cursor()
        self._make_room()
        self.update()

    def table(self) -> Table:
        columns = (
            self.tr("Day"),
            self.tr("Objective"),
            self.tr("Key result"),
            self.tr("Value"),
            self.tr("Unit"),
            self.tr("Target"),
        )
        rows = [
            (day, small.objective.title, small.result.title, value, small.result.unit, small.result.target)
            for small in self._smalls
            for day, value in small.readings
        ]
        return Table(columns, rows)

    def sizeHint(self) -> QSize:
        return QSize(640, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._smalls:
            self.paint_empty(painter, self.tr("No key result here yet."))
        seen = QRectF(event.rect())
        for place, small in enumerate(self._smalls):
            cell = self._cell(place)
            if cell.intersects(seen):
                self._paint_small(painter, cell, small, is_told=place == self.cursor_place)
        self.paint_focus(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is None:
            self.drop_cursor()
        elif place != self.cursor_place:
            self._tell(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self._place_at(event.position())
        if place is not None:
            self._choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        columns = self._columns()
        steps = {keys.Key_Right: 1, keys.Key_Left: -1, keys.Key_Down: columns, keys.Key_Up: -columns}
        if self._smalls and event.key() in steps:
            step = steps[keys(event.key())]
            self._tell(min(max(self.cursor_place + step, 0), len(self._smalls) - 1))
        elif event.key() in ENTERS and self.cursor_place >= 0:
            self._choose(self.cursor_place)
        elif event.key() == keys.Key_Escape and self.cursor_place >= 0:
            self.drop_cursor()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ where

    def _columns(self) -> int:
        return max(1, int((self.width() + GAP) // (theme.px(NARROWEST) + GAP)))

    def _height(self) -> int:
        rows = -(-len(self._smalls) // self._columns()) or 1
        return int(rows * (theme.px(TALL) + GAP) - GAP + 4)

    def _make_room(self) -> None:
        self.setMinimumHeight(self._height())

    def _cell(self, place: int) -> QRectF:
        columns = self._columns()
        row, column = divmod(place, columns)
        wide = (self.width() - 4 - GAP * (columns - 1)) / columns
        tall = theme.px(TALL)
        return QRectF(2 + column * (wide + GAP), 2 + row * (tall + GAP), wide, tall)

    def _place_at(self, point: QPointF) -> int | None:
        return next((place for place in range(len(self._smalls)) if self._cell(place).contains(point)), None)

    # ------------------------------------------------------------ what is drawn and said

    def _paint_small(self, painter: QPainter, cell: QRectF, small: Small, *, is_told: bool) -> None:
        look, result = theme.current(), small.result
        painter.setBrush(look.hover if is_told else look.surface)
        painter.setPen(QPen(look.border, 1))
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inner = cell.adjusted(10, 8, -10, -8)
        line = QRectF(inner.left(), inner.top(), inner.width(), theme.px(18))
        painter.setFont(theme.font("secondary"))
        painter.setPen(look.text2)
        painter.drawText(line, LEFT, _elided(painter, result.title, line.width()))
        line.translate(0, theme.px(18))
        share = share_text(result.progress) if result.progress is not None else ""
        painter.drawText(line, RIGHT, share)
        room = line.width() - painter.fontMetrics().horizontalAdvance(share) - 8
        painter.setFont(theme.numerals(theme.font("strong")))
        painter.setPen(look.text if result.said.value is not None else look.text3)
        painter.drawText(line, LEFT, _elided(painter, _standing(result), room))
        below = QRectF(inner.left(), line.bottom() + 6, inner.width(), inner.bottom() - line.bottom() - 6)
        self._paint_line(painter, below.adjusted(1, 0, -4, -3), small)

    def _paint_line(self, painter: QPainter, area: QRectF, small: Small) -> None:
        look, result = theme.current(), small.result
        days = [day.toordinal() for day, _ in small.readings]
        period = small.objective.period
        if period:
            days += [period.first.toordinal(), period.last.toordinal()]
        values = [value for _, value in small.readings]
        edges = [value for value in (result.baseline, result.target) if value is not None]
        if not days or not values + edges:
            return
        first, last = min(days), max(max(days), min(days) + 1)
        low, high = min(values + edges), max(values + edges)
        high = high if high > low else low + 1

        def spot(day: int, value: float) -> QPointF:
            x = area.left() + area.width() * (day - first) / (last - first)
            return QPointF(x, area.bottom() - area.height() * (value - low) / (high - low))

        if result.target is not None:
            pen = QPen(look.text3, 1)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawLine(spot(first, result.target), spot(last, result.target))
        ink = look.color(STATUS_ROLES.get(result.status or "", "accent"))
        points = [spot(day.toordinal(), value) for day, value in small.readings]
        painter.setPen(QPen(ink, 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        if points:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(points[-1], 3, 3)

    def _tell(self, place: int) -> None:
        self.cursor_place = place
        small = self._smalls[place]
        result = small.result
        lines = [TipLine(small.objective.title), TipLine(self.tr("Now"), _standing(result))]
        if result.said.value_day is not None:
            lines.append(TipLine(self.tr("Read on"), short_day(result.said.value_day, self._today)))
        if result.target is not None:
            shape = (result.measure, result.target, result.target, result.unit_kind, result.unit)
            lines.append(TipLine(self.tr("Target"), standing_text(*shape)))
        lines.append(TipLine(self.tr("Progress"), share_text(result.progress)))
        if result.status:
            lines.append(TipLine(self.tr("Status"), status_text(result.status), STATUS_ROLES[result.status]))
        lines.append(TipLine(self.tr("Readings"), self.locale().toString(len(small.readings))))
        cell = self._cell(place)
        self.tip.tell(QPointF(cell.center().x(), cell.center().y()), result.title, lines)
        self.say()
        self.update()

    def _choose(self, place: int) -> None:
        small = self._smalls[place]
        self.chosen.emit(small.objective.id, small.result.id)


def _standing(result: KeyResultRow) -> str:
    return standing_text(result.measure, result.said.value, result.target, result.unit_kind, result.unit)


def _elided(painter: QPainter, text: str, room: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))
