"""Key results as cards, and lines of a card that lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.objectives import KeyResultRow
from app.ui.kit import theme
from app.ui.kit.cards import chip_size, paint_chip, paint_progress
from app.ui.kit.room import on_two_lines
from app.ui.objectives.values import STATUS_ROLES, share_text, standing_text, status_text, way_text

CARD_HEIGHT: Final = 106
LINE: Final = 18
EDGE: Final = 16
NARROWEST: Final = 212
GAP: Final = 12
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class KeyResultCard(QAbstractButton):
    """A key result: its last value, its bar with a tick at the pace, from where to where."""

    def __init__(self, row: KeyResultRow, tip: str) -> None:
        super().__init__()
        self.row = row
        self.lines = 1
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(tip)
        said = [row.title, _standing(row), share_text(row.progress)]
        if row.status:
            said.append(status_text(row.status))
        self.setAccessibleName(", ".join(said))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(NARROWEST), theme.px(CARD_HEIGHT + LINE * (self.lines - 1)))

    def titled(self, width: int) -> list[str]:
        """The title on as many lines as a card of that `width` needs."""
        return on_two_lines(self.row.title, QFontMetrics(theme.font("body")), width - 2 * EDGE)

    def give_lines(self, lines: int) -> None:
        """Keep so many lines for the title, as many as the cards beside it."""
        if lines != self.lines:
            self.lines = lines
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(look.hover if self.underMouse() and not self.isChecked() else look.surface)
        painter.setPen(QPen(look.border, 1))
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(look.focus if self.hasFocus() else look.accent, 2 if self.hasFocus() else 1.5))
            area.adjust(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, 10, 10)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        look, row = theme.current(), self.row
        inner = self.rect().adjusted(EDGE, theme.px(12), -EDGE, -theme.px(12))
        line = QRect(inner.left(), inner.top(), inner.width(), theme.px(LINE))
        painter.setFont(theme.font("body"))
        painter.setPen(look.text2)
        for number, text in enumerate(self.titled(self.width())[: self.lines]):
            painter.drawText(
                line.translated(0, number * line.height()), LEFT, _elided(painter, text, line.width())
            )
        line.translate(0, (self.lines - 1) * line.height())
        line = QRect(inner.left(), line.bottom() + theme.px(3), inner.width(), theme.px(26))
        painter.setFont(theme.font("secondary"))
        share = share_text(row.progress) if row.progress is not None else ""
        painter.drawText(line.adjusted(0, theme.px(6), 0, 0), RIGHT, share)
        room = line.width() - QFontMetrics(painter.font()).horizontalAdvance(share) - 8
        painter.setFont(theme.numerals(theme.font("number" if row.said.value is not None else "body")))
        painter.setPen(look.text if row.said.value is not None else look.text3)
        painter.drawText(line, LEFT, _elided(painter, _standing(row), room))
        track = QRectF(inner.left(), line.bottom() + theme.px(6), inner.width(), 6)
        role = STATUS_ROLES.get(row.status or "", "accent")
        paint_progress(painter, track, row.progress, role, pace=row.expected)
        bottom = QRect(inner.left(), int(track.bottom()) + theme.px(5), inner.width(), theme.px(18))
        painter.setFont(theme.font("secondary"))
        painter.setPen(look.text2)
        painter.drawText(bottom, LEFT, _elided(painter, _way(row), bottom.width()))


class KeyResultCards(QWidget):
    """Cards side by side, as many in a row as have room; `chosen` tells the key result."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._columns, self._most_columns = 0, 0
        self.cards: list[KeyResultCard] = []

    def show_rows(self, rows: Sequence[KeyResultRow], tips: Sequence[str], *, chosen: int | None) -> None:
        """Show a card for each of `rows`, with `tips` that explain their numbers."""
        old, had_focus = self.cards, any(card.hasFocus() for card in self.cards)
        self.cards = [KeyResultCard(row, tip) for row, tip in zip(rows, tips, strict=True)]
        for card in old:
            self._group.removeButton(card)
            self._grid.removeWidget(card)
        for card in self.cards:
            self._group.addButton(card, card.row.id)
            card.setChecked(card.row.id == chosen)
        self._columns = 0
        self._place()
        for card in self.cards:
            card.show()
            if had_focus and card.isChecked():
                card.setFocus()
        for card in old:
            card.hide()
            card.deleteLater()
        self.setVisible(bool(self.cards))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        fit = max(1, (self.width() + GAP) // (theme.px(NARROWEST) + GAP))
        rows = -(-len(self.cards) // fit) or 1
        columns = max(-(-len(self.cards) // rows), 1)
        wide = (self.width() - GAP * (columns - 1)) // max(columns, min(fit, 2))
        lines = max((len(card.titled(wide)) for card in self.cards), default=1)
        for card in self.cards:
            card.give_lines(lines)
        if columns == self._columns:
            return
        self._columns = columns
        self._most_columns = max(self._most_columns, columns, 2)
        for column in range(self._most_columns):
            self._grid.setColumnStretch(column, int(column < max(columns, min(fit, 2))))
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // columns, place % columns)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that leads to an item: a day, what it says, a word or two at the right."""

    item_id: int
    lead: str
    text: str
    aside: str = ""
    is_chip: bool = False


class LineButton(QAbstractButton):
    """One line of a card."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(part for part in (line.lead, line.text, line.aside) if part))

    def sizeHint(self) -> QSize:
        return QSize(240, theme.px(33))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, line = theme.current(), self.line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.hover)
            painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(look.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        inner = self.rect().adjusted(8, 0, -8, 0)
        painter.setFont(theme.numerals(theme.font("secondary")))
        painter.setPen(look.text3)
        painter.drawText(inner, LEFT, line.lead)
        gutter = theme.px(64)
        room = inner.width() - gutter - self._paint_aside(painter, inner)
        painter.setFont(theme.font("body"))
        painter.setPen(look.text)
        text = QRect(inner.left() + gutter, inner.top(), room, inner.height())
        painter.drawText(text, LEFT, _elided(painter, line.text, room))

    def _paint_aside(self, painter: QPainter, inner: QRect) -> int:
        """Paint what stands at the right; returns how much room it takes."""
        line = self.line
        if not line.aside:
            return 0
        if line.is_chip:
            size = chip_size(line.aside)
            top = inner.center().y() - size.height() // 2
            paint_chip(painter, QRect(inner.right() - size.width(), top, size.width(), size.height()), line.aside)
            return size.width() + 12
        painter.setPen(theme.current().text2)
        painter.drawText(inner, RIGHT, line.aside)
        return QFontMetrics(painter.font()).horizontalAdvance(line.aside) + 12


class Lines(QWidget):
    """Lines under each other; `chosen` tells the item."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.buttons: list[LineButton] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show `lines` in place of what was there."""
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [LineButton(line) for line in lines]
        for button in self.buttons:
            button.clicked.connect(lambda _=False, item_id=button.line.item_id: self.chosen.emit(item_id))
            self._column.addWidget(button)


def _standing(row: KeyResultRow) -> str:
    return standing_text(row.measure, row.said.value, row.target, row.unit_kind, row.unit)


def _way(row: KeyResultRow) -> str:
    return way_text(row.measure, row.baseline, row.target, row.unit_kind, row.unit)


def _elided(painter: QPainter, text: str, width: int) -> str:
    return QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))
