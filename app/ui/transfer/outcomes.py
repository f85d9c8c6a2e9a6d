"""What becomes of each record of an import, one a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from app.core.transfer.bringing import Outcome, State
from app.core.transfer.records import Record
from app.ui.kit import dates, theme
from app.ui.kit.choices import Choice, Option
from app.ui.kit.tips import plain_tip

HEIGHT = 240
BOLDER = 10
MOST_WRAPPED = 200
HEADING = "# "
LONGEST = 200
STATES: tuple[State, ...] = ("comes", "known", "skipped", "said")

Index = QModelIndex | QPersistentModelIndex


class Column(NamedTuple):
    """What it is called, how wide it is (0: what is left), and what it says of a record."""

    name: str
    width: int
    said: Callable[[Outcome], str]


class OutcomesView(QWidget):
    """A table of outcomes, all of them or those of one state."""

    def __init__(self) -> None:
        super().__init__()
        self._outcomes: Sequence[Outcome] = ()
        self._zone: str | None = None
        self.choice: Choice | None = None
        self.model = OutcomesModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("What becomes of each entry"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
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

    @property
    def controls(self) -> list[QWidget]:
        """In the order in which the eye goes through them."""
        return [*(self.choice.buttons if self.choice is not None else ()), self.table]

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
        for made in self.choice.buttons:  # the words of the chosen one are bold, and so wider
            made.ensurePolished()
            made.setMinimumWidth(made.sizeHint().width() + theme.px(BOLDER))
        begin = first if first in there else next(iter(there), None)
        self.choice.set_value(begin)
        self._show(begin)

    def _show(self, state: object) -> None:
        rows = [outcome for outcome in self._outcomes if outcome.state == state]
        is_named = state in ("skipped", "said")
        if is_named:
            said = self.tr("Why") if state == "skipped" else self.tr("What")
            columns = [Column(self.tr("Where"), 220, _where), Column(said, 0, lambda row: row.why)]
        else:
            columns = self._columns([row.record for row in rows if row.record is not None])
        is_wrapped = is_named and len(rows) <= MOST_WRAPPED
        self.table.setWordWrap(is_wrapped)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle if is_named else Qt.TextElideMode.ElideRight)
        self.table.verticalHeader().setSectionResizeMode(
            QHeaderView.ResizeMode.ResizeToContents if is_wrapped else QHeaderView.ResizeMode.Fixed
        )
        self.model.show(rows, columns)
        header = self.table.horizontalHeader()
        for place, column in enumerate(columns):
            if column.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.table.setColumnWidth(place, theme.px(column.width))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.table.scrollToTop()

    def _columns(self, records: Sequence[Record]) -> list[Column]:
        """Day and title, and tags where there are any; of a table's rows all that its columns say."""
        is_table = self._zone is not None
        are_items = any(record.item is not None for record in records)
        columns = [
            Column(self.tr("Day"), 170 if is_table and not are_items else 130, self._day),
            Column(self.tr("Item") if are_items else self.tr("Entry"), 0, _where),
        ]
        if is_table and are_items:
            columns.append(Column(self.tr("Last day"), 130, lambda row: _last_day(row.record)))
            columns.append(Column(self.tr("Kind"), 110, lambda row: _field(row.record, "form")))
            columns.append(Column(self.tr("State"), 90, lambda row: _field(row.record, "state")))
        if is_table and any(record.text.startswith(HEADING) for record in records):
            columns.append(Column(self.tr("Text"), 220, _of_record(_text_below)))
        if any(record.tags for record in records):
            columns.append(Column(self.tr("Tags"), 140, _of_record(lambda record: ", ".join(record.tags))))
        if is_table and any(record.mood for record in records):
            columns.append(Column(self.tr("Mood"), 60, _of_record(lambda record: str(record.mood or ""))))
        if is_table and any(record.starred for record in records):
            columns.append(Column(self.tr("Star"), 50, _of_record(lambda record: "★" if record.starred else "")))
        return columns

    def _day(self, row: Outcome) -> str:
        if row.day is None:
            return "–"
        day = dates.short_day_and_year(row.day)
        if self._zone is None or row.record is None or row.record.at is None:
            return day
        return f"{day}, {dates.time_text(row.record.at, row.record.zone or self._zone)}"


def _field(record: Record | None, name: str) -> str:
    """What an item's field says."""
    return str(record.item.get(name) or "") if record is not None and record.item is not None else ""


def _last_day(record: Record | None) -> str:
    said = _field(record, "last")
    return dates.short_day_and_year(date.fromisoformat(said)) if said else ""


def _where(row: Outcome) -> str:
    return row.where


def _of_record(said: Callable[[Record], str]) -> Callable[[Outcome], str]:
    return lambda row: said(row.record)[:LONGEST] if row.record is not None else ""


def _text_below(record: Record) -> str:
    """How the text begins below a title of its own."""
    text = record.text[: LONGEST * 2]
    if text.startswith(HEADING):
        text = text.partition("\n")[2]
    return " ".join(text.split())


class OutcomesModel(QAbstractTableModel):
    """The cells of outcomes, made when they are looked at; what is too long for its cell is its tip."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Outcome] = ()
        self._columns: Sequence[Column] = ()

    def show(self, rows: Sequence[Outcome], columns: Sequence[Column]) -> None:
        """Show what `columns` say of `rows`."""
        self.beginResetModel()
        self._rows, self._columns = rows, columns
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        said = self._columns[index.column()].said(self._rows[index.row()])
        return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].name
        return None
