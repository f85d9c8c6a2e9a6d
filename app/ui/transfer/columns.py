"""Which column of a table says what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from app.core.transfer.csv_files import Columns, Table
from app.ui.kit.forms import Form

PARTS = ("day", "time", "title", "text", "tags", "mood", "starred")


class ColumnsForm(Form):
    """Begins with what the columns most likely mean; `changed` when the user says otherwise."""

    changed = Signal()

    def __init__(self, table: Table, guess: Columns) -> None:
        super().__init__()
        self.combos = {part: _combo() for part in PARTS}
        for part, combo in self.combos.items():
            combo.addItem(self.tr("None"), None)
            for name in table.names:
                combo.addItem(name, name)
            combo.setCurrentIndex(max(combo.findData(getattr(guess, part)), 0))
        self.order = _combo()
        self.order.addItem(self.tr("As the dates tell"), None)
        self.order.addItem(self.tr("Day first: 31/12/2026"), "dmy")
        self.order.addItem(self.tr("Month first: 12/31/2026"), "mdy")
        self.add_row(
            ("day", self.tr("&Day"), self.combos["day"]),
            ("time", self.tr("T&ime"), self.combos["time"]),
            ("title", self.tr("Ti&tle"), self.combos["title"]),
            ("text", self.tr("Te&xt"), self.combos["text"]),
        )
        self.add_row(
            ("tags", self.tr("Ta&gs"), self.combos["tags"]),
            ("mood", self.tr("&Mood"), self.combos["mood"]),
            ("starred", self.tr("&Star"), self.combos["starred"]),
            ("order", self.tr("Days such as &03/04/2026"), self.order),
        )
        for combo in (*self.combos.values(), self.order):
            combo.currentIndexChanged.connect(self._tell)

    def value(self) -> Columns:
        """What the user says; without an order the dates tell it."""
        return Columns(
            **{part: combo.currentData() for part, combo in self.combos.items()}, order=self.order.currentData()
        )

    def ask_for_order(self, is_open: bool) -> None:
        """Whether the dates can be read in either order, so that the user should say which."""
        self.fields["order"].show_hint(self.tr("Either is possible: please choose.") if is_open else "")

    def _tell(self, _index: int) -> None:
        self.changed.emit()


def _combo() -> QComboBox:
    made = QComboBox()
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
