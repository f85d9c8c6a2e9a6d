"""What becomes of each record of an import, one a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from app.core.transfer.bringing import Outcome, State
from app.ui.kit import theme
from app.ui.kit.chart.spec import Table
from app.ui.kit.chart.tableview import TableModel
from app.ui.kit.choices import Choice, Option

HEIGHT = 240
STATES: tuple[State, ...] = ("comes", "known", "skipped", "said")


class OutcomesView(QWidget):
    """A table of outcomes, all of them or those of one state."""

    def __init__(self) -> None:
        super().__init__()
        self._outcomes: Sequence[Outcome] = ()
        self.choice: Choice | None = None
        self.model = TableModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("What becomes of each entry"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.setMinimumHeight(theme.px(HEIGHT))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(28))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.table)

    def show_outcomes(self, outcomes: Sequence[Outcome], first: State = "skipped") -> None:
        """Show these; those of the state `first` to begin with, or else those that the user looked at before."""
        self._outcomes = outcomes
        counts = {state: sum(outcome.state == state for outcome in outcomes) for state in STATES}
        names = {
            "comes": self.tr("Would come"),
            "known": self.tr("Already there"),
            "skipped": self.tr("Cannot come"),
            "said": self.tr("Worth knowing"),
        }
        there = [state for state in STATES if counts[state]]
        options = [Option(state, f"{names[state]} {self.locale().toString(counts[state])}") for state in there]
        if self.choice is not None:
            first = next((state for state in STATES if state == self.choice.value()), first)
            self._column.removeWidget(self.choice)
            self.choice.deleteLater()
        self.choice = Choice(options)
        self.choice.setAccessibleName(self.tr("Show"))
        self.choice.changed.connect(self._show)
        self._column.insertWidget(0, self.choice)
        begin = first if first in there else next(iter(there), None)
        self.choice.set_value(begin)
        self._show(begin)

    def _show(self, state: object) -> None:
        rows = [outcome for outcome in self._outcomes if outcome.state == state]
        if state in ("skipped", "said"):
            names = (self.tr("Where"), self.tr("Why") if state == "skipped" else self.tr("What"))
            self.model.show(Table(names, [(row.where, row.why) for row in rows]))
        else:
            self.model.show(Table((self.tr("Day"), self.tr("Entry")), [(row.day, row.where) for row in rows]))
        header = self.table.horizontalHeader()
        is_named = state in ("skipped", "said")
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, theme.px(220 if is_named else 110))
        self.table.scrollToTop()
