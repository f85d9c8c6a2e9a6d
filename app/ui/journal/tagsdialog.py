"""All tags with their counts: rename, merge, delete, with what it would change said before it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core import clock, searches, tags
from app.core.progress import Progress as Step
from app.core.query import retagged
from app.core.searches import SavedSearch
from app.core.store import Store
from app.core.tags import TagChange, TagRow
from app.ui.journal.namesdialog import NamesDialog, Words


class TagsDialog(NamesDialog):
    """Tags, the most used first.

    Signals:
        called: What a tag was called, and what it is called now.
    """

    called = Signal(str, str)

    def __init__(self, store: Store, parent: QWidget) -> None:
        self._rows: list[TagRow] = []
        self._next = ""
        self._kept: list[SavedSearch] = []
        words = Words(
            parent.tr("Tags"),
            parent.tr("Find a tag"),
            parent.tr("Tags, the most used first"),
            parent.tr("Call it"),
            parent.tr("Delete the tag"),
        )
        super().__init__(store, parent, words)

    def save(self) -> bool:
        row, new = self._row(), self.name.text()
        if row is not None and self._job is None:
            other = self._in_use(new.strip().lstrip("#"), row)
            wanted = other.name if other else new
            said = self.tr("#{old} and #{new} are one now.") if other else self.tr("#{old} is called #{new} now.")
            self._change(lambda step: self._renamed(row.name, wanted, step), said, row.name)
        return False

    def _read(self) -> None:
        with self._store.read() as session:
            self._rows = tags.tag_rows(session)
            self._kept = searches.saved_searches(session)
        self._fill()

    def _fill(self) -> None:
        row = self._row()
        chosen = (self._next or (row.name if row else "")).casefold()
        self._next = ""
        wanted = self.sought.text().casefold().lstrip("#")
        fitting = (each for each in self._rows if wanted in each.name.casefold())
        lines = ((f"#{each.name}", each.items, each) for each in fitting)
        self._list(lines, lambda held: isinstance(held, TagRow) and held.name.casefold() == chosen)

    def _row(self) -> TagRow | None:
        held = self._held()
        return held if isinstance(held, TagRow) else None

    def _named(self, held: object) -> str:
        assert isinstance(held, TagRow)
        return held.name

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
        if asking := self._asking(row):
            said += " " + self.tr("Kept searches that ask for it: {names}.").format(names=", ".join(asking))
        other = self._in_use(new, row)
        if other is not None:
            used = self.tr("#{new} is in use, once: the two become one.")
            if other.items > 1:
                used = self.tr("#{new} is in use, {count} times: the two become one.")
            said += " " + used.format(new=other.name, count=f"{other.items:,}")
        self.preview.setText(said)
        self.primary.setText(self.tr("Merge") if other is not None else self.tr("Rename"))
        self.primary.setEnabled(bool(new) and new != row.name and self._job is None)

    def _asking(self, row: TagRow) -> list[str]:
        """What the kept searches are called that ask for the tag."""
        return [each.name for each in self._kept if retagged(each.text, row.name, "") != each.text]

    def _in_use(self, name: str, but: TagRow) -> TagRow | None:
        """Another tag that is called so."""
        named = (each for each in self._rows if each.name.casefold() == name.casefold())
        return next((each for each in named if each.name != but.name), None)

    def _counted(self, row: TagRow) -> str:
        if row.items == 1:
            if row.texts:
                return self.tr("One entry carries it, in its text.")
            return self.tr("One entry carries it, beside its text.")
        if row.texts == row.items:
            counts = self.tr("{items} entries carry it, all of them in the text.")
        elif row.texts:
            counts = self.tr("{items} entries carry it; in {texts} of them it stands in the text.")
        else:
            counts = self.tr("{items} entries carry it, none of them in its text.")
        return counts.format(items=f"{row.items:,}", texts=f"{row.texts:,}")

    def _take_away(self) -> None:
        row = self._row()
        if row is not None and self._job is None:
            said = self.tr("#{old} is no longer a tag; its word stays in the texts.")
            self._change(lambda step: self._deleted(row.name, step), said, row.name)

    def _renamed(self, name: str, new: str, step: Step) -> TagChange:
        with self._store.write() as session:
            return tags.rename_tag(session, name, new, now=clock.now(), progress=step)

    def _deleted(self, name: str, step: Step) -> TagChange:
        with self._store.write() as session:
            return tags.delete_tag(session, name, now=clock.now(), progress=step)

    def _change(self, work: Callable[[Step], TagChange], said: str, old: str) -> None:
        def then(change: TagChange) -> None:
            self._next = change.new
            if change.new:
                self._bring_into_sight(change.new)
                self.called.emit(old, change.new)
            self._read()
            self.done_line.add(said.format(old=old, new=change.new), lambda: self._take_back(change))

        self._run(work, then)

    def _take_back(self, change: TagChange) -> int:
        with self._store.write() as session:
            return tags.take_back(session, change, now=clock.now())
