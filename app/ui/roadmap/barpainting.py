"""How the timeline is painted: time behind, bars above it, the names of the lanes at the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from app.core.roadmap import StepRow
from app.ui.kit import icons, theme
from app.ui.roadmap.bars import HEAD, Bar, Space
from app.ui.roadmap.words import FORM_ICONS


@dataclass(slots=True)
class Drag:
    """What the mouse does: with which bar or none, by which part, since which day."""

    bar: Bar | None
    part: Literal["whole", "first", "last", "new"]
    lane: int
    begin: date
    now: date


def bar_days(bar: Bar, drag: Drag | None) -> tuple[date, date]:
    """From when to when a bar is shown while something is dragged."""
    if drag is None or drag.bar is None or drag.bar.row.id != bar.row.id:
        return bar.first, bar.last
    by = drag.now - drag.begin
    if drag.part == "whole":
        return bar.first + by, bar.last + by
    if drag.part == "first":
        return min(bar.first + by, bar.last), bar.last
    return bar.first, max(bar.last + by, bar.first)


def paint_time(painter: QPainter, space: Space, today: date) -> None:
    """Months and quarters behind the bars, and a line for today."""
    look, height, width = theme.current(), space.tall, space.width
    day = space.day_at(space.left).replace(day=1)
    last = space.day_at(width)
    while day <= last:
        following = (day + timedelta(days=32)).replace(day=1)
        x, quarter = space.x(day), (day.month - 1) // 3
        box = QRectF(x, 0, space.x(following) - x, height)
        if quarter % 2:
            painter.fillRect(box, look.bg)
        is_quarter = day.month % 3 == 1
        if is_quarter:
            painter.setFont(theme.font("strong"))
            painter.setPen(look.text)
            painter.drawText(QPointF(x + 6, 17), f"Q{quarter + 1} {day.year}")
        if space.zoom != "year":
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
    x = space.x(today)
    painter.setPen(QPen(look.bad, 1.5))
    painter.drawLine(QPointF(x, HEAD), QPointF(x, height))


def paint_bars(
    painter: QPainter, space: Space, bars: Sequence[Bar], chosen: int | None, drag: Drag | None
) -> None:
    """The bars in sight, as they are dragged; and one that is being drawn."""
    painter.save()
    painter.setClipRect(QRectF(space.left, HEAD, space.room, space.tall - HEAD))
    shown = QRectF(space.left - 400, 0, space.room + 800, space.tall)
    early, late = space.day_at(space.left - 400), space.day_at(space.left + space.room + 400)
    dragged = drag.bar.row.id if drag is not None and drag.bar is not None else None
    for bar in bars:
        is_near = bar.first <= late and early <= bar.last
        if not is_near and bar.row.planned_first is None and bar.row.id != dragged:
            continue
        first, last = bar_days(bar, drag)
        box = space.box(bar.lane, bar.line, first, last)
        if box.intersects(shown):
            _paint_ghost(painter, space, bar)
            _paint_bar(painter, bar.row, box, left=space.left, chosen=bar.row.id == chosen)
    if drag is not None and drag.part == "new":
        first, last = sorted((drag.begin, drag.now))
        painter.setPen(QPen(theme.current().accent, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(theme.current().selection)
        painter.drawRoundedRect(space.box(max(drag.lane, 0), 0, first, last), 6, 6)
    painter.restore()


def _paint_ghost(painter: QPainter, space: Space, bar: Bar) -> None:
    first = bar.row.planned_first
    if first is None:
        return
    last = bar.row.planned_last or first + timedelta(days=13)
    painter.setPen(QPen(theme.current().text3, 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(space.box(bar.lane, bar.line, first, last).adjusted(0.5, 2.5, -0.5, -2.5), 6, 6)


def _paint_bar(painter: QPainter, row: StepRow, box: QRectF, *, left: float, chosen: bool) -> None:
    look = theme.current()
    is_over = row.state in ("done", "dropped")
    fill = look.hover if is_over else look.selection
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
    inside.setLeft(max(inside.left(), left + 8.0))  # the name stays in sight while the bar scrolls by
    if inside.width() > 40:
        said = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
    else:
        painter.drawText(QPointF(box.right() + 5, box.center().y() + 4), text)


def paint_lanes(painter: QPainter, space: Space, named: Sequence[tuple[str, str]]) -> None:
    """The names of the lanes, over bars that are scrolled by."""
    look, left = theme.current(), space.left
    painter.fillRect(QRectF(0, HEAD, left, space.tall), look.surface)
    painter.fillRect(QRectF(0, 0, left, HEAD - 1), look.surface)
    painter.setClipRect(QRectF(0, HEAD, space.width, space.tall))
    for (name, key), top in zip(named, space.tops, strict=True):
        y = top - space.down
        painter.setPen(QPen(look.border, 1))
        painter.drawLine(QPointF(0, y - 0.5), QPointF(space.width, y - 0.5))
        painter.setFont(theme.font("medium"))
        painter.setPen(look.text2)
        inset = 12
        if key in FORM_ICONS:
            icons.draw(painter, QRectF(12, y + 12, 16, 16).toRect(), FORM_ICONS[key], look.text2)
            inset = 36
        said = QFontMetrics(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, left - inset - 8)
        painter.drawText(QPointF(inset, y + theme.px(25)), said)
    painter.setPen(QPen(look.border2, 1))
    painter.drawLine(QPointF(left - 0.5, 0), QPointF(left - 0.5, space.tall))
    painter.setClipping(False)
