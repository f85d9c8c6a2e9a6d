"""A list model that holds ids and fetches rows as they are painted: 100,000 rows open at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex

CHUNK: Final = 128
KEPT_CHUNKS: Final = 24
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)


class RowsModel(QStringListModel, Generic[RowT]):
    """Rows of `ids`, fetched a chunk at a time.

    Built on blank strings, one for each id: a view asks twice for the number of rows for each row that it lays
    out, which takes half a second at 100,000 rows where Python answers, and nothing here.

    `fetch(ids)` gives a row for each id that still exists, each with an attribute `id`. `text(row)` is
    what a screen reader says and what type-ahead matches.
    """

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Sequence[RowT]],
        text: Callable[[RowT], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._text = text
        self._ids: list[int] = []
        self._next: tuple[list[int], Sequence[RowT]] = ([], ())
        self._places: dict[int, int] | None = None
        self._chunks: OrderedDict[int, dict[int, RowT]] = OrderedDict()

    def show(self, ids: list[int], rows: Sequence[RowT] = ()) -> None:
        """Show `ids` in this order; `rows` may bring the first of them along.

        The same ids again only repaint. Otherwise views are reset; who selects by id selects again.
        """
        if ids == self._ids:
            self.refresh(rows)
            return
        self._next = (ids, rows)
        self.setStringList([""] * len(ids))  # resets, and asks `resetInternalData` for the ids in between

    def resetInternalData(self) -> None:
        self._ids, self._places = self._next[0], None
        self._chunks.clear()
        self._bring(self._next[1])
        self._next = ([], ())

    def refresh(self, rows: Sequence[RowT] = ()) -> None:
        """Fetch again what is on screen, except what `rows` brings along."""
        self._chunks.clear()
        self._bring(rows)
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def _bring(self, rows: Sequence[RowT]) -> None:
        if rows:
            self._chunks[0] = {row.id: row for row in rows}  # type: ignore[attr-defined]

    @property
    def ids(self) -> Sequence[int]:
        """All ids, in order."""
        return self._ids

    def row_of(self, item_id: int) -> int:
        """Where the id stands, -1 when it is not shown."""
        if self._places is None:
            self._places = {shown: place for place, shown in enumerate(self._ids)}
        return self._places.get(item_id, -1)

    def row(self, place: int) -> RowT | None:
        """The row at `place`; None when it went away since the ids were read."""
        if not 0 <= place < len(self._ids):
            return None
        chunk = place // CHUNK
        rows = self._chunks.get(chunk)
        if rows is None or (
            self._ids[place] not in rows and chunk == 0 and len(rows) < min(CHUNK, len(self._ids))
        ):
            ids = self._ids[chunk * CHUNK : (chunk + 1) * CHUNK]
            rows = self._chunks[chunk] = {row.id: row for row in self._fetch(ids)}  # type: ignore[attr-defined]
            while len(self._chunks) > KEPT_CHUNKS:
                self._chunks.popitem(last=False)
        else:
            self._chunks.move_to_end(chunk)
        return rows.get(self._ids[place])

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        if role in (ROW_ROLE, int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            row = self.row(index.row())
            if row is None:
                return None
            return row if role == ROW_ROLE else self._text(row)
        return None
