"""The numbers of a chart as a table on screen."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTableView, QWidget

from app.ui.kit import dates, theme
from app.ui.kit.chart.spec import Cell, Table
from app.ui.kit.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex

NARROWEST: Final = 72
ELIDED: Final = 160
WIDEST: Final = 320
HEADING: Final = 160
PLACES: Final = 2


class TableModel(QAbstractTableModel):
    """A table's cells, read only. A column of numbers stands at the right, with as many places in each row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = Table((), ())
        self._places: list[int | None] = []

    def show(self, table: Table) -> None:
        """Show `table`."""
        self.beginResetModel()
        self._table = table
        cells = [[row[column] for row in table.rows] for column in range(len(table.columns))]
        self._places = [_places(column) for column in cells]
        self.endResetModel()

    def is_numeric(self, column: int) -> bool:
        """Whether there are numbers in the column, and no words."""
        return self._places[column] is not None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(self._table.rows[index.row()][index.column()], self._places[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.columns[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._table.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if self.is_numeric(column) else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class TableView(QTableView):
    """Columns as wide as what they say; what is left goes to the words: the last column of them."""

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = model
        self.setModel(model)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        # It takes the room of the drawing, so that a small one has no empty space below it.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        model.modelReset.connect(self._share_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        columns = range(self._numbers.columnCount())
        if not columns:
            return
        least, most, heading = theme.px(NARROWEST), theme.px(WIDEST), theme.px(HEADING)
        heads = [min(self.horizontalHeader().sectionSizeHint(at), heading) for at in columns]
        wide = [min(max(self.sizeHintForColumn(at), heads[at], least), most) for at in columns]
        words = [at for at in columns if not self._numbers.is_numeric(at)] or [0]
        room = self.viewport().width() - sum(wide)
        if room < 0:
            wide[words[0]] = max(wide[words[0]] + room, min(wide[words[0]], theme.px(ELIDED)))
        else:
            wide[words[-1]] += room
        for at in columns:
            self.setColumnWidth(at, wide[at])


def _places(cells: list[Cell]) -> int | None:
    """The places after the point that the numbers of a column need, at most two; None when it says words."""
    known = [cell for cell in cells if cell is not None]
    numbers = [cell for cell in known if isinstance(cell, float | int)]
    if not numbers or len(numbers) < len(known):
        return None
    return max(len(f"{float(number):.{PLACES}f}".rstrip("0").partition(".")[2]) for number in numbers)


def _shown(cell: Cell, places: int | None) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, date):
        return dates.short_day_and_year(cell)
    if isinstance(cell, float | int):
        return QLocale().toString(float(cell), "f", PLACES if places is None else places)
    return cell
