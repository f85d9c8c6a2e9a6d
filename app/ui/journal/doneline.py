"""What was done in a dialog that stays open, and the way back, the last first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.kit.actions import button
from app.ui.kit.cards import label

Back = Callable[[], int]
"""Takes a change back, on any thread; returns how many texts were edited since and stay as they are."""


class DoneLine(QWidget):
    """A sentence with Undo; hidden while nothing was done. `undo_wanted` asks for the way back of `last`."""

    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._done: list[tuple[str, Back]] = []
        self.said = label("", "secondary", wrap=True)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.undo = button(self.tr("Undo"), role="link", slot=self.undo_wanted.emit)
        self.undo.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.said, 1)
        row.addWidget(self.undo)
        self.hide()

    @property
    def last(self) -> tuple[str, Back] | None:
        """The sentence of what was done last and stands, and what takes it back."""
        return self._done[-1] if self._done else None

    def add(self, said: str, back: Back) -> None:
        """Say what was done."""
        self._done.append((said, back))
        self._show(said)

    def settle(self, kept: int) -> None:
        """The last is taken back, but for so many texts."""
        self._done.pop()
        said = self.tr("Texts edited since, which stay as they are: {count}.").format(count=f"{kept:,}")
        self._show(said if kept else self._done[-1][0] if self._done else self.tr("Taken back."))

    def _show(self, said: str) -> None:
        self.said.setText(said)
        self.undo.setVisible(bool(self._done))
        self.show()
