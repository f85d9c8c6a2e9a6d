"""The passphrase of a file that is not the journal: a backup from before the passphrase was changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core import passphrase
from app.core.errors import UserError
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.secrets import SecretField


class UnlockRow(QWidget):
    """Hidden until it has to ask.

    Signals:
        opened: The file can be read. refused: Why it cannot, in a sentence.
    """

    opened = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._path = Path()
        self.field = SecretField(self.tr("Passphrase that it was made with, or recovery code"))
        self.button = button(self.tr("&Unlock"), slot=self._try)
        self.button.setAutoDefault(False)
        self.field.returnPressed.connect(self._try)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.hide()

    def ask(self, path: Path, *, takes_focus: bool = True) -> None:
        """Ask for the passphrase of the file; without the focus, whoever walks through a list walks on."""
        self._path = path
        self.field.clear()
        self.show()
        if takes_focus:
            self.field.setFocus()

    def _try(self) -> None:
        path, said = self._path, self.field.text()
        if said:
            self.setEnabled(False)
            run_in_background(self, lambda: passphrase.unlock(path, said), self._open, failed=self._refuse)

    def _open(self, _key: object) -> None:
        self.setEnabled(True)
        self.hide()
        self.opened.emit()

    def _refuse(self, error: Exception) -> None:
        self.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.field.selectAll()
        self.field.setFocus()
        self.refused.emit(str(error))
