"""The Journal: every entry, newest first; search as you type; a month at a glance; the desk to write at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, items, journal, mentions, search
from app.core.model import Entry
from app.core.query import Query
from app.core.rows import EntryRow, detail_of
from app.core.store import Store
from app.ui.journal.commands import JournalCommands
from app.ui.journal.desk import EntryDesk
from app.ui.journal.feelings import bend_of, day_note, marks_of
from app.ui.journal.many import ManyEntries
from app.ui.journal.searchbox import SearchBox
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import dates, icons
from app.ui.kit.background import run_in_background
from app.ui.kit.calendar import MonthCalendar
from app.ui.kit.empty import EmptyState
from app.ui.kit.lead import FocusLead
from app.ui.kit.listrow import ListRow, ListRowDelegate, month_lead
from app.ui.kit.rows import RowsModel
from app.ui.kit.watch import watch

FIRST_MATCHES = 300
"""Newest matches shown at each key; the rest follows when the typing pauses."""

PAUSE_MS = 250
ROOM_FOR_MONTH = 620
LOOKED_AT = 12
MOST_KEPT = 200
"""Selected entries that stay selected when the list is read anew."""

LONG = 20_000
"""Entries of which the list takes longer to be read than a key may."""

WITHOUT_KEYS = QItemSelectionModel.SelectionFlag.ClearAndSelect
"""How the list selects by itself; the view would take a selection away while Ctrl is held, as for Ctrl+2."""

TYPING_MS, LATEST_MS = 400, 10_000


class JournalPage(QWidget):
    """List at the left, desk at the right."""

    announced = Signal(str, object)
    item_requested = Signal(int)
    export_requested = Signal(object)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.today = self._journal_today()
        self.box = SearchBox(self._understand, self._tag_names, self._titles, self.today)
        self.search = self.box.field
        self.count = QLabel()
        self.new_button = QPushButton(self.tr(" New"))
        self.kinds_button = QPushButton()
        self.calendar = MonthCalendar(self.today)
        self.timeline = QListView()
        self.model: RowsModel[EntryRow] = RowsModel(self._rows, lambda row: f"{row.day} {row.title}", self)
        self.unwritten = EmptyState(
            "notebook-pen",
            self.tr("Your journal begins here"),
            self.tr("Write what changed today, for whom, and how you know."),
            self.tr("Write the first entry"),
            self.new_note,
        )
        self.unfound = EmptyState(
            "search", self.tr("Nothing says that"), self.tr("Try fewer words, or the beginning of one.")
        )
        self.lists = QStackedWidget()
        self.desk = EntryDesk(store)
        self.many = ManyEntries(store, self)
        self.commands = JournalCommands(store, self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._later = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._is_finding = False
        self._begun: int | None = None
        self._lay_out()
        self._connect()
        self.commands.add_actions()
        FocusLead(self, self._place_to_begin)
        watch(self, store, [Entry], self._follow)
        self._refresh()
        self._open_first()

    # ------------------------------------------------------------ asked by the window

    @property
    def shown_item(self) -> int | None:
        """The entry on the desk."""
        return self.desk.entry_id

    @property
    def asked(self) -> str:
        """What is searched for."""
        return self.box.text()

    def open_item(self, item_id: int) -> None:
        """Show the entry in the list and on the desk."""
        if self.model.row_of(item_id) < 0 and self.search.text():
            self.search.clear()
        self._open(item_id)
        self._select(item_id)

    def flush(self) -> bool:
        """Save what is typed; whether all of it is committed."""
        return self.desk.flush()

    # ------------------------------------------------------------ what is shown

    def _follow(self) -> None:
        """Show what changed; while somebody types in a long journal not before the next pause."""
        if self._typing.isActive() and len(self.model.ids) > LONG:
            if not self._later.isActive():
                self._later.start()
        else:
            self._refresh()

    def _catch_up(self) -> None:
        if self._later.isActive():
            self._refresh()

    def _note_typing(self) -> None:
        if self.desk.autosaver.has_unsaved:  # else another entry is opened
            self._typing.start()

    def _refresh(self) -> None:
        self._later.stop()
        self._follow_desk()
        self._search()
        self._mark_month(self.calendar.month)

    def _search(self) -> None:
        query = self.box.query
        limit = None if query.node is None else FIRST_MATCHES
        if self.box.best_first and query.node is not None:
            self._find_all()
        else:
            with self._store.read() as session:
                if query.node is None:
                    ids = journal.timeline_ids(session)
                else:
                    ids = journal.entry_ids(session, matching=query, limit=limit)
            self._show(ids, full=limit is None or len(ids) < FIRST_MATCHES)
            if limit is not None and len(ids) == FIRST_MATCHES:
                self._pause.start()
            else:
                self._pause.stop()
        self._mark_matches()
        if self.desk.writing is None:
            self._open_first()

    def _show_where(self) -> None:
        """After a search: bring what lies on the desk into sight among the entries around it."""
        if self.desk.entry_id is not None:
            self._select(self.desk.entry_id)

    def _find_all(self) -> None:
        """One search at a time: keys come faster than all matches of a common word are found."""
        if self._is_finding:
            return
        self._is_finding = True
        query, best_first = self.box.query, self.box.best_first

        def work() -> list[int]:
            with self._store.read() as session:
                return journal.entry_ids(session, matching=query, best_first=best_first)

        def then(ids: list[int]) -> None:
            self._is_finding = False
            if query is self.box.query and best_first == self.box.best_first:
                self._show(ids, full=True)
            elif self.box.query.node is not None:  # asked anew meanwhile
                self._find_all()

        def fail(error: Exception) -> None:
            self._is_finding = False
            raise error

        run_in_background(self, work, then, failed=fail)

    def _show(self, ids: list[int], *, full: bool) -> None:
        at, chosen = self.timeline.verticalScrollBar().value(), self.selected_ids()
        self.model.show(ids)
        self.timeline.verticalScrollBar().setValue(at)
        if self.desk.entry_id is not None:
            self._select(self.desk.entry_id, scroll=self.desk.entry_id == self._begun)
            self._begun = None
            if 1 < len(chosen) <= MOST_KEPT and self.desk.entry_id in chosen:
                self._select_too(chosen)
        self.count.setText(f"{len(ids):,}" + ("" if full else "+"))
        is_search = self.box.query.node is not None
        self.lists.setCurrentWidget(self.timeline if ids else self.unfound if is_search else self.unwritten)

    def _rows(self, ids: Sequence[int]) -> list[EntryRow]:
        with self._store.read() as session:
            return journal.entry_rows(session, ids, matching=self.box.query)

    def _understand(self, text: str) -> Query:
        with self._store.read() as session:
            return journal.query_for(session, text, today=self.today)

    def _tag_names(self) -> list[str]:
        with self._store.read() as session:
            return mentions.tag_names(session, "", limit=1000)

    def _titles(self, typed: str) -> list[str]:
        with self._store.read() as session:
            return mentions.item_titles(session, typed, limit=20)

    def _mark_matches(self) -> None:
        query = self.box.query
        self.desk.matches.look_for((lambda text: search.match_spans(text, query)) if query.node else None)

    def search_for(self, text: str) -> None:
        """Search for `text`, as if it were typed."""
        self.box.set_text(text)
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _describe(self, row: EntryRow, place: int) -> ListRow:
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
            picture=self.desk.filing.folder / row.picture if row.picture else None,
        )

    def _follow_desk(self) -> None:
        if self.desk.entry_id is not None:
            with self._store.read() as session:
                entry = journal.entry(session, self.desk.entry_id)
            was = self.desk.writing.day if self.desk.writing else None
            self.desk.follow(entry)
            if entry is not None and entry.day != was:
                self.calendar.choose(entry.day)

    def _mark_month(self, month: date) -> None:
        with self._store.read() as session:
            marks = journal.day_marks(session, month - timedelta(days=6), month + timedelta(days=42))
        self.calendar.set_marks(
            {day: min(4, 1 + mark.words // 150) for day, mark in marks.items()},
            curves={day: bend for day, mark in marks.items() if (bend := bend_of(mark.mood)) is not None},
            notes={day: day_note(mark) for day, mark in marks.items()},
        )

    # ------------------------------------------------------------ what is done

    def _open(self, item_id: int) -> None:
        with self._store.read() as session:
            entry = journal.entry(session, item_id)
            rows = journal.entry_rows(session, [item_id]) if entry and entry.kind != "note" else []
        if entry is not None and self.desk.open(entry, rows[0].title if rows else ""):
            self.calendar.choose(entry.day)
            self.desk.matches.look_for(None)
            self._mark_matches()
        elif entry is None:
            self._open_thrown(item_id)

    def _open_thrown(self, item_id: int) -> None:
        """Of what lies in the Trash a search shows what it says, and how it comes back."""
        with self._store.read() as session:
            thrown = journal.thrown_away(session, item_id)
        if thrown is not None and self.desk.show_thrown(thrown):
            self._mark_matches()
            self.announced.emit(self.tr("This lies in the Trash."), lambda: self._restore(item_id))

    def _open_first(self) -> None:
        """The newest that one can read; after a search the first that it found."""
        if ids := self.model.ids:
            looked_at = self._rows(ids[:LOOKED_AT]) if self.box.query.node is None else []
            first = next((row.id for row in looked_at if row.words), ids[0])
            self._open(first)
            self._select(first)
        elif self.box.query.node is None:
            self.desk.begin(self._journal_today())

    def _go_to_found(self) -> None:
        """From the search to the entry on the desk where it was found, else to the first."""
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.ids and not self.timeline.selectionModel().hasSelection():
            self.timeline.setCurrentIndex(self.model.index(0))

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.ids[index.row()] != self.desk.entry_id:
            self._open(self.model.ids[index.row()])
            if not self.timeline.selectionModel().hasSelection():  # the list was only given the keyboard
                self._select(self.model.ids[index.row()], scroll=False)

    def _select(self, item_id: int, *, scroll: bool = True) -> None:
        place = self.model.row_of(item_id)
        selection = self.timeline.selectionModel()
        blocked = selection.blockSignals(True)
        index = self.model.index(place) if place >= 0 else QModelIndex()
        selection.setCurrentIndex(index, WITHOUT_KEYS)
        selection.blockSignals(blocked)
        if scroll and place >= 0:
            is_near = self.timeline.visualRect(index).intersects(self.timeline.viewport().rect())
            hint = QListView.ScrollHint.EnsureVisible if is_near else QListView.ScrollHint.PositionAtCenter
            self.timeline.scrollTo(index, hint)
        self.timeline.viewport().update()

    def _select_too(self, ids: Sequence[int]) -> None:
        """What was selected stays so when the list is read anew, as far as it is still there."""
        selection = self.timeline.selectionModel()
        for item_id in ids:
            if (place := self.model.row_of(item_id)) >= 0:
                selection.select(self.model.index(place), QItemSelectionModel.SelectionFlag.Select)

    def new_note(self) -> None:
        """A fresh page for today."""
        self.new_entry("note")

    def new_entry(self, kind: str) -> None:
        """A fresh page of `kind` for today."""
        self.today = self._journal_today()
        if self.desk.begin(self.today, kind):
            self.calendar.choose(self.today)
            self.timeline.clearSelection()

    def go_to_day(self, day: date) -> None:
        """Show the day's newest entry, or offer a fresh page on an empty day."""
        with self._store.read() as session:
            page = journal.page_of(session, day) or journal.newest_of(session, day)
        if page is not None:
            self.open_item(page)
        elif self.desk.begin(day):
            self.timeline.clearSelection()

    def _trash(self, item_id: int) -> None:
        place = self.model.row_of(item_id)
        with self._store.write() as session:
            items.trash(session, [item_id], now=clock.now())
        self._refresh()
        if self.model.ids:
            self._open(self.model.ids[min(max(place, 0), len(self.model.ids) - 1)])
        self._refresh()
        self.announced.emit(self.tr("Moved to the Trash."), lambda: self._restore(item_id))

    def _restore(self, item_id: int) -> None:
        with self._store.write() as session:
            items.restore(session, [item_id])
        self._refresh()
        self.open_item(item_id)

    def trash_selected(self) -> None:
        """Move the entry on the desk, or all that are selected, to the Trash."""
        chosen = self.selected_ids()
        if not self.desk.flush():
            return
        if len(chosen) > 1:
            self.many.trash(chosen)
        elif self.desk.entry_id is not None:
            self._trash(self.desk.entry_id)

    def selected_ids(self) -> list[int]:
        """The entries that are selected in the list, from top to bottom."""
        # By stretches: an index for each of 100,000 rows takes half a second.
        stretches = sorted(
            (each.top(), each.bottom()) for each in self.timeline.selectionModel().selection().toList()
        )
        return [item_id for top, bottom in stretches for item_id in self.model.ids[top : bottom + 1]]

    def _place_to_begin(self) -> QWidget:
        """Where the keyboard goes when the page is shown: to what is there."""
        if self.model.ids:
            return self.timeline
        return self.desk.editor if self.box.query.node is None else self.search

    def focus_search(self) -> None:
        """Go to the search box, with what stands there selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _journal_today(self) -> date:
        with self._store.read() as session:
            return journal.today(session, clock.now(), clock.zone())

    # ------------------------------------------------------------ how it is built

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The month gives way where the page is low, or what is searched for takes many lines."""
        said = self.box.heightForWidth(self.box.width()) - self.search.height()
        self.calendar.setVisible(self.height() - said >= ROOM_FOR_MONTH)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Journal"))
        title.setProperty("role", "section")
        self.count.setProperty("role", "secondary")
        self.new_button.setIcon(icons.icon("plus", role="on_accent"))
        self.new_button.setProperty("role", "primary")
        self.timeline.setItemDelegate(ListRowDelegate(self._describe, self.timeline))
        self.timeline.setUniformItemSizes(True)
        self.timeline.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.timeline.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.timeline.setModel(self.model)
        self.timeline.setMouseTracking(True)
        self.timeline.setProperty("role", "plain")
        self.timeline.setAccessibleName(self.tr("Entries, newest first"))
        self.timeline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.timeline.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

        head = QHBoxLayout()
        head.setContentsMargins(12, 14, 12, 0)
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.new_button)
        head.addSpacing(-5)
        self.kinds_button.setProperty("role", "primary")
        self.kinds_button.setIcon(icons.icon("chevron-down", role="on_accent"))
        self.kinds_button.setToolTip(self.tr("New entry of a kind (Ctrl+Shift+K)"))
        self.kinds_button.setAccessibleName(self.kinds_button.toolTip())
        self.kinds_button.clicked.connect(self.commands.offer_kinds)
        head.addWidget(self.kinds_button)
        self.lists.setMinimumSize(200, 160)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter()
        splitter.setObjectName("journal")
        splitter.setChildrenCollapsible(False)
        whole.addWidget(splitter)
        left = QWidget()
        left.setProperty("role", "list")
        splitter.addWidget(left)
        splitter.addWidget(self.desk)
        splitter.setSizes([328, 800])
        splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.box)
        month = QVBoxLayout()
        month.setContentsMargins(12, 0, 12, 0)
        month.addWidget(self.calendar)
        column.addLayout(month)
        column.addWidget(self.lists, 1)
        for sheet in (self.timeline, self.unwritten, self.unfound):
            self.lists.addWidget(sheet)

    def _connect(self) -> None:
        self.box.asked.connect(self._search)
        self.box.emptied.connect(self._show_where)
        self.box.asked.connect(self._make_room)
        self.box.left.connect(self._go_to_found)
        self.box.keep_wanted.connect(self.commands.keep_search)
        self._pause.timeout.connect(self._find_all)
        self._later.timeout.connect(self._refresh)
        self._typing.timeout.connect(self._catch_up)
        self.desk.editor.textChanged.connect(self._note_typing)
        self.new_button.clicked.connect(self.new_note)
        self.timeline.selectionModel().currentChanged.connect(self._current_changed)
        self.timeline.activated.connect(self.desk.editor.setFocus)
        self.timeline.customContextMenuRequested.connect(self.commands.offer_many)
        self.many.done.connect(self.announced)
        self.many.export_wanted.connect(self.export_requested)
        self.calendar.day_chosen.connect(self.go_to_day)
        self.calendar.month_changed.connect(self._mark_month)
        self.desk.trash_requested.connect(self._trash)
        self.desk.earlier.chosen.connect(self.item_requested)
        self.desk.backlinks.chosen.connect(self.item_requested)
        self.desk.given_tags.search_wanted.connect(self.search_for)
        self.desk.given_tags.away_wanted.connect(self.many.untag)
        self.desk.aids.item_wanted.connect(self.commands.go_to_item)
        self.desk.aids.search_wanted.connect(self.search_for)
        self.desk.aids.announced.connect(self.announced)
        self.desk.filing.taken_off.connect(self.announced)
        self.desk.failed.connect(self._tell)
        self.desk.written.connect(self._follow_begun)
        self.desk.source_requested.connect(self.item_requested)

    def _follow_begun(self, item_id: int) -> None:
        """Bring the entry that begins into sight once the list has it."""
        self._begun = item_id

    def _tell(self, sentence: str) -> None:
        self.announced.emit(sentence, None)
