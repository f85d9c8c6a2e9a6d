"""Which column of a table says what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.core.transfer.csv_files import Columns, Table
from app.core.transfer.steps_csv import StepColumns
from app.ui.kit.forms import Form

IN_A_ROW = 4


class ColumnsForm(Form):
    """Begins with what the columns most likely mean; `changed` when the user says otherwise."""

    changed = Signal()

    def __init__(self, table: Table, guess: Columns | StepColumns) -> None:
        super().__init__()
        self._kind = type(guess)
        labels = self._of_entries() if isinstance(guess, Columns) else self._of_steps()
        self.combos = {part: _combo() for part, _ in labels}
        for part, combo in self.combos.items():
            combo.addItem(self.tr("None"), None)
            for name in table.names:
                combo.addItem(name, name)
            combo.setCurrentIndex(max(combo.findData(getattr(guess, part)), 0))
        self.order = _combo()
        self.order.addItem(self.tr("As the dates tell"), None)
        self.order.addItem(self.tr("Day first: 31/12/2026"), "dmy")
        self.order.addItem(self.tr("Month first: 12/31/2026"), "mdy")
        shown = [(part, label, self.combos[part]) for part, label in labels]
        shown.append(("order", self.tr("Days such as &03/04/2026"), self.order))
        for start in range(0, len(shown), IN_A_ROW):
            self.add_row(*shown[start : start + IN_A_ROW])
        for combo in (*self.combos.values(), self.order):
            combo.currentIndexChanged.connect(self._tell)

    @property
    def controls(self) -> list[QWidget]:
        """In the order in which the eye goes through them."""
        return [*self.combos.values(), self.order]

    def value(self) -> Columns | StepColumns:
        """What the user says; without an order the dates tell it."""
        said = {part: combo.currentData() for part, combo in self.combos.items()}
        return self._kind(**said, order=self.order.currentData())

    def ask_for_order(self, is_open: bool) -> None:
        """Whether the dates can be read in either order, so that the user should say which."""
        self.fields["order"].show_hint(self.tr("Either is possible: please choose.") if is_open else "")

    def _of_entries(self) -> Sequence[tuple[str, str]]:
        return (
            ("day", self.tr("&Day")),
            ("time", self.tr("T&ime")),
            ("title", self.tr("Ti&tle")),
            ("text", self.tr("Te&xt")),
            ("tags", self.tr("Ta&gs")),
            ("mood", self.tr("&Mood")),
            ("starred", self.tr("&Star")),
        )

    def _of_steps(self) -> Sequence[tuple[str, str]]:
        return (
            ("title", self.tr("&Step")),
            ("notes", self.tr("&Notes")),
            ("form", self.tr("&Kind")),
            ("state", self.tr("St&ate")),
            ("first", self.tr("&First day")),
            ("last", self.tr("&Last day")),
            ("hours", self.tr("&Hours planned")),
            ("cost", self.tr("&Cost planned")),
            ("provider", self.tr("&Provider")),
            ("url", self.tr("Add&ress")),
            ("tags", self.tr("Ta&gs")),
        )

    def _tell(self, _index: int) -> None:
        self.changed.emit()


def _combo() -> QComboBox:
    made = QComboBox()
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
