"""The timeline: steps as bars in lanes, moved and stretched with the mouse or the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from app.core.lanes import By
from app.core.roadmap import FORMS, StepRow
from app.ui.kit import icons, theme
from app.ui.kit.tips import plain_tip
from app.ui.roadmap.words import FORM_ICONS, when, word

Lanes = By
Zoom = Literal["month", "quarter", "year"]

PIXELS_A_DAY: Final[dict[Zoom, float]] = {"month": 12.0, "quarter": 4.0, "year": 1.3}
HEAD: Final = 46
LANE_LABEL: Final = 150
BAR: Final = 28
GAP: Final = 6
EDGE: Final = 7
DRAWN_AT_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A step in its lane: the row within the lane, and its days."""

    row: StepRow
    lane: int
    line: int
    first: date
    last: date


@dataclass(slots=True)
class _Drag:
    bar: Bar | None
    part: Literal["whole", "first", "last", "new"]
    lane: int
    begin: date
    now: date


def arranged(
    rows: Sequence[StepRow], lanes: Lanes, named_lanes: Mapping[int, str] | None = None
) -> tuple[list[tuple[str, str]], list[Bar], list[int]]:
    """The lanes (name, key), the bars of the steps that have days, and how many lines each lane needs.

    Args:
        named_lanes: Step → its lane, where lanes are neither by kind nor by aim.
    """
    dated = [row for row in rows if row.first is not None]

    def key_of(row: StepRow) -> str:
        if lanes == "form":
            return row.form
        if lanes == "serves":
            return row.serves[0] if row.serves else ""
        return (named_lanes or {}).get(row.id, "")

    if lanes == "form":
        keys = [form for form in FORMS if any(row.form == form for row in dated)]
        named = [(word(key), key) for key in keys]
    else:
        keys = sorted({key_of(row) for row in dated}, key=lambda key: (key == "", key))
        named = [(key or "–", key) for key in keys]
    bars: list[Bar] = []
    heights: list[int] = []
    for lane, (_, key) in enumerate(named):
        ends: list[date] = []
        mine = [row for row in dated if key_of(row) == key]
        for row in sorted(mine, key=lambda row: (row.first or date.min, row.last or date.max)):
            first = row.first or date.min
            last = row.last or first + timedelta(days=13)
            line = next((place for place, end in enumerate(ends) if end < first), len(ends))
            if line == len(ends):
                ends.append(last)
            else:
                ends[line] = last
            bars.append(Bar(row, lane, line, first, last))
        heights.append(max(len(ends), 1))
    return named, bars, heights


class Timeline(QAbstractScrollArea):
    """Lanes of bars under a calendar.

    Drag a bar to move it, its ends to stretch it, free room to draw a step. Keys: arrows choose, Alt+Left and
    Right move by a day (with Shift a week), Ctrl+Left and Right move the end, + and - zoom, Home goes to today.

    Signals:
        moved: (step id, first day, last day). opened: a step is wanted.
        drawn: (form or "", first, last) for a new one.
    """

    moved = Signal(int, object, object)
    opened = Signal(int)
    drawn = Signal(str, object, object)
    chosen_changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._rows: Sequence[StepRow] = ()
        self._lanes_by: Lanes = "form"
        self._zoom: Zoom = "quarter"
        self._named: list[tuple[str, str]] = []
        self._bars: list[Bar] = []
        self._tops: list[int] = []
        self._height = 0
        self._origin = today - timedelta(days=200)
        self._end = today + timedelta(days=400)
        self._chosen: int | None = None
        self._drag: _Drag | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setProperty("role", "plain")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName(self.tr("Timeline"))
        self._placed = False

    # ------------------------------------------------------------ what is shown

    def show_rows(
        self, rows: Sequence[StepRow], *, lanes: Lanes | None = None, named_lanes: Mapping[int, str] | None = None
    ) -> None:
        """Show the steps that have days; see `arranged`."""
        self._rows, self._lanes_by = rows, lanes or self._lanes_by
        self._named, self._bars, heights = arranged(rows, self._lanes_by, named_lanes)
        self._tops, top = [], HEAD
        for lines in heights:
            self._tops.append(top)
            top += lines * (theme.px(BAR) + GAP) + 2 * GAP
        self._height = top
        days = [day for bar in self._bars for day in (bar.first, bar.last)]
        self._origin = min([self._today - timedelta(days=120), *days]) - timedelta(days=60)
        self._end = max([self._today + timedelta(days=300), *days]) + timedelta(days=120)
        self._measure()
        self.viewport().update()

    def set_zoom(self, zoom: Zoom, *, around: float | None = None) -> None:
        """Show more or less time, the day at `around` (pixels) staying where it is."""
        place = self._left() + self._room() / 2 if around is None else around
        day = self.day_at(place)
        self._zoom = zoom
        self._measure()
        self._bring(day, place)
        self.viewport().update()

    @property
    def zoom(self) -> Zoom:
        """How much time is shown."""
        return self._zoom

    def chosen(self) -> StepRow | None:
        """The chosen step."""
        return next((bar.row for bar in self._bars if bar.row.id == self._chosen), None)

    def choose(self, step_id: int) -> None:
        """Choose a step and bring it into sight."""
        self._chosen = step_id
        bar = next((bar for bar in self._bars if bar.row.id == step_id), None)
        if bar is not None:
            box = self.box_of(bar)
            if box.left() < self._left() or box.right() > self.viewport().width():
                self._bring(bar.first, self._left() + 60)
        self.chosen_changed.emit()
        self.viewport().update()

    def bars(self) -> list[Bar]:
        """What is drawn."""
        return list(self._bars)

    def go_to_today(self) -> None:
        """Bring today into sight."""
        self._bring(self._today, self._left() + self._room() * 0.3)

    # ------------------------------------------------------------ where things are

    def _left(self) -> int:
        return theme.px(LANE_LABEL)

    def _room(self) -> int:
        return max(self.viewport().width() - self._left(), 1)

    def _x(self, day: date) -> float:
        along = (day - self._origin).days * PIXELS_A_DAY[self._zoom]
        return self._left() + along - self.horizontalScrollBar().value()

    def day_at(self, x: float) -> date:
        """The day under a place of the viewport."""
        days = (x - self._left() + self.horizontalScrollBar().value()) / PIXELS_A_DAY[self._zoom]
        return date.fromordinal(min(max(self._origin.toordinal() + int(days // 1), 1), date.max.toordinal()))

    def box_of(self, bar: Bar) -> QRectF:
        """Where a bar is painted."""
        return self._box(bar.lane, bar.line, bar.first, bar.last)

    def _box(self, lane: int, line: int, first: date, last: date) -> QRectF:
        top = self._tops[lane] + GAP + line * (theme.px(BAR) + GAP) - self.verticalScrollBar().value()
        left = self._x(first)
        width = max(((last - first).days + 1) * PIXELS_A_DAY[self._zoom], 6.0)
        return QRectF(left, top, width, theme.px(BAR))

    def _bar_at(self, at: QPointF) -> Bar | None:
        return next(
            (bar for bar in reversed(self._bars) if self.box_of(bar).adjusted(-2, 0, 2, 0).contains(at)), None
        )

    def _lane_at(self, y: float) -> int:
        inside = y + self.verticalScrollBar().value()
        return max((lane for lane, top in enumerate(self._tops) if top <= inside), default=-1)

    def _measure(self) -> None:
        across = (self._end - self._origin).days * PIXELS_A_DAY[self._zoom]
        self.horizontalScrollBar().setRange(0, max(0, int(across) - self._room()))
        self.horizontalScrollBar().setPageStep(self._room())
        self.horizontalScrollBar().setSingleStep(40)
        self.verticalScrollBar().setRange(0, max(0, self._height - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(20)

    def _bring(self, day: date, place: float) -> None:
        along = (day - self._origin).days * PIXELS_A_DAY[self._zoom]
        self.horizontalScrollBar().setValue(int(along - (place - self._left())))

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_time(painter)
        self._paint_bars(painter)
        self._paint_lanes(painter)

    def _paint_time(self, painter: QPainter) -> None:
        look, height, width = theme.current(), self.viewport().height(), self.viewport().width()
        day = self.day_at(self._left()).replace(day=1)
        last = self.day_at(width)
        while day <= last:
            following = (day + timedelta(days=32)).replace(day=1)
            x, quarter = self._x(day), (day.month - 1) // 3
            box = QRectF(x, 0, self._x(following) - x, height)
            if quarter % 2:
                painter.fillRect(box, look.bg)
            is_quarter = day.month % 3 == 1
            if is_quarter:
                painter.setFont(theme.font("strong"))
                painter.setPen(look.text)
                painter.drawText(QPointF(x + 6, 17), f"Q{quarter + 1} {day.year}")
            if self._zoom != "year":
                painter.setFont(theme.font("hint"))
                painter.setPen(look.text3)
                painter.drawText(
                    QPointF(x + 6, 36), QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)
                )
            painter.setPen(QPen(look.border2 if is_quarter else look.border, 1))
            painter.drawLine(QPointF(x, 0 if is_quarter else 22), QPointF(x, height))
            day = following
        painter.setPen(QPen(look.border2, 1))
        painter.drawLine(QPointF(0, HEAD - 0.5), QPointF(width, HEAD - 0.5))
        x = self._x(self._today)
        painter.setPen(QPen(look.bad, 1.5))
        painter.drawLine(QPointF(x, HEAD), QPointF(x, height))

    def _paint_bars(self, painter: QPainter) -> None:
        painter.save()
        painter.setClipRect(QRectF(self._left(), HEAD, self._room(), self.viewport().height() - HEAD))
        shown = QRectF(self._left() - 400, 0, self._room() + 800, self.viewport().height())
        early, late = self.day_at(self._left() - 400), self.day_at(self._left() + self._room() + 400)
        dragged = self._drag.bar.row.id if self._drag is not None and self._drag.bar is not None else None
        for bar in self._bars:
            is_near = bar.first <= late and early <= bar.last
            if not is_near and bar.row.planned_first is None and bar.row.id != dragged:
                continue
            first, last = self._days_of(bar)
            box = self._box(bar.lane, bar.line, first, last)
            if box.intersects(shown):
                self._paint_ghost(painter, bar)
                self._paint_bar(painter, bar.row, box)
        if self._drag is not None and self._drag.part == "new":
            first, last = sorted((self._drag.begin, self._drag.now))
            painter.setPen(QPen(theme.current().accent, 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(theme.current().selection)
            painter.drawRoundedRect(self._box(max(self._drag.lane, 0), 0, first, last), 6, 6)
        painter.restore()

    def _paint_ghost(self, painter: QPainter, bar: Bar) -> None:
        first = bar.row.planned_first
        if first is None:
            return
        last = bar.row.planned_last or first + timedelta(days=13)
        painter.setPen(QPen(theme.current().text3, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._box(bar.lane, bar.line, first, last).adjusted(0.5, 2.5, -0.5, -2.5), 6, 6)

    def _paint_bar(self, painter: QPainter, row: StepRow, box: QRectF) -> None:
        look = theme.current()
        is_over = row.state in ("done", "dropped")
        fill = look.hover if is_over else look.selection
        chosen = row.id == self._chosen
        painter.setPen(QPen(look.accent if chosen or not is_over else look.border3, 2 if chosen else 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if row.last is None:  # an open end
            painter.setPen(QPen(fill, 3))
            painter.drawLine(box.topRight() + QPointF(-0.5, 6), box.bottomRight() + QPointF(-0.5, -6))
        font = theme.font("secondary")
        painter.setFont(font)
        painter.setPen(look.text3 if is_over else look.text)
        text = ("✓ " if row.state == "done" else "") + row.title
        inside = box.adjusted(8, 0, -6, 0)
        inside.setLeft(max(inside.left(), self._left() + 8.0))  # the name stays in sight while the bar scrolls by
        if inside.width() > 40:
            said = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(inside.width()))
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        else:
            painter.drawText(QPointF(box.right() + 5, box.center().y() + 4), text)

    def _paint_lanes(self, painter: QPainter) -> None:
        look, left = theme.current(), self._left()
        painter.fillRect(QRectF(0, HEAD, left, self.viewport().height()), look.surface)
        painter.fillRect(QRectF(0, 0, left, HEAD - 1), look.surface)
        painter.setClipRect(QRectF(0, HEAD, self.viewport().width(), self.viewport().height()))
        for (name, key), top in zip(self._named, self._tops, strict=True):
            y = top - self.verticalScrollBar().value()
            painter.setPen(QPen(look.border, 1))
            painter.drawLine(QPointF(0, y - 0.5), QPointF(self.viewport().width(), y - 0.5))
            painter.setFont(theme.font("medium"))
            painter.setPen(look.text2)
            inset = 12
            if key in FORM_ICONS:
                icons.draw(painter, QRectF(12, y + 12, 16, 16).toRect(), FORM_ICONS[key], look.text2)
                inset = 36
            said = QFontMetrics(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, left - inset - 8)
            painter.drawText(QPointF(inset, y + theme.px(25)), said)
        painter.setPen(QPen(look.border2, 1))
        painter.drawLine(QPointF(left - 0.5, 0), QPointF(left - 0.5, self.viewport().height()))
        painter.setClipping(False)

    def _days_of(self, bar: Bar) -> tuple[date, date]:
        drag = self._drag
        if drag is None or drag.bar is None or drag.bar.row.id != bar.row.id:
            return bar.first, bar.last
        by = drag.now - drag.begin
        if drag.part == "whole":
            return bar.first + by, bar.last + by
        if drag.part == "first":
            return min(bar.first + by, bar.last), bar.last
        return bar.first, max(bar.last + by, bar.first)

    # ------------------------------------------------------------ the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.button() != Qt.MouseButton.LeftButton or at.y() < HEAD or at.x() < self._left():
            return
        bar, day = self._bar_at(at), self.day_at(at.x())
        if bar is None:
            self._drag = _Drag(None, "new", self._lane_at(at.y()), day, day)
            return
        self.choose(bar.row.id)
        if bar.row.id < 0:  # a role that was held is no plan
            return
        self._drag = _Drag(bar, self._part(bar, at), bar.lane, day, day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._drag is not None:
            self._drag.now = self.day_at(at.x())
            self.viewport().update()
            return
        bar = self._bar_at(at)
        over_edge = bar is not None and self._part(bar, at) != "whole"
        shape = Qt.CursorShape.SizeHorCursor if over_edge else Qt.CursorShape.PointingHandCursor if bar else None
        self.viewport().setCursor(shape if shape is not None else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        if drag is None:
            return
        if drag.part == "new":
            first, last = sorted((drag.begin, drag.now))
            if (last - first).days + 1 >= DRAWN_AT_LEAST:
                key = self._named[drag.lane][1] if self._lanes_by == "form" and drag.lane >= 0 else ""
                self.drawn.emit(key, first, last)
        elif drag.bar is not None and drag.now != drag.begin:
            self._drag = drag
            first, last = self._days_of(drag.bar)
            self._drag = None
            is_open = drag.bar.row.last is None and drag.part != "last"
            self.moved.emit(drag.bar.row.id, first, None if is_open else last)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (bar := self._bar_at(event.position())) is not None:
            self._drag = None
            self.opened.emit(bar.row.id)

    def _part(self, bar: Bar, at: QPointF) -> Literal["whole", "first", "last"]:
        box = self.box_of(bar)
        if box.width() > 4 * EDGE:
            if at.x() - box.left() < EDGE:
                return "first"
            if box.right() - at.x() < EDGE:
                return "last"
        return "whole"

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(1 if event.angleDelta().y() > 0 else -1, event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not self.verticalScrollBar().maximum():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (event.angleDelta().y() or event.angleDelta().x()))
        else:
            super().wheelEvent(event)

    def _zoom_by(self, closer: int, around: float | None = None) -> None:
        order: tuple[Zoom, ...] = ("year", "quarter", "month")
        place = min(max(order.index(self._zoom) + closer, 0), 2)
        self.set_zoom(order[place], around=around)

    # ------------------------------------------------------------ the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, modifiers = Qt.Key, event.modifiers()
        key = keys(event.key())
        side = {keys.Key_Left: -1, keys.Key_Right: 1}.get(key)
        days = 7 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        if side and modifiers & Qt.KeyboardModifier.AltModifier:
            self._shift(timedelta(days=side * days), whole=True)
        elif side and modifiers & Qt.KeyboardModifier.ControlModifier:
            self._shift(timedelta(days=side * days), whole=False)
        elif key in (keys.Key_Left, keys.Key_Up):
            self._step(-1)
        elif key in (keys.Key_Right, keys.Key_Down):
            self._step(1)
        elif key in (keys.Key_Return, keys.Key_Enter) and self._chosen is not None:
            self.opened.emit(self._chosen)
        elif event.text() in ("+", "-"):
            self._zoom_by(1 if event.text() == "+" else -1)
        elif key == keys.Key_Home:
            self.go_to_today()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        ids = [bar.row.id for bar in self._bars]
        if ids:
            place = ids.index(self._chosen) + by if self._chosen in ids else 0
            self.choose(ids[min(max(place, 0), len(ids) - 1)])

    def _shift(self, by: timedelta, *, whole: bool) -> None:
        bar = next((bar for bar in self._bars if bar.row.id == self._chosen), None)
        if bar is not None:
            first = bar.first + by if whole else bar.first
            last = max(bar.last + by, first)
            self.moved.emit(bar.row.id, first, None if bar.row.last is None and whole else last)

    # ------------------------------------------------------------ small things

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self._bar_at(QPointF(event.pos()))
            said = ""
            if bar is not None:
                said = f"{bar.row.title}\n{when(bar.row, self._today)}"
                said += "".join(f"\n→ {title}" for title in bar.row.serves)
            QToolTip.showText(event.globalPos(), plain_tip(said), self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        if not self._placed and self.viewport().width() > 300:
            self._placed = True
            self.go_to_today()

    def sizeHint(self) -> QSize:
        return QSize(700, 420)
