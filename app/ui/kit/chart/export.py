"""A chart to take along: its numbers as CSV, its drawing as a picture with its name and what it stands on."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from app.ui.kit import theme
from app.ui.kit.chart.base import Chart
from app.ui.kit.chart.spec import Cell, Table

PAD: Final = 16
GAP: Final = 10
_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap)

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: Table) -> str:
    """The table as CSV (RFC 4180): days as ISO 8601, numbers with a point, unknown as nothing."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_cell(column) for column in table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float | int):
        return repr(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def picture(chart: Chart, title: str = "", note: str = "", *, ratio: float = 2.0) -> QImage:
    """The chart under its name and over its note, on the theme's surface, `ratio` pixels for each on screen."""
    page = _Page.around(chart, title, note)
    made = QImage(page.size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    page.paint(painter)
    painter.end()
    return made


def save_svg(chart: Chart, file: Path, title: str, note: str = "") -> None:
    """The same as a drawing.

    Raises:
        OSError: the file cannot be written.
    """
    from PySide6.QtSvg import QSvgGenerator

    file.touch()
    page = _Page.around(chart, title, note)
    made = QSvgGenerator()
    made.setFileName(str(file))
    made.setSize(page.size)
    made.setViewBox(QRect(0, 0, page.size.width(), page.size.height()))
    made.setTitle(title)
    made.setDescription(note)
    painter = QPainter(made)
    page.paint(painter)
    painter.end()


@dataclass(frozen=True, slots=True)
class _Page:
    """Where the name, the drawing and the note stand, in pixels on screen."""

    chart: Chart
    title: str
    note: str
    size: QSize
    title_area: QRect
    chart_area: QRect
    note_area: QRect

    @classmethod
    def around(cls, chart: Chart, title: str, note: str) -> _Page:
        pad = PAD if title or note else 0
        wide = chart.width()
        head = _room(title, "section", wide).translated(pad, pad)
        body = QRect(pad, head.bottom() + 1 + (GAP if title else 0), wide, chart.height())
        foot = _room(note, "hint", wide).translated(pad, body.bottom() + 1 + (GAP if note else 0))
        return cls(chart, title, note, QSize(wide + 2 * pad, foot.bottom() + 1 + pad), head, body, foot)

    def paint(self, painter: QPainter) -> None:
        look = theme.current()
        painter.fillRect(QRect(0, 0, self.size.width(), self.size.height()), look.surface)
        self._write(painter, self.title, "section", self.title_area, look.text)
        self._write(painter, self.note, "hint", self.note_area, look.text3)
        painter.translate(self.chart_area.topLeft())
        self.chart.draw_on(painter)

    def _write(self, painter: QPainter, text: str, role: theme.FontRole, area: QRect, ink: QColor) -> None:
        painter.setFont(theme.font(role))
        painter.setPen(ink)
        painter.drawText(area, _WRAPPED, text)


def _room(text: str, role: theme.FontRole, wide: int) -> QRect:
    """What the text takes in lines as wide as the chart; nothing for no text."""
    if not text:
        return QRect(0, 0, wide, 0)
    tall = QFontMetrics(theme.font(role)).boundingRect(0, 0, wide, 1000, _WRAPPED, text).height()
    return QRect(0, 0, wide, tall)
