"""The timeline: steps as bars in lanes, moved and stretched with the mouse or the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from app.core.lanes import By
from app.core.roadmap import StepRow
from app.ui.kit.actions import ENTERS
from app.ui.kit.tips import plain_tip
from app.ui.roadmap.barpainting import Drag, bar_days, paint_bars, paint_lanes, paint_time
from app.ui.roadmap.bars import HEAD, Bar, Space, Zoom, arranged
from app.ui.roadmap.words import when

EDGE: Final = 7
DRAWN_AT_LEAST: Final = 3


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
        self._lanes_by: By = "form"
        self._named: list[tuple[str, str]] = []
        self._bars: list[Bar] = []
        self._space = Space(today - timedelta(days=200), today + timedelta(days=400))
        self._chosen: int | None = None
        self._drag: Drag | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setProperty("role", "plain")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName(self.tr("Timeline"))
        self._placed = False

    # ------------------------------------------------------------ what is shown

    def show_rows(
        self, rows: Sequence[StepRow], *, lanes: By | None = None, named_lanes: Mapping[int, str] | None = None
    ) -> None:
        """Show the steps that have days; see `arranged`."""
        self._rows, self._lanes_by = rows, lanes or self._lanes_by
        self._named, self._bars, heights = arranged(rows, self._lanes_by, named_lanes)
        self._space.lay(heights)
        days = [day for bar in self._bars for day in (bar.first, bar.last)]
        self._space.origin = min([self._today - timedelta(days=120), *days]) - timedelta(days=60)
        self._space.end = max([self._today + timedelta(days=300), *days]) + timedelta(days=120)
        self._measure()
        self.viewport().update()

    def set_zoom(self, zoom: Zoom, *, around: float | None = None) -> None:
        """Show more or less time, the day at `around` (pixels) staying where it is."""
        place = self._space.left + self._space.room / 2 if around is None else around
        day = self.day_at(place)
        self._space.zoom = zoom
        self._measure()
        self._bring(day, place)
        self.viewport().update()

    @property
    def zoom(self) -> Zoom:
        """How much time is shown."""
        return self._space.zoom

    def chosen(self) -> StepRow | None:
        """The chosen step."""
        return next((bar.row for bar in self._bars if bar.row.id == self._chosen), None)

    def choose(self, step_id: int) -> None:
        """Choose a step and bring it into sight."""
        self._chosen = step_id
        bar = next((bar for bar in self._bars if bar.row.id == step_id), None)
        if bar is not None:
            box = self.box_of(bar)
            if box.left() < self._space.left or box.right() > self.viewport().width():
                self._bring(bar.first, self._space.left + 60)
        self.chosen_changed.emit()
        self.viewport().update()

    def bars(self) -> list[Bar]:
        """What is drawn."""
        return list(self._bars)

    def go_to_today(self) -> None:
        """Bring today into sight."""
        self._bring(self._today, self._space.left + self._space.room * 0.3)

    # ------------------------------------------------------------ where things are

    def day_at(self, x: float) -> date:
        """The day under a place of the viewport."""
        return self._space.day_at(x)

    def box_of(self, bar: Bar) -> QRectF:
        """Where a bar is painted."""
        return self._space.box_of(bar)

    def _bar_at(self, at: QPointF) -> Bar | None:
        return next(
            (bar for bar in reversed(self._bars) if self.box_of(bar).adjusted(-2, 0, 2, 0).contains(at)), None
        )

    def _measure(self) -> None:
        space, across, down = self._space, self.horizontalScrollBar(), self.verticalScrollBar()
        space.width, space.tall = self.viewport().width(), self.viewport().height()
        across.setRange(0, max(0, int(space.along(space.end)) - space.room))
        across.setPageStep(space.room)
        across.setSingleStep(40)
        down.setRange(0, max(0, space.height - space.tall))
        down.setPageStep(space.tall)
        down.setSingleStep(20)
        self._follow_bars()

    def _follow_bars(self) -> None:
        self._space.across = self.horizontalScrollBar().value()
        self._space.down = self.verticalScrollBar().value()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._follow_bars()
        super().scrollContentsBy(dx, dy)

    def _bring(self, day: date, place: float) -> None:
        self.horizontalScrollBar().setValue(int(self._space.along(day) - (place - self._space.left)))

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_time(painter, self._space, self._today)
        paint_bars(painter, self._space, self._bars, self._chosen, self._drag)
        paint_lanes(painter, self._space, self._named)

    # ------------------------------------------------------------ the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.button() != Qt.MouseButton.LeftButton or at.y() < HEAD or at.x() < self._space.left:
            return
        bar, day = self._bar_at(at), self.day_at(at.x())
        if bar is None:
            self._drag = Drag(None, "new", self._space.lane_at(at.y()), day, day)
            return
        self.choose(bar.row.id)
        if bar.row.id < 0:  # a role that was held is no plan
            return
        self._drag = Drag(bar, self._part(bar, at), bar.lane, day, day)

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
            first, last = bar_days(drag.bar, drag)
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
        place = min(max(order.index(self._space.zoom) + closer, 0), 2)
        self.set_zoom(order[place], around=around)

    # ------------------------------------------------------------ the keyboard

    def event(self, event: QEvent) -> bool:
        asked = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride else None
        if asked is not None and asked.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):  # with Alt they lead back
            asked.accept()
            return True
        return super().event(event)

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
        elif key in ENTERS and self._chosen is not None:
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
