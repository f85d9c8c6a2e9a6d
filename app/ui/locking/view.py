"""What stands in the window while the journal is locked: one field, and a sentence when it was wrong."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.empty import Badge
from app.ui.kit.secrets import SecretField

WIDTH: Final = 340
HEIGHT: Final = 250
SECOND_MS: Final = 1000


class LockedView(QWidget):
    """Asks for the passphrase of the journal called `name`, to which there is a recovery code if `has_code`.

    Signals:
        entered: What somebody typed; it is tried until `refuse` or the view is gone.
    """

    entered = Signal(str)

    def __init__(self, name: str, *, has_code: bool) -> None:
        super().__init__()
        self._left = 0
        self._wrong = ""
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._count)
        self.heading = label(self.tr("“{name}” is locked").format(name=name), "section", wrap=True)
        self.field = SecretField(self.tr("Passphrase or recovery code") if has_code else self.tr("Passphrase"))
        self.unlock_button = button(self.tr("&Unlock"), role="primary", slot=self._enter)
        self.said = label("", "error", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.hint = label(
            self.tr("The recovery code opens it, too. Without either, nobody can read it.")
            if has_code
            else self.tr("Without it, nobody can read the journal."),
            "hint",
            wrap=True,
        )
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.field.returnPressed.connect(self._enter)
        self.setFocusProxy(self.field)
        self._lay_out()

    @property
    def is_waiting(self) -> bool:
        """Whether nothing can be entered just now."""
        return self._left > 0 or not self.field.isEnabled()

    def refuse(self, sentence: str, *, wait_s: int = 0) -> None:
        """Say why it stays locked, and let some seconds pass before the next try."""
        self._wrong, self._left = sentence, wait_s
        self.field.setEnabled(True)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_wait()
        if wait_s:
            self._second.start()

    def _enter(self) -> None:
        if self.field.text() and not self.is_waiting:
            self.said.hide()
            self.field.setEnabled(False)
            self.unlock_button.setEnabled(False)
            self.entered.emit(self.field.text())

    def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._second.stop()
        self._show_wait()

    def _show_wait(self) -> None:
        waits = self.tr("The next try in {count} s.").format(count=self._left) if self._left > 0 else ""
        self.said.setText(f"{self._wrong} {waits}".strip())
        self.said.show()
        self.unlock_button.setEnabled(self._left <= 0)

    def _lay_out(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        self.heading.setAlignment(centre)
        held = QWidget()
        held.setFixedWidth(theme.px(WIDTH))
        within = QVBoxLayout(held)
        within.setContentsMargins(0, 0, 0, 0)
        within.setSpacing(12)
        within.addWidget(Badge("lock"), 0, centre)
        within.addSpacing(4)
        within.addWidget(self.heading)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.unlock_button)
        within.addLayout(row)
        within.addWidget(self.said)
        within.addWidget(self.hint)
        within.addStretch(1)
        self.said.hide()
        held.setMinimumHeight(theme.px(HEIGHT))  # so that nothing moves when something is said
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(held, 0, centre)
        column.addStretch(3)
