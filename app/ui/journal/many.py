"""What is done to the entries that are selected, each with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.core import bulk, clock, items, journal, mentions
from app.core.store import Store
from app.ui.journal.goto import GoToDayDialog
from app.ui.kit import dates, icons


class ManyEntries(QObject):
    """Works on ids; `done` tells a sentence and how to take it back, `export_wanted` what is to go out."""

    done = Signal(str, object)
    export_wanted = Signal(object)

    def __init__(self, store: Store, page: QWidget) -> None:
        super().__init__(page)
        self._store, self._page = store, page

    def offer(self, ids: Sequence[int], at: QPoint) -> QMenu:
        """Open the menu of what can be done with these entries."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for icon, text, slot in (
            ("tag", self.tr("Give a tag…"), lambda: self.ask_tag(ids)),
            ("calendar", self.tr("Move to another day…"), lambda: self.ask_day(ids)),
            ("star", self.tr("Star"), lambda: self.mark(ids, starred=True)),
            ("star", self.tr("Take the star away"), lambda: self.mark(ids, starred=False)),
            ("lock", self.tr("Keep out of reports"), lambda: self.mark(ids, private=True)),
            ("lock-open", self.tr("Let into reports"), lambda: self.mark(ids, private=False)),
            ("upload", self.tr("Export…"), lambda: self.export_wanted.emit(list(ids))),
            ("trash-2", self.tr("Move to the Trash"), lambda: self.trash(ids)),
        ):
            menu.addAction(icons.icon(icon), text).triggered.connect(slot)
        menu.popup(at)
        return menu

    def ask_tag(self, ids: Sequence[int]) -> None:
        """Ask for a tag and give it to all."""
        with self._store.read() as session:
            known = mentions.tag_names(session, "", limit=100)
        dialog = QInputDialog(self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Give a tag"))
        dialog.setLabelText(self._count(ids, self.tr("Tag for this entry"), self.tr("Tag for {count} entries")))
        dialog.setComboBoxItems(["", *known])
        dialog.setComboBoxEditable(True)
        dialog.textValueSelected.connect(lambda name: self.tag(ids, name) if name.strip() else None)
        dialog.open()

    def tag(self, ids: Sequence[int], name: str) -> None:
        """Give all a tag."""
        with self._store.write() as session:
            made = bulk.tag_all(session, ids, [name])
        said = self.tr("Tagged #{tag}: {count}.").format(tag=name.strip().lstrip("#"), count=f"{len(made):,}")
        self.done.emit(said, lambda: self._write(lambda session: bulk.untag_all(session, made)))

    def ask_day(self, ids: Sequence[int]) -> None:
        """Ask for a day and move all there."""
        with self._store.read() as session:
            today = journal.today(session, clock.now(), clock.zone())
            calendar = journal.calendar(session)
        dialog = GoToDayDialog(today, calendar, self._page)
        dialog.setWindowTitle(self.tr("Move to another day"))
        dialog.chosen.connect(lambda day: self.move(ids, day))
        dialog.open()

    def move(self, ids: Sequence[int], day: date) -> None:
        """Move all to a day."""
        with self._store.write() as session:
            moved = bulk.move_all(session, ids, day, now=clock.now())
        said = self._count(ids, self.tr("Moved to {day}."), self.tr("{count} entries moved to {day}."))
        said = said.format(day=dates.long_day(day))
        self.done.emit(said, lambda: self._write(lambda session: bulk.move_back(session, moved, now=clock.now())))

    def mark(self, ids: Sequence[int], **marks: bool) -> None:
        """Star all, or keep all out of reports."""
        (name, value), *_ = marks.items()
        with self._store.write() as session:
            changed = [row_id for row_id in ids if journal.has_mark(session, row_id, name) is not value]
            journal.set_marks(session, changed, **marks)
        back = {name: not value}
        said = self._count(changed, self.tr("One entry changed."), self.tr("{count} entries changed."))
        self.done.emit(said, lambda: self._write(lambda session: journal.set_marks(session, changed, **back)))

    def trash(self, ids: Sequence[int]) -> None:
        """Move all to the Trash."""
        with self._store.write() as session:
            items.trash(session, ids, now=clock.now())
        said = self._count(ids, self.tr("Moved to the Trash."), self.tr("{count} entries moved to the Trash."))
        self.done.emit(said, lambda: self._write(lambda session: items.restore(session, ids)))

    def _count(self, ids: Sequence[int], one: str, more: str) -> str:
        return one if len(ids) == 1 else more.replace("{count}", f"{len(ids):,}")

    def _write(self, work: Callable[..., None]) -> None:
        with self._store.write() as session:
            work(session)
