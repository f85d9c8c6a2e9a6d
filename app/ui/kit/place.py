"""Keeping one's place in a list when it shows other ids."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QObject
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.ui.kit.rows import RowsModel

_SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class PlaceKeeper(QObject):
    """Selects and shows again, by id, what a `RowsModel` forgets on a reset.

    What went away is no longer selected; when the current row did, its neighbour becomes current. The selection
    model tells `currentChanged` as on any change, so a page compares ids before it loads.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._selected: list[int] = []
        self._current = self._top = -1
        self._current_row = 0
        model = view.model()
        assert isinstance(model, RowsModel)
        self._model: RowsModel[object] = model
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    def _remember(self) -> None:
        ids, view = self._model.ids, self._view
        self._selected = [ids[index.row()] for index in view.selectionModel().selectedRows()]
        current, top = view.currentIndex(), view.indexAt(view.viewport().rect().topLeft())
        self._current = ids[current.row()] if current.isValid() else -1
        self._current_row = current.row()
        self._top = ids[top.row()] if top.isValid() else -1

    def _restore(self) -> None:
        selection, model = self._view.selectionModel(), self._model
        for row in map(model.row_of, self._selected):
            if row >= 0:
                selection.select(model.index(row), _SELECT)
        row = model.row_of(self._current)
        if self._current >= 0 and row < 0 and model.rowCount():
            row = min(self._current_row, model.rowCount() - 1)
            selection.select(model.index(row), _SELECT)
        if row >= 0:
            selection.setCurrentIndex(model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        top = model.row_of(self._top)
        if top >= 0:
            self._view.scrollTo(model.index(top), QListView.ScrollHint.PositionAtTop)


def keep_place(view: QAbstractItemView) -> PlaceKeeper:
    """Let `view`, which has its `RowsModel` already, keep selection and scroll position by id."""
    return PlaceKeeper(view)
