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
    """Asks what to call a search; the one that is `called` so already gets another name."""

    def __init__(self, store: Store, text: str, parent: QWidget, called: str = "") -> None:
        title = parent.tr("Rename the search") if called else parent.tr("Keep this search")
        super().__init__(parent, title, parent.tr("Rename") if called else parent.tr("Keep"))
        self._store, self._text, self._called = store, text.strip(), called
        with store.read() as session:
            self._names = {held.name.casefold(): held.text for held in searches.saved_searches(session)}
        self.name = QLineEdit(called)
        self.name.setMaxLength(searches.LONGEST_NAME)
        self.form = Form()
        self.field = self.form.add("name", self.tr("Name"), self.name)
        self.body.addWidget(label(searches.told(self._text), "secondary", wrap=True))
        self.body.addWidget(self.form)
        self.name.textChanged.connect(self._judge)
        self._judge()
        self.name.selectAll()
        self.name.setFocus()

    def save(self) -> bool:
        try:
            with self._store.write() as session:
                if self._called:
                    searches.rename_search(session, self._called, self.name.text())
                else:
                    searches.keep_search(session, SavedSearch(self.name.text(), self._text))
        except FieldError as error:
            return self.form.show_errors({error.field: str(error)})
        return True

    def _judge(self) -> None:
        name = " ".join(self.name.text().split())
        asks = None if self._called else self._names.get(name.casefold())
        self.field.show_error("")
        self.field.show_hint(
            self.tr("It stands in the rail, one click away.")
            if asks is None
            else self.tr("“{name}” asks for “{text}” until now; it will ask for this.").format(
                name=name, text=searches.told(asks)
            )
        )
        self.primary.setText(self.tr("Replace") if asks is not None else self.primary.accessibleName())
        self.primary.setEnabled(bool(name and self._text))
