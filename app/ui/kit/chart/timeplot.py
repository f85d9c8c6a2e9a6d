"""The drawing of a `TimeChart` by pyqtgraph. Import it lazily: it brings numpy along."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QLinearGradient, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsSimpleTextItem, QWidget

from app.ui.kit import theme
from app.ui.kit.chart.spec import ChartSpec, Mark, Series, Span, position
from app.ui.kit.chart.ticks import Tick, date_ticks, value_ticks

pg.setConfigOptions(antialias=True)

_WIDTHS: Final = {"dashed": 1.5}
ROOM_RIGHT: Final = 48.0
MANY: Final = 400
MARGIN: Final = 4.0
"""What a `TextItem` leaves free around its words."""
# How far labels may stand out at the ends of an axis, in pixels; pyqtgraph leaves others out.
LABELS_BEYOND: Final = 60


class TimePlot(pg.PlotWidget):  # type: ignore[misc]
    """Lines, bands and grid of one spec; knows where a value is on screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None, enableMenu=False)
        self._ratio = 1.0
        self._beyond: list[QGraphicsSimpleTextItem] = []
        self._taken: list[QRectF] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        # What lies below shines through; a style sheet for that would dress all that pyqtgraph builds again.
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.viewport().setAutoFillBackground(False)
        self._view = self.getPlotItem().getViewBox()
        self._view.setDefaultPadding(0)

    def draw(self, spec: ChartSpec, ratio: float) -> None:
        """Draw `spec` for a device with `ratio` pixels to each of ours."""
        self.clear()
        while self._beyond:
            self.scene().removeItem(self._beyond.pop())
        self._ratio = ratio
        left, right, low, high = _bounds(spec)
        ticks = self._axes(spec, left, right, low, high)
        low, high = min(low, ticks[0][0]), max(high, ticks[-1][0])
        # A little air, so that thick lines and rings at the edge are whole and labels at the ends are kept.
        air, side = (high - low) * 0.03, (right - left) * 0.002
        self._view.setRange(xRange=(left - side, right + side), yRange=(low - air * 0.4, high + air), padding=0)
        self._taken = []
        for value, _ in ticks:
            ink = theme.current().border2 if value == ticks[0][0] else theme.current().grid
            self.addItem(self._line(value, ink, angle=0))
        if spec.level is not None:
            self._level(*spec.level, left=left)
        for band in spec.bands:
            self._band([position(x) for x, _, _ in band.points], band.points, theme.current().color(band.color))
        for span in spec.spans:
            self._span(span, high)
        for mark in spec.marks:
            self._mark(mark, high)
        for series in sorted(spec.series, key=lambda each: each.style != "bars"):
            self._draw_series(series, low, high)
        for series in spec.series:
            if series.has_end:
                self._end(series, spec)

    def spot(self, x: float, value: float) -> QPointF:
        """Where a value is, in this widget's coordinates."""
        return QPointF(self.mapFromScene(self._view.mapViewToScene(QPointF(x, value))))

    def x_at(self, point: QPointF) -> float:
        """The x under a point of this widget."""
        return float(self._view.mapSceneToView(self.mapToScene(point.toPoint())).x())

    def _axes(self, spec: ChartSpec, left: float, right: float, low: float, high: float) -> list[Tick]:
        look = theme.current()
        small = theme.numerals(theme.font(11))
        metrics = QFontMetricsF(small)
        rows = min(max(int((self.height() - 30) / 56), 2), 6)
        values = value_ticks(low, high, rows, spec.value_text)
        room = max(metrics.horizontalAdvance(text) for _, text in values) + 10
        plot_width = max(self.width() - room - ROOM_RIGHT, 40)
        if _is_dated(spec):
            days = date_ticks(
                date.fromordinal(max(math.ceil(left), 1)),
                date.fromordinal(max(int(right), 1)),
                plot_width,
                metrics.horizontalAdvance,
            )
        else:
            days = value_ticks(left, right, max(int(plot_width / 90), 2), spec.value_text)
            days = [tick for tick in days if left <= tick[0] <= right]
        item = self.getPlotItem()
        item.layout.setContentsMargins(0, 2, ROOM_RIGHT, 0)
        for name, ticks in (("left", values), ("bottom", days)):
            axis = item.getAxis(name)
            axis.setTicks([ticks])
            axis.setStyle(
                tickLength=0, tickFont=small, hideOverlappingLabels=LABELS_BEYOND, tickAlpha=0, tickTextOffset=8
            )
            axis.setPen(None)
            axis.setTextPen(look.text3)
        item.getAxis("left").setWidth(room)
        item.getAxis("bottom").setHeight(metrics.height() + 10)
        item.layout.activate()
        return values

    def _pen(self, color: QColor, width: float = 2.0, *, dashed: bool = False) -> Any:
        made = pg.mkPen(color, width=width * self._ratio)
        made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        made.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
        if dashed:
            made.setDashPattern([4, 3])
        return made

    def _line(self, at: float, color: QColor, *, angle: int, dashed: bool = False) -> Any:
        return pg.InfiniteLine(at, angle=angle, pen=self._pen(color, 1, dashed=dashed))

    def _draw_series(self, series: Series, low: float, high: float) -> None:
        ink = theme.current().color(series.color)
        x = np.array([position(at) for at, _ in series.points], dtype=float)
        y = np.array([math.nan if value is None else value for _, value in series.points], dtype=float)
        if not np.isfinite(y).any():
            return
        if series.style == "bars":
            known = np.isfinite(y)
            wide = (np.diff(x).min() if len(x) > 1 else 1.0) * 0.7
            self.addItem(pg.BarGraphItem(x=x[known], height=y[known], width=wide, brush=ink, pen=None))
            return
        if series.style == "points":
            self._dots(x, y, ink, 7)
            return
        if series.style != "step":
            x, y = self._thinned(x, y)
        item = pg.PlotDataItem(
            x,
            y,
            pen=self._pen(ink, _WIDTHS.get(series.style, 2.0), dashed=series.style == "dashed"),
            connect="finite",
            stepMode="right" if series.style == "step" else None,
        )
        if series.style == "area":
            item.setFillLevel(low)
            item.setFillBrush(QBrush(_gradient(ink, low, float(np.nanmax(y)))))
        if series.style in ("line", "area") and len(x) > MANY:
            # Qt strokes a thick smooth path of thousands of points in seconds, the same segments in milliseconds.
            item.curve.setSegmentedLineMode("on")
        self.addItem(item)
        alone = _alone(y)
        if alone.any():
            self._dots(x[alone], y[alone], ink, 6)

    def _thinned(self, x: Any, y: Any) -> tuple[Any, Any]:
        """The lowest and highest point of each two pixels, where there are more; gaps stay gaps."""
        left, right = self._view.viewRange()[0]
        columns = max(int(self.width() / 2), 50)
        if len(x) <= columns * 2:
            return x, y
        column = ((x - left) / (right - left) * columns).astype(int)
        kept: set[int] = set()
        for part in np.split(np.arange(len(x)), np.flatnonzero(np.diff(column)) + 1):
            known = part[np.isfinite(y[part])]
            if len(known):
                kept |= {int(known[np.argmin(y[known])]), int(known[np.argmax(y[known])])}
            else:
                kept.add(int(part[0]))
        places = np.array(sorted(kept))
        return x[places], y[places]

    def _dots(self, x: Any, y: Any, ink: QColor, size: float) -> None:
        self.addItem(pg.ScatterPlotItem(x, y, size=size, brush=ink, pen=None))

    def _end(self, series: Series, spec: ChartSpec) -> None:
        """A ring at the last known point, and its value."""
        known = [(position(x), value) for x, value in series.points if value is not None]
        if not known:
            return
        x, value = known[-1]
        look = theme.current()
        ink = look.color(series.color)
        ring = pg.ScatterPlotItem(
            [x], [value], size=10, brush=ink, pen=pg.mkPen(look.surface, width=2 * self._ratio)
        )
        ring.setZValue(20)
        self.addItem(ring)
        ground = QColor(look.surface)
        ground.setAlpha(225)
        strong = theme.font("strong")
        text, metrics = spec.value_text(value), QFontMetricsF(strong)
        spot = self._view.mapViewToScene(QPointF(x, value))
        if spot.x() + metrics.horizontalAdvance(text) + 10 <= self._view.sceneBoundingRect().right():
            self._words(text, x, value, ink, anchor=(-0.12, 0.5), font=strong, ground=ground)
            return
        # The view cuts off what stands out of it; the room at its right is for this.
        beyond = QGraphicsSimpleTextItem(text, self.getPlotItem())
        beyond.setFont(strong)
        beyond.setBrush(ink)
        self._beyond.append(beyond)
        beyond.setPos(self.getPlotItem().mapFromScene(spot) + QPointF(8, -metrics.height() / 2))

    def _words(
        self,
        text: str,
        x: float,
        y: float,
        ink: QColor,
        *,
        anchor: tuple[float, float],
        font: QFont | None = None,
        ground: QColor | None = None,
    ) -> None:
        made = pg.TextItem(text, color=ink, anchor=anchor, fill=ground)
        made.setFont(font or theme.font(11))
        made.setZValue(15)
        self.addItem(made, ignoreBounds=True)
        made.setPos(x, y)

    def _band(self, x: Sequence[float], points: Sequence[tuple[Any, float, float]], ink: QColor) -> None:
        above = [QPointF(at, high) for at, (_, _, high) in zip(x, points, strict=True)]
        below = [QPointF(at, low) for at, (_, low, _) in zip(x, points, strict=True)]
        soft = QColor(ink)
        soft.setAlphaF(0.18)
        made = QGraphicsPolygonItem(QPolygonF(above + below[::-1]))
        made.setPen(QPen(Qt.PenStyle.NoPen))
        made.setBrush(soft)
        self.addItem(made)

    def _mark(self, mark: Mark, high: float) -> None:
        ink = theme.current().color(mark.color)
        self.addItem(self._line(position(mark.x), ink, angle=90, dashed=True))
        self._head(mark.text, position(mark.x), high, ink)

    def _span(self, span: Span, high: float) -> None:
        ground = QColor(theme.current().color(span.color))
        ground.setAlphaF(0.55)
        first, last = position(span.first), position(span.last)
        made = pg.LinearRegionItem((first, last), brush=ground, pen=pg.mkPen(None), movable=False)
        made.setZValue(-20)
        self.addItem(made)
        self._head(span.text, first, high, theme.current().text3)

    def _head(self, text: str, x: float, high: float, ink: QColor) -> None:
        """Words at the top right of `x`, or left where the room ends; a line lower where something stands."""
        if not text:
            return
        metrics = QFontMetricsF(theme.font(11))
        wide = metrics.horizontalAdvance(text) + 12
        start = self.spot(x, high)
        goes_left = start.x() + wide > self.width() - ROOM_RIGHT
        place = QRectF(start.x() - wide if goes_left else start.x(), start.y() + MARGIN, wide, metrics.height())
        row, step = 0, 0.85 * (metrics.height() + 2 * MARGIN)
        while any(place.intersects(other) for other in self._taken):
            row += 1
            place.translate(0, step)
        self._taken.append(place)
        self._words(text, x, high, ink, anchor=(1.0 if goes_left else 0.0, -0.85 * row))

    def _level(self, value: float, text: str, *, left: float) -> None:
        look = theme.current()
        self.addItem(self._line(value, look.text2, angle=0, dashed=True))
        spot = self.spot(left, value)
        self._taken.append(QRectF(0, spot.y() - 1, self.width(), 2))
        if text:
            self._words(text, left, value, look.text2, anchor=(-0.02, 1.05))
            metrics = QFontMetricsF(theme.font(11))
            high = metrics.height() + MARGIN
            self._taken.append(QRectF(spot.x(), spot.y() - high, metrics.horizontalAdvance(text) + 12, high))


def _bounds(spec: ChartSpec) -> tuple[float, float, float, float]:
    """Left, right, low and high of what is to be seen."""
    xs = [position(x) for series in spec.series for x, _ in series.points]
    xs += [position(x) for band in spec.bands for x, _, _ in band.points]
    ys = [value for series in spec.series for _, value in series.points if value is not None]
    ys += [value for band in spec.bands for _, *both in band.points for value in both]
    if spec.level is not None:
        ys.append(spec.level[0])
    left, right = (position(x) for x in spec.x_range) if spec.x_range else (min(xs), max(xs))
    if any(series.style == "bars" for series in spec.series) and len(xs) > 1 and not spec.x_range:
        left, right = left - (right - left) / len(xs) / 2, right + (right - left) / len(xs) / 2
    if right <= left:
        left, right = left - 3, right + 3
    if spec.y_range:
        return left, right, *spec.y_range
    low, high = min(ys), max(ys)
    if 0 < low <= (high - low) * 0.6 or any(series.style in ("bars", "area") for series in spec.series):
        low = min(low, 0.0)
    if high <= low:
        room = abs(low) * 0.1 or 1.0
        low, high = (0.0 if low >= 0 else low - room), high + room
    return left, right, low, high


def _is_dated(spec: ChartSpec) -> bool:
    return any(isinstance(x, date) for series in spec.series for x, _ in series.points[:1])


def _alone(y: Any) -> Any:
    """Which known points have no known neighbour: a line would not show them."""
    known = np.isfinite(y)
    before = np.concatenate(([False], known[:-1]))
    after = np.concatenate((known[1:], [False]))
    return known & ~before & ~after


def _gradient(ink: QColor, low: float, high: float) -> QLinearGradient:
    made = QLinearGradient(0, high, 0, low)
    strong, nothing = QColor(ink), QColor(ink)
    strong.setAlpha(60)
    nothing.setAlpha(0)
    made.setColorAt(0, strong)
    made.setColorAt(1, nothing)
    return made
