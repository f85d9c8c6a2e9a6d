"""Objectives under the periods they stand in, which take others by drag and drop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.core.objectives import ObjectiveRow, PeriodDraft
from app.ui.kit.rows import RowsModel
from app.ui.objectives.rows import Heading, row_text

MIME = "application/x-northing-objective"
Index = QModelIndex | QPersistentModelIndex
Row = ObjectiveRow | Heading


def by_period(rows: Sequence[ObjectiveRow], offered: Iterable[PeriodDraft], backlog: str) -> list[Row]:
    """`rows` under headings: the periods that they stand in and those `offered`, in time; the backlog last."""
    found: dict[PeriodDraft | None, list[ObjectiveRow]] = {period: [] for period in offered}
    for row in rows:
        found.setdefault(row.period.draft if row.period else None, []).append(replace(row, depth=0))
    dated = sorted((period for period in found if period), key=lambda period: (period.first, period.last))
    made: list[Row] = []
    for number, place in enumerate([*dated, None], start=1):
        here = found.get(place, [])
        title = backlog if place is None else place.title
        made.append(Heading(-number, title, place, len(here)))
        made += here
    return made


class ObjectiveModel(RowsModel[Row]):
    """Objectives, and headings where they are by period. `moved` tells (objective, where it was dropped)."""

    moved = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(self._known, row_text, parent)
        self._rows: dict[int, Row] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show `rows` in this order."""
        self._rows = {row.id: row for row in rows}
        self.show([row.id for row in rows])

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if isinstance(row, Heading):
            return Qt.ItemFlag.ItemIsDropEnabled  # not enabled, so that the arrow keys pass it
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self._heading(index.row()) is None:
            return plain
        drops = Qt.ItemFlag.ItemIsDropEnabled
        return plain | drops if row.is_closed else plain | drops | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        made = QMimeData()
        made.setData(MIME, str(self.ids[indexes[0].row()]).encode())
        return made

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return data.hasFormat(MIME) and self._target(row, parent) is not None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tell where it was dropped; the page moves it, so the view must not take it away: always False."""
        heading = self._target(row, parent)
        dropped = self._rows.get(int(bytes(data.data(MIME).data()))) if data.hasFormat(MIME) else None
        if heading is not None and isinstance(dropped, ObjectiveRow):
            self.moved.emit(dropped, heading.period)
        return False

    def _target(self, row: int, parent: Index) -> Heading | None:
        """The heading over what was dropped on, or over the gap before `row`."""
        place = parent.row() if parent.isValid() else row - 1 if row > 0 else len(self.ids) - 1 if row < 0 else 0
        return self._heading(place)

    def _heading(self, place: int) -> Heading | None:
        while place >= 0:
            row = self.row(place)
            if isinstance(row, Heading):
                return row
            place -= 1
        return None

    def _known(self, ids: Sequence[int]) -> list[Row]:
        return [self._rows[item_id] for item_id in ids if item_id in self._rows]
