"""What an editor says of its text: being typed, saved, or not saved yet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.kit.editor.autosave import SaveState


class SaveLabel(QLabel):
    """Says the state; as wide for “Saved” as for “Typing…”, so that nothing moves with each save."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = {
            SaveState.CLEAN: "",
            SaveState.TYPING: self.tr("Typing…"),
            SaveState.SAVED: self.tr("Saved"),
            SaveState.FAILED: self.tr("Not saved yet"),
        }
        self.setProperty("role", "secondary")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_state(self, state: SaveState) -> None:
        """Say `state`."""
        self.setText(self._words[state])

    def minimumSizeHint(self) -> QSize:
        often = (self.text(), self._words[SaveState.TYPING], self._words[SaveState.SAVED])
        wide = max(self.fontMetrics().horizontalAdvance(words) for words in often)
        return QSize(wide, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())
