"""The journal's entries as a list, newest first, and which of them are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QListView, QStackedWidget

from app.core import journal
from app.core.query import Query
from app.core.rows import EntryRow, detail_of
from app.core.store import Store
from app.ui.journal.feelings import marks_of
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import dates
from app.ui.kit.empty import EmptyState
from app.ui.kit.listrow import ListRow, ListRowDelegate, month_lead
from app.ui.kit.rows import RowsModel

LOOKED_AT: Final = 12
MOST_KEPT: Final = 200
"""Selected entries that stay selected when the list is read anew."""

WITHOUT_KEYS: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect
"""How the list selects by itself; the view would take a selection away while Ctrl is held, as for Ctrl+2."""


class EntryList(QStackedWidget):
    """The list, or what is said where it is empty.

    Signals:
        gone_to: The entry that became the current one by key or mouse, by id.
        begin_wanted: A first entry is to be written. opened: The entry is to be written in.
        menu_wanted: What can be done with the selected is asked for, at a place on the screen.
    """

    gone_to = Signal(int)
    begin_wanted = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, store: Store, files: Path, today: date, query: Callable[[], Query]) -> None:
        """Pictures lie in `files`; `query` gives what is searched for: rows show the words around it."""
        super().__init__()
        self._store, self._files, self._query = store, files, query
        self.today = today
        self.view = QListView()
        self.model: RowsModel[EntryRow] = RowsModel(self._rows, lambda row: f"{row.day} {row.title}", self)
        self.unwritten = EmptyState(
            "notebook-pen",
            self.tr("Your journal begins here"),
            self.tr("Write what changed today, for whom, and how you know."),
            self.tr("Write the first entry"),
            self.begin_wanted.emit,
        )
        self.unfound = EmptyState(
            "search", self.tr("Nothing says that"), self.tr("Try fewer words, or the beginning of one.")
        )
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.activated.connect(self.opened)
        self.view.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.view.viewport().mapToGlobal(at))
        )

    def show_ids(self, ids: list[int]) -> None:
        """List these entries where the list stands; none are selected."""
        at = self.view.verticalScrollBar().value()
        self.model.show(ids)
        self.view.verticalScrollBar().setValue(at)
        is_search = self._query().node is not None
        self.setCurrentWidget(self.view if ids else self.unfound if is_search else self.unwritten)

    def first_to_read(self) -> int | None:
        """The newest that says something; of what a search found the first."""
        if not (ids := self.model.ids):
            return None
        looked_at = self._rows(ids[:LOOKED_AT]) if self._query().node is None else []
        return next((row.id for row in looked_at if row.words), ids[0])

    def select(self, item_id: int, *, scroll: bool = True) -> None:
        """Make an entry the current one, and the only one that is selected; none where it is not in the list."""
        place = self.model.row_of(item_id)
        selection = self.view.selectionModel()
        blocked = selection.blockSignals(True)
        index = self.model.index(place) if place >= 0 else QModelIndex()
        selection.setCurrentIndex(index, WITHOUT_KEYS)
        selection.blockSignals(blocked)
        if scroll and place >= 0:
            is_near = self.view.visualRect(index).intersects(self.view.viewport().rect())
            hint = QListView.ScrollHint.EnsureVisible if is_near else QListView.ScrollHint.PositionAtCenter
            self.view.scrollTo(index, hint)
        self.view.viewport().update()

    def select_too(self, ids: Sequence[int]) -> None:
        """What was selected stays so when the list is read anew, as far as it is still there."""
        if not 1 < len(ids) <= MOST_KEPT:
            return
        selection = self.view.selectionModel()
        for item_id in ids:
            if (place := self.model.row_of(item_id)) >= 0:
                selection.select(self.model.index(place), QItemSelectionModel.SelectionFlag.Select)

    def selected_ids(self) -> list[int]:
        """The entries that are selected in the list, from top to bottom."""
        # By stretches: an index for each of 100,000 rows takes half a second.
        stretches = sorted((each.top(), each.bottom()) for each in self.view.selectionModel().selection().toList())
        return [item_id for top, bottom in stretches for item_id in self.model.ids[top : bottom + 1]]

    def go_to_found(self) -> None:
        """Give the list the keyboard, at the entry that is selected, else at the first."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.ids and not self.view.selectionModel().hasSelection():
            self.view.setCurrentIndex(self.model.index(0))

    def describe(self, row: EntryRow, place: int) -> ListRow:
        """An entry as a row of the list; the first of a day says the day."""
        above = self.model.row(place - 1)
        first_of_day = above is None or above.day != row.day
        return ListRow(
            title=row.title or (self.tr("Picture") if row.picture else self.tr("Empty page")),
            detail=detail_of(row) or kind_word(row.kind),
            lead=str(row.day.day) if first_of_day else "",
            sublead=month_lead(row.day, self.today) if first_of_day else "",
            aside=dates.time_text(row.at, row.zone) if row.at else "",
            icon="" if row.kind == "note" else kind_icon(row.kind),
            starred=row.starred,
            marks=(*(("lock",) if row.private else ()), *marks_of(row.mood, row.energy)),
            picture=self._files / row.picture if row.picture else None,
        )

    def _rows(self, ids: Sequence[int]) -> list[EntryRow]:
        with self._store.read() as session:
            return journal.entry_rows(session, ids, matching=self._query())

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.gone_to.emit(self.model.ids[index.row()])

    def _lay_out(self) -> None:
        self.view.setItemDelegate(ListRowDelegate(self.describe, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setModel(self.model)
        self.view.setMouseTracking(True)
        self.view.setProperty("role", "plain")
        self.view.setAccessibleName(self.tr("Entries, newest first"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMinimumSize(200, 160)

    def hang_in(self) -> None:
        """Take the sheets in once the list itself has its place: else each is dressed at every level above."""
        for sheet in (self.view, self.unwritten, self.unfound):
            self.addWidget(sheet)
