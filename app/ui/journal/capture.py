"""A small box to write one thing down from anywhere in the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from app.core import capture, clock, items, journal
from app.core.errors import UserError
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.asking import Lines
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog

HEIGHT = 96


class CaptureDialog(Dialog):
    """Enter keeps what is written, Shift+Enter begins another line.

    Signals:
        kept: The entry. left: What stood there when it was closed without keeping it.
    """

    kept = Signal(int)
    left = Signal(str)

    def __init__(self, store: Store, parent: QWidget | None, begun: str = "") -> None:
        """Empty, or with what was `begun` before; without a parent it comes alone."""
        super().__init__(parent, _tr("Write it down"), _tr("Keep"), width=theme.px(520))
        self._store = store
        self.words = Lines()
        self.words.entered.connect(self.accept)
        self.words.setPlaceholderText(self.tr("What happened? #tag  @person  >objective"))
        self.words.setAccessibleName(self.tr("What happened"))
        self.words.setFixedHeight(theme.px(HEIGHT))
        self.words.textChanged.connect(self._tell)
        self.said = label("", "hint", wrap=True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.said)
        self.words.setPlainText(begun)
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self._tell()
        self.words.setFocus()

    def reject(self) -> None:
        self.left.emit(self.words.toPlainText())
        super().reject()

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
        parts = [f"#{tag}" for tag in read.tags]
        with self._store.read() as session:
            parts += [self._person(name, capture.people_named(session, name)) for name in read.people]
            for words in read.objectives:
                found = capture.objectives_named(session, words)
                rows = items.item_rows(session, found[:1])
                parts.append(self._objective(words, rows[0].title if rows else "", len(found)))
        self.said.setText("   ".join(parts) or self.tr("It goes to today, with the time of now."))
        self.primary.setEnabled(bool(read.text))
        self.make_room()

    def _person(self, name: str, known: list[str]) -> str:
        if not known:
            return self.tr("@{name}, new here").format(name=name)
        if len(known) > 1:
            said = self.tr("@{name} could be {people}: write which, as @Ana-Lima")
            return said.format(name=name, people=", ".join(known[:3]) + ("…" if len(known) > 3 else ""))
        return f"@{known[0]}"

    def _objective(self, words: str, title: str, fitting: int) -> str:
        if not title:
            return self.tr("no objective like “{words}”").format(words=words)
        if fitting > 1:
            said = self.tr('→ {title}, the first of {count} that fit: say more, as >"several words"')
            return said.format(title=title, count=fitting)
        return f"→ {title}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("CaptureDialog", text)
