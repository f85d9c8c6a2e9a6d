"""The roadmap on one page, to show to a mentor: purpose, time, what is in focus, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from app.core.errors import UserError
from app.core.learning_return import FinishedRow
from app.core.roadmap import StepRow
from app.ui.errors import writing
from app.ui.kit import dates, icons, theme
from app.ui.roadmap.bars import Bar, arranged
from app.ui.roadmap.words import FORM_ICONS, when

WIDTH: Final = 1123
HEIGHT: Final = 794
"""A4 across, at 96 dots an inch."""

MARGIN: Final = 44
LABEL: Final = 128
TALLEST_LINE: Final = 32
LONGEST: Final = timedelta(days=3 * 366)
PER_LIST: Final = 5
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on the page.

    Attributes:
        rows: Steps that are not dropped. finished: done ones, newest first.
    """

    purpose: str
    rows: Sequence[StepRow]
    finished: Sequence[FinishedRow]
    today: date

    def save(self, file: Path) -> None:
        """Write the page as PDF, SVG or PNG, by the name's ending.

        Raises:
            UserError: it cannot be written.
        """
        kind = file.suffix.lower()
        with writing(file):
            file.touch()
        if kind == ".pdf":
            self._save_pdf(file)
        elif kind == ".svg":
            self._save_svg(file)
        elif not self.picture(2).save(str(file)):
            raise UserError(_tr("“{file}” cannot be written.").format(file=file.name))

    def picture(self, scale: float) -> QImage:
        """The page as a picture, `scale` times 96 dots an inch."""
        made = QImage(round(WIDTH * scale), round(HEIGHT * scale), QImage.Format.Format_RGB32)
        painter = QPainter(made)
        painter.scale(scale, scale)
        self.paint(painter)
        painter.end()
        return made

    def paint(self, painter: QPainter) -> None:
        """Paint the page over 1,123 × 794 units, in the light colours whatever theme is in force."""
        look = theme.load("light")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), look.surface)
        top = self._paint_head(painter, look)
        bottom = HEIGHT - MARGIN - 176
        self._paint_time(painter, look, QRectF(MARGIN, top, WIDTH - 2 * MARGIN, bottom - top))
        self._paint_lists(painter, look, QRectF(MARGIN, bottom + 16, WIDTH - 2 * MARGIN, 160))

    # ------------------------------------------------------------ files

    def _save_pdf(self, file: Path) -> None:
        writer = QPdfWriter(str(file))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setResolution(1200)
        writer.setTitle(_tr("Personal roadmap"))
        writer.setCreator("Northing")
        painter = QPainter(writer)
        painter.scale(writer.width() / WIDTH, writer.height() / HEIGHT)
        self.paint(painter)
        painter.end()

    def _save_svg(self, file: Path) -> None:
        from PySide6.QtSvg import QSvgGenerator

        made = QSvgGenerator()
        made.setFileName(str(file))
        made.setSize(QSize(WIDTH, HEIGHT))
        made.setViewBox(QRectF(0, 0, WIDTH, HEIGHT))
        made.setTitle(_tr("Personal roadmap"))
        painter = QPainter(made)
        self.paint(painter)
        painter.end()

    # ------------------------------------------------------------ the head

    def _paint_head(self, painter: QPainter, look: theme.Theme) -> float:
        title = QRectF(MARGIN, MARGIN - 8, 600, 36)
        _text(painter, title, _tr("Personal roadmap"), _font(26, bold=True), look.text)
        painter.setFont(_font(12))
        painter.setPen(look.text2)
        painter.drawText(
            QRectF(WIDTH - MARGIN - 400, MARGIN - 8, 400, 36),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            dates.long_day(self.today),
        )
        if not self.purpose:
            return MARGIN + 44
        painter.setFont(_font(14))
        painter.setPen(look.text2)
        room = QRectF(MARGIN, MARGIN + 30, WIDTH - 2 * MARGIN, 40)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, flags, " ".join(self.purpose.split())[:240])
        return MARGIN + 82

    # ------------------------------------------------------------ time

    def _span(self) -> tuple[date, date]:
        """From the first to the last day of all steps, three years around today at most."""
        days = [day for row in self.rows for day in (row.first, row.last) if day]
        first = max(min([*days, self.today]), self.today - LONGEST / 2)
        last = min(max([*days, self.today + timedelta(days=180)]), self.today + LONGEST / 2)
        begins = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
        return begins, last + timedelta(days=14)

    def _paint_time(self, painter: QPainter, look: theme.Theme, area: QRectF) -> None:
        first, last = self._span()
        left, room = area.left() + LABEL, area.width() - LABEL

        def x(day: date) -> float:
            return left + room * (day - first).days / max((last - first).days, 1)

        head = 24.0
        self._paint_quarters(painter, look, QRectF(left, area.top(), room, area.height()), first, last)
        shown = [row for row in self.rows if row.first and row.first <= last and (row.last or row.first) >= first]
        named, bars, heights = arranged(shown, "form")
        lines = sum(heights)
        line = min(float(TALLEST_LINE), (area.height() - head - 6 * len(named)) / max(lines, 1))
        here = x(self.today)
        painter.setPen(QPen(look.bad, 1.25))
        painter.drawLine(int(here), int(area.top() + head), int(here), int(area.bottom()))
        y = area.top() + head + 4
        for lane, (name, key) in enumerate(named):
            painter.setPen(QPen(look.border, 1))
            painter.drawLine(int(area.left()), int(y - 2), int(area.right()), int(y - 2))
            middle = y + (line - 4) / 2
            icons.draw(painter, QRectF(area.left(), middle - 7, 14, 14).toRect(), FORM_ICONS[key], look.text2)
            _text(painter, QRectF(area.left() + 22, middle - 10, LABEL - 26, 20), name, _font(12), look.text2)
            for bar in (each for each in bars if each.lane == lane):
                box = QRectF(x(max(bar.first, first)), y + bar.line * line + 1, 0, line - 4)
                box.setRight(max(x(min(bar.last, last)), box.left() + 6))
                self._paint_bar(painter, look, bar, box, (left, area.right()))
            y += heights[lane] * line + 6

    def _paint_quarters(self, painter: QPainter, look: theme.Theme, area: QRectF, first: date, last: date) -> None:
        day = first
        while day < last:
            following = (day + timedelta(days=95)).replace(day=1)
            span = (last - first).days
            box = QRectF(
                area.left() + area.width() * (day - first).days / span,
                area.top(),
                area.width() * (min(following, last) - day).days / span,
                area.height(),
            )
            if (day.month - 1) // 3 % 2:
                painter.fillRect(box, look.bg)
            quarter = f"Q{(day.month - 1) // 3 + 1}"
            name = f"{quarter} {day.year}" if box.width() > 52 else quarter
            _text(painter, QRectF(box.left() + 5, box.top(), box.width(), 22), name, _font(11), look.text2)
            day = following

    def _paint_bar(
        self, painter: QPainter, look: theme.Theme, bar: Bar, box: QRectF, room: tuple[float, float]
    ) -> None:
        is_done = bar.row.state == "done"
        painter.setPen(QPen(look.border3 if is_done else look.accent, 1))
        painter.setBrush(look.neutral_soft if is_done else look.selection)
        painter.drawRoundedRect(box, 4, 4)
        font = _font(11)
        said = ("✓ " if is_done else "") + bar.row.title
        wide = QFontMetricsF(font).horizontalAdvance(said)
        if wide + 12 <= box.width():
            place = box.adjusted(6, 0, 0, 0)
        elif box.right() + wide + 8 <= room[1]:
            place = QRectF(box.right() + 5, box.top(), wide + 4, box.height())
        elif box.left() - wide - 8 >= room[0]:
            place = QRectF(box.left() - wide - 7, box.top(), wide + 4, box.height())
        else:
            place = box.adjusted(6, 0, -4, 0)
        _text(painter, place, said, font, look.text2 if is_done else look.text)

    # ------------------------------------------------------------ lists

    def _paint_lists(self, painter: QPainter, look: theme.Theme, area: QRectF) -> None:
        doing = [row for row in self.rows if row.state == "doing"]
        ahead = [row for row in self.rows if row.state in ("idea", "planned") and row.horizon in ("now", "next")]
        changed = [row for row in self.finished if row.differently or row.learned]
        lists = (
            (_tr("In focus"), [(row.title, _serves(row)) for row in doing]),
            (_tr("Next"), [(row.title, when(row, self.today)) for row in ahead]),
            (_tr("What I do differently now"), [(row.differently or row.learned, row.title) for row in changed]),
        )
        wide = (area.width() - 2 * 28) / 3
        for place, (name, lines) in enumerate(lists):
            left = area.left() + place * (wide + 28)
            painter.setPen(QPen(look.accent, 2))
            painter.drawLine(int(left), int(area.top()), int(left + wide), int(area.top()))
            _text(painter, QRectF(left, area.top() + 4, wide, 22), name, _font(13, bold=True), look.text)
            for number, (title, aside) in enumerate(lines[:PER_LIST]):
                y = area.top() + 28 + number * 26
                _text(painter, QRectF(left, y, wide, 14), title, _font(11.5, bold=False), look.text)
                _text(painter, QRectF(left, y + 12, wide, 13), aside, _font(10), look.text2)


def _serves(row: StepRow) -> str:
    return "→ " + ", ".join(row.serves) if row.serves else _tr("Serves nothing yet")


def _font(pixels: float, *, bold: bool = False) -> QFont:
    made = QFont(theme.font("body"))
    made.setPixelSize(max(round(pixels), 1))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def _text(painter: QPainter, room: QRectF, text: str, font: QFont, color: QColor) -> None:
    painter.setFont(font)
    painter.setPen(color)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, LEFT, shown)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Poster", text)
