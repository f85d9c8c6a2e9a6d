"""The desk of the journal: one entry in the editor, with its day, its state and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, journal, kinds
from app.core.store import Store
from app.core.writing import Writing
from app.ui.filing import Filing
from app.ui.journal.deskhead import DeskHead
from app.ui.journal.feelings import FeelingBar
from app.ui.journal.giventags import GivenTags
from app.ui.journal.kindform import KindForm
from app.ui.journal.matchbar import MatchBar
from app.ui.journal.onthisday import OnThisDay
from app.ui.journal.sheets import Sheets
from app.ui.journal.wordcount import WordCount
from app.ui.kinds import kind_word
from app.ui.kit import dates
from app.ui.kit.editor import Autosaver, MarkdownEditor, SaveLabel, SaveState
from app.ui.kit.editor.findbar import FindBar
from app.ui.kit.editor.preview import MarkdownPreview
from app.ui.kit.lead import tab_as_laid_out
from app.ui.mentioned import MentionedIn
from app.ui.taghint import TagHint
from app.ui.templates import Templates
from app.ui.writing import WritingAids


class EntryDesk(QWidget):
    """Shows and saves one entry at a time."""

    trash_requested = Signal(int)
    source_requested = Signal(int)
    written = Signal(int)
    failed = Signal(str)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.writing: Writing | None = None
        self._about = ""
        self.state = SaveLabel()
        self.editor = MarkdownEditor()
        self.editor.setAccessibleName(self.tr("Entry"))
        self.editor.setPlaceholderText(self.tr("Write, or begin with a template: Ctrl+Shift+M"))
        self.form = KindForm(self._say)
        self.matches = MatchBar(self.editor, self.form.texts)
        self.tag_hint = TagHint(store, self.editor)
        self.earlier = OnThisDay()
        self.feelings = FeelingBar()
        self.head = DeskHead(self, self.matches)
        self.find_bar = FindBar(self.editor)
        self.given_tags = GivenTags(store, self.tr("Tags:"))
        self.backlinks = MentionedIn(role="")
        self.aids = WritingAids(store, self.editor, self)
        self.autosaver = Autosaver(self.editor)
        self.filing = Filing(store, self.editor, self.autosaver, lambda: self.writing, self)
        self.templates = Templates(
            store, self.editor, self.autosaver, lambda: self.writing, lambda text: self._save(text), self
        )
        self.preview = MarkdownPreview(place=self.filing.place)
        self.sheets = Sheets(self.editor, self.preview)
        self.words = WordCount(self.editor.tally, lambda: self.templates.is_untouched)
        self._lay_out()
        self._connect()
        self.setEnabled(False)

    def open(self, entry: journal.OpenEntry, about: str = "") -> bool:
        """Put `entry` on the desk, `about` something; False when what lies there could not be saved first."""
        writing = self._writing(entry.day, (entry.id, entry.rev), entry.kind)
        if not self._bind(entry.text, writing):
            return False
        self._show_kind(entry.kind)
        self._show_marks(entry)
        self._about = about
        self._head(entry.day, " · ".join(part for part in (_time_of(entry), about) if part))
        self.head.source_button.setVisible(bool(about))
        return True

    def begin(self, day: date, kind: str = "note") -> bool:
        """A fresh page on `day`; it becomes an entry of `kind` with its first word."""
        if not self._bind("", self._writing(day, None, kind)):
            return False
        self._show_kind(kind)
        self._show_marks(None)
        self._head(day, self.tr("New {kind}").format(kind=kind_word(kind).lower()))
        self.head.source_button.hide()
        self.sheets.turn_to("write")
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.templates.begin()
        self.form.focus_first()
        return True

    def clear(self) -> None:
        """Nothing on the desk. What was typed is saved first."""
        if self.form.flush() and self.autosaver.bind("", None):
            self.writing = None
            self.setEnabled(False)
            self.form.hide()
            self.filing.follow()
            self.given_tags.follow(None)
            self.head.clear()
            self.words.setText("")

    def show_thrown(self, entry: journal.OpenEntry) -> bool:
        """Show an entry that lies in the Trash, to be read; False when what lay here could not be saved first."""
        self.clear()
        if self.writing is not None or not self.autosaver.bind(entry.text, None):
            return False
        self._head(entry.day, self.tr("In the Trash"))
        return True

    @property
    def entry_id(self) -> int | None:
        """The entry that lies here, None for a fresh or an empty desk."""
        return self.writing.id if self.writing else None

    def follow(self, entry: journal.OpenEntry | None) -> None:
        """Take up what was done to the entry elsewhere; never under a typist."""
        if self.writing is None or self.autosaver.has_unsaved or self.form.has_unsaved():
            return
        if entry is None:
            self.autosaver.bind("", None)
            self.writing = None
            self.clear()
        elif entry.rev != self.writing.rev:
            at = self.editor.textCursor().position()
            self.open(entry, self._about)
            cursor = self.editor.textCursor()
            cursor.setPosition(min(at, self.editor.document().characterCount() - 1))
            self.editor.setTextCursor(cursor)
        else:
            self._show_marks(entry)
            self.filing.follow()
            self.given_tags.follow(self.entry_id)

    def flush(self) -> bool:
        """Save what is typed; whether all of it is committed."""
        return self.form.flush() and self.autosaver.flush()

    def become(self, kind: str) -> None:
        """Make the entry one of another kind; what is written stays."""
        if self.writing is not None and self.flush():
            was_untouched = self.templates.is_untouched
            self.writing.become(kind)
            self._show_kind(kind)
            if was_untouched or (self.entry_id is None and not self.editor.text().strip()):
                self.templates.begin()
            self.form.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.make_room(self.width())

    def _writing(self, day: date, entry: tuple[int, int] | None, kind: str) -> Writing:
        return Writing(self._store, day, entry=entry, kind=kind, now=clock.now, zone=clock.zone)

    def _show_kind(self, kind: str) -> None:
        self.head.show_kind(kind)
        with self._store.read() as session:
            today = journal.today(session, clock.now(), clock.zone())
            values = kinds.fields_of(session, self.entry_id) if self.entry_id is not None else {}
            people = kinds.people(session) if kind == "conversation" else []
        self.form.show_kind(kind, values, today=today, people=people)

    def _show_marks(self, entry: journal.OpenEntry | None) -> None:
        self.feelings.show_feelings(entry.mood if entry else None, entry.energy if entry else None)
        self.head.show_marks(
            starred=entry is not None and entry.starred, private=entry is not None and entry.private
        )

    def _say(self, values: Mapping[str, Any]) -> None:
        assert self.writing is not None
        with self._telling():
            self.writing.say(values)

    def _mark(self, name: str, value: object) -> None:
        if self.writing is not None and self.autosaver.flush():
            with self._telling():
                self.writing.mark(**{name: value})  # type: ignore[arg-type]

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell of an entry that begins within."""
        assert self.writing is not None
        was = self.writing.id
        yield
        if self.writing.id is not None and self.writing.id != was:
            self.written.emit(self.writing.id)

    def _bind(self, text: str, writing: Writing) -> bool:
        if not self.form.flush() or not self.autosaver.bind(text, self._save):
            return False
        self.writing = writing
        self.setEnabled(True)
        self.words.count()
        self.find_bar.follow()
        self.filing.follow()
        self.given_tags.follow(self.entry_id)
        self.sheets.render_page()
        self.tag_hint.begin(text)
        return True

    def _follow_link(self, target: str) -> None:
        if not self.filing.offer(target):
            self.aids.follow_link(target)

    def _save(self, text: str) -> None:
        assert self.writing is not None
        with self._telling():
            self.writing.save(text)
        self.tag_hint.look(text)

    def _say_when(self, item_id: int) -> None:
        """A fresh page is an entry now, of its time."""
        with self._store.read() as session:
            entry = journal.entry(session, item_id)
        if entry is not None and item_id == self.entry_id and (time := _time_of(entry)):
            self.head.subheading.setText(time)

    def _head(self, day: date, note: str) -> None:
        self.earlier.follow(self._store, day)
        self.backlinks.follow(self._store, self.entry_id)
        self._order_tab()
        self.head.show_day(day, note)

    def _order_tab(self) -> None:
        """Tab reaches the links of this entry where they stand, though they came last."""
        if (laid_out := self.layout()) is not None:
            tab_as_laid_out(laid_out)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.words)
        foot.addSpacing(12)
        foot.addWidget(self.feelings)
        foot.addStretch(1)
        foot.addWidget(self.tag_hint)
        foot.addWidget(self.state)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 20, 10)
        column.setSpacing(4)
        column.addLayout(self.head)
        column.addWidget(self.form)
        column.addSpacing(8)
        column.addWidget(self.find_bar)
        column.addWidget(self.sheets, 1)
        self.sheets.hang_in()
        column.addWidget(self.filing.bar)
        column.addWidget(self.given_tags)
        column.addWidget(self.backlinks)
        column.addWidget(self.earlier)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.head.kind_wanted.connect(self.become)
        self.head.marked.connect(self._mark)
        self.head.preview_wanted.connect(lambda: self.sheets.toggle("read"))
        self.head.source_wanted.connect(self._ask_source)
        self.head.trash_wanted.connect(self._ask_trash)
        self.sheets.turned.connect(lambda sheet: self.head.preview_button.setChecked(sheet != "write"))
        self.feelings.felt.connect(self._mark)
        self.form.changed.connect(lambda: self.state.show_state(SaveState.TYPING))
        self.form.kept.connect(lambda: self.state.show_state(SaveState.SAVED))
        self.autosaver.state_changed.connect(self.state.show_state)
        self.autosaver.state_changed.connect(self.words.count)
        self.autosaver.failed.connect(self._tell)
        self.editor.refused.connect(self.failed)
        self.editor.find_wanted.connect(self.find_bar.rise)
        self.preview.link_requested.connect(self._follow_link)
        self.filing.began.connect(self.written)
        self.written.connect(self._say_when)
        self.filing.failed.connect(self.failed)
        self.templates.changed.connect(self.words.count)

    def _ask_trash(self) -> None:
        if self.autosaver.flush() and self.entry_id is not None:
            self.trash_requested.emit(self.entry_id)

    def _ask_source(self) -> None:
        if self.entry_id is not None:
            self.source_requested.emit(self.entry_id)

    def _tell(self, error: Exception) -> None:
        self.failed.emit(str(error))


def _time_of(entry: journal.OpenEntry) -> str:
    return dates.time_text(entry.at, entry.zone) if entry.at else ""
