"""A square for each day of one or more years: how much, nothing, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import dates, theme
from app.ui.kit.chart.base import Chart
from app.ui.kit.chart.spec import Table, plain_number
from app.ui.kit.chart.tip import TipLine

LEFT = 34
TOP = 22
BETWEEN = 18
LEGEND = 28
LARGEST_CELL = 17
SMALLEST_CELL = 7
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HeatMap(Chart):
    """Weeks are columns, weekdays rows; years stand under each other, the latest above.

    A day that is missing or None is unknown and hollow; 0 is the first colour. `day_chosen` tells a click or
    Enter. Arrows move by days and weeks, Page Up and Down by years, Home and End to the ends.
    """

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Mapping[date, float | None] = {}
        self._first = self._last = date(2000, 1, 1)
        self._blocks: list[tuple[date, date]] = []
        self._first_weekday = 0
        self._most = 0.0
        self._text: Callable[[date, float | None], str] | None = None
        self._drawn: QPixmap | None = None
        self._day: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_days(
        self,
        values: Mapping[date, float | None],
        first: date,
        last: date,
        *,
        value_text: Callable[[date, float | None], str] | None = None,
        first_weekday: int = 0,
        most: float | None = None,
    ) -> None:
        """Show the days from `first` to `last`.

        Args:
            value_text: What the tip says of a day; by default the number.
            most: The value of the deepest colour; by default one that nine of ten days stay under.
        """
        self._values, self._first, self._last = values, first, last
        self._text, self._first_weekday = value_text, first_weekday
        known = sorted(value for value in values.values() if value)
        self._most = most or (known[int((len(known) - 1) * 0.9)] if known else 1.0)
        self._blocks = _blocks(first, last)
        self._day = None
        self.restyle()
        self.updateGeometry()
        self.drop_cursor()

    @property
    def day(self) -> date | None:
        """The day under the cursor."""
        return self._day

    def table(self) -> Table:
        days = (self._first + timedelta(days=ahead) for ahead in range((self._last - self._first).days + 1))
        return Table(
            (self.tr("Day"), self.tr("Value")),
            [(day, self._values.get(day)) for day in days if self._values.get(day) is not None],
        )

    def restyle(self) -> None:
        self._drawn = None
        self.update()

    def sizeHint(self) -> QSize:
        width = LEFT + 53 * 15 + 2
        return QSize(width, self._tall(14.0))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEFT + 53 * SMALLEST_CELL, self._tall(SMALLEST_CELL))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._tall(self._pitch(width))

    def _tall(self, pitch: float) -> int:
        return round(max(len(self._blocks), 1) * (TOP + 7 * pitch + BETWEEN)) - BETWEEN + LEGEND + 6

    def _pitch(self, width: int) -> float:
        """From one square to the next."""
        weeks = max((self._weeks(block) for block in self._blocks), default=53)
        return min(max((width - LEFT - 4) / max(weeks, 20), SMALLEST_CELL), LARGEST_CELL)

    def _weeks(self, block: tuple[date, date]) -> int:
        return (block[1] - self._monday(block[0])).days // 7 + 1

    def _monday(self, day: date) -> date:
        """The first day of its week, whichever weekday that is."""
        return day - timedelta(days=(day.weekday() - self._first_weekday) % 7)

    def _top(self, place: int) -> float:
        return place * (TOP + 7 * self._pitch(self.width()) + BETWEEN) + 2

    def _square(self, day: date) -> QRectF:
        place = next(at for at, (first, last) in enumerate(self._blocks) if first <= day <= last)
        pitch = self._pitch(self.width())
        start = self._monday(self._blocks[place][0])
        column, row = divmod((day - start).days, 7)
        side = pitch - max(2.0, pitch * 0.18)
        return QRectF(LEFT + column * pitch, self._top(place) + TOP + row * pitch, side, side)

    def _day_at(self, point: QPointF) -> date | None:
        pitch = self._pitch(self.width())
        for place, (first, last) in enumerate(self._blocks):
            top = self._top(place) + TOP
            if top <= point.y() < top + 7 * pitch and point.x() >= LEFT:
                column, row = int((point.x() - LEFT) // pitch), int((point.y() - top) // pitch)
                ordinal = self._monday(first).toordinal() + column * 7 + row
                return date.fromordinal(ordinal) if first.toordinal() <= ordinal <= last.toordinal() else None
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        target = painter.device()
        if target is self:
            ratio = self.devicePixelRatioF()
            if self._drawn is None or self._drawn.devicePixelRatio() != ratio:
                self._drawn = self._draw(ratio)
            painter.drawPixmap(0, 0, self._drawn)
        else:
            self._paint(painter)
        if self._day is not None and self.cursor_place >= 0:
            painter.setPen(QPen(theme.current().text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._square(self._day).adjusted(-1, -1, 1, 1), 3, 3)
        self.paint_focus(painter)

    def _draw(self, ratio: float) -> QPixmap:
        """All of it, once for each size and theme: thousands of squares are slow to paint on each move."""
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter)
        painter.end()
        return made

    def _paint(self, painter: QPainter) -> None:
        for place, block in enumerate(self._blocks):
            self._paint_words(painter, place, block)
        for color, squares in self._by_color().items():
            look = theme.current()
            if color < 0:
                painter.setPen(QPen(look.border2, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                squares = [square.adjusted(0.5, 0.5, -0.5, -0.5) for square in squares]
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.heat[color])
            for square in squares:
                painter.drawRoundedRect(square, 2.5, 2.5)
        self._paint_legend(painter)

    def _by_color(self) -> dict[int, list[QRectF]]:
        found: dict[int, list[QRectF]] = {}
        for first, last in self._blocks:
            for ahead in range((last - first).days + 1):
                day = first + timedelta(days=ahead)
                found.setdefault(self._step(self._values.get(day)), []).append(self._square(day))
        return found

    def _step(self, value: float | None) -> int:
        """The place among the theme's heat colours, -1 for unknown."""
        if value is None:
            return -1
        if value <= 0:
            return 0
        return min(1 + int(value / self._most * 3.999), 4)

    def _paint_words(self, painter: QPainter, place: int, block: tuple[date, date]) -> None:
        look = theme.current()
        locale, pitch, top = QLocale(), self._pitch(self.width()), self._top(place)
        painter.setFont(theme.font(11))
        painter.setPen(look.text3)
        metrics = QFontMetrics(painter.font())
        for row in (0, 2, 4):
            weekday = (self._first_weekday + row) % 7 + 1
            name = locale.standaloneDayName(weekday, QLocale.FormatType.ShortFormat)[:3]
            area = QRectF(0, top + TOP + row * pitch, LEFT - 6, pitch - 2)
            painter.drawText(area, _RIGHT, name)
        start, free_from = self._monday(block[0]), 0.0
        if len(self._blocks) > 1:
            painter.setFont(theme.font("label"))
            painter.setPen(look.text2)
            painter.drawText(
                QRectF(0, top, LEFT - 6, TOP - 6),
                _RIGHT,
                str(block[0].year),
            )
            painter.setFont(theme.font(11))
            painter.setPen(look.text3)
        month = block[0]
        while month <= block[1]:
            x = LEFT + (month - start).days // 7 * pitch
            if month.day > 1:
                # A month that begins in the middle of the range is named over its own first week.
                x = LEFT
            name = locale.standaloneMonthName(month.month, QLocale.FormatType.ShortFormat)
            if month.month == 1 and len(self._blocks) == 1 and month != block[0]:
                name = f"{name} {month.year}"
            after = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
            # A month of a few days gives way to the whole one after it.
            end = x + metrics.horizontalAdvance(name)
            gives_way = month.day > 1 and LEFT + (after - start).days // 7 * pitch < end
            if not gives_way and x >= free_from and end <= self.width():
                painter.drawText(QRectF(x, top, 120, TOP - 6), _LEFT, name)
                free_from = end + 8
            month = after

    def _paint_legend(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setFont(theme.font(11))
        metrics = QFontMetrics(painter.font())
        y = self._top(len(self._blocks)) - BETWEEN + 10.0
        x = float(LEFT)
        for text, colors in (
            (self.tr("Unknown"), (-1,)),
            (self.tr("None"), (0,)),
            (self.tr("More"), (1, 2, 3, 4)),
        ):
            for color in colors:
                square = QRectF(x, y + 1, 11, 11)
                painter.setPen(QPen(look.border2, 1) if color < 0 else Qt.PenStyle.NoPen)
                painter.setBrush(Qt.BrushStyle.NoBrush if color < 0 else look.heat[color])
                painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5) if color < 0 else square, 2.5, 2.5)
                x += 14
            painter.setPen(look.text3)
            painter.drawText(QPointF(x + 3, y + 10), text)
            x += metrics.horizontalAdvance(text) + 18

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawn = None
        super().resizeEvent(event)

    def _tell(self, day: date) -> None:
        self._day, self.cursor_place = day, (day - self._first).days
        value = self._values.get(day)
        if self._text is not None:
            said = self._text(day, value)
        else:
            said = self.tr("unknown") if value is None else plain_number(value)
        self.tip.tell(self._square(day).center(), dates.long_day(day), [TipLine(said)])
        self.say()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is None:
            self.drop_cursor()
        elif day != self._day or self.cursor_place < 0:
            self._tell(day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        day = self._day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._tell(day)
            self.day_chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {
            keys.Key_Left: -7,
            keys.Key_Right: 7,
            keys.Key_Up: -1,
            keys.Key_Down: 1,
            keys.Key_PageUp: 364,
            keys.Key_PageDown: -364,
        }
        at = self._day or self._last
        if event.key() in steps and self._blocks:
            # The first key only shows where the cursor is.
            ahead = steps[keys(event.key())] if self._day is not None else 0
            ordinal = min(max(at.toordinal() + ahead, self._first.toordinal()), self._last.toordinal())
            self._tell(date.fromordinal(ordinal))
        elif event.key() in (keys.Key_Home, keys.Key_End) and self._blocks:
            self._tell(self._first if event.key() == keys.Key_Home else self._last)
        elif event.key() in (keys.Key_Return, keys.Key_Enter) and self._day is not None:
            self.day_chosen.emit(self._day)
        elif event.key() == keys.Key_Escape and self.cursor_place >= 0:
            self.drop_cursor()
        else:
            super().keyPressEvent(event)


def _blocks(first: date, last: date) -> list[tuple[date, date]]:
    """The whole range when it fits into 54 weeks, otherwise its years, the latest first."""
    if (last - first).days <= 54 * 7:
        return [(first, last)]
    return [
        (max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(last.year, first.year - 1, -1)
    ]
