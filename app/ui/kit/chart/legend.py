"""Samples of lines with their names, in one row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from app.ui.kit import theme

SAMPLE = 18
GAP = 16

Kind = tuple[str, str, str]
"""Name, style (of a series, or `band`) and colour token."""


def paint_legend(painter: QPainter, area: QRectF, kinds: Sequence[Kind], *, centred: bool = False) -> None:
    """Paint the legend at the right of `area`, or in its middle; what has no room is left out from the end."""
    look = theme.current()
    painter.setFont(theme.font(12))
    metrics = QFontMetricsF(painter.font())
    widths = [metrics.horizontalAdvance(name) + SAMPLE + 8 for name, _, _ in kinds]
    while len(widths) > 1 and sum(widths) + GAP * (len(widths) - 1) > area.width():
        widths.pop()
    whole = sum(widths) + GAP * (len(widths) - 1)
    x = area.center().x() - whole / 2 if centred else area.right() - whole
    y = area.center().y()
    for (name, style, color), width in zip(kinds, widths, strict=False):
        _paint_sample(painter, x, y, style, look.color(color))
        painter.setPen(look.text2)
        painter.drawText(QPointF(x + SAMPLE + 7, y + metrics.ascent() / 2 - 1.5), name)
        x += width + GAP


def _paint_sample(painter: QPainter, x: float, y: float, style: str, ink: QColor) -> None:
    pen = QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if style == "dashed":
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    if style == "points":
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(x + SAMPLE / 2, y), 3, 3)
    elif style in ("bars", "band"):
        soft = QColor(ink)
        soft.setAlphaF(0.25 if style == "band" else 1.0)
        painter.fillRect(QRectF(x, y - 4, SAMPLE, 8), QBrush(soft))
    else:
        painter.drawLine(QPointF(x, y), QPointF(x + SAMPLE, y))
