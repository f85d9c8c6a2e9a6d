"""A tag for the entries that are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from app.core.errors import UserError
from app.ui.kit.forms import Dialog, Form


class GiveTagDialog(Dialog):
    """Asks for a tag, one in use or another, and gives it by `give`, whose refusal is said at the field."""

    def __init__(self, parent: QWidget, known: Sequence[str], said: str, give: Callable[[str], object]) -> None:
        """`said` tells to what it is given."""
        super().__init__(parent, parent.tr("Give a tag"), parent.tr("Give"))
        self._give = give
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.addItems(["", *known])
        self.form = Form()
        self.field = self.form.add("name", self.tr("Tag"), self.name, hint=said)
        self.body.addWidget(self.form)
        self.name.currentTextChanged.connect(self._judge)
        self._judge("")
        self.name.setFocus()

    def save(self) -> bool:
        try:
            self._give(self.name.currentText())
        except UserError as error:
            self.field.show_error(str(error))
            return False
        return True

    def _judge(self, name: str) -> None:
        self.field.show_error("")
        self.primary.setEnabled(bool(name.strip().lstrip("#")))
