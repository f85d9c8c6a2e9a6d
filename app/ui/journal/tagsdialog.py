"""All tags with their counts: rename, merge, delete, with what it would change said before it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QProgressBar, QWidget

from app.core import clock, tags
from app.core.errors import FieldError
from app.core.progress import Cancelled
from app.core.progress import Progress as Step
from app.core.store import Store
from app.core.tags import TagChange, TagRow
from app.ui.journal.doneline import MOST_LISTED, DoneLine, more_line
from app.ui.kit.actions import button
from app.ui.kit.background import Progress, run_job
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog, Field

HEIGHT = 300


class TagsDialog(Dialog):
    """Works on one tag at a time, each change with Undo.

    Signals:
        changed: As it closes: what was done last, in a sentence, and what takes it back, on any thread.
    """

    changed = Signal(str, object)

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Tags"), parent.tr("Rename"), width=520)
        self._store = store
        self._rows: list[TagRow] = []
        self._job: Progress | None = None
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(self.tr("Find a tag"))
        self.sought.setAccessibleName(self.tr("Find a tag"))
        self.list = QListWidget()
        self.list.setMinimumHeight(HEIGHT)
        self.list.setAccessibleName(self.tr("Tags, the most used first"))
        self.name = QLineEdit()
        self.field = Field(self.tr("Call it"), self.name)
        self.preview = label("", "secondary", wrap=True)
        self.bar = QProgressBar()
        self.bar.hide()
        self.done_line = DoneLine()
        self.done_line.undo_wanted.connect(self._undo)
        self.delete = button(self.tr("Delete the tag"), role="danger", slot=self._delete)
        self.delete.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.delete)
        row.addStretch(1)
        for widget in (self.sought, self.list, self.field, self.preview, self.bar):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.body.addWidget(self.done_line)
        self.cancel.setText(self.tr("Close"))
        self.sought.textChanged.connect(self._seek)
        self.list.currentRowChanged.connect(self._choose)
        self.name.textChanged.connect(self._tell)
        self._read()
        self.sought.setFocus()

    def save(self) -> bool:
        row, new = self._row(), self.name.text()
        if row is None or self._job is not None:
            return False
        named = new.strip().lstrip("#")
        said = self.tr("#{old} is called #{new} now.").format(old=row.name, new=named)
        self._run(lambda step: self._renamed(row.name, new, step), said, named)
        return False

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        else:
            if self.done_line.last is not None:
                self.changed.emit(*self.done_line.last)
            super().reject()

    # ------------------------------------------------------------ what is shown

    def _read(self, choose: str = "") -> None:
        chosen = self._row()
        with self._store.read() as session:
            self._rows = tags.tag_rows(session)
        self._show(choose or (chosen.name if chosen else ""))

    def _seek(self) -> None:
        chosen = self._row()
        self._show(chosen.name if chosen else "")

    def _show(self, choose: str) -> None:
        wanted = self.sought.text().casefold().lstrip("#")
        self.list.clear()
        fitting = [row for row in self._rows if wanted in row.name.casefold()]
        for place, row in enumerate(fitting):
            is_chosen = row.name.casefold() == choose.casefold()
            if place < MOST_LISTED or is_chosen:
                item = QListWidgetItem(f"#{row.name}    {row.items:,}")
                item.setData(Qt.ItemDataRole.UserRole, row)
                self.list.addItem(item)
                if is_chosen:
                    self.list.setCurrentItem(item)
        if more := len(fitting) - self.list.count():
            self.list.addItem(more_line(more, self))
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._choose()

    def _row(self) -> TagRow | None:
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if self.list.currentRow() >= 0 else None
        return found if isinstance(found, TagRow) else None

    def _choose(self) -> None:
        row = self._row()
        self.name.setText(row.name if row else "")
        self.name.setEnabled(row is not None)
        self.delete.setEnabled(row is not None)
        self._tell()

    def _tell(self) -> None:
        row, new = self._row(), self.name.text().strip().lstrip("#")
        self.field.show_error("")
        if row is None:
            self.preview.setText(
                self.tr("No tag is called so.")
                if self._rows
                else self.tr("No tag is in use. Type #word in a text to give it one.")
            )
            self.primary.setEnabled(False)
            return
        said = self._counted(row)
        other = next((each for each in self._rows if each.name.casefold() == new.casefold()), None)
        if other is not None and other.name == row.name:
            other = None
        if other is not None:
            said += " " + self.tr("#{new} is in use, {count} times: the two become one.").format(
                new=other.name, count=f"{other.items:,}"
            )
        self.preview.setText(said)
        self.primary.setText(self.tr("Merge") if other is not None else self.tr("Rename"))
        self.primary.setEnabled(bool(new) and new != row.name and self._job is None)

    def _counted(self, row: TagRow) -> str:
        if row.items == 1:
            if row.texts:
                return self.tr("One entry carries it, in its text.")
            return self.tr("One entry carries it, beside its text.")
        counts = (
            self.tr("{items} entries carry it; in {texts} of them it stands in the text.")
            if row.texts
            else self.tr("{items} entries carry it, none of them in its text.")
        )
        return counts.format(items=f"{row.items:,}", texts=f"{row.texts:,}")

    # ------------------------------------------------------------ what is done

    def _delete(self) -> None:
        row = self._row()
        if row is not None and self._job is None:
            said = self.tr("#{tag} is no longer a tag; its word stays in the texts.").format(tag=row.name)
            self._run(lambda step: self._deleted(row.name, step), said)

    def _renamed(self, name: str, new: str, step: Step) -> TagChange:
        with self._store.write() as session:
            return tags.rename_tag(session, name, new, now=clock.now(), progress=step)

    def _deleted(self, name: str, step: Step) -> TagChange:
        with self._store.write() as session:
            return tags.delete_tag(session, name, now=clock.now(), progress=step)

    def _run(self, work: Callable[[Step], TagChange], said: str, choose: str = "") -> None:
        def done(change: TagChange) -> None:
            self._end()
            self._read(choose)
            self.done_line.add(said, lambda: self._take_back(change))

        self._begin(
            run_job(self, lambda job: work(job.report), done, on_progress=self._progress, failed=self._failed)
        )

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

    def _take_back(self, change: TagChange) -> int:
        with self._store.write() as session:
            return tags.take_back(session, change, now=clock.now())
