"""What a page says before there is anything on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import icons, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label


class EmptyState(QWidget):
    """An icon, a headline, one sentence, and the one thing to do."""

    def __init__(
        self,
        icon: str,
        headline: str,
        sentence: str,
        action_text: str = "",
        slot: Callable[..., object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._headline = label(headline, "section", wrap=True)
        self._sentence = label(sentence, "secondary", wrap=True)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(Badge(icon), 0, centre)
        column.addSpacing(8)
        for words in (self._headline, self._sentence):
            words.setAlignment(centre)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(words, 1000)
            row.addStretch(1)
            words.setMaximumWidth(theme.px(340))
            column.addLayout(row)
        self.action = button(action_text, role="primary", slot=slot)
        if not action_text:
            self.action.hide()
        column.addSpacing(10)
        column.addWidget(self.action, 0, centre)
        column.addStretch(3)


class Badge(QWidget):
    """The icon on a soft disc."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(QSize(56, 56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().accent_soft)
        painter.drawEllipse(self.rect())
        icons.draw(painter, QRect(16, 16, 24, 24), self._icon, theme.current().accent)
