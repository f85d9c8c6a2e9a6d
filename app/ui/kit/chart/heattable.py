"""A table of coloured squares: how much each row had in each column, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.chart.base import Chart
from app.ui.kit.chart.spec import Cell, Table, plain_number
from app.ui.kit.chart.tip import TipLine

ROW = 24
TOP = 26
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class HeatTable(Chart):
    """Rows with names, columns with names; None is unknown and hollow. `row_clicked` tells a click or Enter."""

    row_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[str] = ()
        self._heads: Sequence[str] = ()
        self._values: Sequence[Sequence[float | None]] = ()
        self._most = 5.0
        self._text: Callable[[float], str] = plain_number
        self._empty = ""
        self._in_words = False
        self._column = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_cells(
        self,
        rows: Sequence[str],
        heads: Sequence[str],
        values: Sequence[Sequence[float | None]],
        *,
        most: float,
        value_text: Callable[[float], str] = plain_number,
        empty: str = "",
        in_words: bool = False,
    ) -> None:
        """Show a row of `values` for each of `rows`, a place for each of `heads`; `most` is the deepest colour.

        Args:
            in_words: Whether the table says what the squares say, the values being mere steps.
        """
        self._rows, self._heads, self._values = tuple(rows), tuple(heads), values
        self._most, self._text, self._empty = most, value_text, empty
        self._in_words = in_words
        self.drop_cursor()
        self.updateGeometry()
        self.update()

    def table(self) -> Table:
        rows = [[name, *map(self._cell_of, values)] for name, values in zip(self._rows, self._values, strict=True)]
        return Table((self.tr("Name"), *self._heads), rows)

    def _cell_of(self, value: float | None) -> Cell:
        return self._text(value) if self._in_words and value is not None else value

    def sizeHint(self) -> QSize:
        rows = len(self._rows) if self._heads else 0
        return QSize(460, theme.px(TOP) + max(rows, 4) * theme.px(ROW) + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def _cell(self, row: int, column: int) -> QRectF:
        left = 8 + self._names()
        wide = (self.width() - left - 8) / max(len(self._heads), 1)
        tall = theme.px(ROW)
        return QRectF(left + column * wide, theme.px(TOP) + row * tall, wide, tall).adjusted(1, 1, -1, -1)

    def _names(self) -> float:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in self._rows), default=0) + 20
        return min(float(widest), self.width() * 0.36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._values or not self._heads:
            self.paint_empty(painter, self._empty)
        else:
            self._paint_heads(painter)
            for row in range(len(self._rows)):
                self._paint_row(painter, row)
        self.paint_focus(painter)

    def _paint_heads(self, painter: QPainter) -> None:
        painter.setFont(theme.font(11))
        painter.setPen(theme.current().text3)
        metrics = painter.fontMetrics()
        room = self._cell(0, 0).width()
        widest = max(metrics.horizontalAdvance(head) for head in self._heads) + 6
        # Those that have no room for their names take turns, so that the last is always told.
        every = max(1, round(widest / room + 0.499))
        last = len(self._heads) - 1
        for column in range(last, -1, -every):
            cell = self._cell(0, column)
            around = QRectF(cell.center().x() - widest / 2, 2, widest, theme.px(TOP) - 4)
            around.moveRight(min(around.right(), self.width() - 2.0))
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter, self._heads[column])

    def _paint_row(self, painter: QPainter, row: int) -> None:
        look = theme.current()
        first = self._cell(row, 0)
        area = QRectF(8, first.top(), self._names() - 12, first.height())
        painter.setFont(theme.font(12))
        painter.setPen(look.text if row == self.cursor_place else look.text2)
        name = painter.fontMetrics().elidedText(self._rows[row], Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, _LEFT, name)
        painter.setFont(theme.numerals(theme.font(11)))
        for column, value in enumerate(self._values[row]):
            cell = self._cell(row, column)
            self._paint_cell(painter, cell, value)
            if row == self.cursor_place and column == self._column:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.focus, 2))
                painter.drawRoundedRect(cell, 3, 3)

    def _paint_cell(self, painter: QPainter, cell: QRectF, value: float | None) -> None:
        look = theme.current()
        if value is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.border, 1))
            painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            return
        share = min(max(value / self._most, 0.0), 1.0)
        ground = look.heat[min(round(share * (len(look.heat) - 1)), len(look.heat) - 1)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(cell, 3, 3)
        if cell.width() >= 26:
            inks = (look.text, look.on_accent, look.surface)
            painter.setPen(max(inks, key=lambda ink: abs(ink.lightnessF() - ground.lightnessF())))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._text(value))

    def _at(self, point: QPointF) -> tuple[int, int]:
        row = int((point.y() - theme.px(TOP)) // theme.px(ROW))
        if not 0 <= row < len(self._rows) or not self._heads:
            return -1, -1
        first = self._cell(row, 0)
        column = int((point.x() - first.left()) // (first.width() + 2))
        return row, min(max(column, 0), len(self._heads) - 1)

    def _tell(self, row: int, column: int) -> None:
        self.cursor_place, self._column = row, column
        value = self._values[row][column]
        said = self.tr("unknown") if value is None else self._text(value)
        cell = self._cell(row, column)
        self.tip.tell(
            QPointF(cell.center().x(), cell.top()), self._rows[row], [TipLine(self._heads[column], said)]
        )
        self.say()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row, column = self._at(event.position())
        if row < 0:
            self.drop_cursor()
        elif (row, column) != (self.cursor_place, self._column):
            self._tell(row, column)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row, _ = self._at(event.position())
        if row >= 0:
            self.row_clicked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {
            keys.Key_Down: (1, 0),
            keys.Key_Up: (-1, 0),
            keys.Key_Right: (0, 1),
            keys.Key_Left: (0, -1),
        }
        if self._values and self._heads and event.key() in steps:
            down, right = steps[keys(event.key())]
            told = self.cursor_place >= 0
            row = self.cursor_place + down if told else 0
            column = self._column + right if told else len(self._heads) - 1
            self._tell(min(max(row, 0), len(self._rows) - 1), min(max(column, 0), len(self._heads) - 1))
        elif event.key() in ENTERS and self.cursor_place >= 0:
            self.row_clicked.emit(self.cursor_place)
        elif event.key() == keys.Key_Escape and self.cursor_place >= 0:
            self.drop_cursor()
        else:
            super().keyPressEvent(event)
