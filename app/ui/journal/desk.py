"""The desk of the journal: one entry in the editor, with its day, its state and what can be done with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.core import clock, journal
from app.core.store import Store
from app.core.words import word_count
from app.core.writing import Writing
from app.ui.kit import dates, icons
from app.ui.kit.editor import Autosaver, MarkdownEditor, MarkdownPreview, SaveState
from app.ui.kit.room import ElidedLabel

COUNT_MS = 250


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
        self.heading = ElidedLabel(role="title")
        self.subheading = ElidedLabel(role="secondary")
        self.state = QLabel()
        self.state.setProperty("role", "secondary")
        self.words = QLabel()
        self.words.setProperty("role", "secondary")
        self.editor = MarkdownEditor()
        self.editor.setAccessibleName(self.tr("Entry"))
        self.editor.setPlaceholderText(self.tr("Write…"))
        self.preview = MarkdownPreview()
        self.sheets = QStackedWidget()
        self.preview_button = QPushButton(self.tr(" Preview"))
        self.source_button = QPushButton(self.tr(" Show"))
        self.trash_button = QPushButton()
        self.autosaver = Autosaver(self.editor)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.editor)
        self.setEnabled(False)

    def open(self, entry: journal.OpenEntry, about: str = "") -> bool:
        """Put `entry` on the desk, `about` something; False when what lies there could not be saved first."""
        writing = self._writing(entry.day, (entry.id, entry.rev))
        if not self._bind(entry.text, writing):
            return False
        self._about = about
        time = dates.time_text(entry.at, entry.zone) if entry.at else ""
        self._head(entry.day, " · ".join(part for part in (time, about) if part))
        self.source_button.setVisible(bool(about))
        return True

    def begin(self, day: date) -> bool:
        """A fresh page on `day`; it becomes an entry with its first word."""
        if not self._bind("", self._writing(day, None)):
            return False
        self._head(day, self.tr("New entry"))
        self.source_button.hide()
        self.sheets.setCurrentWidget(self.editor)
        self.preview_button.setChecked(False)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear(self) -> None:
        """Nothing on the desk. What was typed is saved first."""
        if self.autosaver.bind("", None):
            self.writing = None
            self.setEnabled(False)
            self.heading.setText("")
            self.subheading.setText("")
            self.words.setText("")

    @property
    def entry_id(self) -> int | None:
        """The entry that lies here, None for a fresh or an empty desk."""
        return self.writing.id if self.writing else None

    def follow(self, entry: journal.OpenEntry | None) -> None:
        """Take up what was done to the entry elsewhere; never under a typist."""
        if self.writing is None or self.autosaver.has_unsaved:
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

    def toggle_preview(self) -> None:
        """Read the entry as a page, or go back to writing."""
        reading = self.sheets.currentWidget() is not self.preview
        if reading:
            self.preview.show_markdown(self.editor.text())
        sheet: QWidget = self.preview if reading else self.editor
        self.sheets.setCurrentWidget(sheet)
        self.preview_button.setChecked(reading)
        sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _writing(self, day: date, entry: tuple[int, int] | None) -> Writing:
        return Writing(self._store, day, entry=entry, now=clock.now, zone=clock.zone)

    def _bind(self, text: str, writing: Writing) -> bool:
        if not self.autosaver.bind(text, self._save):
            return False
        self.writing = writing
        self.setEnabled(True)
        self._count()
        if self.sheets.currentWidget() is self.preview:
            self.preview.show_markdown(text)
        return True

    def _save(self, text: str) -> None:
        assert self.writing is not None
        was = self.writing.id
        self.writing.save(text)
        if self.writing.id is not None and self.writing.id != was:
            self.written.emit(self.writing.id)

    def _head(self, day: date, note: str) -> None:
        self.heading.setText(dates.long_day(day))
        self.subheading.setText(note)
        self.subheading.setVisible(bool(note))

    def _lay_out(self) -> None:
        self.preview_button.setIcon(icons.icon("eye"))
        self.preview_button.setCheckable(True)
        self.preview_button.setProperty("role", "quiet")
        self.preview_button.setToolTip(self.tr("Read it as a page (Ctrl+Shift+P)"))
        self.trash_button.setIcon(icons.icon("trash-2"))
        self.trash_button.setProperty("role", "quiet")
        self.trash_button.setToolTip(self.tr("Move to the Trash"))
        self.trash_button.setAccessibleName(self.tr("Move to the Trash"))
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        self.source_button.setIcon(icons.icon("arrow-right"))
        self.source_button.setProperty("role", "quiet")
        self.source_button.setToolTip(self.tr("Show what this entry is about"))
        self.source_button.hide()
        head.addWidget(self.source_button)
        head.addWidget(self.preview_button)
        head.addWidget(self.trash_button)
        self.sheets.addWidget(self.editor)
        self.sheets.addWidget(self.preview)
        foot = QHBoxLayout()
        foot.addWidget(self.words)
        foot.addStretch(1)
        foot.addWidget(self.state)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 20, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.subheading)
        column.addSpacing(8)
        column.addWidget(self.sheets, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.preview_button.clicked.connect(self.toggle_preview)
        self.trash_button.clicked.connect(self._ask_trash)
        self.source_button.clicked.connect(self._ask_source)
        self.autosaver.state_changed.connect(self._show_state)
        self.autosaver.failed.connect(self._tell)
        self.editor.refused.connect(self.failed)
        self.editor.textChanged.connect(self._counting.start)
        self._counting.timeout.connect(self._count)

    def _ask_trash(self) -> None:
        if self.autosaver.flush() and self.entry_id is not None:
            self.trash_requested.emit(self.entry_id)

    def _ask_source(self) -> None:
        if self.entry_id is not None:
            self.source_requested.emit(self.entry_id)

    def _tell(self, error: Exception) -> None:
        self.failed.emit(str(error))

    def _count(self) -> None:
        count = word_count(self.editor.text())
        self.words.setText(
            self.tr("1 word") if count == 1 else self.tr("{count} words").format(count=f"{count:,}")
        )

    def _show_state(self, state: SaveState) -> None:
        self.state.setText(
            {
                SaveState.CLEAN: "",
                SaveState.TYPING: self.tr("Typing…"),
                SaveState.SAVED: self.tr("Saved"),
                SaveState.FAILED: self.tr("Not saved yet"),
            }[state]
        )
