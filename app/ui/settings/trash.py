"""The Trash: what was thrown away, to be brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.core import clock, items
from app.core.store import Store
from app.core.trash import KEPT
from app.ui.kit import dates, icons
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog
from app.ui.kit.tips import plain_tip

HEIGHT = 320


class TrashDialog(Dialog):
    """Lists what lies in the Trash, last first; the chosen come back, or go for good (`removal_wanted`, ids)."""

    removal_wanted = Signal(object)

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Trash"), parent.tr("Bring back"), width=560)
        self._store = store
        self.list = QListWidget()
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setMinimumHeight(HEIGHT)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("What lies in the Trash, with the day it went there"))
        self.nothing = label(self.tr("The Trash is empty."), "secondary")
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing)
        said = self.tr("Entries go for good after {days} days; backups keep them longer.").format(days=KEPT.days)
        self.body.addWidget(label(said, "hint", wrap=True))
        self.remove_button = button(self.tr("Remove for good"), role="danger", slot=self._remove)
        self.remove_button.setAutoDefault(False)
        self.buttons.insertWidget(0, self.remove_button)
        self.list.itemSelectionChanged.connect(self._follow)
        self._fill()
        self.list.setFocus()

    def save(self) -> bool:
        chosen = [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]
        with self._store.write() as session:
            items.restore(session, chosen)
        return True

    def _fill(self) -> None:
        with self._store.read() as session:
            rows = items.trashed_rows(session)
        for row, when in rows:
            said = row.title or self.tr("Empty page")
            thrown = dates.short_day(when.astimezone(clock.zone()).date(), clock.wall().date())
            item = QListWidgetItem(icons.icon("trash-2"), f"{thrown}    {said}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setToolTip(plain_tip(f"{said}\n{row.excerpt}" if row.excerpt.strip() != said else said))
            self.list.addItem(item)
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self._follow()

    def _follow(self) -> None:
        self.primary.setEnabled(bool(self.list.selectedItems()))
        self.remove_button.setEnabled(bool(self.list.selectedItems()))

    def _remove(self) -> None:
        self.removal_wanted.emit([item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()])
        self.reject()
