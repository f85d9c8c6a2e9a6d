"""A small box to write one thing down from anywhere in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.core import capture, clock, items, journal
from app.core.errors import UserError
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog

HEIGHT = 96


class CaptureDialog(Dialog):
    """Enter keeps what is written, Shift+Enter begins another line; `kept` tells the entry."""

    kept = Signal(int)

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Write it down"), parent.tr("Keep"), width=theme.px(520))
        self._store = store
        self.words = _Lines()
        self.words.entered.connect(self.accept)
        self.words.setPlaceholderText(self.tr("What happened? #tag  @person  >objective"))
        self.words.setAccessibleName(self.tr("What happened"))
        self.words.setFixedHeight(theme.px(HEIGHT))
        self.words.setTabChangesFocus(True)
        self.words.textChanged.connect(self._tell)
        self.said = label("", "hint", wrap=True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.said)
        self._tell()
        self.words.setFocus()

    def save(self) -> bool:
        now, zone = clock.now(), clock.zone()
        try:
            with self._store.write() as session:
                day = journal.today(session, now, zone)
                entry = capture.capture(session, self.words.toPlainText(), day=day, now=now, zone=zone.key)
                kept = entry.id
        except UserError as error:
            self.say(str(error))
            return False
        self.kept.emit(kept)
        return True

    def _tell(self) -> None:
        """Say what was understood, while it is typed."""
        self.say("")
        read = capture.parsed(self.words.toPlainText())
        parts = [f"#{tag}" for tag in read.tags] + [f"@{name}" for name in read.people]
        with self._store.read() as session:
            for words in read.objectives:
                found = capture.objective_named(session, words)
                rows = items.item_rows(session, [found]) if found else []
                parts.append(
                    f"→ {rows[0].title}" if rows else self.tr("no objective like “{words}”").format(words=words)
                )
        self.said.setText("   ".join(parts) or self.tr("It goes to today, with the time of now."))
        self.primary.setEnabled(bool(read.text))


class _Lines(QPlainTextEdit):
    """Enter is told, Shift+Enter begins a line."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
