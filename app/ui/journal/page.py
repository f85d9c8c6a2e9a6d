"""The Journal: every entry, newest first; search as you type; a month at a glance; the desk to write at."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QWidget,
)

from app.core import clock, journal, search
from app.core.model import Entry
from app.core.store import Store
from app.ui.journal.breath import Breath
from app.ui.journal.column import ListColumn
from app.ui.journal.commands import JournalCommands
from app.ui.journal.desk import EntryDesk
from app.ui.journal.finding import Finding
from app.ui.journal.many import ManyEntries
from app.ui.kit.lead import FocusLead
from app.ui.kit.watch import watch

LONG = 20_000
"""Entries of which the list takes longer to be read than a key may."""


class JournalPage(QWidget):
    """List at the left, desk at the right."""

    announced = Signal(str, object)
    item_requested = Signal(int)
    export_requested = Signal(object)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.today = self._journal_today()
        self.finding = Finding(store, self.today, self)
        self.desk = EntryDesk(store)
        self.column = ListColumn(store, self.finding, self.desk.filing.folder, self.today)
        self.box, self.calendar, self.entries = self.column.box, self.column.calendar, self.column.entries
        self.search, self.timeline, self.model = self.box.field, self.entries.view, self.entries.model
        self.many = ManyEntries(store, self)
        self.commands = JournalCommands(store, self)
        self.breath = Breath(self.desk.autosaver, lambda: len(self.model.ids) > LONG, self.refresh)
        self._begun: int | None = None
        self._lay_out()
        self._connect()
        self.commands.add_actions()
        FocusLead(self, self._place_to_begin)
        watch(self, store, [Entry], self.breath.follow)
        self.refresh()
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
        self.entries.select(item_id)

    def flush(self) -> bool:
        """Save what is typed; whether all of it is committed."""
        return self.desk.flush()

    # ------------------------------------------------------------ what is shown

    def refresh(self) -> None:
        """Read all that is shown anew; where what lay on the desk is gone, open what takes its place."""
        self.breath.done()
        chosen = self.selected_ids()
        self._follow_desk()
        self._search(self.model.row_of(chosen[0]) if chosen else 0)
        self.column.refresh_month()

    def _search(self, place: int = 0) -> None:
        self.finding.look(self.box.query, best_first=self.box.best_first)
        self._mark_matches()
        if self.desk.writing is None and not place:
            self._open_first()
        elif self.desk.writing is None:
            self._open_at(place)

    def _show_where(self) -> None:
        """After a search: bring what lies on the desk into sight among the entries around it."""
        if self.desk.entry_id is not None:
            self.entries.select(self.desk.entry_id)

    def _show(self, ids: list[int], full: bool) -> None:
        chosen = self.selected_ids()
        self.entries.show_ids(ids)
        if self.desk.entry_id is not None:
            self.entries.select(self.desk.entry_id, scroll=self.desk.entry_id == self._begun)
            self._begun = None
            if self.desk.entry_id in chosen:
                self.entries.select_too(chosen)
        self.column.say_count(len(ids), is_all=full)

    def _mark_matches(self) -> None:
        query = self.box.query
        self.desk.matches.look_for((lambda text: search.match_spans(text, query)) if query.node else None)

    def search_for(self, text: str) -> None:
        """Search for `text`, as if it were typed."""
        self.box.set_text(text)
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_desk(self) -> None:
        if self.desk.entry_id is not None:
            with self._store.read() as session:
                entry = journal.entry(session, self.desk.entry_id)
            was = self.desk.writing.day if self.desk.writing else None
            self.desk.follow(entry)
            if entry is not None and entry.day != was:
                self.calendar.choose(entry.day)

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
            self.announced.emit(self.tr("This lies in the Trash."), lambda: self.commands.restore(item_id))

    def _open_first(self) -> None:
        """The newest that one can read; after a search the first that it found."""
        first = self.entries.first_to_read()
        if first is not None:
            self._open(first)
            self.entries.select(first)
        elif self.box.query.node is None:
            self.desk.begin(self._journal_today())

    def _open_at(self, place: int) -> None:
        """The entry that stands here now, or the last."""
        if ids := self.model.ids:
            item_id = ids[min(place, len(ids) - 1)]
            self._open(item_id)
            self.entries.select(item_id)
        else:
            self._open_first()

    def _go_to(self, item_id: int) -> None:
        if item_id != self.desk.entry_id:
            self._open(item_id)
            if not self.selected_ids():  # the list was only given the keyboard
                self.entries.select(item_id, scroll=False)

    def new_note(self) -> None:
        """A fresh page for today."""
        self.new_entry("note")

    def new_entry(self, kind: str) -> None:
        """A fresh page of `kind` for today."""
        self.today = self.entries.today = self._journal_today()
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

    def selected_ids(self) -> list[int]:
        """The entries that are selected in the list, from top to bottom."""
        return self.entries.selected_ids()

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

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter()
        splitter.setObjectName("journal")
        splitter.setChildrenCollapsible(False)
        whole.addWidget(splitter)
        splitter.addWidget(self.column)
        splitter.addWidget(self.desk)
        splitter.setSizes([328, 800])
        splitter.setStretchFactor(1, 1)
        self.column.hang_in()

    def _connect(self) -> None:
        self.box.asked.connect(lambda: self._search())
        self.box.emptied.connect(self._show_where)
        self.box.left.connect(self.entries.go_to_found)
        self.box.keep_wanted.connect(self.commands.keep_search)
        self.finding.found.connect(self._show)
        self.desk.editor.textChanged.connect(self.breath.note_typing)
        self.column.new_button.clicked.connect(self.new_note)
        self.column.kinds_button.clicked.connect(self.commands.offer_kinds)
        self.entries.gone_to.connect(self._go_to)
        self.entries.opened.connect(self.desk.editor.setFocus)
        self.entries.begin_wanted.connect(self.new_note)
        self.entries.menu_wanted.connect(self.commands.offer_many)
        self.many.done.connect(self.announced)
        self.many.export_wanted.connect(self.export_requested)
        self.calendar.day_chosen.connect(self.go_to_day)
        self.desk.trash_requested.connect(self.commands.trash)
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
