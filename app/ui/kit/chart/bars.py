"""Horizontal bars with their words and numbers in line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.chart.base import Chart
from app.ui.kit.chart.spec import Bar, Cell, Table, plain_number
from app.ui.kit.chart.tip import TipLine

ROW = 30
GAP = 12
CHANGE = 46


class BarsChart(Chart):
    """Bars from a common zero; longer names get up to two fifths of the width. `bar_clicked` tells the place."""

    bar_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self._text: Callable[[float], str] = plain_number
        self._most: float | None = None
        self._empty = ""
        self._columns = (self.tr("Name"), self.tr("Value"), self.tr("Target"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_bars(
        self,
        bars: Sequence[Bar],
        *,
        value_text: Callable[[float], str] = plain_number,
        most: float | None = None,
        empty: str = "",
        columns: tuple[str, str, str] | None = None,
    ) -> None:
        """Show `bars`.

        Args:
            most: What a full bar stands for; by default the largest value or target.
            columns: Heads of the table: name, value, target.
        """
        self._bars, self._text, self._most, self._empty = tuple(bars), value_text, most, empty
        self._columns = columns or self._columns
        self.drop_cursor()
        self.updateGeometry()
        self.update()

    def table(self) -> Table:
        name, value, target = self._columns
        columns: list[tuple[str, list[Cell]]] = [
            (name, [bar.text for bar in self._bars]),
            (value, [bar.value for bar in self._bars]),
        ]
        more: list[tuple[str, list[Cell]]] = [
            (target, [bar.target for bar in self._bars]),
            (self.tr("Proven"), [bar.solid for bar in self._bars]),
            (self.tr("Change"), [bar.change for bar in self._bars]),
        ]
        columns += [(head, cells) for head, cells in more if any(cell is not None for cell in cells)]
        rows = [tuple(cells[place] for _, cells in columns) for place in range(len(self._bars))]
        return Table([head for head, _ in columns], rows)

    def sizeHint(self) -> QSize:
        return QSize(420, max(len(self._bars), 3) * theme.px(ROW) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _full(self) -> float:
        values = [value for bar in self._bars for value in (bar.value, bar.target) if value is not None]
        return self._most or max([value for value in values if value > 0], default=1.0)

    def _row(self, place: int) -> QRectF:
        tall = theme.px(ROW)
        return QRectF(4, 4 + place * tall, self.width() - 8, tall)

    def _columns_of(self, row: QRectF) -> tuple[QRectF, QRectF, QRectF]:
        """Where the name, the bar and the number go."""
        metrics = QFontMetrics(theme.font("body"))
        names = max((metrics.horizontalAdvance(bar.text) for bar in self._bars), default=0) + 6
        numbers = max((metrics.horizontalAdvance(self._number(bar)) for bar in self._bars), default=0) + 6
        names = min(names, int(row.width() * 0.4))
        left = row.left() + 6
        name = QRectF(left, row.top(), names, row.height())
        changed = theme.px(CHANGE) if self._has_change else 0
        number = QRectF(row.right() - numbers - 6 - changed, row.top(), numbers, row.height())
        bar = QRectF(name.right() + GAP, row.center().y() - 5, 0, 10)
        bar.setRight(number.left() - GAP)
        return name, bar, number

    @property
    def _has_change(self) -> bool:
        return any(bar.change is not None for bar in self._bars)

    def _number(self, bar: Bar) -> str:
        return self.tr("unknown") if bar.value is None else self._text(bar.value)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._bars:
            self.paint_empty(painter, self._empty)
        for place, bar in enumerate(self._bars):
            self._paint_bar(painter, place, bar)
        self.paint_focus(painter)

    def _paint_bar(self, painter: QPainter, place: int, bar: Bar) -> None:
        look = theme.current()
        row = self._row(place)
        name, track, number = self._columns_of(row)
        if place == self.cursor_place:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.hover)
            painter.drawRoundedRect(row, 6, 6)
        painter.setFont(theme.font("body"))
        painter.setPen(look.text)
        said = painter.fontMetrics().elidedText(bar.text, Qt.TextElideMode.ElideRight, int(name.width()))
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
        painter.setPen(look.text2 if bar.value is not None else look.text3)
        painter.setFont(theme.numerals(theme.font("body")))
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._number(bar))
        if bar.change is not None:
            place_of = QRectF(number.right() + 4, row.top(), row.right() - number.right() - 8, row.height())
            painter.setPen(look.text3 if not bar.change else look.text)
            painter.drawText(
                place_of, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, arrow(bar.change)
            )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.track)
        if bar.value is None:
            hatch = QColor(look.border3)
            hatch.setAlphaF(0.5)
            painter.setPen(QPen(look.border2, 1))
            painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(track, 5, 5)
        if bar.value:
            filled = QRectF(track)
            filled.setWidth(max(track.width() * min(max(bar.value / self._full(), 0), 1), 4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(bar.color))
            if bar.solid is not None and bar.solid < bar.value:
                painter.setPen(QPen(look.color(bar.color), 1.5))
                painter.setBrush(look.accent_soft)
                painter.drawRoundedRect(filled.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color(bar.color))
                filled.setWidth(track.width() * min(max(bar.solid / self._full(), 0), 1))
            painter.drawRoundedRect(filled, min(5, filled.width() / 2), 5)
        if bar.target is not None:
            x = track.left() + track.width() * min(max(bar.target / self._full(), 0), 1)
            painter.setPen(QPen(look.surface, 5))
            painter.drawLine(QPointF(x, track.top() - 3), QPointF(x, track.bottom() + 3))
            painter.setPen(QPen(look.text, 2))
            painter.drawLine(QPointF(x, track.top() - 3), QPointF(x, track.bottom() + 3))

    def _tell(self, place: int) -> None:
        self.cursor_place = place
        bar = self._bars[place]
        lines = [TipLine(self._columns[1], self._number(bar), bar.color)]
        if bar.target is not None:
            lines.append(TipLine(self._columns[2], self._text(bar.target)))
        if bar.solid is not None:
            lines.append(TipLine(self.tr("Proven"), self._text(bar.solid)))
        if bar.note:
            lines.append(TipLine(bar.note))
        row = self._row(place)
        self.tip.tell(QPointF(self._columns_of(row)[1].center().x(), row.top()), bar.text, lines)
        self.say()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = int((event.position().y() - 4) // theme.px(ROW))
        if not 0 <= place < len(self._bars):
            self.drop_cursor()
        elif place != self.cursor_place:
            self._tell(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = int((event.position().y() - 4) // theme.px(ROW))
        if 0 <= place < len(self._bars):
            self.bar_clicked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Down: 1, keys.Key_Up: -1}
        if self._bars and event.key() in steps:
            self._tell(min(max(self.cursor_place + steps[keys(event.key())], 0), len(self._bars) - 1))
        elif event.key() in ENTERS and self.cursor_place >= 0:
            self.bar_clicked.emit(self.cursor_place)
        elif event.key() == keys.Key_Escape and self.cursor_place >= 0:
            self.drop_cursor()
        else:
            super().keyPressEvent(event)


def arrow(change: float) -> str:
    """A change with its direction; what stayed is a level line."""
    if not change:
        return "–"
    return f"{'▲' if change > 0 else '▼'} {abs(change):.1f}"
