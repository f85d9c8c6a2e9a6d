"""What is done to the entries that are selected, each with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, Protocol, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.core import bulk, clock, items, journal, mentions
from app.core.progress import Cancelled, Progress
from app.core.store import Store
from app.core.words import counted
from app.ui.journal.giving import GiveTagDialog
from app.ui.journal.goto import GoToDayDialog
from app.ui.kit import dates, icons
from app.ui.kit.waiting import WaitDialog

T = TypeVar("T")
Made = TypeVar("Made", covariant=True)
AT_ONCE: Final = 1000


class Work(Protocol[Made]):
    """What is done in a session; it says how far it is, and stops where that says so."""

    def __call__(self, session: Any, step: Progress, /) -> Made: ...


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
            ("star", self.tr("Star"), lambda: self.mark(ids, "starred", value=True)),
            ("star", self.tr("Take the star away"), lambda: self.mark(ids, "starred", value=False)),
            ("lock", self.tr("Keep out of reports"), lambda: self.mark(ids, "private", value=True)),
            ("lock-open", self.tr("Let into reports"), lambda: self.mark(ids, "private", value=False)),
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
        said = counted(len(ids), self.tr("For this entry."), self.tr("For {count} entries."))
        GiveTagDialog(self._page, known, said, lambda name: self.tag(ids, name)).open()

    def tag(self, ids: Sequence[int], name: str) -> None:
        """Give all a tag."""
        said = self.tr("Tagged #{tag}: {count}.")

        def then(made: list[tuple[int, int]]) -> None:
            sentence = said.format(tag=name.strip().lstrip("#"), count=f"{len(made):,}")
            self._offer_back(sentence, made, lambda session, _: bulk.untag_all(session, made))

        self._do(ids, lambda session, step: bulk.tag_all(session, ids, [name], progress=step), then)

    def untag(self, item_id: int, tag_id: int, name: str) -> None:
        """Take a tag that was given to an entry away from it."""
        pair = (item_id, tag_id)

        def then(_: object) -> None:
            said = self.tr("#{tag} is away from this entry.").format(tag=name)
            self._offer_back(said, [pair], lambda session, _: bulk.tag_all(session, [item_id], [name]))

        self._do([pair], lambda session, _: bulk.untag_all(session, [pair]), then)

    def ask_day(self, ids: Sequence[int]) -> None:
        """Ask for a day and move all there."""
        with self._store.read() as session:
            today = journal.today(session, clock.now(), clock.zone())
            calendar = journal.calendar(session)
        title = counted(len(ids), self.tr("Move to another day"), self.tr("Move {count} entries to another day"))
        dialog = GoToDayDialog(today, calendar, self._page, title, self.tr("Move"))
        dialog.chosen.connect(lambda day: self.move(ids, day))
        dialog.open()

    def move(self, ids: Sequence[int], day: date) -> None:
        """Move all to a day."""
        said = counted(len(ids), self.tr("Moved to {day}."), self.tr("{count} entries moved to {day}."))

        def then(moved: list[bulk.Moved]) -> None:
            self._offer_back(
                said.format(day=dates.long_day(day)),
                moved,
                lambda session, step: bulk.move_back(session, moved, now=clock.now(), progress=step),
            )

        self._do(ids, lambda session, step: bulk.move_all(session, ids, day, now=clock.now(), progress=step), then)

    def mark(self, ids: Sequence[int], name: str, *, value: bool) -> None:
        """Star all (`starred`), or keep all out of reports (`private`), or take that back."""

        def then(changed: list[int]) -> None:
            said = counted(len(changed), self.tr("One entry changed."), self.tr("{count} entries changed."))
            self._offer_back(
                said,
                changed,
                lambda session, step: bulk.mark_all(session, changed, name, value=not value, progress=step),
            )

        self._do(ids, lambda session, step: bulk.mark_all(session, ids, name, value=value, progress=step), then)

    def trash(self, ids: Sequence[int]) -> None:
        """Move all to the Trash."""
        said = counted(len(ids), self.tr("Moved to the Trash."), self.tr("{count} entries moved to the Trash."))

        def then(_: object) -> None:
            self._offer_back(said, ids, lambda session, _: items.restore(session, ids))

        self._do(ids, lambda session, _: items.trash(session, ids, now=clock.now()), then)

    def _offer_back(self, said: str, changed: Sequence[object], work: Work[object]) -> None:
        self.done.emit(said, lambda: self._do(changed, work, lambda _: None))

    def _do(self, ids: Sequence[object], work: Work[T], then: Callable[[T], None]) -> None:
        """Do it at once to a few, in the background and with a way out to many."""

        def write(step: Progress) -> T:
            with self._store.write() as session:
                return work(session, step)

        if len(ids) <= AT_ONCE:
            then(write(lambda *_: True))
            return
        waiting = WaitDialog(self._page, self.tr("{count} entries").format(count=f"{len(ids):,}"))
        waiting.follow(lambda job: write(job.report), then, ends=(Cancelled,))
