"""Lines of a list with a count at their right end, one under the other."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.kit import theme

COUNT: Final = Qt.ItemDataRole.UserRole + 1
MARGIN: Final = 10
GAP: Final = 16


def counted_item(text: str, count: int) -> QListWidgetItem:
    """A line that says `text` and, for `CountDelegate`, how many there are of it."""
    item = QListWidgetItem(text)
    said = f"{count:,}"
    item.setData(COUNT, said)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}, {said}")
    return item


class CountDelegate(QStyledItemDelegate):
    """Draws the count of a line, where it has one; a long text ends before it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if said := index.data(COUNT):
            taken = QFontMetrics(theme.numerals(option.font)).horizontalAdvance(said)
            room = option.rect.width() - 2 * MARGIN - GAP - taken
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if said := index.data(COUNT):
            place = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
            painter.save()
            painter.setFont(theme.numerals(option.font))
            painter.setPen(theme.current().text2)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
            painter.restore()
