"""A year at a glance: twelve months of days, each with a mark for how much it has."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import dates, theme
from app.ui.kit.actions import ENTERS, button
from app.ui.kit.calendar import paint_curve
from app.ui.kit.cards import label
from app.ui.kit.lead import FocusLead

CELL: Final = 22
HEAD: Final = 24
ACROSS: Final = 4
GAP: Final = 20


@dataclass(frozen=True, slots=True)
class DayLook:
    """How a day of the year looks: how dark (0 to 4), how its curve bends (-1 to 1), what is said."""

    much: int
    bend: float | None = None
    note: str = ""


NOTHING: Final = DayLook(0)


class YearGrid(QWidget):
    """Arrows move by days and weeks, Page Up and Down by months; Enter and a click pick."""

    picked = Signal(object)
    year_changed = Signal(int)

    def __init__(self, day: date, first_weekday: int) -> None:
        super().__init__()
        self.chosen = day
        self.first_weekday = first_weekday
        self.marks: Mapping[date, DayLook] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        width, height = theme.px(CELL) * 7, theme.px(CELL) * 6 + theme.px(HEAD)
        return QSize(width * ACROSS + GAP * (ACROSS - 1), height * 3 + GAP * 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def go(self, day: date) -> None:
        """Choose a day; its year comes into view."""
        turned = day.year != self.chosen.year
        self.chosen = day
        self.setAccessibleDescription(
            ", ".join(filter(None, (dates.long_day(day), self.marks.get(day, NOTHING).note)))
        )
        if turned:
            self.year_changed.emit(day.year)
        self.update()

    def place_of(self, day: date) -> QRectF:
        """Where a day of the year on show is painted."""
        cell, head = theme.px(CELL), theme.px(HEAD)
        first = day.replace(day=1)
        number = (first.weekday() - self.first_weekday) % 7 + day.day - 1
        left = (day.month - 1) % ACROSS * (cell * 7 + GAP) + number % 7 * cell
        top = (day.month - 1) // ACROSS * (cell * 6 + head + GAP) + head + number // 7 * cell
        return QRectF(left, top, cell, cell)

    def day_at(self, point: QPointF) -> date | None:
        """The day painted at a point."""
        for month in range(1, 13):
            for number in range(1, monthrange(self.chosen.year, month)[1] + 1):
                day = date(self.chosen.year, month, number)
                if self.place_of(day).contains(point):
                    return day
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            first = date(self.chosen.year, month, 1)
            painter.setFont(theme.font("strong"))
            painter.setPen(look.text)
            box = self.place_of(first)
            left = (month - 1) % ACROSS * (theme.px(CELL) * 7 + GAP)
            top = (month - 1) // ACROSS * (theme.px(CELL) * 6 + theme.px(HEAD) + GAP)
            painter.drawText(QPointF(left + 4, top + theme.px(15)), QLocale().standaloneMonthName(month))
            painter.setFont(theme.font("hint"))
            for number in range(monthrange(first.year, month)[1]):
                day = first + timedelta(days=number)
                box = self.place_of(day)
                self._paint_day(painter, day, box)

    def _paint_day(self, painter: QPainter, day: date, box: QRectF) -> None:
        look, said = theme.current(), self.marks.get(day, NOTHING)
        much = said.much
        inner = box.adjusted(1, 1, -1, -1)
        if much:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.heat[min(much, len(look.heat) - 1)])
            painter.drawRoundedRect(inner, 4, 4)
        if day == self.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.surface, 4))  # so that the ring also shows around a day as deep as itself
            painter.drawRoundedRect(inner, 4, 4)
            painter.setPen(QPen(look.text if self.hasFocus() else look.accent, 2))
            painter.drawRoundedRect(box, 5, 5)
        is_deep = much >= 3
        ink = look.on_accent if is_deep else look.text if much else look.text3
        painter.setPen(ink)
        if said.bend is not None:
            quiet = look.on_accent if is_deep else look.text2
            paint_curve(painter, QPointF(box.center().x(), box.bottom() - 3.5), said.bend, quiet, wide=7)
            painter.setPen(ink)
        painter.drawText(box.adjusted(0, 0, 0, -3), Qt.AlignmentFlag.AlignCenter, str(day.day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Up: -7, keys.Key_Down: 7}
        months = {keys.Key_PageUp: -30, keys.Key_PageDown: 30}
        key = keys(event.key())
        if key in steps or key in months:
            self.go(_moved(self.chosen, steps.get(key) or months[key]))
        elif key in (*ENTERS, keys.Key_Space):
            self.picked.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (day := self.day_at(event.position())) is not None:
            self.go(day)
            self.picked.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        note = self.marks.get(day, NOTHING).note if day else ""
        self.setToolTip("\n".join(filter(None, (dates.long_day(day), note))) if day else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.go(_moved(self.chosen, -365 if event.angleDelta().y() > 0 else 365))


class YearCalendar(QWidget):
    """The year's number, ways to other years, and its days; `marks_of` says what a year has."""

    picked = Signal(object)

    def __init__(
        self, day: date, marks_of: Callable[[int], Mapping[date, DayLook]], *, first_weekday: int = 0
    ) -> None:
        super().__init__()
        self._marks_of = marks_of
        self.grid = YearGrid(day, first_weekday)
        self.grid.setAccessibleName(self.tr("Year"))
        self._name = label("", "section")
        head = QHBoxLayout()
        head.addWidget(
            button(role="quiet", icon="chevron-left", slot=lambda: self._turn(-1), tip=self.tr("Year before"))
        )
        head.addWidget(self._name)
        head.addWidget(
            button(role="quiet", icon="chevron-right", slot=lambda: self._turn(1), tip=self.tr("Year after"))
        )
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.grid)
        self.grid.picked.connect(self.picked)
        self.grid.year_changed.connect(self._show)
        FocusLead(self, lambda: self.grid)
        self._show(day.year)

    def _turn(self, years: int) -> None:
        day = self.grid.chosen
        year = min(max(day.year + years, 1), 9999)
        self.grid.go(date(year, day.month, min(day.day, monthrange(year, day.month)[1])))

    def _show(self, year: int) -> None:
        self._name.setText(str(year))
        self.grid.marks = self._marks_of(year)
        self.grid.update()


def _moved(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
