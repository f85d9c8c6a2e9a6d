"""What becomes of each record of an import, one a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from app.core.transfer.bringing import Outcome, State
from app.core.transfer.records import Record
from app.ui.kit import dates, theme
from app.ui.kit.chart.spec import Cell, Table
from app.ui.kit.chart.tableview import TableModel
from app.ui.kit.choices import Choice, Option

HEIGHT = 240
MOST_WRAPPED = 200
HEADING = "# "
LONGEST = 200
STATES: tuple[State, ...] = ("comes", "known", "skipped", "said")

Column = tuple[str, int, Callable[[Record], str]]
"""What it is called, how wide it is, and what it says of a record."""


class OutcomesView(QWidget):
    """A table of outcomes, all of them or those of one state."""

    def __init__(self) -> None:
        super().__init__()
        self._outcomes: Sequence[Outcome] = ()
        self._zone: str | None = None
        self.choice: Choice | None = None
        self.model = TableModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("What becomes of each entry"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
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

    def show_outcomes(
        self, outcomes: Sequence[Outcome], first: State = "skipped", *, of_table_in: str | None = None
    ) -> None:
        """Show these; those of the state `first` to begin with, or else those that the user looked at before.

        Args:
            of_table_in: The zone of their times where they are rows of a table: then all that its columns say is
                shown.
        """
        self._outcomes = outcomes
        self._zone = of_table_in
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
        widths = [220, 0]
        if state in ("skipped", "said"):
            names: tuple[str, ...] = (self.tr("Where"), self.tr("Why") if state == "skipped" else self.tr("What"))
            self.model.show(Table(names, [(row.where, row.why) for row in rows]))
        else:
            columns = self._columns([row.record for row in rows if row.record is not None])
            names = (self.tr("Day"), self.tr("Entry"), *(name for name, _, _ in columns))
            self.model.show(Table(names, _Rows(rows, self._day, columns)))
            widths = [130 if self._zone is None else 170, 0, *(width for _, width, _ in columns)]
        is_wrapped = state in ("skipped", "said") and len(rows) <= MOST_WRAPPED
        self.table.setWordWrap(is_wrapped)
        self.table.verticalHeader().setSectionResizeMode(
            QHeaderView.ResizeMode.ResizeToContents if is_wrapped else QHeaderView.ResizeMode.Fixed
        )
        header = self.table.horizontalHeader()
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode.Interactive if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                self.table.setColumnWidth(column, theme.px(width))
        self.table.scrollToTop()

    def _columns(self, records: Sequence[Record]) -> list[Column]:
        """Beside day and title: tags where there are any; of a table's rows all that its columns say."""
        is_table = self._zone is not None
        columns: list[Column] = []
        if is_table and any(record.text.startswith(HEADING) for record in records):
            columns.append((self.tr("Text"), 180, _text_below))
        if any(record.tags for record in records):
            columns.append((self.tr("Tags"), 120, lambda record: ", ".join(record.tags)[:LONGEST]))
        if is_table and any(record.mood for record in records):
            columns.append((self.tr("Mood"), 60, lambda record: str(record.mood or "")))
        if is_table and any(record.starred for record in records):
            columns.append((self.tr("Star"), 50, lambda record: "★" if record.starred else ""))
        return columns

    def _day(self, row: Outcome) -> str:
        if row.day is None:
            return "–"
        day = dates.short_day_and_year(row.day)
        if self._zone is None or row.record is None or row.record.at is None:
            return day
        return f"{day}, {dates.time_text(row.record.at, row.record.zone or self._zone)}"


def _text_below(record: Record) -> str:
    """How the text begins below a title of its own."""
    text = record.text[: LONGEST * 2]
    if text.startswith(HEADING):
        text = text.partition("\n")[2]
    return " ".join(text.split())[:LONGEST]


class _Rows(Sequence[Sequence[Cell]]):
    """The cells of outcomes, made when they are looked at."""

    def __init__(self, outcomes: Sequence[Outcome], day: Callable[[Outcome], str], columns: list[Column]) -> None:
        self._outcomes = outcomes
        self._day = day
        self._columns = columns

    def __len__(self) -> int:
        return len(self._outcomes)

    @overload
    def __getitem__(self, place: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(place, slice):
            return _Rows(self._outcomes[place], self._day, self._columns)
        row = self._outcomes[place]
        said = [said_of(row.record) if row.record else "" for _, _, said_of in self._columns]
        return (self._day(row), row.where, *said)
