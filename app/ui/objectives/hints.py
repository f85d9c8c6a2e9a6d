"""Questions about a wording, below the field while one types; nothing is ever refused for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core import wording
from app.core.wording import Hint
from app.ui.kit import icons, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label

MOST: Final = 2


def output_verbs(chosen: str) -> Collection[str]:
    """The verbs of the setting `chosen`, or the usual ones."""
    own = [verb.strip() for verb in chosen.split(",") if verb.strip()]
    return own or wording.OUTPUT_VERBS


class HintLines(QWidget):
    """Up to two questions, and a wording that answers them where one is known; `rewording` asks to take it."""

    rewording = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = ""
        self._words = label("", "hint", wrap=True)
        self.take = button("", role="link", slot=self._reword)
        self.take.setAutoDefault(False)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._words)
        words.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(_Bulb(), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it asks, blank for nothing."""
        return self._words.text() if not self.isHidden() else ""

    def show_hints(self, hints: Sequence[Hint], frame: str = "") -> None:
        """Ask `hints`; `frame` is a wording that answers them, offered where there is something to ask."""
        self._frame = frame if hints else ""
        self._words.setText("\n".join(hint.sentence for hint in hints[:MOST]))
        self.take.setText(self.tr("Say it as “{frame}”").format(frame=self._frame))
        self.take.setVisible(bool(self._frame))
        self.setVisible(bool(hints))

    def _reword(self) -> None:
        self.rewording.emit(self._frame)


class _Bulb(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(16, 18))

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), QRect(0, 2, 14, 14), "lightbulb", theme.current().text3)
