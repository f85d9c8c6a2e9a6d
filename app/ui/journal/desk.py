"""The desk of the journal: one entry in the editor, with its day, its state and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, journal, kinds
from app.core.store import Store
from app.core.writing import Writing
from app.ui.filing import Filing
from app.ui.journal.feelings import FeelingBar
from app.ui.journal.giventags import GivenTags
from app.ui.journal.kindform import KindForm
from app.ui.journal.matchbar import MatchBar
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import dates, icons, theme
from app.ui.kit.editor import Autosaver, MarkdownEditor, SaveLabel, SaveState
from app.ui.kit.editor.findbar import FindBar
from app.ui.kit.editor.preview import MarkdownPreview
from app.ui.kit.lead import tab_as_laid_out
from app.ui.kit.linkrow import LinkRow
from app.ui.kit.room import ElidedLabel
from app.ui.mentioned import MentionedIn
from app.ui.taghint import TagHint
from app.ui.templates import Templates
from app.ui.writing import WritingAids

COUNT_MS = 250
LONG, LONG_PAUSE_MS = 40_000, 2000
WORTH_TIMING = 230
"""Words that take about a minute to read."""
LONG_READ = 120
"""Minutes from which on hours are said."""
HALF = 1000
ROOM_FOR_WORDS = 480
"""In a desk narrower than this, buttons beside the day show their icons only."""

Sheet = Literal["write", "read", "beside"]


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
        self._is_scrolling = False
        self.sheet: Sheet = "write"
        self.heading = ElidedLabel(role="title")
        self.subheading = ElidedLabel(role="secondary")
        self.state = SaveLabel()
        self.words = ElidedLabel(role="secondary", hugs=True)
        self.words.setFont(theme.numerals(self.words.font()))
        self.editor = MarkdownEditor()
        self.editor.setAccessibleName(self.tr("Entry"))
        self.editor.setPlaceholderText(self.tr("Write, or begin with a template: Ctrl+Shift+M"))
        self.form = KindForm(self._say)
        self.matches = MatchBar(self.editor, self.form.texts)
        self.tag_hint = TagHint(store, self.editor)
        self.earlier = LinkRow(self.tr("On this day:"))
        self.feelings = FeelingBar()
        self.kind_button = QPushButton()
        self.star_button = QPushButton()
        self.private_button = QPushButton()
        self.sheets = QSplitter()
        self.find_bar = FindBar(self.editor)
        self.given_tags = GivenTags(store, self.tr("Tags:"))
        self.backlinks = MentionedIn(role="")
        self.aids = WritingAids(store, self.editor, self)
        self.preview_button = QPushButton(self.tr(" Preview"))
        self.source_button = QPushButton(self.tr(" Show"))
        self.trash_button = QPushButton()
        self.autosaver = Autosaver(self.editor)
        self.filing = Filing(store, self.editor, self.autosaver, lambda: self.writing, self)
        self.templates = Templates(
            store, self.editor, self.autosaver, lambda: self.writing, lambda text: self._save(text), self
        )
        self.preview = MarkdownPreview(place=self.filing.place)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._lay_out()
        self._connect()
        self.setEnabled(False)
        self.kind_button.hide()

    def open(self, entry: journal.OpenEntry, about: str = "") -> bool:
        """Put `entry` on the desk, `about` something; False when what lies there could not be saved first."""
        writing = self._writing(entry.day, (entry.id, entry.rev), entry.kind)
        if not self._bind(entry.text, writing):
            return False
        self._show_kind(entry.kind)
        self._show_marks(entry)
        self._about = about
        self._head(entry.day, " · ".join(part for part in (_time_of(entry), about) if part))
        self.source_button.setVisible(bool(about))
        return True

    def begin(self, day: date, kind: str = "note") -> bool:
        """A fresh page on `day`; it becomes an entry of `kind` with its first word."""
        if not self._bind("", self._writing(day, None, kind)):
            return False
        self._show_kind(kind)
        self._show_marks(None)
        self._head(day, self.tr("New {kind}").format(kind=kind_word(kind).lower()))
        self.source_button.hide()
        self.show_sheets("write")
        self.preview_button.setChecked(False)
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
            self.kind_button.hide()
            self.heading.setText("")
            self.subheading.setText("")
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

    def toggle_mark(self, name: str) -> None:
        """Star the entry or keep it private, or take that back."""
        button = self.star_button if name == "starred" else self.private_button
        button.setChecked(not button.isChecked())
        self._mark(name, button.isChecked())

    def toggle_preview(self) -> None:
        """Read the entry as a page, or go back to writing."""
        self.show_sheets("read" if self.sheet != "read" else "write")

    def toggle_beside(self) -> None:
        """Read the page beside the source, both at the same place, or go back to writing."""
        self.show_sheets("beside" if self.sheet != "beside" else "write")

    def show_sheets(self, sheet: Sheet) -> None:
        """Show the source, the page, or both."""
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.sheet = sheet
        self.editor.setVisible(sheet != "read")
        self.preview.setVisible(sheet != "write")
        self.preview_button.setChecked(sheet != "write")
        if sheet == "beside":
            self.sheets.setSizes([HALF, HALF])
        self._render()
        if had_focus or sheet == "read":
            (self.preview if sheet == "read" else self.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = self.width() >= ROOM_FOR_WORDS
        self.preview_button.setText(self.tr(" Preview") if has_room else "")
        self.source_button.setText(self.tr(" Show") if has_room else "")

    def _writing(self, day: date, entry: tuple[int, int] | None, kind: str) -> Writing:
        return Writing(self._store, day, entry=entry, kind=kind, now=clock.now, zone=clock.zone)

    def _show_kind(self, kind: str) -> None:
        self.kind_button.setText(f" {kind_word(kind)}")
        self.kind_button.setIcon(icons.icon(kind_icon(kind)))
        self.kind_button.setVisible(kind in kinds.KINDS)
        with self._store.read() as session:
            today = journal.today(session, clock.now(), clock.zone())
            values = kinds.fields_of(session, self.entry_id) if self.entry_id is not None else {}
            people = kinds.people(session) if kind == "conversation" else []
        self.form.show_kind(kind, values, today=today, people=people)

    def _show_marks(self, entry: journal.OpenEntry | None) -> None:
        self.feelings.show_feelings(entry.mood if entry else None, entry.energy if entry else None)
        self.star_button.setChecked(entry is not None and entry.starred)
        self.private_button.setChecked(entry is not None and entry.private)

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
        self._count()
        self.find_bar.follow()
        self.filing.follow()
        self.given_tags.follow(self.entry_id)
        self._render()
        self.tag_hint.begin(text)
        return True

    def _pause(self) -> None:
        """Render when the typing pauses; a long text not at every breath."""
        is_long = self.editor.document().characterCount() > LONG
        self._counting.start(LONG_PAUSE_MS if is_long else COUNT_MS)

    def _render(self) -> None:
        if self.sheet != "write":
            self.preview.show_markdown(self.editor.text())
            self._scroll_along()

    def _scroll_along(self) -> None:
        """Source and page show the same part of the text, whichever of them is scrolled."""
        here, there = self.editor.verticalScrollBar(), self.preview.verticalScrollBar()
        if self.sender() is there:
            here, there = there, here
        if self.sheet == "beside" and here.maximum() and not self._is_scrolling:
            self._is_scrolling = True
            there.setValue(round(here.value() / here.maximum() * there.maximum()))
            self._is_scrolling = False

    def _follow_link(self, target: str) -> None:
        if not self.filing.offer(target):
            self.aids.follow_link(target)

    def _save(self, text: str) -> None:
        assert self.writing is not None
        with self._telling():
            self.writing.save(text)
        self.tag_hint.look(text)

    def _show_earlier(self, day: date) -> None:
        with self._store.read() as session:
            found = journal.on_this_day(session, day)
        said = [
            (row.id, f"{dates.distance(then, day)} – {row.title or kind_word(row.kind)}") for then, row in found
        ]
        self.earlier.show_links(said)

    def _say_when(self, item_id: int) -> None:
        """A fresh page is an entry now, of its time."""
        with self._store.read() as session:
            entry = journal.entry(session, item_id)
        if entry is not None and item_id == self.entry_id and (time := _time_of(entry)):
            self.subheading.setText(time)

    def _head(self, day: date, note: str) -> None:
        self._show_earlier(day)
        self.backlinks.follow(self._store, self.entry_id)
        self._order_tab()
        today = clock.wall().date()
        shorter = (dates.weekday_and_short_day(day, today), dates.short_day(day, today))
        self.heading.show_text(dates.long_day(day), shorter)
        self.subheading.setText(note)

    def _order_tab(self) -> None:
        """Tab reaches the links of this entry where they stand, though they came last."""
        if (laid_out := self.layout()) is not None:
            tab_as_laid_out(laid_out)

    def _lay_out(self) -> None:
        self.preview_button.setIcon(icons.icon("eye"))
        self.preview_button.setCheckable(True)
        self.preview_button.setProperty("role", "quiet")
        self.preview_button.setToolTip(self.tr("Read it as a page (Ctrl+Shift+P)"))
        self.preview_button.setAccessibleName(self.tr("Preview"))
        self.trash_button.setIcon(icons.icon("trash-2"))
        self.trash_button.setProperty("role", "quiet")
        self.trash_button.setToolTip(self.tr("Move to the Trash"))
        self.trash_button.setAccessibleName(self.tr("Move to the Trash"))
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        self.source_button.setIcon(icons.icon("arrow-right"))
        self.source_button.setProperty("role", "quiet")
        self.source_button.setToolTip(self.tr("Show what this entry is about"))
        self.source_button.setAccessibleName(self.source_button.toolTip())
        self.source_button.hide()
        head.addWidget(self.source_button)
        for button, icon, tip in (
            (self.star_button, "star", self.tr("Star it (Ctrl+D)")),
            (self.private_button, "lock", self.tr("Keep it out of reports (Ctrl+Shift+L)")),
        ):
            button.setIcon(icons.icon(icon, role="text2", on_role="accent"))
            button.setCheckable(True)
            button.setProperty("role", "quiet")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            head.addWidget(button)
        head.addWidget(self.preview_button)
        head.addWidget(self.trash_button)
        self.sheets.setChildrenCollapsible(False)
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
        column.addLayout(head)
        under = QHBoxLayout()
        under.setSpacing(8)
        self.kind_button.setProperty("role", "quiet")
        self.kind_button.setToolTip(self.tr("Make it an entry of another kind"))
        self.kind_button.setMenu(self._kind_menu())
        self.kind_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        under.addWidget(self.kind_button)
        under.addWidget(self.subheading, 1)
        under.addWidget(self.matches)
        column.addLayout(under)
        column.addWidget(self.form)
        column.addSpacing(8)
        column.addWidget(self.find_bar)
        column.addWidget(self.sheets, 1)
        self.sheets.addWidget(self.editor)
        self.sheets.addWidget(self.preview)
        self.preview.hide()
        column.addWidget(self.filing.bar)
        column.addWidget(self.given_tags)
        column.addWidget(self.backlinks)
        column.addWidget(self.earlier)
        column.addLayout(foot)

    def _kind_menu(self) -> QMenu:
        menu = QMenu(self)
        for kind in kinds.KINDS:
            made = menu.addAction(icons.icon(kind_icon(kind)), kind_word(kind))
            made.triggered.connect(lambda _=False, kind=kind: self.become(kind))
        return menu

    def _connect(self) -> None:
        self.preview_button.clicked.connect(self.toggle_preview)
        self.star_button.clicked.connect(lambda on: self._mark("starred", on))
        self.private_button.clicked.connect(lambda on: self._mark("private", on))
        self.feelings.felt.connect(self._mark)
        self.form.changed.connect(lambda: self.state.show_state(SaveState.TYPING))
        self.form.kept.connect(lambda: self.state.show_state(SaveState.SAVED))
        self.trash_button.clicked.connect(self._ask_trash)
        self.source_button.clicked.connect(self._ask_source)
        self.autosaver.state_changed.connect(self.state.show_state)
        self.autosaver.state_changed.connect(self._count)
        self.autosaver.failed.connect(self._tell)
        self.editor.refused.connect(self.failed)
        self.editor.tally.changed.connect(self._count)
        self.editor.textChanged.connect(self._pause)
        self.editor.find_wanted.connect(self.find_bar.rise)
        self._counting.timeout.connect(self._render)
        self.editor.verticalScrollBar().valueChanged.connect(self._scroll_along)
        self.preview.verticalScrollBar().valueChanged.connect(self._scroll_along)
        self.preview.link_requested.connect(self._follow_link)
        self.filing.began.connect(self.written)
        self.written.connect(self._say_when)
        self.filing.failed.connect(self.failed)
        self.templates.changed.connect(self._count)

    def _ask_trash(self) -> None:
        if self.autosaver.flush() and self.entry_id is not None:
            self.trash_requested.emit(self.entry_id)

    def _ask_source(self) -> None:
        if self.entry_id is not None:
            self.source_requested.emit(self.entry_id)

    def _tell(self, error: Exception) -> None:
        self.failed.emit(str(error))

    def _count(self) -> None:
        tally = self.editor.tally
        count = 0 if self.templates.is_untouched else tally.words
        said = self.tr("1 word") if count == 1 else self.tr("{count} words").format(count=f"{count:,}")
        if self.templates.is_untouched:
            said = self.tr("A template, kept once you write")
        timed = (
            self.tr("{minutes} min to read").format(minutes=tally.minutes)
            if tally.minutes < LONG_READ
            else self.tr("{hours} hours to read").format(hours=round(tally.minutes / 60))
        )
        self.words.show_text(f"{said} · {timed}" if count >= WORTH_TIMING else said, (said,))


def _time_of(entry: journal.OpenEntry) -> str:
    return dates.time_text(entry.at, entry.zone) if entry.at else ""
