"""Keeping a search: the name under which it stands in the rail."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from app.core import searches
from app.core.errors import FieldError
from app.core.searches import SavedSearch
from app.core.store import Store
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog, Form


class KeepSearchDialog(Dialog):
    """Asks for the name of a search."""

    def __init__(self, store: Store, text: str, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Keep this search"), parent.tr("Keep"))
        self._store, self._text = store, text.strip()
        self.name = QLineEdit()
        self.name.setMaxLength(searches.LONGEST_NAME)
        self.form = Form()
        self.form.add("name", self.tr("Name"), self.name, hint=self.tr("It stands in the rail, one click away."))
        self.body.addWidget(label(self._text, "secondary", wrap=True))
        self.body.addWidget(self.form)
        self.name.textChanged.connect(self._judge)
        self._judge()
        self.name.setFocus()

    def save(self) -> bool:
        try:
            with self._store.write() as session:
                searches.keep_search(session, SavedSearch(self.name.text(), self._text))
        except FieldError as error:
            return self.form.show_errors({error.field: str(error)})
        return True

    def _judge(self) -> None:
        self.primary.setEnabled(bool(self.name.text().strip() and self._text))
