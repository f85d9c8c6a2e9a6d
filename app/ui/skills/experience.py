"""The checklist of a skill: what one has done, and what one wants to have done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.ui.kit.cards import Card, label


class Checklist(Card):
    """“Have I done this?”; Space ticks, Enter in the field adds a line."""

    ticked = Signal(int, int, bool)
    added = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[QCheckBox] = []
        self._skill_id = 0
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Add something to have done, such as: I priced a product"))
        self.field.setAccessibleName(self.tr("Add to the checklist"))
        self.body.addWidget(label(self.tr("Have I done this?"), "section"))
        self.body.addWidget(self.field)
        self.field.returnPressed.connect(self._add)

    def show_checks(self, skill_id: int, checks: Sequence[tuple[bool, str]]) -> None:
        """Show the lines of a skill, in order."""
        self._skill_id = skill_id
        for box in self.boxes:
            box.hide()
            box.deleteLater()
        self.boxes = []
        for place, (done, said) in enumerate(checks):
            box = QCheckBox(said.replace("&", "&&"))
            box.setChecked(done)
            box.clicked.connect(lambda checked, at=place: self.ticked.emit(self._skill_id, at, checked))
            self.body.insertWidget(1 + place, box)
            self.boxes.append(box)

    def _add(self) -> None:
        if self.field.text().strip():
            said = self.field.text()
            self.field.clear()
            self.added.emit(self._skill_id, said)
