"""Lines over time: actual, pace, target, forecast; gaps where nothing is known."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import dates, theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.background import run_in_background
from app.ui.kit.chart.base import Chart, near
from app.ui.kit.chart.legend import Kind, paint_legend
from app.ui.kit.chart.spec import ChartSpec, Series, Table, position, table_of
from app.ui.kit.chart.tip import TipLine
from app.ui.kit.slices import Slices, imports, types_in

if TYPE_CHECKING:
    from app.ui.kit.chart.timeplot import TimePlot

REACH = 28
CLICK_REACH = 12
LEGEND = 26


PLOT: Final = "app.ui.kit.chart.timeplot"
"""What draws; it brings pyqtgraph and numpy."""


PLAIN: Final = (
    "numpy",
    "numpy.typing",
    "cProfile",
    "importlib.resources",
    "multiprocessing.connection",
    "pydoc",
    "subprocess",
    "xml.etree.ElementTree",
)
"""What pyqtgraph brings and has nothing of Qt's; a worker may import it."""


def _preload_plain() -> None:
    for name in PLAIN:
        import_module(name)


def preload() -> None:
    """Import what drawing needs, here and now."""
    import_module(PLOT)


class TimeChart(Chart):
    """A `ChartSpec` on screen.

    Left and Right go from point to point, Up and Down from line to line, Enter is a click;
    `point_clicked` tells the places of the series and of the point.
    """

    point_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = ChartSpec(())
        self._plot: TimePlot | None = None
        self._is_loading = False
        self._series = 0
        self._positions: list[list[float]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, LEGEND, 0, 0)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._redraw)

    @property
    def spec(self) -> ChartSpec:
        """What is shown."""
        return self._spec

    @property
    def is_drawn(self) -> bool:
        """Whether the drawing is there; the first one waits for pyqtgraph."""
        return self._plot is not None

    def show_spec(self, spec: ChartSpec) -> None:
        """Show `spec` in place of what was there."""
        self.drop_cursor()
        self._spec = spec
        self._positions = [[position(x) for x, _ in series.points] for series in spec.series]
        self._series = min(self._series, max(len(spec.series) - 1, 0))
        if self._plot is not None:
            self._redraw()
        elif PLOT in sys.modules:
            self._build()
        elif not self._is_loading:
            self._is_loading = True
            run_in_background(self, _preload_plain, self._preload_types)
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether no series has a value."""
        return all(value is None for series in self._spec.series for _, value in series.points)

    def table(self) -> Table:
        return table_of(self._spec, self.tr("Day"), self.tr("Note"))

    def restyle(self) -> None:
        if self._plot is not None:
            self._redraw()
        self.update()

    def draw_on(self, painter: QPainter) -> None:
        if self._plot is None:
            super().draw_on(painter)
            return
        image = painter.device()
        self._plot.draw(self._spec, image.devicePixelRatioF())
        super().draw_on(painter)
        self._redraw()

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def _preload_types(self, _loaded: None) -> None:
        steps = types_in("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg")
        Slices(self, chain(steps, imports(("pyqtgraph", PLOT))), self._build)

    def _build(self) -> None:
        from app.ui.kit.chart.timeplot import TimePlot

        self._is_loading = False
        if self._plot is not None:  # a spec that came when all was loaded, but not told yet, has built it
            return
        self._plot = TimePlot(self)
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column.addWidget(self._plot)
        self._redraw()

    def _redraw(self) -> None:
        if self._plot is None:
            return
        self._plot.setVisible(not self.is_empty)
        self._column.setContentsMargins(0, LEGEND if len(self._kinds()) > 1 else 4, 0, 0)
        self._column.activate()  # labels are placed by the size of the drawing
        if not self.is_empty:
            self._plot.draw(self._spec, self.devicePixelRatioF())
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._later.start()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.drop_cursor()
        self._later.start()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.is_empty:
            self.paint_empty(painter, self._spec.empty or self.tr("Nothing to draw yet."))
        else:
            kinds = self._kinds()
            if len(kinds) > 1:
                paint_legend(painter, QRectF(6, 0, self.width() - 12, LEGEND), kinds)
            self._paint_cursor(painter)
        self.paint_focus(painter)

    def _paint_cursor(self, painter: QPainter) -> None:
        """A hair line behind the drawing and a ring around the point that is told about."""
        if self.cursor_place < 0 or self._plot is None:
            return
        at = self._where(self._series, self.cursor_place)
        if at is not None:
            painter.setPen(QPen(theme.current().border3, 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(at.x(), LEGEND + 4), QPointF(at.x(), self.height() - 24))
            painter.setPen(QPen(theme.current().color(self._spec.series[self._series].color), 2))
            painter.setBrush(theme.current().surface)
            painter.drawEllipse(at, 6, 6)

    def _kinds(self) -> list[Kind]:
        """Name, style and colour of all that has a name."""
        kinds: list[Kind] = [(series.name, series.style, series.color) for series in self._spec.series]
        kinds += [(band.name, "band", band.color) for band in self._spec.bands]
        return [kind for kind in kinds if kind[0]]

    def _where(self, series: int, place: int) -> QPointF | None:
        """Where a point is on this widget; None for a gap."""
        value = self._spec.series[series].points[place][1]
        if value is None or self._plot is None:
            return None
        return QPointF(self._plot.mapTo(self, self._plot.spot(self._positions[series][place], value)))

    def _nearest(self, point: QPointF) -> tuple[int, int, float]:
        """The series and place of the point nearest to the mouse, and how far it is; -1 when there is none."""
        found = (-1, -1, float("inf"))
        if self._plot is None or self.is_empty:
            return found
        x = self._plot.x_at(self._plot.mapFrom(self, point))
        for series, positions in enumerate(self._positions):
            start = bisect_left(positions, x)
            for places in (range(start, len(positions)), range(start - 1, -1, -1)):
                for place in places:
                    at = self._where(series, place)
                    if at is None:
                        continue
                    # The side counts more than the height: a reader follows the hair line.
                    apart = abs(at.x() - point.x()) * 3 + abs(at.y() - point.y()) * 0.5
                    if apart < found[2]:
                        found = (series, place, apart)
                    break
        return found

    def _tell(self, series: int, place: int) -> None:
        at = self._where(series, place)
        if at is None:
            return
        self._series, self.cursor_place = series, place
        x = self._spec.series[series].points[place][0]
        title = dates.long_day(x) if isinstance(x, date) else self._spec.value_text(float(x))
        lines = list(self._lines(x))
        note = self._spec.series[series].notes.get(place)
        if note:
            lines.append(TipLine(note))
        lines += [TipLine(mark.text) for mark in self._spec.marks if mark.x == x]
        self.tip.tell(at, title, lines)
        self.say()
        self.update()

    def _lines(self, x: date | float) -> Sequence[TipLine]:
        """All that is known at `x`, the told series first."""
        found = []
        order = sorted(range(len(self._spec.series)), key=lambda at: at != self._series)
        for at in order:
            series, positions = self._spec.series[at], self._positions[at]
            if not series.is_measured:
                continue
            place = bisect_left(positions, position(x))
            if place < len(positions) and positions[place] == position(x):
                value = series.points[place][1]
                said = self.tr("unknown") if value is None else self._spec.value_text(value)
                found.append(TipLine(series.name or self.tr("Value"), said, series.color))
        for band in self._spec.bands:
            for at_x, low, high in band.points:
                if at_x == x:
                    said = f"{self._spec.value_text(low)} – {self._spec.value_text(high)}"
                    found.append(TipLine(band.name, said, band.color))
        return found

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        series, place, apart = self._nearest(event.position())
        inside = event.position().y() > LEGEND
        if place < 0 or not inside or apart > REACH * 6:
            self.drop_cursor()
        elif (series, place) != (self._series, self.cursor_place):
            self._tell(series, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        series, place, _ = self._nearest(event.position())
        if place >= 0:
            at = self._where(series, place)
            if at is not None and near(at, event.position()) <= CLICK_REACH:
                self.point_clicked.emit(series, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        along = {keys.Key_Right: 1, keys.Key_Left: -1}
        across = {keys.Key_Down: 1, keys.Key_Up: -1}
        if self._plot is None or self.is_empty:
            super().keyPressEvent(event)
        elif event.key() in along:
            self._walk(along[keys(event.key())])
        elif event.key() in across:
            self._change_line(across[keys(event.key())])
        elif event.key() in ENTERS and self.cursor_place >= 0:
            self.point_clicked.emit(self._series, self.cursor_place)
        elif event.key() == keys.Key_Escape and self.cursor_place >= 0:
            self.drop_cursor()
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        """To the next point that is known; at first to the last one."""
        points = self._spec.series[self._series].points
        if self.cursor_place < 0:
            place, step = len(points) - 1, -1
        else:
            place = self.cursor_place + step
        while 0 <= place < len(points):
            if points[place][1] is not None:
                self._tell(self._series, place)
                return
            place += step

    def _change_line(self, step: int) -> None:
        count = len(self._spec.series)
        for ahead in range(1, count + 1):
            series = (self._series + step * ahead) % count
            place = _known_near(self._spec.series[series], self._x_told())
            if place >= 0:
                self._tell(series, place)
                return

    def _x_told(self) -> float:
        if self.cursor_place >= 0:
            return self._positions[self._series][self.cursor_place]
        return float("inf")


def _known_near(series: Series, x: float) -> int:
    """The place of the known point nearest to `x`, -1 when nothing is known."""
    known = [place for place, (_, value) in enumerate(series.points) if value is not None]
    if not known:
        return -1
    return min(known, key=lambda place: abs(position(series.points[place][0]) - min(x, 1e12)))
