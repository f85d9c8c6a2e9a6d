"""A month on one page, with marks for the days that have something."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui.kit import dates, icons, theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.cards import label
from app.ui.kit.lead import FocusLead

CELL: Final = 38
WEEKS: Final = 6


class MonthGrid(QWidget):
    """Six weeks of days. Arrows move by days and weeks, Page Up and Down by months, Home goes to today.

    `day_chosen` tells every move, `picked` only a click or Enter.
    """

    day_chosen = Signal(object)
    picked = Signal(object)
    month_changed = Signal(object)

    def __init__(self, today: date, first_weekday: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today, self.chosen = today, today
        self.month = today.replace(day=1)
        self.first_weekday = first_weekday
        self.marks: Mapping[date, int] = {}
        self.rings: Collection[date] = frozenset()
        self.curves: Mapping[date, float] = {}
        self.notes: Mapping[date, str] = {}
        self._hovered: date | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(7 * 30)
        self.describe()

    def first_day(self) -> date:
        """The day at the top left."""
        return self.month - timedelta(days=(self.month.weekday() - self.first_weekday) % 7)

    def go(self, day: date, *, tell: bool = True) -> None:
        """Choose `day` and show its month."""
        self.show_month(day.replace(day=1))
        self._update_day(self.chosen)
        self.chosen = day
        self._update_day(day)
        self.describe()
        if tell:
            self.day_chosen.emit(day)

    def show_month(self, month: date) -> None:
        """Show the month that begins on `month`."""
        if month != self.month:
            self.month = month
            self.month_changed.emit(month)
            self.update()

    def describe(self) -> None:
        """Say the chosen day to screen readers."""
        words = [dates.long_day(self.chosen)]
        if note := self.notes.get(self.chosen):
            words.append(note)
        elif count := self.marks.get(self.chosen):
            words.append(self.tr("%n marked", "", count))
        self.setAccessibleDescription(", ".join(words))

    def sizeHint(self) -> QSize:
        return QSize(7 * theme.px(CELL), theme.px(22) + WEEKS * theme.px(CELL))

    def heightForWidth(self, width: int) -> int:
        return self.sizeHint().height()

    def _cell(self, place: int) -> QRectF:
        wide, tall, top = self.width() / 7, theme.px(CELL), theme.px(22)
        column = place % 7
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        return QRectF(column * wide, top + place // 7 * tall, wide, tall)

    def _update_day(self, day: date) -> None:
        place = (day - self.first_day()).days
        if 0 <= place < 7 * WEEKS:
            self.update(self._cell(place).toAlignedRect())

    def _day_at(self, point: QPointF) -> date | None:
        for place in range(7 * WEEKS):
            if self._cell(place).contains(point):
                return self.first_day() + timedelta(days=place)
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("label"))
        painter.setPen(look.text3)
        for column in range(7):
            weekday = (self.first_weekday + column) % 7 + 1
            name = self.locale().standaloneDayName(weekday, QLocale.FormatType.ShortFormat)[:2]
            area = QRectF(self._cell(column).left(), 0, self.width() / 7, theme.px(18))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)
        first = self.first_day()
        for place in range(7 * WEEKS):
            cell = self._cell(place)
            if cell.intersects(QRectF(event.rect())):
                self._paint_day(painter, cell, first + timedelta(days=place))

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        look = theme.current()
        inside = day.month == self.month.month
        side = min(cell.width(), cell.height()) - 4
        tile = QRectF(cell.center().x() - side / 2, cell.center().y() - side / 2, side, side)
        is_chosen = day == self.chosen and inside
        if is_chosen or day == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.accent if is_chosen else look.pressed)
            painter.drawRoundedRect(tile, 8, 8)
        if day == self.today and not is_chosen:
            painter.setPen(QPen(look.accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(tile.adjusted(0.75, 0.75, -0.75, -0.75), 8, 8)
        if is_chosen and self.hasFocus():
            painter.setPen(QPen(look.surface, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(tile.adjusted(2, 2, -2, -2), 6, 6)
        ink = look.on_accent if is_chosen else look.text if inside else look.text3
        if day == self.today and not is_chosen:
            ink = look.accent
        painter.setPen(ink)
        is_strong = inside and day in (self.today, self.chosen)
        painter.setFont(theme.font("strong" if is_strong else "body") if inside else theme.font(12))
        # Always a little above the middle, so that numbers stand in line with or without marks.
        painter.drawText(tile.adjusted(0, 0, 0, -6), Qt.AlignmentFlag.AlignCenter, str(day.day))
        self._paint_marks(painter, tile, day, is_chosen=is_chosen, inside=inside)

    def _paint_marks(self, painter: QPainter, tile: QRectF, day: date, *, is_chosen: bool, inside: bool) -> None:
        look = theme.current()
        dots = min(self.marks.get(day, 0), 3)
        ring = day in self.rings
        steps = dots + ring
        x, y = tile.center().x() - (steps - 1) * 3, tile.bottom() - 7.5
        ink = look.on_accent if is_chosen else look.accent if inside else look.border3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for place in range(dots):
            painter.drawEllipse(QPointF(x + place * 6, y), 2, 2)
        if ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.on_accent if is_chosen else look.series[1], 1.3))
            painter.drawEllipse(QPointF(x + dots * 6, y), 1.9, 1.9)
        if day in self.curves:
            ink = look.on_accent if is_chosen else look.text3 if inside else look.border3
            paint_curve(painter, QPointF(tile.center().x(), tile.bottom() - 1.5), self.curves[day], ink, wide=10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        rightward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        days = {keys.Key_Left: -rightward, keys.Key_Right: rightward, keys.Key_Up: -7, keys.Key_Down: 7}
        months = {keys.Key_PageUp: -1, keys.Key_PageDown: 1}
        key = keys(event.key())
        if key in days:
            self.go(_within(self.chosen.toordinal() + days[key]))
        elif key in months:
            by_year = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.go(shifted(self.chosen, months[key] * (12 if by_year else 1)))
        elif key == keys.Key_Home:
            self.go(self.today)
        elif key in (*ENTERS, keys.Key_Space):
            self.picked.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go(day)
            self.picked.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day != self._hovered:
            self._hovered = day
            self.setToolTip(f"{dates.long_day(day)}\n{self.notes[day]}" if day and day in self.notes else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.show_month(shifted(self.month, -1 if event.angleDelta().y() > 0 else 1))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


class MonthCalendar(QWidget):
    """The month's name, ways to other months, and its days.

    `set_marks` shows up to three dots under a day, a ring for a second kind of thing, and a small curve.
    """

    day_chosen = Signal(object)
    month_changed = Signal(object)

    def __init__(self, today: date, *, first_weekday: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = MonthGrid(today, first_weekday)
        self.grid.setAccessibleName(self.tr("Calendar"))
        self._name = label("", "strong")
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.setSpacing(2)
        head.addWidget(self._name, 1)
        for icon, text, slot in (
            ("chevron-left", self.tr("Month before"), self._back),
            ("circle-dot", self.tr("Today"), self._to_today),
            ("chevron-right", self.tr("Month after"), self._ahead),
        ):
            head.addWidget(self._button(icon, text, slot))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.grid)
        self.grid.day_chosen.connect(self.day_chosen)
        self.grid.month_changed.connect(self._show_name)
        self.grid.month_changed.connect(self.month_changed)
        FocusLead(self, lambda: self.grid)
        self._show_name()

    @property
    def day(self) -> date:
        """The chosen day."""
        return self.grid.chosen

    @property
    def month(self) -> date:
        """The first day of the month on show."""
        return self.grid.month

    def choose(self, day: date) -> None:
        """Choose a day and show its month, without telling `day_chosen`."""
        self.grid.go(day, tell=False)

    def set_marks(
        self,
        marks: Mapping[date, int],
        rings: Collection[date] = frozenset(),
        *,
        curves: Mapping[date, float] | None = None,
        notes: Mapping[date, str] | None = None,
    ) -> None:
        """Days that have something, and how much; days with something of the second kind.

        Args:
            curves: How a curve below the day bends, from -1 (down) to 1 (up). notes: A day in words.
        """
        drawn = (self.grid.marks, self.grid.rings, self.grid.curves)
        self.grid.marks, self.grid.rings = marks, rings
        self.grid.curves, self.grid.notes = curves or {}, notes or {}
        self.grid.describe()
        if drawn != (marks, rings, self.grid.curves):  # it is told at every save while somebody types
            self.grid.update()

    def set_first_weekday(self, weekday: int) -> None:
        """0 is Monday, 6 is Sunday."""
        self.grid.first_weekday = weekday
        self.grid.update()

    def _button(self, icon: str, text: str, slot: object) -> QToolButton:
        made = QToolButton()
        made.setIcon(icons.icon(icon))
        made.setIconSize(QSize(16, 16))
        made.setToolTip(text)
        made.setAccessibleName(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(slot)
        return made

    def _show_name(self) -> None:
        self._name.setText(dates.month_text(self.grid.month))

    def _back(self) -> None:
        self.grid.show_month(shifted(self.grid.month, -1))

    def _ahead(self) -> None:
        self.grid.show_month(shifted(self.grid.month, 1))

    def _to_today(self) -> None:
        self.grid.go(self.grid.today)


def paint_curve(painter: QPainter, middle: QPointF, bend: float, ink: QColor, *, wide: float = 8) -> None:
    """A short line that bends as a mouth does: -1 down, 0 straight, 1 up."""
    depth = 3.2 * max(-1.0, min(1.0, bend))
    path = QPainterPath(QPointF(middle.x() - wide / 2, middle.y() - depth / 2))
    path.quadTo(
        QPointF(middle.x(), middle.y() + depth * 1.5), QPointF(middle.x() + wide / 2, middle.y() - depth / 2)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(path)


def shifted(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _within(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
