"""Everybody that texts and conversations name: rename, merge, take away, with what it would change said before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QProgressBar, QWidget

from app.core import clock, items, naming
from app.core.errors import FieldError
from app.core.naming import PersonChange, PersonUse
from app.core.progress import Cancelled
from app.core.progress import Progress as Step
from app.core.store import Store
from app.ui.journal.doneline import MOST_LISTED, DoneLine, more_line
from app.ui.kit.actions import button
from app.ui.kit.background import Progress, run_job
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog, Field

HEIGHT = 260


class PeopleDialog(Dialog):
    """Works on one person at a time, each change with Undo.

    Signals:
        changed: As it closes: what was done last, in a sentence, and what takes it back, on any thread.
    """

    changed = Signal(str, object)

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("People"), parent.tr("Rename"), width=520)
        self._store = store
        self._uses: list[PersonUse] = []
        self._job: Progress | None = None
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(self.tr("Find somebody"))
        self.sought.setAccessibleName(self.tr("Find somebody"))
        self.list = QListWidget()
        self.list.setMinimumHeight(HEIGHT)
        self.list.setAccessibleName(self.tr("People, the most named first"))
        self.name = QLineEdit()
        self.field = Field(self.tr("Call them"), self.name)
        self.preview = label("", "secondary", wrap=True)
        self.bar = QProgressBar()
        self.bar.hide()
        self.done_line = DoneLine()
        self.done_line.undo_wanted.connect(self._undo)
        self.away = button(self.tr("Move to the Trash"), role="danger", slot=self._take_away)
        self.away.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.away)
        row.addStretch(1)
        for widget in (self.sought, self.list, self.field, self.preview, self.bar):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.body.addWidget(self.done_line)
        self.cancel.setText(self.tr("Close"))
        self.sought.textChanged.connect(self._show)
        self.list.currentRowChanged.connect(self._choose)
        self.name.textChanged.connect(self._tell)
        self._read()
        self.sought.setFocus()

    def save(self) -> bool:
        use, new = self._chosen(), self.name.text()
        if use is None or self._job is not None:
            return False
        self._begin(
            run_job(
                self,
                lambda job: self._rename(use, new, job.report),
                lambda change: self._done(change, use, new),
                on_progress=self._progress,
                failed=self._failed,
            )
        )
        return False

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        else:
            if self.done_line.last is not None:
                self.changed.emit(*self.done_line.last)
            super().reject()

    # ------------------------------------------------------------ what is shown

    def _read(self) -> None:
        with self._store.read() as session:
            self._uses = naming.uses(session)
        self._show()

    def _show(self) -> None:
        wanted, chosen = self.sought.text().casefold(), self._chosen()
        self.list.clear()
        fitting = [use for use in self._uses if wanted in use.name.casefold()]
        for place, use in enumerate(fitting):
            is_chosen = chosen is not None and use.id == chosen.id
            if place < MOST_LISTED or is_chosen:
                item = QListWidgetItem(f"{use.name}    {use.talks + use.texts:,}")
                item.setData(Qt.ItemDataRole.UserRole, use)
                self.list.addItem(item)
                if is_chosen:
                    self.list.setCurrentItem(item)
        if more := len(fitting) - self.list.count():
            self.list.addItem(more_line(more, self))
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._choose()

    def _chosen(self) -> PersonUse | None:
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if self.list.currentRow() >= 0 else None
        return found if isinstance(found, PersonUse) else None

    def _choose(self) -> None:
        use = self._chosen()
        self.name.setText(use.name if use else "")
        self.name.setEnabled(use is not None)
        self.away.setEnabled(use is not None)
        self._tell()

    def _tell(self) -> None:
        use, new = self._chosen(), " ".join(self.name.text().split())
        self.field.show_error("")
        if use is None:
            self.preview.setText(
                self.tr("Nobody is called so.")
                if self._uses
                else self.tr("Nobody yet. Whoever a conversation is with stands here.")
            )
            self.primary.setEnabled(False)
            return
        counts = self.tr("Conversations with {name}: {talks}. Texts that say @{spoken}: {texts}.")
        said = counts.format(
            name=use.name, talks=f"{use.talks:,}", spoken=use.name.replace(" ", "-"), texts=f"{use.texts:,}"
        )
        other = next(
            (each for each in self._uses if each.id != use.id and each.name.casefold() == new.casefold()), None
        )
        if other is not None:
            said += " " + self.tr("There is {name} already: the two become one.").format(name=other.name)
        self.preview.setText(said)
        self.primary.setText(self.tr("Merge") if other is not None else self.tr("Rename"))
        self.primary.setEnabled(bool(new) and new != use.name and self._job is None)

    # ------------------------------------------------------------ what is done

    def _rename(self, use: PersonUse, new: str, step: Step) -> PersonChange:
        with self._store.write() as session:
            return naming.rename_person(session, use.id, new, now=clock.now(), progress=step)

    def _done(self, change: PersonChange, use: PersonUse, new: str) -> None:
        self._end()
        self._read()
        said = self.tr("{old} and {new} are one now.") if change.merged else self.tr("{old} is called {new} now.")
        self.done_line.add(said.format(old=use.name, new=" ".join(new.split())), lambda: self._take_back(change))

    def _take_away(self) -> None:
        use = self._chosen()
        if use is None or self._job is not None:
            return
        with self._store.write() as session:
            items.trash(session, [use.id], now=clock.now())
        self._read()
        said = self.tr("{name} lies in the Trash; what was written of them stays.").format(name=use.name)
        self.done_line.add(said, lambda: self._restore(use.id))

    def _undo(self) -> None:
        last = self.done_line.last
        if last is None or self._job is not None:
            return

        def done(kept: int) -> None:
            self._end()
            self._read()
            self.done_line.settle(kept)

        self._begin(run_job(self, lambda _: last[1](), done, on_progress=self._progress, failed=self._failed))

    def _begin(self, job: Progress) -> None:
        self._job = job
        self.primary.setEnabled(False)
        self.cancel.setText(self.tr("Cancel"))
        self.bar.setRange(0, 0)
        self.bar.show()

    def _progress(self, done: int, total: int, _text: str) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)

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

    def _take_back(self, change: PersonChange) -> int:
        with self._store.write() as session:
            return naming.take_back(session, change, now=clock.now())

    def _restore(self, person_id: int) -> int:
        with self._store.write() as session:
            items.restore(session, [person_id])
        return 0
