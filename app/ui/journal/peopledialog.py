"""Everybody that texts and conversations name: rename, merge, take away, with what it would change said before."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core import clock, items, naming
from app.core.naming import PersonChange, PersonUse
from app.core.progress import Progress as Step
from app.core.store import Store
from app.ui.journal.namesdialog import NamesDialog, Words


class PeopleDialog(NamesDialog):
    """People, the most named first."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        self._uses: list[PersonUse] = []
        self._next = ""
        words = Words(
            parent.tr("People"),
            parent.tr("Find somebody"),
            parent.tr("People, the most named first"),
            parent.tr("Call them"),
            parent.tr("Move to the Trash"),
        )
        super().__init__(store, parent, words)

    def save(self) -> bool:
        use, new = self._chosen(), self.name.text()
        if use is not None and self._job is None:
            self._run(lambda step: self._rename(use, new, step), lambda change: self._say_done(change, use, new))
        return False

    def _read(self) -> None:
        with self._store.read() as session:
            self._uses = naming.uses(session)
        self._fill()

    def _fill(self) -> None:
        wanted, chosen, called = self.sought.text().casefold(), self._chosen(), self._next.casefold()
        self._next = ""
        fitting = (use for use in self._uses if wanted in use.name.casefold())
        lines = ((use.name, use.talks + use.texts, use) for use in fitting)

        def is_chosen(use: object) -> bool:
            assert isinstance(use, PersonUse)
            return use.name.casefold() == called if called else chosen is not None and use.id == chosen.id

        self._list(lines, is_chosen)

    def _chosen(self) -> PersonUse | None:
        held = self._held()
        return held if isinstance(held, PersonUse) else None

    def _named(self, held: object) -> str:
        assert isinstance(held, PersonUse)
        return held.name

    def _tell(self) -> None:
        use, new = self._chosen(), " ".join(self.name.text().split())
        self.field.show_error("")
        if use is None:
            self.preview.setText(
                self.tr("Nobody is called so.")
                if self._uses
                else self.tr(
                    "Nobody yet. Whoever a conversation is with stands here, with the texts that say @name."
                )
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

    def _rename(self, use: PersonUse, new: str, step: Step) -> PersonChange:
        with self._store.write() as session:
            return naming.rename_person(session, use.id, new, now=clock.now(), progress=step)

    def _say_done(self, change: PersonChange, use: PersonUse, new: str) -> None:
        self._next = " ".join(new.split())
        self._bring_into_sight(self._next)
        self._read()
        said = self.tr("{old} and {new} are one now.") if change.merged else self.tr("{old} is called {new} now.")
        named = self.name.text()  # as it is kept
        self.done_line.add(said.format(old=use.name, new=named), lambda: self._take_back(change))

    def _take_away(self) -> None:
        use = self._chosen()
        if use is None or self._job is not None:
            return
        with self._store.write() as session:
            items.trash(session, [use.id], now=clock.now())
        self._read()
        said = self.tr("{name} lies in the Trash; what was written of them stays.").format(name=use.name)
        self.done_line.add(said, lambda: self._restore(use.id))

    def _take_back(self, change: PersonChange) -> int:
        with self._store.write() as session:
            return naming.take_back(session, change, now=clock.now())

    def _restore(self, person_id: int) -> int:
        with self._store.write() as session:
            items.restore(session, [person_id])
        return 0
