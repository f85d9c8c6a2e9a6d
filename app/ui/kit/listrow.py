"""One look for every list: a place in time at the left, a title, two quiet lines, a hair of room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.kit import icons, theme
from app.ui.kit.rows import ROW_ROLE

if TYPE_CHECKING:
    from app.ui.kit.pictures import Thumbnails

HEIGHT: Final = 78
GUTTER: Final = 60
PICTURE: Final = 54
LATER_MS: Final = 600
"""Until a row is chosen, or so long, none shows the mouse over it: to name `QStyle` takes longer than to paint."""

_flags: list[Any] = []
MATCH_FROM: Final = "\x02"
MATCH_TO: Final = "\x03"


@dataclass(frozen=True, slots=True)
class ListRow:
    """What a row says.

    Attributes:
        lead, sublead: Large and small text in the gutter, such as "23" and "Nov"; empty for "as above".
        detail: Up to two lines; what stands between ``\\x02`` and ``\\x03`` is marked as a match.
        aside: Small text at the right of the title, such as a time. icon: before the title, by name.
        marks: Icons before `aside`, quieter still. picture: A file whose picture stands small at the right.
    """

    title: str
    detail: str = ""
    lead: str = ""
    sublead: str = ""
    aside: str = ""
    icon: str = ""
    starred: bool = False
    marks: tuple[str, ...] = ()
    picture: Path | None = None


def month_lead(day: date, today: date) -> str:
    """The month under the day's number: "Nov", or "Nov 2025" when it is not this year's."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "MMM" if day.year == today.year else "MMM yyyy")


class ListRowDelegate(QStyledItemDelegate):
    """Paints rows of a `RowsModel` as `describe(row, place)` says; all rows are equally high."""

    def __init__(
        self, describe: Callable[[Any, int], ListRow], parent: QObject | None = None, *, gutter: int = GUTTER
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._gutter = gutter
        self._thumbnails: Thumbnails | None = None
        self._is_learning = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if row is None:
            return
        said = self._describe(row, index.row())
        look = theme.current()
        area: QRect = option.rect
        painter.save()
        if said.lead and index.row():
            painter.setPen(look.border)
            painter.drawLine(area.left() + 12, area.top(), area.right() - 12, area.top())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = area.adjusted(self._gutter, 4, -8, -4)
        self._paint_state(painter, option, body)
        self._paint_lead(painter, said, area)
        room = body.adjusted(10, 7, -10, -6)
        if said.picture is not None and self._paint_picture(painter, said.picture, body):
            room.setRight(room.right() - PICTURE - 6)
        self._paint_text(painter, said, room)
        painter.restore()

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem, body: QRect) -> None:
        if not _flags:
            if not self._has_chosen():
                if not self._is_learning:
                    self._is_learning = True
                    QTimer.singleShot(LATER_MS, self, self._learn_flags)
                return
            self._learn_flags()
        look = theme.current()
        state = option.state
        is_selected, is_under_mouse, has_focus = _flags
        selected = bool(state & is_selected)
        if selected or state & is_under_mouse:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.selection if selected else look.hover)
            painter.drawRoundedRect(QRectF(body), 8, 8)
        if selected and state & has_focus:
            painter.setPen(QPen(look.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(body).adjusted(1, 1, -1, -1), 8, 8)

    def _learn_flags(self) -> None:
        from PySide6.QtWidgets import QStyle

        if not _flags:
            flags = QStyle.StateFlag
            _flags.extend((flags.State_Selected, flags.State_MouseOver, flags.State_HasFocus))
        view = self.parent()
        if isinstance(view, QAbstractItemView) and view.underMouse():
            view.viewport().update()

    def _has_chosen(self) -> bool:
        view = self.parent()
        return isinstance(view, QAbstractItemView) and view.currentIndex().isValid()

    def _paint_picture(self, painter: QPainter, path: Path, body: QRect) -> bool:
        """Paint the picture at the right, once it is read; whether its room is taken."""
        if self._thumbnails is None:
            from app.ui.kit.pictures import Thumbnails

            self._thumbnails = Thumbnails(PICTURE, self)
            if isinstance(view := self.parent(), QAbstractItemView):
                self._thumbnails.arrived.connect(view.viewport().update)
        image = self._thumbnails.of(path)
        if image is None:
            return False
        place = QRectF(body.right() - 8 - PICTURE, body.top() + (body.height() - PICTURE) / 2, PICTURE, PICTURE)
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(place, 6, 6)
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        painter.restore()
        return True

    def _paint_lead(self, painter: QPainter, said: ListRow, area: QRect) -> None:
        if not said.lead:
            return
        look = theme.current()
        painter.setFont(theme.font("section"))
        painter.setPen(look.text)
        place = QRect(area.left(), area.top() + 10, self._gutter, 22)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said.lead)
        painter.setFont(theme.font("hint"))
        painter.setPen(look.text3)
        painter.drawText(place.translated(0, 20), Qt.AlignmentFlag.AlignCenter, said.sublead)

    def _paint_text(self, painter: QPainter, said: ListRow, body: QRect) -> None:
        look = theme.current()
        line = QRect(body.left(), body.top(), body.width(), 18)
        if said.aside:
            painter.setFont(theme.font("hint"))
            painter.setPen(look.text3)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said.aside)
            line.setRight(line.right() - QFontMetrics(painter.font()).horizontalAdvance(said.aside) - 8)
        for mark in reversed(said.marks):
            icons.draw(painter, QRect(line.right() - 13, line.top() + 2, 13, 13), mark, look.text3)
            line.setRight(line.right() - 17)
        if said.icon:
            icons.draw(painter, QRect(line.left(), line.top() + 2, 14, 14), said.icon, look.text2)
            line.setLeft(line.left() + 20)
        if said.starred:
            icons.draw(painter, QRect(line.right() - 13, line.top() + 2, 13, 13), "star", look.warn)
            line.setRight(line.right() - 18)
        font = theme.font("strong")
        painter.setFont(font)
        painter.setPen(look.text)
        title = QFontMetrics(font).elidedText(said.title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        if said.detail:
            _paint_detail(painter, said.detail, QRect(body.left(), body.top() + 20, body.width(), 36))


def _paint_detail(painter: QPainter, detail: str, body: QRect) -> None:
    look = theme.current()
    plain, matches = _matches(detail)
    layout = QTextLayout(plain, theme.font("secondary"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    marked = QTextCharFormat()
    marked.setBackground(look.match)
    marked.setForeground(look.text)
    formats = []
    for start, length in matches:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, length, marked
        formats.append(part)
    layout.setFormats(formats)
    painter.setPen(look.text2)
    layout.beginLayout()
    lines: list[QTextLine] = []
    while len(lines) < 2 and (line := layout.createLine()).isValid():
        line.setLineWidth(body.width())
        line.setPosition(QPointF(0, sum(above.height() for above in lines)))
        lines.append(line)
    layout.endLayout()
    last = lines[-1]
    if last.textStart() + last.textLength() < len(plain) and not matches:
        _draw_elided(painter, plain[last.textStart() :], body, last.y())
        lines.pop()
    for line in lines:
        line.draw(painter, QPointF(body.topLeft()))


def _draw_elided(painter: QPainter, rest: str, body: QRect, top: float) -> None:
    font = theme.font("secondary")
    painter.setFont(font)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, body.width())
    painter.drawText(QPointF(body.left(), body.top() + top + metrics.ascent()), text)


def _matches(detail: str) -> tuple[str, list[tuple[int, int]]]:
    plain, matches, start = "", [], -1
    for char in detail:
        if char == MATCH_FROM:
            start = len(plain)
        elif char == MATCH_TO:
            if start >= 0:
                matches.append((start, len(plain) - start))
            start = -1
        else:
            plain += char
    return plain, matches
