"""A square for each day of one or more years: how much, nothing, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import dates, theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.chart.base import Chart
from app.ui.kit.chart.spec import Table, plain_number
from app.ui.kit.chart.tip import TipLine
from app.ui.kit.chart.weeks import BETWEEN, LEFT, SMALLEST, TOP, Weeks

LEGEND = 28
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
        self._value_name = ""
        self._weeks = Weeks(date(2000, 1, 1), date(2000, 1, 1), 0)
        self._most = 0.0
        self._text: Callable[[date, float | None], str] | None = None
        self._drawn: QPixmap | None = None
        self._day: date | None = None
        self._as_shapes = False
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
        value_name: str = "",
    ) -> None:
        """Show the days from `first` to `last`.

        Args:
            value_text: What the tip says of a day; by default the number.
            most: The value of the deepest colour; by default one that nine of ten days stay under.
            value_name: What is counted, over its column of the table.
        """
        self._values, self._text = values, value_text
        self._value_name = value_name or self.tr("Value")
        known = sorted(value for value in values.values() if value)
        self._most = most or (known[int((len(known) - 1) * 0.9)] if known else 1.0)
        self._weeks = Weeks(first, last, first_weekday)
        self._day = None
        self.restyle()
        self.updateGeometry()
        self.drop_cursor()

    @property
    def day(self) -> date | None:
        """The day under the cursor."""
        return self._day

    def table(self) -> Table:
        days = (
            self._weeks.first + timedelta(days=ahead)
            for ahead in range((self._weeks.last - self._weeks.first).days + 1)
        )
        return Table(
            (self.tr("Day"), self._value_name),
            [(day, self._values.get(day)) for day in days if self._values.get(day) is not None],
        )

    def restyle(self) -> None:
        self._drawn = None
        self.update()

    def sizeHint(self) -> QSize:
        width = LEFT + 53 * 15 + 2
        return QSize(width, self._tall(14.0))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEFT + 53 * SMALLEST, self._tall(SMALLEST))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._tall(self._weeks.pitch(width))

    def _tall(self, pitch: float) -> int:
        return round(self._weeks.top(len(self._weeks.blocks), pitch)) - BETWEEN + LEGEND + 4

    def _pitch(self) -> float:
        return self._weeks.pitch(self.width())

    def draw_on(self, painter: QPainter) -> None:
        self._as_shapes = True
        super().draw_on(painter)
        self._as_shapes = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._as_shapes:
            self._paint(painter, as_shapes=True)
            return
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatio() != ratio:
            self._drawn = self._draw(ratio)
        painter.drawPixmap(0, 0, self._drawn)
        if self._day is not None and self.cursor_place >= 0:
            painter.setPen(QPen(theme.current().text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._weeks.square(self._day, self._pitch()).adjusted(-1, -1, 1, 1), 3, 3)
        self.paint_focus(painter)

    def _draw(self, ratio: float) -> QPixmap:
        """All of it, once for each size and theme: thousands of squares are slow to paint on each move."""
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, as_shapes=False)
        painter.end()
        return made

    def _paint(self, painter: QPainter, *, as_shapes: bool) -> None:
        for place, block in enumerate(self._weeks.blocks):
            self._paint_words(painter, place, block)
        for color, squares in self._by_color().items():
            if as_shapes:
                for square in squares:
                    _paint_square(painter, square, color)
                continue
            # A stamp for each colour: drawing thousands of smooth shapes takes half a second.
            stamp = self._stamp(squares[0].width(), color, painter.device().devicePixelRatioF())
            for square in squares:
                painter.drawPixmap(round(square.x()) - 1, round(square.y()) - 1, stamp)
        y = self._weeks.top(len(self._weeks.blocks), self._pitch()) - BETWEEN + 10.0
        words = (self.tr("Unknown"), self.tr("None"), self.tr("More"))
        _paint_scale(painter, y, words)

    def _stamp(self, side: float, color: int, ratio: float) -> QPixmap:
        made = QPixmap(QSizeF(side + 2, side + 2).toSize() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_square(painter, QRectF(1, 1, side, side), color)
        painter.end()
        return made

    def _by_color(self) -> dict[int, list[QRectF]]:
        found: dict[int, list[QRectF]] = {}
        for day, square in self._weeks.squares(self._pitch()):
            found.setdefault(self._step(self._values.get(day)), []).append(square)
        return found

    def _step(self, value: float | None) -> int:
        """The place among the theme's heat colours, -1 for unknown."""
        if value is None:
            return -1
        if value <= 0:
            return 0
        return min(1 + int(value / self._most * 3.999), 4)

    def _name_weekdays(self, painter: QPainter, top: float, pitch: float) -> None:
        rows = (0, 2, 4)
        weekdays = [(self._weeks.first_weekday + row) % 7 + 1 for row in rows]
        names = [QLocale().standaloneDayName(each, QLocale.FormatType.ShortFormat)[:3] for each in weekdays]
        small = theme.font(11)
        widest = max(QFontMetrics(small).horizontalAdvance(name) for name in names)
        if widest > LEFT - 6:  # the squares begin there at any size of text
            small.setPixelSize(max(small.pixelSize() * (LEFT - 7) // widest, 9))
        painter.save()
        painter.setFont(small)
        for row, name in zip(rows, names, strict=True):
            area = QRectF(0, top + TOP + row * pitch, LEFT - 6, pitch - 2)
            painter.drawText(area, _RIGHT, name)
        painter.restore()

    def _paint_words(self, painter: QPainter, place: int, block: tuple[date, date]) -> None:
        look = theme.current()
        locale, pitch = QLocale(), self._pitch()
        top = self._weeks.top(place, pitch)
        painter.setFont(theme.font(11))
        painter.setPen(look.text3)
        metrics = QFontMetrics(painter.font())
        self._name_weekdays(painter, top, pitch)
        start, free_from = self._weeks.start_of(block[0]), 0.0
        if len(self._weeks.blocks) > 1:
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
            if month.month == 1 and len(self._weeks.blocks) == 1 and month != block[0]:
                name = f"{name} {month.year}"
            after = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
            # A month of a few days gives way to the whole one after it.
            end = x + metrics.horizontalAdvance(name)
            gives_way = month.day > 1 and LEFT + (after - start).days // 7 * pitch < end
            if not gives_way and x >= free_from and end <= self.width():
                painter.drawText(QRectF(x, top, 120, TOP - 6), _LEFT, name)
                free_from = end + 8
            month = after

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawn = None
        super().resizeEvent(event)

    def _tell(self, day: date) -> None:
        self._day, self.cursor_place = day, (day - self._weeks.first).days
        value = self._values.get(day)
        if self._text is not None:
            said = self._text(day, value)
        else:
            said = self.tr("unknown") if value is None else plain_number(value)
        self.tip.tell(self._weeks.square(day, self._pitch()).center(), dates.long_day(day), [TipLine(said)])
        self.say()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._weeks.day_at(event.position(), self._pitch())
        if day is None:
            self.drop_cursor()
        elif day != self._day or self.cursor_place < 0:
            self._tell(day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        day = self._weeks.day_at(event.position(), self._pitch())
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
        at = self._day or self._weeks.last
        if event.key() in steps:
            # The first key only shows where the cursor is.
            ahead = steps[keys(event.key())] if self._day is not None else 0
            ordinal = min(max(at.toordinal() + ahead, self._weeks.first.toordinal()), self._weeks.last.toordinal())
            self._tell(date.fromordinal(ordinal))
        elif event.key() in (keys.Key_Home, keys.Key_End):
            self._tell(self._weeks.first if event.key() == keys.Key_Home else self._weeks.last)
        elif event.key() in ENTERS and self._day is not None:
            self.day_chosen.emit(self._day)
        elif event.key() == keys.Key_Escape and self.cursor_place >= 0:
            self.drop_cursor()
        else:
            super().keyPressEvent(event)


def _paint_square(painter: QPainter, square: QRectF, color: int) -> None:
    """A day in a step of the heat colours; hollow for -1, which is unknown."""
    look = theme.current()
    if color < 0:
        painter.setPen(QPen(look.border2, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        square = square.adjusted(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.heat[color])
    painter.drawRoundedRect(square, 2.5, 2.5)


def _paint_scale(painter: QPainter, y: float, words: tuple[str, str, str]) -> None:
    """What the colours mean: unknown, nothing, more."""
    painter.setFont(theme.font(11))
    metrics = QFontMetrics(painter.font())
    x = float(LEFT)
    for text, colors in zip(words, ((-1,), (0,), (1, 2, 3, 4)), strict=True):
        for color in colors:
            _paint_square(painter, QRectF(x, y + 1, 11, 11), color)
            x += 14
        painter.setPen(theme.current().text3)
        painter.drawText(QPointF(x + 3, y + 10), text)
        x += metrics.horizontalAdvance(text) + 18
