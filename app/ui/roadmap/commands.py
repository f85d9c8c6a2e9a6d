"""What can be done with a step, wherever it is shown; and each taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core import clock, items, roadmap
from app.core.roadmap import StepDraft, StepRow
from app.core.store import Store
from app.ui.roadmap.board import column_of
from app.ui.roadmap.dialog import FinishDialog, StepDialog


class StepCommands(QObject):
    """Opens the dialogs of steps over `page`, and writes.

    Signals:
        announced: A sentence, and how to take back what it tells, or None. kept: a step that was made or changed.
        item_wanted: What names a step is to be shown.
    """

    announced = Signal(str, object)
    kept = Signal(int)
    item_wanted = Signal(int)

    def __init__(self, page: QWidget, store: Store, *, today: date, first_weekday: int) -> None:
        super().__init__(page)
        self._page, self._store = page, store
        self._today, self._first_weekday = today, first_weekday

    def ask(self, step_id: int | None, draft: StepDraft | None = None) -> None:
        """Open the form of a step, or of a new one that begins as `draft`."""
        dialog = StepDialog(
            self._store,
            self._page,
            today=self._today,
            step_id=step_id,
            draft=draft,
            first_weekday=self._first_weekday,
        )
        dialog.kept.connect(self.kept)
        dialog.item_wanted.connect(self.item_wanted)
        dialog.open()

    def draw(self, form: str, first: date, last: date) -> None:
        """Open the form of a new step on the days that were drawn."""
        self.ask(None, StepDraft(form=form or "practice", first=first, last=last, state="planned"))

    def move(self, step_id: int, first: date | None, last: date | None) -> None:
        """Put a step on other days."""
        before = self._move(step_id, first, last)
        self.announced.emit(self.tr("The step was moved."), lambda: self._move(step_id, *before))

    def change(self, row: StepRow, field: str, value: Any) -> None:
        """Say something else in one field of a step; to be done asks what its finish asks."""
        if field == "state" and value == "done":
            self.finish(row)
            return
        before = self._change(row.id, {field: value})
        told = self.tr("“{title}” was changed.").format(title=row.title)
        self.announced.emit(told, lambda: self._change(row.id, {field: getattr(before, field)}))

    def place(self, row: StepRow, column: str, before_id: int | None) -> None:
        """Put a step into a column of the board, before another; into Done asks what its finish asks."""
        if column == "done" and row.state != "done":
            self.finish(row)
            return
        is_back = column != "done" and row.state in ("done", "dropped")
        state = "doing" if column == "now" else "planned" if is_back or row.state == "doing" else row.state
        with self._store.write() as session:
            was = roadmap.place_step(
                session,
                row.id,
                horizon=None if column == "done" else column,
                state=row.state if column == column_of(row) else state,
                before_id=before_id,
                today=self._today,
                now=clock.now(),
            )
        self.kept.emit(row.id)
        if column != column_of(row):
            self.announced.emit(self.tr("Moved on the board."), self._undo_place(row.id, was))

    def finish(self, row: StepRow) -> None:
        """Ask what was learned, then mark the step as done."""
        dialog = FinishDialog(self._store, row.id, row.title, self._page, today=self._today)
        was = row.horizon, row.state, row.position
        dialog.finished_step.connect(lambda step_id, following: self._finished(row, was, following))
        dialog.open()

    def _finished(self, row: StepRow, was: tuple[str, str, float], following: int | None) -> None:
        back = self._undo_place(row.id, was)

        def undo() -> None:
            back()
            if following is not None:
                with self._store.write() as session:
                    items.trash(session, [following], now=clock.now())

        told = self.tr("Done: {title}") if following is None else self.tr("Done: {title}. It comes again.")
        self.announced.emit(told.format(title=row.title), undo)

    def trash(self, row: StepRow) -> None:
        """Move a step to the Trash."""
        with self._store.write() as session:
            items.trash(session, [row.id], now=clock.now())

        def undo() -> None:
            with self._store.write() as session:
                items.restore(session, [row.id])

        self.announced.emit(self.tr("Moved to the Trash."), undo)

    def take_back(self, step_id: int) -> None:
        """Undo that a step was made."""
        with self._store.write() as session:
            items.trash(session, [step_id], now=clock.now())

    def _move(self, step_id: int, first: date | None, last: date | None) -> tuple[date | None, date | None]:
        with self._store.write() as session:
            return roadmap.move_step(session, step_id, first=first, last=last, today=self._today, now=clock.now())

    def _change(self, step_id: int, values: dict[str, Any]) -> StepDraft:
        with self._store.write() as session:
            return roadmap.change_step(session, step_id, values, today=self._today, now=clock.now())

    def _undo_place(self, step_id: int, was: tuple[str, str, float]) -> Callable[[], None]:
        def undo() -> None:
            with self._store.write() as session:
                roadmap.put_back(session, step_id, was, today=self._today, now=clock.now())

        return undo
