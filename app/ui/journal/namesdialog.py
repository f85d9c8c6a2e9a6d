"""A list of names, one of which is renamed, merged or taken away at a time: as tags and people have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.core.errors import FieldError
from app.core.progress import Cancelled
from app.core.progress import Progress as Step
from app.core.store import Store
from app.ui.journal.doneline import DoneLine
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.background import Progress, run_job
from app.ui.kit.cards import label
from app.ui.kit.countrow import CountDelegate, counted_item
from app.ui.kit.forms import Dialog, Field
from app.ui.kit.progressline import ProgressLine

HEIGHT = 280
MOST_LISTED = 300
"""Lines of a list; whoever has more of them types what to find."""

UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Words:
    """What the dialog calls its things."""

    title: str
    seek: str
    listed: str
    call: str
    away: str


class NamesDialog(Dialog):
    """Works on one name at a time, each change with Undo; what stands for itself below is each one's own.

    Signals:
        changed: As it closes: what was done last, in a sentence, and what takes it back, on any thread.
        taken_back: A change was undone.
    """

    changed = Signal(str, object)
    taken_back = Signal()

    def __init__(self, store: Store, parent: QWidget, words: Words) -> None:
        super().__init__(parent, words.title, parent.tr("Rename"), width=520)
        self._store = store
        self._job: Progress | None = None
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(words.seek)
        self.sought.setAccessibleName(words.seek)
        self.list = QListWidget()
        self.list.setMinimumHeight(theme.px(HEIGHT))
        self.list.setAccessibleName(words.listed)
        self.list.setItemDelegate(CountDelegate(self.list))
        self.name = QLineEdit()
        self.field = Field(words.call, self.name)
        self.preview = label("", "secondary", wrap=True)
        self.bar = ProgressLine()
        self.done_line = DoneLine()
        self.away = button(words.away, role="danger", slot=self._take_away)
        self.away.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.away)
        row.addStretch(1)
        for widget in (self.sought, self.list, self.field, self.preview, self.bar):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.body.addWidget(self.done_line)
        self.cancel.setText(self.tr("Close"))
        self.done_line.undo_wanted.connect(self._undo)
        QShortcut("F6", self).activated.connect(self._undo)  # as in the window, which lies behind
        self.sought.textChanged.connect(self._fill)
        self.sought.installEventFilter(self)
        self.list.currentRowChanged.connect(self._choose)
        self.name.textChanged.connect(self._tell)
        self._read()
        self.sought.setFocus()

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        else:
            if self.done_line.last is not None:
                self.changed.emit(*self.done_line.last)
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in UP_AND_DOWN:
            QApplication.sendEvent(self.list, event)  # as in the palette: whoever seeks also chooses
            return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ what each one says for itself

    def _read(self) -> None:
        """Read the names anew and show them."""

    def _fill(self) -> None:
        """Show the names that fit what is sought."""

    def _named(self, held: object) -> str:
        """The name that stands in the field for what is chosen."""
        return str(held)

    def _tell(self) -> None:
        """Say what a change would do."""

    def _take_away(self) -> None:
        """Take the chosen name away."""

    # ------------------------------------------------------------ the list

    def _list(self, lines: Iterable[tuple[str, int, object]], is_chosen: Callable[[object], bool]) -> None:
        """Show (text, how many of it, what it stands for); of very many the first ones, and the chosen one."""
        blocked = self.list.blockSignals(True)  # whoever types a name goes on there
        self.list.clear()
        left = 0
        for place, (text, count, held) in enumerate(lines):
            chosen = is_chosen(held)
            if place >= MOST_LISTED and not chosen:
                left += 1
                continue
            item = counted_item(text, count)
            item.setData(Qt.ItemDataRole.UserRole, held)
            self.list.addItem(item)
            if chosen:
                self.list.setCurrentItem(item)
        if left:
            more = QListWidgetItem(self.tr("{count} more: type to find one").format(count=f"{left:,}"))
            more.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(more)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(blocked)
        self._choose()

    def _bring_into_sight(self, name: str) -> None:
        """Seek no longer where what is sought would hide `name`, which something is called now."""
        if self.sought.text().casefold().lstrip("#") not in name.casefold():
            blocked = self.sought.blockSignals(True)
            self.sought.clear()
            self.sought.blockSignals(blocked)

    def _held(self) -> object:
        """What the line in use stands for; None when there is none."""
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if self.list.currentRow() >= 0 else None

    def _choose(self) -> None:
        held = self._held()
        if held is None and (self.name.hasFocus() or self.away.hasFocus()):
            self.sought.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.setText("" if held is None else self._named(held))
        self.name.setEnabled(held is not None)
        self.away.setEnabled(held is not None)
        self._tell()

    # ------------------------------------------------------------ what is done

    def _run(self, work: Callable[[Step], T], then: Callable[[T], None]) -> None:
        """Do it beside the window, with a bar; `then` comes after it on this thread."""

        def done(made: T) -> None:
            self._end()
            then(made)

        self._job = run_job(
            self, lambda job: work(job.report), done, on_progress=self.bar.report, failed=self._failed
        )
        self.primary.setEnabled(False)
        self.cancel.setText(self.tr("Cancel"))
        self.bar.begin()

    def _undo(self) -> None:
        last = self.done_line.last
        if last is None or self._job is not None:
            return

        def then(kept: int) -> None:
            self._read()
            self.done_line.settle(kept)
            self.taken_back.emit()

        self._run(lambda _: last[1](), then)

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, FieldError):
            self.field.show_error(str(error))
        elif not isinstance(error, Cancelled):
            raise error

    def _end(self) -> None:
        self._job = None
        self.cancel.setText(self.tr("Close"))
        self.bar.hide()
        self._tell()
