"""Rows of the objectives' list: title, period, a bar in the colour of the status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.core.objectives import ObjectiveRow, PeriodDraft
from app.ui.kit import theme
from app.ui.kit.cards import paint_progress
from app.ui.kit.numbers import counted
from app.ui.kit.rows import ROW_ROLE
from app.ui.objectives.values import STATUS_ROLES, share_text, status_text, tr

HEIGHT: Final = 78
HEADING_HEIGHT: Final = 34
INDENT: Final = 16
DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A period above its `count` objectives; None is the backlog. Its id is below nought."""

    id: int
    title: str
    period: PeriodDraft | None
    count: int


class ObjectiveDelegate(QStyledItemDelegate):
    """Paints `ObjectiveRow`s and `Heading`s."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        is_heading = isinstance(index.data(ROW_ROLE), Heading)
        return QSize(200, theme.px(HEADING_HEIGHT if is_heading else HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        if isinstance(row, Heading):
            _paint_heading(painter, row, area)
            painter.restore()
            return
        body = area.adjusted(8 + INDENT * min(row.depth, DEEPEST), 2, -8, -2)
        _paint_state(painter, option, body)
        _paint_row(painter, row, body.adjusted(12, theme.px(9), -12, -theme.px(9)))
        painter.restore()


def row_text(row: ObjectiveRow | Heading) -> str:
    """What a screen reader says of a row."""
    if isinstance(row, Heading):
        return f"{row.title}, {counted(row.count, tr('1 objective'), tr('{count} objectives'))}"
    said = [row.title, detail_text(row), share_text(row.progress)]
    if row.status:
        said.append(status_text(row.status))
    return ", ".join(part for part in said if part)


def detail_text(row: ObjectiveRow) -> str:
    """The quiet line below a title: "Q4 2026 · 3 key results"."""
    parts = [row.period.title if row.period else tr("Backlog")]
    states = {
        "draft": tr("draft"),
        "paused": tr("paused"),
        "dropped": tr("dropped"),
        "closed": tr("closed"),
    }
    if row.state in states:
        parts.append(states[row.state])
    count = len(row.key_results)
    if not count:
        parts.append(tr("no key results yet"))
    else:
        parts.append(tr("1 key result") if count == 1 else tr("{count} key results").format(count=count))
    if row.due:
        parts.append(tr("check-in due") if row.due == 1 else tr("{count} check-ins due").format(count=row.due))
    return " · ".join(parts)


def _paint_heading(painter: QPainter, row: Heading, area: QRect) -> None:
    look = theme.current()
    body = area.adjusted(20, theme.px(8), -20, -2)
    _paint_line(painter, body, row.title, theme.font("strong"), look.text2)
    width = painter.fontMetrics().horizontalAdvance(row.title)
    count = body.adjusted(width + 8, 0, 0, 0)
    _paint_line(painter, count, QLocale().toString(row.count), theme.font("secondary"), look.text3)


def _paint_state(painter: QPainter, option: QStyleOptionViewItem, body: QRect) -> None:
    look = theme.current()
    state = option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.selection if selected else look.hover)
        painter.drawRoundedRect(QRectF(body), 8, 8)
    if selected and state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(look.focus, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(body).adjusted(1, 1, -1, -1), 8, 8)


def _paint_row(painter: QPainter, row: ObjectiveRow, body: QRect) -> None:
    look = theme.current()
    line = QRect(body.left(), body.top(), body.width(), theme.px(18))
    _paint_line(painter, line, row.title, theme.font("strong"), look.text)
    line.translate(0, theme.px(18))
    _paint_line(painter, line, detail_text(row), theme.font("secondary"), look.text2)
    share = share_text(row.progress) if row.key_results else ""
    font = theme.numerals(theme.font("secondary"))
    width = QFontMetrics(font).horizontalAdvance("100%")
    bottom = QRect(body.left(), body.bottom() - theme.px(16), body.width(), theme.px(16))
    painter.setFont(font)
    painter.setPen(look.text2)
    painter.drawText(bottom, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, share)
    track = QRectF(bottom.left(), bottom.center().y() - 2, bottom.width() - width - 14, 5)
    if row.key_results:
        paint_progress(painter, track, row.progress, STATUS_ROLES.get(row.status or "", "accent"))


def _paint_line(painter: QPainter, line: QRect, text: str, font: QFont, color: QColor) -> None:
    painter.setFont(font)
    painter.setPen(color)
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
