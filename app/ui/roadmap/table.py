"""The roadmap as a table: sorted by any column, narrowed by words and states, changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.core.days import Calendar
from app.core.daywords import parse_day_words
from app.core.errors import UserError
from app.core.roadmap import FORMS, OPEN, STATES, StepRow
from app.ui.kit import dates, icons, theme
from app.ui.kit.lead import FocusLead
from app.ui.kit.numbers import NotANumber, number_text, parse_number
from app.ui.kit.tips import plain_tip
from app.ui.roadmap.words import FORM_ICONS, word

Index = QModelIndex | QPersistentModelIndex
FIELDS: Final = ("title", "form", "state", "first", "last", "apply_by", "hours_planned", "serves")
DAYS: Final = ("first", "last", "apply_by")
CHOICES: Final = {"form": FORMS, "state": STATES}
WIDTHS: Final = (300, 104, 82, 100, 100, 100, 62, 240)
SCARCE: Final = 960
SORT: Final = int(Qt.ItemDataRole.UserRole) + 1


class StepTableModel(QAbstractTableModel):
    """Steps by row, their fields by column.

    Signals:
        edited: (step, name of the field, value) as somebody typed or chose it. refused: why it is no value.
    """

    edited = Signal(int, str, object)
    refused = Signal(str)

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[StepRow] = []
        self._today = today
        self._names = (
            self.tr("Step"),
            self.tr("Kind"),
            self.tr("State"),
            self.tr("Begins"),
            self.tr("Ends"),
            self.tr("Apply by"),
            self.tr("Hours"),
            self.tr("Serves"),
        )

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show `rows`."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> StepRow:
        """The step in a row."""
        return self._rows[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(FIELDS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.DisplayRole):
            return self._names[section]
        if orientation == Qt.Orientation.Horizontal and role == int(Qt.ItemDataRole.TextAlignmentRole):
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if FIELDS[index.column()] != "serves" else found

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not self.checkIndex(index, QAbstractItemModel.CheckIndexOption.IndexIsValid):
            return None
        row, name = self._rows[index.row()], FIELDS[index.column()]
        value = getattr(row, name)
        if role == SORT:
            return _order(name, value)
        if role == int(Qt.ItemDataRole.EditRole):
            return (
                value.isoformat() if isinstance(value, date) else number_text(value) if _is_hours(name) else value
            )
        if role == int(Qt.ItemDataRole.DisplayRole):
            return self._shown(name, value)
        if role == int(Qt.ItemDataRole.DecorationRole) and name == "title":
            return icons.icon(FORM_ICONS[row.form], role="text2")
        if role == int(Qt.ItemDataRole.TextAlignmentRole) and _is_hours(name):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == int(Qt.ItemDataRole.ForegroundRole) and row.state in ("done", "dropped"):
            return theme.current().text2
        if role == int(Qt.ItemDataRole.ToolTipRole) and name in ("title", "serves"):
            return plain_tip(self._shown(name, value))
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        row, name = self._rows[index.row()], FIELDS[index.column()]
        if role != int(Qt.ItemDataRole.EditRole) or value == self.data(index, role):
            return False
        try:
            sound = _sound(name, value, self._today)
        except (UserError, NotANumber, ValueError) as error:
            self.refused.emit(self._why(name, str(value), error))
            return False
        if sound == getattr(row, name):
            return False
        self.edited.emit(row.id, name, sound)
        return True

    def _shown(self, name: str, value: Any) -> str:
        if name in CHOICES:
            return word(value)
        if name in DAYS:
            return dates.short_day(value, self._today) if value else ""
        if _is_hours(name):
            return number_text(value)
        return ", ".join(value) if name == "serves" else str(value)

    def _why(self, name: str, said: str, error: Exception) -> str:
        if name in DAYS:
            return self.tr("“{said}” is no day. Write it as 2027-01-31 or as “next monday”.").format(said=said)
        return str(error)


class _Choices(QStyledItemDelegate):
    """A list to choose from where a field has one."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        names = CHOICES.get(FIELDS[index.column()])
        if names is None:
            return super().createEditor(parent, option, index)
        made = QComboBox(parent)
        for name in names:
            made.addItem(word(name), name)
        made.activated.connect(lambda: self._take(made))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(int(Qt.ItemDataRole.EditRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), int(Qt.ItemDataRole.EditRole))
        else:
            super().setModelData(editor, model, index)

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


class _Narrowed(QSortFilterProxyModel):
    """Steps whose title, kind or aim says every word, in one of some states."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._states: tuple[str, ...] = STATES
        self.setSortRole(SORT)

    def narrow(self, text: str, states: tuple[str, ...]) -> None:
        """Show only what fits."""
        self._words, self._states = text.casefold().split(), states
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, StepTableModel)
        row = model.row(source_row)
        said = " ".join((row.title, word(row.form), *row.serves)).casefold()
        return row.state in self._states and all(each in said for each in self._words)


class StepTable(QWidget):
    """The table under a search and a choice of states.

    Signals:
        edited: (step, field, value). opened: a step is wanted. refused: why something typed is no value.
    """

    edited = Signal(int, str, object)
    opened = Signal(int)
    refused = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = StepTableModel(today, self)
        self._narrowed = _Narrowed(self)
        self._narrowed.setSourceModel(self.model)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search steps"))
        self.search.setAccessibleName(self.tr("Search steps"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.states = QComboBox()
        self.states.setAccessibleName(self.tr("States"))
        self.states.addItem(self.tr("All states"), STATES)
        self.states.addItem(self.tr("Open ones"), OPEN)
        for state in STATES:
            self.states.addItem(word(state), (state,))
        self.view = QTableView()
        self._dress()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.states)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        self.search.textChanged.connect(self._narrow)
        self.states.activated.connect(self._narrow)
        self.model.edited.connect(self.edited)
        self.model.refused.connect(self.refused)
        FocusLead(self, lambda: self.view)

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show `rows`; the chosen one stays chosen."""
        kept = self.chosen()
        place = self.view.currentIndex()
        self.model.show_rows(rows)
        if kept is not None:
            self.choose(kept.id, column=max(place.column(), 0))

    def chosen(self) -> StepRow | None:
        """The step of the row with the cursor."""
        index = self._narrowed.mapToSource(self.view.currentIndex())
        return self.model.row(index.row()) if index.isValid() else None

    def choose(self, step_id: int, *, column: int = 0) -> None:
        """Put the cursor on a step."""
        for place in range(self._narrowed.rowCount()):
            index = self._narrowed.index(place, column)
            if self.model.row(self._narrowed.mapToSource(index).row()).id == step_id:
                self.view.setCurrentIndex(index)
                return

    def titles(self) -> list[str]:
        """What is listed, in order."""
        return [self._narrowed.index(place, 0).data() for place in range(self._narrowed.rowCount())]

    def _dress(self) -> None:
        self.view.setModel(self._narrowed)
        self.view.setItemDelegate(_Choices(self.view))
        self.view.setAccessibleName(self.tr("Steps"))
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(FIELDS.index("first"), Qt.SortOrder.AscendingOrder)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.SelectedClicked
            | QTableView.EditTrigger.EditKeyPressed
        )
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, theme.px(width))
        header.setSectionResizeMode(FIELDS.index("title"), QHeaderView.ResizeMode.Stretch)
        self.view.doubleClicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is scarce the steps keep theirs; what is asked for less often goes out of sight."""
        super().resizeEvent(event)
        is_scarce = self.width() < theme.px(SCARCE)
        for name in ("apply_by", "hours_planned"):
            self.view.setColumnHidden(FIELDS.index(name), is_scarce)
        shared = self.width() - sum(
            self.view.columnWidth(place) for place, name in enumerate(FIELDS) if name not in ("title", "serves")
        )
        self.view.setColumnWidth(FIELDS.index("serves"), max(shared * 2 // 5, theme.px(90)))

    def _narrow(self) -> None:
        self._narrowed.narrow(self.search.text(), self.states.currentData())

    def _open(self) -> None:
        if (row := self.chosen()) is not None:
            self.opened.emit(row.id)


def _order(name: str, value: Any) -> Any:
    """What a column is sorted by; what is not known comes last."""
    if name in CHOICES:
        return CHOICES[name].index(value)
    if name in DAYS:
        return value.toordinal() if value else date.max.toordinal()
    if _is_hours(name):
        return -1.0 if value is None else value
    return ", ".join(value) if name == "serves" else QLocale().toLower(value)


def _sound(name: str, value: Any, today: date) -> Any:
    if name in DAYS:
        said = str(value).strip()
        found = parse_day_words(said, today, Calendar()) if said else None
        if said and found is None:
            raise ValueError(said)
        return found.last if found and name != "first" else found.first if found else None
    if _is_hours(name):
        return parse_number(str(value))
    return value


def _is_hours(name: str) -> bool:
    return name == "hours_planned"
