"""The small dark label that tells a point's numbers, for mouse and keyboard alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit import theme

PAD = 9
WIDEST = 260


@dataclass(frozen=True, slots=True)
class TipLine:
    """A value and its name, with the colour of its line; or a sentence when there is no value."""

    name: str
    value: str = ""
    color: str = ""


class Tip(QWidget):
    """A title and lines, beside a point and inside its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        self._lines: Sequence[TipLine] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """All that it says, for screen readers."""
        said = [f"{line.name} {line.value}".strip() for line in self._lines]
        return ", ".join([self._title, *said] if self._title else said)

    def tell(self, at: QPointF, title: str, lines: Sequence[TipLine]) -> None:
        """Say this beside `at`, in the parent's coordinates."""
        self._title, self._lines = title, tuple(lines)
        size = self.sizeHint()
        around = self.parentWidget()
        assert around is not None
        x = at.x() + 12
        if x + size.width() > around.width() - 2:
            x = at.x() - 12 - size.width()
        y = min(max(at.y() - size.height() - 8, 2), around.height() - size.height() - 2)
        self.setGeometry(round(max(x, 2)), round(y), size.width(), size.height())
        self.show()
        self.raise_()
        self.update()

    def sizeHint(self) -> QSize:
        bold, plain = QFontMetrics(theme.font(12, theme.font("strong").weight())), QFontMetrics(theme.font(12))
        width = bold.horizontalAdvance(self._title)
        height = bold.height() if self._title else 0
        for line in self._lines:
            if line.value:
                width = max(
                    width, 14 + plain.horizontalAdvance(line.name) + 16 + bold.horizontalAdvance(line.value)
                )
                height += plain.height() + 2
            else:
                box = self._box(plain, line.name)
                width, height = max(width, round(box.width())), height + round(box.height()) + 2
        return QSize(width + 2 * PAD + 2, height + 2 * PAD - 3)

    def _box(self, metrics: QFontMetrics, text: str) -> QRectF:
        return QRectF(metrics.boundingRect(0, 0, WIDEST, 400, int(Qt.TextFlag.TextWordWrap), text))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.border3)
        painter.setBrush(look.tooltip)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        bold, plain = theme.font(12, theme.font("strong").weight()), theme.font(12)
        area = QRectF(self.rect()).adjusted(PAD, PAD - 2, -PAD, 0)
        painter.setPen(look.on_tooltip)
        if self._title:
            painter.setFont(bold)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._title)
            area.setTop(area.top() + QFontMetrics(bold).height() + 1)
        for line in self._lines:
            painter.setFont(plain)
            if not line.value:
                box = self._box(QFontMetrics(plain), line.name)
                painter.drawText(area, int(Qt.TextFlag.TextWordWrap), line.name)
                area.setTop(area.top() + box.height() + 2)
                continue
            if line.color:
                painter.save()
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color(line.color))
                painter.drawEllipse(
                    QPointF(area.left() + 4, area.top() + QFontMetrics(plain).height() / 2), 3.5, 3.5
                )
                painter.restore()
            row = QRectF(area.left() + 14, area.top(), area.width() - 14, QFontMetrics(plain).height())
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.name)
            painter.setFont(bold)
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.value)
            area.setTop(area.top() + QFontMetrics(plain).height() + 2)
